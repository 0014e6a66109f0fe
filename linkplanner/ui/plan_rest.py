"""The plan screen's rest: what limits hold back, weak links to replace, articles with few links,
and every page and section before and after."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from linkplanner.plan.tasks import replacement_tasks
from linkplanner.settings import Settings
from linkplanner.store.tasks import change_tasks, put_suggestions
from linkplanner.store.workspace import Workspace
from linkplanner.ui import icons, screen, tables
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.texts.numbers import count

if TYPE_CHECKING:
    from linkplanner.results import PlanResult

__all__ = ["changes", "few", "held_back", "limit_sentences"]

SETTING: Final = {
    "page": "raise “On one page”, or replace a weak link (below)",
    "target": "raise “To one page”",
    "sections": "raise the limit between these sections",
    "all": "raise “New links in all”",
}
"""What sets links free that a limit holds back."""
NAMED: Final = 3
"""Targets and pairs of sections that are named."""


def limit_sentences(waiting: pd.DataFrame) -> list[str]:
    """One sentence for each limit that holds good links back, the dearest first."""
    found = []
    for limit, part in waiting.groupby("limit", sort=False):
        part = part.sort_values("gain", ascending=False, kind="stable")
        if not part["gain"].max() > 0:
            continue
        total, pages = int(part["links"].sum()), int(part["pages"].max())
        if limit in ("page", "all"):
            who = (
                f"{count(pages, 'page')} {'has' if pages == 1 else 'have'} no room for "
                f"{count(total, 'further link')} that would help"
                if limit == "page"
                else f"{count(total, 'further link')} on {count(pages, 'page')} would help"
            )
            gain = float(part["gain"].iloc[0])
            found.append((gain, f"{who}; the best few would bring about {gain:,.2f} points: "
                                f"{SETTING[str(limit)]}."))  # fmt: skip
            continue
        for row in part.head(NAMED).to_dict("records"):
            name = md_escape(str(row["what"]))
            told = (
                f"{count(row['pages'], 'further page')} could link to {name}"
                if limit == "target"
                else f"{count(row['pages'], 'further page')} could link {name}"
            )
            found.append(
                (
                    row["gain"],
                    f"{told}; the best few would bring about "
                    f"{row['gain']:,.2f} points: {SETTING[str(limit)]}.",
                )
            )
    return [text for _, text in sorted(found, key=lambda pair: -pair[0])]


def language_sentences(summary: Mapping[str, Any]) -> list[str]:
    """What keeping to one language leaves out; none where it leaves out nothing."""
    pairs = int(summary.get("foreign_pairs") or 0)
    if not pairs:
        return []
    return [
        f"{count(pairs, 'suitable pair')} of pages in different languages "
        f"{'is' if pairs == 1 else 'are'} left out: untick “Only between pages in one language” "
        "under “More limits” to allow them."
    ]


def held_back(
    workspace: Workspace, project_id: int, result: "PlanResult", settings: Settings, *,
    disabled: bool,
) -> None:  # fmt: skip
    """Which limits hold links back, and weak links that could give way."""
    waiting, weak = result.frames.get("waiting"), result.frames.get("weak_links")
    if waiting is None or weak is None:
        return
    told = limit_sentences(waiting) + language_sentences(result.summary)
    if told:
        label = f"What your limits hold back ({len(told)})"
        if place := screen.folded(label, f"held-{project_id}", icons.LIMITS):
            for text in told:
                place.markdown(f"- {text}")
    if not len(weak):
        return
    label = f"Full pages: {count(len(weak), 'weak link')} to replace"
    place = screen.folded(label, f"weak-open-{project_id}", icons.UNDO)
    if place is None:
        return
    with place:
        st.caption(
            "These pages take no further link within your limits. On each, the link that does "
            "least for your priority pages could give way to a better one. Gains are about what "
            "each brings on top of the plan. Tick rows to make tasks of them."
        )
        picked = tables.show(
            weak, ("source_url", "target_url", "replace_url", "anchor", "gain"),
            key=f"weak-{project_id}-{len(weak)}", select="multi", height=260,
        )  # fmt: skip

        def take() -> None:
            tasks = replacement_tasks(picked, settings.limits, datetime.now(UTC))
            put_suggestions(workspace, project_id, tasks)
            change_tasks(workspace, project_id, tasks["task_id"].tolist(), {"status": "approved"})

        st.button(
            f"Make {count(len(picked), 'task')}" if len(picked) else "Make tasks",
            key="weak-take", on_click=take, disabled=disabled or picked.empty, icon=icons.ACCEPT,
        )  # fmt: skip


def few(result: "PlanResult", least: int) -> None:
    """Articles whose text carries hardly any links, with the links that fit best."""
    links = result.frames.get("few_links")
    if links is None or not len(links):
        return
    articles = links["source_url"].nunique()
    label = f"{count(articles, 'article')} with fewer than {least} links"
    place = screen.folded(label, "few-open", icons.SEARCH)
    if place is None:
        return
    with place:
        st.caption(
            "Their best relevant links, so that readers find on. They are in your task list; for "
            "your priority pages most of them do nothing, some cost a little."
        )
        tables.show(
            links, ("source_url", "target_url", "anchor", "relevance", "gain", "action"),
            key="few-links", height=300,
        )  # fmt: skip


def changes(result: "PlanResult") -> None:
    """Equity of every section and page before and after."""
    sections = result.frames.get("sections")
    if sections is None:
        return
    label = "Every section and page, before and after"
    place = screen.folded(label, "changes-open", icons.NUMBERS)
    if place is None:
        return
    with place:
        tables.show(
            sections.rename(columns={"change": "plan_change"}),
            ("section", "pages", "equity_before", "equity_after", "plan_change"),
            key="change-sections",
        )  # fmt: skip
        pages = result.pages
        pages = pages.assign(plan_change=pages["equity_after"] - pages["equity_before"])
        pages = pages.iloc[(-pages["plan_change"].abs()).argsort(kind="stable")]
        st.caption("Pages, those that change most first.")
        tables.show(
            pages, ("url", "title", "section", "equity_before", "equity_after", "plan_change"),
            key="change-pages", height=320,
        )  # fmt: skip
