"""The phrases that stand for a page: keywords, title and its parts, heading, anchors, address."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

import pandas as pd

from linkplanner.text.stopwords import GENERIC_ANCHORS
from linkplanner.text.tokens import fold_word
from linkplanner.urls import host, path_words, registrable

__all__ = [
    "CONTENT",
    "Phrase",
    "anchor_key",
    "anchor_trust",
    "is_generic",
    "page_phrases",
    "title_parts",
]

CONTENT: Final = ("content", "unknown")
"""Positions whose links count as written into the text."""

WEIGHTS: Final = {
    "keyword": 1.0,
    "title": 0.85,
    "h1": 0.85,
    "part": 0.75,
    "anchor": 0.7,
    "path": 0.6,
}
"""How much a phrase speaks for its page: what the user typed first, then what the page says of
itself, then what links say, then its address. Ranks, not measurements."""

MAX_WORDS: Final = 12
MAX_CHARACTERS: Final = 120
"""Longest phrase looked for in texts; longer titles are used by their parts."""
MAX_ANCHORS: Final = 12
"""Existing anchors used per page, the most frequent ones."""

_SEPARATOR: Final = re.compile(
    r"\s+[-–—|·•»›:/~]+\s+|\s*[|•·»›｜｜：–—]\s*|[:;]\s+|\s*[(\[（【][^)\]）】]*[)\]）】]\s*|,\s+|[?!]\s+"
)
_URL_LIKE: Final = re.compile(
    r"(?:https?://|www\.)\S+|\S+\.[a-z]{2,10}/\S*|[\w.-]+\.(?:com|org|net)", re.I
)
_SITE_NAME: Final = re.compile(r"\s[-–—|·•»›]\s|[|•｜]")
"""What stands between a title and the name of the site; such a title is used by its parts."""
_NUMBERED: Final = re.compile(
    r"(?:page|página|pagina|seite|halaman|sida|side|strona|страница|sayfa|стр|p)\W*\d+"
    r"(?:\s*(?:\w{1,4}|/)\s*\d+)?",
    re.I,
)
"""The number of a page of a list: "Page 3 of 5", "Página 2 de 3"."""
_SPACE: Final = re.compile(r"\s+")
_EDGE: Final = " \t\n\r\xa0.,;:!?…-–—|·•»«›‹\"'“”„’‘()[]{}<>*#→←↗▶►/\\"

OFTEN: Final = 5000
"""Pages between two looks at the stop button."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name a page."""

    text: str
    """As written."""
    weight: float
    """0 to 1, see `WEIGHTS`."""
    kind: str = "keyword"
    """What it was taken from, see `WEIGHTS`."""


def clean(text: object) -> str:
    """One line without surrounding punctuation; '' where there is none."""
    if not isinstance(text, str):
        return ""
    bare = _SPACE.sub(" ", text).strip(_EDGE)
    for opening, closing in ("()", "[]"):
        if bare.count(opening) == bare.count(closing) + 1:
            bare += closing
    return bare


@lru_cache(maxsize=50_000)
def anchor_key(text: str) -> str:
    """The key under which two spellings of an anchor are the same anchor."""
    return " ".join(fold_word(word) for word in re.findall(r"[^\W_]+", text))


@lru_cache(maxsize=50_000)
def is_generic(text: str) -> bool:
    """Whether a link text describes nothing: "click here", a bare address, a number, a symbol."""
    words = _SPACE.sub(" ", text).strip().casefold()
    bare = words.strip(_EDGE)
    if _NUMBERED.fullmatch(bare):
        return True
    if words in GENERIC_ANCHORS or bare in GENERIC_ANCHORS or _URL_LIKE.fullmatch(bare):
        return True
    return sum(map(str.isalpha, bare)) < 2


def title_parts(title: str) -> list[str]:
    """A title's parts between separators, longest first, without the title itself."""
    parts = {clean(part) for part in _SEPARATOR.split(title)}
    return sorted((p for p in parts if p and p != clean(title)), key=lambda p: (-len(p), p))


def _too_common(pages: pd.DataFrame) -> set[str]:
    """Parts of titles that stand in many titles: the site's name, "Blog", "Page"."""
    number: Counter[str] = Counter()
    for title in pages["title"].dropna().unique():
        number.update({part.casefold() for part in (*title_parts(title), clean(title))})
    limit = max(2, 0.02 * len(pages))
    return {part for part, count in number.items() if count > limit}


def _anchors(pages: pd.DataFrame, links: pd.DataFrame) -> dict[int, list[str]]:
    """Descriptive anchors of text links by target page, most frequent first.

    An anchor that leads to more than three pages says nothing of one of them.
    """
    rows = links[
        links["position"].isin(CONTENT) & links["anchor"].notna() & links["target_id"].notna()
    ]
    node = pages.set_index("page_id")["node_id"]
    target = rows["target_id"].map(node)
    seen: dict[str, set[int]] = defaultdict(set)
    number: dict[int, Counter[str]] = defaultdict(Counter)
    for anchor, page in zip(rows["anchor"], target, strict=True):
        text = clean(anchor)
        if pd.isna(page) or not text or len(text) > MAX_CHARACTERS or is_generic(text):
            continue
        seen[text.casefold()].add(int(page))
        number[int(page)][text] += 1
    return {
        page: [
            text
            for text, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            if len(seen[text.casefold()]) <= 3
        ][:MAX_ANCHORS]
        for page, counts in number.items()
    }


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


def page_phrases(
    pages: pd.DataFrame,
    links: pd.DataFrame,
    keywords: Mapping[int, Sequence[str]],
    ids: Sequence[int],
    check: Callable[[], None] = lambda: None,
) -> dict[int, list[Phrase]]:
    """The phrases of each page of `ids`, heaviest first, each once.

    pages, links: tables PAGES and LINKS; keywords: phrases by page id that the user gave; check:
    called between some pages.
    """
    common = _too_common(pages)
    check()
    anchors = _anchors(pages, links)
    rows = pages.set_index("page_id")[["url", "title", "h1"]].reindex(ids)
    found: dict[int, list[Phrase]] = {}
    for n, (page, url, full, heading) in enumerate(rows.itertuples()):
        if n % OFTEN == 0:
            check()
        title, h1 = clean(full), clean(heading)
        offers = [
            *(("keyword", clean(k)) for k in keywords.get(page, ())),
            ("title", "" if _SITE_NAME.search(title) else title),
            ("h1", h1),
            *(("part", part) for part in title_parts(full if title else "")),
            *(("part", part) for part in title_parts(heading if h1 else "")),
            *(("anchor", text) for text in anchors.get(page, ())),
            ("path", clean(_last_words(url))),
        ]
        found[page] = _kept(offers, common) or _site_names(url, full)
    return found


def _site_names(url: str, title: object) -> list[Phrase]:
    """For a home page without words of its own: what the title holds, else the site's name."""
    if urlsplit(url).path.strip("/"):
        return []
    parts = title_parts(title) if isinstance(title, str) else []
    names = [part for part in parts if not is_generic(part)]
    label = registrable(host(url)).partition(".")[0]
    return [Phrase(name, WEIGHTS["title"], "title") for name in (names or [label.title()]) if name]


def _last_words(url: str) -> str:
    """Words of the last step of an address that has any."""
    base = url.split("?", 1)[0].split("#", 1)[0]
    for step in reversed(base.split("/")[3:]):
        words = path_words(f"https://x/{step}") if step else ""
        if words and words.casefold() not in {"index", "default", "home"}:
            return words
    return ""


def _kept(offers: Sequence[tuple[str, str]], common: set[str]) -> list[Phrase]:
    kept: dict[str, Phrase] = {}
    for kind, text in offers:
        if not text or len(text) > MAX_CHARACTERS or len(text.split()) > MAX_WORDS:
            continue
        if kind != "keyword" and (is_generic(text) or text.casefold() in common):
            continue
        kept.setdefault(text.casefold(), Phrase(text, WEIGHTS[kind], kind))
    return sorted(kept.values(), key=lambda phrase: -phrase.weight)
