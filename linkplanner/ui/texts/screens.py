"""Names of the screens, what each shows and waits for, and what this is altogether."""

from typing import Final

APP: Final = "linkplanner"

SET_UP: Final = "Set up"
UNDERSTAND: Final = "Understand"
PLAN: Final = "Plan"
DO: Final = "Do"
MORE: Final = "More"

TITLES: Final = {
    "start": "Start",
    "data": "Data",
    "priorities": "Priorities",
    "overview": "Overview",
    "backlinks": "Backlinks",
    "site": "Site",
    "plan": "Plan",
    "strategy": "Strategy",
    "outreach": "Outreach",
    "tasks": "Tasks",
    "monitor": "Monitor",
    "settings": "Settings",
    "help": "Help",
}
"""Screen, by its file name in pages/, to its title."""

PURPOSE: Final = (
    "linkplanner tells you which links to add between the pages of your site, from which sentence "
    "and with which words, so that the pages that earn money get more of the strength that other "
    "sites' links bring you. "
    "It reads a sitemap, a backlink export from the tool you use, and your pages or a crawl "
    "export; you say which pages matter. "
    "It puts links, repairs and outreach into one list, each with what it would bring in the same "
    "unit; these are figures of a model, not promises of rankings."
)
"""What this is, in three sentences."""
PRIVACY: Final = (
    "Everything stays on this computer: nothing is sent anywhere, and the only addresses contacted "
    "are the site and sitemap you ask it to read, and pages whose links you ask it to check."
)
"""Privacy in one sentence."""

SHOWS: Final = {
    "start": "Your projects, and what this is.",
    "data": "Everything the plan rests on: your files, what was read in them, and what is missing.",
    "priorities": "The pages that earn your money. They decide the whole plan, so look here first.",
    "overview": "Your whole link situation on one page: what comes in, where it goes, what to do "
    "first.",
    "backlinks": "Links from other sites, each with authority, relevance and signs of spam, and "
    "the reasons for every figure.",
    "site": "How your pages are linked, where equity sits, and which pages hardly anybody finds.",
    "plan": "New links between your own pages, in the order in which they help your priority "
    "pages most.",
    "strategy": "Whether internal links or new backlinks help each priority page more, and what "
    "to do about it.",
    "outreach": "Which sites to write to, about which of your pages, and where each one stands.",
    "tasks": "One list of work: links to add, addresses to repair, sites to write to, most gain "
    "first.",
    "monitor": "What changed from one crawl or export to the next: new and lost links, tasks that "
    "went live.",
    "settings": "Weights and limits of this project with their sources, privacy, and where your "
    "data lie.",
    "help": "How the figures come about, what the terms mean, and how to export from each tool.",
}
"""Screen to what it shows, in one sentence: under its title, and as a hint in the navigation."""

WAITS_FOR: Final = {
    "priorities": "Waits for your files: add a sitemap on the data screen.",
    "overview": "Waits for your files: add a sitemap and an export on the data screen.",
    "backlinks": "Waits for a backlink export: add one on the data screen.",
    "site": "Waits for your files: add a sitemap or crawl on the data screen.",
    "plan": "Waits for your files: add a sitemap or crawl on the data screen.",
    "strategy": "Waits for a plan: make one on the plan screen.",
    "outreach": "Waits for a backlink export: add one on the data screen.",
    "tasks": "Waits for a plan: make one on the plan screen.",
    "monitor": "Waits for a second crawl or export to compare with the first.",
}
"""Screen to why it is dimmed in the navigation, where its data do not exist yet."""

NEXT: Final = "**Next:**"
NO_PROJECT: Final = "No project is open: choose one on the left, or make one on the start screen."
WORKED_OUT: Final = "the files were read"
PLAN_MADE: Final = "the plan was made"
READ_PAGES: Final = "Read my pages"
MAKE_PLAN: Final = "Make the plan"
ADD_BACKLINKS: Final = "Add a backlink export"
TO_BACKLINKS: Final = "To the backlinks"
TO_FILES: Final = "To your files"
TO_SITE: Final = "To the site"
TO_PLAN: Final = "To the plan"
TO_TASKS: Final = "To the tasks"
TO_MONITOR: Final = "To the monitor"
TO_HELP: Final = "To the help"
TO_START: Final = "To the start screen"
NO_ANALYSIS: Final = "There is nothing to show yet: this screen needs a sitemap or an export first."
ADD_FILES: Final = "Add your files"
OPENING_ANALYSIS: Final = "Opening the analysis"
OPENING_PLAN: Final = "Opening the plan"

PROJECT: Final = "Project"
PROJECT_HELP: Final = (
    "Everything on the screens belongs to this project. It stands in the address of the page, so "
    "you can keep two projects open in two tabs."
)
NO_PROJECT_YET: Final = "No project yet"


def failed(kind: str) -> str:
    """A screen met a fault of the program. kind: name of the fault."""
    return (
        f"This screen met something that linkplanner did not expect ({kind}). Your data are safe; "
        "reload the page, and if it happens again, the terminal window shows the details."
    )


def changed_since(what: str) -> str:
    """what: "the plan was made"."""
    return f"Something changed since {what}; the figures are from before."
