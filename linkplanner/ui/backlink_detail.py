"""One backlink with everything that is known of it: every signal with points and evidence."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import pandas as pd
import streamlit as st

from linkplanner.settings import QualitySettings
from linkplanner.ui import tables
from linkplanner.ui.markdown import md_escape

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


@st.cache_resource(max_entries=2, show_spinner="Working out every signal")
def _all_signals(
    key: str, changed: str, _frames: Mapping[str, pd.DataFrame], _settings: QualitySettings
) -> object:
    from linkplanner.quality.score import with_domain_metrics
    from linkplanner.quality.spam import score_spam

    links = with_domain_metrics(_frames["backlinks"].copy(deep=False), _frames["domains"])
    return score_spam(links, _frames["pages"], _settings.signal_points, brand=_settings.brand)


def signal_table(scores: "SpamScores", row: int, weights: Mapping[str, float]) -> pd.DataFrame:
    """Every signal of one backlink, those that count first: signal, counts, at most, evidence,
    meaning."""
    from linkplanner.quality.signals import SIGNALS

    points = scores.points.iloc[row]
    lines = [
        {
            "signal": signal.name.replace("_", " "),
            "counts": float(points[signal.name]),
            "at most": weights[signal.name],
            "evidence": scores.found[signal.name].say(row) if points[signal.name] > 0 else "",
            "meaning": signal.meaning,
        }
        for signal in SIGNALS
    ]
    table = pd.DataFrame(lines)
    return table.sort_values(["counts", "at most"], ascending=False, ignore_index=True)


def show_backlink(row: pd.Series, signals: pd.DataFrame, referral: pd.Series) -> None:
    """A card: figures, reasons, every signal, the link in its words.

    row: one of BACKLINKS; signals: its `signal_table`; referral: its `referral_potential`.
    """
    with st.container(border=True):
        st.markdown(f"**Why {md_escape(str(row['source_domain']))} scores as it does**")
        _figures(row)
        for reason in str(row["reasons"] or "").split("; "):
            st.text(f"• {reason}")
        _visits(referral)
        with st.expander(f"All {len(signals)} signs of spam that were looked for"):
            st.caption(
                "A sign counts between nothing and its most; the sum, cut at 100, is the score. "
                "Signs whose figures your export does not hold count nothing. The weights can be "
                "changed under “Weights”."
            )
            st.dataframe(signals, hide_index=True, height=330, column_config=_columns())
        st.caption("The link")
        parts = (row["left_context"], f"[{row['anchor']}]", row["right_context"])
        st.text(" ".join(str(part) for part in parts if part == part))
        st.code(f"{row['source_url']}\n→ {row['target_url']}", language=None)


def _figures(row: pd.Series) -> None:
    named = (("authority", "Authority"), ("relevance", "Relevance"), ("spam", "Spam signs"),
             ("worth", "Worth"))  # fmt: skip
    for place, (name, label) in zip(st.columns(4), named):
        value = row[name]
        text = "unknown" if value != value else f"{value:,.{2 if name == 'worth' else 0}f}"
        place.metric(label, text, help=tables.COLUMNS[name][1])


def _visits(referral: pd.Series) -> None:
    if referral["possible_visits"] == referral["possible_visits"]:
        st.caption(
            f"Beside its worth: the linking page has {referral['page_visits']:,.0f} search visits "
            f"a month; about {referral['possible_visits']:,.1f} of them may follow the link (an "
            "estimate, never part of the worth)."
        )
    if referral["target_sessions"] == referral["target_sessions"]:
        st.caption(f"Your page had {referral['target_sessions']:,.0f} sessions in your analytics.")


def _columns() -> dict[str, Any]:
    kinds = st.column_config
    return {
        "signal": kinds.TextColumn("Sign"),
        "counts": kinds.NumberColumn("Counts", format="%.1f"),
        "at most": kinds.NumberColumn("At most", format="%g"),
        "evidence": kinds.TextColumn("What was seen", width="large"),
        "meaning": kinds.TextColumn("What it means", width="large"),
    }
