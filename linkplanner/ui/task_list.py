"""The editable list of tasks, and what an edit of it means."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from linkplanner.errors import LinkplannerError
from linkplanner.plan.status import ALL_STATUSES
from linkplanner.store.tasks import EDITABLE, change_tasks
from linkplanner.store.workspace import Workspace
from linkplanner.ui import tables
from linkplanner.ui.priorities import fresh_edits

__all__ = ["changes_of", "editor", "narrowed"]

_COLUMNS = (
    "status", "gain", "effort_minutes", "kind", "page_url", "target_url", "instruction", "owner",
    "due", "notes", "reason",
)  # fmt: skip
_FIXED = ("kind", "page_url", "target_url", "instruction", "gain")


def narrowed(
    tasks: pd.DataFrame, status: str | None, kinds: Sequence[str], words: str
) -> pd.DataFrame:
    """The tasks of a status (“all”: any), of kinds (none: any), with words in any text."""
    shown = tasks if status in (None, "all") else tasks[tasks["status"] == status]
    if kinds:
        shown = shown[shown["kind"].isin(list(kinds))]
    needle = words.strip().casefold()
    if needle:
        text = shown[["page_url", "target_url", "instruction", "notes"]].fillna("")
        hits = text.agg(" ".join, axis=1).str.casefold().str.contains(needle, regex=False)
        shown = shown[hits]
    return shown.reset_index(drop=True)


def changes_of(
    shown: pd.DataFrame, edits: Mapping[int, Mapping[str, Any]]
) -> list[tuple[str, dict[str, Any]]]:
    """Task and new values for the edits of a data editor (row number to column to value)."""
    found = []
    for number, values in edits.items():
        kept = {k: v for k, v in values.items() if k in EDITABLE}
        if int(number) < len(shown) and kept:
            found.append((str(shown["task_id"].iloc[int(number)]), kept))
    return found


def editor(workspace: Workspace, project_id: int, shown: pd.DataFrame, *, disabled: bool) -> None:
    """The table; every edit goes to the database at once."""
    key = f"tasks-{project_id}-{hash(tuple(shown['task_id']))}"

    def keep() -> None:
        try:
            edits = st.session_state[key]["edited_rows"]
            fresh = fresh_edits(edits, st.session_state.get(f"{key}-seen", {}))
            st.session_state[f"{key}-seen"] = {row: dict(values) for row, values in edits.items()}
            for task, values in changes_of(shown, fresh):
                change_tasks(workspace, project_id, [task], values)
        except LinkplannerError as error:
            st.session_state["tasks-error"] = str(error)

    frame = shown[list(_COLUMNS)].copy()
    for name in ("page_url", "target_url"):
        frame[name] = tables.web_only(frame[name])
    st.data_editor(
        frame,
        key=key,
        on_change=keep,
        hide_index=True,
        height=460,
        placeholder="",
        disabled=True if disabled else _FIXED,
        column_config={
            **tables.column_config(_COLUMNS),
            "status": st.column_config.SelectboxColumn(
                "Status", options=list(ALL_STATUSES), required=True, help="Where the task stands"
            ),
            "kind": st.column_config.TextColumn("Kind", help="What sort of work it is"),
        },
    )
