"""The main job on the sample project and on real files, in the core and on the command line."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
import pytest

from linkplanner.cli import main
from linkplanner.crawl.folder import FolderFetcher
from linkplanner.crawl.reader import PagesRead, read_pages
from linkplanner.graph.model import Model
from linkplanner.pipeline import (
    Analysis,
    PlanResult,
    analyse,
    make_plan,
    pages_export,
    pages_to_read,
)
from linkplanner.pipeline.texts import compare_texts
from linkplanner.plan.decided import Decided
from linkplanner.read import read_file
from linkplanner.sample import Sample, write_ahrefs_backlinks, write_sample
from linkplanner.settings import CrawlSettings, Settings
from linkplanner.site.kinds import sections
from linkplanner.tables import PAGES, PLAN, TASKS
from linkplanner.text.kept import Kept


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return write_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def crawled(sample: Sample) -> PagesRead:
    """The sample's pages as our own reader sees them."""
    fetcher = FolderFetcher({sample.base_url: sample.site})
    listed = analyse(read_file(sample.sitemap) + read_file(sample.backlinks))
    order = pages_to_read(listed, 500)
    settings = CrawlSettings(delay=0, pages=500)
    return read_pages(
        order.urls, fetcher, settings, own_hosts=order.hosts, sleep=lambda s: None, discover=True
    )


@pytest.fixture(scope="module")
def analysis(sample: Sample, crawled: PagesRead) -> Analysis:
    files = (sample.sitemap, sample.backlinks, sample.priorities)
    return analyse([r for f in files for r in read_file(f)], crawled)


@pytest.fixture(scope="module")
def result(analysis: Analysis) -> PlanResult:
    return make_plan(analysis, thorough=False)


def test_what_enters_the_sample_is_a_hundred_points_and_the_balance_closes(
    analysis: Analysis,
) -> None:
    parts = dict(analysis.facts["balance"])
    assert parts.pop("entered") == pytest.approx(100.0)
    assert sum(parts.values()) == pytest.approx(100.0, rel=1e-9)
    assert parts["broken"] > 1


def test_the_samples_orphans_and_broken_targets_are_found(
    analysis: Analysis, sample: Sample
) -> None:
    facts = analysis["page_facts"]
    assert set(facts.loc[facts["orphan"], "url"]) == set(sample.orphans)
    repairs = analysis["repairs"]
    broken = set(repairs.loc[repairs["kind"] == "broken", "url"])
    assert {url for url in sample.broken if not url.endswith(".pdf")} <= broken


def test_the_plan_keeps_its_promises(analysis: Analysis, result: PlanResult) -> None:
    plan, summary = result.plan, result.summary
    limits = Settings().limits
    assert 0 < len(plan) <= limits.max_links
    assert plan["source_url"].value_counts().max() <= limits.per_page
    assert plan["target_url"].value_counts().max() <= limits.per_target
    assert (plan["relevance"] >= limits.min_relevance).all()
    assert plan["gain"].sum() == pytest.approx(summary["points_after"] - summary["points_before"])
    assert plan["objective_gain"].sum() == pytest.approx(summary["gain"], rel=1e-6)
    assert 0.3 < summary["certificate"] <= 1
    pages = analysis["pages"].set_index("url")
    assert pages.loc[[*plan["source_url"], *plan["target_url"]], "indexable"].all()
    content = analysis["links"][analysis["links"]["position"] == "content"]
    urls = analysis["pages"]["url"].to_numpy()
    known = content.dropna(subset="target_id")
    linked = set(zip(urls[known["source_id"].astype(int)], urls[known["target_id"].astype(int)]))
    assert not linked & set(zip(plan["source_url"], plan["target_url"]))


def test_planned_sentences_stand_on_their_pages(analysis: Analysis, result: PlanResult) -> None:
    urls = analysis["pages"]["url"]
    texts = dict(
        zip(urls.iloc[analysis["texts"]["page_id"].astype(int)], analysis["texts"]["text"])
    )
    placed = result.plan[result.plan["sentence_before"].fillna("") != ""]
    assert len(placed) > len(result.plan) / 2
    for source, sentence in zip(placed["source_url"], placed["sentence_before"]):
        assert sentence in texts[source]
    assert (result.plan["anchor"].fillna("") != "").all()


def test_every_figure_can_be_recomputed_from_the_saved_model(
    result: PlanResult, tmp_path: Path
) -> None:
    assert result.model is not None
    result.model.save(tmp_path / "model.npz")
    model = Model.load(tmp_path / "model.npz")
    share = np.zeros((model.pages, model.pages))
    share[model.source, model.target] = model.weight
    total = model.total.copy()

    def equity() -> np.ndarray:
        scale = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)
        return np.linalg.solve((np.eye(model.pages) - 0.85 * share * scale[:, None]).T, model.seed)

    before = equity()
    weight = dict(zip(zip(model.cand_source, model.cand_target), model.cand_weight))
    for u, v in zip(model.plan_source, model.plan_target):
        share[u, v] += weight[u, v]
        total[u] += weight[u, v]
    after = equity()
    assert model.priority @ before == pytest.approx(result.summary["points_before"], rel=1e-8)
    assert model.priority @ after == pytest.approx(result.summary["points_after"], rel=1e-8)
    chosen = model.priority > 0
    gain = model.priority[chosen] @ np.log(after[chosen] / before[chosen])
    assert gain == pytest.approx(result.summary["gain"], rel=1e-8)


def test_results_survive_the_disk(analysis: Analysis, result: PlanResult, tmp_path: Path) -> None:
    analysis.save(tmp_path / "a")
    result.save(tmp_path / "p")
    again, plan = Analysis.load(tmp_path / "a"), PlanResult.load(tmp_path / "p")
    pd.testing.assert_frame_equal(again["page_facts"], analysis["page_facts"])
    assert again.facts == analysis.facts and again.warnings == analysis.warnings
    pd.testing.assert_frame_equal(plan.plan, result.plan)
    pd.testing.assert_frame_equal(make_plan(again, thorough=False).plan, result.plan)


def test_pages_export_names_every_known_address_once(
    analysis: Analysis, result: PlanResult
) -> None:
    pages = pages_export(analysis, result)
    assert list(pages.columns[: len(PAGES.columns)]) == list(PAGES.columns)
    assert pages["url"].is_unique and len(pages) == len(analysis["pages"])
    wanted = {"seed", "equity_before", "equity_after", "reach", "depth", "links_in"}
    assert wanted | {"links_in_content", "orphan"} <= set(pages.columns)


def test_without_links_pairs_are_suggested_and_nothing_is_invented(sample: Sample) -> None:
    listed = analyse(read_file(sample.sitemap) + read_file(sample.backlinks))
    shown = make_plan(listed)
    assert len(shown.plan) == 0 and shown.model is None
    assert len(shown.suggestions) > 10
    assert shown.suggestions["gain"].isna().all()
    assert any("No internal links are known" in w for w in listed.warnings)


def test_reading_a_part_of_the_pages_is_marked_provisional(sample: Sample) -> None:
    readings = read_file(sample.sitemap) + read_file(sample.backlinks)
    order = pages_to_read(analyse(readings), 40)
    fetcher = FolderFetcher({sample.base_url: sample.site})
    read = read_pages(
        order.urls, fetcher, CrawlSettings(delay=0, pages=40), own_hosts=order.hosts,
        sleep=lambda s: None,
    )  # fmt: skip
    part = analyse(readings, read)
    assert order.urls[0] == f"{sample.base_url}/"
    assert 0.05 < part.facts["provisional"] < 0.3
    plan = make_plan(part, thorough=False).plan
    assert set(plan["source_url"]) <= set(read.pages["url"])


def test_a_whole_crawl_is_not_provisional(tmp_path: Path) -> None:
    """Buttons, files and what programs may not follow are no pages that were left."""
    for name in ("", "pump/", "valve/"):
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / "index.html").write_text(
            "<main><p>Words about <a href=/pump/>pumps</a> and <a href=/valve/>valves</a>.</p>"
            f"<a href='/{name}?add-to-cart=7'>Buy</a><a href=/list.zip>All</a>"
            "<a href=/login rel=nofollow>Log in</a></main>"
        )
    fetcher = FolderFetcher({"https://own.test/": tmp_path})
    starts = ["https://own.test/", "https://own.test/pump/"]

    def crawled(most: int) -> Analysis:
        settings = CrawlSettings(delay=0, pages=most)
        return analyse(
            [], read_pages(starts, fetcher, settings, own_hosts=["own.test"], discover=True)
        )

    whole = crawled(10)
    assert whole.facts["provisional"] is None
    assert not any("provisional" in warning for warning in whole.warnings)
    node = whole["pages"].set_index("url")["node_id"].notna()
    assert node[node].index.str.removeprefix("https://own.test").tolist() == [
        "/", "/pump/", "/valve/", "/login"
    ]  # fmt: skip
    assert crawled(2).facts["provisional"] == pytest.approx(2 / 3)


def test_later_backlinks_add_points_and_nothing_is_rescaled(sample: Sample, tmp_path: Path) -> None:
    readings = read_file(sample.sitemap) + read_file(sample.backlinks)
    first = analyse(readings)
    write_ahrefs_backlinks(tmp_path / "more.csv", [f"{sample.base_url}/"], seed=99, rows=60)
    more = [*readings, *read_file(tmp_path / "more.csv")]
    second = analyse(more, points_per_worth=first.facts["points_per_worth"])
    assert second.facts["balance"]["entered"] > first.facts["balance"]["entered"]


def run(*arguments: object) -> int:
    return main([str(a) for a in arguments])


def test_the_command_line_writes_everything(sample: Sample, tmp_path: Path) -> None:
    code = run(
        "plan", "--sitemap", sample.sitemap, "--backlinks", sample.backlinks, "--links",
        sample.inlinks, "--pages", sample.internal, "--priority", sample.priorities, "--max-links",
        25, "--out", tmp_path / "out", "--model",
    )  # fmt: skip
    assert code == 0
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written == {
        "plan.csv", "pages.csv", "backlinks.csv", "tasks.csv", "summary.json", "report.html",
        "model.npz",
    }  # fmt: skip
    plan = pd.read_csv(tmp_path / "out" / "plan.csv")
    assert list(plan.columns) == list(PLAN.columns) and len(plan) == 25
    assert list(pd.read_csv(tmp_path / "out" / "tasks.csv").columns) == list(TASKS.columns)
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["points_after"] > summary["points_before"]
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in report and "Content-Security-Policy" in report


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--sitemap", "nowhere.xml"], "“nowhere.xml” is no file"),
        ([], "Nothing to read"),
        (["--objective", "fame"], "“fame” is no objective"),
        (["--max-links", "many"], "“many” is no whole number"),
        (["--crawl", "no-such-folder"], "“no-such-folder” is no folder"),
    ],
)
def test_a_wrong_call_gets_one_sentence_and_exit_2(
    arguments: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("plan", *arguments, "--out", tmp_path / "out") == 2
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1 and says in told[0]


def test_a_pattern_that_matches_nothing_exits_2(
    sample: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(
        "plan", "--sitemap", sample.sitemap, "--priority", "/nothing/*", "--out", tmp_path / "o"
    )
    assert code == 2
    assert "“/nothing/*” matches none" in capsys.readouterr().err


def test_no_priority_takes_the_proposed_pages_and_says_so(
    sample: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run("plan", "--sitemap", sample.sitemap, "--links", sample.inlinks, "--out", tmp_path) == 0
    )
    assert "No priority pages were named" in capsys.readouterr().out


REAL = {
    "screamingfrog-all-inlinks-2025__friteuseb_internal_mesh__all_inlinks.csv": {
        "pages": 46, "links": 1804, "followed_links": 1042, "contextual_orphans": 25,
    },
    "semrush-backlinks-xlsx__JLcilliers_chatterbuzz-wqa__davidsonhomes.com-backlinks.xlsx": {
        "pages": 2782, "links": 0, "backlinks": 8601, "live_backlinks": 6314,
        "matched_backlinks": 8078, "referring_domains": 307, "unmatched_targets": 279,
    },
}  # fmt: skip


def counts_of(analysis: Analysis, name: str) -> dict[str, int]:
    return {key: analysis.facts["counts"][key] for key in REAL[name]}


def test_the_47_page_crawl_with_made_up_backlinks(
    shared: Callable[[str], Path], tmp_path: Path
) -> None:
    name = "screamingfrog-all-inlinks-2025__friteuseb_internal_mesh__all_inlinks.csv"
    links = read_file(shared("samples") / name)
    targets = sorted(links[0].frame["source_url"].unique())
    assert len(targets) == 46  # 47 pages, one of which holds no hyperlink
    write_ahrefs_backlinks(tmp_path / "b.csv", targets, seed=3, rows=150)
    analysis = analyse(links + read_file(tmp_path / "b.csv"))
    assert counts_of(analysis, name) == REAL[name]
    assert analysis.facts["counts"]["matched_backlinks"] > 100
    plan = make_plan(analysis, thorough=False)
    assert plan.summary["links"] > 20 and plan.summary["gain"] > 0


def test_the_pair_without_links_is_scored_joined_and_told(shared: Callable[[str], Path]) -> None:
    """Davidson Homes: Semrush XLSX and Screaming Frog pages, no links."""
    name = "semrush-backlinks-xlsx__JLcilliers_chatterbuzz-wqa__davidsonhomes.com-backlinks.xlsx"
    folder = shared("samples")
    pages = (
        folder
        / "screamingfrog-internal__JLcilliers_chatterbuzz-wqa__davidsonhomes_internal_all.csv"
    )
    analysis = analyse(read_file(folder / name) + read_file(pages))
    assert counts_of(analysis, name) == REAL[name]
    scored = analysis["backlinks"]
    assert scored[["authority", "spam"]].notna().all().all()
    assert scored["relevance"].notna().mean() > 0.5
    assert (scored["reasons"].fillna("") != "").all()
    plan = make_plan(analysis, thorough=False)
    assert len(plan.plan) == 0 and len(plan.suggestions) > 0
    assert any("No internal links are known" in w for w in analysis.warnings)


def test_settings_change_the_plan(analysis: Analysis) -> None:
    base = Settings()
    tight = replace(base, limits=replace(base.limits, max_links=5, objective="total"))
    shown = make_plan(analysis, tight, thorough=False)
    assert len(shown.plan) == 5 and shown.summary["objective"] == "total"


def pairs_of(plan: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(plan["source_url"], plan["target_url"]))


def test_a_refused_link_is_not_planned_again(analysis: Analysis, result: PlanResult) -> None:
    first = result.plan.iloc[0]
    refused = frozenset({(first["source_url"], first["target_url"])})
    again = make_plan(analysis, thorough=False, decided=Decided(closed=refused)).plan
    assert not refused & pairs_of(again)
    assert len(again) > 0


def test_accepted_links_stay_and_count_against_the_limits(
    analysis: Analysis, result: PlanResult
) -> None:
    last = result.plan.tail(3)
    accepted = frozenset(pairs_of(last))
    tight = Settings(limits=replace(Settings().limits, max_links=4, min_relevance=60.0))
    again = make_plan(analysis, tight, thorough=False, decided=Decided(accepted=accepted))
    assert len(again.plan) == 4 and accepted < pairs_of(again.plan)
    none_left = Settings(limits=replace(Settings().limits, max_links=1))
    kept = make_plan(analysis, none_left, thorough=False, decided=Decided(accepted=accepted))
    assert pairs_of(kept.plan) == accepted


def test_locked_forbidden_and_sections_are_kept_to(analysis: Analysis, result: PlanResult) -> None:
    base = Settings().limits
    of = sections(result.plan["source_url"]), sections(result.plan["target_url"])
    busiest = pd.Series(list(zip(*of))).value_counts()
    (one, other), count = busiest.index[0], int(busiest.iloc[0])
    source = result.plan["source_url"].iloc[0].replace("https://", "http*://")
    limits = replace(
        base, locked=(source,), section_limits=(f"{one} > {other} = {count // 2}",),
        forbidden=(f"* > {urlsplit(result.plan['target_url'].iloc[-1]).path}",),
    )  # fmt: skip
    plan = make_plan(analysis, Settings(limits=limits), thorough=False).plan
    assert result.plan["source_url"].iloc[0] not in set(plan["source_url"])
    assert result.plan["target_url"].iloc[-1] not in set(plan["target_url"])
    ends = zip(sections(plan["source_url"]), sections(plan["target_url"]))
    assert sum(pair == (one, other) for pair in ends) <= count // 2


def test_protected_pages_keep_what_they_have(analysis: Analysis, result: PlanResult) -> None:
    pages = result.pages
    change = pages["equity_after"] / pages["equity_before"] - 1
    loser = pages["url"].iloc[int(change.argmin())]
    assert change.min() < -0.01
    limits = replace(Settings().limits, protected=(urlsplit(loser).path,), protected_loss=0.002)
    after = make_plan(analysis, Settings(limits=limits), thorough=False)
    row = after.pages.set_index("url").loc[loser]
    assert row["equity_after"] >= row["equity_before"] * 0.998 * (1 - 1e-6)
    assert 0 < after.summary["gain"] <= result.summary["gain"] * 1.02


@pytest.fixture(scope="module")
def whole(analysis: Analysis) -> PlanResult:
    """A plan with all that the thorough run adds."""
    limits = replace(Settings().limits, max_links=15, proof_seconds=1.0)
    return make_plan(analysis, Settings(limits=limits))


def test_articles_with_few_links_get_their_best_relevant_ones(
    analysis: Analysis, whole: PlanResult
) -> None:
    few, facts = whole.frames["few_links"], analysis["page_facts"].set_index("url")
    limits = Settings().limits
    sources = facts.loc[few["source_url"]]
    assert len(few) > 10 and (sources["kind"] == "article").all()
    planned = whole.plan["source_url"].value_counts()
    carried = few["source_url"].value_counts()
    after = facts.loc[carried.index, "links_out_content"] + carried
    after += planned.reindex(carried.index).fillna(0)
    assert after.max() <= limits.links_at_least
    assert (few["relevance"] >= limits.min_relevance).all() and few["anchor"].notna().all()
    assert not pairs_of(few) & pairs_of(whole.plan)
    tasks = whole.tasks[whole.tasks["kind"] == "add link"]
    assert pairs_of(few) <= set(zip(tasks["page_url"], tasks["target_url"]))


def test_large_plans_find_the_same_sentences_in_two_processes(
    analysis: Analysis, result: PlanResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linkplanner.text.shared.SHARED_OUT", 1)
    shared = make_plan(analysis, thorough=False)
    assert shared.plan["sentence"].tolist() == result.plan["sentence"].tolist()


def test_a_second_plan_of_the_same_site_looks_for_no_sentence_again(
    analysis: Analysis, result: PlanResult, tmp_path: Path
) -> None:
    settings, path, plans = Settings(), tmp_path / "sentences.npz", [result]
    for run in range(2):
        kept = Kept.load(path)
        compared = compare_texts(analysis, settings, kept=kept)
        plans.append(make_plan(analysis, settings, thorough=False, compared=compared))
        kept.save(path)
        assert (kept.found > 0) == (run == 0)
    for plan in plans[1:]:
        assert plan.plan["sentence"].tolist() == plans[0].plan["sentence"].tolist()


def test_orphans_get_pages_to_link_from(whole: PlanResult) -> None:
    repairs = whole.frames["repairs"]
    orphans = repairs[repairs["kind"] == "orphan"]
    assert (orphans["sources"].fillna("") != "").mean() > 0.5 and orphans["gain"].max() > 0
    told = whole.tasks[whole.tasks["kind"] == "repair: orphan"]["instruction"]
    assert told.str.contains("Pages: https://").any()


def test_both_routes_stand_side_by_side_and_hubs_never_bring_less(whole: PlanResult) -> None:
    routes = whole.summary["routes"]
    assert set(routes) == {"direct", "hubs"}
    assert routes["direct"]["gain"] == pytest.approx(whole.summary["gain"])
    assert routes["hubs"]["gain"] >= routes["direct"]["gain"] - 1e-6
    assert routes["hubs"]["candidates"] > routes["direct"]["candidates"]


def test_each_link_says_what_it_brings_alone_and_who_pays(whole: PlanResult) -> None:
    plan = whole.plan
    assert plan["gain_alone"].iloc[0] == pytest.approx(plan["gain"].iloc[0], rel=1e-6)
    assert (plan["loss"] >= 0).all() and plan["losers"].str.contains("https://").any()
    assert set(plan["minutes"]) <= {8.0, 12.0}
    sections_ = whole.frames["sections"]
    pages = whole.pages
    assert sections_["equity_after"].sum() == pytest.approx(pages["equity_after"].sum())


def test_what_the_limits_hold_back_is_counted(analysis: Analysis, whole: PlanResult) -> None:
    waiting = whole.frames["waiting"].set_index("limit")
    assert waiting.loc["all", "links"] > 0 and waiting.loc["all", "gain"] > 0
    held = Settings(limits=replace(Settings().limits, max_links=15, per_sections=3))
    found = make_plan(analysis, held, thorough=False).frames["waiting"]
    pairs = found[found["limit"] == "sections"]
    assert len(pairs) and pairs["what"].str.contains(" > ").all()


def test_priorities_may_be_a_plain_list_of_addresses(
    sample: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = tmp_path / "chosen.csv"
    chosen.write_text(f"url\n{sample.base_url}/services/boot-resoling/\n", encoding="utf-8")
    arguments = ["plan", "--sitemap", sample.sitemap, "--out", tmp_path / "out", "--priority"]
    assert run(*arguments, chosen) == 0
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["counts"]["priorities"] == 1
    (tmp_path / "prices.csv").write_text("name,price\nx,3\n", encoding="utf-8")
    assert run(*arguments, tmp_path / "prices.csv") == 2
    assert "“prices.csv” holds no priority pages" in capsys.readouterr().err
