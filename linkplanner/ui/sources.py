"""A source on the data screen: what it was taken for, what was read, what was left out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from linkplanner.site.standing import ROLES
from linkplanner.store.sources import Source, remove_source, set_role
from linkplanner.store.workspace import Workspace
from linkplanner.ui import icons, tables
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.own_columns import show_own_columns
from linkplanner.ui.progress import moment
from linkplanner.ui.texts import data as say

__all__ = ["missing", "need_line", "report_line", "show_source"]


def missing(kinds: Sequence[str]) -> list[tuple[str, bool, str, str]]:
    """For each screen: whether the data for it are there, what to add, what it brings."""
    have = set(kinds)
    return [
        (screen, bool(have & set(any_of)), add, brings) for screen, any_of, add, brings in say.NEEDS
    ]


def need_line(name: str, there: bool, add: str, brings: str) -> str:
    """One line of the list, as Markdown."""
    if there:
        return f"{icons.GOOD} **{name}**"
    return f"{icons.MISSING} **{name}**: {say.to_add(add, brings)}"


def report_line(report: Mapping[str, Any]) -> str:
    """One report of a file in one line, as Markdown."""
    if not report.get("recognised_as"):
        return say.NOT_USED
    parts = [md_escape(str(report["recognised_as"])), say.rows_read(report["rows"])]
    if report.get("skipped"):
        parts.append(say.skipped(report["skipped"]))
    if report.get("live") is not None:
        parts.append(say.live(report["live"]))
    if report.get("lost"):
        parts.append(say.lost(report["lost"]))
    return " · ".join(parts)


def show_source(
    workspace: Workspace, project_id: int, source: Source, read_again: Callable[[], None]
) -> None:
    """One source, folded: its reports, its first rows, and a way to take it out.

    `read_again` starts the reading, once the user said what the columns of a strange table are.
    """
    reports = source.reports
    if trouble := source.trouble():
        st.warning(md_escape(trouble, 400), icon=icons.WARNING)
    if reports is None:
        st.markdown(f"{icons.WAITING} **{md_escape(source.name, 80)}** · {say.WAITING}")
        return
    used = any(r.get("recognised_as") for r in reports)
    line = "; ".join(report_line(r) for r in reports[:3]) or say.NOTHING_FOUND
    mark = icons.GOOD if used else icons.BAD
    old = f" · {say.REPLACED}" if source.replaced_by else ""
    label = f"{mark} **{md_escape(source.name, 60)}** · {line}{old}"
    place = st.expander(label, expanded=not used, key=f"source-{source.id}", on_change="rerun")
    if not place.open:  # twenty files would be twenty tables that nobody looks at
        return
    with place:
        st.caption(say.added(moment(source.added)))
        for number, report in enumerate(reports):
            key = f"{source.id}-{number}"
            _show_report(report, key)
            if report.get("fingerprint"):
                _own_columns(workspace, source, report, key, read_again)
        _role(workspace, project_id, source)
        st.button(
            say.TAKE_OUT,
            key=f"remove-{source.id}",
            on_click=remove_source,
            args=(workspace, project_id, source.id),
            disabled=workspace.read_only,
            help=say.TAKE_OUT_HELP,
        )


def _role(workspace: Workspace, project_id: int, source: Source) -> None:
    """What the file is about: the user's own site, a competitor, pages that name the brand."""

    def keep() -> None:
        set_role(workspace, project_id, source.id, st.session_state[f"role-{source.id}"])

    st.selectbox(
        say.ROLE, list(ROLES), index=list(ROLES).index(source.role),
        format_func=ROLES.__getitem__, key=f"role-{source.id}", on_change=keep,
        disabled=workspace.read_only,
        help=say.ROLE_HELP,
    )  # fmt: skip


def _own_columns(
    workspace: Workspace, source: Source, report: Mapping[str, Any], key: str,
    read_again: Callable[[], None],
) -> None:  # fmt: skip
    """The mapping of a strange table; folded away for lists that were understood without it."""
    if not report.get("recognised_as") or st.toggle(
        say.SAY_COLUMNS, key=f"columns-{key}",
        help=say.SAY_COLUMNS_HELP,
    ):  # fmt: skip
        show_own_columns(workspace, source.name, report, key, read_again)


def _show_report(report: Mapping[str, Any], key: str) -> None:
    st.text(str(report.get("message", "")))
    for warning in report.get("warnings", ()):
        st.text(f"• {warning}")
    reasons = report.get("skipped_reasons") or {}
    if reasons:
        st.caption(say.SKIPPED_ROWS)
        st.dataframe(
            pd.DataFrame({say.WHY: list(reasons), say.ROWS: list(reasons.values())}),
            hide_index=True,
            key=f"reasons-{key}",
            width="content",
        )
    head = report.get("head") or []
    if head:
        st.caption(say.FIRST_ROWS)
        rows = pd.DataFrame(head)
        names = tables.labels([*map(str, rows.columns)])
        st.dataframe(rows, hide_index=True, key=f"head-{key}", column_config=names)
    if report.get("columns"):
        st.caption(say.COLUMNS_FOUND)
        st.text(", ".join(map(str, report["columns"])))
