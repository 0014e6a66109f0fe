"""The list of tasks: filters, the editable table, changes of many at once, undo."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from linkplanner.errors import LinkplannerError
from linkplanner.plan.status import (
    ALL_STATUSES,
    LINK_STATUSES,
    OUTREACH_STATUSES,
    REVIEW_STATUSES,
    is_outreach,
    is_review,
    statuses_of,
)
from linkplanner.store.task_changes import undo_last, undoable
from linkplanner.store.tasks import EDITABLE, change_tasks
from linkplanner.store.workspace import Workspace
from linkplanner.ui import icons, tables
from linkplanner.ui.priorities import fresh_edits
from linkplanner.ui.texts import columns as of_columns
from linkplanner.ui.texts import common, screens
from linkplanner.ui.texts import tasks as say

__all__ = [
    "ERROR",
    "ROWS",
    "STATUSES",
    "bulk",
    "changes_of",
    "editor",
    "narrowed",
    "of_list",
    "undo",
]

ERROR: Final = "tasks-error"
"""Key of the session in which a change that did not work is told."""
STATUSES: Final[Mapping[str, Sequence[str]]] = {
    say.LINKS: LINK_STATUSES,
    say.OUTREACH: OUTREACH_STATUSES,
    say.REVIEW: REVIEW_STATUSES,
}
"""The sorts of work and their statuses."""
ROWS: Final = 500
"""Rows of the editable table at once: more would take seconds to draw."""
_COLUMNS = (
    "status", "gain_per_hour", "gain", "effort_minutes", "kind", "page_url", "target_url",
    "instruction", "owner", "due", "notes", "reason", "found", "found_detail",
)  # fmt: skip


NOTHING: Final = {
    say.LINKS: (say.NO_LINKS, "plan", screens.TO_PLAN),
    say.OUTREACH: (
        say.NO_OUTREACH,
        "data", screens.ADD_BACKLINKS,
    ),
    say.REVIEW: (
        say.NO_REVIEW, "backlinks", screens.TO_BACKLINKS,
    ),
}  # fmt: skip
"""What an empty list says, and where the way out of it leads."""


def narrowed(
    tasks: pd.DataFrame,
    status: str | None,
    kinds: Sequence[str],
    words: str,
    owners: Sequence[str] = (),
) -> pd.DataFrame:
    """The tasks of a status (“all”: any), of kinds and owners (none: any), with words in any
    text."""
    shown = tasks if status in (None, "all") else tasks[tasks["status"] == status]
    if kinds:
        shown = shown[shown["kind"].isin(list(kinds))]
    if owners:
        shown = shown[shown["owner"].fillna("").isin(list(owners))]
    needle = words.strip().casefold()
    if needle:
        hits = pd.Series(False, index=shown.index)
        for name in ("page_url", "target_url", "instruction", "notes"):
            text = shown[name].fillna("").str.casefold()
            hits |= text.str.contains(needle, regex=False).astype(bool)
        shown = shown[hits]
    return shown.reset_index(drop=True)


def of_list(tasks: pd.DataFrame, name: str) -> pd.DataFrame:
    """The tasks of one of texts.tasks.LISTS."""
    kind = tasks["kind"].fillna("")
    outreach, review = (kind.map(test).astype(bool) for test in (is_outreach, is_review))
    return tasks[{say.OUTREACH: outreach, say.REVIEW: review}.get(name, ~outreach & ~review)]


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


def editor(
    workspace: Workspace,
    project_id: int,
    shown: pd.DataFrame,
    *,
    disabled: bool,
    columns: Sequence[str] = _COLUMNS,
) -> None:
    """The table with these columns; every edit goes to the database at once."""
    shown = shown.head(ROWS)
    key = f"tasks-{project_id}-{hash(tuple(shown['task_id']))}"

    def keep() -> None:
        try:
            edits = st.session_state[key]["edited_rows"]
            fresh = fresh_edits(edits, st.session_state.get(f"{key}-seen", {}))
            st.session_state[f"{key}-seen"] = {row: dict(values) for row, values in edits.items()}
            for task, values in changes_of(shown, fresh):
                change_tasks(workspace, project_id, [task], values)
        except LinkplannerError as error:
            st.session_state[ERROR] = str(error)

    frame = shown[[c for c in columns if c in shown]].copy()
    for name in {"page_url", "target_url"} & {*frame.columns}:
        frame[name] = tables.web_only(frame[name])
    kinds = shown["kind"].fillna("").unique()
    options = dict.fromkeys(s for kind in kinds for s in statuses_of(kind))
    if len(kinds) and all(is_outreach(kind) for kind in kinds):
        frame["kind"] = frame["kind"].str.removeprefix("outreach: ")
    st.data_editor(
        frame,
        key=key,
        on_change=keep,
        hide_index=True,
        height=tables.fitting(len(frame), 460),
        placeholder="",
        disabled=True if disabled else [c for c in frame.columns if c not in EDITABLE],
        column_config={
            **tables.column_config([*frame.columns]),
            "status": st.column_config.SelectboxColumn(
                common.STATUS,
                options=list(options) or list(ALL_STATUSES),
                required=True,
                help=say.STATUS_HELP,
            ),
            "kind": st.column_config.TextColumn(
                of_columns.COLUMNS["kind"][0],
                help=say.KIND_HELP,
                width=tables.width_of(kinds),
            ),
            "gain_per_hour": st.column_config.NumberColumn(
                of_columns.COLUMNS["gain_per_hour"][0],
                format="%.3f",
                help=say.PER_HOUR_HELP,
            ),
            "found": st.column_config.TextColumn(
                of_columns.COLUMNS["found"][0], help=of_columns.COLUMNS["found"][1]
            ),
            "found_detail": st.column_config.TextColumn(
                of_columns.COLUMNS["found_detail"][0], width="large"
            ),
        },
    )


def bulk(workspace: Workspace, project_id: int, shown: pd.DataFrame, name: str) -> None:
    """Change status, owner, due date or notes of all tasks that the filters show."""
    statuses = STATUSES[name]
    with st.form("bulk", border=False):
        status, owner, due, apply = st.columns([2, 2, 2, 2], vertical_alignment="bottom")
        new_status = status.selectbox(
            common.STATUS, ["", *statuses], key="bulk-status", format_func=common.status
        )
        new_owner = owner.text_input(of_columns.COLUMNS["owner"][0], key="bulk-owner", max_chars=80)
        new_due = due.date_input(of_columns.COLUMNS["due"][0], None, key="bulk-due")
        pressed = apply.form_submit_button(
            say.change(len(shown)),
            disabled=workspace.read_only or shown.empty,
        )
    changes = {"status": new_status, "owner": new_owner.strip(), "due": new_due}
    changes = {field: value for field, value in changes.items() if value}
    if pressed and changes:
        if "due" in changes:
            changes["due"] = pd.Timestamp(new_due)
        try:
            change_tasks(workspace, project_id, shown["task_id"].tolist(), changes)
        except LinkplannerError as error:
            st.session_state[ERROR] = str(error)
        st.rerun()


def undo(workspace: Workspace, project_id: int) -> None:
    """A button that takes the newest change back, where there is one."""
    last = undoable(workspace, project_id)

    def back() -> None:
        try:
            undo_last(workspace, project_id)
        except LinkplannerError as error:
            st.session_state[ERROR] = str(error)

    st.button(
        say.UNDO, key="undo-task", on_click=back, disabled=workspace.read_only or not last,
        icon=icons.UNDO, help=say.takes_back(last) if last else say.NOTHING_BACK,
    )  # fmt: skip
