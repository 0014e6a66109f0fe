"""What the plan screen says of what limits hold back, weak links, and changes of all pages."""

from typing import Final

from linkplanner.ui.texts.numbers import count, points

WEAK_ARE: Final = (
    "These pages take no further link within your limits. On each, the link that does least "
    "for your priority pages could give way to a better one. Gains are about what each brings "
    "on top of the plan. Tick rows to make tasks of them."
)
MAKE_TASKS: Final = "Make tasks"
FEW_ARE: Final = (
    "Their best relevant links, so that readers find more to read. They are in your task list; "
    "for your priority pages most of them do nothing, some cost a little."
)
CHANGES: Final = "Every section and page, before and after"
CHANGES_ARE: Final = "Pages, those that change most first."
SETTING: Final = {
    "page": "raise “On one page”, or replace a weak link (below)",
    "target": "raise “To one page”",
    "sections": "raise the limit between these sections",
    "all": "raise “New links in all”",
}
"""What sets links free that a limit holds back."""


def no_room(pages: int, links: int) -> str:
    """Pages that are full."""
    return (
        f"{count(pages, 'page has', 'pages have')} no room for {count(links, 'further link')} that "
        "would help"
    )


def would_help(pages: int, links: int) -> str:
    """Links beyond the limit of the whole plan."""
    return f"{count(links, 'further link')} on {count(pages, 'page')} would help"


def to_page(pages: int, name: str) -> str:
    """Links beyond the limit of one target."""
    return f"{count(pages, 'further page')} could link to {name}"


def between(pages: int, sections: str) -> str:
    """Links beyond the limit of a pair of sections."""
    return f"{count(pages, 'further page')} could link {sections}"


def held(who: str, gain: float, limit: str) -> str:
    """What a limit holds back and what would free it. who: one of the parts above."""
    return f"{who}; the best few would bring about {points(gain)} points: {SETTING[limit]}."


def other_languages(pairs: int) -> str:
    """What keeping to one language leaves out."""
    return (
        f"{count(pairs, 'suitable pair')} of pages in different languages "
        f"{'is' if pairs == 1 else 'are'} left out: untick “Only between pages in one language” "
        "under “More limits” to allow them."
    )


def holds_back(sentences: int) -> str:
    """Heading over what limits hold back."""
    return f"What your limits hold back ({sentences})"


def full_pages(links: int) -> str:
    """Heading over weak links that could give way."""
    return f"Full pages: {count(links, 'weak link')} to replace"


def make_tasks(links: int) -> str:
    """Button for the ticked links."""
    return f"Make {count(links, 'task')}"


def few(articles: int, least: int) -> str:
    """Heading over articles with few links."""
    return f"{count(articles, 'article')} with fewer than {count(least, 'link')}"
