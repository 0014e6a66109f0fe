"""Which words carry the link: in the text where they describe the target, else written anew."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice
from typing import Final

from linkplanner.settings import TextSettings
from linkplanner.text.anchors import Pattern, describes, plain
from linkplanner.text.passages import Passage, Span
from linkplanner.text.phrases import anchor_key, is_generic
from linkplanner.text.scoring import Mention
from linkplanner.text.tokens import Lexicon
from linkplanner.text.wanted import Names, Wanted

__all__ = ["OFFERED", "Words"]

OFFERED: Final = 3
"""Anchors offered for one suggestion."""


class Words:
    """Chooses words and remembers which are taken."""

    def __init__(
        self,
        settings: TextSettings,
        most: Mapping[int, int],
        names: Names,
        lexicon: Lexicon,
        rarity: Callable[[int], tuple[int, int]],
    ) -> None:
        """most: how often one anchor may be used, by target; rarity: pages that hold a word, and
        pages in all."""
        self._settings, self._most, self._names = settings, most, names
        self._lexicon, self._rarity = lexicon, rarity
        self._used: dict[int, Counter[str]] = defaultdict(Counter)

    def take(self, anchor: str, taken: set[str], target: int) -> None:
        """Marks an anchor as used on its page and for its target."""
        if anchor:
            taken.add(anchor_key(anchor))
            self._used[target][anchor_key(anchor)] += 1

    def free(self, anchor: str, taken: set[str], target: int) -> bool:
        """Whether these words may carry one more link to the target from a page with `taken`."""
        key = anchor_key(anchor)
        return (
            bool(key)
            and key not in taken
            and len(anchor.split()) <= self._settings.anchor_max_words
            and len(anchor) <= self._settings.anchor_max_characters
            and self._used[target][key] < self._most[target]
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
                if self.free(passage.text[span.start : span.end], passage.anchors, target)
            )
            kept = list(dict.fromkeys(islice(free, OFFERED * 2)))[:OFFERED]
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

    def written(self, goal: Wanted, taken: set[str], target: int) -> Iterator[str]:
        """Phrases of the target that are free to use as words of a new sentence."""
        offers = [p for p in goal.phrases if p.kind != "path"] or goal.phrases
        for phrase in offers:
            if self.free(phrase.text, taken, target):
                yield phrase.text
        for phrase in offers:
            for cut in _cuts(phrase.text.split(), self._settings.anchor_max_words):
                telling = [(self._lexicon.encode(w, goal.code) >= 0).any() for w in cut]
                if telling[-1] and sum(telling) > 1 and self.free(" ".join(cut), taken, target):
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
