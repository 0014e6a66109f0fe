"""Tables of where equity goes: by section, lost by cause, bands, hubs, address variants."""

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.graph.hubs import hubs
from linkplanner.graph.losses import losses
from linkplanner.graph.sections import page_balance, section_balance
from linkplanner.graph.sensitivity import sensitivity
from linkplanner.graph.structure import position_counts
from linkplanner.graph.variants import url_variants
from linkplanner.plan.repairs import Flow
from linkplanner.settings import EquitySettings
from linkplanner.site.assemble import Site
from linkplanner.site.kinds import helper_pages

__all__ = ["equity_frames"]

MOST_BAND_LINKS: Final = 20_000_000
"""Links up to which bands are worked out: 32 variations of 10 million links take some seconds."""
MOST_BANDS: Final = 200
"""Priority pages whose band is worked out, the heaviest first."""
REPAIR: Final = {
    "broken": "Redirect it for good (301) to the page that replaces it, or mend the links.",
    "nofollow": "Remove nofollow from links to your own pages.",
    "external": "Links to other sites take a share; check those that stand on every page.",
    "file": "Link to the page that shows the file instead of the file.",
    "noindex": "Lift noindex, or link past this page.",
    "dead_ends": "No link of this page is known: add links from its text, or read the page.",
}
"""Cause to what frees it. A dead end is either a page without links or one that was never read."""


def equity_frames(
    site: Site,
    flow: Flow,
    page_facts: pd.DataFrame,
    repairs: pd.DataFrame,
    settings: EquitySettings,
) -> dict[str, pd.DataFrame]:
    """section_balance, losses, bands, hubs, link_positions, variants (alone without links)."""
    frames = {"variants": url_variants(site.pages)}
    if not len(flow.nodes.source):
        return frames
    nodes = flow.nodes
    entered = flow.seed_rows[nodes.page_id]
    whole = page_balance(nodes, flow.equity, entered, flow.priority, flow.damping)
    return frames | {
        "section_balance": section_balance(whole, page_facts["section"].tolist()),
        "losses": _losses(site, flow, repairs),
        "bands": _bands(flow, entered, page_facts, settings),
        "hubs": _hubs(flow, page_facts),
        "link_positions": position_counts(nodes),
    }


def _losses(site: Site, flow: Flow, repairs: pd.DataFrame) -> pd.DataFrame:
    """`graph.losses` with addresses and repairs; gain and redirect as the repairs price them."""
    found = losses(flow.nodes, flow.equity, flow.seed_rows, flow.reach, flow.damping)
    url = site.pages["url"].to_numpy()[found["page_id"].to_numpy(dtype=np.int64)]
    broken = (found["cause"] == "broken").to_numpy()
    known = repairs.drop_duplicates("url").set_index("url")
    priced = pd.Series(url).map(known["gain"].where(known["gain"] > 0)).to_numpy(dtype=np.float64)
    told = pd.Series(url).map(known["detail"].to_dict()).astype("object").where(broken)
    to = pd.Series(url).map(known["redirect_to"].to_dict()).astype("object").where(broken, "")
    entered = float(flow.seed_rows.sum())
    return found.assign(
        url=url,
        part=found["points"] / entered if entered > 0 else 0.0,
        gain=np.where(broken, priced, found["gain"]),
        redirect_to=to.fillna("").astype("str").to_numpy(),
        repair=told.fillna(found["cause"].map(REPAIR)).astype("str"),
    )


def _bands(
    flow: Flow, entered: np.ndarray, page_facts: pd.DataFrame, settings: EquitySettings
) -> pd.DataFrame:
    if len(flow.nodes.source) > MOST_BAND_LINKS:
        return pd.DataFrame()
    order = np.argsort(-flow.priority, kind="stable")
    chosen = order[flow.priority[order] > 0][:MOST_BANDS]
    if not len(chosen):
        return pd.DataFrame()
    bands = sensitivity(flow.nodes, entered, chosen, settings)
    return _named(bands, page_facts).sort_values("rank", kind="stable", ignore_index=True)


def _hubs(flow: Flow, page_facts: pd.DataFrame) -> pd.DataFrame:
    """Hubs that somebody would link to: no page that search engines may not list, no basket."""
    able = page_facts["indexable"].to_numpy(dtype=bool) & ~helper_pages(page_facts["url"])
    found = hubs(flow.nodes.graph, flow.equity, flow.reach, flow.priority, able=able)
    return _named(found, page_facts)


def _named(frame: pd.DataFrame, page_facts: pd.DataFrame) -> pd.DataFrame:
    rows = page_facts.iloc[frame["node"].to_numpy(dtype=np.int64)]
    return frame.assign(url=rows["url"].to_numpy(), title=rows["title"].to_numpy())
