"""What links say: the words of backlinks by kind, for each page of the site.

Kinds, in the order in which they are tried:

    image     a picture without words
    naked     an address
    brand     the site's name, with or without other words that the page's own title does not hold
    generic   "click here", a number, an arrow
    exact     the very title part, heading or keyword of the page
    partial   some words of the page's title, heading, address or keywords
    other     anything else

Names of the site are asked from the user. A name that is a keyword too (exact-match brands, such
as a shop called "hotels") is a brand: nobody can avoid being called by their name.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.quality.coded import Coded
from linkplanner.text.phrases import is_generic, title_parts
from linkplanner.text.stopwords import STOP_WORDS
from linkplanner.text.tokens import fold_word
from linkplanner.urls import host, path_words, registrable

__all__ = ["ANCHOR_KINDS", "EXACT_SHARE", "anchor_kinds", "anchors_by_target", "site_names"]

ANCHOR_KINDS: Final = ("brand", "naked", "generic", "partial", "exact", "other", "image")
"""Kinds of link texts, the safest first."""
EXACT_SHARE: Final = 0.3
"""Share of exact link texts from which a page stands out. A rule of thumb of the trade (20 to 30 %
is what audits call high), not measured; the app says "look at it", no more."""
FEW: Final = 5
"""Linking sites below which a share of link texts means nothing."""
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)\S+|(?:[\w-]+\.)+(?:[a-z]{2,12})(?:[/?#:]\S*)?", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\W_]+")
_STOP: Final = frozenset(fold_word(word) for words in STOP_WORDS.values() for word in words)


def anchor_kinds(
    backlinks: pd.DataFrame,
    pages: pd.DataFrame,
    brand: Sequence[str] = (),
    keywords: Mapping[str, Sequence[str]] | None = None,
) -> pd.Series:
    """Kind of each backlink's words, one of `ANCHOR_KINDS`: str[rows].

    brand: names of the site (`site_names` adds those of its address); keywords: by page address.
    """
    names = site_names(pages, backlinks, brand)
    anchor, target = Coded.of(backlinks["anchor"]), _targets(backlinks)
    said = _said_of(target.values, pages, keywords or {})
    image = backlinks["is_image"].to_numpy(dtype=bool)
    pairs = anchor.codes * (len(target.values) + 1) + target.codes
    unique, place = np.unique(pairs, return_inverse=True)
    by_text = [_by_text(text, names) for text in anchor.values]
    kinds = np.empty(len(unique), dtype=object)
    kinds[:] = [
        by_text[pair // (len(target.values) + 1)]
        or _by_page(
            anchor.values[pair // (len(target.values) + 1)],
            *said[pair % (len(target.values) + 1)],
        )
        for pair in unique.tolist()
    ]
    found = kinds[place] if len(unique) else np.empty(0, dtype=object)
    return pd.Series(np.where((found == "none") & image, "image", np.where(found == "none", "other",
                     found)), index=backlinks.index, dtype="str")  # fmt: skip


def site_names(
    pages: pd.DataFrame, backlinks: pd.DataFrame, brand: Sequence[str]
) -> tuple[str, ...]:
    """Names of the site in one spelling: those the user gave, and the one in its address."""
    urls = [*pages["url"].dropna().iloc[:1], *backlinks["target_url"].dropna().iloc[:1]]
    own = [registrable(host(url)).partition(".")[0] for url in urls[:1]]
    names = (" ".join(_words(name.replace("-", " "))) for name in (*brand, *own))
    return tuple(dict.fromkeys(name for name in names if name))


def _words(text: str) -> list[str]:
    return [fold_word(word) for word in _WORD.findall(text)]


def _by_text(text: str, names: Sequence[str]) -> str:
    """The kind that the words alone tell; '' where the page must be looked at."""
    bare = text.strip()
    if not bare:
        return "none"
    if " " not in bare and _ADDRESS.fullmatch(bare):
        return "naked"
    words = _words(bare)
    joined, glued = f" {' '.join(words)} ", "".join(words)
    if any(f" {name} " in joined or name.replace(" ", "") == glued for name in names):
        return "brand"
    return "generic" if is_generic(bare) else ""


def _by_page(text: str, phrases: frozenset[str], words: frozenset[str]) -> str:
    """Exact where the words are a phrase of the page, partial where some of them are its words."""
    said = _words(text)
    if " ".join(said) in phrases:
        return "exact"
    content = {word for word in said if len(word) > 2 and word not in _STOP}
    return "partial" if content & words else "other"


def _targets(backlinks: pd.DataFrame) -> Coded:
    return Coded.of(backlinks["target_url"])


def _said_of(
    targets: Sequence[str], pages: pd.DataFrame, keywords: Mapping[str, Sequence[str]]
) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Of each target, its phrases and its telling words."""
    known = pages.dropna(subset=["url"]).drop_duplicates("url").set_index("url")
    known = known[known.index.isin(set(targets))]
    titles = known["title"].fillna("").to_dict()
    headings = known["h1"].fillna("").to_dict()
    out = []
    for url in targets:
        title, heading = titles.get(url, ""), headings.get(url, "")
        texts = [title, *title_parts(title), heading, *keywords.get(url, ())]
        phrases = [" ".join(_words(text)) for text in texts if text]
        path = _words(_path(url))
        words = {word for phrase in phrases for word in phrase.split()} | set(path)
        telling = frozenset(w for w in words if len(w) > 2 and w not in _STOP)
        out.append((frozenset(p for p in (*phrases, " ".join(path)) if p), telling))
    return out


def _path(url: str) -> str:
    try:
        return path_words(url) if url else ""
    except ValueError:
        return ""


def anchors_by_target(
    backlinks: pd.DataFrame, kinds: pd.Series, pages: pd.DataFrame
) -> pd.DataFrame:
    """Link texts of the live links to each page, redirects followed, the most linked first.

    Frame [target_url, backlinks, sites, brand, naked, generic, partial, exact, other, image (shares
    0 to 1 of linking sites), commonest (text), commonest_share, note]. A site counts once for each
    text, so that a sitewide link does not look like a thousand votes.
    """
    live = backlinks[~backlinks["lost"] & backlinks["target_url"].notna()]
    columns = ["target_url", "source_domain", "anchor"]
    live = live.assign(target_url=_answering(live, pages))
    rows = live[columns].assign(kind=kinds.reindex(live.index), anchor=live["anchor"].fillna(""))
    votes = rows.drop_duplicates()
    shares = pd.crosstab(votes["target_url"], votes["kind"], normalize="index")
    shares = shares.reindex(columns=list(ANCHOR_KINDS), fill_value=0.0)
    size = live.groupby("target_url").agg(
        backlinks=("target_url", "size"), sites=("source_domain", "nunique")
    )
    common = _commonest(votes)
    table = size.join(shares).join(common).reset_index()
    table["note"] = _notes(table)
    order = ["sites", "backlinks", "target_url"]
    return table.sort_values(order, ascending=[False, False, True], ignore_index=True)


def _answering(backlinks: pd.DataFrame, pages: pd.DataFrame) -> pd.Series:
    """Address of the page that answers each link; the target itself where it is unknown."""
    rows = pages.dropna(subset=["page_id"]).set_index("page_id")
    answers = rows["node_id"].map(rows["url"]).fillna(rows["url"])
    return backlinks["page_id"].map(answers).astype("str").fillna(backlinks["target_url"])


def _commonest(votes: pd.DataFrame) -> pd.DataFrame:
    """The text that most sites use for each target, and its share of them."""
    worded = votes[votes["anchor"].str.strip() != ""]
    number = worded.groupby(["target_url", "anchor"]).size().rename("number").reset_index()
    number = number.sort_values(["target_url", "number", "anchor"], ascending=[True, False, True])
    first = number.drop_duplicates("target_url").set_index("target_url")
    total = votes.groupby("target_url").size()
    return pd.DataFrame(
        {"commonest": first["anchor"], "commonest_share": first["number"] / total[first.index]}
    )


def _notes(table: pd.DataFrame) -> np.ndarray:
    """A word of care where many sites use the page's exact keywords."""
    high = (table["exact"] >= EXACT_SHARE) & (table["sites"] >= FEW)
    return np.where(high, "look at it: many links with the page's exact words", "")
