"""Views on which page a page should link to, each a score of every target for a source."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from linkplanner.errors import Cancelled
from linkplanner.mapped import give_back
from linkplanner.text.columns import Columns, dense, facing, largest_of, same
from linkplanner.text.corpus import Corpus
from linkplanner.text.distance import Distance, address_order
from linkplanner.text.documents import describe_targets, fits_plan, page_languages
from linkplanner.text.encodings import Encodings
from linkplanner.text.mentions import mention_strength
from linkplanner.text.phrases import CONTENT, Phrase, anchor_trust, page_phrases
from linkplanner.text.shortlist import frequent, largest, nearest, thinned
from linkplanner.text.unlinked import unlinked
from linkplanner.text.walks import cocited, link_matrix, ranks, transitions

__all__ = ["SIGNALS", "Signals"]

SIGNALS: Final = (
    "tfidf",
    "title",
    "anchors",
    "passage",
    "neighbours",
    "linked",
    "pagerank",
    "mention",
    "order",
    "popular",
    "company",
    "cocited",
    "distance",
)
"""Names of the signals: likeness of the two texts; of the source's text and what names the target;
existing anchors of the target that stand in the source; likeness of the source's best paragraph and
the target's description; links of similar pages; likeness to pages the source links to;
personalised PageRank; an unlinked mention; nearness in the order of addresses; pages that link to
the target; likeness of the source's best paragraph and what stands around links to the target;
links beside links to the pages that the source links to; how often the site links so far before or
after a page, see `text.distance`."""
NEAR_STEPS: Final = 20
"""Places in the order of addresses up to which pages are neighbours: parts of a series, posts of
the same weeks."""
NEIGHBOURS: Final = 15
"""Nearest pages whose links speak for a page (relevance.md)."""
POPULAR_SCALE: Final = 5.0
"""Natural logarithm of about 150 linking pages."""
NEXT: Final = 3
"""Pages before and after in the order of addresses that are looked at in any case."""
LISTED: Final = 50
"""Pages that each signal may name for the shortlist of a large site."""


class Signals:
    """All that the signals need, made once for a site.

    pages, texts, links: tables PAGES, TEXTS, LINKS. Rows and columns of every score are the pages
    that `fits_plan`, in the order of `ids`.
    """

    def __init__(
        self,
        pages: pd.DataFrame,
        texts: pd.DataFrame,
        links: pd.DataFrame,
        keywords: Mapping[int, Sequence[str]],
        encodings: Encodings | None = None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        """encodings: kept from an earlier run, so that only changed texts are read. Raises
        Cancelled when stopped between two steps."""
        self.ids: np.ndarray = pages.loc[fits_plan(pages), "page_id"].to_numpy(dtype=np.int64)
        self._row = {page: row for row, page in enumerate(self.ids.tolist())}
        self._last: tuple[np.ndarray, list[Any]] | None = None
        self._encodings = encodings or Encodings()
        self.lexicon = self._encodings.lexicon
        languages = page_languages(pages, texts)
        self._codes = [str(code) for code in languages.reindex(self.ids)]

        def check() -> None:
            _check(should_stop)

        self._corpus = Corpus(pages, texts, self.ids, self._codes, self._encodings, check)
        self.space, self.vectors = self._corpus.space, self._corpus.vectors
        self.linked: Any = link_matrix(pages, links, self.ids, CONTENT)
        self._walk = transitions(self.linked)
        self.near, self._rough = nearest(self.vectors, NEIGHBOURS, check)
        self._alike = (self.near + self.near.T).tocsr()
        self._popular = np.log1p(np.asarray(self.linked.sum(axis=0)).ravel()) / POPULAR_SCALE
        self._place = address_order(pages.set_index("page_id")["url"].reindex(self.ids))
        self._at_place = np.argsort(self._place)
        self._beside, self._distance = cocited(self.linked), Distance(self.linked, self._place)
        check()
        phrases = page_phrases(pages, links, keywords, self.ids.tolist(), check)
        self._find(pages, links, phrases, check)
        self._describe(pages, links, phrases, check)
        del phrases
        self.tidy()

    def _find(
        self,
        pages: pd.DataFrame,
        links: pd.DataFrame,
        phrases: Mapping[int, Sequence[Phrase]],
        check: Callable[[], None],
    ) -> None:
        """What stands in which text: phrases and anchors of targets, and the company of links."""
        ids, codes = self.ids.tolist(), self._codes
        free, around = unlinked(
            self._corpus.bodies, self.ids, codes, self.lexicon, pages, links, check
        )
        self._company = self._corpus.around(around)
        del around
        self.tidy()
        known = (dict(zip(ids, codes, strict=True)), self.lexicon)
        self.mentions: Any = mention_strength(free, phrases, *known, check=check)
        self.tidy()
        trusted = anchor_trust(links, ids)
        self._anchors = mention_strength(free, trusted, *known, trust=True, check=check)

    def tidy(self) -> None:
        """Hands memory that a step on a large site left free back to the system: pieces of texts
        and of tables lie between what is kept."""
        if self.large:
            self._last = None
            give_back()

    def __getstate__(self) -> dict[str, Any]:
        """Without what only the next run needs."""
        return {**self.__dict__, "_encodings": None, "_last": None}

    @property
    def large(self) -> bool:
        """Whether pages are compared in full only with those on their shortlist."""
        return self._rough is not None

    @property
    def in_order(self) -> np.ndarray:
        """Places in `ids` in the order of addresses: neighbours are often alike."""
        return self._at_place

    def body(self, page: int) -> np.ndarray | None:
        """Word numbers of a page's text as `Lexicon.encode` gives them; None of unknown pages."""
        row = self._row.get(page)
        return None if row is None else self._corpus.bodies[row]

    def code(self, row: int) -> str:
        """Language of the page in a row, '' where unknown."""
        return self._codes[row]

    def frequency(self, word: int) -> int:
        """Pages whose document holds a word, 1 at least."""
        at = min(int(np.searchsorted(self.space.terms, word)), len(self.space.terms) - 1)
        if at < 0 or self.space.terms[at] != word:
            return 1
        return max(1, round((len(self.ids) + 1) / float(np.exp(self.space.idf[at]))))

    def _describe(
        self,
        pages: pd.DataFrame,
        links: pd.DataFrame,
        phrases: Mapping[int, Sequence[Phrase]],
        check: Callable[[], None],
    ) -> None:
        """Vectors of what names each page, without and with the anchors of links to it."""
        named = [
            "\n".join(phrase.text for phrase in offers if phrase.kind != "anchor")
            for offers in phrases.values()
        ]
        anchors = describe_targets(pages, links)
        both = [
            f"{name}\n{anchors.get(page, '')}"
            for name, page in zip(named, self.ids.tolist(), strict=True)
        ]
        check()
        self.named = self._corpus.described(named)
        check()
        self._told = self._corpus.described(both)
        check()
        if self._rough is None:
            self._everyone = Columns(None, *(m.T.tocsr() for m in self._compared()))
        else:
            self._common = frequent(self.vectors)
            self._thin_names = thinned(self._told).T.tocsr()
            self._thin_company = thinned(self._company).T.tocsr()

    def _sides(
        self, columns: np.ndarray | None, vectors: Any, passages: Any
    ) -> tuple[Any, Any, Columns]:
        """Texts and paragraphs of sources, and the targets to compare with."""
        if columns is None and self._rough is None:
            return vectors, passages, self._everyone
        some = np.arange(len(self.ids)) if columns is None else columns
        if self._last is None or not same(self._last[0], some):
            self._last = None  # before the next ones are made
            self._last = some, [matrix[some] for matrix in self._compared()]
        (vectors, passages), turned = facing([vectors, passages], self._last[1])
        return vectors, passages, Columns(some, *turned)

    def _compared(self) -> tuple[Any, ...]:
        return self.vectors, self.named, self._told, self._company

    def _cocited(self, rows: np.ndarray) -> Any:
        """How often a page is linked beside those that the rows link to, on average."""
        linked = self.linked[rows]
        number = np.maximum(np.diff(linked.indptr), 1)
        found = (linked @ self._beside).tocsr()
        found.data /= np.repeat(number, np.diff(found.indptr))
        return found

    def shortlist(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
        """Place in `rows` and page of every pair worth a full look; None where all are.

        Of a site of more than `shortlist.WHOLE` pages: those whose rarer words are alike, and those
        that single signals name.
        """
        if self._rough is None:
            return None
        rough = self._rough[rows]
        place, at = np.nonzero(rough >= 0)
        near = self._place[rows][:, None] + np.array([d for d in range(-NEXT, NEXT + 1) if d])
        near = np.clip(near, 0, len(self.ids) - 1)
        order = self._at_place[near]
        found = [
            (place, rough[place, at]),
            (np.repeat(np.arange(len(rows)), order.shape[1]), order.ravel()),
        ]
        thin = thinned(self.vectors[rows], self._common)
        for matrix in (
            thin @ self._thin_names,
            thin @ self._thin_company,
            self._cocited(rows),
            self._anchors[rows],
            self.near[rows] @ self.linked,
            self.linked[rows] @ self._alike,
            ranks(self._walk, rows),
            self.mentions[rows],
        ):
            found.append(largest(matrix.tocsr(), LISTED))
        row, column = (np.concatenate(part) for part in zip(*found, strict=True))
        return row, column

    def block(self, rows: np.ndarray, columns: np.ndarray | None = None) -> dict[str, np.ndarray]:
        """Scores of the targets in `columns`, or of all, for the sources in `rows`:
        float32[rows, targets] each.

        Square roots of cosines, shares and probabilities, so that the weights of `suggest.WEIGHTS`
        add up what is small but telling.
        """
        passages, owner = self._corpus.passages(rows)
        vectors, passages, right = self._sides(columns, self.vectors[rows], passages)
        told, company = (
            largest_of(passages, targets, owner, len(rows))
            for targets in (right.told, right.company)
        )
        scores = {
            "tfidf": dense(vectors @ right.texts),
            "title": dense(vectors @ right.names),
            "anchors": right.of(self._anchors[rows]),
            "passage": told,
            "neighbours": right.of(self.near[rows] @ self.linked),
            "linked": right.of(self.linked[rows] @ self._alike),
            "pagerank": right.of(ranks(self._walk, rows)),
            "mention": right.of(self.mentions[rows]),
            "order": self._order(rows, right.chosen),
            "company": company,
            "cocited": right.of(self._cocited(rows)),
        }
        for values in scores.values():
            np.sqrt(np.maximum(values, 0.0, out=values), out=values)
        popular = self._popular if right.chosen is None else self._popular[right.chosen]
        there = self._place if right.chosen is None else self._place[right.chosen]
        scores["distance"] = self._distance.of(self._place[rows], there)
        scores["popular"] = np.broadcast_to(popular.astype(np.float32), scores["tfidf"].shape)
        return scores

    def _order(self, rows: np.ndarray, columns: np.ndarray | None) -> np.ndarray:
        """1 / (1 + places between the two in the order of addresses), 0 beyond `NEAR_STEPS`."""
        there = self._place if columns is None else self._place[columns]
        far = np.abs(self._place[rows][:, None] - there[None, :])
        return np.where(far <= NEAR_STEPS, 1.0 / (1.0 + far), 0.0).astype(np.float32)


def _check(should_stop: Callable[[], bool]) -> None:
    if should_stop():
        raise Cancelled("Stopped while texts were compared.")
