"""A source on the data screen: what it was taken for, what was read, what was left out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from linkplanner.site.standing import ROLES
from linkplanner.store.sources import Source, remove_source, set_role
from linkplanner.store.workspace import Workspace
from linkplanner.ui import icons
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.own_columns import show_own_columns
from linkplanner.ui.progress import moment

__all__ = ["NEEDS", "missing", "need_line", "report_line", "show_source"]

NEEDS: Final = (
    ("Backlinks", ("backlinks", "targets"), "add a backlink export from Ahrefs, Semrush, Majestic, "
     "Moz or Search Console", "scores of your backlinks; without it every page starts equal"),
    ("Site and Plan", ("links",), "use “Read my pages”, or add a crawl export such as Screaming "
     "Frog's All Inlinks", "where equity flows, orphans, and the plan with its gains"),
    ("Sentences in the plan", ("texts",), "use “Read my pages”",
     "the sentence and words for each new link"),
    ("Pages that nobody links to", ("sitemap", "pages"),
     "add your sitemap, as a file or an address",
     "orphan pages, and pages to link from that no crawl has met"),
    ("Priorities by value", ("traffic",), "add a Pages export from Search Console or Analytics",
     "proposals by clicks and revenue instead of by address alone"),
)  # fmt: skip
"""Screen, kinds of data of which one is enough, what to add, and what it brings."""


def missing(kinds: Sequence[str]) -> list[tuple[str, bool, str, str]]:
    """For each screen: whether the data for it are there, what to add, what it brings."""
    have = set(kinds)
    return [
        (screen, bool(have & set(any_of)), add, brings) for screen, any_of, add, brings in NEEDS
    ]


def need_line(name: str, there: bool, add: str, brings: str) -> str:
    """One line of the list, as Markdown."""
    if there:
        return f"{icons.GOOD} **{name}**"
    return f"{icons.MISSING} **{name}**: {add}. It brings {brings}."


def report_line(report: Mapping[str, Any]) -> str:
    """One report of a file in one line, as Markdown."""
    if not report.get("recognised_as"):
        return "not used"
    parts = [md_escape(str(report["recognised_as"])), f"{report['rows']:,} rows read"]
    if report.get("skipped"):
        parts.append(f"{report['skipped']:,} skipped")
    if report.get("live") is not None:
        parts.append(f"{report['live']:,} live")
    if report.get("lost"):
        parts.append(f"{report['lost']:,} lost")
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
        st.markdown(f"{icons.WAITING} **{md_escape(source.name, 80)}** · waiting to be read")
        return
    used = any(r.get("recognised_as") for r in reports)
    line = "; ".join(report_line(r) for r in reports[:3]) or "nothing found in it"
    mark = icons.GOOD if used else icons.BAD
    old = " · a newer file counts instead" if source.replaced_by else ""
    label = f"{mark} **{md_escape(source.name, 60)}** · {line}{old}"
    place = st.expander(label, expanded=not used, key=f"source-{source.id}", on_change="rerun")
    if not place.open:  # twenty files would be twenty tables that nobody looks at
        return
    with place:
        st.caption(f"Added {moment(source.added)}")
        for number, report in enumerate(reports):
            key = f"{source.id}-{number}"
            _show_report(report, key)
            if report.get("fingerprint"):
                _own_columns(workspace, source, report, key, read_again)
        _role(workspace, project_id, source)
        st.button(
            "Take this file out",
            key=f"remove-{source.id}",
            on_click=remove_source,
            args=(workspace, project_id, source.id),
            disabled=workspace.read_only,
            help="Its rows leave the project; the file on your disk stays where it is.",
        )


def _role(workspace: Workspace, project_id: int, source: Source) -> None:
    """What the file is about: the user's own site, a competitor, pages that name the brand."""

    def keep() -> None:
        set_role(workspace, project_id, source.id, st.session_state[f"role-{source.id}"])

    st.selectbox(
        "What it is about", list(ROLES), index=list(ROLES).index(source.role),
        format_func=ROLES.__getitem__, key=f"role-{source.id}", on_change=keep,
        disabled=workspace.read_only,
        help="A newer export of the same kind takes the place of an older one by itself, and links "
        "to another site are taken for a competitor's. Say so here where that is wrong.",
    )  # fmt: skip


def _own_columns(
    workspace: Workspace, source: Source, report: Mapping[str, Any], key: str,
    read_again: Callable[[], None],
) -> None:  # fmt: skip
    """The mapping of a strange table; folded away for lists that were understood without it."""
    if not report.get("recognised_as") or st.toggle(
        "Say what its columns are", key=f"columns-{key}",
        help="For tables with more in them than was understood.",
    ):  # fmt: skip
        show_own_columns(workspace, source.name, report, key, read_again)


def _show_report(report: Mapping[str, Any], key: str) -> None:
    st.text(str(report.get("message", "")))
    for warning in report.get("warnings", ()):
        st.text(f"• {warning}")
    reasons = report.get("skipped_reasons") or {}
    if reasons:
        st.caption("Rows that were skipped, and why")
        st.dataframe(
            pd.DataFrame({"Why": list(reasons), "Rows": list(reasons.values())}),
            hide_index=True,
            key=f"reasons-{key}",
            width="content",
        )
    head = report.get("head") or []
    if head:
        st.caption("The first rows, as they were understood")
        st.dataframe(pd.DataFrame(head), hide_index=True, key=f"head-{key}")
    if report.get("columns"):
        st.caption("Columns found in the file")
        st.text(", ".join(map(str, report["columns"])))
