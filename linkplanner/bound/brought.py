"""What links bring the pages that set them, when every page pays at each visit.

With links set, z = (I - aP')^-1 paid tells what one unit at each page brings. Where the influence G
of a few places is at hand, with D the changes of the rows U times G (plan/core.py), Woodbury's
identity gives what their new rows bring, e = (P' - P) z, without a solve of the whole graph:

    (I - a D_:U) e = D paid.
"""

from typing import Final

import numpy as np

from linkplanner.bound.field import Field
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["brought"]

FEWER: Final = 20
"""Pages of the site for each place from which the places are solved for alone: with 800 places of
100,000 pages that takes 1 to 40 ms, a solve of the graph 90 ms."""


def brought(
    field: Field, source: Ints, target: Ints, weight: Floats, reward: Floats, paid: Floats
) -> Floats:
    """By place: what the page's new links bring at a visit, less what it pays.

    source, target, weight: the links, by place; reward and paid: what each visit earns, before and
    after payment.
    """
    if field.influence is not None and FEWER * len(field.pages) <= field.graph.pages:
        return _inside(field, field.influence, source, target, weight, paid) + (paid - reward)
    graph, nodes = field.graph, field.pages
    changed = graph.with_links(nodes[source], nodes[target], weight)
    everywhere, old = np.zeros(graph.pages), np.zeros(graph.pages)
    everywhere[nodes] = paid
    reach = changed.reach(everywhere, field.damping)
    graph.weigh(reach, old)
    return np.asarray((reach - field.damping * graph.scale * old)[nodes] - reward)


def _inside(
    field: Field, influence: Floats, source: Ints, target: Ints, weight: Floats, paid: Floats
) -> Floats:
    """a (P' - P) z by place."""
    a = field.damping
    rows, at = np.unique(source, return_inverse=True)
    added = np.bincount(at, weight, len(rows))
    after = field.total[rows] + added
    share, given = weight / after[at], added / after / a
    reach = influence @ paid
    right = np.bincount(at, share * reach[target], len(rows)) - given * (reach[rows] - paid[rows])
    change = np.zeros((len(rows), len(rows)))
    np.add.at(change, at, share[:, None] * influence[np.ix_(target, rows)])
    change -= given[:, None] * (influence[np.ix_(rows, rows)] - np.eye(len(rows)))
    found = np.zeros(len(field.pages))
    found[rows] = a * np.linalg.solve(np.eye(len(rows)) - a * change, right)
    return found
