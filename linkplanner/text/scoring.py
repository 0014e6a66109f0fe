"""Which sentence of a page an editor would put a link into: one score for each sentence."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

import numpy as np

from linkplanner.text.anchors import Pattern, plain
from linkplanner.text.habits import POINTING, Anchor, Habits
from linkplanner.text.passages import Passage
from linkplanner.text.rows import Row
from linkplanner.text.wanted import Wanted
from linkplanner.text.word_runs import Span

__all__ = ["FEATURES", "WEIGHTS", "Mention", "Scorer", "mentions_of"]

WEIGHTS: Final[dict[str, float]] = {
    "exact": 0.6,
    "telling": 2.6,
    "first": 1.0,
    "body": 2.4,
    "local body": 3.3,
    "local name": 1.9,
    "opening": 1.5,
    "company": 3.8,
    "trusted": 1.6,
    "pointing": 4.0,
    "next body": 2.4,
    "next name": 0.8,
    "linked words": 2.3,
    "cue": 0.8,
    "own": -3.1,
    "heading": -2.1,
    "card": -1.3,
    "late": -0.4,
    "top": -0.3,
    "length": 1.6,
    "ended": 0.9,
}
"""What each observation on a sentence counts, in log odds. A conditional logit over the sentences
of about 1,450 hidden links on each of several seeds of the four development sites, rounded; each
site was measured with weights fitted on the other three (docs/benchmarks.md)."""

FEATURES: Final = tuple(WEIGHTS)
"""
exact: a phrase of the target stands there word for word; telling: the best phrase, the less often
it stands on the page the more; first: the first place of the best phrase outside headings; body:
likeness with the target's text; local body, local name: the same with terms weighted by how rare
they are on this page, and with the target's phrases; opening: with the target's first lines;
company: with sentences that link to it elsewhere; trusted: words that other pages link to it with;
pointing: words like "previous article" that lead to such neighbours; next: the same of the
sentences before and after; linked words: words that often carry links; cue: words that stand beside
links; own: likeness with the page itself; top: one of the first three sentences; ended: closed by
punctuation."""

OPENING: Final = 3
"""Sentences that count as the top of a page."""
LONG: Final = 5.0
"""Natural logarithm of 150 characters, a usual sentence."""


class Mention:
    """A place with words of the target."""

    __slots__ = ("pattern", "span", "worth")

    def __init__(self, worth: float, pattern: Pattern, span: Span) -> None:
        self.worth, self.pattern, self.span = worth, pattern, span


def mentions_of(passage: Passage, goal: Wanted) -> list[Mention]:
    """Every free place with words of the target, the most telling first."""
    found = [
        Mention(pattern.score, pattern, span)
        for pattern in goal.patterns
        for span in passage.spans(pattern.ids)
    ]
    return sorted(found, key=lambda m: (-m.worth, m.span.start, -m.span.end))


class Scorer:
    """Scores the sentences of pages; what does not depend on the target is kept for each page."""

    def __init__(self, habits: Habits, weights: Mapping[str, float] = WEIGHTS) -> None:
        self._habits, self._weights = habits, weights
        self._source = -1
        self._fixed: dict[str, np.ndarray] = {}
        self._anchors: list[tuple[int, int, int, Anchor]] = []

    def score(
        self, source: int, passage: Passage, target: int, goal: Wanted, mentions: list[Mention]
    ) -> np.ndarray:
        """Log odds of each sentence, up to a constant: float64[sentences]."""
        total = np.zeros(len(passage.sentences))
        for name, values in self.features(source, passage, target, goal, mentions).items():
            total += self._weights.get(name, 0.0) * values
        return total

    def features(
        self, source: int, passage: Passage, target: int, goal: Wanted, mentions: list[Mention]
    ) -> dict[str, np.ndarray]:
        """Every observation on every sentence, by name: float64[sentences] each."""
        if source != self._source:
            self._source = source
            self._fixed = self._alone(passage)
        said = _said(passage, mentions)
        local, company = passage.local, self._habits.company(target)
        body = np.sqrt(np.maximum(passage.fit(goal.body, local), 0.0))
        name = np.sqrt(np.maximum(passage.fit(goal.description, local), 0.0))
        near = np.zeros_like(body) if company is None else passage.fit(company, local)
        trusted, pointing = self._led(source, target, len(body))
        return {
            **self._fixed,
            **said,
            "body": np.sqrt(np.maximum(passage.fit(goal.body), 0.0)),
            "local body": body,
            "local name": name,
            "opening": np.sqrt(np.maximum(passage.fit(goal.opening, local), 0.0)),
            "company": np.sqrt(np.maximum(near, 0.0)),
            "trusted": trusted,
            "pointing": pointing,
            "next body": _beside(body),
            "next name": _beside(name),
        }

    def pointers(self, source: int, target: int) -> dict[int, tuple[float, int, int]]:
        """By sentence, the words that point to the target without naming it: strength 0 to 1, first
        and last word. For the page scored last."""
        found: dict[int, tuple[float, int, int]] = {}
        for sentence, first, last, anchor in self._anchors:
            sure = self._habits.pointing(anchor, source, target)
            found[sentence] = max(found.get(sentence, (0.0, 0, 0)), (sure, first, last))
        return found

    def company(self, target: int) -> Row | None:
        """Sentences that link to the target from other pages, as one row; None where none do."""
        return self._habits.company(target)

    def _alone(self, passage: Passage) -> dict[str, np.ndarray]:
        """What the sentences are by themselves."""
        size = len(passage.sentences)
        self._anchors = list(self._habits.anchors_in(passage))
        linked = np.zeros(size)
        for sentence, _, _, anchor in self._anchors:
            linked[sentence] = max(linked[sentence], anchor.share)
        text = passage.text
        ends = [text[a:b].rstrip()[-1:] for a, b in passage.sentences]
        length = np.array([b - a for a, b in passage.sentences], dtype=np.float64)
        return {
            "linked words": np.sqrt(linked),
            "cue": self._habits.cues.of(passage),
            "own": passage.own,
            "heading": passage.headings.astype(np.float64),
            "card": passage.cards.astype(np.float64),
            "late": np.linspace(0.0, 1.0, size),
            "top": (np.arange(size) < OPENING).astype(np.float64),
            "length": np.log(np.maximum(length, 1.0)) / LONG,
            "ended": np.array([end != "" and end in ".!…)。！" for end in ends], dtype=np.float64),
        }

    def _led(self, source: int, target: int, size: int) -> tuple[np.ndarray, np.ndarray]:
        """Words that lead to the target on other pages, and words that point to its like."""
        trusted, pointing = np.zeros(size), np.zeros(size)
        for sentence, _, _, anchor in self._anchors:
            links = anchor.targets.get(target, 0)
            if links:
                trusted[sentence] = max(trusted[sentence], links / (anchor.texts + 1))
            if len(anchor.targets) >= POINTING:
                sure = self._habits.pointing(anchor, source, target)
                pointing[sentence] = max(pointing[sentence], sure)
        return np.sqrt(trusted), np.sqrt(pointing)


def _said(passage: Passage, mentions: list[Mention]) -> dict[str, np.ndarray]:
    """What the target's phrases make of each sentence."""
    size = len(passage.sentences)
    exact, telling, best = np.zeros(size), np.zeros(size), np.zeros(size)
    number = Counter(id(mention.pattern) for mention in mentions)
    for mention in mentions:
        at = mention.span.sentence
        often = np.log(number[id(mention.pattern)]) / np.log(size + 2)
        telling[at] = max(telling[at], mention.worth * (1.0 - float(often)))
        if mention.worth > best[at]:
            best[at] = mention.worth
            exact[at] = mention.worth if _same(passage, mention) else 0.0
    first = np.zeros(size)
    if len(mentions):
        at = int(np.argmax(np.where(passage.headings, 0.0, best)))
        first[at] = best[at]
    return {"exact": exact, "telling": np.sqrt(np.maximum(telling, 0.0)), "first": first}


def _same(passage: Passage, mention: Mention) -> bool:
    """Whether the words stand as the phrase writes them, stop words aside."""
    first, last = passage.words(mention.span)
    ends = zip(passage.starts[first:last].tolist(), passage.ends[first:last].tolist(), strict=True)
    return tuple(plain(passage.text[a:b]) for a, b in ends) == mention.pattern.words


def _beside(values: np.ndarray) -> np.ndarray:
    """The larger value of the sentences before and after each."""
    found = np.zeros_like(values)
    found[1:] = values[:-1]
    found[:-1] = np.maximum(found[:-1], values[1:])
    return found
