"""Strategy: internal links or new backlinks, for each priority page."""

from linkplanner import shell
from linkplanner.ui import findings, progress, screen, state
from linkplanner.ui.words import SHOWS

shell.guard()

project = screen.require_project("Strategy", SHOWS["strategy"])
loaded = screen.require_analysis(project.id, "Strategy", SHOWS["strategy"])
made = state.plan(project.id)
if made is None:
    screen.heading("Strategy", SHOWS["strategy"], "Without a plan nobody can compare the two.")
    progress.watch(project.id)
    screen.empty(
        "No plan yet. Once there is one, this screen tells for each priority page whether more "
        "internal links can lift it or whether it needs links from other sites.",
        "plan", "Make the plan",
    )  # fmt: skip
else:
    result = made.plan
    screen.heading(
        "Strategy",
        SHOWS["strategy"],
        findings.plan_finding(result.summary, len(result.suggestions)),
    )
    progress.watch(project.id)
    screen.next_step("look at the links that the plan proposes.", "plan", "To the plan")
