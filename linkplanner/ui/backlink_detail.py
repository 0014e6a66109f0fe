"""One backlink with everything that is known of it: every signal with points and evidence."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import pandas as pd
import streamlit as st

from linkplanner.settings import QualitySettings
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.texts import backlinks as say
from linkplanner.ui.texts import columns

if TYPE_CHECKING:
    from linkplanner.quality.spam import SpamScores

__all__ = ["all_signals", "show_backlink", "signal_table"]


def all_signals(
    key: str, frames: Mapping[str, pd.DataFrame], settings: QualitySettings
) -> "SpamScores":
    """Every signal of every backlink of an analysis with the present weights, worked out once.

    key: changes with every analysis; frames: its tables.
    """
    changed = json.dumps([settings.signal_points, settings.brand], sort_keys=True)
    return cast("SpamScores", _all_signals(key, changed, frames, settings))


@st.cache_resource(max_entries=2, show_spinner=say.WORKING_OUT)
def _all_signals(
    key: str, changed: str, _frames: Mapping[str, pd.DataFrame], _settings: QualitySettings
) -> object:
    from linkplanner.quality.score import with_domain_metrics
    from linkplanner.quality.spam import score_spam

    links = with_domain_metrics(_frames["backlinks"].copy(deep=False), _frames["domains"])
    return score_spam(links, _frames["pages"], _settings.signal_points, brand=_settings.brand)


def signal_table(scores: "SpamScores", row: int, weights: Mapping[str, float]) -> pd.DataFrame:
    """Every signal of one backlink, those that count first: signal, counts, most, evidence,
    meaning."""
    from linkplanner.quality.signals import SIGNALS

    points = scores.points.iloc[row]
    lines = [
        {
            "signal": signal.name.replace("_", " "),
            "counts": float(points[signal.name]),
            "most": weights[signal.name],
            "evidence": scores.found[signal.name].say(row) if points[signal.name] > 0 else "",
            "meaning": signal.meaning,
        }
        for signal in SIGNALS
    ]
    table = pd.DataFrame(lines)
    return table.sort_values(["counts", "most"], ascending=False, ignore_index=True)


def show_backlink(row: pd.Series, signals: pd.DataFrame, referral: pd.Series) -> None:
    """A card: figures, reasons, every signal, the link in its words.

    row: one of BACKLINKS; signals: its `signal_table`; referral: its `referral_potential`.
    """
    with st.container(border=True):
        st.markdown(f"**{say.why(md_escape(str(row['source_domain'])))}**")
        _figures(row)
        for reason in str(row["reasons"] or "").split("; "):
            st.text(f"• {reason}")
        _visits(referral)
        with st.expander(say.signs(len(signals))):
            st.caption(say.SIGNS_ARE)
            st.dataframe(signals, hide_index=True, height=330, column_config=_columns())
        st.caption(say.THE_LINK)
        parts = (row["left_context"], f"[{row['anchor']}]", row["right_context"])
        st.text(" ".join(str(part) for part in parts if part == part))
        st.code(f"{row['source_url']}\n→ {row['target_url']}", language=None)


def _figures(row: pd.Series) -> None:
    named = (
        ("authority", columns.COLUMNS["authority"][0]),
        ("relevance", columns.COLUMNS["relevance"][0]),
        ("spam", columns.COLUMNS["spam"][0]),
        ("worth", columns.COLUMNS["worth"][0]),
    )
    for place, (name, label) in zip(st.columns(4), named):
        value = row[name]
        text = "unknown" if value != value else f"{value:,.{2 if name == 'worth' else 0}f}"
        place.metric(label, text, help=columns.COLUMNS[name][1])


def _visits(referral: pd.Series) -> None:
    if referral["possible_visits"] == referral["possible_visits"]:
        st.caption(say.visits(referral["page_visits"], referral["possible_visits"]))
    if referral["target_sessions"] == referral["target_sessions"]:
        st.caption(say.sessions(referral["target_sessions"]))


def _columns() -> dict[str, Any]:
    kinds = st.column_config
    return {
        "signal": kinds.TextColumn(say.SIGN),
        "counts": kinds.NumberColumn(say.COUNTS, format="%.1f"),
        "most": kinds.NumberColumn(say.AT_MOST, format="%g"),
        "evidence": kinds.TextColumn(say.SEEN, width="large"),
        "meaning": kinds.TextColumn(say.MEANS, width="large"),
    }
