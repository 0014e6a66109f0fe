"""The app on real exports: the 47-page crawl, and a pair of files without links."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from linkplanner.pipeline import Analysis
from linkplanner.read import read_file
from linkplanner.sample import write_ahrefs_backlinks
from linkplanner.shell import PAGES
from linkplanner.store.projects import create_project
from linkplanner.store.sources import add_source
from linkplanner.store.versions import latest_version
from linkplanner.store.workspace import Workspace
from tests.pages.conftest import Open, run_here, without_proof

INLINKS = "screamingfrog-all-inlinks-2025__friteuseb_internal_mesh__all_inlinks.csv"
SEMRUSH = "semrush-backlinks-xlsx__JLcilliers_chatterbuzz-wqa__davidsonhomes.com-backlinks.xlsx"
PAGES_FILE = "screamingfrog-internal__JLcilliers_chatterbuzz-wqa__davidsonhomes_internal_all.csv"
SCREENS = [name for names in PAGES.values() for name in names if name != "start"]


def project_of(workspace: Workspace, files: Sequence[Path]) -> Analysis:
    project = create_project(workspace, "Real")
    without_proof(workspace, project.id)
    for path in files:
        add_source(workspace, project.id, path.name, path.read_bytes())
    run_here(workspace, project.id, "analyse")
    run_here(workspace, project.id, "plan")
    version = latest_version(workspace, project.id, "analysis")
    assert version is not None
    return Analysis.load(version.folder)


def opens_well(workspace: Workspace, open_app: Open) -> None:
    for name in SCREENS:
        app = open_app(workspace, name)
        assert not app.exception, (name, [e.value for e in app.exception])
        assert not app.error, (name, [e.value for e in app.error])


def test_the_47_page_crawl(
    shared: Callable[[str], Path], empty: Workspace, tmp_path: Path, open_app: Open
) -> None:
    links = shared("samples") / INLINKS
    targets = sorted(read_file(links)[0].frame["source_url"].unique())
    write_ahrefs_backlinks(tmp_path / "backlinks.csv", targets, seed=3, rows=150)
    analysis = project_of(empty, [links, tmp_path / "backlinks.csv"])
    assert analysis.facts["counts"]["pages"] == 46
    opens_well(empty, open_app)


@pytest.mark.long
def test_a_pair_without_links(
    shared: Callable[[str], Path], empty: Workspace, open_app: Open
) -> None:
    folder = shared("samples")
    analysis = project_of(empty, [folder / SEMRUSH, folder / PAGES_FILE])
    assert analysis.facts["counts"]["matched_backlinks"] == 8078
    assert not analysis.facts["has_links"]
    opens_well(empty, open_app)
