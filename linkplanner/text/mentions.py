"""Which pages mention which phrases: all phrases against all texts in one pass."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from linkplanner.text.phrases import Phrase
from linkplanner.text.tokens import BREAK, STOP, Lexicon
from linkplanner.text.vectors import chunks, heaviest

__all__ = ["key_of", "keys_at", "mention_strength"]

MAX_PHRASE: Final = 8
"""Longest phrase looked for, in words that are not stop words."""
STRIPPED: Final = 0.3
"""What is left of the weight of a phrase of several words of which one alone is looked for, since
the others are stop words: "wash" is not "down washing"."""
TEXTS: Final = 1000
"""Texts worked on at once."""
KEPT: Final = 250
"""Pages that one text is taken to mention at most, the strongest ones and their equals."""
MAX_OWNERS: Final = 25
"""A phrase that stands for more pages than this is not looked for."""
_MARKED: Final = np.uint64(40)
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)


def key_of(ids: np.ndarray) -> int:
    """Polynomial hash of word numbers modulo 2^64."""
    key = 0
    for number in ids.tolist():
        key = (key * int(_BASE) + number + 1) & (2**64 - 1)
    return key


def keys_at(ids: np.ndarray, first: np.ndarray, size: int) -> np.ndarray:
    """The hashes of the runs of `size` words that begin at some words: uint64[first]."""
    keys = np.zeros(len(first), dtype=np.uint64)
    for step in range(size):
        keys = _longer(keys, ids[first + step].astype(np.uint64))
    return keys


def _longer(keys: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """The hashes of runs that are one word longer."""
    with np.errstate(over="ignore"):
        return keys * _BASE + numbers + np.uint64(1)


def mention_strength(
    encoded: Sequence[np.ndarray],
    phrases: Mapping[int, Sequence[Phrase]],
    languages: Mapping[int, str],
    lexicon: Lexicon,
    *,
    trust: bool = False,
    check: Callable[[], None] = lambda: None,
) -> Any:
    """How strongly text i mentions the j-th page of `phrases`: csr float32[texts, pages], 0 to 1.

    Strength of a phrase: its weight times 1 - ln(1 + texts that hold it) / ln(1 + texts), so that
    words of every text say nothing. With `trust` it is weight / (1 + texts that hold it): where the
    weight counts links, the share of places with these words that are links. Of several phrases of
    a page the strongest counts. check: called every second or so.
    """
    from scipy import sparse

    total = np.log(1.0 + max(1, len(encoded)))
    names = _names(phrases, languages, lexicon, check)
    hits = _find(encoded, names, check)
    rarity = []
    for name, (_, at) in zip(names.values(), hits, strict=True):
        texts = np.bincount(at, minlength=len(name.keys))
        rare = 1.0 / (1.0 + texts) if trust else 1.0 - np.log(1.0 + texts) / total
        rarity.append(np.maximum(rare, 0.0))
    parts = []
    for first in range(0, len(encoded), TEXTS):
        check()
        last = min(len(encoded), first + TEXTS)
        cells = []
        for name, rare, (text, at) in zip(names.values(), rarity, hits, strict=True):
            a, b = np.searchsorted(text, [first, last])
            cells.append(_cells(text[a:b] - first, at[a:b], name, rare))
        parts.append(_strongest(cells, (last - first, len(phrases))))
    if not parts:
        return sparse.csr_array((0, len(phrases)), dtype=np.float32)
    return sparse.vstack(parts, format="csr")


def _cells(
    text: np.ndarray, at: np.ndarray, name: "_Names", rare: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Text, page and strength of every mention: a phrase may stand for several pages."""
    owners = np.diff(name.ends)[at]
    cell = np.repeat(name.ends[at] - np.cumsum(owners) + owners, owners)
    cell += np.arange(len(cell))
    worth = name.weights[cell] * np.repeat(rare[at], owners)
    return np.repeat(text, owners), name.columns[cell], worth.astype(np.float32)


@dataclass(frozen=True)
class _Names:
    """All phrases of one length: keys[i] names the pages columns[ends[i]:ends[i + 1]]."""

    keys: np.ndarray
    """uint64, sorted."""
    ends: np.ndarray
    """int64[keys + 1]."""
    columns: np.ndarray
    """int64: the pages."""
    weights: np.ndarray
    """float64: what the phrase says for each."""


def _names(
    phrases: Mapping[int, Sequence[Phrase]],
    languages: Mapping[int, str],
    lexicon: Lexicon,
    check: Callable[[], None],
) -> dict[int, _Names]:
    """The phrases by their length in words; one that names many pages names none of them."""
    cells: dict[int, dict[int, dict[int, float]]] = {}
    for column, (page, offers) in enumerate(phrases.items()):
        if column % TEXTS == 0:
            check()
        for phrase in offers:
            ids = lexicon.encode(phrase.text, languages.get(page, ""))
            ids = ids[ids >= 0]
            if 0 < len(ids) <= MAX_PHRASE:
                owners = cells.setdefault(len(ids), {}).setdefault(key_of(ids), {})
                lost = len(ids) == 1 and len(phrase.text.split()) > 1
                weight = phrase.weight * (STRIPPED if lost else 1.0)
                owners[column] = max(owners.get(column, 0.0), weight)
    found: dict[int, _Names] = {}
    for size in sorted(cells):
        kept = sorted((k, o) for k, o in cells[size].items() if len(o) <= MAX_OWNERS)
        found[size] = _Names(
            np.array([key for key, _ in kept], dtype=np.uint64),
            np.cumsum([0, *(len(owners) for _, owners in kept)]),
            np.array([c for _, owners in kept for c in owners], dtype=np.int64),
            np.array([w for _, owners in kept for w in owners.values()]),
        )
    return {size: name for size, name in found.items() if len(name.keys)}


def _find(
    encoded: Sequence[np.ndarray], names: Mapping[int, _Names], check: Callable[[], None]
) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each length the texts that hold a phrase, in order, and its place among those of it."""
    found: dict[int, list[tuple[np.ndarray, np.ndarray]]] = {size: [] for size in names}
    marks = {size: _mark(name.keys) for size, name in names.items()}
    for first, last in chunks(np.array([len(ids) for ids in encoded], dtype=np.int64)):
        check()
        kept = [np.append(ids[ids != STOP], BREAK) for ids in encoded[first:last]]
        stream = np.concatenate(kept).astype(np.uint64)
        owner = np.repeat(np.arange(first, last), [len(ids) for ids in kept])
        keys = np.zeros(len(stream) + 1, dtype=np.uint64)
        for size in range(1, min(len(stream), max(names, default=0)) + 1):
            keys = _longer(keys[:-1], stream[size - 1 :])
            if size in names:
                maybe = np.flatnonzero(marks[size][keys >> _MARKED])
                wanted = names[size].keys
                at = np.minimum(np.searchsorted(wanted, keys[maybe]), len(wanted) - 1)
                hit = wanted[at] == keys[maybe]
                cells = np.unique(owner[maybe[hit]] * np.int64(len(wanted)) + at[hit])
                text, place = np.divmod(cells, len(wanted))
                found[size].append((text.astype(np.int32), place.astype(np.int32)))
    none = (np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32))
    return [
        (np.concatenate([text for text, _ in parts]), np.concatenate([at for _, at in parts]))
        for parts in ([none, *found[size]] for size in names)
    ]


def _mark(keys: np.ndarray) -> np.ndarray:
    """Which beginnings of a key occur at all: bool[2^24], quicker to ask than the sorted keys."""
    seen = np.zeros(1 << 24, dtype=bool)
    seen[keys >> _MARKED] = True
    return seen


def _strongest(
    cells: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]], shape: tuple[int, int]
) -> Any:
    """Sparse matrix of the largest value of each cell, and of those the largest of each row."""
    from scipy import sparse

    if not cells:
        return sparse.csr_array(shape, dtype=np.float32)
    rows, columns, values = (np.concatenate(part) for part in zip(*cells, strict=True))
    cell = rows * np.int64(shape[1]) + columns
    order = np.argsort(cell, kind="stable")
    cell = cell[order]
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    best = np.maximum.reduceat(values[order], first) if len(first) else values
    row, column = np.divmod(cell[first], shape[1])
    kept = heaviest(row, best, KEPT) if len(row) else row
    made = (best[kept], (row[kept], column[kept]))
    return sparse.csr_array(made, shape=shape, dtype=np.float32)
