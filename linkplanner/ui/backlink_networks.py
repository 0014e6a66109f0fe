"""Groups of linking sites that share titles or addresses, and the sites of a picked one."""

from typing import cast

import pandas as pd
import streamlit as st

from linkplanner.ui import icons, screen, tables
from linkplanner.ui.state import Loaded
from linkplanner.ui.texts import backlinks as say

__all__ = ["show_networks"]

COLUMNS = ("source_domain", "source_title", "source_url", "spam", "worth", "lost")
GROUP_COLUMNS = ("sites", "why_network", "shared", "examples", "backlinks", "spam", "worth")
SITE_COLUMNS = ("source_domain", "backlinks", "spam", "worth", "source_url")


@st.cache_resource(max_entries=3, show_spinner=say.LOOKING_FOR_NETWORKS)
def _networks(key: str, _backlinks: pd.DataFrame) -> object:
    from linkplanner.quality.networks import networks

    return networks(_backlinks)


def show_networks(loaded: Loaded, name: str) -> None:
    """Networks, and the sites of the one that is ticked. name: of the project, for downloads."""
    backlinks = loaded.analysis.part("backlinks", COLUMNS)
    groups, members = cast("tuple[pd.DataFrame, pd.DataFrame]", _networks(loaded.key, backlinks))
    if groups.empty:
        st.success(say.NO_NETWORKS, icon=icons.GOOD)
        return
    st.caption(say.networks(len(groups)))
    alike = zip(groups["shared"], groups["alike"], groups["sites"], strict=True)
    groups = groups.assign(why_network=[say.why_network(*row) for row in alike])
    picked = tables.show(
        groups, GROUP_COLUMNS, key=f"networks-{loaded.key}", select="single", height=360
    )
    chosen = members[members["network"].isin(picked["network"])] if len(picked) else members
    if len(picked):
        tables.show(
            chosen, SITE_COLUMNS, key=f"network-{loaded.key}-{len(chosen)}", height=320,
            foreign=True,
        )  # fmt: skip
        st.caption(say.NETWORK_DECIDED)
    screen.download_tables(
        f"{name} networks", lambda: {say.NETWORKS: groups, say.THEIR_SITES: chosen}, "networks"
    )
