"""The plan screen's parts: limits, figures, decisions on links, one link as an editor sees it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from linkplanner.errors import LinkplannerError
from linkplanner.jobs import start_job
from linkplanner.settings import PlanLimits
from linkplanner.store.tasks import change_tasks, put_suggestions
from linkplanner.store.workspace import Workspace
from linkplanner.ui import icons, screen
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.screen import XLSX
from linkplanner.ui.texts import numbers
from linkplanner.ui.texts import plan as say

if TYPE_CHECKING:
    from linkplanner.graph.link_graph import LinkGraph
    from linkplanner.graph.model import Model
    from linkplanner.pipeline import Analysis, PlanResult

__all__ = [
    "PAGE_COLUMNS",
    "decide",
    "downloads",
    "figures",
    "make",
    "narrowed",
    "priority_pages",
    "show_link",
    "show_what_if",
    "told",
    "with_status",
]

LINK_KIND: Final = "add link"
LEAST_SHARED: Final = 2
"""Titles with the same ending from which it is taken for the name of the site."""
LABEL: Final = 42
"""Longest label of a page in a chart, in characters."""
SAMPLE: Final = 1000
"""Titles that are looked at for the ending they share; twice as many where they do not divide."""
PAGE_COLUMNS: Final = ("url", "title", "priority", "equity_before", "equity_after")
"""What charts and labels need of the plan's pages."""


def make(workspace: Workspace, project_id: int) -> None:
    """Start the job that makes the plan."""
    try:
        start_job(workspace, project_id, "plan")
    except LinkplannerError as error:
        st.session_state["plan-error"] = str(error)


def figures(summary: Mapping[str, Any], plan: pd.DataFrame) -> None:
    """The plan in four figures."""

    before, after = float(summary["points_before"]), float(summary["points_after"])
    places = st.columns(4)
    places[0].metric(say.NEW_LINKS, numbers.whole(summary["links"]), border=True, height="stretch")
    places[1].metric(
        say.POINTS_NOW, numbers.points(before), border=True, height="stretch",
        help=say.POINTS_NOW_HELP,
    )  # fmt: skip
    places[2].metric(
        say.WITH_PLAN, numbers.points(after),
        numbers.change((after - before) / before) if before > 0 else None, border=True,
        height="stretch",
        help=say.WITH_PLAN_HELP,
    )  # fmt: skip
    usual = PlanLimits().minutes_per_link * int(summary["links"])
    minutes = float(plan["minutes"].sum()) if "minutes" in plan else usual
    worth = (summary.get("strategy") or {}).get("plan_in_good_links")
    places[3].metric(
        say.WORK, say.about(minutes),
        _like(float(worth)) if worth else None, delta_color="off",
        delta_arrow="off", border=True, height="stretch",
        help=say.WORK_HELP,
    )  # fmt: skip


def _like(links: float) -> str:
    """As many good links from other sites as the plan is worth, short enough for its box."""
    from linkplanner.plan.verdict import MANY_LINKS

    many = numbers.whole(links) if links <= MANY_LINKS else f"{MANY_LINKS:,}+"
    return say.like(many)


def told(plan: pd.DataFrame) -> None:
    """How far the first links go, and links an hour."""
    from linkplanner.plan.knee import knee

    gains = plan["gain_cumulative"].to_numpy(dtype=float)
    first = knee(gains)
    spent = float(plan["minutes"].sum()) if "minutes" in plan else 0.0
    pace = say.pace(len(plan), spent) if spent else ""
    if 0 < first < len(plan) and gains[-1] > 0:
        st.caption(say.first_links(first, gains[first - 1] / gains[-1], pace))


def show_what_if(model: "Model", graph: "LinkGraph", picked: pd.DataFrame, whole: int) -> None:
    """What the ticked links alone would bring, and who would lose."""
    from linkplanner.plan.what_if import links_of, what_if

    found = what_if(model, links_of(model, picked), graph)
    losers = len(found.losers)
    tail = ""
    if losers:
        page = str(model.url[found.losers[0]])
        loss = float(found.before[found.losers[0]] - found.after[found.losers[0]])
        tail = say.some_lose(losers, md_escape(page), loss)
    st.info(
        say.ticked_only(len(picked), whole, found.points) + tail, icon=icons.NUMBERS,
    )  # fmt: skip


def priority_pages(pages: pd.DataFrame) -> pd.DataFrame:
    """The priority pages with a label short enough for a chart."""
    title = without_site_name(pages["title"].fillna(""))
    chosen = pages[pages["priority"] > 0]
    title = title[chosen.index]
    path = chosen["url"].str.replace(r"^https?://[^/]+", "", regex=True)
    name = title.where((title != "") & ~title.str.slice(0, LABEL).duplicated(keep=False), path)
    short = name.str.slice(0, LABEL - 1) + "…"
    return chosen.assign(label=name.where(name.str.len() <= LABEL, short))


def without_site_name(titles: pd.Series) -> pd.Series:
    """The titles without the ending (“ | Shop”) that most of them share; pages without a title do
    not count."""
    some = titles[titles != ""]
    some = some.iloc[:: max(1, len(some) // SAMPLE)]
    ending = some.str.extract(r"(\s+[|–—·-]\s+[^|–—·]+)$", expand=False)
    shared = ending.value_counts()
    if shared.empty or shared.iloc[0] < LEAST_SHARED or shared.iloc[0] <= len(some) / 2:
        return titles
    return titles.str.removesuffix(str(shared.index[0]))


def with_status(links: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """The plan's links with the status and id of their tasks."""
    known = tasks[tasks["kind"] == LINK_KIND].drop_duplicates(["page_url", "target_url"])
    known = known.rename(columns={"page_url": "source_url"})
    columns = ["source_url", "target_url", "task_id", "status", "reason"]
    joined = links.merge(known[columns], on=["source_url", "target_url"], how="left")
    status = joined["status"].fillna("suggested")
    return joined.assign(status=status, decision=status)


def narrowed(links: pd.DataFrame, choice: str | None) -> pd.DataFrame:
    """The links that a choice of `FILTERS` shows."""
    status = links["status"]
    accepted = ~status.isin(["suggested", "refused"])
    masks = {
        say.OPEN_AND_ACCEPTED: status != "refused",
        say.OPEN: status == "suggested",
        say.ACCEPTED: accepted,
        say.REFUSED: status == "refused",
    }
    return links[masks[choice]] if choice in masks else links


def decide(
    workspace: Workspace,
    project_id: int,
    picked: pd.DataFrame,
    shown: pd.DataFrame,
    *,
    disabled: bool,
) -> None:
    """Buttons that accept, refuse or reopen the ticked links."""

    def change(rows: pd.DataFrame, status: str) -> None:
        reason = st.session_state.get("refuse-reason", "") if status == "refused" else None
        put_suggestions(workspace, project_id, missing_tasks(rows))
        ids = with_ids(rows)["task_id"].tolist()
        fields = {"status": status} | ({"reason": reason} if reason else {})
        change_tasks(workspace, project_id, ids, fields)

    none = picked.empty or disabled
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(say.accept(len(picked)), key="accept", on_click=change, args=(picked, "approved"),
                  disabled=none, icon=icons.ACCEPT)  # fmt: skip
        st.button(say.refuse(len(picked)), key="refuse", on_click=change, args=(picked, "refused"),
                  disabled=none, icon=icons.REFUSE)  # fmt: skip
        st.button(say.BACK, key="reopen", on_click=change, args=(picked, "suggested"),
                  disabled=none, icon=icons.UNDO)  # fmt: skip
        open_rows = shown[shown["status"] == "suggested"]
        label = say.accept_all(len(open_rows)) if len(open_rows) else say.ALL_DECIDED
        st.button(label, key="accept-all", on_click=change, args=(open_rows, "approved"),
                  disabled=disabled or open_rows.empty)  # fmt: skip
        st.text_input(
            say.REASON, key="refuse-reason", disabled=disabled, width=260,
            placeholder=say.REASON_EXAMPLE, label_visibility="collapsed")  # fmt: skip


def with_ids(rows: pd.DataFrame) -> pd.DataFrame:
    """The links with their task ids, those without a task yet included."""
    from linkplanner.plan.tasks import task_id

    ids = [task_id(LINK_KIND, a, b) for a, b in zip(rows["source_url"], rows["target_url"])]
    return rows.assign(task_id=ids)


def missing_tasks(rows: pd.DataFrame) -> pd.DataFrame:
    """Tasks for links that have none yet, such as suggestions to check."""
    missing = with_ids(rows[rows["task_id"].isna()])
    return pd.DataFrame(
        {
            "task_id": missing["task_id"],
            "kind": LINK_KIND,
            "page_url": missing["source_url"],
            "target_url": missing["target_url"],
            "instruction": [
                say.check(a, b) for a, b in zip(missing["source_url"], missing["target_url"])
            ],
            "status": "suggested",
        }
    )  # fmt: skip


def show_link(link: pd.Series, pages: pd.DataFrame) -> None:
    """One link as the person who edits the page needs it."""
    titles = pages.drop_duplicates("url").set_index("url")["title"]

    def named(url: str) -> str:
        title = titles.get(url)
        return md_escape(str(title if title == title and title else url))

    with st.container(border=True):
        st.markdown(f"**{say.on_page(named(link['source_url']))}**")
        st.code(link["source_url"], language=None)
        st.text(str(link["action"]))
        if link["sentence_before"] == link["sentence_before"]:
            before, after = st.columns(2)
            before.caption(say.SENTENCE_NOW)
            before.text(str(link["sentence_before"]))
            after.caption(say.SENTENCE_THEN)
            after.text(str(link["sentence"]))
        _other_choices(link)
        _alone(link)
        st.markdown(f"**{say.leads_to(named(link['target_url']))}**")
        st.code(link["target_url"], language=None)


def _alone(link: pd.Series) -> None:
    """What the link does by itself, and who pays for it."""
    alone, loss = link.get("gain_alone"), link.get("loss")
    if alone is None or alone != alone:
        return
    st.caption(say.WHAT_IT_DOES)
    text = say.alone(alone, link["gain"])
    if loss and loss == loss and isinstance(link.get("losers"), str) and link["losers"]:
        text += say.others_lose(loss, link["losers"])
    st.text(text)


def _other_choices(link: pd.Series) -> None:
    """Other words for the link and the next best sentence, where the plan has them."""
    words, sentence = link.get("anchors", ""), link.get("second_choice", "")
    others = words.split("\n")[1:] if isinstance(words, str) else []
    if others:
        st.caption(say.OTHER_WORDS)
        st.text("\n".join(others))
    if isinstance(sentence, str) and sentence:
        st.caption(say.OTHER_SENTENCE)
        st.text(sentence)


def downloads(name: str, analysis: "Analysis", result: "PlanResult", tasks: pd.DataFrame) -> None:
    """Plan as CSV and workbook, and the report for a client."""

    def sheets() -> dict[str, pd.DataFrame]:
        links = result.plan if len(result.plan) else result.suggestions
        return {say.SHEET_PLAN: links, say.SHEET_PAGES: result.pages, say.SHEET_TASKS: tasks,
                say.SHEET_BACKLINKS: analysis["backlinks"]}  # fmt: skip

    def report() -> bytes:
        from linkplanner.export.report import html_report

        return html_report(analysis, result, made=datetime.now(UTC), title=name).encode()

    def whole() -> bytes:
        from linkplanner.export.plan_workbook import plan_workbook

        return plan_workbook(analysis, result, tasks, name)

    with st.container(horizontal=True):
        screen.download_tables(f"{name} plan", sheets, "plan")
        st.download_button(
            say.WHOLE, whole, "linkplanner-plan.xlsx", XLSX, key="plan-whole",
            on_click="ignore", icon=icons.DOWNLOAD,
            help=say.WHOLE_HELP,
        )  # fmt: skip
        st.download_button(
            say.REPORT, report, "linkplanner-report.html", "text/html",
            key="plan-report", on_click="ignore", icon=icons.FILE,
            help=say.REPORT_HELP,
        )  # fmt: skip
