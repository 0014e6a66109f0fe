"""What the overview says: health figures, the flow, the lever that moves more, what to do first."""

from typing import Final

from linkplanner.ui.texts.numbers import count, whole

SEE_CHANGES: Final = "See what changed"
FLOW: Final = "What comes in, and where it ends"
IN_FIGURES: Final = "The same in figures"
FROM: Final = "From"
TO: Final = "To"
POINTS: Final = "Points"
NO_LINKS: Final = (
    "Your internal links are not known yet, so this screen cannot show where equity goes. Read "
    "your pages or add a crawl export."
)
LEVER: Final = "Internal links or backlinks: what helps more now"
SEE_EACH: Final = "See it for each priority page"
LEVER_WAITS: Final = (
    "Shown once there is a plan, and your links are known, to compare new backlinks with."
)
FIRST: Final = "What to do first"
NO_TASKS: Final = "Nothing yet: tasks come from the plan."
MAKE_PLAN: Final = "make the plan; it fills this list."
NO_TASKS_LINKS: Final = "Nothing yet: tasks come from the plan, and the plan needs your links."
READ_PAGES: Final = "read your pages or add a crawl export."
ACTIONS: Final = (
    "The open tasks that bring your priority pages most, whatever their kind. Tick one to read "
    "what to do."
)
TASKS: Final = "Tasks"
WORK_LIST: Final = "work through the whole list."
FLOW_SHEET: Final = "Flow"
MEASURES: Final = (
    ("Stays on priorities", "share", "more", "Share of all equity entering your site that stays "
     "on the pages that earn money."),
    ("Leaks away", "share", "less", "Share of all equity entering your site that is lost: at "
     "broken pages, through links to other sites, nofollow links and pages without links."),
    ("No link from text", "count", "less", "Indexable pages that no other page links to from "
     "its text: orphans, and pages that stand only in menus."),
    ("Live backlinks", "count", "more", "Links from other sites that are live today."),
    ("Linking sites", "count", "more", "Different sites with a live link to yours."),
)  # fmt: skip
"""Label, unit, which way is better, meaning."""


def more_alerts(number: int) -> str:
    """Alerts beside the one that is shown."""
    return f" And {count(number, 'more alert')}."


def flow(entered: float) -> str:
    """What the picture shows. entered: points that enter the site."""
    return (
        f"All {whole(entered)} points: from the links that bring them, over the pages where they "
        "enter, to the pages where your internal links leave them. The wider, the more; point at a "
        "band for its figure."
    )


def change_of_share(by: float) -> str:
    """Change of a part of all that enters."""
    return f"{by * 100:+.1f} points of 100"
