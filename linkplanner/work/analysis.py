"""The analysis of a project: the newest one where it is up to date, else a new one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from linkplanner.errors import InputError
from linkplanner.work.follow import catch_up, follow_up
from linkplanner.work.sources import read_sources
from linkplanner.work.work import Work

if TYPE_CHECKING:
    import pandas as pd

    from linkplanner.crawl.reader import PagesRead
    from linkplanner.pipeline import Analysis
    from linkplanner.read.reading import Reading
    from linkplanner.settings import Settings
    from linkplanner.store.versions import Version

__all__ = ["load_pages", "make_analysis", "present_analysis"]


def make_analysis(work: Work, readings: "Sequence[Reading]") -> "Analysis":
    """Join and score what was read, and store it. Raises InputError where there is nothing."""
    from linkplanner.pipeline import analyse
    from linkplanner.site.data_report import data_report
    from linkplanner.site.standing import fresher_pages
    from linkplanner.store.projects import find_project, load_settings
    from linkplanner.store.rankings import load_rankings
    from linkplanner.store.versions import analysis_basis, latest_version, save_version

    if not readings:
        raise InputError("There is nothing to work on yet; add a sitemap or an export first.")
    basis = analysis_basis(work.workspace, work.project_id)
    settings = load_settings(work.workspace, work.project_id)
    project = find_project(work.workspace, work.project_id)
    read = latest_version(work.workspace, work.project_id, "pages_read")
    pages_read = load_pages(read)
    if pages_read and read:
        newer = newer_crawls(work, readings, read.created)
        pages_read = fresher_pages(pages_read, newer)
    everything = readings
    readings = [reading for reading in readings if reading.kind != "priorities"]
    analysis = analyse(
        readings, pages_read, settings, _priorities(work, readings, pages_read, settings),
        work.report.progress, points_per_worth=project.points_per_worth if project else None,
        rankings=load_rankings(work.workspace),
    )  # fmt: skip
    work.report.check()
    before = latest_version(work.workspace, work.project_id, "analysis")
    analysis.frames["data_report"] = data_report(everything, analysis["pages"])
    analysis.facts["imports"] = _imports(readings, read)
    analysis.facts["before"] = before.number if before else None
    saved = save_version(
        work.workspace, work.project_id, "analysis", analysis.save, basis=basis,
        facts=analysis.facts,
    )  # fmt: skip
    follow_up(work, analysis, saved.number)
    return analysis


def newer_crawls(work: Work, readings: "Sequence[Reading]", read_at: str) -> "list[Reading]":
    """Crawl exports that came after the pages were read by ourselves."""
    from linkplanner.store.sources import list_sources

    late = {s.sha256 for s in list_sources(work.workspace, work.project_id) if s.added > read_at}
    return [r for r in readings if r.source in late and r.kind in ("links", "pages")]


def _imports(readings: "Sequence[Reading]", read: "Version | None") -> dict[str, list[str]]:
    """Fingerprints of the files in force by kind, so that two analyses can be told apart."""
    found: dict[str, set[str]] = {}
    for reading in readings:
        if reading.recognised_as:
            found.setdefault(reading.kind, set()).add(reading.source)
    if read:
        found["pages_read"] = {str(read.number)}
    return {kind: sorted(sources) for kind, sources in found.items()}


def load_pages(version: "Version | None") -> "PagesRead | None":
    """The pages read that a stored version holds."""
    if version is None:
        return None
    from linkplanner.crawl.reader import PagesRead

    return PagesRead.load(version.folder)


def _priorities(
    work: Work, readings: "Sequence[Reading]", read: "PagesRead | None", settings: "Settings"
) -> "pd.DataFrame | None":
    """What the user chose; patterns and kinds need the joined pages, so those come first."""
    from linkplanner.site.assemble import Pieces, assemble
    from linkplanner.store.priorities import chosen_priorities, list_patterns
    from linkplanner.tables import PAGES

    pages = PAGES.empty()
    if list_patterns(work.workspace, work.project_id):
        pages = assemble(Pieces.of(readings, [read] if read else []), settings.equity).pages
    return chosen_priorities(work.workspace, work.project_id, pages)


def present_analysis(work: Work) -> "Analysis":
    """The newest analysis where it is up to date, else a new one."""
    from linkplanner.pipeline import Analysis
    from linkplanner.store.versions import analysis_basis, latest_version

    version = latest_version(work.workspace, work.project_id, "analysis")
    if version and version.basis == analysis_basis(work.workspace, work.project_id):
        analysis = Analysis.load(version.folder)
        catch_up(work, analysis, version.number)
        return analysis
    return make_analysis(work, read_sources(work))
