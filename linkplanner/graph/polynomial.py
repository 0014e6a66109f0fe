"""Many right-hand sides at once: one polynomial in M, found on their sum, applied to all.

GMRES on one combination of the right-hand sides finds the polynomial that makes its residual small;
M is linear, so the same polynomial serves every column (hybrid GMRES; Nachtigal, Reichel and
Trefethen 1992). Its factors are applied one after the other in Leja's order, and a round then only
multiplies and adds: no products between long vectors, no older rounds in memory.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.graph.carrier import Carrier

__all__ = ["apply", "find_roots"]

Floats = NDArray[np.float64]
Complexes = NDArray[np.complex128]

MOST_ROOTS: Final = 40
"""Degree at which the search ends; generated sites took 14 to 16 to 1e-10."""
REAL: Final = 1e-9
"""Roots with less of an imaginary part count as real."""


def find_roots(carrier: Carrier, b: Floats, tolerance: float) -> Complexes | None:
    """Roots of the polynomial that brings the residual of (I - M) x = b to `tolerance` of b.

    In the order they are best applied in; None where MOST_ROOTS do not suffice. b: float64[n].
    """
    length = float(np.sqrt(np.einsum("i,i->", b, b)))
    if length == 0:
        return np.ones(1, dtype=np.complex128)
    whole = slice(0, carrier.pages)
    basis = [b / length]
    square = np.zeros((MOST_ROOTS + 1, MOST_ROOTS))
    for size in range(1, MOST_ROOTS + 1):
        new = np.zeros_like(b)
        carrier.add(basis[-1], carrier.classes(basis[-1]), new, whole)
        np.subtract(basis[-1], new, out=new)
        for at, old in enumerate(basis):
            square[at, size - 1] = np.einsum("i,i->", old, new)
            new -= square[at, size - 1] * old
        left = float(np.sqrt(np.einsum("i,i->", new, new)))
        square[size, size - 1] = left
        known = square[: size + 1, :size]
        unit = np.eye(size + 1)[0]
        rest = unit - known @ np.linalg.lstsq(known, unit, rcond=None)[0]
        if np.linalg.norm(rest) <= tolerance or left <= 1e-14:
            return _in_leja_order(_harmonic(known))
        basis.append(new / left)
    return None


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


def apply(carrier: Carrier, b: Floats, roots: Complexes) -> tuple[Floats, Floats]:
    """x and how far it is from the next round b + M x: float64[n, k] both, for b float64[n, k].

    The residual is carried along instead of worked out anew; rounding moves it by some 1e-15 of b.
    """
    x, rest, other = np.zeros_like(b), b.copy(), np.empty_like(b)
    for root in roots.tolist():
        real = abs(root.imag) <= REAL
        once = 1 / root.real if real else 2 * root.real / abs(root) ** 2
        held = carrier.classes(rest)
        for part in carrier.parts(b.shape[1]):
            moved = np.zeros((part.stop - part.start, b.shape[1]))
            carrier.add(rest, held, moved, part)
            np.subtract(rest[part], moved, out=moved)  # (I - M) rest
            if real:
                _add(x[part], once, rest[part])
                np.multiply(moved, -once, out=other[part])
                other[part] += rest[part]
            else:
                _add(x[part], once, rest[part])
                _add(x[part], -1 / abs(root) ** 2, moved)
                other[part] = moved
        if real:
            rest, other = other, rest
        else:
            _second(carrier, rest, other, once, 1 / abs(root) ** 2)
    x += rest
    return x, rest


def _second(carrier: Carrier, rest: Floats, moved: Floats, once: float, twice: float) -> None:
    """Residual after a pair of roots, in place: rest - once moved + twice (I - M) moved."""
    held = carrier.classes(moved)
    for part in carrier.parts(rest.shape[1]):
        again = np.zeros((part.stop - part.start, rest.shape[1]))
        carrier.add(moved, held, again, part)
        again *= -twice
        rest[part] += again
        _add(rest[part], twice - once, moved[part])


def _add(out: Floats, factor: float, values: Floats) -> None:
    out += factor * values
