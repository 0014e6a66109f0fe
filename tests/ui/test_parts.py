"""What the screens compute: sentences, filters, edits."""

import pandas as pd
import pytest

from linkplanner.quality.profile import headline
from linkplanner.settings import QualitySettings
from linkplanner.tables import BACKLINKS, PRIORITIES, TASKS
from linkplanner.ui import charts, plan_links, quality_map, site_pages, sources, tables, task_list
from linkplanner.ui.backlink_profile import burst_sentence, short_path
from linkplanner.ui.outreach_parts import look_label
from linkplanner.ui.priorities import changes_of, fresh_edits, priority_list
from linkplanner.ui.texts import findings, numbers
from linkplanner.ui.texts import site as site_texts


def backlinks(*rows: dict[str, object]) -> pd.DataFrame:
    return BACKLINKS.conform(pd.DataFrame(list(rows)))


def facts() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "url": ["https://a.test/", "https://a.test/shop/x", "https://a.test/blog/y", "https://a.test/z"],
            "title": ["Home | A", "X | A", None, "Z | A"],
            "kind": ["home", "product", "article", "other"],
            "section": ["/", "/shop", "/blog", "/"],
            "indexable": [True, True, True, False],
            "equity": [5.0, 2.0, 1.0, 0.5],
            "priority": [0.0, 2.0, 1.0, 0.0],
            "depth": pd.Series([0, 1, 12, None], dtype="Int64"),
            "orphan": [False, False, False, True],
            "contextual_orphan": [False, True, False, False],
            "role": ["hoards", "", "wastes", None],
            "equity_before": [5.0, 2.0, 1.0, 0.5],
            "equity_after": [5.0, 3.0, 1.5, 0.5],
        }
    )  # fmt: skip


# --- sentences ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "text"), [(0, "0 pages"), (1, "1 page"), (1234, "1,234 pages")])
def test_counts_agree_with_their_noun(number: int, text: str) -> None:
    assert numbers.count(number, "page") == text


def finding(frame: pd.DataFrame) -> str:
    return findings.backlinks_finding(headline(frame, QualitySettings()))


def test_backlinks_finding_tells_how_few_sites_carry_half() -> None:
    frame = backlinks(
        {"source_domain": "big.test", "worth": 6.0, "spam": 0.0},
        {"source_domain": "b.test", "worth": 3.0, "spam": 90.0},
        {"source_domain": "c.test", "worth": 1.0},
        {"source_domain": "gone.test", "worth": 9.0, "lost": True},
    )
    assert finding(frame) == (
        "3 live backlinks from 3 sites; half of what they bring comes from 1 site. "
        "1 of them shows strong signs of spam."
    )


def test_backlinks_finding_without_live_or_worth() -> None:
    assert "None" in finding(backlinks({"lost": True}))
    nothing = backlinks({"source_domain": "a.test", "worth": 0.0})
    assert "nothing that counts" in finding(nothing)


@pytest.mark.parametrize(
    ("summary", "suggestions", "says"),
    [
        ({"links": 5, "points_before": 10.0, "points_after": 12.5}, 0, "+25%"),
        ({"links": 5, "points_before": 0.0, "points_after": 12.5}, 0, "12.5 weighted points."),
        ({"links": 0, "points_before": 1.0, "points_after": 1.0}, 7, "7 pairs"),
        ({"links": 0, "points_before": 1.0, "points_after": 1.0}, 0, "no new link"),
    ],
)
def test_plan_finding(summary: dict[str, float], suggestions: int, says: str) -> None:
    assert says in findings.plan_finding(summary, suggestions)


def test_site_finding_says_nothing_about_flow_without_links() -> None:
    assert "cannot say" in findings.site_finding(facts(), {}, has_links=False)
    balance = {"entered": 100.0, "priority": 20.0, "other": 50.0}
    assert findings.site_finding(facts(), balance, has_links=True) == (
        "Of all equity that enters your site, 20% stays on priority pages and 30% leaks away; "
        "2 pages get no link from any text."
    )


# --- charts and what a click in them means -----------------------------------------------------


def test_box_selects_what_lies_in_it_and_unknown_scores_by_their_place() -> None:
    frame = backlinks(
        {"source_domain": "a.test", "authority": 80.0, "relevance": 50.0},
        {"source_domain": "b.test", "authority": 10.0, "relevance": 50.0},
        {"source_domain": "c.test", "authority": 80.0},
    )
    box = {"brush": {"authority": [60, 90], "relevance": [40, 60]}}
    assert quality_map.in_brush(frame, box)["source_domain"].tolist() == ["a.test"]
    left = {"brush": {"relevance": [-14, -5]}}
    assert quality_map.in_brush(frame, left)["source_domain"].tolist() == ["c.test"]
    assert len(quality_map.in_brush(frame, {})) == 3


def test_clicks_filter_pages_by_section_and_depth() -> None:
    pages = facts()
    assert len(site_pages.filtered(pages, {})) == 4
    picked = {"sections": [{"section": "/"}]}
    assert site_pages.filtered(pages, picked)["url"].tolist() == [pages["url"][0], pages["url"][3]]
    assert site_pages.filtered(pages, picked | {"depths": [{"clicks": "not reached"}]})[
        "url"
    ].tolist() == [pages["url"][3]]


def test_depths_are_in_order_of_number() -> None:
    order = charts.depth_bars(facts()).to_dict()["encoding"]["y"]["sort"]
    assert order == ["0", "1", "12", "not reached"]


def test_charts_hold_for_one_row_and_none() -> None:
    assert charts.section_bars(facts().head(1)).to_dict()
    assert quality_map.quality_map(backlinks({"source_domain": "a.test"})).to_dict()
    assert charts.before_after(plan_links.priority_pages(facts())).to_dict()
    assert charts.balance_bar({}).to_dict()


def test_views_partition_what_they_name() -> None:
    views = site_pages.views(facts(), has_links=True)
    assert {name: len(frame) for name, frame in views.items()} == {
        "All pages": 4,
        "Orphans": 1,
        "Only in menus": 1,
        "Hoard equity": 1,
        "Waste equity": 1,
        "Not indexable": 1,
    }
    assert list(site_pages.views(facts(), has_links=False)) == ["All pages", "Not indexable"]
    assert set(site_texts.EXPLAINED) == set(views)


# --- priorities --------------------------------------------------------------------------------


def stored(*rows: tuple[str, bool, float]) -> pd.DataFrame:
    columns = ["url", "chosen", "weight", "keywords", "difficulty", "origin", "changed"]
    data = [(url, chosen, weight, "", float("nan"), "typed", "t") for url, chosen, weight in rows]
    return pd.DataFrame(data, columns=columns)


def proposed() -> pd.DataFrame:
    frame = pd.DataFrame({"url": ["https://a.test/shop/x", "https://a.test/blog/y"], "weight": 1.0})
    return PRIORITIES.conform(frame).assign(reason=["product", "article"])


def test_proposals_are_ticked_until_something_is_decided() -> None:
    nothing = PRIORITIES.empty()
    first = priority_list(facts(), proposed(), stored(), nothing)
    assert first["chosen"].tolist() == [True, True]
    later = priority_list(facts(), proposed(), stored(("https://a.test/", True, 2.0)), nothing)
    assert later.set_index("url")["chosen"].to_dict() == {
        "https://a.test/": True,
        "https://a.test/shop/x": False,
        "https://a.test/blog/y": False,
    }


def test_rows_stay_where_they_were_while_edited() -> None:
    nothing = PRIORITIES.empty()
    before = priority_list(facts(), proposed(), stored(), nothing)
    order = before["url"].tolist()
    ticked = stored((order[0], False, 1.0), (order[1], True, 1.0))
    assert priority_list(facts(), proposed(), ticked, nothing, order=order)["url"].tolist() == order
    fresh = priority_list(facts(), proposed(), ticked, nothing)
    assert fresh["url"].tolist() == order[::-1]  # ticked ones first


def test_first_edit_takes_the_proposals_over() -> None:
    shown = priority_list(facts(), proposed(), stored(), PRIORITIES.empty())
    rows = changes_of(shown, {1: {"chosen": False}}, decided=False)
    assert {row["url"]: row["chosen"] for row in rows} == {
        "https://a.test/shop/x": True,
        "https://a.test/blog/y": False,
    }
    later = changes_of(shown, {0: {"weight": 3.0}}, decided=True)
    assert [(row["url"], row["weight"], row["chosen"]) for row in later] == [
        ("https://a.test/shop/x", 3.0, True)
    ]


def test_edits_beyond_the_list_are_left_out() -> None:
    shown = priority_list(facts(), proposed(), stored(), PRIORITIES.empty())
    assert changes_of(shown, {99: {"weight": 3.0}}, decided=True) == []


def test_only_new_edits_are_kept() -> None:
    seen = {0: {"weight": 2.0}}
    assert fresh_edits({0: {"weight": 2.0}}, seen) == {}
    assert fresh_edits({0: {"weight": 2.0, "keywords": "x"}, 1: {"weight": 1.0}}, seen) == {
        0: {"keywords": "x"},
        1: {"weight": 1.0},
    }
    assert fresh_edits({0: {"weight": 5.0}}, seen) == {0: {"weight": 5.0}}


# --- plan, tasks, files, tables ----------------------------------------------------------------


def test_labels_of_priority_pages_drop_what_all_titles_share() -> None:
    labels = plan_links.priority_pages(facts())["label"].tolist()
    assert labels == ["X", "/blog/y"]


def test_the_name_of_the_site_is_dropped_where_some_pages_have_no_title() -> None:
    titles = pd.Series(["X | A", "Z | A", "", "", ""])
    assert plan_links.without_site_name(titles).tolist() == ["X", "Z", "", "", ""]
    alone = pd.Series(["Guide - Part 2", ""])
    assert plan_links.without_site_name(alone).tolist() == alone.tolist()
    few = pd.Series(["X | A", "Y | A", "P", "Q", "R"])
    assert plan_links.without_site_name(few).tolist() == few.tolist()


def test_links_carry_the_status_of_their_tasks() -> None:
    links = pd.DataFrame({"source_url": ["a", "b"], "target_url": ["x", "x"], "rank": [1, 2]})
    tasks = TASKS.conform(
        pd.DataFrame(
            [
                {"task_id": "1", "kind": "add link", "page_url": "a", "target_url": "x",
                 "status": "approved"},
                {"task_id": "2", "kind": "repair: broken", "page_url": "b", "target_url": "x",
                 "status": "refused"},
            ]
        )
    )  # fmt: skip
    joined = plan_links.with_status(links, tasks)
    assert joined["status"].tolist() == ["approved", "suggested"]
    assert plan_links.narrowed(joined, "Accepted")["source_url"].tolist() == ["a"]
    assert plan_links.narrowed(joined, "Open")["source_url"].tolist() == ["b"]
    missing = plan_links.missing_tasks(joined)
    assert missing["page_url"].tolist() == ["b"]
    assert missing["task_id"].notna().all()


def test_tasks_are_narrowed_and_edited() -> None:
    tasks = TASKS.conform(
        pd.DataFrame(
            {
                "task_id": ["1", "2"],
                "kind": ["add link", "repair: broken"],
                "status": ["suggested", "approved"],
                "page_url": ["https://a.test/Boots", "https://a.test/b"],
            }
        )
    )
    assert task_list.narrowed(tasks, "all", [], "boots")["task_id"].tolist() == ["1"]
    assert task_list.narrowed(tasks, "approved", [], "")["task_id"].tolist() == ["2"]
    assert task_list.narrowed(tasks, None, ["add link"], "")["task_id"].tolist() == ["1"]
    edits = {0: {"status": "approved", "gain": 99}, 7: {"notes": "x"}, 1: {"kind": "x"}}
    assert task_list.changes_of(tasks, edits) == [("1", {"status": "approved"})]


def test_a_report_reads_as_one_line() -> None:
    report = {
        "recognised_as": "Ahrefs: backlinks",
        "rows": 1200,
        "skipped": 3,
        "live": 9,
        "lost": 2,
    }
    assert sources.report_line(report) == (
        "Ahrefs\\: backlinks · 1,200 rows read · 3 skipped · 9 live · 2 lost"
    )
    assert sources.report_line({"recognised_as": None}) == "not used"


def test_what_is_missing_follows_the_kinds_that_are_there() -> None:
    there = {name: found for name, found, _, _ in sources.missing(["backlinks", "sitemap"])}
    assert there["Backlinks"]
    assert not there["Site and Plan"]


def test_only_web_addresses_become_links() -> None:
    addresses = pd.Series(["https://a.test/", "javascript:alert(1)", None, "ftp://x", "http://b/"])
    assert tables.web_only(addresses).dropna().tolist() == ["https://a.test/", "http://b/"]


def test_selected_rows_beyond_the_frame_are_left_out() -> None:
    class Selection:
        rows = (1, 9)

    class Answer:
        selection = Selection()

    frame = pd.DataFrame({"x": [1, 2, 3]})
    assert tables.selected_rows(frame, Answer())["x"].tolist() == [2]


# --- short texts and sizes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.test", "/"),
        ("https://a.test/shop/?x=1", "/shop/"),
        (f"https://a.test/{'b' * 20}/{'c' * 20}", f"/{'b' * 16}…{'c' * 17}"),
    ],
)
def test_long_paths_lose_their_middle(url: str, shown: str) -> None:
    assert short_path(url) == shown


def test_bursts_are_named_in_one_sentence() -> None:
    months = pd.DataFrame(
        {"month": pd.date_range("2026-01-01", periods=5, freq="MS"), "new": [9, 40, 50, 60, 70],
         "lost": 0}
    )  # fmt: skip
    assert burst_sentence(months, months["new"] > 99).startswith("No month")
    told = burst_sentence(months, months["new"] > 10)
    assert "March 2026 (50), April 2026 (60), May 2026 (70) and 1 more" in told


@pytest.mark.parametrize(
    ("rows", "pixels"), [(0, 73), (1, 73), (3, 143), (100, 360)], ids=["none", "1", "3", "many"]
)
def test_a_table_is_as_high_as_its_rows(rows: int, pixels: int) -> None:
    assert tables.fitting(rows, 360) == pixels


@pytest.mark.parametrize(
    ("links", "label"),
    [(0, "No link to check yet"), (1, "Check whether 1 link is live"),
     (2, "Check whether 2 links are live")],
)  # fmt: skip
def test_the_button_that_looks_for_links(links: int, label: str) -> None:
    assert look_label(links) == label


def test_shares_are_written_as_whole_percents() -> None:
    (share,) = tables.column_config(["share"]).values()
    assert share["type_config"]["format"] == "%.0f%%"


@pytest.mark.parametrize(
    ("kinds", "wide"),
    [((), False), (("add link", "repair: orphan"), False), (("repair: link to broken",), True)],
)
def test_a_column_is_wide_where_a_kind_of_work_is_long(kinds: tuple[str, ...], wide: bool) -> None:
    assert (tables.width_of(kinds) is not None) == wide


def test_columns_are_called_as_everywhere_else() -> None:
    assert tables.labels(["source_url", "own_thing"]) == {
        "source_url": "From page",
        "own_thing": "Own thing",
    }
