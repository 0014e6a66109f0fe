"""What the weights of the spam signs and the public ranking say."""

from typing import Final

from linkplanner.ui.texts.numbers import count

SIGN: Final = "Sign"
MEANS: Final = "What it means"
USUAL: Final = "Usual"
POINTS: Final = "Points"
KEEP: Final = "Save and score again"
BACK: Final = "Back to the usual weights"
RANKING: Final = "Public ranking"
RANKING_IS: Final = (
    "Where your export tells no score of the linking site, a public ranking can stand in: the "
    "list of Tranco (tranco-list.eu), the Majestic Million, or Common Crawl's domain ranks. "
    "Download it yourself; linkplanner fetches nothing. It counts for all projects."
)
FORGET: Final = "Remove this ranking"
RANKING_FILE: Final = "Ranking file"
RANKING_PATH: Final = "… or its path on this computer"
PATH_EXAMPLE: Final = "/home/me/ranks.gz"
READ: Final = "Read the ranking"
READING: Final = "Reading the ranking"
KEPT: Final = "Ranking kept. It counts when the backlinks are scored again."


def weights(look: float, likely: float) -> str:
    """What the points mean. look, likely: scores from which a link is in the two bands."""
    return (
        "Every sign of spam with the points it counts at its strongest. The score is their sum, "
        f"cut at 100: from {look:g} “look at it”, from {likely:g} “likely spam”. Set a sign to 0 "
        "to leave it out."
    )


def held(name: str, domains: int) -> str:
    """The ranking that is kept."""
    return f"{name}: {count(domains, 'ranked domain')}"
