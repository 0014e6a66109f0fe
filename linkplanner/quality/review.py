"""The sites whose links deserve a look, for a person to decide on. Nothing is decided here."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.quality.signals import BANDS

__all__ = ["DECISIONS", "review_list"]

DECISIONS: Final = ("", "keep", "contact", "disavow")
"""What a person may decide about a site; "keep" is the allow-list."""
LOOK: Final = min(limit for limit, name in BANDS if name != "fine")
"""Spam from which a site is listed."""


def review_list(
    backlinks: pd.DataFrame, decided: Mapping[str, tuple[str, str]], *, everything: bool = False
) -> pd.DataFrame:
    """Linking sites to look at: frame [source_domain, spam, backlinks, follow, worth, authority,
    anchor, source_url, reasons, decision, note].

    backlinks: scored BACKLINKS; decided: decision and note by domain. Listed are sites whose worst
    live link is in a band above "fine", and all that were decided on; `everything` lists all.
    Worst first; what brings most worth first among equals, since it costs most to be wrong there.
    """
    live = backlinks[~backlinks["lost"] & backlinks["source_domain"].notna()]
    worst = live.sort_values(["spam", "worth", "source_url"], ascending=[False, False, True])
    first = worst.drop_duplicates("source_domain").set_index("source_domain")
    groups = live.groupby("source_domain")
    follow = ~(live["nofollow"] | live["ugc"] | live["sponsored"])
    table = pd.DataFrame(
        {
            "spam": first["spam"],
            "backlinks": groups.size(),
            "follow": follow.groupby(live["source_domain"]).sum(),
            "worth": groups["worth"].sum(),
            "authority": groups["authority"].max(),
            "anchor": first["anchor"],
            "source_url": first["source_url"],
            "reasons": first["reasons"],
        }
    )
    missing = [domain for domain in decided if domain not in table.index]
    table = table.reindex([*table.index, *missing])
    table["decision"] = [decided.get(domain, ("", ""))[0] for domain in table.index]
    table["note"] = [decided.get(domain, ("", ""))[1] for domain in table.index]
    table[["backlinks", "follow"]] = table[["backlinks", "follow"]].fillna(0).astype(np.int64)
    listed = (table["spam"] >= LOOK) | (table["decision"] != "")
    if not everything:
        table = table[listed]
    table = table.rename_axis("source_domain").reset_index()
    order = ["spam", "worth", "source_domain"]
    return table.sort_values(order, ascending=[False, False, True], ignore_index=True)
