"""What the site screen says: figures, looks, lists of pages."""

from typing import Final

from linkplanner.ui.texts.numbers import count, whole
from linkplanner.ui.texts.terms import GLOSSARY

NO_LINKS: Final = (
    "Read your pages or add a crawl export, then this screen shows where equity flows. Below "
    "stands what your files tell of the pages themselves."
)
INDEXABLE: Final = "Indexable pages"
LINKS: Final = "Internal links"
ORPHANS: Final = "Orphans"
IN_MENUS: Final = "Only in menus"
DEEP: Final = "Deep pages"
DEEP_HELP: Final = "Pages more than three clicks from the home page."
BY_SECTION: Final = "**Equity by section** · click a bar to filter the table"
BY_SECTION_HELP: Final = (
    "Equity counts what flows through a page, so points that pass several pages count on each, "
    "and the sections add up to more than what entered."
)
BY_DEPTH: Final = "**Pages by clicks from home** · click a bar to filter the table"
PAGES: Final = "Pages"
REPAIRS: Final = "Repairs"
REPAIRS_ARE: Final = (
    "Addresses that do not answer or send visitors elsewhere, and what mending them brings to "
    "your priority pages. They are in your task list too."
)
WHERE: Final = "Where the equity goes"
LET_PLAN: Final = "let the plan find the links that help most."
BALANCE: Final = "All of it"
MAP: Final = "Map by section"
ONE_PAGE: Final = "One page"
TOPICS: Final = "Topics"
ALL: Final = "All pages"
MENUS: Final = "Only in menus"
HOARDS: Final = "Hoard equity"
WASTES: Final = "Waste equity"
NOT_INDEXABLE: Final = "Not indexable"

EXPLAINED: Final = {
    ALL: "Most equity first.",
    ORPHANS: f"{GLOSSARY['orphan']} Link to them from a fitting text, or take them down.",
    MENUS: f"{GLOSSARY['contextual_orphan']} A link from a text tells more.",
    HOARDS: GLOSSARY["hoards"],
    WASTES: GLOSSARY["wastes"],
    NOT_INDEXABLE: "Search engines may not list these; the plan never links to or from them.",
}
"""What each view of the pages shows."""


def pages_shown(pages: int, view: str, section: str | None = None) -> str:
    """How many pages a view lists, and what they are. section: the only one they are of."""
    where = f" of {section}" if section else ""
    return f"{count(pages, 'page')}{where}. {EXPLAINED[view]}"


def balance(entered: float) -> str:
    """What the bar of the balance shows."""
    return f"All {whole(entered)} points that enter through backlinks, and where they end up."
