"""How far figures move when the model's guesses move: position weights and damping over ranges.

Position weights are heuristics, so a rank is shown with the band it takes over plausible weights.
All variations are solved together, column by column of one block: for each position p the pattern
of its links A_p stays and only the weights change,

    x_k = s + a_k sum_p w_pk (x_k / W_k) A_p,     W_k = sum_p w_pk (links of p on the page).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkplanner.graph.compact import CompactMatrix
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import NodeLinks
from linkplanner.graph.solve import fixed_point
from linkplanner.settings import EquitySettings
from linkplanner.tables import POSITIONS

__all__ = ["Ranges", "sensitivity"]

BLOCK_VALUES: Final = 1 << 23
"""Numbers in one block of variations: 64 MB."""


@dataclass(frozen=True)
class Ranges:
    """What is tried. Not measured anywhere: the widths are what reasonable people would set."""

    factor: float = 2.0
    """Each position's weight is tried from this many times less to this many times more; only
    relations between positions matter."""
    damping: tuple[float, float] = (0.75, 0.9)
    """0.85 is from Brin and Page 1998; 0.5 to 0.9 is used in the literature."""
    variations: int = 32
    band: tuple[float, float] = (0.1, 0.9)
    """Quantiles shown as the band."""


def sensitivity(
    nodes: NodeLinks,
    seed: Floats,
    chosen: NDArray[np.int64],
    settings: EquitySettings,
    ranges: Ranges | None = None,
    random_seed: int = 7,
) -> pd.DataFrame:
    """Band of the chosen pages (priority pages) over variations of weights and damping.

    Columns: node, equity, equity_low, equity_high (points), rank, rank_low, rank_high (1 is the
    strongest of the chosen). seed: float64[nodes]; chosen: nodes. The first variation is the
    settings as they are.
    """
    ranges = ranges or Ranges()
    base, factor, dampings = _variations(settings, ranges, random_seed)
    equity = _solved(nodes, seed, base, factor, dampings)[chosen]
    settled = equity * (1 - dampings)  # comparable between dampings
    order = (-settled).argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") + 1
    scale = 1 / (1 - dampings[0])
    low, high = np.quantile(settled, ranges.band, axis=1) * scale
    rank_low, rank_high = np.quantile(order, ranges.band, axis=1)
    return pd.DataFrame(
        {
            "node": chosen,
            "equity": equity[:, 0],
            "equity_low": low,
            "equity_high": high,
            "rank": order[:, 0],
            "rank_low": np.floor(rank_low).astype(np.int64),
            "rank_high": np.ceil(rank_high).astype(np.int64),
        }
    )


def _variations(
    settings: EquitySettings, ranges: Ranges, random_seed: int
) -> tuple[Floats, Floats, Floats]:
    """Weights float64[positions], factors float64[positions, variations] and dampings; the first
    variation is as set."""
    random = np.random.default_rng(random_seed)
    known = settings.position_weights
    base = np.array([known.get(name, known["unknown"]) for name in POSITIONS])
    span = np.log(ranges.factor)
    factor = np.exp(random.uniform(-span, span, (len(POSITIONS), ranges.variations)))
    damping = random.uniform(*ranges.damping, ranges.variations)
    factor[:, 0], damping[0] = 1.0, settings.damping
    return base, factor, damping


def _solved(
    nodes: NodeLinks, seed: Floats, base: Floats, factor: Floats, dampings: Floats
) -> Floats:
    """float64[nodes, variations]: equity in each."""
    weights = base[:, None] * factor
    patterns = _patterns(nodes)
    leaks = _leaks(nodes)
    found = np.empty((nodes.pages, len(dampings)))
    width = int(np.clip(BLOCK_VALUES // max(1, nodes.pages), 1, 32))
    for first in range(0, len(dampings), width):
        block = slice(first, first + width)
        total = leaks @ factor[:, block]
        for code, matrix in patterns.items():
            count = np.diff(matrix.start).astype(np.float64)
            total += count[:, None] * weights[code, block]
        scale = np.divide(dampings[block], total, out=np.zeros_like(total), where=total > 0)
        found[:, block] = _solve_block(patterns, seed, weights[:, block], scale, dampings[block])
    return found


def _solve_block(
    patterns: dict[int, CompactMatrix],
    seed: Floats,
    weights: Floats,
    scale: Floats,
    dampings: Floats,
) -> Floats:
    def step(x: Floats, out: Floats) -> None:
        flow = x * scale
        for code, matrix in patterns.items():
            matrix.transposed_times(flow * weights[code], out)

    right = np.repeat(seed[:, None], len(dampings), axis=1)
    most = float(dampings.max())
    return fixed_point(step, right, most, 1e-8, lambda y: np.abs(y).sum(axis=0))[0]


def _patterns(nodes: NodeLinks) -> dict[int, CompactMatrix]:
    """Links of each position, each counting 1."""
    from scipy.sparse import csr_array

    found = {}
    for code in np.unique(nodes.position).tolist():
        here = nodes.position == code
        ends = (nodes.source[here], nodes.target[here])
        one = np.ones(int(here.sum()))
        matrix = csr_array((one, ends), shape=(nodes.pages, nodes.pages))
        small = matrix.indptr, matrix.indices.astype(np.int32), matrix.data
        found[code] = CompactMatrix(*small, 1.0, nodes.pages)
    return found


def _leaks(nodes: NodeLinks) -> Floats:
    """float64[nodes, positions]: weight that leaks from each position as things are set."""
    weight = np.zeros((nodes.pages, len(POSITIONS)))
    source = nodes.leaks["source"].to_numpy(dtype=np.int64)
    place = (source, nodes.leaks["position"].to_numpy(dtype=np.int64))
    np.add.at(weight, place, nodes.leaks["weight"].to_numpy(dtype=np.float64))
    return weight
