"""The pages that were read so far, as tables, on disk and back."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from linkplanner.crawl.page import count_words
from linkplanner.crawl.template import label_repeated_links, repeated_blocks, without_blocks
from linkplanner.errors import InputError
from linkplanner.tables import LINK_ROWS, PAGE_ROWS, TEXT_ROWS

__all__ = ["PagesRead"]

_TABLES = {"texts": TEXT_ROWS, "links": LINK_ROWS, "pages": PAGE_ROWS}
_FACTS = "crawl.json"


@dataclass(frozen=True)
class PagesRead:
    """What reading pages brought: tables, counts, and what a later run needs to go on."""

    pages: pd.DataFrame = field(default_factory=PAGE_ROWS.empty)
    """tables.PAGE_ROWS: a row for each address that was asked for or is blocked."""
    links: pd.DataFrame = field(default_factory=LINK_ROWS.empty)
    """tables.LINK_ROWS of the pages that answered with a page."""
    texts: pd.DataFrame = field(default_factory=TEXT_ROWS.empty)
    """tables.TEXT_ROWS of the pages that answered with a page."""
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
    template_blocks: tuple[str, ...] = ()
    """Blocks taken out of the texts because they stand on too many pages, digits masked."""

    def without_template(self) -> "PagesRead":
        """The same with repeated blocks out of the texts and repeated links labelled."""
        blocks = repeated_blocks(self.texts, self.template_blocks)
        texts = without_blocks(self.texts, blocks)
        words = texts.set_index("url")["text"].map(count_words)
        counted = self.pages["url"].map(words[~words.index.duplicated()]).astype("Int64")
        return PagesRead(
            pages=self.pages.assign(words=counted.fillna(self.pages["words"])),
            links=label_repeated_links(self.links, len(texts)),
            texts=texts,
            read=self.read,
            refused=self.refused,
            failed=self.failed,
            stopped=self.stopped,
            messages=self.messages,
            left_out=self.left_out,
            template_blocks=tuple(sorted(blocks)),
        )

    def save(self, folder: Path) -> None:
        """Write pages.parquet, links.parquet, texts.parquet and crawl.json; each is whole or old.

        `pages` comes after what belongs to its rows, so a broken save loses no link for good.
        """
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in _TABLES.items():
            target = folder / f"{name}.parquet"
            part = target.with_suffix(".part")
            table.conform(getattr(self, name)).to_parquet(part, index=False)
            _settle(part, target)
        facts = {
            "read": self.read,
            "refused": self.refused,
            "failed": self.failed,
            "stopped": self.stopped,
            "messages": self.messages,
            "left_out": self.left_out,
            "template_blocks": self.template_blocks,
        }
        part = folder / "crawl.json.part"
        part.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
        _settle(part, folder / _FACTS)

    @classmethod
    def load(cls, folder: Path) -> "PagesRead":
        """What `save` wrote. Raises InputError where the folder holds no pages read."""
        try:
            frames = {
                name: table.conform(pd.read_parquet(folder / f"{name}.parquet"))
                for name, table in _TABLES.items()
            }
            facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
            lists = {
                name: tuple(str(text) for text in facts[name])
                for name in ("messages", "left_out", "template_blocks")
            }
            counts = {name: int(facts[name]) for name in ("read", "refused", "failed")}
            stopped = bool(facts["stopped"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"“{folder}” does not hold a crawl ({error}); give the folder that “crawl --out” "
                "wrote."
            ) from error
        known = set(frames["pages"]["url"])
        links = frames["links"][frames["links"]["source_url"].isin(known)].reset_index(drop=True)
        texts = frames["texts"][frames["texts"]["url"].isin(known)].reset_index(drop=True)
        return cls(frames["pages"], links, texts, stopped=stopped, **counts, **lists)  # type: ignore[arg-type]


def _settle(part: Path, target: Path) -> None:
    """Put a written file in its place, so that a crash leaves the old one or the new one."""
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    part.replace(target)
