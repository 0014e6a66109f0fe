"""What the plan screen's what-if says."""

from typing import Final

from linkplanner.ui.texts.numbers import points

TRY: Final = "What if: other limits or weights"
TRY_IS: Final = (
    "Move anything and read what a plan would bring. Nothing is changed: to keep a limit, set "
    "it above and make the plan again, which also improves it and checks how close it is to "
    "the best possible."
)
WEIGH: Final = "Weigh one page otherwise"
NONE: Final = "None"
WEIGHT: Final = "Its weight"
NEW_LINKS: Final = "New links"
GAIN: Final = "Gain with these limits"
GAIN_HELP: Final = "In points, whatever the aim."
GAIN_OF_PLAN: Final = "Gain of this plan"
GAIN_OF_PLAN_HELP: Final = "By the same weights, so that the two compare."
AIMS: Final = {"balanced": "Balanced", "total": "Total"}


def in_points(value: float) -> str:
    """A gain with its unit."""
    return f"{points(value)} points"
