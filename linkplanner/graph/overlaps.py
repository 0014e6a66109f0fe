"""Makes links that stand both in a template and beside it count once, at the highest weight."""

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.graph.compact import Codes, CompactMatrix, choose_unit, encode

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["without_overlaps"]

CHUNK_PAGES: Final = 1 << 16


def without_overlaps(
    links: "csr_array", page_class: NDArray[np.int32], template: "csr_array"
) -> tuple[CompactMatrix, NDArray[np.int64]]:
    """S, with S_uv = max(0, w_uv - B_class(u),v) and no self links; pages their own class links to.

    links: float[n, n]; page_class: int32[n], the number of classes where in none.
    """
    n = links.shape[0]
    template.sum_duplicates()
    owner = np.repeat(np.arange(template.shape[0], dtype=np.int64), np.diff(template.indptr))
    key = owner * n + template.indices  # ascending: rows are sorted
    held = np.append(template.data.astype(np.float64), 0.0)
    linked = np.zeros(n, dtype=np.bool_)
    linked[template.indices] = True
    unit = choose_unit(np.asarray(links.data[:: max(1, links.nnz // 1000)], dtype=np.float64))
    for attempt in (unit, None):
        matrix = _differences(links, page_class, linked, key, held, attempt)
        if matrix is not None:
            break
    assert matrix is not None
    return matrix, np.flatnonzero(linked & np.isin(page_class * np.int64(n) + np.arange(n), key))


def _differences(
    links: "csr_array",
    page_class: NDArray[np.int32],
    linked: NDArray[np.bool_],
    key: NDArray[np.int64],
    held: NDArray[np.float64],
    unit: float | None,
) -> CompactMatrix | None:
    n = links.shape[0]
    columns: list[NDArray[np.int32]] = []
    codes: list[Codes] = []
    counts = [np.zeros(1, dtype=np.int64)]
    for first in range(0, n, CHUNK_PAGES):
        start = links.indptr[first : min(n, first + CHUNK_PAGES) + 1].astype(np.int64)
        column = links.indices[start[0] : start[-1]]
        weight = links.data[start[0] : start[-1]].astype(np.float64)
        source = np.repeat(np.arange(first, first + len(start) - 1), np.diff(start))
        doubt = np.flatnonzero(linked[column])
        wanted = page_class[source[doubt]] * np.int64(n) + column[doubt]
        at = np.searchsorted(key, wanted)
        same = key[np.minimum(at, len(key) - 1)] == wanted if len(key) else np.zeros(0, bool)
        weight[doubt] -= np.where(same, held[np.minimum(at, len(held) - 1)], 0.0)
        kept = (weight > 1e-12) & (source != column)
        code = encode(weight[kept], unit)
        if code is None:
            return None
        codes.append(code)
        columns.append(column[kept].astype(np.int32, copy=False))
        counts.append(np.bincount(source[kept] - first, minlength=len(start) - 1))
    place = np.cumsum(np.concatenate(counts))
    small = place.astype(np.int32) if place[-1] < 2**31 else place
    parts = (np.concatenate(columns), np.concatenate(codes))
    return CompactMatrix(small, *parts, unit or 1.0, n)
