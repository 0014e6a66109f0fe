"""Which pages mention which phrases: all phrases against all texts in one pass."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from linkplanner.text.phrases import Phrase
from linkplanner.text.tokens import BREAK, STOP, Lexicon

__all__ = ["key_of", "mention_strength", "windows", "without_runs"]

MAX_PHRASE: Final = 8
"""Longest phrase looked for, in words that are not stop words."""
STRIPPED: Final = 0.3
"""What is left of the weight of a phrase of several words of which one alone is looked for, since
the others are stop words: "wash" is not "down washing"."""
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)


def key_of(ids: np.ndarray) -> int:
    """Polynomial hash of word numbers modulo 2^64."""
    key = np.uint64(0)
    with np.errstate(over="ignore"):
        for number in ids.astype(np.uint64):
            key = key * _BASE + number + np.uint64(1)
    return int(key)


def windows(ids: np.ndarray, size: int) -> np.ndarray:
    """The hash of every run of `size` words: uint64[len - size + 1]. Line ends match nothing."""
    numbers = ids.astype(np.uint64)
    key = np.zeros(len(ids) - size + 1, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for at in range(size):
            key = key * _BASE + numbers[at : at + len(key)] + np.uint64(1)
    return key


def mention_strength(
    encoded: Sequence[np.ndarray],
    phrases: Mapping[int, Sequence[Phrase]],
    languages: Mapping[int, str],
    lexicon: Lexicon,
    *,
    trust: bool = False,
) -> Any:
    """How strongly text i mentions the j-th page of `phrases`: csr float32[texts, pages], 0 to 1.

    Strength of a phrase: its weight times 1 - ln(1 + texts that hold it) / ln(1 + texts), so that
    words of every text say nothing. With `trust` it is weight / (1 + texts that hold it): where the
    weight counts links, the share of places with these words that are links. Of several phrases of
    a page the strongest counts.
    """
    from scipy import sparse

    keys: dict[tuple[int, int], dict[int, float]] = {}
    for column, (page, offers) in enumerate(phrases.items()):
        for phrase in offers:
            ids = lexicon.encode(phrase.text, languages.get(page, ""))
            ids = ids[ids >= 0]
            if 0 < len(ids) <= MAX_PHRASE:
                owners = keys.setdefault((len(ids), key_of(ids)), {})
                lost = len(ids) == 1 and len(phrase.text.split()) > 1
                weight = phrase.weight * (STRIPPED if lost else 1.0)
                owners[column] = max(owners.get(column, 0.0), weight)
    rows, columns, values = [], [], []
    total = np.log(1.0 + max(1, len(encoded)))
    for (size, key), texts in _find(encoded, keys).items():
        rarity = 1.0 - np.log(1.0 + len(texts)) / total
        if trust:
            rarity = 1.0 / (1.0 + len(texts))
        for column, weight in keys[size, key].items():
            rows.append(texts)
            columns.append(np.full(len(texts), column))
            values.append(np.full(len(texts), weight * max(rarity, 0.0)))
    shape = (len(encoded), len(phrases))
    if not rows:
        return sparse.csr_array(shape, dtype=np.float32)
    return _largest(np.concatenate(rows), np.concatenate(columns), np.concatenate(values), shape)


def without_runs(ids: np.ndarray, runs: Sequence[np.ndarray], lines: Sequence[bool]) -> np.ndarray:
    """A text with the first place of each run of words turned into line ends, longest run first.

    ids, runs: word numbers; stop words are skipped on both sides. A run given twice takes two
    places. lines: whether a run counts only where it is a whole line.
    """
    place = np.flatnonzero(ids != STOP)
    words = np.concatenate([[BREAK], ids[place], [BREAK]])
    order = sorted(range(len(runs)), key=lambda n: -len(runs[n]))
    for n in order:
        run = runs[n][runs[n] != STOP]
        if lines[n]:
            run = np.concatenate([[BREAK], run[run != BREAK], [BREAK]])
        if (run >= 0).any():
            at = _first(words, run)
            words[at : at + len(run) if at >= 0 else 0] = BREAK
    left = ids.copy()
    left[place] = words[1:-1]
    return left


def _first(words: np.ndarray, run: np.ndarray) -> int:
    """The first place of a run, -1 where it stands nowhere."""
    key = int(run[0] < 0)
    for at in np.flatnonzero(words == run[key]).tolist():
        begin = at - key
        if np.array_equal(words[begin : begin + len(run)], run):
            return begin
    return -1


def _find(
    encoded: Sequence[np.ndarray], keys: Mapping[tuple[int, int], object]
) -> dict[tuple[int, int], np.ndarray]:
    """The texts that hold each phrase, by (size, hash)."""
    kept = [np.append(ids[ids != STOP], BREAK) for ids in encoded]
    if not kept:
        return {}
    stream = np.concatenate(kept)
    owner = np.repeat(np.arange(len(kept)), [len(ids) for ids in kept])
    found: dict[tuple[int, int], np.ndarray] = {}
    for size in sorted({size for size, _ in keys}):
        if len(stream) < size:
            break
        wanted = np.sort(np.array([k for s, k in keys if s == size], dtype=np.uint64))
        runs = windows(stream, size)
        place = np.minimum(np.searchsorted(wanted, runs), len(wanted) - 1)
        hit = np.flatnonzero(wanted[place] == runs)
        pairs = np.unique(np.column_stack([place[hit], owner[hit]]), axis=0)
        cuts = np.flatnonzero(np.diff(pairs[:, 0])) + 1
        for group in np.split(pairs, cuts):
            if len(group):
                found[size, int(wanted[group[0, 0]])] = group[:, 1]
    return found


def _largest(
    rows: np.ndarray, columns: np.ndarray, values: np.ndarray, shape: tuple[int, int]
) -> Any:
    """Sparse matrix that keeps the largest value of each cell."""
    from scipy import sparse

    order = np.lexsort((-values, columns, rows))
    rows, columns, values = rows[order], columns[order], values[order]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = (np.diff(rows) != 0) | (np.diff(columns) != 0)
    cells = (values[first].astype(np.float32), (rows[first], columns[first]))
    return sparse.csr_array(cells, shape=shape)
