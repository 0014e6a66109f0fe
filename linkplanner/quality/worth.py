"""What one backlink is worth, and what all of them bring to each page.

The worth of a backlink is a product, so that no strength makes up for a fatal weakness:

    worth = 10^((authority - 50) / 25)              steep: vendors' scales are logarithmic
          * (0.2 + 0.8 * min(1, relevance / 40))    relevance 20 where unknown
          * 1 / (1 + (spam / knee)^4)               knee 50: half is gone there
          * nofollow_factor                         nofollow, ugc or sponsored
          * boilerplate_factor * image_factor       outside the text; an image
          * min(1, 20 / external links)             a page's links share what it gives
    and 0 for a lost link.

The k-th best link of one referring domain counts decay^(k-1). A link of authority 50 from a
related, clean page in follow text is worth 1; worth has no unit until the model scales all seeds
to points.
"""

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.settings import EquitySettings, QualitySettings

__all__ = ["diminished", "link_worth", "page_seeds", "typical_worth"]

TENFOLD: Final = 25.0
"""Points of authority that make a link ten times as strong. Ahrefs and Moz call their scales
logarithmic without naming the base. Over the hosts of one real export that its vendor does not call
spam, ten times the search visits go with 18 points of rating; 25 is flatter on purpose, so that one
rating does not decide everything."""
NEUTRAL: Final = 50.0
"""Authority whose factor is 1."""
RELEVANCE_FLOOR: Final = 0.2
"""Factor of a link from an unrelated page: it passes less, not nothing."""
RELEVANCE_FULL: Final = 40.0
"""Relevance from which a link counts in full; a few words seldom match a whole page better."""
UNKNOWN_RELEVANCE: Final = 20.0
"""Relevance assumed where no words are known, that of an ordinary editorial link."""
SPAM_STEEPNESS: Final = 4.0
"""How sharply worth falls around the knee: 94 % is left at half the knee, 6 % at twice of it."""
USUAL_LINKS: Final = 20.0
"""External links on a page that do not dilute each other further: the median over the 742 linking
pages of one real export is 23, over those its vendor does not call spam 19."""


def link_worth(backlinks: pd.DataFrame, settings: QualitySettings) -> np.ndarray:
    """Worth of every backlink by the formula above: float64[rows], 0 or more.

    backlinks: table BACKLINKS with authority, relevance and spam filled.
    """
    authority = _numbers(backlinks, "authority", settings.typical_domain_authority)
    relevance = _numbers(backlinks, "relevance", UNKNOWN_RELEVANCE)
    spam = _numbers(backlinks, "spam", 0.0)
    links = _numbers(backlinks, "external_links", 0.0)
    worth = _core(authority, relevance, spam, settings)
    worth = worth * np.minimum(1.0, USUAL_LINKS / np.maximum(links, 1.0))
    hinted = backlinks["nofollow"] | backlinks["ugc"] | backlinks["sponsored"]
    worth = np.where(hinted, worth * settings.nofollow_factor, worth)
    outside = ~backlinks["in_content"].fillna(True).to_numpy(dtype=bool)
    worth = np.where(outside, worth * settings.boilerplate_factor, worth)
    worth = np.where(backlinks["is_image"], worth * settings.image_factor, worth)
    return np.where(backlinks["lost"], 0.0, worth)


def _numbers(frame: pd.DataFrame, name: str, missing: float) -> np.ndarray:
    return frame[name].astype("Float64").fillna(missing).to_numpy(dtype=np.float64)


def _core(
    authority: np.ndarray, relevance: np.ndarray, spam: np.ndarray, settings: QualitySettings
) -> np.ndarray:
    strength = 10.0 ** ((authority - NEUTRAL) / TENFOLD)
    fit = RELEVANCE_FLOOR + (1 - RELEVANCE_FLOOR) * np.minimum(1.0, relevance / RELEVANCE_FULL)
    knee = max(settings.spam_knee, 1e-6)
    return strength * fit / (1 + (spam / knee) ** SPAM_STEEPNESS)


def typical_worth(settings: QualitySettings) -> float:
    """Worth of a link of which nothing is known: typical authority, usual relevance, no spam."""
    typical = np.array([settings.typical_domain_authority])
    return float(_core(typical, np.array([UNKNOWN_RELEVANCE]), np.zeros(1), settings)[0])


def diminished(backlinks: pd.DataFrame, decay: float) -> np.ndarray:
    """Worth after diminishing returns: float64[rows].

    The k-th best link of a referring domain to the whole site counts decay^(k-1). A repeated pair
    of source and target page counts once, at its best.
    """
    frame = backlinks[["source_domain", "source_url", "target_url", "worth"]].copy()
    frame["row"] = np.arange(len(frame))
    frame["target_url"] = frame["target_url"].fillna("")
    frame = frame[frame["worth"].fillna(0) > 0]
    frame["source_url"] = frame["source_url"].fillna("")
    frame["source_domain"] = frame["source_domain"].fillna(frame["source_url"])
    keys = ["source_domain", "worth", "source_url", "target_url"]
    frame = frame.sort_values(keys, ascending=[True, False, True, True], kind="stable")
    frame = frame.drop_duplicates(["source_domain", "source_url", "target_url"])
    rank = frame.groupby("source_domain", sort=False).cumcount().to_numpy(dtype=np.float64)
    out = np.zeros(len(backlinks))
    out[frame["row"]] = frame["worth"].to_numpy(dtype=np.float64) * np.power(decay, rank)
    return out


def page_seeds(
    backlinks: pd.DataFrame,
    targets: pd.DataFrame,
    pages: pd.DataFrame,
    equity: EquitySettings,
    quality: QualitySettings,
) -> np.ndarray:
    """What backlinks bring to each page, before it is scaled to points: float64[pages].

    backlinks: scored BACKLINKS; targets: [page_id, incoming_links, linking_sites] of reports that
    give counts only. Such a page gets a typical link's worth times log2(1 + linking sites); links
    without a target share their worth over those pages in that proportion, or go to the home page
    where there are none. Where a page has listed links and an estimate, the larger one counts:
    both speak of the same links. The floor of `equity` is added by the model, not here.
    """
    size = len(pages)
    worth = diminished(backlinks, quality.domain_decay)
    page = backlinks["page_id"].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    known = ~np.isnan(page)
    rows = page[known].astype(np.int64)
    valid = (rows >= 0) & (rows < size)
    listed = np.bincount(rows[valid], worth[known][valid], minlength=size).astype(np.float64)
    estimate = _estimates(targets, size, typical_worth(quality))
    nowhere = ~known & backlinks["target_url"].isna().to_numpy()
    spread = float(worth[nowhere].sum())
    if estimate.sum() > 0:
        estimate = estimate * (1 + spread / estimate.sum())
    elif spread > 0 and size:
        listed[_home(pages)] += spread
    return np.maximum(listed, estimate)


def _estimates(targets: pd.DataFrame, size: int, typical: float) -> np.ndarray:
    """Estimated worth by page of count-only reports; of repeated rows the largest count."""
    out = np.zeros(size)
    rows = targets[targets["page_id"].notna()]
    if not len(rows):
        return out
    sites = rows["linking_sites"].astype("Float64")
    sites = sites.fillna((rows["incoming_links"].astype("Float64") > 0).astype("Float64")).fillna(0)
    page = rows["page_id"].to_numpy(dtype=np.int64)
    valid = (page >= 0) & (page < size)
    value = typical * np.log2(1 + sites.to_numpy(dtype=np.float64).clip(min=0))
    np.maximum.at(out, page[valid], value[valid])
    return out


def _home(pages: pd.DataFrame) -> int:
    """Row of the home page: kind "home", else the page with the shortest address."""
    own = (pages["node_id"] == pages["page_id"]).fillna(False).to_numpy(dtype=bool)
    home = own & (pages["kind"] == "home").to_numpy(dtype=bool)
    length = pages["url"].str.len().fillna(1e9).to_numpy(dtype=np.float64)
    choice = home if home.any() else own if own.any() else np.ones(len(pages), dtype=bool)
    return int(np.flatnonzero(choice)[np.argmin(length[choice])])
