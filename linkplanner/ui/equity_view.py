"""Parts of the site screen that take the balance apart: sections, losses, bands, hubs, variants."""

from collections.abc import Callable
from typing import Final

import pandas as pd
import streamlit as st

from linkplanner.ui import equity_tables, tables
from linkplanner.ui.state import Loaded
from linkplanner.ui.texts.numbers import count

__all__ = ["LOOKS", "show", "show_places"]

SECTIONS, LOSSES, BANDS = "By section", "Lost or stuck", "How sure"
HUBS, VARIANTS = "Hub pages", "Same page twice"
OLD: Final = "This analysis is older than this table: work it out again on the data screen."


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
        st.markdown("**Its links by place**")
        places = equity_tables.places_of(frames["link_positions"], int(node[0]))
        tables.show(places, ("position", "links_in", "links_out"), key=f"places-{loaded.key}")


def _sections(loaded: Loaded) -> None:
    frames = loaded.analysis.frames
    if equity_tables.absent(frames, "section_balance"):
        st.caption(OLD)
        return
    st.caption(
        "Each row adds up: what enters through backlinks and what links bring is what stays, what "
        "is passed on, and what is lost. Points that flow through several sections count in each; "
        "backlinks to pages that do not answer stand under “Lost or stuck”."
    )
    shown = equity_tables.sections_shown(frames["section_balance"])
    columns = ("section", "pages", "entered", "received", "settled", "passed", "leaks")
    tables.show(shown, columns, key=f"balance-{loaded.key}", height=320)


def _filled(loaded: Loaded, name: str, nothing: str, missing: str = OLD) -> pd.DataFrame | None:
    """One table of the analysis; None, with a line that says why, where it has no rows or is not
    there."""
    frame = loaded.analysis.frames.get(name)
    if frame is None or frame.empty:
        st.caption(missing if frame is None else nothing)
        return None
    return frame


def _losses(loaded: Loaded) -> None:
    losses = _filled(loaded, "losses", "Nothing is lost: every link leads to a page that answers.")
    if losses is None:
        return
    sums = equity_tables.loss_sums(losses)
    st.caption(
        "Points that leave your site or end where nobody is served, by cause; a page that was "
        "never read looks like one without links. Gains are what priority pages would get at least."
    )
    name = st.pills(
        "Cause", sums["cause"].tolist(), default=sums["cause"].iloc[0], required=True,
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
    return f"{cause}: {row['points']:,.1f} points ({row['part']:.0%})"


def _bands(loaded: Loaded) -> None:
    frames = loaded.analysis.frames
    if equity_tables.absent(frames, "bands"):
        st.caption(
            "Bands are shown for priority pages of sites with up to 20 million links; name your "
            "priority pages and work it out again."
        )
        return
    bands = frames["bands"]
    st.caption(
        "Nobody knows how much a link in a menu counts beside one in a text. The band is the "
        "middle four fifths of 32 trials: each place from half to twice its weight, and a damping "
        "from 0.75 to 0.9. The dot is the figure used everywhere else."
    )
    st.text(equity_tables.band_sentence(bands))
    st.altair_chart(equity_tables.band_chart(bands), width="stretch")
    columns = ("url", "equity", "equity_low", "equity_high", "rank", "rank_low", "rank_high")
    tables.show(bands, columns, key=f"bands-{loaded.key}", height=240)


def _hubs(loaded: Loaded) -> None:
    nothing = "No page passes anything on to a priority page yet."
    hubs = _filled(loaded, "hubs", nothing, missing=nothing)
    if hubs is None:
        return
    st.caption(
        f"{count(len(hubs), 'page')} through which equity reaches your priority pages best: pitch "
        "them for backlinks, and link to them where a straight link would not fit."
    )
    columns = ("url", "title", "reach", "equity", "feeds", "brings")
    tables.show(hubs, columns, key=f"hubs-{loaded.key}", height=320)


def _variants(loaded: Loaded) -> None:
    nothing = "No two addresses of your site look like the same page."
    variants = _filled(loaded, "variants", nothing)
    if variants is None:
        return
    st.caption(
        "Addresses that look like one page under several names, and all answer: links are split "
        "between them. If they show the same page, redirect all to one of them."
    )
    tables.show(variants, ("url", "keep", "differs"), key=f"variants-{loaded.key}", height=320)


LOOKS: Final[dict[str, Callable[[Loaded], None]]] = {
    SECTIONS: _sections,
    LOSSES: _losses,
    BANDS: _bands,
    HUBS: _hubs,
    VARIANTS: _variants,
}
"""Name of each look to what draws it."""
