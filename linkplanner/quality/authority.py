"""How strong the linking page and its site are, 0 to 100, on the scale of Ahrefs' Domain Rating."""

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.quality.rankings import Rankings
from linkplanner.quality.visible import visible_authority
from linkplanner.settings import QualitySettings

__all__ = ["DOMAIN_KNOTS", "PAGE_KNOTS", "authority"]

Knots = tuple[tuple[float, float], ...]

_SAME: Final[Knots] = ((0, 0), (100, 100))

DOMAIN_KNOTS: Final[dict[str, Knots]] = {
    "ahrefs_domain_rating": _SAME,
    # Median rating per score over the 485 hosts that one site's Ahrefs and Semrush exports share.
    "semrush_domain_ascore": (
        (0, 2), (5, 3), (10, 5), (15, 12), (20, 20), (30, 35), (40, 47), (60, 70), (80, 88),
        (100, 100),
    ),
    # Moz publishes DA as logarithmic on 1 to 100; taken as it is. Not measured.
    "moz_domain_authority": _SAME,
    # Flow metrics run lower than ratings for the same site. Rounded, not measured.
    "majestic_domain_trust_flow": ((0, 0), (10, 25), (20, 42), (40, 68), (60, 85), (100, 100)),
    "majestic_domain_citation_flow": ((0, 0), (10, 15), (20, 30), (40, 55), (60, 80), (100, 100)),
    # DataForSEO ranks run from 0 to 1000 and to 100 in older exports; SE Ranking from 0 to 100.
    "dataforseo_domain_rank": ((0, 0), (1000, 100)),
    "seranking_domain_inlink_rank": _SAME,
}  # fmt: skip
"""Scores of a whole site: (vendor's score, our authority), straight lines between."""

PAGE_KNOTS: Final[dict[str, Knots]] = {
    # UR of most linking pages is 0 to 15 even on strong sites; it tells pages apart, not sites.
    "ahrefs_url_rating": ((0, 0), (5, 30), (15, 55), (30, 75), (60, 92), (100, 100)),
    # Median rating per page score over the same 485 hosts.
    "semrush_page_ascore": (
        (0, 4), (1.5, 14), (3.5, 25), (6, 37), (9, 50), (13, 60), (18, 78), (50, 94), (100, 100),
    ),
    "moz_page_authority": _SAME,
    "majestic_trust_flow": ((0, 0), (10, 30), (20, 48), (40, 70), (60, 86), (100, 100)),
    "majestic_citation_flow": ((0, 0), (10, 15), (20, 32), (40, 58), (60, 80), (100, 100)),
    "dataforseo_rank": ((0, 0), (1000, 100)),
    "seranking_inlink_rank": _SAME,
}  # fmt: skip
"""Scores of the linking page, on the same scale of ours."""

TRAFFIC_KNOTS: Final[Knots] = (
    (0, 3), (1, 5), (2, 10), (3, 26), (4, 40), (5, 59), (6, 76), (7, 86), (8, 93), (10, 100),
)  # fmt: skip
"""Decimal logarithm of one plus monthly search visits of the site, used where no score is known:
median rating of the 742 hosts of one export, rounded."""

PAGE_SHARE: Final = 0.2
"""Part of the authority that the page has where site and page are both known. Page scores of
one vendor agree little with its site scores (rank correlation .17), and new pages start at 0."""

NAMES: Final = {
    "ahrefs_domain_rating": "Ahrefs DR", "ahrefs_url_rating": "Ahrefs UR",
    "semrush_domain_ascore": "Semrush domain score", "semrush_page_ascore": "Semrush page score",
    "moz_domain_authority": "Moz DA", "moz_page_authority": "Moz PA",
    "majestic_trust_flow": "Majestic TF", "majestic_citation_flow": "Majestic CF",
    "majestic_domain_trust_flow": "Majestic site TF",
    "majestic_domain_citation_flow": "Majestic site CF",
    "dataforseo_domain_rank": "DataForSEO site rank", "dataforseo_rank": "DataForSEO page rank",
    "seranking_domain_inlink_rank": "SE Ranking site rank",
    "seranking_inlink_rank": "SE Ranking page rank",
}  # fmt: skip


def authority(
    backlinks: pd.DataFrame, settings: QualitySettings, rankings: Rankings | None = None
) -> pd.DataFrame:
    """Authority and its reason: frame [authority 0 to 100, estimated bool, reason str].

    The mean of what vendors say of the site, four fifths, and of the page, one fifth; a public
    ranking in place of the site's score where no vendor tells it; the page alone where neither is
    known; else from the site's search visits; else from what its address shows around
    `settings.typical_domain_authority`. Whatever does not rest on a vendor's score is marked as
    estimated. Never falls when any metric rises.
    """
    size = len(backlinks)
    site, site_names = _mean(backlinks, DOMAIN_KNOTS)
    ranked = np.isnan(site) if rankings is not None else np.zeros(size, dtype=bool)
    if rankings is not None:
        by_rank = rankings.authority(backlinks["source_domain"])
        ranked &= ~np.isnan(by_rank)
        site = np.where(ranked, by_rank, site)
        site_names = np.where(ranked, f"authority estimated from {rankings.name}", site_names)
    page, page_names = _mean(backlinks, PAGE_KNOTS)
    both = np.where(np.isnan(page), site, (1 - PAGE_SHARE) * site + PAGE_SHARE * page)
    score = np.where(np.isnan(site), page, both)
    reason = _join(site_names, page_names)
    visits = _numbers(backlinks, "ahrefs_domain_traffic")
    by_traffic = _map(np.log10(1 + visits.clip(min=0)), TRAFFIC_KNOTS)
    use = np.isnan(score) & ~np.isnan(visits)
    score = np.where(use, by_traffic, score)
    reason = np.where(use, "authority estimated from the site's search visits", reason)
    unknown = np.isnan(score)
    if unknown.any():
        visible = visible_authority(
            backlinks["source_url"].astype("str")[unknown], settings.typical_domain_authority
        )
        score[unknown] = visible
    reason = np.where(unknown, "authority estimated from the address: no metric known", reason)
    return pd.DataFrame(
        {
            "authority": np.clip(score, 0, 100).round(1),
            "estimated": use | unknown | ranked,
            "reason": pd.Series(reason, dtype="str") if size else pd.Series(dtype="str"),
        }
    )


def _numbers(frame: pd.DataFrame, name: str) -> np.ndarray:
    if name not in frame:
        return np.full(len(frame), np.nan)
    return frame[name].to_numpy(dtype=np.float64, na_value=np.nan)


def _map(values: np.ndarray, knots: Knots) -> np.ndarray:
    """Straight lines between the knots, flat beyond them; nan stays nan."""
    return np.interp(values, [x for x, _ in knots], [y for _, y in knots])


def _mean(frame: pd.DataFrame, knots: dict[str, Knots]) -> tuple[np.ndarray, np.ndarray]:
    """Mean of the mapped metrics that are there, and their names with values."""
    total, number = np.zeros(len(frame)), np.zeros(len(frame))
    names = np.full(len(frame), "", dtype=object)
    for column, points in knots.items():
        values = _numbers(frame, column)
        known = np.isfinite(values)
        if not known.any():
            continue
        mapped = _map(values, points)
        total[known] += mapped[known]
        number[known] += 1
        shown = _said(NAMES[column], values)
        names = np.where(known, np.where(names == "", shown, names + ", " + shown), names)
    with np.errstate(invalid="ignore"):
        return np.where(number > 0, total / np.where(number > 0, number, 1), np.nan), names


def _said(name: str, values: np.ndarray) -> np.ndarray:
    """Name and value by row, each value written once: object[rows]."""
    unique, code = np.unique(values, return_inverse=True)
    texts = np.empty(len(unique), dtype=object)
    texts[:] = [f"{name} {value:g}" for value in unique]
    return texts[code]


def _join(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return np.where(first == "", second, np.where(second == "", first, first + ", " + second))
