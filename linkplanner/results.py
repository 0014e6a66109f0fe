"""What the main job hands on: an analysis, and a plan made from it.

Light to import: a screen that shows a result needs none of what computed it.
"""

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from linkplanner import frames_on_disk
from linkplanner.settings import EquitySettings

if TYPE_CHECKING:
    from linkplanner.graph.model import Model
    from linkplanner.graph.nodes import NodeLinks

__all__ = ["Analysis", "PlanResult"]


@dataclass(frozen=True)
class Analysis:
    """What is known of a site, scored and solved, before any plan."""

    frames: MutableMapping[str, pd.DataFrame]
    """pages, links, texts, backlinks, domains, targets, traffic, page_facts, priorities, proposed,
    unmatched, repairs, prospects, best_backlinks, and of where equity goes section_balance,
    losses, bands, hubs, link_positions, variants; see linkplanner/tables.py and
    docs/architecture.md."""
    facts: dict[str, Any]
    """JSON-able figures: domain, counts, balance, points_per_worth, has_links, provisional."""
    warnings: tuple[str, ...] = field(default_factory=tuple)
    """One plain sentence each."""

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.frames[name]

    def part(self, name: str, columns: Sequence[str]) -> pd.DataFrame:
        """Some columns of a frame, those that it has; of a lazy one only these are read."""
        return _part(self.frames, name, columns)

    def nodes(self, settings: EquitySettings) -> "NodeLinks":
        """The model's nodes and merged links."""
        from linkplanner.graph.nodes import node_links

        return node_links(self["pages"], self["links"], settings)

    def save(self, folder: Path) -> None:
        """Writes all frames and facts into a new folder."""
        frames_on_disk.save(folder, self.frames, {**self.facts, "warnings": list(self.warnings)})

    @classmethod
    def load(cls, folder: Path, *, lazily: bool = False) -> "Analysis":
        """Reads what `save` wrote; `lazily`: each frame when it is first asked for."""
        frames, facts = _read(folder, lazily)
        return cls(frames, facts, tuple(facts.pop("warnings", ())))


@dataclass(frozen=True)
class PlanResult:
    """A plan, its tasks and what it changes."""

    frames: MutableMapping[str, pd.DataFrame]
    """plan (PLAN), tasks (TASKS), suggestions (PLAN without gains, where links are unknown), pages
    (page_facts with equity_before and equity_after); from a thorough plan also clusters,
    cluster_pages, cluster_ties, rivals and anchor_issues."""
    summary: dict[str, Any]
    """JSON-able: objective, objective_before, objective_after, gain, points_before, points_after,
    links, blocked, counts, warnings, provisional, versions."""
    made_in: "Model | Path | None" = None
    """The model the plan was made in, or its file; None where links are unknown."""

    @property
    def has_model(self) -> bool:
        """Whether there is a model; reads nothing."""
        return self.made_in is not None

    @cached_property
    def model(self) -> "Model | None":
        """The model the plan was made in, read when it is first asked for."""
        if not isinstance(self.made_in, Path):
            return self.made_in
        from linkplanner.graph.model import Model

        return Model.load(self.made_in)

    def part(self, name: str, columns: Sequence[str]) -> pd.DataFrame:
        """Some columns of a frame, those that it has; of a lazy one only these are read."""
        return _part(self.frames, name, columns)

    @property
    def plan(self) -> pd.DataFrame:
        """The links to set, in order."""
        return self.frames["plan"]

    @property
    def tasks(self) -> pd.DataFrame:
        """All tasks, most gain for the minute first."""
        return self.frames["tasks"]

    @property
    def pages(self) -> pd.DataFrame:
        """Pages before and after."""
        return self.frames["pages"]

    @property
    def suggestions(self) -> pd.DataFrame:
        """Pairs that fit by title and path, to be checked; only where links are unknown."""
        return self.frames["suggestions"]

    def save(self, folder: Path) -> None:
        """Writes frames, summary and model into a new folder."""
        folder.mkdir(parents=True, exist_ok=True)
        if self.model is not None:
            self.model.save(folder / "model.npz")
        frames_on_disk.save(folder, self.frames, self.summary)

    @classmethod
    def load(cls, folder: Path, *, lazily: bool = False) -> "PlanResult":
        """Reads what `save` wrote; `lazily`: each frame when it is first asked for."""
        frames, summary = _read(folder, lazily)
        path = folder / "model.npz"
        found = cls(frames, summary, path if path.exists() else None)
        if not lazily:
            _ = found.model
        return found


def _part(
    frames: MutableMapping[str, pd.DataFrame], name: str, columns: Sequence[str]
) -> pd.DataFrame:
    if isinstance(frames, frames_on_disk.LazyFrames):
        return frames.part(name, columns)
    frame = frames[name]
    return frame[[column for column in columns if column in frame]]


def _read(folder: Path, lazily: bool) -> tuple[MutableMapping[str, pd.DataFrame], dict[str, Any]]:
    return frames_on_disk.open_lazily(folder) if lazily else frames_on_disk.load(folder)
