"""Monitor: what changed from one crawl or export to the next."""

from linkplanner import shell
from linkplanner.ui import progress, screen
from linkplanner.ui.words import SHOWS

shell.guard()

project = screen.require_project("Monitor", SHOWS["monitor"])
loaded = screen.require_analysis(project.id, "Monitor", SHOWS["monitor"])
screen.heading(
    "Monitor",
    SHOWS["monitor"],
    "This is the first picture of your site; changes show once there is a second one.",
)
progress.watch(project.id)
screen.empty(
    "Nothing to compare yet. Add the next crawl or backlink export in some weeks: then this "
    "screen shows new and lost links, and which of your tasks went live.",
    "data", "Add a newer export",
)  # fmt: skip
