"""Where a link goes on its source page and with which words: sentence, anchor and what to do."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from linkplanner.settings import TextSettings
from linkplanner.text.passages import MAX_TEXT, Passage, Span, read_passage
from linkplanner.text.phrases import CONTENT, Phrase, anchor_key, is_generic, page_phrases
from linkplanner.text.relevance import TITLE_REPEATS, page_documents, page_languages
from linkplanner.text.tokens import Lexicon
from linkplanner.text.vectors import TermSpace, count_terms, encode_all

__all__ = ["ADD", "FIND", "LINK", "place"]

LINK: Final = "Link the words “{anchor}” in this sentence"
ADD: Final = "Add a sentence after “{sentence}” with a link on the words “{anchor}”"
FIND: Final = "Find a place on the page for a link on the words “{anchor}”"
NO_WORDS: Final = "Find a place on the page and words of your own; the fitting ones are in use"

COSINE_WEIGHT: Final = 1.0
"""What a sentence's cosine to the target counts beside a mention (0 to 1). On the development sites
.5 to 2 are within .01 of each other."""
LATE: Final = 0.1
"""What the last sentence of a page loses to the first: editors link the first mention."""
PARTIAL: Final = 0.6
"""Weight of a part of a phrase beside the whole phrase."""
LEAST_PARTIAL: Final = 0.5
"""Smallest share of a phrase's information that a part must carry to be looked for."""
QUOTE: Final = 80
"""Characters of a sentence quoted in an action."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Words to look for on a source page."""

    ids: np.ndarray
    """Word numbers without stop words."""
    score: float
    """How well a place with these words names the target, 0 to 1."""


@dataclass(frozen=True)
class _Target:
    """What is looked for on behalf of one target."""

    phrases: list[Phrase]
    """Its phrases, heaviest first."""
    patterns: list[_Pattern]
    """Whole phrases and their telling parts."""
    vector: Any
    """csr[1, terms]: what it is about."""
    code: str
    """Its language, '' where unknown."""


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
) -> pd.DataFrame:
    """Sentence and anchor for every pair, in the order given.

    pairs: [source_id, target_id]; gives [source_id, target_id, anchor, sentence_before, sentence,
    action]. `sentence_before` is cut from the source's text as it stands, `sentence` marks the
    anchor as [anchor]. Anchors are never generic, never lead elsewhere from that page, and one
    anchor carries at most `settings.anchor_share` of a target's pairs (two at least).
    """
    ids = pairs[["source_id", "target_id"]].astype("int64").reset_index(drop=True)
    desk = _Desk(ids, pages, texts, links, keywords, settings)
    rows = [desk.propose(s, t) for s, t in zip(ids["source_id"], ids["target_id"], strict=True)]
    columns = ["anchor", "sentence_before", "sentence", "action"]
    return ids.join(pd.DataFrame(rows, columns=columns, index=ids.index).astype("str"))


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
    ) -> None:
        self._settings = settings
        self._codes = page_languages(pages, texts)
        self._lexicon = Lexicon()
        main = texts.dropna().drop_duplicates("page_id").set_index("page_id")["text"]
        self._text: dict[int, str] = main[main.index.isin(pairs["source_id"])].to_dict()
        self._existing = _anchors_by_source(links, pairs["source_id"])
        number = pairs.groupby("target_id").size()
        self._most = {int(t): max(2, int(settings.anchor_share * n)) for t, n in number.items()}
        self._used: dict[int, Counter[str]] = defaultdict(Counter)
        self._passages: dict[int, Passage] = {}
        self._bare: dict[int, set[str]] = {}
        self._read_targets(pairs, pages, texts, links, keywords)

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
        documents = page_documents(pages, texts, links).reindex(involved).fillna("")
        for page in targets:
            documents[page] += "\n" + "\n".join([*keywords.get(page, ())] * TITLE_REPEATS)
        codes = [self._code(page) for page in involved]
        counts = count_terms(encode_all(documents.tolist(), codes, self._lexicon))
        self._space = TermSpace(counts)
        vectors = self._space.transform(counts)
        row = {page: n for n, page in enumerate(involved)}
        phrases = page_phrases(pages, links, keywords, targets)
        self._targets: dict[int, _Target] = {}
        for page, offers in phrases.items():
            code = self._code(page)
            vector = vectors[[row[page]]]
            self._targets[page] = _Target(offers, self._patterns(offers, code), vector, code)

    def _code(self, page: int) -> str:
        return str(self._codes.get(page, ""))

    def _patterns(self, phrases: Sequence[Phrase], code: str) -> list[_Pattern]:
        found: dict[bytes, _Pattern] = {}
        for phrase in phrases:
            ids = self._lexicon.encode(phrase.text, code)
            ids = ids[ids >= 0]
            for pattern in _parts(ids, phrase.weight, self._information(ids)):
                key = pattern.ids.tobytes()
                if key not in found or found[key].score < pattern.score:
                    found[key] = pattern
        return sorted(found.values(), key=lambda pattern: -pattern.score)

    def _information(self, ids: np.ndarray) -> np.ndarray:
        """How much each word tells: 1 for a word of every page, more for rarer ones."""
        terms, idf = self._space.terms, self._space.idf
        if not len(terms):
            return np.ones(len(ids))
        at = np.minimum(np.searchsorted(terms, ids), len(terms) - 1)
        return 1.0 + np.where(terms[at] == ids, idf[at], self._space.unseen)

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
            )
        return self._passages[source]

    def propose(self, source: int, target: int) -> tuple[str, str, str, str]:
        """Anchor, sentence as it stands, sentence with the anchor marked, action."""
        goal, passage = self._targets[target], self._passage(source)
        taken = passage.anchors if passage else self._keys(source)
        chosen: _Place | None = None
        if passage is not None and not passage.closed.all():
            chosen = self._mention(passage, goal, target) or self._addition(passage, goal, target)
        if chosen is None:
            words = next(self._written(goal, taken, target), "")
            self._take(words, taken, target)
            return words, "", "", (FIND.format(anchor=words) if words else NO_WORDS)
        assert passage is not None
        self._take(chosen.anchor, taken, target)
        passage.closed[chosen.sentence] = True
        return _shown(passage, chosen)

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

    def _mention(self, passage: Passage, goal: _Target, target: int) -> _Place | None:
        """The best sentence that holds words of the target as they stand."""
        fit = COSINE_WEIGHT * _fit(passage, goal)
        fit -= LATE * np.linspace(0.0, 1.0, len(fit))
        spans = [
            (pattern.score + fit[span.sentence], span)
            for pattern in goal.patterns
            for span in passage.spans(pattern.ids)
        ]
        spans.sort(key=lambda item: (-item[0], item[1].start, -item[1].end))
        for wider in (False, True):
            for _, span in spans:
                for option in passage.grown(span) if wider else (span,):
                    words = passage.text[option.start : option.end]
                    if self._free(words, passage.anchors, target):
                        return _Place(words, option.sentence, option)
        return None

    def _addition(self, passage: Passage, goal: _Target, target: int) -> _Place | None:
        """The sentence after which one about the target fits best."""
        words = next(self._written(goal, passage.anchors, target), "")
        if not words:
            return None
        fit = np.where(passage.closed, -1.0, _fit(passage, goal))
        return _Place(words, int(np.argmax(fit)), None)

    def _written(self, goal: _Target, taken: set[str], target: int) -> Iterator[str]:
        """Phrases of the target that are free to use as words of a new sentence."""
        most = self._settings.anchor_max_words
        for phrase in goal.phrases:
            if self._free(phrase.text, taken, target):
                yield phrase.text
        for phrase in goal.phrases:
            words = phrase.text.split()
            for size in range(min(most, len(words) - 1), 1, -1):
                ends_well = bool((self._lexicon.encode(words[size - 1], goal.code) >= 0).any())
                if ends_well and self._free(cut := " ".join(words[:size]), taken, target):
                    yield cut


def _anchors_by_source(links: pd.DataFrame, sources: pd.Series) -> dict[int, list[str]]:
    """Distinct anchors of the text links on each source page, links that leave included."""
    rows = links[links["position"].isin(CONTENT) & links["source_id"].isin(sources.unique())]
    rows = rows[["source_id", "anchor"]].dropna().drop_duplicates()
    return {int(page): list(group) for page, group in rows.groupby("source_id")["anchor"]}


def _parts(ids: np.ndarray, weight: float, idf: np.ndarray) -> Iterator[_Pattern]:
    """A phrase and its runs of words that carry most of its information."""
    size, total = len(ids), float(idf.sum())
    if size == 0:
        return
    yield _Pattern(ids, weight)
    if total <= 0:
        return
    for length in range(min(size - 1, 6), 0, -1):
        for start in range(size - length + 1):
            share = float(idf[start : start + length].sum()) / total
            if share >= LEAST_PARTIAL:
                yield _Pattern(ids[start : start + length], weight * PARTIAL * share)


def _fit(passage: Passage, goal: _Target) -> np.ndarray:
    """Cosine of each sentence with the target: float64[sentences]."""
    return np.asarray((passage.vectors @ goal.vector.T).toarray(), dtype=np.float64).ravel()


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
