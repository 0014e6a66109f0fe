"""The plan, strategy and priorities screens on the sample shop: limits, routes, needs, what-ifs."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from linkplanner.plan.status import ACCEPTED
from linkplanner.store.needs import rival_choices, set_need, set_rival, typed_needs
from linkplanner.store.projects import list_projects, load_settings, save_settings
from linkplanner.store.tasks import change_tasks, list_tasks
from linkplanner.store.versions import latest_version
from linkplanner.store.workspace import Workspace
from linkplanner.ui.state import Loaded
from tests.pages.conftest import Open, run_here


def project_of(workspace: Workspace) -> int:
    return list_projects(workspace)[0].id


def texts(app: Any) -> str:
    return "\n".join(str(element.value) for element in (*app.markdown, *app.caption, *app.info))


def opened(app: Any, key: str) -> Any:
    """The app with one of the unfolding parts open."""
    app.session_state[key] = True
    app.run()
    assert not app.exception
    return app


def test_both_routes_stand_on_the_plan_screen(sample: Workspace, open_app: Open) -> None:
    app = open_app(sample, "plan")
    assert not app.exception
    shown = texts(app)
    assert "Straight to your priority pages** · this plan" in shown
    assert "Through hub pages as well" in shown and shown.count("for your priority pages") >= 2
    assert any(b.key == "take-hubs" for b in app.button)
    columns = {c for frame in app.dataframe for c in frame.value.columns}
    assert {"gain_alone", "loss", "losers", "minutes"} <= columns


def test_a_limit_that_cannot_be_read_is_quoted_and_not_kept(
    sample: Workspace, open_app: Open
) -> None:
    project_id = project_of(sample)
    before = load_settings(sample, project_id)
    app = open_app(sample, "plan")
    app.toggle(key=f"more-limits-{project_id}").set_value(True).run()
    app.text_area(key=f"section-limits-{project_id}").set_value("/blog = 3").run()
    assert any("cannot be read as a limit" in error.value for error in app.error)
    assert load_settings(sample, project_id) == before
    app.text_area(key=f"section-limits-{project_id}").set_value("/blog > /services = 3").run()
    assert not app.error
    kept = load_settings(sample, project_id)
    assert kept.limits.section_limits == ("/blog > /services = 3",)
    save_settings(sample, project_id, before)


def test_what_if_answers_without_changing_anything(sample: Workspace, open_app: Open) -> None:
    project_id = project_of(sample)
    before = load_settings(sample, project_id)
    version = latest_version(sample, project_id, "plan")
    assert version is not None
    app = opened(open_app(sample, "plan"), f"try-open-{Loaded(version, False).key}")
    slider = next(s for s in app.slider if s.key.startswith("try-links-"))
    slider.set_value(5).run()
    assert not app.exception
    figures = {m.label: m.value for m in app.metric}
    assert figures["Gain with these limits"].endswith("points")
    assert [m.value for m in app.metric if m.label == "New links"][-1] == "5"
    assert load_settings(sample, project_id) == before


@pytest.mark.parametrize(
    ("key", "column"),
    [("few-open", "relevance"), ("changes-open", "plan_change")],
)
def test_the_rest_of_the_plan_unfolds(
    sample: Workspace, open_app: Open, key: str, column: str
) -> None:
    app = open_app(sample, "plan")
    frames = len(app.dataframe)
    opened(app, key)
    assert len(app.dataframe) > frames
    assert any(column in frame.value for frame in app.dataframe)


def test_what_limits_hold_back_is_told_in_sentences(sample: Workspace, open_app: Open) -> None:
    app = opened(open_app(sample, "plan"), f"held-{project_of(sample)}")
    told = [m.value for m in app.markdown if m.value.startswith("- ")]
    assert told and all("points: raise" in text for text in told)


def test_pairs_in_two_languages_are_counted_where_limits_are_told() -> None:
    from linkplanner.ui.plan_rest import language_sentences

    assert language_sentences({}) == []
    one, many = (
        language_sentences({"foreign_pairs": 1}),
        language_sentences({"foreign_pairs": 1200}),
    )
    assert one[0].startswith("1 suitable pair of pages in different languages is left out")
    assert many[0].startswith("1,200 suitable pairs of pages in different languages are left out")


def test_articles_with_few_links_are_tasks(sample: Workspace) -> None:
    tasks = list_tasks(sample, project_of(sample))
    version = latest_version(sample, project_of(sample), "plan")
    assert version is not None
    few = pd.read_parquet(version.folder / "few_links.parquet")
    assert len(few) > 10
    added = tasks[tasks["kind"] == "add link"]
    pairs = set(zip(added["page_url"], added["target_url"]))
    assert set(zip(few["source_url"], few["target_url"])) <= pairs


def test_a_typed_need_turns_the_verdict_at_once(sample: Workspace, open_app: Open) -> None:
    project_id = project_of(sample)
    app = open_app(sample, "strategy")
    assert not app.exception
    url = app.selectbox(key=f"need-page-{project_id}").value
    app.radio(key=f"need-way-{project_id}-{url}").set_value("My own figure").run()
    app.number_input(key=f"need-points-{project_id}-{url}").set_value(9999.0).run()
    app.button(key=f"need-keep-{project_id}").click().run()
    assert not app.exception and typed_needs(sample, project_id) == {url: 9999.0}
    table = next(f.value for f in app.dataframe if "need_from" in f.value)
    row = table[table["url"] == url].iloc[0]
    assert row["need"] == 9999.0 and row["need_from"] == "your figure"
    assert str(row["words"]).startswith("Needs backlinks")
    app.radio(key=f"need-way-{project_id}-{url}").set_value("The usual figure").run()
    app.button(key=f"need-keep-{project_id}").click().run()
    assert typed_needs(sample, project_id) == {}


def test_needs_are_kept_and_taken_back(empty: Workspace) -> None:
    from linkplanner.errors import InputError
    from linkplanner.store.projects import create_project

    project_id = create_project(empty, "Shop").id
    set_need(empty, project_id, "https://a.test/", 2.5)
    set_rival(empty, project_id, "https://a.test/", "https://b.test/x")
    assert typed_needs(empty, project_id) == {"https://a.test/": 2.5}
    assert rival_choices(empty, project_id) == {"https://a.test/": "https://b.test/x"}
    with pytest.raises(InputError, match="is no need"):
        set_need(empty, project_id, "https://a.test/", -1.0)
    set_need(empty, project_id, "https://a.test/", None)
    set_rival(empty, project_id, "https://a.test/", "")
    assert typed_needs(empty, project_id) == {} and rival_choices(empty, project_id) == {}


@pytest.mark.long
def test_a_new_plan_keeps_what_was_accepted_and_leaves_out_what_was_refused(
    sample: Workspace,
) -> None:
    project_id = project_of(sample)
    tasks = list_tasks(sample, project_id)
    links = tasks[tasks["kind"] == "add link"]
    version = latest_version(sample, project_id, "plan")
    assert version is not None
    plan = pd.read_parquet(version.folder / "plan.parquet")
    planned = links[
        pd.MultiIndex.from_frame(links[["page_url", "target_url"]]).isin(
            pd.MultiIndex.from_frame(plan[["source_url", "target_url"]])
        )
    ]
    held = int(links["status"].isin(ACCEPTED).sum())  # by tests before this one
    planned = planned[planned["status"] == "suggested"]
    last, first = planned.iloc[-1], planned.iloc[0]
    change_tasks(sample, project_id, [last["task_id"]], {"status": "approved"})
    change_tasks(sample, project_id, [first["task_id"]], {"status": "refused"})
    before = load_settings(sample, project_id)
    tight = replace(before.limits, max_links=3, min_relevance=95.0)
    save_settings(sample, project_id, replace(before, limits=tight))
    run_here(sample, project_id, "plan")
    again = latest_version(sample, project_id, "plan")
    assert again is not None and again.number > version.number
    made = pd.read_parquet(again.folder / "plan.parquet")
    pairs = set(zip(made["source_url"], made["target_url"]))
    assert (last["page_url"], last["target_url"]) in pairs and len(made) <= 3
    assert (first["page_url"], first["target_url"]) not in pairs
    kept = list_tasks(sample, project_id).set_index("task_id")["status"]
    assert (kept[last["task_id"]], kept[first["task_id"]]) == ("approved", "refused")
    assert again.facts["accepted_before"] == held + 1
    for task in (last, first):
        change_tasks(sample, project_id, [task["task_id"]], {"status": "suggested"})
    save_settings(sample, project_id, before)
    run_here(sample, project_id, "plan")
