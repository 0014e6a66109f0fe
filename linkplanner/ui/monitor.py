"""Parts of the monitor screen: alerts, figures in time, one comparison, thresholds."""

from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from linkplanner.store.follow import dismiss_alert, open_alerts
from linkplanner.store.workspace import Workspace
from linkplanner.ui import icons, progress, tables
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.texts.numbers import count

if TYPE_CHECKING:
    from linkplanner.follow.compare import Comparison

__all__ = ["alerts", "figures", "finding", "report", "report_frames"]

VIEWS: Final = {
    "Priority pages": "priority_pages",
    "New backlinks": "new_backlinks",
    "Lost backlinks": "lost_backlinks",
    "New sites": "new_domains",
    "Lost sites": "lost_domains",
    "Signs of spam": "spam",
    "New pages": "new_pages",
    "Pages gone": "gone_pages",
    "New orphans": "new_orphans",
    "Stopped answering": "broken",
}
"""Name on screen and frame of a comparison."""


def finding(history: pd.DataFrame, comparison: "Comparison | None") -> str:
    """What changed, in one sentence."""
    if comparison is None:
        return "This is the first picture of your site; changes show once there is a second one."
    facts, parts = comparison.facts, []
    if facts["backlinks"]:
        parts.append(f"{facts['new_domains']:,} new and {facts['lost_domains']:,} lost sites")
    if facts["pages"] and (facts["new_pages"] or facts["gone_pages"] or not parts):
        parts.append(f"{facts['new_pages']:,} new and {facts['gone_pages']:,} vanished pages")
    done = int(history["done"].iloc[-1])
    brought = "which brings" if done == 1 else "which bring"
    live = (
        f"{count(done, 'task')} live, {brought} {history['realised'].iloc[-1]:,.2f} points today."
        if done
        else "no task is live yet."
    )
    return f"Since the import before: {', '.join(parts) or 'nothing comparable'}; {live}"


def alerts(workspace: Workspace, project_id: int) -> None:
    """Alerts that nobody has put away."""
    for alert in open_alerts(workspace, project_id):
        with st.container(border=True):
            text, button = st.columns([6, 1], vertical_alignment="center")
            text.markdown(f"{icons.WARNING} {md_escape(alert.sentence, 300)}")
            text.caption(progress.moment(alert.made))
            button.button(
                "Seen", key=f"alert-{alert.id}", on_click=dismiss_alert,
                args=(workspace, project_id, alert.id), disabled=workspace.read_only,
                width="stretch",
            )  # fmt: skip


def figures(history: pd.DataFrame) -> None:
    """Modelled against realised, now and in time."""
    last = history.iloc[-1]
    before = history["points"].iloc[-2] if len(history) > 1 else None
    places = st.columns(4)
    places[0].metric(
        "Points of priority pages", f"{last['points']:,.2f}",
        f"{last['points'] - before:+,.2f}" if before is not None else None,
        border=True, height="stretch",
        help="Weighted equity of your priority pages after the newest import.",
    )  # fmt: skip
    places[1].metric("Tasks live", f"{int(last['done']):,}", border=True, height="stretch",
                     help="Tasks that a crawl, export or link check saw done.")  # fmt: skip
    places[2].metric(
        "Realised (points)", f"{last['realised']:,.3f}", border=True, height="stretch",
        help="The model as it is minus the model without the finished tasks: their share today.",
    )  # fmt: skip
    places[3].metric(
        "Modelled (points)", f"{last['modelled_done']:,.3f}", border=True, height="stretch",
        help="What the plan had promised for the same tasks, each in its place of the plan. "
        f"Accepted and not yet live: {last['modelled_accepted']:,.3f}.",
    )  # fmt: skip
    if len(history) > 1 and history[["realised", "modelled_done"]].to_numpy().any():
        lines = history.assign(Date=pd.to_datetime(history["made"], format="ISO8601", utc=True))
        lines = lines.rename(columns={"realised": "Realised", "modelled_done": "Modelled"})
        st.line_chart(lines, x="Date", y=["Realised", "Modelled"], height=220,
                      y_label="Points")  # fmt: skip


def report(comparison: "Comparison") -> None:
    """One comparison: the lists, one at a time."""
    names = [name for name, frame in VIEWS.items() if len(comparison.frames[frame])]
    if not names:
        st.caption("Nothing changed between the two imports.")
        return
    view = st.segmented_control(
        "What changed", names, default=names[0], key="monitor-view", required=True,
        label_visibility="collapsed",
        format_func=lambda name: f"{name} ({len(comparison.frames[VIEWS[name]]):,})",
    )  # fmt: skip
    name = view if view in names else names[0]
    frame = comparison.frames[VIEWS[name]].drop(columns="share", errors="ignore")
    frame = frame.rename(columns={"equity_after": "equity", "equity_before": "equity_earlier"})
    foreign = "backlinks" in name or "sites" in name.casefold()
    tables.show(frame, list(frame.columns), key=f"monitor-{name}", height=380, foreign=foreign)


def report_frames(comparison: "Comparison") -> dict[str, pd.DataFrame]:
    """The comparison as tables of a workbook."""
    facts = pd.DataFrame(
        [(name.replace("_", " "), value) for name, value in comparison.facts.items()],
        columns=["figure", "value"],
    ).astype({"value": object})
    return {"Summary": facts, **{n: comparison.frames[f] for n, f in VIEWS.items()}}
