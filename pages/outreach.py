"""Outreach: which sites to write to."""

from linkplanner import shell
from linkplanner.ui import findings, progress, screen
from linkplanner.ui.words import SHOWS

shell.guard()

project = screen.require_project("Outreach", SHOWS["outreach"])
loaded = screen.require_analysis(project.id, "Outreach", SHOWS["outreach"])
prospects = loaded.analysis["prospects"]
if prospects.empty:
    screen.heading("Outreach", SHOWS["outreach"], "Your files tell of nobody to write to yet.")
    progress.watch(project.id)
    screen.empty(
        "Nobody to write to yet. With a backlink export this screen lists lost links worth "
        "winning back and sites worth asking, each with what it would bring.",
        "data", "Add a backlink export",
    )  # fmt: skip

screen.heading(
    "Outreach",
    SHOWS["outreach"],
    f"{findings.count(len(prospects), 'site or page is', 'sites or pages are')} worth writing to.",
)
progress.watch(project.id)
screen.next_step("see all work in one list.", "tasks", "To the tasks")
