"""Which pages belong together, 0 to 100: TF-IDF of what they say and of what is said of them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from linkplanner.text.mentions import mention_strength
from linkplanner.text.phrases import CONTENT, Phrase, clean, is_generic, page_phrases
from linkplanner.text.tokens import Lexicon, guess_language, language_code
from linkplanner.text.vectors import (
    TERMS_PER_TEXT,
    TermSpace,
    count_terms,
    encode_all,
    similar_pairs,
)
from linkplanner.urls import path_words

__all__ = [
    "TITLE_REPEATS",
    "candidate_pairs",
    "fits_plan",
    "page_documents",
    "page_languages",
    "relevance_of",
    "to_score",
]

TITLE_REPEATS: Final = 5
"""How often a title counts beside the text (relevance.md, backlinks: target body plus five times
its title)."""
MAX_TEXT: Final = 200_000
"""Characters of one page's text that are read; longer pages are lists or archives."""
MAX_DESCRIPTION: Final = 40
"""Different anchors of links in that describe a page."""
MENTION_WEIGHT: Final = 0.8
"""Largest part of the distance to 100 that a mention of the target in the source closes. Between
.5 and .8 the development sites' hit@10 moves by less than .02; with .8 the median relevance of
editors' own links there is 38 to 52, that of all other pairs at most 5."""
SAMPLE: Final = 50
"""Pages from which a site's language is guessed where none declares one."""
LEAST_WEIGHT: Final = 3.0
"""Weight of a word of every text beside the 5 to 10 of a rare one, where texts of different sites
are compared. On 742 real backlinks the order of links is the same with 0 to 10 (.79 to .78 of pairs
of a flagged and an unflagged link in the right order); the scores spread best around 3."""
BLOCK: Final = 256
"""Targets compared at once; bounds the memory at BLOCK x pages numbers."""


def to_score(cosine: np.ndarray) -> np.ndarray:
    """Cosine 0 to 1 as relevance 0 to 100: 100 times its square root.

    A square root because a cosine of long texts is small when they are related (editors' own
    links: median about .1) and what matters is the share of terms behind it: nothing in
    common stays 0, cosine .01 is 10, .16 is 40, .8 is 90. One rule for every site, nothing fitted.
    """
    return 100.0 * np.sqrt(np.clip(cosine, 0.0, 1.0))


def fits_plan(pages: pd.DataFrame) -> np.ndarray:
    """Rows that may be source or target of a new link: bool[pages].

    Pages that answer themselves, are not known to be kept from the index, status 200 or unknown.
    """
    own = (pages["node_id"] == pages["page_id"]).fillna(False)
    listed = pages["indexable"].fillna(True)
    answers = pages["status"].fillna(200) == 200
    return (own & listed & answers).to_numpy(dtype=bool)


def page_languages(pages: pd.DataFrame, texts: pd.DataFrame) -> pd.Series:
    """Two-letter language by page id: as declared, else guessed from the text, else the usual one.

    The usual one is what most pages declare, or what the site's texts and titles are written in.
    """
    ids = pages["page_id"].to_numpy(dtype=np.int64)
    codes = pd.Series([language_code(tag) for tag in pages["language"]], index=ids, dtype="str")
    missing = codes[codes == ""].index
    if len(missing):
        text = texts.dropna().drop_duplicates("page_id").set_index("page_id")["text"]
        known = codes[codes != ""]
        usual = known.mode().iloc[0] if len(known) else _usual_language(pages, text)
        text = text.reindex(missing).fillna("")
        codes.loc[missing] = [guess_language(value, usual) for value in text]
    return codes


def _usual_language(pages: pd.DataFrame, texts: pd.Series) -> str:
    """What a sample of texts and titles is written in; "" where it cannot be told."""
    titles = " ".join(pages["title"].dropna().iloc[:SAMPLE])
    guesses = [guess_language(text) for text in texts.iloc[:SAMPLE]]
    guesses = sorted(guess for guess in [*guesses, guess_language(titles)] if guess)
    return max(guesses, key=guesses.count) if guesses else ""


def _descriptions(pages: pd.DataFrame, links: pd.DataFrame) -> dict[int, str]:
    """Distinct anchors of text links into each page, one a line; generic ones say nothing."""
    rows = links.loc[
        links["position"].isin(CONTENT) & links["anchor"].notna(), ["target_id", "anchor"]
    ].dropna()
    node = pages.set_index("page_id")["node_id"]
    rows = rows.assign(target_id=rows["target_id"].map(node)).dropna()
    rows = rows.drop_duplicates().sort_values(["target_id", "anchor"], kind="stable")
    rows = rows[~rows["anchor"].map(is_generic).astype(bool)]
    rows = rows.groupby("target_id").head(MAX_DESCRIPTION)
    joined = rows.groupby("target_id")["anchor"].agg("\n".join)
    return {int(page): text for page, text in joined.items()}


def page_documents(pages: pd.DataFrame, texts: pd.DataFrame, links: pd.DataFrame) -> pd.Series:
    """What is known of every page that answers itself: text (str) by page id.

    Title five times, h1, words of the path where there is no text, anchors of text links into the
    page (its description by others), main text.
    """
    rows = pages[(pages["node_id"] == pages["page_id"]).fillna(False)]
    main = texts.dropna().drop_duplicates("page_id").set_index("page_id")["text"]
    said = _descriptions(pages, links)
    ids = rows["page_id"].to_numpy(dtype=np.int64)
    documents = []
    for page, url, title, h1 in zip(ids, rows["url"], rows["title"], rows["h1"], strict=True):
        text = main.get(page, "")[:MAX_TEXT]
        title, h1 = clean(title), clean(h1)
        head = [title] * TITLE_REPEATS + [h1] * (2 if h1 == title else TITLE_REPEATS - 2)
        path = [path_words(url)] * (1 if text else TITLE_REPEATS)
        documents.append(
            "\n".join(part for part in (*head, *path, said.get(page, ""), text) if part)
        )
    return pd.Series(documents, index=pd.Index(ids, name="page_id"), dtype="str")


def candidate_pairs(
    pages: pd.DataFrame,
    texts: pd.DataFrame,
    links: pd.DataFrame,
    targets: Sequence[int],
    keywords: Mapping[int, Sequence[str]],
    *,
    per_target: int,
) -> pd.DataFrame:
    """The pages that fit each target best: frame [source_id, target_id, relevance 0 to 100].

    Only pages that `fits_plan`; never a page with itself; only pairs with relevance above 0. Sorted
    by target, then relevance falling, then source. Relevance: the larger of the cosine of the two
    documents and of the source with the target's description (title, heading, keywords, anchors)
    through `to_score`; then a mention of the target in the source's text closes up to
    `MENTION_WEIGHT` of what is missing to 100. Memory grows with the sparse vectors and one block
    of targets.
    """
    able = pages.loc[fits_plan(pages), "page_id"].to_numpy(dtype=np.int64)
    known = set(able.tolist())
    wanted = np.array([t for t in dict.fromkeys(int(t) for t in targets) if t in known])
    if len(able) < 2 or not len(wanted) or per_target < 1:
        return _pairs_frame([], [], [])
    corpus = _Corpus(pages, texts, links, able)
    phrases = page_phrases(pages, links, keywords, wanted.tolist())
    described = corpus.describe(phrases)
    mentioned = corpus.mentions(phrases)
    position = pd.Series(np.arange(len(able)), index=able)
    found: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for start in range(0, len(wanted), BLOCK):
        block = wanted[start : start + BLOCK]
        part = slice(start, start + BLOCK)
        score = _scores(corpus, position[block].to_numpy(), described[part], mentioned[:, part])
        score[np.arange(len(block)), position[block].to_numpy()] = 0.0
        found += [_best(able, t, row, per_target) for t, row in zip(block, score, strict=True)]
    return _pairs_frame(*(np.concatenate(part) for part in zip(*found, strict=True)))


class _Corpus:
    """Vectors of all pages that may be linked, made once."""

    def __init__(
        self, pages: pd.DataFrame, texts: pd.DataFrame, links: pd.DataFrame, able: np.ndarray
    ) -> None:
        documents = page_documents(pages, texts, links).reindex(able).fillna("")
        self.languages = page_languages(pages, texts)
        codes = self.languages.reindex(able).tolist()
        self.lexicon = Lexicon()
        encoded = encode_all(documents.tolist(), codes, self.lexicon)
        counts = count_terms(encoded)
        self.space = TermSpace(counts)
        self.vectors = self.space.transform(counts, per_text=TERMS_PER_TEXT)
        self.columns = self.vectors.T.tocsr()
        main = texts.dropna().drop_duplicates("page_id").set_index("page_id")["text"]
        bodies = main.reindex(able).fillna("").str.slice(0, MAX_TEXT)
        self._bodies = encode_all(bodies.tolist(), codes, self.lexicon)

    def describe(self, phrases: Mapping[int, Sequence[Phrase]]) -> Any:
        """Vectors of what names each page: csr float32[pages of phrases, terms]."""
        said = ["\n".join(phrase.text for phrase in offers) for offers in phrases.values()]
        codes = [self.languages.get(page, "") for page in phrases]
        return self.space.transform(count_terms(encode_all(said, codes, self.lexicon)))

    def mentions(self, phrases: Mapping[int, Sequence[Phrase]]) -> Any:
        """Mention strength: csc float32[pages, pages of phrases]."""
        codes = {page: str(self.languages.get(page, "")) for page in phrases}
        return mention_strength(self._bodies, phrases, codes, self.lexicon).tocsc()


def _scores(corpus: _Corpus, rows: np.ndarray, described: Any, mentioned: Any) -> np.ndarray:
    """Relevance of every page for each target of a block: float64[block, pages]."""
    alike = (corpus.vectors[rows] @ corpus.columns).toarray()
    named = (described @ corpus.columns).toarray()
    score = to_score(np.maximum(alike, named).astype(np.float64))
    mention = mentioned.T.toarray()
    return score + (100.0 - score) * MENTION_WEIGHT * mention


def _best(
    able: np.ndarray, target: int, score: np.ndarray, most: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    score = np.round(score, 2)
    order = np.lexsort((able, -score))[:most]
    order = order[score[order] > 0]
    return able[order], np.full(len(order), target), score[order]


def _pairs_frame(source: Any, target: Any, relevance: Any) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "source_id": np.asarray(source, dtype=np.int64),
            "target_id": np.asarray(target, dtype=np.int64),
            "relevance": np.asarray(relevance, dtype=np.float64),
        }
    )


def relevance_of(
    left: Sequence[str],
    right: Sequence[str],
    corpus: Sequence[str],
    *,
    language: str = "",
) -> np.ndarray:
    """Relevance of left[i] to right[i], 0 to 100: float64[pairs].

    corpus: the texts that tell how common a word is. A text is compared once however often it
    stands in the lists. All are stemmed alike, in `language` or what `right` is mostly written in:
    names must stay the same whatever the language around them. Words that stand in every text keep
    the weight `LEAST_WEIGHT`: texts of different sites are compared, and that all of them name the
    same place or brand is what makes them relevant.
    """
    lexicon = Lexicon()
    code = language or guess_language("\n".join(text[:400] for text in right[:10]))

    def counts(texts: Sequence[str]) -> Any:
        return count_terms([lexicon.encode(text, code) for text in texts])

    space = TermSpace(counts(corpus), least=LEAST_WEIGHT)
    sides = []
    for texts in (left, right):
        number, unique = pd.factorize(pd.Series(list(texts), dtype=object))
        sides.append(space.transform(counts(unique.tolist()))[number])
    return to_score(similar_pairs(*sides))
