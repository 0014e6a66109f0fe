"""A crawl on disk: pages, links and texts as Parquet, and crawl.json; each is whole or old."""

import json
import os
from pathlib import Path
from typing import Any, Final

from linkplanner.crawl.complete import doubts
from linkplanner.crawl.journal import Journal
from linkplanner.crawl.route import Ended
from linkplanner.crawl.scope import Scope
from linkplanner.crawl.tabulate import TABLES, Listing, write_tables

__all__ = ["FACTS", "crawl_facts", "save_crawl", "settle"]

FACTS: Final = "crawl.json"


def crawl_facts(ended: Ended, *, listed: int, limit: int, discover: bool) -> dict[str, Any]:
    """What crawl.json says of a crawl. `listed`: addresses it was given, see `doubts`."""
    notes = ended.notes
    return {
        "read": notes.read, "refused": notes.refused, "failed": notes.failed,
        "redirects": notes.redirects, "broken": notes.broken, "unchanged": notes.unchanged,
        "stopped": ended.stopped, "messages": list(notes.messages()), "left_out": list(notes.left),
        "doubts": list(doubts(ended, listed=listed, limit=limit, discover=discover)),
    }  # fmt: skip


def save_crawl(
    journal: Journal, scope: Scope, facts: dict[str, Any], folder: Path,
    listing: Listing | None = None,
) -> None:  # fmt: skip
    """Write a journal's tables and facts as `PagesRead.save` does, for crawls of any size."""
    folder.mkdir(parents=True, exist_ok=True)
    write_tables(journal, scope, folder, listing)
    settle(folder, facts)


def settle(folder: Path, facts: dict[str, Any]) -> None:
    """Put written tables in their places, so that a crash leaves the old one or the new one.

    `pages` comes after what belongs to its rows, so a broken save loses no link for good.
    """
    told = {"orphans": "inconclusive" if facts.get("doubts") else "conclusive", **facts}
    part = folder / f"{FACTS}.part"
    part.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    for name in (*(f"{table}.parquet" for table in TABLES), FACTS):
        with (folder / f"{name}.part").open("rb+") as stream:
            os.fsync(stream.fileno())
        (folder / f"{name}.part").replace(folder / name)
