"""Many right-hand sides at once on a graph with templates: sweeps forth and back over the pages.

A sweep forth solves with the links from earlier pages alone, page by page in one pass, a sweep back
with those from later pages (symmetric Gauss-Seidel); together they read each link once. For

    (I - L - U - outer.inner) x = b,      r = L p + s  (what x still misses)

    y = (I - L)^-1 (p + s + g) - p,      z = (I - U)^-1 y,      x += z
    p = z - y,      s = outer.inner z - g

where the product L p is never made (Conrad and Wallach 1979): the next sweep forth takes p in its
place. The source g is what the small copy expects templates and L U to bring (small.py), so slow
exchange between sections does not slow the sweeps. A round shrinks what is missed some twenty
times, where a plain one with the same small copy shrinks it ten times.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.graph.halves import Halves
from linkplanner.graph.norms import maxima, sums

__all__ = ["Slabs", "sweep"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

PART_VALUES: Final = 1 << 17
"""Numbers of a block worked on at once, 1 MB: with less, the loop over parts costs more than the
core's own cache saves."""
BEST: Final = 100.0
"""Times a round shrinks what is missed, at best: no round before that could be the last is looked
at. Generated sites reach 40."""
MOST_ROUNDS: Final = 25
"""Rounds before giving up; generated sites took 8 to 10 to 1e-10."""


@dataclass(frozen=True)
class Slabs:
    """Memory for a block of right-hand sides, used again by the next: float64[n, k] each."""

    forth: Floats
    back: Floats
    """In reversed order of pages."""

    @classmethod
    def of(cls, pages: int, columns: int) -> "Slabs":
        """Room for blocks of that many columns."""
        return cls(*(np.empty((pages, columns)) for _ in range(2)))


def sweep(
    halves: Halves, b: Floats, damping: float, tolerance: float, x: Floats, slabs: Slabs
) -> Bools:
    """Writes the answers to x; which columns (bool[k]) have a proven relative error.

    b, x: float64[n, k]. r is carried along, not worked out anew; rounding moves it by some 1e-15 of
    b.
    """
    rounds = _Rounds(halves, x, slabs)
    small = halves.small
    reads, through = rounds.begin(b)
    held = spread = np.zeros((small.classes, b.shape[1]))
    enough = rounds.norm(b) * tolerance  # |x| <= |b|/(1-a)
    wait = int(np.log(1 / tolerance) / np.log(BEST))
    done = np.zeros(b.shape[1], dtype=np.bool_)
    for count in range(MOST_ROUNDS):
        new_held, new_spread = small.expected(reads, through)
        sources = np.vstack([held + new_held, spread + new_spread])
        rounds.sweep_forth(sources, first=count == 0)
        through, passed, moved = rounds.sweep_back(near=count >= wait)
        held, spread = through - new_held, -new_spread
        if not (np.isfinite(held).all() and np.isfinite(spread).all()):
            break
        if count >= wait:
            left = rounds.missed(moved, held, spread)
            if np.all(left <= enough):
                done = left <= tolerance * (1 - damping) * rounds.norm(x)
                if done.all():
                    break
        reads, through = small.left(held, spread, passed)
    return done


class _Rounds:
    """One block's sweeps, part of the pages by part."""

    def __init__(self, halves: Halves, answer: Floats, slabs: Slabs) -> None:
        self.halves, self.answer, self.slabs = halves, answer, slabs
        self.pages, self.columns = answer.shape
        step = max(64, PART_VALUES // max(1, self.columns))
        marks = range(0, self.pages, step)
        self.parts = [slice(at, min(at + step, self.pages)) for at in marks]
        self.spare = np.empty((step, self.columns))
        self.room = (halves.small.classes, self.columns)

    def mirrored(self, part: slice) -> slice:
        """The same pages in reversed order."""
        return slice(self.pages - part.stop, self.pages - part.start)

    def begin(self, b: Floats) -> tuple[Floats, Floats]:
        """Takes b in; what it is by classes and by templates: float64[classes, k] each."""
        halves, slabs = self.halves, self.slabs
        reads, through = np.zeros(self.room), np.zeros(self.room)
        self.answer.fill(0.0)
        for part in self.parts:
            there = self.mirrored(part)
            own, turned = slabs.forth[part], slabs.back[there]
            np.multiply(b[part], halves.factor[part, None], out=own)
            halves.reads.add_across(own, reads, part)
            np.copyto(turned, own[::-1])
            halves.inner.add_across(turned, through, there)
        return reads, through

    def sweep_forth(self, sources: Floats, first: bool) -> None:
        """From p (the first time b) in `forth` to y in `back`.

        sources: float64[2 * classes, k], for `Halves.outward`.
        """
        halves, slabs = self.halves, self.slabs
        for part in self.parts:
            own, turned = slabs.forth[part], slabs.back[self.mirrored(part)]
            np.copyto(turned, own[::-1])
            halves.outward.add(sources, own, part)
            halves.lower.add(slabs.forth, own, part)
            if first:
                np.copyto(turned, own[::-1])
            else:
                np.subtract(own[::-1], turned, out=turned)

    def sweep_back(self, near: bool) -> tuple[Floats, Floats, Floats]:
        """From y in `back` to p in `forth`; adds z to the answer.

        Returns inner z, what p passes through L by class, and the bound of |L p|, which is worked
        out where the end may be near.
        """
        halves, slabs = self.halves, self.slabs
        through, passed, moved = np.zeros(self.room), np.zeros(self.room), np.zeros(self.columns)
        for part in self.parts:
            there = self.mirrored(part)
            z, p = slabs.back[part], slabs.forth[there]
            np.negative(z[::-1], out=p)  # y, as yet
            halves.upper.add(slabs.back, z, part)
            self.answer[there] += z[::-1]
            halves.inner.add_across(z, through, part)
            p += z[::-1]
            halves.passes.add_across(p, passed, there)
            if near and halves.sums:
                size = np.abs(p, out=self.spare[: len(p)])
                moved += np.einsum("ij,i->j", size, halves.sizes[0][there])
            elif near:
                size = np.abs(p, out=self.spare[: len(p)]).max(axis=0)
                np.maximum(moved, size * halves.sizes[0], out=moved)
        return through, passed, moved

    def missed(self, moved: Floats, held: Floats, spread: Floats) -> Floats:
        """A bound of |r|: float64[k]; |L p| is at most `moved`."""
        _, outer, write = self.halves.sizes
        if self.halves.sums:
            whole = moved + outer @ np.abs(held) + write @ np.abs(spread)
        else:
            whole = moved + outer * np.abs(held).max(axis=0) + write * np.abs(spread).max(axis=0)
        return np.asarray(whole / self.halves.factor.min())

    def norm(self, values: Floats) -> Floats:
        """Norm of each column in which the model contracts: float64[k]."""
        return (sums if self.halves.sums else maxima)(values)
