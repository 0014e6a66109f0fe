"""Joins what several sources say of pages into the one `pages` table and resolves every address.

Redirects and canonicals are followed to the page that answers; `node_id` names its row.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from linkplanner.site.kinds import guess_kinds
from linkplanner.tables import PAGE_ROWS, PAGES
from linkplanner.urls import fold_series, registrable_series

__all__ = ["PageIndex", "answers", "join_pages"]


def join_pages(rows: Sequence[pd.DataFrame], own: frozenset[str]) -> pd.DataFrame:
    """The `pages` table from frames of PAGE_ROWS, the most trusted first.

    Of each column the first source that knows a value wins; `source` names all of them.
    Addresses of other sites are left out.
    """
    stacked = pd.concat([PAGE_ROWS.empty(), *rows], ignore_index=True)
    stacked = stacked[stacked["url"].notna() & registrable_series(stacked["url"]).isin(own)]
    stacked = _with_destinations(stacked, own)
    first = stacked.groupby("url", sort=False).first()
    first["source"] = _joined_sources(stacked)
    first["in_sitemap"] = stacked.groupby("url", sort=False)["in_sitemap"].max()
    pages = PAGE_ROWS.conform(first.reset_index())
    node = _resolve(pages, own)
    pages["page_id"] = np.arange(len(pages))
    pages["node_id"] = pd.Series(node, dtype="Int64").mask(pd.Series(node) < 0)
    pages["indexable"] = _indexable(pages, node)
    pages["kind"] = pages["kind"].fillna(guess_kinds(pages["url"]))
    return PAGES.conform(pages)


def _with_destinations(rows: pd.DataFrame, own: frozenset[str]) -> pd.DataFrame:
    """Adds a bare row for every own address that a redirect or canonical leads to."""
    led = pd.concat([rows["redirect_to"], rows["canonical"]]).dropna()
    led = led[~led.isin(rows["url"])].drop_duplicates()
    led = led[registrable_series(led).isin(own)]
    return pd.concat([rows, PAGE_ROWS.conform(pd.DataFrame({"url": led}))], ignore_index=True)


def _joined_sources(rows: pd.DataFrame) -> pd.Series:
    named = rows[["url", "source"]].dropna().drop_duplicates()
    return named.groupby("url", sort=False)["source"].agg(";".join)


def _resolve(pages: pd.DataFrame, own: frozenset[str]) -> np.ndarray:
    """Row that each row resolves to, -1 where nothing answers; redirect loops answer nothing."""
    step = _next_rows(pages)
    node = step
    for _ in range(max(1, int(np.ceil(np.log2(len(pages) + 1))) + 1)):
        node = np.where(node >= 0, np.take(node, np.maximum(node, 0)), -1)
    settled = node >= 0
    settled[settled] = step[node[settled]] == node[settled]
    return np.where(settled, node, -1)


def _next_rows(pages: pd.DataFrame) -> np.ndarray:
    """One step of resolving: the row itself where it answers, -1 where it traps what arrives."""
    rows = np.arange(len(pages))
    by_url = pd.Series(rows, index=pages["url"].to_numpy())
    status = pages["status"].fillna(200).to_numpy(dtype="int64")
    broken = (status >= 400) | (status < 200) | pages["blocked"].fillna(False).to_numpy(dtype=bool)
    moved = (status >= 300) & (status < 400) | pages["redirect_to"].notna().to_numpy()
    lead = pages["redirect_to"].map(by_url).fillna(-1).to_numpy(dtype="int64")
    lead = np.where(
        moved & pages["redirect_to"].isna().to_numpy(), _by_fold(pages, ~moved & ~broken), lead
    )
    canon = pages["canonical"].map(by_url).fillna(-1).to_numpy(dtype="int64")
    abroad = pages["canonical"].notna().to_numpy() & (canon < 0)
    dead_canon = (canon >= 0) & broken[np.maximum(canon, 0)]
    step = np.where((canon >= 0) & ~dead_canon, canon, rows)
    step = np.where(abroad, -1, step)
    step = np.where(moved, lead, step)
    return np.where(broken, -1, step)


def _by_fold(pages: pd.DataFrame, answering: np.ndarray) -> np.ndarray:
    """For a redirect to a place no source names: the answering page of the same folded address."""
    keys = fold_series(pages["url"])
    table = pd.Series(np.arange(len(pages))[answering], index=keys[answering].to_numpy())
    table = table[~table.index.duplicated()]
    return keys.map(table).fillna(-1).to_numpy(dtype="int64")


def _indexable(pages: pd.DataFrame, node: np.ndarray) -> np.ndarray:
    noindex = pages["noindex"].fillna(False).to_numpy(dtype=bool)
    return (node == np.arange(len(pages))) & ~noindex


def answers(pages: pd.DataFrame) -> np.ndarray:
    """Boolean per row: the page answers itself, so it is a node of the model."""
    return pages["node_id"].fillna(-1).to_numpy(dtype="int64") == np.arange(len(pages))


@dataclass(frozen=True)
class PageIndex:
    """Finds the row of an address: exact first, then folded (scheme, www., last slash)."""

    exact: pd.Series
    """Row by address."""
    folded: pd.Series
    """Row by folded address, the indexable answering row where several share one key."""

    @classmethod
    def of(cls, pages: pd.DataFrame) -> "PageIndex":
        """Index of a `pages` table."""
        rows = np.arange(len(pages))
        better = pages["indexable"].fillna(False).to_numpy(dtype=bool) * 2 + answers(pages)
        order = np.argsort(-better, kind="stable")
        folded = pd.Series(rows[order], index=fold_series(pages["url"]).to_numpy()[order])
        exact = pd.Series(rows, index=pages["url"].to_numpy())
        return cls(exact, folded[~folded.index.duplicated()])

    def find(self, urls: pd.Series) -> pd.Series:
        """Row (Int64) of each address, missing where no page matches."""
        known = urls.dropna().drop_duplicates()
        row = known.map(self.exact)
        row = row.fillna(fold_series(known).map(self.folded))
        table = pd.Series(row.to_numpy(dtype="float64"), index=known.to_numpy())
        return urls.map(table).astype("float64").round().astype("Int64")
