"""The mapping screen: the user says once what the columns of a strange table are."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from linkplanner.errors import InputError
from linkplanner.store.mappings import forget_mapping, keep_mapping, kept_mappings
from linkplanner.store.workspace import Workspace
from linkplanner.ui import icons
from linkplanner.ui.texts import own_columns as say

__all__ = ["show_own_columns"]


def show_own_columns(
    workspace: Workspace,
    name: str,
    report: Mapping[str, Any],
    key: str,
    read_again: Callable[[], None],
) -> None:
    """The first rows of a strange table and one choice a field; `read_again` starts the reading."""
    from linkplanner.read.mapping import FIELDS, REQUIRED, shown_table
    from linkplanner.read.proposals import propose, propose_kind

    grid = shown_table(report.get("columns", ()), report.get("unknown_rows", ()))
    fingerprint = str(report["fingerprint"])
    kept = kept_mappings(workspace).get(fingerprint)
    st.markdown(f"**{say.SAY_COLUMNS}**")
    st.caption(say.NEEDED_ONCE)
    st.caption(say.FIRST_ROWS)
    st.dataframe(_first_rows(grid.header, grid.sample), hide_index=True, key=f"rows-{key}")
    kind = st.selectbox(
        say.WHAT_IS_IN_IT,
        list(say.KINDS),
        index=list(say.KINDS).index(kept.kind if kept else propose_kind(grid)),
        format_func=say.KINDS.__getitem__,
        key=f"kind-{key}",
        disabled=workspace.read_only,
    )
    proposed = kept.columns if kept and kept.kind == kind else propose(grid, kind)
    names = list(dict.fromkeys(cell for cell in grid.header if cell))
    columns = st.columns(3)
    chosen: dict[str, str] = {}
    for number, field in enumerate(FIELDS[kind]):
        needed = field in REQUIRED[kind]
        now = proposed.get(field, say.NONE)
        options = names if needed and now in names else [say.NONE, *names]
        value = columns[number % 3].selectbox(
            say.FIELDS[field] + (say.NEEDED if needed else ""),
            options,
            index=options.index(now) if now in options else 0,
            key=f"{key}-{kind}-{field}",
            disabled=workspace.read_only,
        )
        if value != say.NONE:
            chosen[field] = value

    def keep() -> None:
        from linkplanner.read.mapping import check_mapping

        try:
            check_mapping(name, grid.header, kind, chosen)
        except InputError as error:
            st.session_state["data-error"] = str(error)
            return
        keep_mapping(workspace, fingerprint, kind, chosen)
        read_again()

    def forget() -> None:
        forget_mapping(workspace, fingerprint)
        read_again()

    with st.container(horizontal=True):
        st.button(say.READ_IT, on_click=keep, key=f"keep-{key}", icon=icons.ACCEPT,
                  disabled=workspace.read_only)  # fmt: skip
        if kept:
            st.button(say.FORGET, on_click=forget, key=f"forget-{key}",
                      icon=icons.UNDO, disabled=workspace.read_only)  # fmt: skip


def _first_rows(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> pd.DataFrame:
    """Rows as texts under their header cells, which may repeat or be empty."""
    width = max([len(header), *map(len, rows)], default=0)
    names: list[str] = []
    for place in range(width):
        name = (header[place] if place < len(header) else "") or say.column(place + 1)
        names.append(name if name not in names else f"{name} ({place + 1})")
    cells = [[row[p] if p < len(row) else "" for p in range(width)] for row in rows]
    return pd.DataFrame(cells, columns=names, dtype="str")
