"""The job that makes the plan: one in seconds, then its proof while the user reads."""

from linkplanner.errors import Cancelled
from linkplanner.work.analysis import present_analysis
from linkplanner.work.work import Work

__all__ = ["run_plan"]


def run_plan(work: Work) -> str:
    """Plan from the newest analysis, store plan and tasks; returns the sentence for the user."""
    from linkplanner.pipeline import compare_texts, make_plan
    from linkplanner.plan.decided import Decided
    from linkplanner.plan.said_needs import said_needs
    from linkplanner.store.needs import rival_choices, typed_needs
    from linkplanner.store.projects import fix_scale, load_settings
    from linkplanner.store.tasks import list_tasks, put_plan_tasks
    from linkplanner.store.versions import plan_basis, save_version
    from linkplanner.text.encodings import Encodings
    from linkplanner.text.kept import Kept

    analysis = present_analysis(work)
    basis = plan_basis(work.workspace, work.project_id)
    settings = load_settings(work.workspace, work.project_id)
    progress, should_stop = work.report.progress, work.report.should_stop
    decided = Decided.of(list_tasks(work.workspace, work.project_id))
    said = said_needs(
        analysis.frames.get("rival_pages"),
        float(analysis.facts.get("points_per_worth") or 0.0),
        typed_needs(work.workspace, work.project_id),
        rival_choices(work.workspace, work.project_id),
    )
    progress(0, 3, "Comparing texts")
    data = work.workspace.data(work.project_id)
    encodings, kept = Encodings.load(data / "texts.npz"), Kept.load(data / "sentences.npz")
    compared = compare_texts(analysis, settings, should_stop, encodings, kept)
    encodings.save(data / "texts.npz")
    for thorough in (False, True):  # a plan in seconds, then its proof while the user reads
        if thorough and (should_stop() or settings.limits.proof_seconds <= 0):
            break
        try:
            result = make_plan(
                analysis,
                settings,
                progress,
                should_stop,
                thorough=thorough,
                decided=decided,
                said=said,
                whole=thorough or settings.limits.proof_seconds <= 0,
                compared=compared,
            )
        except Cancelled:
            if thorough:
                break
            raise
        save_version(
            work.workspace, work.project_id, "plan", result.save, basis=basis, facts=result.summary
        )
        put_plan_tasks(work.workspace, work.project_id, result.tasks)
        kept.save(data / "sentences.npz")
        if result.model is None:
            break
    if len(result.plan) and analysis.facts.get("points_per_worth"):
        fix_scale(work.workspace, work.project_id, analysis.facts["points_per_worth"])
    if len(result.plan):
        return f"The plan has {len(result.plan):,} new links."
    return f"No plan yet: {len(result.suggestions):,} suggestions to check."
