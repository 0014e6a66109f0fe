"""What a plan may still take: limits on groups of links, links that stay, pages that are protected.

The limits per page, per target and in all stand in the model and are looked at where links are
chosen. These three only forbid plans, so a bound that does not know them holds for what they leave.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints
from linkplanner.plan.core import Core

__all__ = ["Groups", "Guard", "fitting", "kept_links", "protected_pages", "spares"]

ROUNDING: Final = 1e-9
"""Relative room below a page's least equity that counts as none."""


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups of some candidates, with how many links each may take."""

    group: Ints | None
    """int64 per candidate; None where no group is limited."""
    limit: Ints

    @classmethod
    def of(cls, model: Model, links: Ints) -> "Groups":
        """Of the candidates with these numbers."""
        if model.cand_group is None or model.group_limit is None:
            return cls(None, np.zeros(0, dtype=np.int64))
        return cls(model.cand_group[links], model.group_limit)

    def room(self, chosen: Ints | list[int]) -> Ints | None:
        """int64 per candidate: links that its group may still take; None where nothing limits."""
        if self.group is None:
            return None
        taken = np.bincount(self.group[chosen], minlength=len(self.limit))
        return (self.limit - taken)[self.group]


@dataclass(frozen=True, eq=False)
class Guard:
    """Protected pages by place in a core, and the equity that each keeps at least."""

    places: Ints
    least: Floats

    @classmethod
    def of(cls, model: Model, core: Core) -> "Guard":
        """The guard of a core that holds all protected pages."""
        pages = protected_pages(model)
        least = np.zeros(0) if model.least_equity is None else model.least_equity[pages]
        return cls(core.at(pages), least)

    def __bool__(self) -> bool:
        return len(self.places) > 0

    def allows(self, core: Core, u: Ints, v: Ints, weight: Floats) -> NDArray[np.bool_]:
        """Per link: with it alone added, no protected page falls below its least, or falls further
        where it is below already."""
        after = core.equity_after(u, v, weight, self.places)
        floor = np.minimum(self.least, core.equity[self.places]) * (1 - ROUNDING)
        return np.asarray((after >= floor).all(axis=1))

    def holds(self, core: Core) -> bool:
        """Whether no protected page is below its least."""
        return bool((core.equity[self.places] >= self.least * (1 - 10 * ROUNDING)).all())


def protected_pages(model: Model) -> Ints:
    """Nodes that must keep some equity."""
    if model.least_equity is None:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(model.least_equity > 0)


def spares(model: Model, equity: Floats) -> bool:
    """Whether equity float64[n] leaves every protected page what it must keep."""
    pages = protected_pages(model)
    if model.least_equity is None or not len(pages):
        return True
    return bool((equity[pages] >= model.least_equity[pages] * (1 - 100 * ROUNDING)).all())


def kept_links(model: Model) -> Ints:
    """Numbers of the candidates that every plan holds."""
    if model.cand_kept is None:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(model.cand_kept)


def fitting(model: Model, links: Iterable[int]) -> Ints:
    """Of candidates in order of preference those that the limits allow together, after the kept
    ones, which come first."""
    out, into = model.source_limits().copy(), model.target_limits().copy()
    group = model.cand_group
    room = None if group is None or model.group_limit is None else model.group_limit.copy()
    found: dict[int, None] = {}
    for link in (*kept_links(model).tolist(), *links):
        u, v = model.cand_source[link], model.cand_target[link]
        full = len(found) >= model.max_links or out[u] <= 0 or into[v] <= 0 or link in found
        if full or (room is not None and group is not None and room[group[link]] <= 0):
            continue
        out[u] -= 1
        into[v] -= 1
        if room is not None and group is not None:
            room[group[link]] -= 1
        found[int(link)] = None
    return np.array(list(found), dtype=np.int64)
