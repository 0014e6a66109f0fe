"""Many right-hand sides at once: one polynomial in M, found on their sum, applied to all.

GMRES on one combination of the right-hand sides finds the polynomial that makes its residual small;
M is linear, so the same polynomial serves every column (hybrid GMRES; Nachtigal, Reichel and
Trefethen 1992). Its factors are applied one after the other in Leja's order, and a round then only
multiplies and adds: no products between long vectors, no older rounds in memory.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.graph.carrier import Carrier

__all__ = ["Room", "apply", "find_roots"]

Floats = NDArray[np.float64]
Complexes = NDArray[np.complex128]

MOST_ROOTS: Final = 40
"""Degree at which the search ends; generated sites took 14 to 16 to 1e-10."""
NEAR: Final = 100.0
"""Times the target from which the residual itself is looked at, not only its length."""
REAL: Final = 1e-9
"""Roots with less of an imaginary part count as real."""


def find_roots(
    carrier: Carrier, b: Floats, norm: Callable[[Floats], Floats], target: float
) -> Complexes | None:
    """Roots of the polynomial that brings the residual of (I - M) x = b down to `target` in `norm`.

    In the order they are best applied in; None where MOST_ROOTS do not suffice. b: float64[n].
    """
    length = float(np.sqrt(np.einsum("i,i->", b, b)))
    if length == 0:
        return np.ones(1, dtype=np.complex128)
    basis = [b / length]
    square = np.zeros((MOST_ROOTS + 1, MOST_ROOTS))
    near = NEAR * target / max(float(norm(b)), 1e-300)
    for size in range(1, MOST_ROOTS + 1):
        new = _orthogonal(carrier, basis, square[: size + 1, size - 1])
        left = square[size, size - 1]
        known = square[: size + 1, :size]
        unit = np.eye(size + 1)[0]
        rest = unit - known @ np.linalg.lstsq(known, unit, rcond=None)[0]
        basis.append(new / left if left > 0 else new)
        done = left <= 1e-14
        if not done and np.linalg.norm(rest) <= near:
            done = float(norm(length * sum(part * old for part, old in zip(rest, basis)))) <= target
        if done:
            return _in_leja_order(_harmonic(known))
    return None


def _orthogonal(carrier: Carrier, basis: list[Floats], products: Floats) -> Floats:
    """(I - M) times the last vector, less its parts along the others; writes these parts."""
    new, last = np.zeros_like(basis[-1]), basis[-1]
    carrier.add(last, carrier.classes(last), new, slice(0, carrier.pages))
    np.subtract(last, new, out=new)
    for at, old in enumerate(basis):
        products[at] = np.einsum("i,i->", old, new)
        new -= products[at] * old
    products[len(basis)] = np.sqrt(np.einsum("i,i->", new, new))
    return new


def _harmonic(known: Floats) -> Complexes:
    """Harmonic Ritz values: roots of GMRES's residual polynomial (Goossens and Roose 1999)."""
    size = known.shape[1]
    square, last = known[:size], known[size, size - 1]
    unit = np.eye(size)[-1]
    side = np.linalg.lstsq(square.T, unit, rcond=None)[0]
    return np.linalg.eigvals(square + last**2 * np.outer(side, unit))


def _in_leja_order(roots: Complexes) -> Complexes:
    """Each next root as far as can be from those before (keeps rounding small), pairs together."""
    left = roots[roots.imag > -REAL].tolist()
    ordered: list[complex] = []
    while left:
        seen = np.array(ordered + [root.conjugate() for root in ordered])
        far = [
            np.log(np.abs(root - seen) + 1e-300).sum() if len(seen) else abs(root) for root in left
        ]
        ordered.append(left.pop(int(np.argmax(far))))
    return np.array(ordered, dtype=np.complex128)


@dataclass(frozen=True)
class Room:
    """Memory for a block of right-hand sides, used again by the next: float64[n, k] each."""

    answer: Floats
    rest: Floats
    other: Floats
    spare: Floats
    """float64[pages of a part, k]."""

    @classmethod
    def of(cls, carrier: Carrier, columns: int) -> "Room":
        """Room for blocks of that many columns."""
        shape = (carrier.pages, columns)
        most = max(part.stop - part.start for part in carrier.parts(columns))
        return cls(np.empty(shape), np.empty(shape), np.empty(shape), np.empty((most, columns)))


def apply(carrier: Carrier, b: Floats, roots: Complexes, room: Room) -> tuple[Floats, Floats]:
    """x and how far it is from the next round b + M x, in `room`; b: float64[n, k].

    The residual is carried along instead of worked out anew; rounding moves it by some 1e-15 of b.
    """
    x, rest, other = room.answer, room.rest, room.other
    x.fill(0.0)
    np.copyto(rest, b)
    for root in roots.tolist():
        pair = abs(root.imag) > REAL
        if pair:
            once, twice = 2 * root.real / abs(root) ** 2, 1 / abs(root) ** 2
        else:
            once, twice = 1 / root.real, 0.0
        held = carrier.classes(rest)
        for part in carrier.parts(b.shape[1]):
            some, out, spare = rest[part], other[part], room.spare[: part.stop - part.start]
            np.multiply(some, -1.0 if pair else 1 / once - 1, out=out)
            carrier.add(rest, held, out, part)
            x[part] += np.multiply(some, once, out=spare)
            if pair:  # out is (M - I) rest
                x[part] += np.multiply(out, twice, out=spare)
            else:
                out *= once
        if pair:
            _finish(carrier, rest, other, once, twice, room.spare)
        else:
            rest, other = other, rest
    x += rest
    return x, rest


def _finish(
    carrier: Carrier, rest: Floats, moved: Floats, once: float, twice: float, spare: Floats
) -> None:
    """Residual after a pair of roots, in place; moved: (M - I) times the residual before."""
    held = carrier.classes(moved)
    for part in carrier.parts(rest.shape[1]):
        out = rest[part]
        out *= 1 / twice
        out += np.multiply(moved[part], once / twice - 1, out=spare[: len(out)])
        carrier.add(moved, held, out, part)
        out *= twice
