"""The saved model: enough for anyone to recompute every figure of a plan."""

from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from linkplanner.errors import InputError
from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.nodes import Ints

__all__ = ["MODEL_VERSION", "Model"]

MODEL_VERSION = 1


def _no_ints() -> Ints:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Model:
    """Graph, seeds, priorities, candidates and limits as arrays; one row a node."""

    url: NDArray[np.str_]
    source: Ints
    target: Ints
    weight: Floats
    """Merged followed links."""
    total: Floats
    """All weight on a page, leaks included."""
    seed: Floats
    """Points that enter each page from outside."""
    priority: Floats
    """Weight of priority pages, 0 elsewhere."""
    cand_source: Ints
    cand_target: Ints
    cand_weight: Floats
    """What each candidate link adds: 1.0, or the difference where the pair is linked weaker."""
    damping: float = 0.85
    max_links: int = 100
    per_page: int = 3
    per_target: int = 10
    version: int = MODEL_VERSION
    page_capacity: Ints | None = None
    """int64[n]: new links each page may take, where that differs by page."""
    target_capacity: Ints | None = None
    """int64[n]: new links each page may get, where that differs by page."""
    cand_group: Ints | None = None
    """int64 per candidate: its group, such as a pair of sections; None where none is limited."""
    group_limit: Ints | None = None
    """int64 per group: most new links in it."""
    cand_kept: NDArray[np.bool_] | None = None
    """Per candidate: in every plan, because somebody accepted it."""
    cand_relevance: Floats | None = None
    """Relevance of each candidate, 0 to 100."""
    page_room: Ints | None = None
    """int64[n]: new links that each page's text has room for, whatever the limit per page."""
    least_equity: Floats | None = None
    """float64[n]: equity that each page keeps at least, 0 where any loss is allowed."""
    plan_source: Ints = field(default_factory=_no_ints)
    plan_target: Ints = field(default_factory=_no_ints)

    @property
    def pages(self) -> int:
        """Number of nodes."""
        return len(self.url)

    def graph(self) -> LinkGraph:
        """The link graph before the plan."""
        return LinkGraph.from_links(self.source, self.target, self.weight, self.pages, self.total)

    def source_limits(self) -> Ints:
        """int64[n]: most new links from each page."""
        return _limits(self.page_capacity, self.per_page, self.pages)

    def target_limits(self) -> Ints:
        """int64[n]: most new links to each page."""
        return _limits(self.target_capacity, self.per_target, self.pages)

    def only(self, keep: NDArray[np.bool_] | Ints) -> "Model":
        """The model with some candidates alone (numbers or a mask)."""
        names = ("cand_source", "cand_target", "cand_weight", "cand_group", "cand_kept",
                 "cand_relevance")  # fmt: skip
        present = {name: getattr(self, name) for name in names}
        return replace(self, **{k: v[keep] for k, v in present.items() if v is not None})

    def save(self, path: Path) -> None:
        """Writes the arrays as a compressed npz without pickled objects."""
        present = {f.name: getattr(self, f.name) for f in fields(self)}
        with path.open("wb") as file:
            np.savez_compressed(file, **{k: v for k, v in present.items() if v is not None})

    @classmethod
    def load(cls, path: Path) -> "Model":
        """Reads a saved model. Raises InputError where it is none."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                arrays = {f.name: stored[f.name] for f in fields(cls) if f.name in stored}
            scalars = {k: v.item() for k, v in arrays.items() if v.ndim == 0}
            return cls(**{**arrays, **scalars})
        except (OSError, ValueError, TypeError, EOFError) as error:
            raise InputError(
                f"“{path.name}” is no saved model; give the model.npz that “plan --model” writes."
            ) from error


def _limits(capacity: Ints | None, default: int, pages: int) -> Ints:
    return np.full(pages, default, dtype=np.int64) if capacity is None else capacity
