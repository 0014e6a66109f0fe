"""Overview: the whole link situation on one page."""

from linkplanner import shell
from linkplanner.ui import findings, progress, screen
from linkplanner.ui.words import SHOWS

shell.guard()

project = screen.require_project("Overview", SHOWS["overview"])
loaded = screen.require_analysis(project.id, "Overview", SHOWS["overview"])
analysis = loaded.analysis
facts = analysis.facts

screen.heading(
    "Overview",
    SHOWS["overview"],
    findings.site_finding(analysis["page_facts"], facts["balance"], bool(facts["has_links"])),
)
screen.stale_note(loaded, "this was worked out")
progress.watch(project.id)
screen.next_step("let the plan find the links that help most.", "plan", "To the plan")
