"""The targets' rows of (I - aP)^-1, as far as bounds need them: for each page its few largest."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from linkplanner.bound.problem import Problem
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["Rows", "rows_of"]

BLOCK: Final = 64
"""Rows of G at once."""
LARGEST: Final = 8
"""Largest G_vr kept for each page r."""
TOLERANCE: Final = 1e-6
"""Of rows of G on large sites; each is off by at most that over 1 - a, which is added."""


@dataclass(frozen=True, eq=False)
class Rows:
    """What is kept of them."""

    targets: Ints
    """Their places, sorted."""
    largest: Floats
    """float64[r, LARGEST]: largest G_vr over targets v other than r, largest first."""
    of: Ints
    """int64[r, LARGEST]: numbers of those targets."""
    own: Floats
    """G_vv by target."""

    def spread(self, into: Floats, total: float) -> Floats:
        """Most that each place gets over old links when new ones bring at most `into` each target,
        `total` in all."""
        room = into[self.of]
        before = np.cumsum(room, axis=1) - room
        filled = np.clip(total - before, 0.0, room)
        rest = np.maximum(total - room.sum(axis=1), 0.0)
        filled[:, -1] += rest
        found: Floats = (self.largest * filled).sum(axis=1)
        return found


def rows_of(problem: Problem, targets: Ints, left: Callable[[], float]) -> Rows | None:
    """The rows; None where time is up before they are there."""
    size = len(problem.field.equity)
    largest, own = np.zeros((size, LARGEST)), np.zeros(len(targets))
    of = np.zeros((size, LARGEST), dtype=np.int64)
    for first in range(0, len(targets), BLOCK):
        if left() <= 0:
            return None
        part = targets[first : first + BLOCK]
        columns = _columns(problem, part)
        here = np.arange(len(part))
        own[first : first + len(part)] = columns[part, here]
        columns[part, here] = 0.0
        both = np.concatenate([largest, columns], axis=1)
        numbers = np.broadcast_to(first + here, columns.shape)
        place = np.argpartition(both, both.shape[1] - LARGEST, axis=1)[:, -LARGEST:]
        largest = np.take_along_axis(both, place, axis=1)
        of = np.take_along_axis(np.concatenate([of, numbers], axis=1), place, axis=1)
    order = np.argsort(-largest, axis=1)
    largest, of = np.take_along_axis(largest, order, axis=1), np.take_along_axis(of, order, axis=1)
    return Rows(targets, largest, of, own)


def _columns(problem: Problem, part: Ints) -> Floats:
    """Rows of G of some places, as columns: float64[r, len(part)]."""
    field = problem.field
    if field.influence is not None:
        return np.ascontiguousarray(field.influence[part].T)
    units = np.zeros((len(field.pages), len(part)))
    units[part, np.arange(len(part))] = 1.0
    found = field.graph.equity(units, field.damping, TOLERANCE)
    found += TOLERANCE / (1 - field.damping)
    return found
