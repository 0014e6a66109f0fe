"""Parts of the site screen that take the balance apart: sections, losses, bands, hubs, variants."""

from collections.abc import Callable
from typing import Final

import pandas as pd
import streamlit as st

from linkplanner.ui import equity_tables, tables
from linkplanner.ui.state import Loaded
from linkplanner.ui.texts import equity as say

__all__ = ["LOOKS", "show", "show_places"]


def show(look: str, loaded: Loaded) -> None:
    """One of LOOKS."""
    LOOKS[look](loaded)


def show_places(loaded: Loaded, url: str) -> None:
    """Where the links to and from one page stand."""
    frames = loaded.analysis.frames
    if equity_tables.absent(frames, "link_positions"):
        return
    facts = frames["page_facts"]
    node = facts.index[facts["url"] == url]
    if len(node):
        st.markdown(f"**{say.ITS_LINKS}**")
        places = equity_tables.places_of(frames["link_positions"], int(node[0]))
        tables.show(places, ("position", "links_in", "links_out"), key=f"places-{loaded.key}")


def _sections(loaded: Loaded) -> None:
    frames = loaded.analysis.frames
    if equity_tables.absent(frames, "section_balance"):
        st.caption(say.OLD)
        return
    st.caption(say.SECTIONS_ARE)
    shown = equity_tables.sections_shown(frames["section_balance"])
    columns = ("section", "pages", "entered", "received", "settled", "passed", "leaks")
    tables.show(shown, columns, key=f"balance-{loaded.key}", height=320)


def _filled(loaded: Loaded, name: str, nothing: str, missing: str = say.OLD) -> pd.DataFrame | None:
    """One table of the analysis; None, with a line that says why, where it has no rows or is not
    there."""
    frame = loaded.analysis.frames.get(name)
    if frame is None or frame.empty:
        st.caption(missing if frame is None else nothing)
        return None
    return frame


def _losses(loaded: Loaded) -> None:
    losses = _filled(loaded, "losses", say.NOTHING_LOST)
    if losses is None:
        return
    sums = equity_tables.loss_sums(losses)
    st.caption(say.LOSSES_ARE)
    name = st.pills(
        say.CAUSE, sums["cause"].tolist(), default=sums["cause"].iloc[0], required=True,
        key=f"cause-{loaded.key}",
        format_func=lambda cause: _with_part(cause, sums),
    )  # fmt: skip
    key = sums.set_index("cause")["key"].get(name, sums["key"].iloc[0])
    rows = losses[losses["cause"] == key].rename(columns={"points": "leaks"})
    if rows["repair"].nunique() == 1:
        st.text(rows["repair"].iloc[0])
        columns: tuple[str, ...] = ("url", "leaks", "links", "gain", "redirect_to")
    else:
        columns = ("url", "leaks", "links", "gain", "redirect_to", "repair")
    usable = [c for c in columns if c in ("url", "leaks") or rows[c].replace("", pd.NA).any()]
    tables.show(rows, usable, key=f"losses-{loaded.key}-{key}", height=320)


def _with_part(cause: str, sums: pd.DataFrame) -> str:
    row = sums.set_index("cause").loc[cause]
    return say.part_of(cause, row["points"], row["part"])


def _bands(loaded: Loaded) -> None:
    frames = loaded.analysis.frames
    if equity_tables.absent(frames, "bands"):
        st.caption(say.NO_BANDS)
        return
    bands = frames["bands"]
    st.caption(say.BANDS_ARE)
    st.text(equity_tables.band_sentence(bands))
    st.altair_chart(equity_tables.band_chart(bands), width="stretch")
    columns = ("url", "equity", "equity_low", "equity_high", "rank", "rank_low", "rank_high")
    tables.show(bands, columns, key=f"bands-{loaded.key}", height=240)


def _hubs(loaded: Loaded) -> None:
    nothing = say.NO_HUBS
    hubs = _filled(loaded, "hubs", nothing, missing=nothing)
    if hubs is None:
        return
    st.caption(say.hubs(len(hubs)))
    columns = ("url", "title", "reach", "equity", "feeds", "brings")
    tables.show(hubs, columns, key=f"hubs-{loaded.key}", height=320)


def _variants(loaded: Loaded) -> None:
    nothing = say.NO_VARIANTS
    variants = _filled(loaded, "variants", nothing)
    if variants is None:
        return
    st.caption(say.VARIANTS_ARE)
    tables.show(variants, ("url", "keep", "differs"), key=f"variants-{loaded.key}", height=320)


LOOKS: Final[dict[str, Callable[[Loaded], None]]] = {
    say.SECTIONS: _sections,
    say.LOSSES: _losses,
    say.BANDS: _bands,
    say.HUBS: _hubs,
    say.VARIANTS: _variants,
}
"""Name of each look to what draws it."""
