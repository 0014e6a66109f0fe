"""What the priorities screen says."""

from typing import Final

from linkplanner.ui.texts.numbers import count

CONFIRM: Final = (
    "Take away the tick where a page does not earn money, add weight where it earns more, or "
    "take the list as it is."
)
USE_PAGES: Final = "Use these pages"
SHOW_ALL: Final = "Show all indexable pages"
SHOW_ALL_HELP: Final = "To tick pages that were not proposed."
WEIGHT_HELP: Final = "1 is usual, 2 counts double."
KEYWORDS_HELP: Final = (
    "What people should find this page with; separate by semicolons. They become words of new "
    "links."
)
DIFFICULTY_HELP: Final = "Keyword difficulty 0 to 100, if you know it."
KEPT: Final = "Every change is saved at once."
PATTERN: Final = "Pattern"
PATTERN_EXAMPLE: Final = "/services/*"
PATTERN_HELP: Final = (
    "Fits the path: * stands for anything, ? for one character. With https:// in front it fits "
    "the whole address. A kind such as product works too."
)
ADD_PATTERN: Final = "Add the pattern"
REMOVE: Final = "Remove"
FILE: Final = "A CSV with the column url and, where you have them, weight, keywords and difficulty"
MAKE_PLAN: Final = "make the plan for these pages."
BY_PATTERN: Final = "Many pages at once, by pattern"
FROM_FILE: Final = "From a file"


def pattern(weight: float, pages: int) -> str:
    """A pattern with its weight and the pages it fits."""
    return f"weight {weight:g}, {count(pages, 'page')}"
