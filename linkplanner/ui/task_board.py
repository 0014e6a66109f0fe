"""Tasks as a board: a column a status, a card a task, and one click to the next status."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from linkplanner.errors import LinkplannerError
from linkplanner.plan.status import DONE, LIVE, statuses_of
from linkplanner.store.tasks import change_tasks
from linkplanner.store.workspace import Workspace
from linkplanner.ui.explorer import path
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.task_list import ERROR
from linkplanner.ui.texts import common
from linkplanner.ui.texts import tasks as say

__all__ = ["board", "columns_of", "next_status"]

CARDS: Final = 8
"""Cards of one column; the others are counted, and the table shows them."""
MERGED: Final = {"followed up": "contacted", "agreed": "replied", "declined": "lost",
                 "do not contact": "lost"}  # fmt: skip
"""Statuses of outreach that share a column, since ten columns cannot be read."""


def columns_of(statuses: Sequence[str]) -> tuple[str, ...]:
    """Those of the statuses that have a column of their own."""
    return tuple(status for status in statuses if status not in MERGED)


def next_status(kind: str, status: str) -> str:
    """The status that one click leads to; empty where a person decides nothing more."""
    row = statuses_of(kind)
    place = row.index(status) if status in row else -1
    following = row[place + 1] if 0 <= place < len(row) - 1 else ""
    end = next(at for at, name in enumerate(row) if name in (LIVE, DONE))
    return "" if following == LIVE or place >= end else following


def board(
    workspace: Workspace, project_id: int, tasks: pd.DataFrame, statuses: Sequence[str]
) -> None:
    """The board of the tasks given, in their order; statuses: those of their sort of work."""
    names = columns_of(statuses)
    own = tasks["status"].map(lambda s: MERGED.get(s, s))
    for name, place in zip(names, st.container(key="board").columns(len(names))):
        inside = tasks[own == name]
        with place:
            st.markdown(f"**{common.status(name)}** · {len(inside):,}")
            if inside["gain"].notna().any():
                st.caption(say.in_points(inside["gain"].sum()))
            for row in inside.head(CARDS).to_dict("records"):
                _card(workspace, project_id, row)
            if len(inside) > CARDS:
                st.caption(say.more_below(len(inside) - CARDS))


def _card(workspace: Workspace, project_id: int, row: dict[str, Any]) -> None:
    kind, status, task = str(row["kind"]), str(row["status"]), str(row["task_id"])
    with st.container(border=True):
        st.caption(kind + (f" · {status}" if status in MERGED else ""))
        page = str(row["page_url"] or "")
        own = kind.startswith(("add", "repair"))  # a page of one's own: its path says enough
        st.markdown(md_escape(path(page) if own else page.split("://")[-1], 60))
        if own and pd.notna(row["target_url"]) and row["target_url"] not in ("", page):
            st.caption(say.to_page(md_escape(path(str(row["target_url"])), 60)))
        facts = [say.in_points(row["gain"]) if pd.notna(row["gain"]) else ""]
        facts.append(str(row["owner"]) if pd.notna(row["owner"]) else "")
        facts.append(say.due(row["due"]) if pd.notna(row["due"]) else "")
        if pd.notna(row["found"]):
            facts.append(str(row["found"]))
        st.caption(" · ".join(md_escape(fact, 40) for fact in facts if fact))
        following = next_status(kind, status)
        if following:
            st.button(
                say.move_to(common.status(following)), key=f"move-{task}", on_click=_move,
                args=(workspace, project_id, task, following), disabled=workspace.read_only,
                help=md_escape(str(row["instruction"] or ""), 500), width="stretch",
            )  # fmt: skip


def _move(workspace: Workspace, project_id: int, task: str, status: str) -> None:
    try:
        change_tasks(workspace, project_id, [task], {"status": status})
    except LinkplannerError as error:
        st.session_state[ERROR] = str(error)
