"""Tables on screen: the same column looks and reads the same everywhere."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from linkplanner.ui.texts import columns, common

__all__ = [
    "column_config", "fitting", "labels", "selected_rows", "show", "web_only", "width_of",
]  # fmt: skip

MOST_ROWS: Final = 1000
"""Rows of one table on screen. More than that nobody reads, and sending 100,000 takes seconds; what
is downloaded is always whole."""
OWN_PATH: Final = r"https?://[^/]+(/.*)"
"""The part of an address that a table shows."""
_LINKS: Final = (
    "url", "source_url", "target_url", "page_url", "redirect_to", "landing_url", "keep",
    "pillar_url", "replace_url",
)  # fmt: skip
_SCORES: Final = ("authority", "relevance", "spam")
_POINTS: Final = (
    "seed", "equity", "equity_before", "equity_after", "gain", "gain_cumulative", "trapped",
    "seed_gain", "points", "change", "equity_earlier", "outside", "inside", "ceiling", "need",
    "value", "entered", "received", "settled", "passed", "leaks", "equity_low", "equity_high",
    "brings", "gain_alone", "loss", "trial", "plan_change",
)  # fmt: skip
_WHOLE: Final = (
    "depth", "depth_entry", "links_in", "links_in_content", "links_out", "links_out_content",
    "backlinks", "referring_domains", "rank", "rank_low", "rank_high", "live", "effort_minutes",
    "status", "pages", "links", "feeds", "backlinks_needed", "sites", "follow", "links_inside",
    "missing", "targets", "competitors", "minutes",
)  # fmt: skip
_PERCENT: Final = ("tied", "brand", "naked", "generic", "partial", "exact", "other", "image")
_DATES: Final = ("first_seen", "last_seen", "created", "due", "verified")
_TICKS: Final = (
    "orphan", "contextual_orphan", "indexable", "lost", "nofollow", "chosen", "linkable",
)  # fmt: skip
_WIDE: Final = ("sentence", "sentence_before", "instruction", "reasons")
_SMALL: Final = ("rank", "status", "spam", "authority", "relevance")
_SHORT: Final = 14
"""Letters of a kind of work that a column shows anyway."""
_WIDTH_OF_KINDS: Final = 170
"""Pixels of the column where a kind is longer, such as "repair: link to redirect"."""
_ROW: Final = 35
"""Height of a row in pixels, the heading included."""


_FORMATS: Final = {
    **dict.fromkeys(_WHOLE, "localized"),
    **dict.fromkeys(_POINTS, "%.3f"),
    **dict.fromkeys((*_PERCENT, "likeness"), "%.0f"),
    **dict.fromkeys(("reach", "worth"), "%.2f"),
    **dict.fromkeys(("weight", "priority", "difficulty"), "%g"),
    "status": "%d",
    "share": "%.0f%%",
}
"""How numbers are written, by column."""


def web_only(addresses: pd.Series) -> pd.Series:
    """The column with only http and https addresses, so that a click can open nothing else."""
    return addresses.where(addresses.str.match(r"https?://", na=False))


def column_config(columns: Sequence[str], *, foreign: bool = False) -> dict[str, Any]:
    """How Streamlit shows these columns: label, help, unit, width.

    Addresses are shown by their path, which is what tells pages of one site apart; with `foreign`
    the columns source_url and url, which then name other sites or hosts, are shown whole.
    """
    return {name: _column(name, foreign) for name in columns}


def labels(names: Sequence[str]) -> dict[str, Any]:
    """What columns are called on screen, for tables that are shown just as they are."""
    return {name: _named(name)[0] for name in names}


def width_of(kinds: Iterable[object]) -> int | None:
    """Pixels of a column with kinds of work: enough for long ones, None where all are short."""
    return _WIDTH_OF_KINDS if any(len(str(kind)) > _SHORT for kind in kinds) else None


def _named(name: str) -> tuple[str, str | None]:
    """A column's heading and the explanation beside it."""
    return columns.COLUMNS.get(name, (name.replace("_", " ").capitalize(), None))


def _column(name: str, foreign: bool) -> Any:
    label, help_text = _named(name)
    width = "small" if name in _SMALL else "large" if name in _WIDE else None
    common: dict[str, Any] = {"label": label, "help": help_text, "width": width}
    kinds = st.column_config
    if name in _LINKS:
        path = None if foreign and name in ("source_url", "url") else OWN_PATH
        return kinds.LinkColumn(**{**common, "width": "medium"}, display_text=path)
    if name in _SCORES:
        return kinds.ProgressColumn(**common, min_value=0, max_value=100, format="%.0f")
    if name in _DATES:
        return kinds.DateColumn(**common, format="YYYY-MM-DD")
    if name in _TICKS:
        return kinds.CheckboxColumn(**common)
    if form := _FORMATS.get(name):
        return kinds.NumberColumn(**common, format=form)
    return kinds.TextColumn(**common)


def show(
    frame: pd.DataFrame,
    columns: Sequence[str],
    *,
    key: str,
    select: str | None = None,
    height: int | None = None,
    foreign: bool = False,
    whole: int = 0,
) -> pd.DataFrame:
    """Show columns of a frame; returns the rows that are selected (`select`: single or multi).

    Beyond `MOST_ROWS` only the first rows are sent, and a line below the table says so. whole: how
    many rows there are, where `frame` holds only the first of them.
    """
    shown = frame[[c for c in columns if c in frame]].head(MOST_ROWS).reset_index(drop=True)
    for name in set(_LINKS) & set(shown.columns):
        shown[name] = web_only(shown[name])
    options: dict[str, Any] = {"height": fitting(len(shown), height)} if height else {}
    if select:
        options |= {"on_select": "rerun", "selection_mode": f"{select}-row"}
    config = column_config(list(shown.columns), foreign=foreign)
    if "kind" in shown and (width := width_of(shown["kind"].dropna().unique())):
        config["kind"]["width"] = width
    answer = st.dataframe(
        shown,
        key=key,
        hide_index=True,
        column_config=config,
        placeholder="",
        **options,
    )
    if max(whole, len(frame)) > len(shown):
        st.caption(common.first_rows(len(shown), max(whole, len(frame))))
    return selected_rows(frame, answer) if select else frame.iloc[:0]


def fitting(rows: int, height: int) -> int:
    """Pixels that a table takes: `height`, or less where it has few rows."""
    return min(height, _ROW * (max(rows, 1) + 1) + 3)


def selected_rows(frame: pd.DataFrame, answer: Any) -> pd.DataFrame:
    """The rows of `frame` that the user selected; numbers beyond its end are left out."""
    rows = list(getattr(getattr(answer, "selection", None), "rows", []) or [])
    return frame.iloc[[row for row in rows if row < len(frame)]]
