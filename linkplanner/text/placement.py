"""Where a link goes on its source page and with which words: sentence, anchor and what to do."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.settings import TextSettings
from linkplanner.text.anchors import Pattern, describes, plain
from linkplanner.text.cards import is_repeated, repeated_lines
from linkplanner.text.cues import Cues
from linkplanner.text.documents import TITLE_REPEATS, fits_plan, page_documents, page_languages
from linkplanner.text.passages import MAX_TEXT, Passage, Span, read_passage
from linkplanner.text.phrases import CONTENT, Phrase, anchor_key, is_generic, page_phrases
from linkplanner.text.tokens import Lexicon
from linkplanner.text.vectors import Counts, TermSpace, count_terms, encode_all
from linkplanner.text.wanted import Names, Wanted, patterns

__all__ = ["ADD", "FIND", "LINK", "place", "places"]

LINK: Final = "Link the words “{anchor}” in this sentence"
ADD: Final = "Add a sentence after “{sentence}” with a link on the words “{anchor}”"
FIND: Final = "Find a place on the page for a link on the words “{anchor}”"
NO_WORDS: Final = "Find a place on the page and words of your own; the fitting ones are in use"

COSINE_WEIGHT: Final = 1.0
"""What a sentence's cosine to the target counts beside a mention (0 to 1)."""
DESCRIBED: Final = 0.4
"""What the cosine to the target's description counts beside that to its text."""
LATE: Final = 0.1
"""What the last sentence of a page loses to the first: editors link the first mention."""
FOUND: Final = 2.0
"""What words that may carry the link add to their sentence: it comes before any to be written.
Between .1 and .6 nothing changed on the development sites."""
CUE_WEIGHT: Final = 0.1
"""What words that announce a link add to their sentence."""
CUE_PAGES: Final = 500
"""Source pages from which those words are learned."""
RARITY_PAGES: Final = 1000
"""Pages looked at, beside those of the pairs, to tell how common a word is on the site."""
QUOTE: Final = 80
"""Characters of a sentence quoted in an action."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A proposal: the words and, where they stand in the text, the span."""

    anchor: str
    sentence: int
    span: Span | None


def place(
    pairs: pd.DataFrame,
    pages: pd.DataFrame,
    texts: pd.DataFrame,
    links: pd.DataFrame,
    keywords: Mapping[int, Sequence[str]],
    settings: TextSettings,
    spans: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Sentence and anchor for every pair, in the order given.

    pairs: [source_id, target_id]; gives [source_id, target_id, anchor, sentence_before, sentence,
    action]. `sentence_before` is cut from the source's text as it stands, `sentence` marks the
    anchor as [anchor]. Anchors are never generic, never lead elsewhere from that page, and one
    anchor carries at most `settings.anchor_share` of a target's pairs (two at least).
    spans: [page_id, start, end] of the links that stand in the texts, where known; otherwise every
    place where an existing anchor's words stand on its page is taken for that link.
    """
    ids = pairs[["source_id", "target_id"]].astype("int64").reset_index(drop=True)
    desk = _Desk(ids, pages, texts, links, keywords, settings, spans)
    rows = [desk.propose(s, t) for s, t in zip(ids["source_id"], ids["target_id"], strict=True)]
    columns = ["anchor", "sentence_before", "sentence", "action"]
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
        *,
        strict: bool = True,
    ) -> None:
        self._settings, self._strict = settings, strict
        self._codes = page_languages(pages, texts).to_dict()
        self._lexicon = Lexicon()
        main = texts.dropna().drop_duplicates("page_id").set_index("page_id")["text"]
        self._text: dict[int, str] = main[main.index.isin(pairs["source_id"])].to_dict()
        own = set(pages.loc[fits_plan(pages), "page_id"].tolist())
        self._repeated = repeated_lines(main[main.index.isin(own)])
        self._existing = _anchors_by_source(links, pairs["source_id"])
        self._spans = _spans_by_source(spans)
        number = pairs.groupby("target_id").size()
        self._most = {int(t): max(2, int(settings.anchor_share * n)) for t, n in number.items()}
        self._used: dict[int, Counter[str]] = defaultdict(Counter)
        self._passages: dict[int, Passage] = {}
        self._bare: dict[int, set[str]] = {}
        self._names = Names(pages, self._codes, self._lexicon)
        self._read_targets(pairs, pages, texts, links, keywords)
        self._cues = self._learn(pairs)

    def _learn(self, pairs: pd.DataFrame) -> Cues:
        """What announces a link, from the links whose places are known."""
        if self._spans is None:
            return Cues([])
        seen = []
        for source in sorted(set(pairs["source_id"].tolist()))[:CUE_PAGES]:
            passage = self._passage(source)
            if passage is not None and len(passage.sentences):
                at = [start for start, _ in self._spans.get(source, [])]
                seen.append((passage, passage.sentences_at(at)))
        return Cues(seen)

    def _read_targets(
        self,
        pairs: pd.DataFrame,
        pages: pd.DataFrame,
        texts: pd.DataFrame,
        links: pd.DataFrame,
        keywords: Mapping[int, Sequence[str]],
    ) -> None:
        targets = sorted(set(pairs["target_id"].tolist()))
        involved = sorted(set(targets) | set(pairs["source_id"].tolist()))
        known = page_documents(pages, texts, links)
        others = known.index.difference(involved)
        step = max(1, len(others) // RARITY_PAGES)
        read = [*involved, *others[::step]]
        row = {page: n for n, page in enumerate(read)}
        documents = known.reindex(read).fillna("").tolist()
        for page in targets:
            if page in keywords:
                said = "\n".join([*keywords[page]] * TITLE_REPEATS)
                documents[row[page]] += f"\n{said}"
        codes = [self._code(page) for page in read]
        counts = count_terms(encode_all(documents, codes, self._lexicon))
        self._space, self._pages = TermSpace(counts), len(counts)
        found = page_phrases(pages, links, keywords, targets)
        self._targets = {
            page: self._wanted(page, offers, counts, row[page]) for page, offers in found.items()
        }

    def _wanted(self, page: int, phrases: list[Phrase], counts: Counts, row: int) -> Wanted:
        code = self._code(page)
        said = count_terms([self._lexicon.encode("\n".join(p.text for p in phrases), code)])
        return Wanted(
            phrases=phrases,
            patterns=patterns(phrases, code, self._lexicon, self._space),
            body=self._space.transform(counts.row(row)),
            description=self._space.transform(said),
            code=code,
        )

    def _code(self, page: int) -> str:
        return str(self._codes.get(page, ""))

    def _passage(self, source: int) -> Passage | None:
        if source not in self._text:
            return None
        if source not in self._passages:
            self._passages[source] = read_passage(
                self._text[source][:MAX_TEXT],
                self._code(source),
                self._existing.get(source, []),
                self._lexicon,
                self._space,
                spans=None if self._spans is None else self._spans.get(source, []),
                repeated=lambda line: is_repeated(line, self._repeated),
            )
            if not self._strict:
                self._passages[source].closed[:] = False
        return self._passages[source]

    def propose(self, source: int, target: int) -> tuple[str, str, str, str]:
        """Anchor, sentence as it stands, sentence with the anchor marked, action."""
        passage, goal = self._passage(source), self._targets[target]
        taken = passage.anchors if passage else self._keys(source)
        chosen = next(iter(self._choices(passage, goal, target)), None) if passage else None
        if passage is None or chosen is None:
            words = next(self._written(goal, taken, target), "")
            self._take(words, taken, target)
            return words, "", "", (FIND.format(anchor=words) if words else NO_WORDS)
        self._take(chosen.anchor, taken, target)
        passage.closed[chosen.sentence] = True
        return _shown(passage, chosen)

    def offsets(
        self, source: int, target: int, most: int
    ) -> Iterator[tuple[int, int, str, int, int]]:
        """Offsets of the best sentences and of the anchors in them."""
        passage, goal = self._passage(source), self._targets[target]
        if passage is None:
            return
        for chosen in islice(self._choices(passage, goal, target), most):
            at = (chosen.span.start, chosen.span.end) if chosen.span else (-1, -1)
            yield *passage.sentences[chosen.sentence], chosen.anchor, *at

    def _keys(self, source: int) -> set[str]:
        """Keys of the anchors of a page without text."""
        if source not in self._bare:
            offered = map(anchor_key, self._existing.get(source, []))
            self._bare[source] = {key for key in offered if key}
        return self._bare[source]

    def _take(self, anchor: str, taken: set[str], target: int) -> None:
        if anchor:
            taken.add(anchor_key(anchor))
            self._used[target][anchor_key(anchor)] += 1

    def _free(self, anchor: str, taken: set[str], target: int) -> bool:
        key = anchor_key(anchor)
        return (
            bool(key)
            and key not in taken
            and len(anchor.split()) <= self._settings.anchor_max_words
            and self._used[target][key] < self._most[target]
            and not is_generic(anchor)
        )

    def _choices(self, passage: Passage, goal: Wanted, target: int) -> Iterator[_Place]:
        """Open sentences, best first, with the words that carry the link or are to be written."""
        if passage.closed.all():
            return
        score = COSINE_WEIGHT * _fit(passage, goal) - LATE * _lateness(passage)
        score += CUE_WEIGHT * self._cues.of(passage)
        spans = self._spans_of(passage, goal)
        words = np.zeros(len(score))
        for worth, _, span in spans:
            words[span.sentence] = max(words[span.sentence], worth)
        score += words
        anchors = self._anchors(passage, goal, target, spans)
        written = next(self._written(goal, passage.anchors, target), "")
        for sentence in anchors:
            score[sentence] += FOUND
        score[passage.closed] = -np.inf
        for at in np.argsort(-score, kind="stable").tolist():
            if score[at] == -np.inf:
                return
            if at in anchors:
                span = anchors[at]
                yield _Place(passage.text[span.start : span.end], at, span)
            elif written and (passage.proper(at) or not self._strict):
                yield _Place(written, at, None)

    def _spans_of(self, passage: Passage, goal: Wanted) -> list[tuple[float, Pattern, Span]]:
        """Every place with words of the target, the most telling first."""
        spans = [
            (pattern.score, pattern, span)
            for pattern in goal.patterns
            for span in passage.spans(pattern.ids)
        ]
        return sorted(spans, key=lambda item: (-item[0], item[2].start, -item[2].end))

    def _anchors(
        self,
        passage: Passage,
        goal: Wanted,
        target: int,
        spans: list[tuple[float, Pattern, Span]],
    ) -> dict[int, Span]:
        """For each sentence that has any, the words in it that may carry the link."""
        good: dict[int, list[Span]] = defaultdict(list)
        for _, pattern, span in spans:
            option = self._good(passage, pattern, span, target)
            if option is not None and self._own(passage, pattern, option, target):
                good[span.sentence].append(option)
        found: dict[int, Span] = {}
        for sentence, options in good.items():
            wider = (wide for option in options for wide in passage.grown(option))
            ordered = (s for option in options for s in _containing(option, options))
            for span in chain(ordered, wider):
                if self._free(passage.text[span.start : span.end], passage.anchors, target):
                    found[sentence] = span
                    break
        return found

    def _good(self, passage: Passage, pattern: Pattern, span: Span, target: int) -> Span | None:
        """The span, with the stop words that belong to it, where its words describe the page."""
        if not self._strict:
            return span
        first, last = passage.words(span)
        words = [
            plain(passage.text[a:b])
            for a, b in zip(passage.starts[first:last], passage.ends[first:last], strict=True)
        ]
        if pattern.lead or pattern.tail:
            longer = passage.stretched(span, pattern.lead, pattern.tail)
            if longer is not None:
                bare = replace(pattern, lead="", tail="")
                return longer if describes(words, bare, 1, self._pages) else None
        holding = self._holding(int(pattern.ids[0])) if len(words) == 1 else 0
        return span if describes(words, pattern, holding, self._pages) else None

    def _own(self, passage: Passage, pattern: Pattern, span: Span, target: int) -> bool:
        """Whether the words are no piece of another page's name."""
        if not self._strict:
            return True
        first, last = passage.words(span)
        others = self._names.others(passage.ids, first, last, target)
        longest = max(others, default=0)
        return longest == 0 or (longest == last - first and pattern.whole)

    def _holding(self, word: int) -> int:
        """Pages that hold a word."""
        terms = self._space.terms
        at = min(int(np.searchsorted(terms, word)), len(terms) - 1)
        if at < 0 or terms[at] != word:
            return 0
        return round((self._pages + 1) / float(np.exp(self._space.idf[at])))

    def _written(self, goal: Wanted, taken: set[str], target: int) -> Iterator[str]:
        """Phrases of the target that are free to use as words of a new sentence."""
        offers = [p for p in goal.phrases if p.kind != "path"] or goal.phrases
        for phrase in offers:
            if self._free(phrase.text, taken, target):
                yield phrase.text
        for phrase in offers:
            for cut in _cuts(phrase.text.split(), self._settings.anchor_max_words):
                telling = [(self._lexicon.encode(w, goal.code) >= 0).any() for w in cut]
                if telling[-1] and sum(telling) > 1 and self._free(" ".join(cut), taken, target):
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


def _anchors_by_source(links: pd.DataFrame, sources: pd.Series) -> dict[int, list[str]]:
    """Distinct anchors of the text links on each source page, links that leave included."""
    rows = links[links["position"].isin(CONTENT) & links["source_id"].isin(sources.unique())]
    rows = rows[["source_id", "anchor"]].dropna().drop_duplicates()
    return {int(page): list(group) for page, group in rows.groupby("source_id")["anchor"]}


def _spans_by_source(spans: pd.DataFrame | None) -> dict[int, list[tuple[int, int]]] | None:
    if spans is None:
        return None
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for page, start, end in zip(spans["page_id"], spans["start"], spans["end"], strict=True):
        found[int(page)].append((int(start), int(end)))
    return dict(found)


def _fit(passage: Passage, goal: Wanted) -> np.ndarray:
    """How well each sentence fits the target's text and its description: float64[sentences]."""
    return passage.fit(goal.body) + DESCRIBED * passage.fit(goal.description)


def _lateness(passage: Passage) -> np.ndarray:
    return np.linspace(0.0, 1.0, len(passage.sentences))


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
