"""The plan's curve: where further links stop being worth their work."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["knee"]


def knee(cumulative: NDArray[np.float64]) -> int:
    """Number of links after which the curve bends most: the point farthest above the straight line
    from none to all (Satopaa et al. 2011, "Finding a kneedle in a haystack"); 0 without links."""
    count = len(cumulative)
    if count == 0 or cumulative[-1] <= 0:
        return 0
    line = cumulative[-1] * np.arange(1, count + 1) / count
    return int(np.argmax(cumulative - line)) + 1
