"""Parts of the monitor screen: alerts, figures in time, one comparison, thresholds."""

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from linkplanner.store.follow import dismiss_alert, open_alerts
from linkplanner.store.workspace import Workspace
from linkplanner.ui import icons, progress, tables
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.texts import charts, numbers
from linkplanner.ui.texts import monitor as say

if TYPE_CHECKING:
    from linkplanner.follow.compare import Comparison

__all__ = ["alerts", "figures", "finding", "report", "report_frames"]


def finding(history: pd.DataFrame, comparison: "Comparison | None") -> str:
    """What changed, in one sentence."""
    if comparison is None:
        return say.FIRST_PICTURE
    facts, parts = comparison.facts, []
    if facts["backlinks"]:
        parts.append(say.sites_changed(facts["new_domains"], facts["lost_domains"]))
    if facts["pages"] and (facts["new_pages"] or facts["gone_pages"] or not parts):
        parts.append(say.pages_changed(facts["new_pages"], facts["gone_pages"]))
    done = int(history["done"].iloc[-1])
    return say.changed(parts, done, history["realised"].iloc[-1])


def alerts(workspace: Workspace, project_id: int) -> None:
    """Alerts that nobody has put away."""
    for alert in open_alerts(workspace, project_id):
        with st.container(border=True):
            text, button = st.columns([6, 1], vertical_alignment="center")
            text.markdown(f"{icons.WARNING} {md_escape(alert.sentence, 300)}")
            text.caption(progress.moment(alert.made))
            button.button(
                say.SEEN, key=f"alert-{alert.id}", on_click=dismiss_alert,
                args=(workspace, project_id, alert.id), disabled=workspace.read_only,
                width="stretch",
            )  # fmt: skip


def figures(history: pd.DataFrame) -> None:
    """Modelled against realised, now and in time."""
    last = history.iloc[-1]
    before = history["points"].iloc[-2] if len(history) > 1 else None
    places = st.columns(4)
    places[0].metric(
        say.POINTS, numbers.points(last["points"]),
        f"{last['points'] - before:+,.2f}" if before is not None else None,
        border=True, height="stretch",
        help=say.POINTS_HELP,
    )  # fmt: skip
    places[1].metric(say.LIVE, numbers.whole(last["done"]), border=True, height="stretch",
                     help=say.LIVE_HELP)  # fmt: skip
    places[2].metric(
        say.REALISED_POINTS, numbers.points(last["realised"]), border=True, height="stretch",
        help=say.REALISED_HELP,
    )  # fmt: skip
    places[3].metric(
        say.MODELLED_POINTS, numbers.points(last["modelled_done"]), border=True, height="stretch",
        help=say.modelled_help(last["modelled_accepted"]),
    )  # fmt: skip
    if len(history) > 1 and history[["realised", "modelled_done"]].to_numpy().any():
        lines = history.assign(
            **{say.DATE: pd.to_datetime(history["made"], format="ISO8601", utc=True)}
        )
        lines = lines.rename(columns={"realised": say.REALISED, "modelled_done": say.MODELLED})
        st.line_chart(lines, x=say.DATE, y=[say.REALISED, say.MODELLED], height=220,
                      y_label=charts.POINTS)  # fmt: skip


def report(comparison: "Comparison") -> None:
    """One comparison: the lists, one at a time."""
    present = [name for name in say.VIEWS if len(comparison.frames[name])]
    if not present:
        st.caption(say.NOTHING_CHANGED)
        return
    view = st.segmented_control(
        say.WHAT_CHANGED, present, default=present[0], key="monitor-view", required=True,
        label_visibility="collapsed",
        format_func=lambda name: say.counted(say.VIEWS[name], len(comparison.frames[name])),
    )  # fmt: skip
    name = view if view in present else present[0]
    frame = comparison.frames[name].drop(columns="share", errors="ignore")
    frame = frame.rename(columns={"equity_after": "equity", "equity_before": "equity_earlier"})
    foreign = name.endswith(("backlinks", "domains"))
    tables.show(frame, list(frame.columns), key=f"monitor-{name}", height=380, foreign=foreign)


def report_frames(comparison: "Comparison") -> dict[str, pd.DataFrame]:
    """The comparison as tables of a workbook."""
    facts = pd.DataFrame(
        [(name.replace("_", " "), value) for name, value in comparison.facts.items()],
        columns=["figure", "value"],
    ).astype({"value": object})
    return {say.SUMMARY: facts, **{n: comparison.frames[f] for f, n in say.VIEWS.items()}}
