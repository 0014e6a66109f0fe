"""Which pages earn money: matched from what the user names, or proposed from what is known."""

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.errors import InputError
from linkplanner.site.kinds import helper_pages
from linkplanner.site.pages import PageIndex
from linkplanner.tables import KINDS, PRIORITIES

__all__ = ["PROPOSED_PAGES", "join_priorities", "match_pattern", "propose"]

PROPOSED_PAGES: Final = 25
"""Pages proposed at most: with 100 links and 10 a page, more targets than this get next to none."""
PROPOSED_ARTICLES: Final = 5
"""Articles proposed at most, those with most revenue or clicks."""


_ORIGIN: Final = re.compile(r"^https?://[^/]+")


FEW_SELLERS: Final = 3
"""With fewer product and service pages than this, main pages of the site are proposed as well."""
FALLBACK_PAGES: Final = 10
"""Main pages proposed then."""


def _pages_below(urls: pd.Series) -> np.ndarray:
    """How many addresses start with each address as their folder."""
    bare = urls.str.split("?", n=1).str[0].str.rstrip("/")
    parents = bare.str.replace(r"/[^/]*$", "", regex=True)
    below = parents.value_counts()
    for _ in range(8):
        parents = parents[parents.str.count("/") > 2].str.replace(r"/[^/]*$", "", regex=True)
        below = below.add(parents.value_counts(), fill_value=0)
    return bare.map(below).fillna(0).to_numpy()


_ASIDES: Final = (
    r"(?i)/(?:careers?|jobs|press|faqs?|help|support|feed|author|autor|page|tag|wp-[^/]*|rss|quienes-[^/]*"
    r"|nosotros|conocenos|sobre-[^/]*|a-propos|ueber-[^/]*|uber-uns|chi-siamo|over-ons|tentang[^/]*"
    r"|(?:our-)?(?:story|team|history)|company|gallery|galeria|events?|newsletter|subscribe)(?:/|$)"
)
"""Sections that hardly ever earn money by themselves."""


def _asides(urls: pd.Series) -> np.ndarray:
    return urls.str.contains(_ASIDES, regex=True).to_numpy(dtype=bool)


def match_pattern(pattern: str, pages: pd.DataFrame) -> pd.DataFrame:
    """Priorities of all indexable pages that a pattern names, weight 1.

    A shell glob (`/product/*`) on the path, on the whole address where it has a scheme, or the
    name of a page kind (`product`). Raises InputError where nothing matches.
    """
    chosen = pages[pages["indexable"].fillna(False).astype(bool)]
    if pattern in KINDS:
        hits = chosen["kind"] == pattern
    else:
        whole = "://" in pattern
        paths = chosen["url"] if whole else chosen["url"].str.replace(_ORIGIN, "", regex=True)
        hits = paths.map(lambda path: fnmatchcase(path, pattern)).astype(bool)
    if not hits.any():
        raise InputError(
            f"“{pattern}” matches none of the {len(chosen):,} indexable pages; give a pattern such "
            f"as /services/*, a page kind ({', '.join(KINDS)}) or a CSV file with a url column."
        )
    return PRIORITIES.conform(pd.DataFrame({"url": chosen.loc[hits, "url"], "weight": 1.0}))


def join_priorities(
    rows: Sequence[pd.DataFrame], pages: pd.DataFrame
) -> tuple[pd.DataFrame, list[str]]:
    """PRIORITIES with `page_id` of the page each address resolves to, and addresses not found.

    The first row that names a page wins.
    """
    stacked = pd.concat([PRIORITIES.empty(), *rows], ignore_index=True)
    stacked["weight"] = stacked["weight"].fillna(1.0)
    row = PageIndex.of(pages).find(stacked["url"])
    node = row.map(pages["node_id"]).astype("Int64").fillna(row)
    stacked["page_id"] = node
    missing = stacked.loc[stacked["page_id"].isna(), "url"].tolist()
    found = stacked[stacked["page_id"].notna() & (stacked["weight"] > 0)]
    return found.drop_duplicates("page_id").reset_index(drop=True), missing


def propose(pages: pd.DataFrame, traffic: pd.DataFrame, links_in: np.ndarray) -> pd.DataFrame:
    """Likely priority pages: PRIORITIES with `reason`, best first.

    Product and service pages by revenue, sessions and clicks where known, then by the links the
    site itself gives them; then the few articles that bring most. Where hardly any product or
    service page is recognised, main pages of the site fill up. Keywords are the queries with most
    clicks.
    """
    value = _value(pages, traffic).assign(links_in=links_in)
    usable = pages["indexable"].fillna(False).to_numpy(dtype=bool) & (
        pages["status"].fillna(200) == 200
    ).to_numpy(dtype=bool)
    earns = pages["kind"].isin(["product", "service"]).to_numpy()
    order = value.sort_values(
        ["revenue", "sessions", "clicks", "links_in"], ascending=False, kind="stable"
    ).index.to_numpy()
    sellers = order[(usable & earns)[order]][: PROPOSED_PAGES - PROPOSED_ARTICLES]
    if len(sellers) < FEW_SELLERS:
        main = (
            usable
            & pages["kind"].isin(["category", "other"]).to_numpy()
            & ~helper_pages(pages["url"])
            & ~_asides(pages["url"])
        )
        fallback = value.assign(below=_pages_below(pages["url"]))
        order_main = fallback.sort_values(
            ["revenue", "sessions", "clicks", "below", "links_in"], ascending=False, kind="stable"
        ).index.to_numpy()
        sellers = np.concatenate([sellers, order_main[main[order_main]][:FALLBACK_PAGES]])
    readers = (value[["revenue", "clicks", "sessions"]].sum(axis=1) > 0).to_numpy()
    articles = order[(usable & readers & (pages["kind"] == "article").to_numpy())[order]]
    articles = articles[:PROPOSED_ARTICLES]
    chosen = np.concatenate([sellers, articles])
    frame = pd.DataFrame(
        {
            "url": pages["url"].to_numpy()[chosen],
            "weight": np.where(np.isin(chosen, articles), 0.5, 1.0),
            "keywords": value["keywords"].reindex(chosen).to_numpy(),
            "reason": [_reason(pages["kind"].iloc[i], value.loc[i]) for i in chosen],
        }
    )
    return PRIORITIES.conform(frame).assign(reason=frame["reason"].astype("str"))


def _value(pages: pd.DataFrame, traffic: pd.DataFrame) -> pd.DataFrame:
    """Revenue, sessions, clicks and top queries by row of `pages`."""
    known = traffic.dropna(subset="page_id") if "page_id" in traffic else traffic.iloc[:0]
    numbers = ["revenue", "sessions", "clicks"]
    value = pd.DataFrame(0.0, index=pd.RangeIndex(len(pages)), columns=numbers)
    value["keywords"] = pd.Series(dtype="str")
    if len(known):
        sums = known[known["query"].isna()].groupby("page_id")[numbers].sum()
        by_query = known[known["query"].notna()]
        sums = sums.combine_first(by_query.groupby("page_id")[numbers].sum())
        value.loc[sums.index, numbers] = sums.to_numpy(dtype="float64")
        top = by_query.sort_values("clicks", ascending=False).groupby("page_id").head(3)
        words = top.groupby("page_id")["query"].agg(";".join)
        value.loc[words.index, "keywords"] = words.to_numpy()
    return value


def _reason(kind: str, value: pd.Series) -> str:
    if value["revenue"] > 0:
        return f"{kind} page with revenue of {value['revenue']:,.0f}"
    if value["clicks"] > 0:
        return f"{kind} page with {value['clicks']:,.0f} clicks from search"
    if value["sessions"] > 0:
        return f"{kind} page with {value['sessions']:,.0f} sessions"
    if kind in ("category", "other"):
        return "a main page of the site by its address"
    return f"looks like a {kind} page by its address or markup"
