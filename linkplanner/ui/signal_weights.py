"""The weights of the spam signals, to be changed and reset."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from linkplanner.quality.signals import BANDS, SIGNALS, weights
from linkplanner.settings import Settings
from linkplanner.store.projects import load_settings, save_settings
from linkplanner.ui import icons, progress, state

__all__ = ["changed_points", "show_rankings", "show_weights", "weight_table"]

MOST = 100.0
"""Largest weight: one signal alone fills the score."""


def weight_table(points: Mapping[str, float]) -> pd.DataFrame:
    """Every signal with its usual and present points: name, signal, meaning, usual, points."""
    now = weights(points)
    return pd.DataFrame(
        {
            "name": [s.name for s in SIGNALS],
            "signal": [s.name.replace("_", " ") for s in SIGNALS],
            "meaning": [s.meaning for s in SIGNALS],
            "usual": [s.points for s in SIGNALS],
            "points": [now[s.name] for s in SIGNALS],
        }
    )


def changed_points(edited: pd.DataFrame) -> dict[str, float]:
    """The points that differ from the usual ones, kept within 0 and 100; empty cells are usual."""
    filled = edited["points"].astype(float).fillna(edited["usual"]).clip(0.0, MOST)
    rows = zip(edited["name"], filled, edited["usual"])
    return {name: float(points) for name, points, usual in rows if points != usual}


def _keep(project_id: int, points: dict[str, float]) -> None:
    settings = load_settings(state.workspace(), project_id)
    quality = replace(settings.quality, signal_points=points)
    save_settings(state.workspace(), project_id, replace(settings, quality=quality))


def show_weights(project_id: int, settings: Settings) -> None:
    """The table of weights, with the buttons that keep and reset them."""
    limits = {name: limit for limit, name in BANDS}
    st.caption(
        "Every sign of spam with the points it counts at its strongest. The score is their sum, "
        f"cut at 100: from {limits['look at it']:g} “look at it”, from "
        f"{limits['likely spam']:g} “likely spam”. Set a sign to 0 to leave it out."
    )
    points = settings.quality.signal_points
    closed = state.workspace().read_only or progress.is_busy(project_id)
    edited = st.data_editor(
        weight_table(points), hide_index=True, height=460, disabled=closed or
        ["name", "signal", "meaning", "usual"], key=f"weights-{len(points)}-{sum(points.values())}",
        column_config={
            "name": None,
            "signal": st.column_config.TextColumn("Sign"),
            "meaning": st.column_config.TextColumn("What it means", width="large"),
            "usual": st.column_config.NumberColumn("Usual", format="%g"),
            "points": st.column_config.NumberColumn(
                "Points", min_value=0.0, max_value=MOST, format="%g"
            ),
        },
    )  # fmt: skip
    wanted = changed_points(edited)
    with st.container(horizontal=True):
        if st.button("Keep and score again", type="primary", disabled=closed or wanted == points):
            _keep(project_id, wanted)
            progress.start(project_id, "analyse")
        if st.button("Back to the usual weights", icon=icons.UNDO, disabled=closed or not points):
            _keep(project_id, {})
            progress.start(project_id, "analyse")


def show_rankings() -> None:
    """Import of a public ranking of domains, for exports without scores of the linking sites."""
    from pathlib import Path

    from linkplanner.quality.rankings import read_rankings
    from linkplanner.store.rankings import keep_rankings, load_rankings, remove_rankings

    workspace = state.workspace()
    st.subheader("Public ranking", anchor=False)
    st.caption(
        "Where your export tells no score of the linking site, a public ranking can stand in: the "
        "list of Tranco (tranco-list.eu), the Majestic Million, or Common Crawl's domain ranks. "
        "Download it yourself; linkplanner fetches nothing. It counts for all projects."
    )
    held = load_rankings(workspace)
    if held is not None:
        st.markdown(f"{icons.GOOD} {held.name}: {len(held):,} ranked domains")
        st.button("Forget it", on_click=remove_rankings, args=(workspace,), icon=icons.UNDO,
                  disabled=workspace.read_only)  # fmt: skip
    upload = st.file_uploader("Ranking file", type=["csv", "txt", "gz", "zip"], key="ranking-file")
    typed = st.text_input(
        "… or where it lies on this computer", key="ranking-path", placeholder="/home/me/ranks.gz"
    )
    if not upload and not typed.strip():
        return
    if st.button("Read the ranking", disabled=workspace.read_only):
        source = upload.getvalue() if upload else Path(typed.strip()).expanduser()
        name = upload.name if upload else typed.strip()
        with st.spinner("Reading the ranking"):
            keep_rankings(workspace, read_rankings(source, name))
        st.toast("Kept. It counts when the backlinks are scored again.")
        st.rerun()
