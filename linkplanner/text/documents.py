"""What is known of each page in words: its document, its language, what others call it."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.text.phrases import CONTENT, clean, is_generic
from linkplanner.text.tokens import guess_language, language_code
from linkplanner.urls import path_words

__all__ = [
    "MAX_TEXT",
    "MENTION_WEIGHT",
    "TITLE_REPEATS",
    "TextOf",
    "describe_targets",
    "fits_plan",
    "page_documents",
    "page_heads",
    "page_languages",
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


class TextOf:
    """The main text of each page, cut from the table only when asked for."""

    def __init__(self, texts: pd.DataFrame) -> None:
        """texts: table TEXTS; of several texts of a page the first counts."""
        known = (texts["page_id"].notna() & texts["text"].notna()).to_numpy(dtype=bool)
        ids = texts["page_id"].to_numpy(dtype=np.int64, na_value=-1)
        at = np.flatnonzero(known)
        ids, first = np.unique(ids[at], return_index=True)
        self._row = dict(zip(ids.tolist(), at[first].tolist(), strict=True))
        self._texts = texts["text"].array

    def __contains__(self, page: object) -> bool:
        return page in self._row

    def __iter__(self) -> Iterator[int]:
        return iter(self._row)

    def get(self, page: int) -> str:
        """The text of a page, '' where there is none."""
        row = self._row.get(page)
        return "" if row is None else str(self._texts[row])


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
        main = TextOf(texts)
        known = codes[codes != ""]
        usual = known.mode().iloc[0] if len(known) else _usual_language(pages, main)
        codes.loc[missing] = [guess_language(main.get(int(page)), usual) for page in missing]
    return codes


def _usual_language(pages: pd.DataFrame, texts: TextOf) -> str:
    """What a sample of texts and titles is written in; "" where it cannot be told."""
    titles = " ".join(pages["title"].dropna().iloc[:SAMPLE])
    guesses = [guess_language(texts.get(page)) for page in islice(texts, SAMPLE)]
    guesses = sorted(guess for guess in [*guesses, guess_language(titles)] if guess)
    return max(guesses, key=guesses.count) if guesses else ""


def describe_targets(pages: pd.DataFrame, links: pd.DataFrame) -> dict[int, str]:
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


def page_heads(pages: pd.DataFrame, texts: pd.DataFrame, links: pd.DataFrame | None) -> pd.Series:
    """What is known of every page that answers itself beside its text: text (str) by page id.

    Title five times, h1, words of the path (as often where there is no text), anchors of text links
    into the page (its description by others) where `links` are given.
    """
    rows = pages[(pages["node_id"] == pages["page_id"]).fillna(False)]
    written = texts["text"].notna() & (texts["text"] != "")
    told = set(texts.loc[written, "page_id"].tolist())
    said = {} if links is None else describe_targets(pages, links)
    ids = rows["page_id"].to_numpy(dtype=np.int64)
    heads = []
    for page, url, title, h1 in zip(ids, rows["url"], rows["title"], rows["h1"], strict=True):
        title, h1 = clean(title), clean(h1)
        head = [title] * TITLE_REPEATS + [h1] * (2 if h1 == title else TITLE_REPEATS - 2)
        path = [path_words(url)] * (1 if page in told else TITLE_REPEATS)
        heads.append("\n".join(part for part in (*head, *path, said.get(page, "")) if part))
    return pd.Series(heads, index=pd.Index(ids, name="page_id"), dtype="str")


def page_documents(pages: pd.DataFrame, texts: pd.DataFrame, links: pd.DataFrame) -> pd.Series:
    """All that is known of every page that answers itself: `page_heads`, then its main text."""
    heads = page_heads(pages, texts, links)
    main = TextOf(texts)
    body = (main.get(int(page))[:MAX_TEXT] for page in heads.index)
    joined = [f"{a}\n{b}" if a and b else a or b for a, b in zip(heads, body, strict=True)]
    return pd.Series(joined, index=heads.index, dtype="str")
