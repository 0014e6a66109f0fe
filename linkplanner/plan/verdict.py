"""One verdict per priority page: internal links, links from other sites, or nothing to do.

A page's need is compared with three figures: what it has, what the plan brings it, and the most
that internal links alone can bring it within the limits.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints
from linkplanner.settings import StrategySettings

__all__ = [
    "VERDICTS",
    "Needs",
    "Reckoning",
    "many_links",
    "needs",
    "reconsidered",
    "site_verdict",
    "verdicts",
]

VERDICTS: Final = {
    "fed": "already fed",
    "links": "internal links are enough",
    "budget": "enough if given more of the budget",
    "backlinks": "needs backlinks",
    "blocked": "blocked",
}
"""Code and words of each verdict."""
MANY_LINKS: Final = 100
"""Backlinks beyond which their number is not told: nobody would believe it or act on it."""
LEAST: Final = 1e-9
"""Relative room for rounding in comparisons."""


@dataclass(frozen=True, eq=False)
class Reckoning:
    """What the model says of the priority pages, one entry each."""

    rows: Ints
    """Rows of the page facts."""
    ceiling: Floats
    """Most equity that internal links alone can bring within the limits."""
    returns: Floats
    """Equity that one point placed on the page itself gives it, at least 1."""
    landing: Ints
    """Row of the page that should receive backlinks for it."""
    landing_returns: Floats
    """Equity that one point placed there gives the priority page."""
    link_points: float
    """Points that the site's median good link brings; 0 where there is none."""


@dataclass(frozen=True)
class Needs:
    """What the user said of needs, in points by address of the priority page."""

    typed: Mapping[str, float] = field(default_factory=dict)
    """Figures of their own."""
    rivals: Mapping[str, float] = field(default_factory=dict)
    """Points that the backlinks of a competitor's page would bring."""

    def of(self, url: str) -> tuple[float, str] | None:
        """The figure for a page and where it comes from; None where nothing was said."""
        if url in self.typed:
            return self.typed[url], "your figure"
        if url in self.rivals:
            return self.rivals[url], "the backlinks of a competing page"
        return None


NOTHING_SAID: Final = Needs()


def needs(pages: pd.DataFrame, rows: Ints, settings: StrategySettings) -> tuple[Floats, list[str]]:
    """Equity each priority page usually needs, and where the figure comes from: the median equity
    of the other indexable pages of its kind (five or more), else of the priority pages."""
    equity, kinds = pages["equity"].to_numpy(dtype=np.float64), pages["kind"].to_numpy()
    indexable = pages["indexable"].to_numpy(dtype=bool)
    need, source = np.zeros(len(rows)), []
    for i, row in enumerate(rows):
        others = indexable & (kinds == kinds[row])
        others[row] = False
        if others.sum() >= settings.peers:
            need[i] = float(np.median(equity[others]))
            words = f"the median of {others.sum():,} other pages of kind {kinds[row]}"
        else:
            need[i], words = float(np.median(equity[rows])), "the median of your priority pages"
        source.append(words)
    return need, source


def verdicts(
    pages: pd.DataFrame,
    plan: pd.DataFrame,
    priorities: pd.DataFrame,
    reckoning: Reckoning,
    usual: tuple[Floats, list[str]],
    settings: StrategySettings,
    said: Needs = NOTHING_SAID,
) -> pd.DataFrame:
    """One row per priority page: verdict, words and all figures.

    pages: page facts with equity_before and equity_after; plan: PLAN; priorities: with difficulty;
    usual: of `needs`, for pages of which the user said nothing.
    """
    at = pages.iloc[reckoning.rows]
    before = at["equity_before"].to_numpy(dtype=np.float64)
    after = at["equity_after"].to_numpy(dtype=np.float64)
    difficulty = priorities.drop_duplicates("url").set_index("url")["difficulty"]
    links = plan["target_url"].value_counts()
    urls = at["url"].to_numpy()
    frame = pd.DataFrame(
        {
            "url": urls,
            "title": at["title"].to_numpy(),
            "verdict": "",
            "outside": at["seed"].to_numpy(dtype=np.float64),
            "inside": before - at["seed"].to_numpy(dtype=np.float64),
            "equity_before": before,
            "equity_after": after,
            "ceiling": np.maximum(reckoning.ceiling, after),
            "need": usual[0],
            "need_from": usual[1],
            "links": links.reindex(urls).fillna(0).to_numpy(dtype=np.int64),
            "backlinks_needed": np.nan,
            "landing_url": pages["url"].to_numpy()[reckoning.landing],
            "landing_gain": reckoning.landing_returns * reckoning.link_points,
            "difficulty": difficulty.reindex(urls).to_numpy(dtype=np.float64),
            "usual_need": usual[0],
            "usual_need_from": usual[1],
            "indexable": at["indexable"].to_numpy(dtype=bool),
            "per_link": reckoning.link_points * reckoning.returns,
        }
    )
    return reconsidered(frame, said, settings)


def reconsidered(found: pd.DataFrame, said: Needs, settings: StrategySettings) -> pd.DataFrame:
    """Verdicts with other needs: nothing but comparisons, so a screen can ask at any time.

    found: of `verdicts`; a page of which `said` tells nothing gets its usual need.
    """
    told = [
        said.of(url) or (usual, origin)
        for url, usual, origin in zip(
            found["url"], found["usual_need"], found["usual_need_from"], strict=True
        )
    ]
    need = np.array([figure for figure, _ in told], dtype=np.float64)
    enough = need * (1 - LEAST)
    ceiling = found["ceiling"].to_numpy(dtype=np.float64)
    code = np.select(
        [
            ~found["indexable"].to_numpy(dtype=bool),
            found["equity_before"].to_numpy(dtype=np.float64) >= enough,
            found["equity_after"].to_numpy(dtype=np.float64) >= enough,
            ceiling >= enough,
        ],
        ["blocked", "fed", "links", "budget"],
        "backlinks",
    )
    missing = np.maximum(need - ceiling, 0.0)
    each = found["per_link"].to_numpy(dtype=np.float64)
    count = np.ceil(np.divide(missing, each, out=np.full(len(each), np.nan), where=each > 0))
    frame = found.assign(
        verdict=code, need=need, need_from=[origin for _, origin in told],
        backlinks_needed=np.where(code == "backlinks", count, np.nan),
    )  # fmt: skip
    return frame.assign(words=[_words(row, settings) for row in frame.to_dict("records")])


def _words(row: Mapping[str, object], settings: StrategySettings) -> str:
    """The verdict of one page in a sentence or two."""
    code, links = str(row["verdict"]), int(str(row["links"]))
    difficulty = float(str(row["difficulty"]))
    hard = difficulty >= settings.hard_keyword
    why = (
        f" Its keywords are hard (difficulty {difficulty:.0f} of 100), so links from other sites "
        "matter here in any case."
        if hard and code in ("fed", "links", "budget")
        else ""
    )
    if code == "blocked":
        return "Blocked: the page is not indexable, so no link can help it. Mend that first."
    if code == "fed":
        return "Already fed: it has what it needs; spend the work on other pages." + why
    if code == "links":
        which = f"these {links:,}" if links != 1 else "this one"
        told = f" ({which})" if links else " (those to the pages that link to it)"
        return f"Internal links are enough{told}." + why
    if code == "budget":
        return "Enough if given more of the budget: raise the number of links or its weight." + why
    count = row["backlinks_needed"]
    number = float(str(count))
    hard_words = f" Its keywords are hard (difficulty {difficulty:.0f} of 100)." if hard else ""
    if not np.isfinite(number):
        return (
            "Needs backlinks. How many cannot be told: no good backlink is known to measure by."
            + hard_words
        )
    page = "" if row["landing_url"] == row["url"] else f" Pitch {row['landing_url']} for it."
    noun = "good link" if number == 1 else "good links"
    return f"Needs backlinks: {many_links(number)} {noun} to the page itself.{page}{hard_words}"


def many_links(number: float) -> str:
    """A number of backlinks in words that nobody takes for a promise.

    >>> many_links(12.3), many_links(421.0)
    ('about 12', 'more than 100')
    """
    return f"about {number:,.0f}" if number <= MANY_LINKS else f"more than {MANY_LINKS:,}"


def site_verdict(
    found: pd.DataFrame,
    gain: float,
    hours: float,
    best_pitch: float,
    domains: int,
    settings: StrategySettings,
) -> tuple[str, str]:
    """Which lever moves more now: (code, words). Codes: new, backlinks, links, even, blocked.

    gain: the plan's, in points; hours: its work; best_pitch: points that one good link brings on
    the best page; domains: live referring domains.
    """
    if domains < settings.new_site_domains:
        return "new", (
            f"New site: backlinks first. Only {domains:,} other sites link here, so the model "
            "rests on its floor, the few points that every page gets."
        )
    codes = found["verdict"].value_counts()
    lack, able = int(codes.get("backlinks", 0)), int(codes.get("links", 0) + codes.get("budget", 0))
    if len(found) and int(codes.get("blocked", 0)) == len(found):
        return "blocked", "Every priority page is blocked: mend that before any link."
    worth = gain / best_pitch if best_pitch > 0 else float("inf")
    measure = (
        f" It would take {many_links(worth)} typical good links to your best page to bring as much "
        "as the plan."
        if np.isfinite(worth)
        else ""
    )
    if lack > able:
        return "backlinks", (
            f"Backlinks move more now: {lack:,} of {len(found):,} priority pages need more than "
            f"internal links can bring.{measure}"
        )
    if able > 0:
        return "links", (
            f"Internal links move more now: they are enough for {able:,} of {len(found):,} "
            f"priority pages, in about {hours:,.0f} hours of work.{measure}"
        )
    return "even", f"Your priority pages have what they need; keep both going.{measure}"
