"""Solves x = b + M x for a contraction M: few rounds, and an error that is proven at the end.

Plain rounds shrink the error by the damping each; the part that all pages share (a site's menus mix
everything at once) is guessed from the last few rounds instead (Anderson 1965; Walker and Ni 2011).
A guess that does not help is dropped for a plain round, and after CAREFUL rounds all are plain.
Several right-hand sides share one guess, made for a random combination of them: M is linear, so the
combination goes through the same rounds as its parts.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.errors import InputError

__all__ = ["column_signs", "fixed_point"]

Floats = NDArray[np.float64]

MEMORY: Final = 5
"""Rounds a guess combines: 4 to 7 took 14 to 17 rounds where plain ones took 105."""
IMPROVED_MEMORY: Final = 2
"""The same where steps are improved: 3 to 5 saved no round."""
CAREFUL: Final = 200
"""Rounds with guesses; no generated or real site took more than 40."""
IMPROVED_ROUND: Final = 1
"""The round after the first guess of `improve`, which may be too large: it is never dropped."""
MOST_FAILURES: Final = 3
"""Rounds that lead away from the answer after which steps are no longer improved."""
MAX_ROUNDS: Final = 5000
"""Rounds before giving up; plain ones at damping 0.99 to 1e-10 take 2,291, 0.85 takes 142."""


def fixed_point(
    step: Callable[[Floats, Floats], None],
    b: Floats,
    damping: float,
    tolerance: float,
    norm: Callable[[Floats], Floats],
    start: Floats | None = None,
    improve: Callable[[Floats, Floats], None] | None = None,
) -> tuple[Floats, Floats]:
    """x with x = b + M x, to a proven relative error; and a bound of |b + M x - x|, per column.

    step(x, out) adds M x to out; M shrinks `norm` (per column) by at least `damping`, so the error
    of new = b + M x is at most damping/(1-damping) |new - x|. improve(step, out), for one column,
    adds to out what the step new - x is expected to bring. b: float64[n] or [n, k]. Raises
    InputError where rounding keeps the tolerance out of reach.
    """
    scale = _column_scale(b)
    b = b / scale
    x = b.copy() if start is None else _near(start / scale, b, damping, norm)
    rounds = _Rounds(b, IMPROVED_MEMORY if improve else MEMORY)
    combined = rounds.combine(x)
    columns = 1 if b.ndim == 1 else b.shape[1]
    nearly = 2 * tolerance * columns * float(np.max(norm(b), initial=0.0))  # |x| <= |b|/(1-a)
    smallest, failures = np.inf, 0
    for count in range(MAX_ROUNDS):
        new = rounds.next()
        np.copyto(new, b)
        step(x, new)
        size = rounds.measure(combined, norm)
        if size * damping <= nearly:
            error = norm(new - x) * damping
            if np.all(error <= tolerance * (1 - damping) * norm(new)):
                return new * scale, error * scale
        rounds.keep(improve)
        worse = size > smallest and count != IMPROVED_ROUND
        if worse:
            rounds.drop_last()
            failures += 1
            improve = improve if failures < MOST_FAILURES else None
        if worse or count > CAREFUL:
            rounds.forget()
        smallest = np.inf if worse else size
        combined = rounds.guess(x)
    raise InputError(f"Tolerance {tolerance:g} cannot be reached at damping {damping:g}.")


def _near(start: Floats, b: Floats, damping: float, norm: Callable[[Floats], Floats]) -> Floats:
    """The start, or b where it is further from the answer than 0: no answer is above
    |b| / (1 - damping), and rounding of a start far above could hide it."""
    far = norm(start) > 2 * norm(b) / (1 - damping)
    return np.where(far, b, start) if np.any(far) else start


def _column_scale(b: Floats) -> Floats | float:
    """Largest value of each column, so that no column counts more than another."""
    if b.ndim == 1:
        return 1.0
    scale = np.abs(b).max(axis=0) if len(b) else np.ones(b.shape[1])
    return np.where(scale > 0, scale, 1.0)


def column_signs(b: Floats) -> tuple[Floats, Floats]:
    """One column for all: sum of the columns times factors that level them, at random signs.

    b: float64[n, k]. Returns float64[n] and the factors, float64[k].
    """
    scale = _column_scale(b)
    factor = np.random.default_rng(0).choice([-1.0, 1.0], b.shape[1]) / scale
    return np.einsum("ij,j->i", b, factor), factor


class _Rounds:
    """The last rounds: what they gave, and how far each was from its start.

    Products go through einsum: BLAS starts a thread a core for them, which costs more than it
    saves where another program has the core.
    """

    def __init__(self, b: Floats, memory: int) -> None:
        self.memory = memory
        self.values = np.zeros((memory, *b.shape))
        self.signs = None
        if b.ndim == 2:
            self.signs = np.random.default_rng(0).choice([-1.0, 1.0], b.shape[1])
        self.combined = self.values if b.ndim == 1 else np.zeros((self.memory, len(b)))
        self.residuals = np.zeros((self.memory, len(b)))
        self.products = np.zeros((self.memory, self.memory))
        self.at, self.used = -1, 0

    def combine(self, x: Floats) -> Floats:
        """One column for all."""
        return x if self.signs is None else np.einsum("ij,j->i", x, self.signs)

    def next(self) -> Floats:
        """Where the next round's values go."""
        self.before, self.at = self.at, (self.at + 1) % self.memory
        return self.values[self.at]

    def measure(self, begun: Floats, norm: Callable[[Floats], Floats]) -> float:
        """Size of the round's step, for all columns combined."""
        if self.signs is not None:
            np.einsum("ij,j->i", self.values[self.at], self.signs, out=self.combined[self.at])
        np.subtract(self.combined[self.at], begun, out=self.residuals[self.at])
        return float(norm(self.residuals[self.at]))

    def keep(self, improve: Callable[[Floats, Floats], None] | None) -> None:
        """Takes the round in, improved where there is a way."""
        if improve is not None:
            more = np.zeros(len(self.residuals[self.at]))
            improve(self.residuals[self.at], more)
            self.residuals[self.at] += more
            self.values[self.at] += more
        self.used = min(self.used + 1, self.memory)
        products = np.einsum("ij,j->i", self.residuals, self.residuals[self.at])
        self.products[self.at] = self.products[:, self.at] = products

    def drop_last(self) -> None:
        """Goes back to the round before."""
        self.at = self.before

    def forget(self) -> None:
        """Keeps the last round only."""
        self.used = 1

    def guess(self, out: Floats) -> Floats:
        """Writes the combination of the rounds with the least residual to out."""
        chosen = (self.at - np.arange(self.used)) % self.memory
        share = np.zeros(self.memory)
        share[self.at] = 1.0
        if self.used > 1:
            older = chosen[1:]
            dots = self.products
            own = dots[self.at, self.at]
            right = own - dots[older, self.at]
            square = dots[np.ix_(older, older)] - dots[older, self.at][:, None]
            square = square - dots[older, self.at][None, :] + own
            share[older] = np.linalg.lstsq(square, right, rcond=1e-14)[0]
            share[self.at] -= share[older].sum()
        np.einsum("i,ij->j", share, self.values.reshape(self.memory, -1), out=out.reshape(-1))
        return out if self.signs is None else np.einsum("i,ij->j", share, self.combined)
