"""Which words carry the link: in the text where they describe the target, else written anew."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Final

from linkplanner.settings import TextSettings
from linkplanner.text.anchors import Pattern, describes, plain
from linkplanner.text.passages import Passage
from linkplanner.text.phrases import anchor_key, is_generic
from linkplanner.text.scoring import Mention
from linkplanner.text.tokens import Lexicon
from linkplanner.text.wanted import Names, Wanted
from linkplanner.text.word_runs import Span

__all__ = ["Words"]

IN_TEXT: Final = 6
"""Runs of words kept of one sentence: some may turn out to be in use."""
WRITTEN: Final = 12
"""The same of the words of a new sentence."""
KEPT: Final = 5000
"""Targets whose words are remembered."""


class Words:
    """Words that may carry a link, whoever else uses them."""

    def __init__(
        self,
        settings: TextSettings,
        names: Names,
        lexicon: Lexicon,
        rarity: Callable[[int], tuple[int, int]],
    ) -> None:
        """rarity: pages that hold a word, and pages in all."""
        self._settings, self._names = settings, names
        self._lexicon, self._rarity = lexicon, rarity
        self._written: dict[int, list[str]] = {}

    def fits(self, anchor: str, taken: Container[str] = ()) -> bool:
        """Whether these words may carry a link from a page with the anchors `taken`."""
        key = anchor_key(anchor)
        return (
            bool(key)
            and key not in taken
            and len(anchor.split()) <= self._settings.anchor_max_words
            and len(anchor) <= self._settings.anchor_max_characters
            and not is_generic(anchor)
        )

    def in_text(
        self, passage: Passage, target: int, mentions: list[Mention]
    ) -> dict[int, list[Span]]:
        """For each open sentence that has any, the words in it that may carry the link, best first.

        mentions: as `scoring.mentions_of` gives them, the most telling first.
        """
        good: dict[int, list[Span]] = defaultdict(list)
        for mention in mentions:
            pattern, span = mention.pattern, mention.span
            if passage.closed[span.sentence]:
                continue
            option = self._good(passage, pattern, span)
            if option is not None and self._own(passage, pattern, option, target):
                good[span.sentence].append(option)
        found: dict[int, list[Span]] = {}
        for sentence, options in good.items():
            wider = (wide for option in options for wide in passage.grown(option))
            ordered = (s for option in options for s in _containing(option, options))
            free = (
                span
                for span in chain(ordered, wider)
                if self.fits(passage.text[span.start : span.end], passage.anchors)
            )
            kept = list(dict.fromkeys(islice(free, IN_TEXT)))
            if kept:
                found[sentence] = kept
        return found

    def _good(self, passage: Passage, pattern: Pattern, span: Span) -> Span | None:
        """The span, with the stop words that belong to it, where its words describe the page."""
        first, last = passage.words(span)
        words = [
            plain(passage.text[a:b])
            for a, b in zip(passage.starts[first:last], passage.ends[first:last], strict=True)
        ]
        holding, pages = self._rarity(int(pattern.ids[0]))
        if pattern.lead or pattern.tail:
            longer = passage.stretched(span, pattern.lead, pattern.tail)
            if longer is not None:
                bare = replace(pattern, lead="", tail="")
                return longer if describes(words, bare, 1, pages) else None
        return span if describes(words, pattern, holding, pages) else None

    def _own(self, passage: Passage, pattern: Pattern, span: Span, target: int) -> bool:
        """Whether the words are no piece of another page's name."""
        first, last = passage.words(span)
        others = self._names.others(passage.ids, first, last, target)
        longest = max(others, default=0)
        return longest == 0 or (longest == last - first and pattern.whole)

    def written(self, goal: Wanted, target: int, taken: Container[str]) -> list[str]:
        """Phrases of the target that may be used as words of a new sentence, best first."""
        if target not in self._written:
            if len(self._written) >= KEPT:
                self._written.clear()
            self._written[target] = list(islice(self._phrased(goal), WRITTEN))
        return [words for words in self._written[target] if anchor_key(words) not in taken]

    def _phrased(self, goal: Wanted) -> Iterator[str]:
        offers = [p for p in goal.phrases if p.kind != "path"] or goal.phrases
        for phrase in offers:
            if self.fits(phrase.text):
                yield phrase.text
        for phrase in offers:
            for cut in _cuts(phrase.text.split(), self._settings.anchor_max_words):
                telling = [(self._lexicon.encode(w, goal.code) >= 0).any() for w in cut]
                if telling[-1] and sum(telling) > 1 and self.fits(" ".join(cut)):
                    yield " ".join(cut)


def _cuts(words: list[str], most: int) -> Iterator[list[str]]:
    """Beginnings of a phrase, longest first; no name is cut in two, no number off its word."""
    for size in range(min(most, len(words) - 1), 1, -1):
        after = words[size]
        if not (after[0].isupper() or any(letter.isdigit() for letter in after)):
            yield words[:size]


def _containing(span: Span, options: list[Span]) -> list[Span]:
    """The spans around one, longest first, itself last."""
    around = [o for o in options if o.start <= span.start and o.end >= span.end]
    return sorted(around, key=lambda o: (o.start - o.end, o.start))
