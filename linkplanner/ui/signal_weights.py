"""The weights of the spam signals, to be changed and reset."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from linkplanner.quality.signals import BANDS, SIGNALS, weights
from linkplanner.settings import Settings
from linkplanner.store.projects import load_settings, save_settings
from linkplanner.ui import icons, progress, state
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.texts import signal_weights as say

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
    st.caption(say.weights(limits["look at it"], limits["likely spam"]))
    points = settings.quality.signal_points
    closed = state.workspace().read_only or progress.is_busy(project_id)
    edited = st.data_editor(
        weight_table(points), hide_index=True, height=460, disabled=closed or
        ["name", "signal", "meaning", "usual"], key=f"weights-{len(points)}-{sum(points.values())}",
        column_order=("signal", "points", "usual", "meaning"),
        column_config={
            "name": None,
            "signal": st.column_config.TextColumn(say.SIGN),
            "meaning": st.column_config.TextColumn(say.MEANS, width="large"),
            "usual": st.column_config.NumberColumn(say.USUAL, format="%g"),
            "points": st.column_config.NumberColumn(
                say.POINTS, min_value=0.0, max_value=MOST, format="%g"
            ),
        },
    )  # fmt: skip
    wanted = changed_points(edited)
    with st.container(horizontal=True):
        if st.button(say.KEEP, type="primary", disabled=closed or wanted == points):
            _keep(project_id, wanted)
            progress.start(project_id, "analyse")
        if st.button(say.BACK, icon=icons.UNDO, disabled=closed or not points):
            _keep(project_id, {})
            progress.start(project_id, "analyse")


def show_rankings() -> None:
    """Import of a public ranking of domains, for exports without scores of the linking sites."""
    from pathlib import Path

    from linkplanner.quality.rankings import read_rankings
    from linkplanner.store.rankings import keep_rankings, load_rankings, remove_rankings

    workspace = state.workspace()
    st.subheader(say.RANKING, anchor=False)
    st.caption(say.RANKING_IS)
    held = load_rankings(workspace)
    if held is not None:
        st.markdown(f"{icons.GOOD} {say.held(md_escape(held.name), len(held))}")
        st.button(say.FORGET, on_click=remove_rankings, args=(workspace,), icon=icons.UNDO,
                  disabled=workspace.read_only)  # fmt: skip
    upload = st.file_uploader(
        say.RANKING_FILE, type=["csv", "txt", "gz", "zip"], key="ranking-file"
    )
    typed = st.text_input(say.RANKING_PATH, key="ranking-path", placeholder=say.PATH_EXAMPLE)
    if not upload and not typed.strip():
        return
    if st.button(say.READ, disabled=workspace.read_only):
        source = upload.getvalue() if upload else Path(typed.strip()).expanduser()
        name = upload.name if upload else typed.strip()
        with st.spinner(say.READING):
            keep_rankings(workspace, read_rankings(source, name))
        st.toast(say.KEPT)
        st.rerun()
