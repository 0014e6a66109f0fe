"""A generated site as raw link arrays: sections, menus, breadcrumbs, related posts, long tails."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["RawLinks", "generate", "generate_factors"]

CONTENT, BREADCRUMB, SIDEBAR, NAVIGATION, HEADER, FOOTER, UNKNOWN = range(7)
WEIGHT = np.array([1.0, 0.5, 0.4, 0.2, 0.2, 0.1, 0.5])
OWN_LINKS = 14
"""About what a page has beside its templates: breadcrumb, pagination, related posts, text."""
CHUNK = 50_000


@dataclass(frozen=True)
class RawLinks:
    """Merged links of a site, grouped by page as a crawl gives them."""

    pages: int
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    weight: NDArray[np.float64]
    position: NDArray[np.int8]
    total: NDArray[np.float64]
    """All weight on a page, leaks included."""
    seed: NDArray[np.float64]
    priority: NDArray[np.float64]


def generate(pages: int, links: int = 70, seed: int = 7) -> RawLinks:
    """A site of `pages` pages with about `links` links on each."""
    random = np.random.default_rng(seed)
    sections = int(np.clip(pages // 2000, 4, 200))
    section = np.sort(random.integers(0, sections, pages)).astype(np.int32)
    first = np.searchsorted(section, np.arange(sections)).astype(np.int64)
    size = np.diff(np.append(first, pages))
    menus = _menus(random, sections, first, size, max(4, links - OWN_LINKS))
    dangling = random.random(pages) < 0.03
    orphan = random.random(pages) < 0.02
    parts = [
        _chunk(random, rows, section, first, size, menus, dangling, orphan, pages)
        for rows in np.array_split(np.arange(pages), max(1, pages // CHUNK))
    ]
    source, target, position = (np.concatenate(part) for part in zip(*parts))
    weight = WEIGHT[position]
    total = np.bincount(source, weights=weight, minlength=pages)
    leaking = random.random(pages) < 0.3
    total[leaking] += 0.5 * random.integers(1, 6, leaking.sum())
    seeds = np.full(pages, 5.0 / pages)
    linked = random.choice(pages, max(1, pages // 50), replace=False)
    worth = random.pareto(1.2, len(linked))
    seeds[linked] += 95 * worth / worth.sum()
    priority = np.zeros(pages)
    priority[random.choice(pages, min(50, pages), replace=False)] = 1.0
    return RawLinks(pages, source, target, weight, position, total, seeds, priority)


def _menus(
    random: np.random.Generator,
    sections: int,
    first: NDArray[np.int64],
    size: NDArray[np.int64],
    count: int,
) -> dict[int, NDArray[np.int64]]:
    """Targets of each section's menus: by position an int64[sections, targets]."""
    pages = int(size.sum())
    heads = np.unique(first)
    header = random.integers(0, pages, max(1, count // 10))
    footer = random.integers(0, pages, count // 4)
    wide = count - len(header) - len(footer) - count // 5
    navigation = np.resize(np.append(heads, random.integers(0, pages, wide)), wide)
    local = first[:, None] + random.integers(0, 1 << 30, (sections, count // 5)) % size[:, None]
    both = np.column_stack([np.tile(navigation, (sections, 1)), local])
    return {
        NAVIGATION: both,
        HEADER: np.tile(header, (sections, 1)),
        FOOTER: np.tile(footer, (sections, 1)),
    }


def _chunk(
    random: np.random.Generator,
    rows: NDArray[np.int64],
    section: NDArray[np.int32],
    first: NDArray[np.int64],
    size: NDArray[np.int64],
    menus: dict[int, NDArray[np.int64]],
    dangling: NDArray[np.bool_],
    orphan: NDArray[np.bool_],
    pages: int,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int8]]:
    rows = rows[~dangling[rows]]
    at = section[rows]
    blocks = [(rows, targets[at], position) for position, targets in menus.items()]
    crumbs = np.column_stack([np.zeros(len(rows), dtype=np.int64), first[at]])
    near = np.column_stack([np.maximum(rows - 1, 0), np.minimum(rows + 1, pages - 1)])
    related = first[at][:, None] + random.integers(0, 1 << 30, (len(rows), 4)) % size[at][:, None]
    blocks += [(rows, crumbs, BREADCRUMB), (rows, near, UNKNOWN), (rows, related, SIDEBAR)]
    count = np.minimum(random.geometric(1 / 6, len(rows)), 60)
    writer = np.repeat(rows, count)
    inside = random.random(len(writer)) < 0.8
    tail = random.random(len(writer)) ** 3  # popular pages come first in a section and on the site
    span = np.where(inside, size[section[writer]], pages)
    text = np.where(inside, first[section[writer]], 0) + (tail * span).astype(np.int64)
    kept = ~orphan[text]
    blocks.append((writer[kept], text[kept][:, None], CONTENT))
    u = np.concatenate([np.repeat(r, t.shape[1]) for r, t, _ in blocks])
    v = np.concatenate([t.ravel() for _, t, _ in blocks])
    p = np.concatenate([np.full(t.size, position, dtype=np.int8) for _, t, position in blocks])
    p, u, v = p[u != v], u[u != v], v[u != v]
    rank = np.argsort(np.argsort(-WEIGHT, kind="stable"))  # heaviest position of a pair first
    key = np.sort(((u * pages + v) << 3) | rank[p])
    lead = np.append(True, (key[1:] >> 3) != (key[:-1] >> 3))
    key = key[lead]
    place = np.argsort(rank)[key & 7].astype(np.int8)
    pair = key >> 3
    return (pair // pages).astype(np.int32), (pair % pages).astype(np.int32), place


def generate_factors(
    pages: int, links: int = 100, seed: int = 7
) -> tuple["csr_array", NDArray[np.int32], "csr_array", NDArray[np.float64]]:
    """The same kind of site as a sparse remainder, a class for each page, template rows, seeds."""
    from scipy.sparse import csr_array

    random = np.random.default_rng(seed)
    sections = int(np.clip(pages // 2000, 4, 200))
    size = pages // sections
    page_class = np.minimum(np.arange(pages) // size, sections - 1).astype(np.int32)
    first = (np.arange(sections) * size).astype(np.int64)
    menus = _menus(random, sections, first, np.full(sections, size), links - 10)
    target = np.column_stack([menus[p] for p in (NAVIGATION, HEADER, FOOTER)])
    weight = np.concatenate(
        [np.full(menus[p].shape[1], WEIGHT[p]) for p in (NAVIGATION, HEADER, FOOTER)]
    )
    owner = np.repeat(np.arange(sections), target.shape[1])
    key, at = np.unique(owner * pages + target.ravel(), return_index=True)
    template = csr_array(
        (np.tile(weight, sections)[at], (key // pages, key % pages)), shape=(sections, pages)
    )
    count = np.minimum(random.geometric(1 / 10, pages), 60).astype(np.int32)
    count[random.random(pages) < 0.03] = 0
    start = np.concatenate([[0], np.cumsum(count, dtype=np.int64)]).astype(np.int32)
    column = np.empty(start[-1], dtype=np.int32)
    for begin in range(0, pages, CHUNK):
        end = min(begin + CHUNK, pages)
        many = int(start[end] - start[begin])
        base = np.repeat(first[page_class[begin:end]], count[begin:end])
        inside = random.random(many, dtype=np.float32) < 0.8
        tail = random.random(many) ** 3
        column[start[begin] : start[end]] = np.where(inside, base + tail * size, tail * pages)
    data = np.ones(len(column), dtype=np.float32)
    remainder = csr_array((data, column, start), shape=(pages, pages))
    seeds = np.full(pages, 5.0 / pages)
    seeds[random.integers(0, pages, pages // 50)] += 95 / (pages // 50)
    return remainder, page_class, template, seeds
