"""The targets' rows of (I - aP)^-1, as far as bounds need them: for each page its few largest."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from linkplanner.bound.problem import Problem
from linkplanner.bound.side_by_side import side_by_side
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
    numbers = np.arange(len(targets))
    parts = side_by_side(lambda some: _some(problem, targets, some, left), numbers, BLOCK)
    if any(part is None for part in parts):
        return None
    found = [part for part in parts if part is not None]
    own = np.zeros(len(targets))
    for part in found:
        own[part.numbers] = part.own
    largest, of = (np.concatenate([each[i] for each in found], axis=1) for i in (0, 1))
    order = np.argsort(-largest, axis=1, kind="stable")[:, :LARGEST]
    largest, of = np.take_along_axis(largest, order, axis=1), np.take_along_axis(of, order, axis=1)
    return Rows(targets, largest, of, own)


class _Some(NamedTuple):
    """The same of some targets, in no order."""

    largest: Floats
    of: Ints
    numbers: Ints
    own: Floats


def _some(
    problem: Problem, targets: Ints, numbers: Ints, left: Callable[[], float]
) -> _Some | None:
    size = len(problem.field.equity)
    largest, own = np.zeros((size, LARGEST)), np.zeros(len(numbers))
    of = np.zeros((size, LARGEST), dtype=np.int64)
    for first in range(0, len(numbers), BLOCK):
        if left() <= 0:
            return None
        block = slice(first, first + BLOCK)
        part = targets[numbers[block]]
        columns = _columns(problem, part)
        here = np.arange(len(part))
        own[block] = columns[part, here]
        columns[part, here] = 0.0
        both = np.concatenate([largest, columns], axis=1)
        place = np.argpartition(both, both.shape[1] - LARGEST, axis=1)[:, -LARGEST:]
        largest = np.take_along_axis(both, place, axis=1)
        either = np.concatenate([of, np.broadcast_to(numbers[block], columns.shape)], axis=1)
        of = np.take_along_axis(either, place, axis=1)
    return _Some(largest, of, numbers, own)


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
