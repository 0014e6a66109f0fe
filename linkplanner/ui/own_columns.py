"""The mapping screen: the user says once what the columns of a strange table are."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from linkplanner.errors import InputError
from linkplanner.store.mappings import forget_mapping, keep_mapping, kept_mappings
from linkplanner.store.workspace import Workspace
from linkplanner.ui import icons

__all__ = ["FIELD_NAMES", "KIND_NAMES", "show_own_columns"]

KIND_NAMES: Final = {
    "backlinks": "Backlinks: links from other sites to mine",
    "links": "Internal links: from page to page of my site",
    "pages": "Pages of my site",
    "traffic": "Visits, clicks or revenue of my pages",
    "priorities": "Pages that earn money",
    "domains": "Sites that link to me, one a row",
}
"""What a table can be, in the user's words; the keys are those of `read.mapping.FIELDS`."""

FIELD_NAMES: Final = {
    "source_url": "Address of the page that links",
    "target_url": "Address linked to",
    "source_title": "Title of the page that links",
    "anchor": "Words of the link",
    "nofollow": "Nofollow",
    "ugc": "UGC",
    "sponsored": "Sponsored",
    "lost": "Lost",
    "first_seen": "First seen",
    "last_seen": "Last seen",
    "external_links": "External links on that page",
    "position": "Position",
    "target_status": "Status of the page linked to",
    "url": "Address of the page",
    "status": "Status code",
    "title": "Title",
    "h1": "Main heading",
    "canonical": "Canonical address",
    "redirect_to": "Redirects to",
    "noindex": "Noindex",
    "language": "Language",
    "words": "Number of words",
    "lastmod": "Last change",
    "query": "Search term",
    "clicks": "Clicks",
    "impressions": "Impressions",
    "sessions": "Visits",
    "revenue": "Revenue",
    "weight": "Weight",
    "keywords": "Keywords",
    "difficulty": "Difficulty",
    "domain": "Domain",
    "backlinks": "Number of backlinks",
}
"""Fields in the user's words."""

_NONE: Final = "not in this file"


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
    st.markdown("**Say what its columns are**")
    st.caption(
        "Needed once: the next file with the same columns is read the same way, in all your "
        "projects."
    )
    st.caption("The first rows, as they stand in the file")
    st.dataframe(_first_rows(grid.header, grid.sample), hide_index=True, key=f"rows-{key}")
    kind = st.selectbox(
        "What is in it",
        list(KIND_NAMES),
        index=list(KIND_NAMES).index(kept.kind if kept else propose_kind(grid)),
        format_func=KIND_NAMES.__getitem__,
        key=f"kind-{key}",
        disabled=workspace.read_only,
    )
    proposed = kept.columns if kept and kept.kind == kind else propose(grid, kind)
    names = list(dict.fromkeys(cell for cell in grid.header if cell))
    columns = st.columns(3)
    chosen: dict[str, str] = {}
    for number, field in enumerate(FIELDS[kind]):
        needed = field in REQUIRED[kind]
        now = proposed.get(field, _NONE)
        options = names if needed and now in names else [_NONE, *names]
        value = columns[number % 3].selectbox(
            FIELD_NAMES[field] + (" (needed)" if needed else ""),
            options,
            index=options.index(now) if now in options else 0,
            key=f"{key}-{kind}-{field}",
            disabled=workspace.read_only,
        )
        if value != _NONE:
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
        st.button("Read it this way", on_click=keep, key=f"keep-{key}", icon=icons.ACCEPT,
                  disabled=workspace.read_only)  # fmt: skip
        if kept:
            st.button("Forget these columns", on_click=forget, key=f"forget-{key}",
                      icon=icons.UNDO, disabled=workspace.read_only)  # fmt: skip


def _first_rows(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> pd.DataFrame:
    """Rows as texts under their header cells, which may repeat or be empty."""
    width = max([len(header), *map(len, rows)], default=0)
    names: list[str] = []
    for place in range(width):
        name = (header[place] if place < len(header) else "") or f"Column {place + 1}"
        names.append(name if name not in names else f"{name} ({place + 1})")
    cells = [[row[p] if p < len(row) else "" for p in range(width)] for row in rows]
    return pd.DataFrame(cells, columns=names, dtype="str")
