"""Limited-memory quasi-Newton steps within bounds, for numbers some of which move together.

A number rests where it is at a bound and the slope holds it there. Each step is that of L-BFGS
(Nocedal 1980) among the numbers that do not rest, along a path that bends where it meets a bound
(projected Newton: Bertsekas 1982), shortened until the value falls as it should (Armijo). It begins
from a matrix that the caller knows, which is why it is not scipy's L-BFGS-B: that one moves each
number by itself, ends as high where the matrix is none, and takes a quarter more time alone,
several times as much beside other programs.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["least"]

FALL: Final = 1e-4
"""Part of what the slope foretells that the value must fall by at least."""
SHORTER: Final = (0.1, 0.5)
"""Within what parts of it a step is shortened."""
TRIES: Final = 12
"""Times a step is shortened at most."""
FARTHEST: Final = 1e3
"""Most that a number changes in a step; numbers are to be of about the size of 1. Where nothing
bends, steps would grow without end."""
LITTLE: Final = 1e-7
"""Fall, in parts of the value, that counts as none."""
PATIENCE: Final = 5
"""Steps in a row without a fall after which nothing more is tried: the first are often short."""
FLAT: Final = (1e-12, 1e-100)
"""Bend along a move, in parts of the squared change of slope and at all, up to which it says
nothing."""


def least(
    function: Callable[[Floats], tuple[float, Floats]],
    point: Floats,
    within: tuple[Floats, Floats],
    steps: int,
    memory: int,
    joined: Callable[[Floats, Ints], Floats],
    left: Callable[[], float],
) -> Floats:
    """Where a smooth convex function within bounds is about least, after so many steps at most.

    function: value and slope at a point; point: float64[n], within the bounds; joined: slopes of
    some numbers times a positive definite matrix on these alone; left: seconds left.
    """
    value, slope = function(point)
    known, vain = _Memory(memory, joined), 0
    for _ in range(steps):
        if left() <= 0:
            break
        path = _Path(point, within, slope, known)
        found = path.followed(function, value)
        if found is None:
            if known.plain:
                break
            known.forget()
            continue
        known.plain = False
        there, lower, steeper = found
        known.learn(there - point, steeper - slope)
        fell = value - lower
        point, value, slope = there, lower, steeper
        vain = vain + 1 if fell <= LITTLE * max(abs(value), 1.0) else 0
        if vain >= PATIENCE:
            break
    return point


class _Memory:
    """The last moves and how the slope changed over them."""

    def __init__(self, most: int, joined: Callable[[Floats, Ints], Floats]) -> None:
        self.most, self.joined = most, joined
        self.moves: list[Floats] = []
        self.changes: list[Floats] = []
        self.plain = False
        """Whether numbers move each alone: bounds may leave nothing of a joint step."""

    def forget(self) -> None:
        """Begins anew, without joint steps where there was nothing to forget."""
        self.plain = not self.moves
        self.moves, self.changes = [], []

    def learn(self, move: Floats, change: Floats) -> None:
        """One more move; too flat ones say nothing."""
        if not _bends(float(move @ change), change):
            return
        self.moves = [*self.moves, move][-self.most :]
        self.changes = [*self.changes, change][-self.most :]

    def direction(self, slope: Floats, free: Ints) -> Floats:
        """The step among the free numbers: float64[free]."""
        q = slope[free]
        pairs = []
        for move, change in zip(self.moves, self.changes):
            s, y = move[free], change[free]
            bend = float(s @ y)
            if _bends(bend, y):
                pairs.append((s, y, bend))
        if not pairs:
            q = q if self.plain else self.joined(q, free)
            return -q / max(float(np.linalg.norm(q)), 1e-300)
        parts = []
        for s, y, bend in reversed(pairs):
            part = float(s @ q) / bend
            q = q - part * y
            parts.append(part)
        _, y, bend = pairs[-1]
        q = self.joined(q, free) * (bend / float(y @ self.joined(y, free)))
        for (s, y, bend), part in zip(pairs, reversed(parts)):
            q += (part - float(y @ q) / bend) * s
        return -q


def _bends(bend: float, change: Floats) -> bool:
    return bend > max(FLAT[0] * float(change @ change), FLAT[1])


class _Path:
    """The way from a point in a direction, bent at the bounds."""

    def __init__(
        self, point: Floats, within: tuple[Floats, Floats], slope: Floats, known: _Memory
    ) -> None:
        low, high = within
        rests = ((point <= low) & (slope > 0)) | ((point >= high) & (slope < 0))
        self.free = np.flatnonzero(~rests)
        self.point, self.slope = point, slope
        self.low, self.high = low[self.free], high[self.free]
        way = known.direction(slope, self.free)
        self.way = way * min(1.0, FARTHEST / max(float(np.abs(way).max(initial=0.0)), 1e-300))

    def followed(
        self, function: Callable[[Floats], tuple[float, Floats]], value: float
    ) -> tuple[Floats, float, Floats] | None:
        """The point reached with its value and slope; None where the value does not fall."""
        here, slope, step = self.point[self.free], self.slope[self.free], 1.0
        for _ in range(TRIES):
            moved = np.clip(here + step * self.way, self.low, self.high)
            foretold = float(slope @ (moved - here))
            if not foretold < 0:  # nor a number
                return None
            there = self.point.copy()
            there[self.free] = moved
            found, steeper = function(there)
            if found <= value + FALL * foretold:
                return there, found, steeper
            bent = -0.5 * foretold / max(found - value - foretold, 1e-300)
            step *= min(max(bent, SHORTER[0]), SHORTER[1])
        return None
