"""Sites of any size, made of the paragraphs of real pages, for measuring time and memory.

A made page stands for a real one and keeps its title, its place in the site and half of its
paragraphs; the other half comes from other pages of its site, mostly from near it. Links move with
their paragraphs. Every copy of a site has names of its own: capitalised words get two letters more,
so that words grow rarer as a site grows, as they do in real ones. The same seed makes the same
pages.
"""

import re
from collections import defaultdict
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from text_pages import Pages

from linkplanner.tables import LINKS, PAGES, TEXTS

__all__ = ["Tables", "read_tables", "recombined", "write_tables"]

Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
FAR: Final = 30
"""Places in a site's order within which a page mostly borrows."""
ANYWHERE: Final = 0.2
"""Share of the borrowing that goes to any page."""
_NAME: Final = re.compile(r"\b[A-Z][^\W\d_]{4,}")
_PARTS: Final = ("pages", "texts", "links")


class _Site:
    """The paragraphs of a site's pages with their links."""

    def __init__(self, site: Pages) -> None:
        self.pages = site.pages
        self.lines = [text.split("\n") for text in site.texts["text"]]
        self.links: list[dict[int, list[tuple[int, str, str]]]] = [
            defaultdict(list) for _ in self.lines
        ]
        ends = [np.cumsum([len(line) + 1 for line in lines]) for lines in self.lines]
        rows = site.links[["source_id", "target_id", "anchor", "position", "start"]]
        for source, target, anchor, position, start in rows.itertuples(index=False):
            line = int(np.searchsorted(ends[source], start, side="right"))
            self.links[source][line].append((target, anchor, position))

    def page(self, at: int, random: np.random.Generator) -> list[tuple[int, int]]:
        """Whose paragraphs make the page: real page and number of the paragraph, in order."""
        size = len(self.lines)
        found = []
        for line in range(len(self.lines[at])):
            whose = at
            if random.random() < 0.5:
                near = at + int(random.integers(-FAR, FAR + 1))
                whose = int(random.integers(size)) if random.random() < ANYWHERE else near % size
            if self.lines[whose]:
                found.append((whose, line % len(self.lines[whose])))
        return found


def recombined(sites: list[Pages], number: int, seed: int = 0) -> Tables:
    """So many pages with texts and links."""
    random = np.random.default_rng(seed)
    bases = [_Site(site) for site in sites]
    pages: list[tuple[object, ...]] = []
    texts: list[str] = []
    links: list[tuple[int, int, str, str]] = []
    copy = 0
    while len(texts) < number:
        for base in bases:
            first = len(texts)
            for at in range(min(len(base.lines), number - first)):
                made = base.page(at, random)
                texts.append(_named("\n".join(base.lines[w][line] for w, line in made), copy))
                for whose, line in made:
                    for target, anchor, position in base.links[whose].get(line, ()):
                        if target != at and first + target < number:
                            link = (first + at, first + target, _named(anchor, copy), position)
                            links.append(link)
            pages += _rows(base.pages, copy, first, len(texts) - first)
        copy += 1
    frame = pd.DataFrame(pages, columns=["page_id", "node_id", "url", "title", "h1", "language"])
    columns = ["source_id", "target_id", "anchor", "position"]
    return (
        PAGES.conform(frame.assign(status=200, indexable=True)),
        TEXTS.conform(pd.DataFrame({"page_id": range(number), "text": texts})),
        LINKS.conform(pd.DataFrame(links, columns=columns)),
    )


def _rows(pages: pd.DataFrame, copy: int, first: int, size: int) -> list[tuple[object, ...]]:
    rows = pages.iloc[:size]
    columns = (rows[name] for name in ("url", "title", "h1", "language"))
    return [
        (first + n, first + n, f"{url}?copy={copy}", _named(title, copy), _named(h1, copy), code)
        for n, (url, title, h1, code) in enumerate(zip(*columns, strict=True))
    ]


def _named(text: object, copy: int) -> str:
    """The text with the names of a copy."""
    if not isinstance(text, str):
        return ""
    if copy == 0:
        return text
    ending = chr(ord("a") + copy % 26) + chr(ord("a") + copy // 26 % 26)
    return _NAME.sub(lambda match: match.group() + ending, text)


def write_tables(tables: Tables, folder: Path) -> None:
    """One file a table."""
    for name, table in zip(_PARTS, tables, strict=True):
        table.to_parquet(folder / f"{name}.parquet", index=False)


def read_tables(folder: Path) -> Tables:
    """What `write_tables` wrote."""
    frames = [pd.read_parquet(folder / f"{name}.parquet") for name in _PARTS]
    return frames[0], frames[1], frames[2]
