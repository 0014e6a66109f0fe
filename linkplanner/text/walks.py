"""What the links between pages say: who links to whom, and where a walk along links leads."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

__all__ = ["cocited", "link_matrix", "ranks", "transitions"]

WALK: Final = 0.7
STEPS: Final = 4
"""Share of a random walk that goes on at each step, and steps taken."""
FAINT: Final = 1e-4
"""Share of a walk below which a page is left out: it would add under .02 to a sum of about 3."""


HUB: Final = 300
"""Pages with more links in, or out, than this say nothing of what is linked beside them."""


def cocited(linked: Any) -> Any:
    """How often two pages are linked from the same pages: csr float32[pages, pages], 0 to 1.

    Cosine of the sets of pages that link to them (Small, Co-citation in the scientific literature,
    1973), hubs left out.
    """
    from scipy import sparse

    out = np.asarray(linked.sum(axis=1)).ravel()
    into = np.asarray(linked.sum(axis=0)).ravel()
    rows = sparse.diags_array((out <= HUB).astype(np.float32))
    scale = np.where((into > 0) & (into <= HUB), 1.0 / np.sqrt(np.maximum(into, 1.0)), 0.0)
    scaled = (rows @ linked @ sparse.diags_array(scale.astype(np.float32))).tocsr()
    both = (scaled.T @ scaled).tocoo()
    apart = both.row != both.col
    cells = (both.data[apart], (both.row[apart], both.col[apart]))
    return sparse.csr_array(cells, shape=both.shape, dtype=np.float32)


def link_matrix(
    pages: pd.DataFrame, links: pd.DataFrame, ids: np.ndarray, positions: Sequence[str]
) -> Any:
    """Links between the pages of `ids`, each pair once: csr float32[pages, pages]."""
    from scipy import sparse

    node = pages.set_index("page_id")["node_id"]
    place = pd.Series(np.arange(len(ids)), index=ids)
    rows = links.loc[links["position"].isin(positions), ["source_id", "target_id"]].dropna()
    ends = [rows[name].map(node).map(place) for name in ("source_id", "target_id")]
    known = ends[0].notna() & ends[1].notna() & (ends[0] != ends[1])
    source, target = (end[known].to_numpy(dtype=np.int64) for end in ends)
    shape = (len(ids), len(ids))
    ones = np.ones(len(source), dtype=np.float32)
    matrix = sparse.coo_array((ones, (source, target)), shape=shape).tocsr()
    matrix.data[:] = 1.0
    return matrix


def transitions(linked: Any) -> Any:
    """Where a walk goes: row i holds the shares of page i's neighbours, both directions."""
    from scipy import sparse

    both = (linked + linked.T).tocsr()
    degree = np.asarray(both.sum(axis=1)).ravel()
    scale = np.divide(1.0, degree, out=np.zeros_like(degree), where=degree > 0)
    return (sparse.diags_array(scale) @ both).tocsr().astype(np.float32)


def ranks(walk: Any, rows: np.ndarray) -> Any:
    """Personalised PageRank from each of the rows: csr float32[rows, pages].

    walk: see `transitions`. The start itself is left out; so is what is `FAINT`.
    """
    from scipy import sparse

    ones = np.ones(len(rows), dtype=np.float32)
    start = (ones, rows, np.arange(len(rows) + 1))
    here = sparse.csr_array(start, shape=(len(rows), walk.shape[0]))
    total = sparse.csr_array(here.shape, dtype=np.float32)
    for _ in range(STEPS):
        here = (here @ walk) * np.float32(WALK)
        here.data[here.data < FAINT] = 0.0
        here.eliminate_zeros()
        total = total + here
    return total
