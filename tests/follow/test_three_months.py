"""Three months of one shop: plan, accept, export, re-crawl, new export; every status, figure and
alert is checked against what was done to the site."""

import copy
import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from linkplanner import jobs
from linkplanner.crawl.folder import FolderFetcher
from linkplanner.crawl.reader import PagesRead, read_pages
from linkplanner.export.csv import safe_csv
from linkplanner.pipeline import Analysis, analyse
from linkplanner.plan.status import LIVE
from linkplanner.settings import CrawlSettings, Settings
from linkplanner.store.follow import list_follow_ups, load_comparison, open_alerts
from linkplanner.store.priorities import set_priorities, stored_priorities
from linkplanner.store.projects import create_project, find_project, load_settings, save_settings
from linkplanner.store.sources import add_source, list_sources
from linkplanner.store.tasks import change_tasks, list_tasks
from linkplanner.store.versions import latest_version
from linkplanner.store.workspace import Workspace, close_workspace, open_workspace
from linkplanner.tables import PRIORITIES
from linkplanner.urls import host
from linkplanner.work.analyse import run_analyse
from linkplanner.work.plan import run_plan
from linkplanner.work.read_pages import keep_pages
from linkplanner.work.reporter import Reporter
from linkplanner.work.work import Work
from tests.follow.teahouse import BASE, Shop, backlink, export, first_export, shop

AIMS = [f"{BASE}/shop/{name}/" for name in ("green-tea", "teapots", "matcha")]


class Month:
    """The steps of a month, run in this process as the worker runs them."""

    def __init__(self, workspace: Workspace, project: int, place: Path) -> None:
        self.workspace, self.project, self.place = workspace, project, place
        self.crawls = 0

    def work(self, body: Callable[[Work], str], **params: object) -> str:
        kind = {"run_plan": "plan"}.get(body.__name__, "analyse")
        job = jobs.create_job(self.workspace, self.project, kind)
        report = Reporter(self.workspace, job.id)
        report.begin()
        said = body(Work(self.workspace, self.project, dict(params), report))
        report.end("done", said)
        return said

    def crawl(self, site: Shop) -> None:
        self.crawls += 1
        folder = self.place / f"site-{self.crawls}"
        site.write(folder)
        fetcher = FolderFetcher({BASE: folder})
        at_once = replace(CrawlSettings(), delay=0.0, pages=200)
        hosts = frozenset({host(BASE)})

        def read(work: Work) -> str:
            found = read_pages([f"{BASE}/"], fetcher, at_once, own_hosts=hosts, discover=True)
            keep_pages(work, found.save, vars(found))
            return "Read"

        self.work(read)

    def tasks(self) -> pd.DataFrame:
        return list_tasks(self.workspace, self.project)

    def analysis(self) -> Analysis:
        version = latest_version(self.workspace, self.project, "analysis")
        assert version is not None
        return Analysis.load(version.folder)

    def figures(self) -> pd.Series:
        return list_follow_ups(self.workspace, self.project).iloc[-1]


@pytest.fixture
def month(tmp_path: Path):
    workspace = open_workspace(tmp_path / "home")
    project = create_project(workspace, "Tea house").id
    settings = load_settings(workspace, project)
    limits = replace(settings.limits, proof_seconds=0.0, max_links=14, per_target=6)
    save_settings(workspace, project, replace(settings, limits=limits))
    set_priorities(workspace, project, [{"url": url} for url in AIMS], "typed")
    yield Month(workspace, project, tmp_path)
    close_workspace(workspace)


def points(site: Shop, rows: list[dict[str, str]], month: Month, name: str) -> float:
    """w.x of a site and an export, worked out from nothing but them: the independent figure."""
    folder = month.place / name
    site.write(folder)
    from linkplanner.read import read_file

    file = month.place / f"{name}.csv"
    file.write_bytes(export(rows))
    read: PagesRead = read_pages(
        [f"{BASE}/"], FolderFetcher({BASE: folder}), replace(CrawlSettings(), delay=0.0, pages=200),
        own_hosts=frozenset({host(BASE)}), sleep=lambda s: None, discover=True,
    )  # fmt: skip
    scale = find_project(month.workspace, month.project).points_per_worth
    aims = PRIORITIES.conform(stored_priorities(month.workspace, month.project))
    found = analyse(read_file(file), read, Settings(), aims, points_per_worth=scale)
    facts = found["page_facts"]
    return float((facts["priority"] * facts["equity"]).sum())


def tied_in(tasks: pd.DataFrame) -> int:
    """Repairs of pages without links from texts that were ticked off."""
    return int((tasks["kind"].eq("repair: contextual orphan") & tasks["status"].eq(LIVE)).sum())


def test_three_months(month: Month) -> None:
    workspace, project = month.workspace, month.project
    site, rows = shop(), first_export()

    # --- January: import, plan, accept, export ---------------------------------------------------
    add_source(workspace, project, "backlinks-january.csv", export(rows))
    month.crawl(site)
    month.work(run_analyse)
    month.work(run_plan)
    tasks = month.tasks()
    links = tasks[tasks["kind"] == "add link"]
    assert len(links) == 14
    assert set(links["target_url"]) <= set(AIMS)
    placed = links[links["instruction"].str.contains("In this sentence")].drop_duplicates(
        ["page_url"]
    )
    in_text = placed["instruction"].str.contains("Link the words")
    placed = placed.assign(written=~in_text).sort_values("written", kind="stable")
    planned, hinted, other_words, elsewhere, unset = (placed.iloc[n]["task_id"] for n in range(5))
    accepted = [planned, other_words, hinted, elsewhere, unset]
    refused = links[~links["task_id"].isin(accepted)].iloc[0]
    change_tasks(workspace, project, accepted, {"status": "approved", "owner": "Ann"})
    change_tasks(workspace, project, [refused["task_id"]],
                 {"status": "refused", "reason": "off our tone"})  # fmt: skip
    (repair,) = tasks[tasks["kind"] == "repair: broken"].to_dict("records")
    assert repair["page_url"] == f"{BASE}/shop/old-oolong/"
    change_tasks(workspace, project, [repair["task_id"]], {"status": "approved"})
    outreach = tasks[tasks["kind"] == "outreach: lost backlink"].set_index("target_url")
    assert set(outreach["status"]) == {"found"}
    won, also_won = (
        outreach.loc[f"{BASE}/blog/{n}-guide/", "task_id"] for n in ("matcha", "teapots")
    )
    change_tasks(workspace, project, [won, also_won], {"status": "contacted"})
    sheet = safe_csv(month.tasks()).decode("utf-8-sig")
    exported = {row["task_id"]: row for row in csv.DictReader(io.StringIO(sheet))}
    assert exported[planned]["status"] == "approved"
    assert exported[planned]["owner"] == "Ann"
    for text in (exported[planned]["page_url"], exported[planned]["target_url"],
                 exported[planned]["anchor"]):  # fmt: skip
        assert text
        assert text in exported[planned]["instruction"]
    first = month.figures()
    assert (first["done"], first["realised"]) == (0, 0)
    assert open_alerts(workspace, project) == []
    assert load_comparison(workspace, project) is None

    # --- February: a new crawl; part of the links set, a repair done, a new article --------------
    rows_by_id = links.set_index("task_id")
    sentences = {
        task: rows_by_id.loc[task, "instruction"].split("In this sentence: “")[1].removesuffix("”")
        for task in accepted
    }

    def set_link(task: str, words: str = "", target: str = "", rel: str = "") -> None:
        row = rows_by_id.loc[task]
        sentence = sentences[task] if not words else ""
        site.link(row["page_url"], sentence, words or row["anchor"], target or row["target_url"],
                  rel)  # fmt: skip

    set_link(planned)
    set_link(other_words, words="have a look at this")
    set_link(hinted, rel="nofollow")
    wrong = f"{BASE}/shop/infusers/"
    site.link(rows_by_id.loc[elsewhere, "page_url"], sentences[elsewhere],
              rows_by_id.loc[elsewhere, "anchor"], wrong)  # fmt: skip
    site.redirects["/shop/old-oolong/"] = "/shop/oolong/"
    site.paragraphs["/blog/white-tea/"] = [
        "White tea is the youngest of teas; green tea lovers and matcha drinkers like it.",
        "It is dried in the sun and needs teapots of glass or clay and patience.",
    ]
    site.paragraphs["/blog/"].append('<a href="/blog/white-tea/">white tea</a>')
    month.crawl(site)
    month.work(run_analyse)
    tasks = month.tasks().set_index("task_id")
    seen = tasks.loc[[*accepted, repair["task_id"]], ["status", "found"]]
    assert seen.to_dict("split")["data"] == [
        [LIVE, "live"],
        [LIVE, "other anchor"],
        ["approved", "live but nofollow"],
        ["approved", "other page"],
        ["approved", "not yet"],
        [LIVE, "live"],
    ]
    assert tasks.loc[planned, "verified"] == tasks.loc[planned, "checked"]
    assert "have a look at this" in tasks.loc[other_words, "found_detail"]
    assert wrong in tasks.loc[elsewhere, "found_detail"]
    assert tasks.loc[refused["task_id"], "status"] == "refused"
    assert set(tasks.loc[[won, also_won], "status"]) == {"contacted"}  # no new export yet
    report = load_comparison(workspace, project)
    assert report is not None
    assert report.frames["new_pages"]["url"].tolist() == [f"{BASE}/blog/white-tea/"]
    assert report.facts["new_backlinks"] == report.facts["lost_backlinks"] == 0
    for_new = tasks[tasks["origin"] == "new content"]
    assert 0 < len(for_new) <= 3
    assert set(for_new["target_url"]) == {f"{BASE}/blog/white-tea/"}
    assert set(for_new["status"]) == {"suggested"}
    second = month.figures()
    assert second["done"] == 3 + tied_in(tasks)  # pages that stood in menus only were linked, too
    undone = copy.deepcopy(site)  # the same words on every page, without what the tasks did
    undone.redirects.clear()
    for task in (planned, other_words):
        undone.unlink(rows_by_id.loc[task, "page_url"], rows_by_id.loc[task, "target_url"])
    now_points = points(site, rows, month, "february")
    without = points(undone, rows, month, "february-undone")
    assert second["points"] == pytest.approx(now_points, rel=1e-9)
    assert second["realised"] == pytest.approx(now_points - without, rel=1e-6)
    assert second["realised"] > 0
    assert second["modelled_done"] == pytest.approx(
        tasks.loc[[planned, other_words, repair["task_id"]], "gain"].sum()
    )

    # --- March: one link lost again, two outreach links live, a burst of spam, a link lost -------
    site.unlink(rows_by_id.loc[planned, "page_url"], rows_by_id.loc[planned, "target_url"])
    march = [row for row in rows if "lost-" not in row["Referring page URL"]]
    strong = next(row for row in march if "whisk-journal" in row["Referring page URL"])
    march.remove(strong)
    march += [
        backlink("lost-garden.example", "/blog/matcha-guide/", 62),
        backlink("lost-kitchen.example", "/shop/teapots/", 58),  # they chose another page
        *[backlink(f"spam{n}-casino.example", "/", 1, spam=True) for n in range(25)],
    ]
    add_source(workspace, project, "backlinks-march.csv", export(march))
    month.crawl(site)
    month.work(run_analyse)
    old, new = list_sources(workspace, project)
    assert (old.replaced_by, new.replaced_by) == (new.id, None)
    tasks = month.tasks().set_index("task_id")
    assert tasks.loc[planned, ["status", "found"]].tolist() == ["approved", "gone again"]
    assert tasks.loc[other_words, "status"] == LIVE
    assert tasks.loc[won, ["status", "found"]].tolist() == [LIVE, "live"]
    assert tasks.loc[also_won, ["status", "found"]].tolist() == [LIVE, "other page"]
    report = load_comparison(workspace, project)
    assert report is not None
    assert report.facts["new_domains"] == 27
    assert report.facts["spam_domains"] == 25
    assert set(report.frames["lost_domains"]["domain"]) == {"whisk-journal.example"}
    lost = report.facts["points_lost"] / report.facts["points_backlinks_before"]
    assert lost > 0.05
    sentences_now = {alert.name: alert.sentence for alert in open_alerts(workspace, project)}
    assert {"worth_lost", "spam_burst", "gone_again"} <= set(sentences_now)
    assert "25 new linking sites" in sentences_now["spam_burst"]
    assert f"{lost:.0%}" in sentences_now["worth_lost"]
    gone = tasks[tasks["found"] == "gone again"]  # the link, and its target is in menus only again
    assert set(gone["kind"]) == {"add link", "repair: contextual orphan"} and len(gone) == 2
    assert sentences_now["gone_again"].startswith("2 tasks ")
    third = month.figures()
    assert third["done"] == 4 + tied_in(tasks)
    undone_rows = [row for row in march if "lost-" not in row["Referring page URL"]]
    now_points = points(site, march, month, "march")
    without = points(undone, undone_rows, month, "march-undone")
    assert third["points"] == pytest.approx(now_points, rel=1e-9)
    assert third["realised"] == pytest.approx(now_points - without, rel=1e-6)
    month.work(run_plan)
    after = month.tasks().set_index("task_id")
    assert after.loc[planned, "status"] == "approved"  # what was decided outlives the new plan
    assert after.loc[refused["task_id"], "status"] == "refused"
