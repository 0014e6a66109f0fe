"""Where equity goes: what settles, what evaporates and why, what broken targets trap."""

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import NodeLinks

__all__ = ["Balance", "balance", "trapped"]


@dataclass(frozen=True)
class Balance:
    """What enters leaves or stays; all in points. entered = priority + other + the leaks."""

    entered: float
    """Seeds of all pages that answer, plus those of broken targets."""
    priority: float
    """What settles on priority pages, (1-a) x."""
    other: float
    """What settles on all other pages."""
    dead_ends: float
    """Lost on pages without any link, which cannot pass on what they get."""
    nofollow: float
    """Evaporated through links marked nofollow, ugc or sponsored."""
    external: float
    """Left through links to other sites."""
    broken: float
    """Lost at broken, blocked and unresolved targets: what links carry there and what backlinks
    bring there."""
    files: float
    """Lost on links to images and other files, which pass nothing on."""
    noindex: float
    """Not passed on by noindex pages, where the setting says so."""

    def to_dict(self) -> dict[str, float]:
        """Plain numbers by name."""
        return asdict(self)


def balance(
    nodes: NodeLinks, equity: Floats, seed_rows: Floats, priority: Floats, damping: float
) -> Balance:
    """The balance of the model (docs/method.md): sum s = (1-a) sum x + a sum x (1-r).

    equity, priority: float64[n]; seed_rows: float64[rows of pages].
    """
    silent = nodes.total == 0
    settled = equity * (1 - damping)
    flow = damping * equity / np.where(silent, 1.0, nodes.total)
    leak = nodes.leaks["weight"].to_numpy() * flow[nodes.leaks["source"].to_numpy(dtype=np.int64)]
    causes = pd.Series(leak).groupby(nodes.leaks["cause"].to_numpy()).sum()
    chosen = priority > 0
    unanswered = float(seed_rows[nodes.node < 0].sum())
    return Balance(
        entered=float(seed_rows.sum()),
        priority=float(settled[chosen].sum()),
        other=float(settled[~chosen].sum()),
        dead_ends=float(damping * equity[silent].sum()),
        nofollow=float(causes.get("nofollow", 0.0)),
        external=float(causes.get("external", 0.0)),
        broken=float(causes.get("broken", 0.0)) + unanswered,
        files=float(causes.get("file", 0.0)),
        noindex=float(causes.get("noindex", 0.0)),
    )


def trapped(nodes: NodeLinks, equity: Floats, seed_rows: Floats, damping: float) -> Floats:
    """Points that reach each broken or unresolved address and go no further: float64[rows].

    trapped at v = s_v + a sum_u x_u share(u to v).
    """
    points = np.where(nodes.node < 0, seed_rows, 0.0)
    broken = nodes.leaks[(nodes.leaks["cause"] == "broken") & (nodes.leaks["target_id"] >= 0)]
    source = broken["source"].to_numpy(dtype=np.int64)
    share = broken["weight"].to_numpy() / nodes.total[source]
    arriving = damping * equity[source] * share
    target = broken["target_id"].to_numpy(dtype=np.int64)
    return points + np.bincount(target, weights=arriving, minlength=len(points))
