"""How much the linking text and the linked page speak of the same thing, 0 to 100."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from zlib import crc32

import numpy as np
import pandas as pd

from linkplanner.progress import Progress, no_progress
from linkplanner.quality.coded import Coded
from linkplanner.tables import LINKS
from linkplanner.text.relevance import LEAST_WEIGHT, page_documents, to_score
from linkplanner.text.tokens import Lexicon, guess_language
from linkplanner.text.vectors import TermSpace, count_terms, similar_pairs
from linkplanner.urls import path_words

__all__ = ["backlink_relevance", "pair_texts"]

CORPUS: Final = 20_000
"""Texts from which the commonness of words is learned; more changes the weights little."""
BLOCK: Final = 25_000
"""Links compared at once: bounds memory, and how long nothing is told."""
BANDS: Final = (
    (35.0, "same topic"),
    (15.0, "related topic"),
    (5.0, "loosely related"),
    (0.0, "other topic"),
)
"""Least relevance of each name. A title and a few words around a link share little even with the
page they praise: the median of one export's unflagged links against a short text is 20."""
FEW_WORDS: Final = 3
"""Words below which a link's own text says too little of its topic."""
OTHER_LANGUAGE: Final = 0.8
"""Part of the relevance that a page in another language keeps. Judgement, not measured: its readers
follow the link less; what the words share is in the cosine already."""
SOURCE_PARTS: Final = ("source_title", "anchor", "left_context", "right_context")


def backlink_relevance(
    backlinks: pd.DataFrame,
    pages: pd.DataFrame,
    texts: pd.DataFrame,
    progress: Progress = no_progress,
) -> pd.DataFrame:
    """Relevance and its reason: frame [relevance 0 to 100 or missing, reason str].

    TF-IDF cosine of source title, anchor and surrounding text with the linked page's title (five
    times), heading and text; the words of its path where there is no text. Links of few words lean
    on what the other links of their site speak of; a page in another language counts a little less.
    Missing where the target or every word of the source is unknown: nothing is invented.
    """
    left, right = _sides(backlinks, pages, texts)
    score = np.full(len(backlinks), np.nan)
    known = np.array([text != "" for text in right.values], dtype=bool)[right.codes]
    known &= np.array([text != "" for text in left.values], dtype=bool)[left.codes]
    if known.any():
        score[known] = _compare(left, right, np.flatnonzero(known), progress)
    score, by_site = _with_site_topic(backlinks, left, right, score)
    foreign = _foreign(backlinks, pages)
    score = np.where(foreign, score * OTHER_LANGUAGE, score)
    names = np.full(len(score), "relevance unknown", dtype=object)
    for limit, name in reversed(BANDS):
        names[score >= limit] = name
    names = np.where(by_site, names + " (by the site's other links)", names)
    names = np.where(foreign & ~np.isnan(score), names + ", in another language", names)
    return pd.DataFrame({"relevance": score.round(1), "reason": pd.Series(names, dtype="str")})


def _with_site_topic(
    backlinks: pd.DataFrame, left: Coded, right: Coded, score: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The scores, those of links with few or no words drawn to what their site's links show.

    The topic of a linking site is the mean score of its links, each text and target once. A link
    with fewer than `FEW_WORDS` words gets the mean of its own score and that one, a link without
    any takes it whole. Also tells which scores rest on the site alone.
    """
    site = pd.Series(Coded.of(backlinks["source_domain"]).codes)
    thin = np.array([len(text.split(None, FEW_WORDS)) < FEW_WORDS for text in left.values], bool)
    few = thin[left.codes]
    target_known = np.array([text != "" for text in right.values], dtype=bool)[right.codes]
    named = backlinks["source_domain"].notna().to_numpy()
    rows = pd.DataFrame({"site": site, "text": left.codes, "to": right.codes, "score": score})
    telling = rows[named & ~few & ~np.isnan(score)].drop_duplicates(["site", "text", "to"])
    topic = site.map(telling.groupby("site")["score"].mean()).to_numpy(dtype=np.float64)
    can = target_known & ~np.isnan(topic) & few
    alone = can & np.isnan(score)
    mean = np.where(alone, topic, (score + topic) / 2)
    return np.where(can, mean, score), alone


def _foreign(backlinks: pd.DataFrame, pages: pd.DataFrame) -> np.ndarray:
    """Links whose page is in another language than the linked one, where both are known."""
    own = pages.dropna(subset=["page_id", "language"]).set_index("page_id")["language"]
    theirs = Coded.of(backlinks["language"])
    target = Coded.of(backlinks["page_id"].map(own).astype("str"))
    pairs = theirs.codes * max(len(target.values), 1) + target.codes
    unique, place = np.unique(pairs, return_inverse=True)
    apart = [
        _apart(theirs.values[pair // len(target.values)], target.values[pair % len(target.values)])
        for pair in unique.tolist()
    ]
    return np.array(apart, dtype=bool)[place]


def _apart(first: str, second: str) -> bool:
    """Whether two lists of languages such as "en-GB, fr" are known and share none."""
    left, right = (
        {part.strip().lower()[:2] for part in text.split(",") if part.strip()}
        for text in (first, second)
    )
    return bool(left and right) and left.isdisjoint(right)


def pair_texts(
    backlinks: pd.DataFrame, pages: pd.DataFrame, texts: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray]:
    """The two texts that are compared for each link, '' where unknown: object[rows] twice."""
    left, right = _sides(backlinks, pages, texts)
    return left.map(str), right.map(str)


def _sides(
    backlinks: pd.DataFrame, pages: pd.DataFrame, texts: pd.DataFrame
) -> tuple[Coded, Coded]:
    return _source_texts(backlinks), _target_texts(backlinks, pages, texts)


def _compare(left: Coded, right: Coded, rows: np.ndarray, progress: Progress) -> np.ndarray:
    """Relevance of the known rows, block by block of distinct source texts."""
    progress(0, len(rows), "Learning which words are common")
    named = [text for text in right.values if text]
    space = _Space.learn([*_sample(named), *_sample([left.values[c] for c in _used(left, rows)])],
                         named)  # fmt: skip
    targets = space.vectors(right.values)
    order = np.argsort(left.codes[rows], kind="stable")
    score = np.empty(len(rows))
    for first in range(0, len(rows), BLOCK):
        progress(first, len(rows), "Comparing links with the pages they point at")
        part = order[first : first + BLOCK]
        codes, place = np.unique(left.codes[rows[part]], return_inverse=True)
        sources = space.vectors([left.values[code] for code in codes])
        score[part] = similar_pairs(sources[place], targets[right.codes[rows[part]]])
    return to_score(score)


def _used(left: Coded, rows: np.ndarray) -> np.ndarray:
    return np.unique(left.codes[rows])


@dataclass(frozen=True)
class _Space:
    """Words with their weights, learned once."""

    lexicon: Lexicon
    """Numbers of words."""
    language: str
    """Everything is stemmed alike: names must stay the same whatever the language around them."""
    terms: TermSpace
    """Weights of terms."""

    @classmethod
    def learn(cls, corpus: Sequence[str], targets: Sequence[str]) -> "_Space":
        """Weights as common as words are in `corpus`, in the language of the targets."""
        lexicon = Lexicon()
        language = guess_language("\n".join(text[:400] for text in sorted(targets)[:10]))
        counted = count_terms([lexicon.encode(text, language) for text in corpus])
        return cls(lexicon, language, TermSpace(counted, least=LEAST_WEIGHT))

    def vectors(self, texts: Sequence[str]) -> Any:
        """Rows of length 1 by text."""
        encoded = [self.lexicon.encode(text, self.language) for text in texts]
        return self.terms.transform(count_terms(encoded))


def _sample(texts: Sequence[str]) -> list[str]:
    """Up to `CORPUS` distinct texts, chosen by checksum: the order of rows is irrelevant."""
    distinct = list(dict.fromkeys(texts))
    if len(distinct) > CORPUS:
        sums = np.fromiter((crc32(text.encode()) for text in distinct), np.int64, len(distinct))
        limit = np.partition(sums, CORPUS)[CORPUS]
        distinct = [distinct[at] for at in np.flatnonzero(sums < limit).tolist()]
    return sorted(distinct)


def _source_texts(backlinks: pd.DataFrame) -> Coded:
    """Title, anchor and text around the link, one a line; path words where all are missing."""
    filled = [backlinks[part].fillna("").astype("str") for part in SOURCE_PARTS]
    joined = filled[0].str.cat(filled[1:], sep="\n").str.strip()
    bare = joined == ""
    if bare.any():
        joined = joined.where(~bare, _paths(backlinks["source_url"][bare]).reindex(joined.index))
    return Coded.of(joined)


def _paths(urls: pd.Series) -> pd.Series:
    """Path words of every address of a column, each looked at once."""
    table = {url: _path(url) for url in urls.dropna().unique()}
    return urls.map(table).astype("str").fillna("")


def _path(url: str) -> str:
    try:
        return path_words(url)
    except ValueError:
        return ""


def _target_texts(backlinks: pd.DataFrame, pages: pd.DataFrame, texts: pd.DataFrame) -> Coded:
    """Document of the linked page by row; the target's path words where the page is unknown."""
    documents = page_documents(pages, texts, LINKS.empty())
    node = pages.set_index("page_id")["node_id"]
    place = pd.Series(np.arange(len(documents)), index=documents.index)
    page = backlinks["page_id"].map(node).map(place)
    values = ["", *documents.tolist()]
    codes = page.fillna(-1).to_numpy(dtype=np.int64) + 1
    empty = np.array([text == "" for text in values], dtype=bool)
    bare = empty[codes] & backlinks["target_url"].notna().to_numpy()
    if bare.any():
        paths = Coded.of(_paths(backlinks["target_url"][bare]))
        codes[bare] = len(values) + paths.codes
        values += paths.values
    return Coded(codes, values)
