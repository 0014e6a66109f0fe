"""The data report: what every file gave, as a table and as a file to keep."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import pandas as pd
import streamlit as st

from linkplanner.ui import screen
from linkplanner.ui.state import Loaded
from linkplanner.ui.texts import data as say

__all__ = ["OLD_DAYS", "needs_table", "report_lines", "report_table", "show_data_report"]

OLD_DAYS: Final = 90
"""Age in days from which a file is called old: backlinks and rankings move within a quarter."""

COUNTS: Final = ("rows", "skipped", "repeated", "elsewhere", "matched", "unmatched", "days")


def report_table(report: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """The report (`site.data_report`) with the age of each file, under the names on screen."""
    days = (pd.Timestamp(now.replace(tzinfo=None)) - report["newest"]).dt.days.astype("Int64")
    named = report.assign(
        report=report["report"].fillna(say.NOT_USED),
        oldest=report["oldest"].dt.date,
        newest=report["newest"].dt.date,
        days=days.clip(lower=0),
    )
    return named[list(say.REPORT_COLUMNS)].rename(columns=say.REPORT_COLUMNS)


def report_lines(report: pd.DataFrame, now: datetime) -> list[str]:
    """What of the report needs a look, one plain sentence each."""
    lines = []
    merged, skipped = int(report["elsewhere"].sum()), int(report["skipped"].sum())
    lines.append(say.taken(int(report["rows"].sum()), len(report), skipped, merged))
    pointing = report[report["kind"] == "backlinks"]
    astray = int(pointing["unmatched"].sum())
    if astray:
        lines.append(say.astray(astray))
    days = (pd.Timestamp(now.replace(tzinfo=None)) - report["newest"]).dt.days
    # The newest date of a sitemap says when a page changed, not when the sitemap was fetched.
    export = report["kind"] != "sitemap"
    for name, age in zip(report["file"][export], days[export]):
        if age > OLD_DAYS:
            lines.append(say.old_file(name, int(age)))
    undated = report.loc[report["newest"].isna() & (report["rows"] > 0) & export, "file"]
    if len(undated):
        lines.append(say.undated(undated.tolist()))
    return lines


def needs_table(needs: Sequence[tuple[str, bool, str, str]]) -> pd.DataFrame:
    """What each screen still waits for (`sources.missing`), for the workbook."""
    names = [say.SCREEN, say.HAS_DATA, say.TO_ADD, say.BRINGS]
    rows = [
        (n, say.YES if there else say.NO, "" if there else add, b) for n, there, add, b in needs
    ]
    return pd.DataFrame(rows, columns=names)


def show_data_report(loaded: Loaded, needs: Sequence[tuple[str, bool, str, str]]) -> None:
    """The section on the data screen; nothing for results from before there was a report.

    needs: what each screen waits for, which goes into the workbook too.
    """
    report = loaded.analysis.frames.get("data_report")
    if report is None or report.empty:
        return
    now = datetime.now(UTC)
    st.subheader(say.REPORT, anchor=False)
    for line in report_lines(report, now):
        st.text(f"• {line}")
    table = report_table(report, now)
    whole = st.column_config.NumberColumn(format="localized")
    st.dataframe(
        table, hide_index=True, key=f"data-report-{loaded.key}",
        column_config={say.REPORT_COLUMNS[name]: whole for name in COUNTS},
    )  # fmt: skip
    screen.download_tables(
        say.REPORT,
        lambda: {say.REPORT: table, say.MISSING: needs_table(needs)},
        f"report-{loaded.key}",
    )
