"""What the data screen says: files, what was read in them, and reading the pages."""

from typing import Final

from linkplanner.ui.texts.numbers import count, names

NOT_WORKED_OUT: Final = "Your files are here but have not been read yet."
NOTHING_YET: Final = "Nothing here yet. A sitemap and a backlink export are enough to begin."
DROP: Final = (
    "Drop all your files at once: sitemap, backlinks, crawl exports, priorities. What they are "
    "is found out from what is in them."
)
DROP_HELP: Final = (
    "CSV, TSV, XLSX, XML, TXT, gz and zip. Ahrefs, Semrush, Majestic, Moz, Search Console, "
    "Screaming Frog and others are known. Files stay on this computer."
)
PATH: Final = "Path of the file on this computer"
PATH_EXAMPLE: Final = "/home/me/exports/all_inlinks.csv"
PATH_HELP: Final = (
    "For files over 200 MB, up to 2 GB: the file stays where it is and is read from there. In "
    "Windows, hold Shift, click the file with the right button and choose “Copy as path”; on a "
    "Mac, hold Option in the same menu."
)
READ_FILE: Final = "Read this file"
SITEMAP: Final = "Address of the sitemap"
SITEMAP_EXAMPLE: Final = "https://www.example.com/sitemap.xml"
SITEMAP_HELP: Final = "Often named in robots.txt. A sitemap index is followed to all its parts."
FETCH: Final = "Fetch the sitemap"
YOUR_FILES: Final = "Your files"
WORK_OUT: Final = "Read all files"
WORK_OUT_HELP: Final = "Reads every file again and joins them into one site."
NEEDS_HEADING: Final = "What the other screens have to work with"
NEXT_PRIORITIES: Final = "say which pages earn money."
NEXT_READ: Final = (
    "read your pages with “Read my pages” above, or the plan can only guess; then say which "
    "pages earn money."
)
CHOOSE_PAGES: Final = "Choose priority pages"
FILES: Final = "Files"
LARGE_FILE: Final = "A large file"
SITEMAP_TAB: Final = "Sitemap address"
NOT_USED: Final = "not used"
NOTHING_FOUND: Final = "nothing found in it"
TAKE_OUT: Final = "Remove this file"
TAKE_OUT_HELP: Final = "Its rows leave the project; the file on your disk stays where it is."
ROLE: Final = "What it is about"
ROLE_HELP: Final = (
    "A newer export of the same kind takes the place of an older one by itself, and links to "
    "another site are taken for a competitor's. Say so here where that is wrong."
)
SAY_COLUMNS: Final = "Say what its columns are"
SAY_COLUMNS_HELP: Final = "For tables with more in them than was understood."
SKIPPED_ROWS: Final = "Rows that were skipped, and why"
WHY: Final = "Why"
ROWS: Final = "Rows"
FIRST_ROWS: Final = "The first rows, as they were understood"
COLUMNS_FOUND: Final = "Columns found in the file"
NEEDS: Final = (
    ("Backlinks", ("backlinks", "targets"), "add a backlink export from Ahrefs, Semrush, Majestic, "
     "Moz or Search Console", "scores of your backlinks; without it every page starts equal"),
    ("Site and Plan", ("links",), "use “Read my pages”, or add a crawl export such as Screaming "
     "Frog's All Inlinks", "where equity flows, orphans, and the plan with its gains"),
    ("Sentences in the plan", ("texts",), "use “Read my pages”",
     "the sentence and words for each new link"),
    ("Pages that nobody links to", ("sitemap", "pages"),
     "add your sitemap, as a file or an address",
     "orphan pages, and pages to link from that no crawl has met"),
    ("Priorities by value", ("traffic",), "add a Pages export from Search Console or Analytics",
     "proposals by clicks and revenue instead of by address alone"),
)  # fmt: skip
"""Screen, kinds of data of which one is enough, what to add, and what it brings."""
SCREEN: Final = "Screen"
HAS_DATA: Final = "Has its data"
TO_ADD: Final = "What to add"
BRINGS: Final = "What it brings"
REPORT: Final = "Data report"
MISSING: Final = "What is missing"
REPORT_COLUMNS: Final = {
    "file": "File",
    "report": "Taken for",
    "rows": "Rows taken",
    "skipped": "Skipped",
    "why_skipped": "Why skipped, with the first of each",
    "repeated": "Repeated in the file",
    "elsewhere": "Also in another file",
    "matched": "On a page of the site",
    "unmatched": "On no known page",
    "oldest": "Oldest date",
    "newest": "Newest date",
    "days": "Age (days)",
    "message": "What was found",
}
"""Columns in the user's words, in order."""
WAITING: Final = "waiting to be read"
REPLACED: Final = "a newer file counts instead"
YES: Final = "yes"
NO: Final = "no"


def to_add(add: str, brings: str) -> str:
    """What a screen waits for, out of NEEDS."""
    return f"{add}. It brings {brings}."


def rows_read(rows: int) -> str:
    """Rows of a file that were taken."""
    return f"{count(rows, 'row')} read"


def skipped(rows: int) -> str:
    """Rows of a file that were left out."""
    return f"{rows:,} skipped"


def live(links: int) -> str:
    """Backlinks of a file that stand."""
    return f"{links:,} live"


def lost(links: int) -> str:
    """Backlinks of a file that are gone."""
    return f"{links:,} lost"


def added(moment: str) -> str:
    """When a file came."""
    return f"Added {moment}"


def taken(rows: int, tables: int, left_out: int, merged: int) -> str:
    """What all files gave together."""
    return (
        f"{count(rows, 'row')} taken from {count(tables, 'table')}, {left_out:,} skipped, "
        f"{merged:,} known from another file too and merged."
    )


def astray(backlinks: int) -> str:
    """Backlinks to pages that no file names."""
    who = count(backlinks, "backlink points", "backlinks point")
    return f"{who} at pages that your files do not name; they count once the pages are known."


def old_file(name: str, days: int) -> str:
    """A file whose newest date is long ago."""
    return f"“{name}” is {days:,} days old by its newest date; export it again."


def undated(files: list[str]) -> str:
    """Files that tell no date."""
    return f"Without dates, so that their age is not known: {names(files, 5)}."
