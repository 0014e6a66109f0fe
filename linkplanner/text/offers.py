"""All places where a link could go, whatever other links take: the first of two steps.

What one pair is offered depends on its two pages and the site only, so pairs can be worked on in
any order and in several processes; `text.dealing` then sees to it that no two take the same.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from linkplanner.settings import TextSettings
from linkplanner.text.distance import address_order
from linkplanner.text.documents import TextOf, page_languages
from linkplanner.text.guess import guess_words
from linkplanner.text.habits import Habits, Seen
from linkplanner.text.passages import Passage
from linkplanner.text.reading import Reader
from linkplanner.text.scoring import Scorer, mentions_of
from linkplanner.text.signals import Signals
from linkplanner.text.standing import Standing
from linkplanner.text.targets import Targets
from linkplanner.text.wanted import Names
from linkplanner.text.word_runs import Span
from linkplanner.text.words import Words

__all__ = ["FOUND", "Finder", "Offer", "Option", "Tables", "Wishes"]

FOUND: Final = 3.0
"""What words that may carry the link add to the log odds of their sentence: linking them is less
work than writing a sentence. 0 finds editors' sentences in .02 more cases, 20 in .003 fewer."""
SPARE: Final = 4
"""Sentences kept of a pair beside one for each pair of its page: some may be taken by others."""

Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
"""PAGES, TEXTS and LINKS."""


Wishes = tuple[pd.DataFrame, Mapping[int, Sequence[str]], TextSettings, pd.DataFrame | None]
"""Pairs, keywords, settings and places of links: the first arguments of `Finder`."""


class Option(NamedTuple):
    """A sentence that could take the link, by offsets in its text."""

    start: int
    end: int
    score: float
    """Log odds that an editor would link here, up to a constant."""
    proper: bool
    """Whether another sentence may follow it."""
    spans: tuple[tuple[int, int], ...]
    """Words in it that may carry the link, best first."""


class Offer(NamedTuple):
    """What one pair could take."""

    source: int
    target: int
    options: tuple[Option, ...]
    """Best first, words in the text counted."""
    written: tuple[str, ...]
    """Words for a new sentence, best first."""


class Finder:
    """Finds the places of links on pages of one site."""

    def __init__(
        self,
        pairs: pd.DataFrame,
        keywords: Mapping[int, Sequence[str]],
        settings: TextSettings,
        spans: pd.DataFrame | None,
        tables: Tables,
        signals: Signals | None = None,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        """pairs: [source_id, target_id], all that will be asked for; check: called between steps
        of the start."""
        pages, texts, links = tables
        self._settings = settings
        codes = page_languages(pages, texts).to_dict()
        text = TextOf(texts)
        self._links = Standing(pages, links, spans)
        check()
        self._targets = Targets(pairs, *tables, keywords, codes, text, signals)
        self.space = self._targets.space
        known = (self._targets.lexicon, self.space)
        check()
        self._reader = Reader(pages, text, codes, self._links, known, signals)
        check()
        names = Names(pages, codes, known[0])
        self._words = Words(settings, names, known[0], self._targets.holding)
        order = address_order(pages["url"]).tolist()
        at = dict(zip(pages["page_id"].tolist(), order, strict=True))
        self._scorer = Scorer(Habits(self._seen(pairs, check), at, self.space))
        if signals is not None:
            signals.tidy()

    def _seen(self, pairs: pd.DataFrame, check: Callable[[], None]) -> Iterator[Seen]:
        """Pages to learn the site's habits from."""
        for page in self._links.teachers(pairs):
            check()
            words = self._reader.words(page)
            if words is not None and len(words.sentences):
                yield Seen(page, words, self._links.known(page, words))

    def offers(self, asked: Sequence[tuple[int, Sequence[int]]]) -> list[Offer]:
        """For sources with their targets, what each pair could take, in the order given."""
        passages = self._passages([source for source, _ in asked])
        self._targets.prepare([target for _, targets in asked for target in targets])
        return [
            self._offer(source, target, passages.get(source), SPARE + len(targets))
            for source, targets in asked
            for target in targets
        ]

    def _passages(self, sources: Sequence[int]) -> dict[int, Passage]:
        passages = self._reader.passages(dict.fromkeys(sources))
        for passage in passages.values():
            passage.closed[: self._settings.skip_sentences] = True
        return passages

    def _offer(self, source: int, target: int, passage: Passage | None, most: int) -> Offer:
        goal = self._targets.get(target)
        taken = self._links.keys(source) if passage is None else passage.anchors
        written = tuple(self._words.written(goal, target, taken))
        if passage is None or passage.closed.all():
            return Offer(source, target, (), written)
        mentions = mentions_of(passage, goal)
        score = self._scorer.score(source, passage, target, goal, mentions)
        spans = self._words.in_text(passage, target, mentions)
        options = islice(_options(passage, score, spans), most)
        return Offer(source, target, tuple(options), written)

    def ranked(
        self, source: int, target: int, strict: bool
    ) -> Iterator[tuple[int, int, str, int, int]]:
        """Sentences of a pair, best first, whatever others take: start, end, anchor, its start
        and end (-1 where it is to be written). Not strict: see `placement.places`."""
        passage, goal = self._passages([source]).get(source), self._targets.get(target)
        if passage is None:
            return
        if strict:
            offer = self._offer(source, target, passage, len(passage.sentences))
            for option in offer.options:
                if option.spans:
                    a, b = option.spans[0]
                    yield option.start, option.end, passage.text[a:b], a, b
                elif offer.written:
                    yield option.start, option.end, offer.written[0], -1, -1
            return
        mentions = mentions_of(passage, goal)
        score = self._scorer.score(source, passage, target, goal, mentions)
        asked = (source, passage, target, goal, mentions, self._scorer)
        found = guess_words(*asked, self.space.terms)
        words = next(iter(self._words.written(goal, target, passage.anchors)), "")
        for at in np.argsort(-score, kind="stable").tolist():
            if at in found:
                a, b = found[at].start, found[at].end
                yield *passage.sentences[at], passage.text[a:b], a, b
            elif words:
                yield *passage.sentences[at], words, -1, -1


def _options(
    passage: Passage, score: np.ndarray, spans: Mapping[int, Sequence[Span]]
) -> Iterator[Option]:
    """Open sentences that could take the link, best first."""
    order = score.copy()
    order[list(spans)] += FOUND
    order[passage.closed] = -np.inf
    for at in np.argsort(-order, kind="stable").tolist():
        if order[at] == -np.inf:
            return
        proper, words = passage.proper(at), spans.get(at, ())
        if proper or words:
            places = tuple((span.start, span.end) for span in words)
            start, end = passage.sentences[at]
            yield Option(start, end, round(float(score[at]), 4), proper, places)
