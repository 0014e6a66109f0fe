"""Where a link goes on its source page and with which words: sentence, anchor and what to do."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.errors import Cancelled
from linkplanner.settings import TextSettings
from linkplanner.text.cards import is_repeated, repeated_lines
from linkplanner.text.distance import address_order
from linkplanner.text.documents import TextOf, fits_plan, page_languages
from linkplanner.text.guess import guess_words
from linkplanner.text.habits import Habits, Seen
from linkplanner.text.passages import MAX_TEXT, Passage, Span, read_passage
from linkplanner.text.scoring import Scorer, mentions_of
from linkplanner.text.signals import Signals
from linkplanner.text.standing import Standing
from linkplanner.text.targets import Targets
from linkplanner.text.wanted import Names, Wanted
from linkplanner.text.words import OFFERED, Words

__all__ = ["ADD", "FIND", "LINK", "place", "places"]

LINK: Final = "Link the words “{anchor}” in this sentence"
ADD: Final = "Add a sentence after “{sentence}” with a link on the words “{anchor}”"
FIND: Final = "Find a place on the page for a link on the words “{anchor}”"
NO_WORDS: Final = "Find a place on the page and words of your own; the fitting ones are in use"

FOUND: Final = 3.0
"""What words that may carry the link add to the log odds of their sentence: linking them is less
work than writing a sentence. 0 finds editors' sentences in .02 more cases, 20 in .003 fewer."""
KEPT_PAGES: Final = 4000
"""Pages whose text is kept ready; with more, pairs of one source should stand together."""
QUOTE: Final = 80
"""Characters of a sentence quoted in an action."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A proposal: the words and, where they stand in the text, the span."""

    anchor: str
    sentence: int
    span: Span | None
    others: tuple[str, ...] = ()
    """Further words that could carry the link instead."""


def place(
    pairs: pd.DataFrame,
    pages: pd.DataFrame,
    texts: pd.DataFrame,
    links: pd.DataFrame,
    keywords: Mapping[int, Sequence[str]],
    settings: TextSettings,
    spans: pd.DataFrame | None = None,
    *,
    signals: Signals | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> pd.DataFrame:
    """Sentence and anchor for every pair, in the order given.

    pairs: [source_id, target_id]; gives [source_id, target_id, anchor, sentence_before, sentence,
    action, anchors, second_choice]. `sentence_before` is cut from the source's text as it stands,
    `sentence` marks the anchor as [anchor]. `anchors` holds one to three anchors to choose from, a
    line each, `second_choice` the next best sentence with its anchor marked. Anchors are never
    generic, never lead elsewhere from that page, and one anchor carries at most
    `settings.anchor_share` of a target's pairs (two at least).
    spans: [page_id, start, end] of the links that stand in the texts, where known, and target_id
    where that is known; otherwise every place where an existing anchor's words stand on its page is
    taken for that link. signals: of the same tables, so that texts are compared only once.
    Raises Cancelled when stopped.
    """
    ids = pairs[["source_id", "target_id"]].astype("int64").reset_index(drop=True)
    desk = _Desk(ids, pages, texts, links, keywords, settings, spans, signals, should_stop)
    rows = []
    for s, t in zip(ids["source_id"], ids["target_id"], strict=True):
        _check(should_stop)
        rows.append(desk.propose(s, t))
        progress(len(rows), len(ids))
    columns = ["anchor", "sentence_before", "sentence", "action", "anchors", "second_choice"]
    return ids.join(pd.DataFrame(rows, columns=columns, index=ids.index).astype("str"))


def places(
    pairs: pd.DataFrame,
    pages: pd.DataFrame,
    texts: pd.DataFrame,
    links: pd.DataFrame,
    keywords: Mapping[int, Sequence[str]],
    settings: TextSettings,
    spans: pd.DataFrame | None = None,
    *,
    most: int = 3,
    strict: bool = True,
) -> pd.DataFrame:
    """The best sentences for every pair, each pair by itself: first choice, second and so on.

    Gives [source_id, target_id, choice, start, end, anchor, anchor_start, anchor_end]: offsets of
    the sentence and of the anchor in the source's text; the anchor's are -1 where it would have to
    be written. Not strict: headings, cards and sentences with a link are ranked too and any
    words of the target may carry the link, for measuring.
    """
    ids = pairs[["source_id", "target_id"]].astype("int64").reset_index(drop=True)
    desk = _Desk(ids, pages, texts, links, keywords, settings, spans, strict=strict)
    rows = [
        (s, t, n, *row)
        for s, t in zip(ids["source_id"], ids["target_id"], strict=True)
        for n, row in enumerate(desk.offsets(s, t, most), start=1)
    ]
    columns = ["source_id", "target_id", "choice", "start", "end"]
    return pd.DataFrame(rows, columns=[*columns, "anchor", "anchor_start", "anchor_end"])


class _Desk:
    """Places pairs one after the other and remembers which words and sentences are taken."""

    def __init__(
        self,
        pairs: pd.DataFrame,
        pages: pd.DataFrame,
        texts: pd.DataFrame,
        links: pd.DataFrame,
        keywords: Mapping[int, Sequence[str]],
        settings: TextSettings,
        spans: pd.DataFrame | None,
        signals: Signals | None = None,
        should_stop: Callable[[], bool] = lambda: False,
        *,
        strict: bool = True,
    ) -> None:
        self._settings, self._strict, self._should_stop = settings, strict, should_stop
        self._codes = page_languages(pages, texts).to_dict()
        self._text = TextOf(texts)
        own = pages.loc[fits_plan(pages), "page_id"].tolist()
        self._repeated = repeated_lines(self._text.get(p) for p in own if p in self._text)
        self._links = Standing(pages, links, spans)
        number = pairs.groupby("target_id").size()
        most = {int(t): max(2, int(settings.anchor_share * n)) for t, n in number.items()}
        self._passages: OrderedDict[int, Passage] = OrderedDict()
        self._planned: dict[int, tuple[set[str], set[int]]] = defaultdict(lambda: (set(), set()))
        read = (pages, texts, links)
        self._targets = Targets(pairs, *read, keywords, self._codes, self._text, signals)
        self._lexicon, self._space = self._targets.lexicon, self._targets.space
        names = Names(pages, self._codes, self._lexicon)
        self._words = Words(settings, most, names, self._lexicon, self._targets.holding)
        order = address_order(pages["url"])
        at = dict(zip(pages["page_id"].tolist(), order.tolist(), strict=True))
        self._scorer = Scorer(Habits(self._seen(pairs), at, self._lexicon))

    def _seen(self, pairs: pd.DataFrame) -> Iterator[Seen]:
        """Pages to learn the site's habits from."""
        for page in self._links.teachers(pairs):
            _check(self._should_stop)
            passage = self._passage(page)
            if passage is not None and len(passage.sentences):
                yield Seen(page, passage, self._links.known(page, passage))

    def _code(self, page: int) -> str:
        return str(self._codes.get(page, ""))

    def _passage(self, source: int) -> Passage | None:
        if source not in self._text:
            return None
        if source in self._passages:
            self._passages.move_to_end(source)
            return self._passages[source]
        passage = read_passage(
            self._text.get(source)[:MAX_TEXT],
            self._code(source),
            self._links.anchors(source),
            self._lexicon,
            self._space,
            spans=self._links.spans(source),
            repeated=lambda line: is_repeated(line, self._repeated),
        )
        if not self._strict:
            passage.closed[:] = False
        passage.closed[: self._settings.skip_sentences] = True
        anchors, sentences = self._planned[source]
        passage.anchors |= anchors
        passage.closed[sorted(sentences)] = True
        self._passages[source] = passage
        if len(self._passages) > KEPT_PAGES:
            self._passages.popitem(last=False)
        return passage

    def propose(self, source: int, target: int) -> tuple[str, ...]:
        """Anchor, sentence as it stands, sentence with the anchor marked, action, anchors to
        choose from, second sentence."""
        passage, goal = self._passage(source), self._targets.get(target)
        planned, sentences = self._planned[source]
        taken = passage.anchors if passage else planned | self._links.keys(source)
        found: list[_Place] = []
        if passage is not None:
            found = list(islice(self._choices(source, passage, target, goal), 2))
        if passage is None or not found:
            options = list(islice(self._words.written(goal, taken, target), OFFERED))
            words = options[0] if options else ""
            self._words.take(words, planned, target)
            taken |= planned
            action = FIND.format(anchor=words) if words else NO_WORDS
            return words, "", "", action, "\n".join(options), ""
        chosen = found[0]
        more = islice(self._words.written(goal, taken, target), OFFERED)
        options = list(dict.fromkeys([chosen.anchor, *chosen.others, *more]))[:OFFERED]
        self._words.take(chosen.anchor, planned, target)
        taken |= planned
        sentences.add(chosen.sentence)
        passage.closed[chosen.sentence] = True
        second = _shown(passage, found[1])[2] if len(found) > 1 else ""
        return *_shown(passage, chosen), "\n".join(options), second

    def offsets(
        self, source: int, target: int, most: int
    ) -> Iterator[tuple[int, int, str, int, int]]:
        """Offsets of the best sentences and of the anchors in them."""
        passage, goal = self._passage(source), self._targets.get(target)
        if passage is None:
            return
        for chosen in islice(self._choices(source, passage, target, goal), most):
            at = (chosen.span.start, chosen.span.end) if chosen.span else (-1, -1)
            yield *passage.sentences[chosen.sentence], chosen.anchor, *at

    def _choices(
        self, source: int, passage: Passage, target: int, goal: Wanted
    ) -> Iterator[_Place]:
        """Open sentences, best first, with the words that carry the link or are to be written."""
        if passage.closed.all():
            return
        mentions = mentions_of(passage, goal)
        score = self._scorer.score(source, passage, target, goal, mentions)
        if self._strict:
            in_text = self._words.in_text(passage, target, mentions)
            anchors = {at: spans[0] for at, spans in in_text.items()}
            others = {
                at: tuple(passage.text[span.start : span.end] for span in spans[1:])
                for at, spans in in_text.items()
            }
        else:
            others = {}
            asked = (source, passage, target, goal, mentions, self._scorer)
            anchors = guess_words(*asked, self._space.terms)
        written = next(self._words.written(goal, passage.anchors, target), "")
        if self._strict:
            score[list(anchors)] += FOUND
        score[passage.closed] = -np.inf
        for at in np.argsort(-score, kind="stable").tolist():
            if score[at] == -np.inf:
                return
            if at in anchors:
                span = anchors[at]
                yield _Place(passage.text[span.start : span.end], at, span, others.get(at, ()))
            elif written and (passage.proper(at) or not self._strict):
                yield _Place(written, at, None)


def _check(should_stop: Callable[[], bool]) -> None:
    if should_stop():
        raise Cancelled("Stopped while looking for sentences.")


def _shown(passage: Passage, chosen: _Place) -> tuple[str, str, str, str]:
    before = passage.quote(chosen.sentence)
    if chosen.span is not None:
        return (
            chosen.anchor,
            before,
            passage.marked(chosen.span),
            LINK.format(anchor=chosen.anchor),
        )
    short = before if len(before) <= QUOTE else before[: QUOTE - 1].rstrip() + "…"
    action = ADD.format(sentence=short, anchor=chosen.anchor)
    return chosen.anchor, before, f"{before} … [{chosen.anchor}] …", action
