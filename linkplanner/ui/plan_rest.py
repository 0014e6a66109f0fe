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
from linkplanner.ui.texts import plan_rest as say

if TYPE_CHECKING:
    from linkplanner.results import PlanResult

__all__ = ["changes", "few", "held_back", "limit_sentences"]

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
            who = say.no_room(pages, total) if limit == "page" else say.would_help(pages, total)
            gain = float(part["gain"].iloc[0])
            found.append((gain, say.held(who, gain, str(limit))))  # fmt: skip
            continue
        for row in part.head(NAMED).to_dict("records"):
            name = md_escape(str(row["what"]))
            told = (
                say.to_page(row["pages"], name)
                if limit == "target"
                else say.between(row["pages"], name)
            )
            found.append(
                (
                    row["gain"],
                    say.held(told, row["gain"], str(limit)),
                )
            )
    return [text for _, text in sorted(found, key=lambda pair: -pair[0])]


def language_sentences(summary: Mapping[str, Any]) -> list[str]:
    """What keeping to one language leaves out; none where it leaves out nothing."""
    pairs = int(summary.get("foreign_pairs") or 0)
    if not pairs:
        return []
    return [say.other_languages(pairs)]


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
        label = say.holds_back(len(told))
        if place := screen.folded(label, f"held-{project_id}", icons.LIMITS):
            for text in told:
                place.markdown(f"- {text}")
    if not len(weak):
        return
    label = say.full_pages(len(weak))
    place = screen.folded(label, f"weak-open-{project_id}", icons.UNDO)
    if place is None:
        return
    with place:
        st.caption(say.WEAK_ARE)
        picked = tables.show(
            weak, ("source_url", "target_url", "replace_url", "anchor", "gain"),
            key=f"weak-{project_id}-{len(weak)}", select="multi", height=260,
        )  # fmt: skip

        def take() -> None:
            tasks = replacement_tasks(picked, settings.limits, datetime.now(UTC))
            put_suggestions(workspace, project_id, tasks)
            change_tasks(workspace, project_id, tasks["task_id"].tolist(), {"status": "approved"})

        st.button(
            say.make_tasks(len(picked)) if len(picked) else say.MAKE_TASKS,
            key="weak-take", on_click=take, disabled=disabled or picked.empty, icon=icons.ACCEPT,
        )  # fmt: skip


def few(result: "PlanResult", least: int) -> None:
    """Articles whose text carries hardly any links, with the links that fit best."""
    links = result.frames.get("few_links")
    if links is None or not len(links):
        return
    articles = links["source_url"].nunique()
    label = say.few(articles, least)
    place = screen.folded(label, "few-open", icons.SEARCH)
    if place is None:
        return
    with place:
        st.caption(say.FEW_ARE)
        tables.show(
            links, ("source_url", "target_url", "anchor", "relevance", "gain", "action"),
            key="few-links", height=300,
        )  # fmt: skip


def changes(result: "PlanResult") -> None:
    """Equity of every section and page before and after."""
    sections = result.frames.get("sections")
    if sections is None:
        return
    label = say.CHANGES
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
        st.caption(say.CHANGES_ARE)
        tables.show(
            pages, ("url", "title", "section", "equity_before", "equity_after", "plan_change"),
            key="change-pages", height=320,
        )  # fmt: skip
