"""After a new analysis: tasks are ticked off, the import is compared with the one before.

An analysis names the one before it among its facts, so that a worker which was killed between the
two steps is made good by the next one.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from linkplanner.work.work import Work

if TYPE_CHECKING:
    from linkplanner.follow.compare import Comparison
    from linkplanner.pipeline import Analysis

__all__ = ["PAGE_KINDS", "catch_up", "follow_up"]

PAGE_KINDS = ("links", "pages", "pages_read")
"""Kinds of imports that look at the site from inside; a sitemap alone shows no link."""


def catch_up(work: Work, analysis: "Analysis", number: int) -> None:
    """Follow an analysis up unless that was done."""
    from linkplanner.store.follow import followed_up

    if not followed_up(work.workspace, work.project_id, number):
        follow_up(work, analysis, number)


def follow_up(work: Work, analysis: "Analysis", number: int) -> None:
    """Check tasks, compare with the import before, keep figures, alerts and new tasks."""
    from linkplanner.follow.alerts import alerts
    from linkplanner.follow.known import Known
    from linkplanner.follow.outcomes import with_checks
    from linkplanner.follow.realised import figures
    from linkplanner.follow.verify import verify
    from linkplanner.store.follow import save_follow_up
    from linkplanner.store.projects import load_settings
    from linkplanner.store.tasks import list_tasks

    work.report.progress(0, 3, "Looking for what was done")
    settings = load_settings(work.workspace, work.project_id)
    before_number, before = _before(work, analysis)
    now, moment = Known.of(analysis), pd.Timestamp(datetime.now(UTC)).tz_localize(None)
    inside, outside = _new_kinds(before, now)
    tasks = list_tasks(work.workspace, work.project_id)
    checks = verify(
        tasks, now, moment, links=inside, backlinks=outside, before=before, repairs=settings.repairs
    )
    work.report.progress(1, 3, "Comparing with the last import")
    comparison = None
    if before is not None and (inside or outside):
        comparison = _compare(work, analysis, before, settings)
    work.report.progress(2, 3, "Adding up what was done")
    done = figures(analysis, settings, with_checks(tasks, checks))
    facts = {**done, "checked": len(checks), "inside": inside, "outside": outside}
    found = alerts(comparison, checks, settings.follow)
    save_follow_up(
        work.workspace, work.project_id, number, before_number, facts,
        checks=checks.to_dict("records"), comparison=comparison, alerts=found,
    )  # fmt: skip


def _before(work: Work, analysis: "Analysis") -> "tuple[int | None, Any]":
    """Number and contents of the analysis before; None where there is none to compare with."""
    from linkplanner.errors import InputError
    from linkplanner.follow.known import Known

    number = analysis.facts.get("before")
    if number is None:
        return None, None
    try:
        return number, Known.load(work.workspace.data(work.project_id) / f"analysis-{number}")
    except InputError:  # gone meanwhile, or of a version that knew less
        return number, None


def _new_kinds(before: Any, now: Any) -> tuple[bool, bool]:
    """Whether a crawl, and whether a backlink export, came since the analysis before."""
    if before is None:
        return False, False

    def came(kinds: tuple[str, ...]) -> bool:
        return any(
            now.imports.get(kind) and now.imports.get(kind) != before.imports.get(kind)
            for kind in kinds
        )

    return came(PAGE_KINDS), came(("backlinks",))


def _compare(work: Work, analysis: "Analysis", before: Any, settings: Any) -> "Comparison":
    """The comparison; pages that are new in it become tasks."""
    from linkplanner.follow.compare import compare
    from linkplanner.follow.known import Known
    from linkplanner.follow.new_content import new_content_tasks
    from linkplanner.store.tasks import put_suggestions

    comparison = compare(before, Known.of(analysis), settings)
    new = comparison.frames["new_pages"]["url"]
    if len(new):
        tasks = new_content_tasks(analysis, new, settings, datetime.now(UTC))
        put_suggestions(work.workspace, work.project_id, tasks)
    return comparison
