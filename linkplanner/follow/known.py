"""What one analysis knows of a site, cut down to what the follow-up looks at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from linkplanner import frames_on_disk
from linkplanner.results import Analysis
from linkplanner.site.pages import PageIndex

__all__ = ["Known"]

_COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "pages": ("page_id", "url", "node_id", "status", "indexable", "kind", "redirect_to"),
    "links": (
        "source_id", "target_id", "anchor", "position", "is_image", "nofollow", "ugc", "sponsored",
    ),
    "backlinks": (
        "source_url", "source_domain", "target_url", "page_id", "anchor", "is_image", "in_content",
        "nofollow", "ugc", "sponsored", "first_seen", "lost", "vendors", "authority", "spam",
        "worth",
    ),
    "page_facts": (
        "page_id", "url", "title", "kind", "indexable", "priority", "seed", "equity", "reach",
        "links_in", "links_in_content", "links_out", "depth", "orphan",
    ),
    "repairs": ("kind", "url", "redirect_to", "trapped", "gain", "links_in", "backlinks"),
    "priorities": ("url", "page_id", "weight"),
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """The frames of an analysis that the follow-up needs, with the facts beside them."""

    frames: Mapping[str, pd.DataFrame]
    """pages, links, backlinks, page_facts, repairs, priorities; columns as in `_COLUMNS`."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Facts of the analysis; `imports` in them says which files it rests on."""

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.frames[name]

    @classmethod
    def of(cls, analysis: Analysis) -> "Known":
        """Of an analysis in memory; its frames are shared, not copied."""
        frames = {
            name: analysis[name][[c for c in columns if c in analysis[name]]]
            for name, columns in _COLUMNS.items()
        }
        return cls(frames, analysis.facts)

    @classmethod
    def load(cls, folder: Path) -> "Known":
        """Of a saved analysis, only the columns needed. Raises InputError."""
        frames, facts = frames_on_disk.load(folder, columns=_COLUMNS)
        return cls(frames, facts)

    @cached_property
    def index(self) -> PageIndex:
        """Row of an address in `pages`."""
        return PageIndex.of(self["pages"])

    @cached_property
    def node(self) -> np.ndarray:
        """int64[rows of pages]: row that each address resolves to, -1 where nothing answers."""
        return self["pages"]["node_id"].fillna(-1).to_numpy(dtype=np.int64)

    def rows(self, urls: pd.Series) -> np.ndarray:
        """int64: row of `pages` of each address, -1 where none."""
        return self.index.find(urls).fillna(-1).to_numpy(dtype=np.int64)

    def nodes_of(self, rows: np.ndarray) -> np.ndarray:
        """int64: row that each row resolves to; -1 stays -1."""
        return np.where(rows >= 0, self.node[np.maximum(rows, 0)], -1)

    @cached_property
    def live(self) -> pd.DataFrame:
        """Backlinks that stand, with `node` (-1 where nothing answers or the target is unknown)."""
        frame = self["backlinks"]
        frame = frame[~frame["lost"].to_numpy(dtype=bool)]
        rows = frame["page_id"].fillna(-1).to_numpy(dtype=np.int64)
        return frame.assign(node=self.nodes_of(rows))

    @property
    def imports(self) -> dict[str, list[str]]:
        """Fingerprints of the files behind each kind of table; empty where not recorded."""
        found = self.facts.get("imports")
        return dict(found) if isinstance(found, Mapping) else {}
