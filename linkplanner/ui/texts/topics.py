"""What the look at topics, competing pages and link texts says."""

from typing import Final

from linkplanner.ui.texts.numbers import count

TOPICS_ARE: Final = (
    "Pages that belong together by what they say and how they link. The pillar page is the one "
    "that the others link to most and that speaks of all of it. Choose a topic to see which "
    "links are missing between its pillar page and the others."
)
RIVALS_ARE: Final = (
    "Pages so alike that they compete for the same searches. Merge them, or let each speak of "
    "its own side and link the weaker one to the stronger."
)
NOTHING_WRONG: Final = "No problem was found with the words of your links."
WHAT_IS_WRONG: Final = "Problem"
NOT_YET: Final = (
    "Topics and link texts are looked at in the last step of a plan; make a plan to see them."
)
TOPICS: Final = "Topics"
RIVALS: Final = "Competing pages"
WORDS: Final = "Link texts"
VIEWS: Final = (TOPICS, RIVALS, WORDS)


def would_tie(links: int) -> str:
    """Links that a topic lacks."""
    return f"{count(links, 'link would tie', 'links would tie')} this topic together."
