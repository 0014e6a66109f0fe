"""Which of its places each link takes, so that no two take the same: the second of two steps.

Pairs are dealt with in one order, the surest place first, so the outcome depends neither on the
order of pages nor on how many processes looked for places.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from linkplanner.text.documents import TextOf
from linkplanner.text.offers import FOUND, Offer, Option
from linkplanner.text.phrases import anchor_key

__all__ = ["ADD", "FIND", "LINK", "Dealer", "Placed"]

LINK: Final = "Link the words “{anchor}” in this sentence"
ADD: Final = "Add a sentence after “{sentence}” with a link on the words “{anchor}”"
FIND: Final = "Find a place on the page for a link on the words “{anchor}”"
NO_WORDS: Final = "Find a place on the page and words of your own; the fitting ones are in use"

OFFERED: Final = 3
"""Anchors offered for one suggestion."""
QUOTE: Final = 80
"""Characters of a sentence quoted in an action."""

Placed = tuple[str, str, str, str, str, str]
"""Anchor, sentence as it stands, sentence with the anchor marked, action, anchors to choose from,
second sentence."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """A sentence with the words that carry the link there."""

    option: Option
    anchor: str
    span: tuple[int, int] | None
    """Where the words stand; None where a sentence is to be written."""
    others: tuple[str, ...] = ()


@dataclass
class _Used:
    """What the links dealt out so far take on one page."""

    anchors: set[str] = field(default_factory=set)
    sentences: set[int] = field(default_factory=set)


class Dealer:
    """Deals out sentences and anchors."""

    def __init__(self, text: TextOf, share: float, urls: Mapping[int, str]) -> None:
        """share: largest share of a target's links that one anchor may carry; urls: addresses by
        page, which decide between equals."""
        self._text, self._share, self._urls = text, share, urls
        self._on_page: dict[int, _Used] = defaultdict(_Used)
        self._used: dict[int, Counter[str]] = defaultdict(Counter)
        self._most: dict[int, int] = {}

    def deal(self, offers: Sequence[Offer]) -> list[Placed]:
        """What every pair gets, in the order given. One anchor carries two links of a target at
        least, and at most its share of them."""
        number = Counter(offer.target for offer in offers)
        self._most = {t: max(2, int(self._share * n)) for t, n in number.items()}
        dealt: list[Placed] = [("",) * 6] * len(offers)
        for n in sorted(range(len(offers)), key=lambda n: self._turn(offers[n])):
            dealt[n] = self._one(offers[n])
        return dealt

    def _turn(self, offer: Offer) -> tuple[float, str, str]:
        best = max((_worth(o) for o in offer.options), default=float("-inf"))
        return -best, self._urls.get(offer.source, ""), self._urls.get(offer.target, "")

    def _one(self, offer: Offer) -> Placed:
        used, text = self._on_page[offer.source], self._text.get(offer.source)
        written = [w for w in offer.written if self._free(w, used, offer.target)]
        found = sorted(self._choices(offer, used, text, written), key=_falling)[:2]
        chosen = found[0] if found else None
        anchor = chosen.anchor if chosen else (written[0] if written else "")
        if anchor:
            used.anchors.add(anchor_key(anchor))
            self._used[offer.target][anchor_key(anchor)] += 1
        if chosen is None:
            action = FIND.format(anchor=anchor) if anchor else NO_WORDS
            return anchor, "", "", action, "\n".join(written[:OFFERED]), ""
        used.sentences.add(chosen.option.start)
        rest = [w for w in written if anchor_key(w) != anchor_key(anchor)]
        options = list(dict.fromkeys([anchor, *chosen.others, *rest]))[:OFFERED]
        second = _shown(text, found[1])[2] if len(found) > 1 else ""
        return *_shown(text, chosen), "\n".join(options), second

    def _choices(
        self, offer: Offer, used: _Used, text: str, written: Sequence[str]
    ) -> Iterator[_Choice]:
        """The sentences that are left, with the words that are left."""
        for option in offer.options:
            if option.start in used.sentences:
                continue
            spans = [s for s in option.spans if self._free(text[slice(*s)], used, offer.target)]
            if spans:
                words = [text[slice(*span)] for span in spans[:OFFERED]]
                yield _Choice(option, words[0], spans[0], tuple(words[1:]))
            elif option.proper and written:
                yield _Choice(option, written[0], None)

    def _free(self, anchor: str, used: _Used, target: int) -> bool:
        key = anchor_key(anchor)
        return key not in used.anchors and self._used[target][key] < self._most[target]


def _worth(option: Option) -> float:
    return option.score + (FOUND if option.spans else 0.0)


def _falling(choice: _Choice) -> tuple[float, int]:
    return -(choice.option.score + (FOUND if choice.span else 0.0)), choice.option.start


def _shown(text: str, chosen: _Choice) -> tuple[str, str, str, str]:
    start, end = chosen.option.start, chosen.option.end
    before = text[start:end]
    if chosen.span is not None:
        a, b = chosen.span
        marked = f"{text[start:a]}[{text[a:b]}]{text[b:end]}"
        return chosen.anchor, before, marked, LINK.format(anchor=chosen.anchor)
    short = before if len(before) <= QUOTE else before[: QUOTE - 1].rstrip() + "…"
    action = ADD.format(sentence=short, anchor=chosen.anchor)
    return chosen.anchor, before, f"{before} … [{chosen.anchor}] …", action
