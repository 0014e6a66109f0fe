"""The pages that were read so far, as tables, on disk and back."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from linkplanner.crawl.journal import Journal
from linkplanner.crawl.save import FACTS, settle
from linkplanner.crawl.scope import Scope
from linkplanner.crawl.tabulate import TABLES, tables_of
from linkplanner.errors import InputError
from linkplanner.tables import ALTERNATES, LINK_ROWS, PAGE_ROWS, TEXT_ROWS

__all__ = ["PagesRead"]

_LISTS = ("messages", "left_out", "doubts")
_LATER = frozenset({"alternates"})
"""Tables that crawls of earlier versions do not have."""
_COUNTS = ("read", "refused", "failed")


@dataclass(frozen=True)
class PagesRead:
    """What reading pages brought: tables and counts."""

    pages: pd.DataFrame = field(default_factory=PAGE_ROWS.empty)
    """tables.PAGE_ROWS: a row for each address that was asked for or is blocked."""
    links: pd.DataFrame = field(default_factory=LINK_ROWS.empty)
    """tables.LINK_ROWS of the pages that answered with a page."""
    texts: pd.DataFrame = field(default_factory=TEXT_ROWS.empty)
    """tables.TEXT_ROWS of the pages that answered with a page."""
    alternates: pd.DataFrame = field(default_factory=ALTERNATES.empty)
    """tables.ALTERNATES of the pages that answered with a page."""
    read: int = 0
    """Pages that answered 200 with HTML."""
    refused: int = 0
    """Addresses not asked for: robots.txt, private, other hosts; or larger than the limit."""
    failed: int = 0
    """Addresses that gave no whole answer."""
    stopped: bool = False
    """Whether the user stopped before the end."""
    messages: tuple[str, ...] = ()
    """What the user should know, one sentence each."""
    left_out: tuple[str, ...] = ()
    """Addresses that were asked for and gave no row: not HTML, or refused."""
    doubts: tuple[str, ...] = ()
    """Why a page without links in these tables may have some after all; none: it is an orphan."""

    @classmethod
    def of(cls, journal: Journal, scope: Scope, facts: dict[str, Any]) -> "PagesRead":
        """All records of a journal as tables. `facts`: see `crawl_facts`."""
        frames = tables_of(journal, scope)
        return cls(**frames, **_taken(facts))

    def save(self, folder: Path) -> None:
        """Write pages, links and texts as Parquet, and crawl.json; each is whole or old."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in TABLES.items():
            part = folder / f"{name}.parquet.part"
            table.conform(getattr(self, name)).to_parquet(part, index=False)
        facts = {name: getattr(self, name) for name in (*_COUNTS, "stopped", *_LISTS)}
        settle(folder, facts)

    @classmethod
    def load(cls, folder: Path) -> "PagesRead":
        """What `save` wrote. Raises InputError where the folder holds no pages read."""
        try:
            frames = {
                name: table.conform(pd.read_parquet(folder / f"{name}.parquet"))
                for name, table in TABLES.items()
                if name not in _LATER or (folder / f"{name}.parquet").is_file()
            }
            facts = _taken(json.loads((folder / FACTS).read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"“{folder}” does not hold a crawl ({error}); give the folder that “crawl --out” "
                "wrote."
            ) from error
        known = set(frames["pages"]["url"])
        links = frames["links"][frames["links"]["source_url"].isin(known)].reset_index(drop=True)
        texts = frames["texts"][frames["texts"]["url"].isin(known)].reset_index(drop=True)
        alternates = frames.get("alternates", ALTERNATES.empty())
        return cls(frames["pages"], links, texts, alternates, **facts)


def _taken(facts: dict[str, Any]) -> dict[str, Any]:
    lists = {name: tuple(str(text) for text in facts.get(name, ())) for name in _LISTS}
    counts = {name: int(facts[name]) for name in _COUNTS}
    return {**counts, **lists, "stopped": bool(facts["stopped"])}
