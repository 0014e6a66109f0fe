"""Ten views on which page a page should link to, each a score of every target for a source."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from linkplanner.errors import Cancelled
from linkplanner.text.documents import (
    MAX_TEXT,
    describe_targets,
    fits_plan,
    page_heads,
    page_languages,
)
from linkplanner.text.encodings import Encodings
from linkplanner.text.mentions import mention_strength, without_runs
from linkplanner.text.phrases import (
    CONTENT,
    MAX_CHARACTERS,
    Phrase,
    clean,
    is_generic,
    page_phrases,
)
from linkplanner.text.tokens import BREAK, guess_language
from linkplanner.text.vectors import TERMS_PER_TEXT, TermSpace, count_terms, encode_all

__all__ = ["SIGNALS", "Signals", "address_order"]

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
)
"""Names of the signals: likeness of the two texts; of the source's text and what names the target;
existing anchors of the target that stand in the source; likeness of the source's best paragraph and
the target's description; links of similar pages; likeness to pages the source links to;
personalised PageRank; an unlinked mention; nearness in the order of addresses; pages that link to
the target."""
NEAR_STEPS: Final = 20
"""Places in the order of addresses up to which pages are neighbours: parts of a series, posts of
the same weeks."""
NEIGHBOURS: Final = 15
"""Nearest pages whose links speak for a page (relevance.md)."""
POPULAR_SCALE: Final = 5.0
"""Natural logarithm of about 150 linking pages."""
WALK: Final = 0.7
STEPS: Final = 4
"""Share of a random walk that goes on at each step, and steps taken."""
_DIGITS: Final = re.compile(r"(\d+)", re.ASCII)
DESCRIPTION_TERMS: Final = 32
"""Heaviest terms kept of a target's description."""


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
        self._encodings = encodings or Encodings()
        self.lexicon = self._encodings.lexicon
        languages = page_languages(pages, texts)
        self._codes = [str(code) for code in languages.reindex(self.ids)]
        self._read_texts(pages, texts, links)
        _check(should_stop)
        self.linked: Any = _link_matrix(pages, links, self.ids, CONTENT)
        self._walk = _transitions(self.linked)
        self.near = _nearest(self.vectors)
        _check(should_stop)
        self._alike = (self.near + self.near.T).tocsr()
        self._popular = np.log1p(np.asarray(self.linked.sum(axis=0)).ravel()) / POPULAR_SCALE
        self._place = address_order(pages.set_index("page_id")["url"].reindex(self.ids))
        self.phrases = page_phrases(pages, links, keywords, self.ids.tolist())
        codes = dict(zip(self.ids.tolist(), self._codes, strict=True))
        free = self._unlinked(pages, links)
        _check(should_stop)
        self.mentions: Any = mention_strength(free, self.phrases, codes, self.lexicon)
        known = anchor_trust(links, self.ids.tolist())
        self._anchors = mention_strength(free, known, codes, self.lexicon, trust=True)
        self._describe(pages, links)

    def code(self, row: int) -> str:
        """Language of the page in a row, '' where unknown."""
        return self._codes[row]

    def frequency(self, word: int) -> int:
        """Pages whose document holds a word, 1 at least."""
        at = min(int(np.searchsorted(self.space.terms, word)), len(self.space.terms) - 1)
        if at < 0 or self.space.terms[at] != word:
            return 1
        return max(1, round((len(self.ids) + 1) / float(np.exp(self.space.idf[at]))))

    def _unlinked(self, pages: pd.DataFrame, links: pd.DataFrame) -> list[np.ndarray]:
        """The encoded texts with the words that carry a link already taken out.

        A link outside the text counts where its words are a whole line: a list, a teaser.
        """
        rows = links[["source_id", "anchor", "position"]].dropna()
        node = pages.set_index("page_id")["node_id"]
        place = pd.Series(np.arange(len(self.ids)), index=self.ids)
        rows = rows.assign(row=rows["source_id"].map(node).map(place)).dropna()
        free = list(self._bodies)
        for n, group in rows.groupby("row"):
            row = int(n)
            said = encode_all(
                group["anchor"].tolist(), [self._codes[row]] * len(group), self.lexicon
            )
            free[row] = without_runs(free[row], said, ~group["position"].isin(CONTENT).to_numpy())
        return free

    def _describe(self, pages: pd.DataFrame, links: pd.DataFrame) -> None:
        """Vectors of what names each page, without and with the anchors of links to it."""
        named = [
            "\n".join(phrase.text for phrase in offers if phrase.kind != "anchor")
            for offers in self.phrases.values()
        ]
        anchors = describe_targets(pages, links)
        both = [
            f"{name}\n{anchors.get(page, '')}"
            for name, page in zip(named, self.ids.tolist(), strict=True)
        ]
        self.named = self._described(named)
        self._columns = self._described(both).T.tocsr()
        self._named_columns = self.named.T.tocsr()
        self._text_columns = self.vectors.T.tocsr()

    def _read_texts(self, pages: pd.DataFrame, texts: pd.DataFrame, links: pd.DataFrame) -> None:
        main = texts.dropna().drop_duplicates("page_id").set_index("page_id")["text"]
        bodies = main.reindex(self.ids).fillna("").str.slice(0, MAX_TEXT).tolist()
        codes = [
            code or guess_language(text) for code, text in zip(self._codes, bodies, strict=True)
        ]
        self._bodies = self._encodings.encode(bodies, codes)
        heads = page_heads(pages, texts, links.iloc[:0]).reindex(self.ids).fillna("")
        said = encode_all(heads.tolist(), codes, self.lexicon)
        end = np.array([BREAK])
        counts = count_terms(
            [
                np.concatenate([head, end, body])
                for head, body in zip(said, self._bodies, strict=True)
            ]
        )
        self.space = TermSpace(counts)
        self.vectors = self.space.transform(counts, per_text=TERMS_PER_TEXT)
        passages, self._passage_owner = _passages(self._bodies)
        self._passages = self.space.transform(count_terms(passages))

    def _described(self, said: Sequence[str]) -> Any:
        encoded = encode_all(list(said), self._codes, self.lexicon)
        counts = count_terms(encoded)
        return self.space.transform(counts, per_text=DESCRIPTION_TERMS)

    def block(self, first: int, last: int) -> dict[str, np.ndarray]:
        """Scores of all targets for the sources first:last: float32[last - first, pages] each.

        Square roots of cosines, shares and probabilities, so that the weights of `suggest.WEIGHTS`
        add up what is small but telling.
        """
        rows = self.vectors[first:last]
        scores = {
            "tfidf": _dense(rows @ self._text_columns),
            "title": _dense(rows @ self._named_columns),
            "anchors": _dense(self._anchors[first:last]),
            "passage": self._best_passage(first, last),
            "neighbours": _dense(self.near[first:last] @ self.linked),
            "linked": _dense(self.linked[first:last] @ self._alike),
            "pagerank": self._ranks(first, last),
            "mention": _dense(self.mentions[first:last]),
            "order": self._order(first, last),
        }
        for values in scores.values():
            np.sqrt(np.maximum(values, 0.0, out=values), out=values)
        shape = (last - first, len(self.ids))
        scores["popular"] = np.broadcast_to(self._popular.astype(np.float32), shape)
        return scores

    def _order(self, first: int, last: int) -> np.ndarray:
        """1 / (1 + places between the two in the order of addresses), 0 beyond `NEAR_STEPS`."""
        far = np.abs(self._place[first:last, None] - self._place[None, :])
        return np.where(far <= NEAR_STEPS, 1.0 / (1.0 + far), 0.0).astype(np.float32)

    def _best_passage(self, first: int, last: int) -> np.ndarray:
        """Cosine of the best passage of each source with each target's description."""
        a, b = np.searchsorted(self._passage_owner, [first, last])
        best = np.zeros((last - first, len(self.ids)), dtype=np.float32)
        if a == b:
            return best
        product = (self._passages[a:b] @ self._columns).tocoo()
        row = self._passage_owner[a:b][product.row] - first
        np.maximum.at(best, (row, product.col), product.data)
        return best

    def _ranks(self, first: int, last: int) -> np.ndarray:
        """Personalised PageRank from each source along links of texts, in both directions."""
        start = np.zeros((len(self.ids), last - first), dtype=np.float32)
        start[np.arange(first, last), np.arange(last - first)] = 1.0
        here, total = start, np.zeros_like(start)
        for _ in range(STEPS):
            here = WALK * (self._walk @ here)
            total += here
        return np.ascontiguousarray(total.T)


def _check(should_stop: Callable[[], bool]) -> None:
    if should_stop():
        raise Cancelled("Stopped while texts were compared.")


def address_order(urls: pd.Series) -> np.ndarray:
    """Place of each address when sorted with numbers as numbers: int64[pages]."""
    keys = [
        [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in _DIGITS.split(url)]
        for url in urls
    ]
    place = np.empty(len(keys), dtype=np.int64)
    place[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return place


def anchor_trust(links: pd.DataFrame, ids: Sequence[int]) -> dict[int, list[Phrase]]:
    """For each page the anchors that lead to it, with the weight: links with it to this page,
    squared, over all links with it.
    """
    rows = links[links["position"].isin(CONTENT)].dropna(subset=["target_id", "anchor"])
    number: dict[int, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    for anchor, page in zip(rows["anchor"], rows["target_id"], strict=True):
        text = clean(anchor).casefold()
        if text and len(text) <= MAX_CHARACTERS and not is_generic(text):
            number[int(page)][text] += 1
            total[text] += 1
    return {
        page: [Phrase(text, n * n / total[text], "anchor") for text, n in number[page].items()]
        for page in ids
    }


def _dense(matrix: Any) -> np.ndarray:
    return np.asarray(matrix.toarray(), dtype=np.float32)


def _passages(bodies: Sequence[np.ndarray]) -> tuple[list[np.ndarray], np.ndarray]:
    """The lines of each text and the text each belongs to."""
    lines: list[np.ndarray] = []
    owner: list[int] = []
    for n, ids in enumerate(bodies):
        for line in np.split(ids, np.flatnonzero(ids == BREAK)):
            if (line >= 0).sum() > 2:
                lines.append(line)
                owner.append(n)
    return lines, np.array(owner, dtype=np.int64)


def _link_matrix(
    pages: pd.DataFrame, links: pd.DataFrame, ids: np.ndarray, positions: Sequence[str]
) -> Any:
    """Links between the pages of `ids`, each pair once: csr float32[pages, pages]."""
    from scipy import sparse

    node = pages.set_index("page_id")["node_id"]
    place = pd.Series(np.arange(len(ids)), index=ids)
    rows = links[links["position"].isin(positions)].dropna(subset=["source_id", "target_id"])
    ends = [rows[name].map(node).map(place) for name in ("source_id", "target_id")]
    known = ends[0].notna() & ends[1].notna() & (ends[0] != ends[1])
    source, target = (end[known].to_numpy(dtype=np.int64) for end in ends)
    shape = (len(ids), len(ids))
    matrix = sparse.coo_array(
        (np.ones(len(source), dtype=np.float32), (source, target)), shape=shape
    )
    matrix = matrix.tocsr()
    matrix.data[:] = 1.0
    return matrix


def _transitions(linked: Any) -> Any:
    """Where a walk goes: column j holds the shares of page j's neighbours, both directions."""
    from scipy import sparse

    both = (linked + linked.T).tocsr()
    degree = np.asarray(both.sum(axis=0)).ravel()
    scale = np.divide(1.0, degree, out=np.zeros_like(degree), where=degree > 0)
    return (both @ sparse.diags_array(scale)).tocsr().astype(np.float32)


def _nearest(vectors: Any, block: int = 256) -> Any:
    """Each page's nearest pages by cosine: csr float32[pages, pages]."""
    from scipy import sparse

    size = vectors.shape[0]
    columns = vectors.T.tocsr()
    rows, cols, values = [], [], []
    most = min(NEIGHBOURS, size - 1)
    for first in range(0, size, block):
        score = (vectors[first : first + block] @ columns).toarray()
        here = np.arange(len(score))
        score[here, here + first] = -1.0
        best = (
            np.argpartition(-score, most - 1, axis=1)[:, :most]
            if most
            else score[:, :0].astype(int)
        )
        rows.append(np.repeat(here + first, most))
        cols.append(best.ravel())
        values.append(np.take_along_axis(score, best, axis=1).ravel())
    data = np.concatenate(values).clip(0)
    return sparse.csr_array(
        (data, (np.concatenate(rows), np.concatenate(cols))), shape=(size, size), dtype=np.float32
    )
