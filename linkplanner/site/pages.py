"""Joins what several sources say of pages into the one `pages` table and resolves every address.

Redirects and canonicals are followed to the page that answers; `node_id` names its row.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from linkplanner.site.kinds import guess_kinds
from linkplanner.tables import PAGE_ROWS, PAGES
from linkplanner.urls import bare_host_series, file_series, fold_series

__all__ = ["PageIndex", "answers", "join_pages"]


def join_pages(rows: Sequence[pd.DataFrame], own: frozenset[str]) -> pd.DataFrame:
    """The `pages` table from frames of PAGE_ROWS, the most trusted first.

    Of each column the first source that knows a value wins; `source` names all of them.
    Addresses on hosts other than `own` (without www.) are left out.
    """
    stacked = pd.concat([PAGE_ROWS.empty(), *rows], ignore_index=True)
    stacked = stacked[stacked["url"].notna() & bare_host_series(stacked["url"]).isin(own)]
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
    led = led[bare_host_series(led).isin(own)]
    return pd.concat([rows, PAGE_ROWS.conform(pd.DataFrame({"url": led}))], ignore_index=True)


def _joined_sources(rows: pd.DataFrame) -> pd.Series:
    named = rows[["url", "source"]].dropna().drop_duplicates()
    return named.groupby("url", sort=False)["source"].agg(";".join)


def _resolve(pages: pd.DataFrame, own: frozenset[str]) -> np.ndarray:
    """Row that each row resolves to, -1 where nothing answers.

    Redirects come first; redirect loops answer nothing. Then canonicals: one that leads back to
    its own page, round in a circle or to a page that does not answer is ignored, one that leads to
    another site takes the page away.
    """
    rows = np.arange(len(pages))
    by_url = pd.Series(rows, index=pages["url"].to_numpy())
    answer = _settle(_redirect_rows(pages, by_url))
    named = pages["canonical"].map(by_url).fillna(-1).to_numpy(dtype="int64")
    final = np.where(named >= 0, answer[np.maximum(named, 0)], -1)
    step = np.where((answer == rows) & (final >= 0), final, rows)
    node = _settle(np.where(_on_circles(step), rows, step))
    named_abroad = ~bare_host_series(pages["canonical"]).isin(own).to_numpy()
    abroad = (answer == rows) & pages["canonical"].notna().to_numpy() & named_abroad
    node = np.where(abroad, -1, node)
    return np.where(answer >= 0, node[np.maximum(answer, 0)], -1)


def _on_circles(step: np.ndarray) -> np.ndarray:
    """Boolean: the row lies on a circle of two rows or more."""
    far = step
    for _ in range(int(np.ceil(np.log2(len(step) + 1))) + 1):
        far = far[far]
    circle = np.zeros(len(step), dtype=bool)
    front = np.unique(far[step[far] != far]) if len(step) else far
    while len(front):
        circle[front] = True
        front = np.unique(step[front])
        front = front[~circle[front]]
    return circle


def _settle(step: np.ndarray) -> np.ndarray:
    """Where following `step` ends for each row: a row that leads to itself, or -1."""
    node = step
    for _ in range(max(1, int(np.ceil(np.log2(len(step) + 1))) + 1)):
        node = np.where(node >= 0, node[np.maximum(node, 0)], -1)
    ends = node >= 0
    ends[ends] = step[node[ends]] == node[ends]
    return np.where(ends, node, -1)


def _redirect_rows(pages: pd.DataFrame, by_url: pd.Series) -> np.ndarray:
    """One redirect further: the row itself where it answers, -1 where it is broken or blocked."""
    status = pages["status"].fillna(200).to_numpy(dtype="int64")
    broken = (status >= 400) | (status < 200) | pages["blocked"].fillna(False).to_numpy(dtype=bool)
    broken |= file_series(pages["url"]).to_numpy(dtype=bool)
    unnamed = pages["redirect_to"].isna().to_numpy()
    moved = ((status >= 300) & (status < 400)) | ~unnamed
    lead = pages["redirect_to"].map(by_url).fillna(-1).to_numpy(dtype="int64")
    lead = np.where(unnamed, _by_fold(pages, ~moved & ~broken), lead)
    return np.where(broken, -1, np.where(moved, lead, np.arange(len(pages))))


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
