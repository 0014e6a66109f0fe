"""Pages with the links that editors wrote, read from files of pages, some links hidden."""

import json
import lzma
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from linkplanner.tables import LINKS, PAGES, TEXTS

__all__ = ["Hidden", "Pages", "hide", "read_pages"]

LEAST_TEXT = 25
"""Characters of a paragraph that are not link text, for its links to be editorial."""
OFTEN, OFTEN_SHARE = 20, 0.1
"""An (anchor, target) on more pages than this, and than this share of them, is template."""
SHARE = 0.2
"""Share of the editorial pairs that is hidden."""


@dataclass(frozen=True)
class Pages:
    """One site."""

    name: str
    pages: pd.DataFrame
    texts: pd.DataFrame
    links: pd.DataFrame
    """source_id, target_id, anchor, position, start, end, editorial; offsets in the text."""


@dataclass(frozen=True)
class Hidden:
    """A site with a share of its editorial pairs taken out."""

    site: Pages
    known: pd.DataFrame
    """Links that stay, columns of `Pages.links`. No link of a hidden pair is among them."""
    hidden: pd.DataFrame
    """Hidden editorial links, one a pair."""
    every: pd.DataFrame
    """All hidden editorial links: an editor may link a target from two sentences."""
    blanked: pd.DataFrame
    """Texts in which the words of all links of hidden pairs are blank."""


def read_pages(path: Path) -> Pages:
    """A file of pages, one JSON object a line, xz or plain."""
    data = path.read_bytes()
    data = lzma.decompress(data) if path.suffix == ".xz" else data
    rows = [json.loads(line) for line in data.decode("utf-8").split("\n") if line.strip()]
    number = {row["url"]: n for n, row in enumerate(rows)}
    pages = pd.DataFrame(
        {
            "page_id": range(len(rows)),
            "node_id": range(len(rows)),
            "url": [_address(row["url"]) for row in rows],
            "status": 200,
            "indexable": True,
            "title": [row.get("title") for row in rows],
            "h1": [row.get("h1") for row in rows],
            "language": [row.get("lang") for row in rows],
        }
    )
    texts = ["\n".join(block["t"] for block in row["blocks"]) for row in rows]
    frame = TEXTS.conform(pd.DataFrame({"page_id": range(len(rows)), "text": texts}))
    name = path.name.split(".")[0]
    return Pages(name, PAGES.conform(pages), frame, _links(rows, number))


def _address(url: str) -> str:
    return url if "://" in url else f"https://{url}"


def _links(rows: list[dict[str, Any]], number: dict[str, int]) -> pd.DataFrame:
    """All links inside blocks between pages of the file."""
    found = []
    holders: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page, row in enumerate(rows):
        offset = 0
        for block in row["blocks"]:
            text = block["t"]
            free = len(text) - sum(end - start for start, end, _ in block["l"])
            for start, end, url in block["l"]:
                target = number.get(url)
                if target is None or target == page:
                    continue
                anchor = text[start:end]
                holders[anchor, target].add(page)
                found.append((page, target, anchor, offset + start, offset + end, free))
            offset += len(text) + 1
    columns = ["source_id", "target_id", "anchor", "start", "end", "free"]
    links = pd.DataFrame(found, columns=columns)
    often = max(OFTEN, OFTEN_SHARE * len(rows))
    pairs = zip(links["anchor"], links["target_id"], strict=True)
    rare = np.array([len(holders[pair]) <= often for pair in pairs], dtype=bool)
    links["editorial"] = (links["free"] >= LEAST_TEXT) & rare
    links["position"] = np.where(links["editorial"], "content", "navigation")
    return links.drop(columns="free")


def hide(site: Pages, seed: int) -> Hidden:
    """Hides a share of the editorial pairs with every link of theirs, whatever its position."""
    links = site.links
    pairs = links.loc[links["editorial"], ["source_id", "target_id"]].drop_duplicates()
    chosen = pairs.sample(frac=SHARE, random_state=seed)
    keys = pd.MultiIndex.from_frame(links[["source_id", "target_id"]])
    gone = keys.isin(pd.MultiIndex.from_frame(chosen))
    every = links[gone & links["editorial"].to_numpy()].reset_index(drop=True)
    hidden = every.drop_duplicates(["source_id", "target_id"]).reset_index(drop=True)
    known = links[~gone].reset_index(drop=True)
    return Hidden(site, known, hidden, every, _blank(site, links[gone]))


def _blank(site: Pages, gone: pd.DataFrame) -> pd.DataFrame:
    text = site.texts["text"].to_dict()
    for page, start, end in zip(gone["source_id"], gone["start"], gone["end"], strict=True):
        whole = text[page]
        text[page] = whole[:start] + " " * (end - start) + whole[end:]
    return TEXTS.conform(pd.DataFrame({"page_id": list(text), "text": list(text.values())}))


def link_table(links: pd.DataFrame) -> pd.DataFrame:
    """Rows of `Pages.links` as table LINKS."""
    return LINKS.conform(links)
