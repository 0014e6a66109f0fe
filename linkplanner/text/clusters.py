"""Topics of a site: pages that belong together by what they say and how they link."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from linkplanner.settings import TextSettings
from linkplanner.tables import CLUSTER_PAGES, CLUSTER_TIES, CLUSTERS, RIVALS
from linkplanner.text.labels import label_of
from linkplanner.text.louvain import communities
from linkplanner.text.signals import Signals

__all__ = ["Topics", "find_topics"]

NEAR: Final = 12
"""Nearest pages that a page is tied to (relevance.md: the graph on which Leiden was measured)."""
RESOLUTION: Final = 2.0
"""Louvain's resolution, from the same measurement."""
LINK_TIE: Final = 0.3
"""What a link in a text ties, beside the cosine of two texts: about the likeness of a page and its
nearest one on the development sites."""
SEED: Final = 7
"""Seed of the order in which Louvain visits pages."""
LINKED_SHARE: Final = 0.5
"""What the members' links count for a pillar page, beside how central its text is."""
DEPTH: Final = 0.05
"""What each further step of its address costs a pillar page."""


@dataclass(frozen=True)
class Topics:
    """Topics, their pages and what is missing."""

    clusters: pd.DataFrame
    """CLUSTERS: one row a topic, the largest first."""
    pages: pd.DataFrame
    """CLUSTER_PAGES: one row a page."""
    ties: pd.DataFrame
    """CLUSTER_TIES: links that would tie a pillar page and its members together."""
    rivals: pd.DataFrame
    """RIVALS: pairs of pages that compete for one topic."""


def find_topics(
    signals: Signals,
    pages: pd.DataFrame,
    settings: TextSettings,
    *,
    should_stop: Callable[[], bool] = lambda: False,
) -> Topics:
    """Topics by Louvain on the likeness of texts and the links in them.

    signals: of the same pages. The outcome depends neither on the order of pages nor on the run:
    pages are visited in the order of their addresses shuffled with a fixed seed. Stopped early it
    gives no topics.
    """
    rows = pages.set_index("page_id").reindex(signals.ids)
    order = np.argsort(rows["url"].to_numpy(dtype="U"), kind="stable")
    if should_stop() or not len(order):
        return _topics([], [], [], _rivals(signals, rows, {}, settings))
    ties = _ties(signals)
    groups = _communities(ties, order, should_stop)
    clusters, members, missing, number_of = [], [], [], {}
    for number, group in enumerate(groups, start=1):
        if should_stop():
            return _topics([], [], [], _rivals(signals, rows, {}, settings))
        topic = _Topic(signals, rows, group)
        number_of.update(dict.fromkeys(group, number))
        clusters.append({"cluster": number, **topic.summary()})
        members += [{"cluster": number, **row} for row in topic.members()]
        missing += [{"cluster": number, **row} for row in topic.missing()]
    return _topics(clusters, members, missing, _rivals(signals, rows, number_of, settings))


def _topics(
    clusters: list[dict[str, Any]],
    members: list[dict[str, Any]],
    missing: list[dict[str, Any]],
    rivals: pd.DataFrame,
) -> Topics:
    return Topics(
        CLUSTERS.conform(pd.DataFrame(clusters)),
        CLUSTER_PAGES.conform(pd.DataFrame(members)),
        CLUSTER_TIES.conform(pd.DataFrame(missing)),
        rivals,
    )


def _ties(signals: Signals) -> Any:
    """How closely pages belong together: csr float64[pages, pages], symmetric."""
    near = _strongest(signals.near, NEAR)
    ties = near.maximum(near.T) + LINK_TIE * signals.linked.maximum(signals.linked.T)
    return ties.tocsr()


def _strongest(matrix: Any, most: int) -> Any:
    """The largest values of each row."""
    from scipy import sparse

    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort((matrix.indices, -np.round(matrix.data, 6), rows))
    place = np.arange(len(rows)) - matrix.indptr[rows[order]]
    kept = order[(place < most) & (matrix.data[order] > 0)]
    cells = (matrix.data[kept].astype(np.float64), (rows[kept], matrix.indices[kept]))
    return sparse.csr_array(cells, shape=matrix.shape)


def _communities(ties: Any, order: np.ndarray, should_stop: Callable[[], bool]) -> list[list[int]]:
    """Louvain communities of two pages and more, the largest first, pages in order of address;
    none where it was stopped."""
    ordered = ties[order][:, order].tocsr()
    ordered.data = np.round(ordered.data, 6)
    found = communities(ordered, RESOLUTION, SEED, should_stop)
    if found is None:
        return []
    at = np.argsort(found, kind="stable")
    parts = np.split(at, np.flatnonzero(np.diff(found[at])) + 1)
    groups = sorted((part.tolist() for part in parts if len(part) > 1), key=lambda g: (-len(g), g))
    return [order[group].tolist() for group in groups]


class _Topic:
    """One topic: its pillar page and how its pages link."""

    def __init__(self, signals: Signals, rows: pd.DataFrame, group: list[int]) -> None:
        self._signals, self._rows, self._group = signals, rows, group
        self._fit = _central(signals.vectors[group])
        self._inside = signals.linked[group][:, group].tocsr()
        self._pillar = self._choose()

    def _choose(self) -> int:
        """The member that the others link to most and whose text is most central."""
        into = np.asarray(self._inside.sum(axis=0)).ravel() / max(1, len(self._group) - 1)
        central = self._fit / max(1e-9, float(self._fit.max()))
        urls = self._rows["url"].iloc[self._group]
        depth = urls.str.rstrip("/").str.count("/").to_numpy() - 2
        score = LINKED_SHARE * into + (1 - LINKED_SHARE) * central - DEPTH * depth
        return int(np.argmax(np.round(score, 6)))

    def _linked(self) -> tuple[np.ndarray, np.ndarray]:
        """Which members link to the pillar page, and which it links to."""
        to = self._inside[:, [self._pillar]].toarray().ravel() > 0
        out = self._inside[[self._pillar]].toarray().ravel() > 0
        return to, out

    def summary(self) -> dict[str, Any]:
        to, out = self._linked()
        others = len(self._group) - 1
        return {
            "label": label_of(self._signals, self._rows, self._group),
            "pillar_id": int(self._signals.ids[self._group[self._pillar]]),
            "pages": len(self._group),
            "links_inside": int(self._inside.nnz),
            "links_to_pillar": int(to.sum()),
            "links_from_pillar": int(out.sum()),
            "tied": 100.0 * float(to.sum() + out.sum()) / (2 * others),
            "missing": 2 * others - int(to.sum() + out.sum()),
        }

    def members(self) -> list[dict[str, Any]]:
        to, out = self._linked()
        return [
            {
                "page_id": int(self._signals.ids[page]),
                "role": "pillar" if n == self._pillar else "member",
                "fit": 100.0 * float(np.sqrt(max(0.0, self._fit[n]))),
                "links_to_pillar": bool(to[n]),
                "linked_from_pillar": bool(out[n]),
            }
            for n, page in enumerate(self._group)
        ]

    def missing(self) -> list[dict[str, Any]]:
        """Links that would tie pillar page and members, best-fitting members first."""
        to, out = self._linked()
        pillar = int(self._signals.ids[self._group[self._pillar]])
        found = []
        for n in np.argsort(-np.round(self._fit, 6), kind="stable").tolist():
            page = int(self._signals.ids[self._group[n]])
            if n != self._pillar and not to[n]:
                found.append({"kind": "to pillar", "source_id": page, "target_id": pillar})
            if n != self._pillar and not out[n]:
                found.append({"kind": "from pillar", "source_id": pillar, "target_id": page})
        return found


def _central(vectors: Any) -> np.ndarray:
    """Cosine of each text with all of them together: float64[texts]."""
    terms, at = np.unique(vectors.indices, return_inverse=True)
    centre = np.bincount(at, vectors.data, minlength=len(terms))
    length = float(np.sqrt((centre**2).sum())) or 1.0
    row = np.repeat(np.arange(vectors.shape[0]), np.diff(vectors.indptr))
    return np.bincount(row, vectors.data * centre[at] / length, minlength=vectors.shape[0])


def _rivals(
    signals: Signals, rows: pd.DataFrame, cluster: dict[int, int], settings: TextSettings
) -> pd.DataFrame:
    """Pairs of pages so alike that they compete, the most alike first."""
    near = signals.near.tocoo()
    alike = near.data >= settings.rival_cosine
    a, b = near.row[alike], near.col[alike]
    pairs = pd.DataFrame(
        {
            "first": np.minimum(a, b),
            "second": np.maximum(a, b),
            "likeness": 100.0 * near.data[alike].astype(np.float64).clip(0, 1),
        }
    ).drop_duplicates(["first", "second"])
    title = rows["title"].fillna("").str.casefold().to_numpy()
    first, second = pairs["first"].to_numpy(), pairs["second"].to_numpy()
    ends = np.sort(np.column_stack([signals.ids[first], signals.ids[second]]), axis=1)
    frame = pd.DataFrame(
        {
            "page_id": ends[:, 0],
            "rival_id": ends[:, 1],
            "likeness": pairs["likeness"].round(2).to_numpy(),
            "same_title": (title[first] == title[second]) & (title[first] != ""),
            "cluster": pd.array([cluster.get(int(n)) for n in first], dtype="Int64"),
        }
    )
    return RIVALS.conform(
        frame.sort_values(["likeness", "page_id", "rival_id"], ascending=[False, True, True])
    )
