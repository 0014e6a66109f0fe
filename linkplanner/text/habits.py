"""How this site's editors link: which words they link, from where to where, and in what company."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np

from linkplanner.text.cues import Cues
from linkplanner.text.mentions import key_of, keys_at
from linkplanner.text.rows import Row, Rows
from linkplanner.text.vectors import TermSpace, count_runs
from linkplanner.text.word_runs import WordRuns

__all__ = ["POINTING", "Anchor", "Habits", "Known", "Seen"]

LONGEST: Final = 5
"""Words of an anchor that is looked for elsewhere."""
POINTING: Final = 3
"""An anchor that leads to so many pages points ("previous article"), it names none of them."""
UNSEEN: Final = 3.0
"""Places without a link that every anchor is credited with before it is counted."""
FAR: Final = 20
"""Places in the order of addresses within which two pages are near."""


@dataclass(frozen=True, slots=True)
class Known:
    """A link that stands in a text."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last."""
    target: int
    """Page it leads to, -1 where unknown or outside the site."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page whose links are learned from."""

    page: int
    """Its page id."""
    passage: WordRuns
    """Its text."""
    links: Sequence[Known]
    """Links that stand in the text."""


@dataclass
class Anchor:
    """What is known of one run of words."""

    links: int = 0
    texts: int = 0
    steps: Counter[int] = field(default_factory=Counter)
    targets: Counter[int] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """Share of the places with these words that are links."""
        return self.links / (self.texts + UNSEEN)


def _step(far: int) -> int:
    """Where a target stands from its source in the order of addresses: next to it, near, far."""
    if abs(far) == 1:
        return far
    return int(np.sign(far)) * (2 if abs(far) <= FAR else 3)


class Habits:
    """What the links of a site's texts tell about where further ones would stand.

    The share of places with the same words that are links is Mihalcea and Csomai's keyphraseness
    ("Wikify!", 2007), learned from the site itself instead of an encyclopaedia.
    """

    def __init__(self, pages: Iterable[Seen], places: dict[int, int], space: TermSpace) -> None:
        """pages: read one after the other; places: each page's place in the order of addresses."""
        self._places = places
        self._anchors: dict[tuple[int, int], Anchor] = defaultdict(Anchor)
        self._first_words: set[int] = set()
        company: dict[int, list[np.ndarray]] = defaultdict(list)
        linked: list[tuple[WordRuns, np.ndarray]] = []
        read: list[WordRuns] = []
        for seen in pages:
            if len(seen.passage.sentences):
                at = seen.passage.sentences_at([link.start for link in seen.links])
                linked.append((seen.passage, at))
                self._learn(seen, at, company)
                read.append(seen.passage)
        self.cues = Cues(linked)
        self._company = _sums(company, space)
        self._sizes = sorted({size for size, _ in self._anchors})
        self._wanted = {
            size: np.sort(np.array([k for s, k in self._anchors if s == size], dtype=np.uint64))
            for size in self._sizes
        }
        self._opens = np.zeros(max(self._first_words, default=0) + 2, dtype=bool)
        self._opens[list(self._first_words)] = True
        for passage in read:
            for size, _, keys in self._found(passage):
                for key, number in zip(*np.unique(keys, return_counts=True), strict=True):
                    self._anchors[size, int(key)].texts += int(number)

    def _learn(self, seen: Seen, at: np.ndarray, company: dict[int, list[np.ndarray]]) -> None:
        passage = seen.passage
        here = self._places.get(seen.page, 0)
        for link, sentence in zip(seen.links, at.tolist(), strict=True):
            if link.target < 0 or link.target not in self._places:
                continue
            company[link.target].append(passage.ids[passage.sentence_of == sentence])
            first, last = np.searchsorted(passage.starts, [link.start, link.end])
            if 0 < last - first <= LONGEST:
                self._first_words.add(int(passage.ids[first]))
                anchor = self._anchors[int(last - first), key_of(passage.ids[first:last])]
                anchor.links += 1
                anchor.steps[_step(self._places[link.target] - here)] += 1
                anchor.targets[link.target] += 1

    def _found(self, passage: WordRuns) -> Iterable[tuple[int, np.ndarray, np.ndarray]]:
        """Size, first words and keys of the runs of words that are anchors somewhere."""
        if not self._sizes or not len(passage.ids):
            return
        opens = np.flatnonzero(self._opens[np.minimum(passage.ids, len(self._opens) - 1)])
        for size in self._sizes:
            opens = opens[opens <= len(passage.ids) - size]
            keys = keys_at(passage.ids, opens, size)
            wanted = self._wanted[size]
            at = np.minimum(np.searchsorted(wanted, keys), len(wanted) - 1)
            hit = wanted[at] == keys
            first, keys = opens[hit], keys[hit]
            inside = passage.sentence_of[first] >= 0
            inside &= passage.sentence_of[first] == passage.sentence_of[first + size - 1]
            yield size, first[inside], keys[inside]

    def anchors_in(self, passage: WordRuns) -> list[tuple[int, int, int, Anchor]]:
        """Free runs of words of a text that carry links elsewhere: sentence, first, last word."""
        found = []
        sentence = passage.sentence_of
        for size, first, keys in self._found(passage):
            for at, key in zip(first.tolist(), keys.tolist(), strict=True):
                last = at + size - 1
                if not passage.linked(at, last):
                    found.append((int(sentence[at]), at, last, self._anchors[size, key]))
        return found

    def pointing(self, anchor: Anchor, source: int, target: int) -> float:
        """How surely words that name no page ("previous article") point from source to target."""
        if len(anchor.targets) < POINTING:
            return 0.0
        ends = self._places.get(source), self._places.get(target)
        if ends[0] is None or ends[1] is None:
            return 0.0
        return anchor.share * anchor.steps[_step(ends[1] - ends[0])] / (anchor.links + 1)

    def company(self, target: int) -> Row | None:
        """Sentences that link to the target from other pages, as one row; None where none do."""
        return self._company.get(target)


def _sums(company: dict[int, list[np.ndarray]], space: TermSpace) -> dict[int, Row]:
    """By target, the sum of its sentences' vectors, scaled to length 1.

    company: words of the sentences, which are weighed all at once.
    """
    sentences = [ids for found in company.values() for ids in found]
    if not sentences:
        return {}
    row = np.repeat(np.arange(len(sentences)), [len(ids) for ids in sentences])
    counts = count_runs(np.concatenate(sentences), row, len(sentences))
    vectors = Rows.of(space.transform(counts))
    ends = np.cumsum([0, *map(len, company.values())]).tolist()
    parts = (vectors.part(a, b) for a, b in pairwise(ends))
    return {target: _sum(part) for target, part in zip(company, parts, strict=True)}


def _sum(rows: Rows) -> Row:
    terms, at = np.unique(rows.indices, return_inverse=True)
    total = np.bincount(at, rows.data, minlength=len(terms))
    length = float(np.sqrt((total**2).sum())) or 1.0
    return Row(terms, (total / length).astype(np.float32))
