"""The small copy of a graph, class by class: what rounds would carry between sections, at once.

Rounds even out quickly within a section and slowly between sections. So a step d is summed by
template class, two small systems are solved, and what they find is spread over the pages:

    links beside templates, from class to class (aggregation; Takahashi 1975, Stewart 1994):
        G = I + R F W,      F = (I - a W S R)^-1 - I
    templates, exactly (Woodbury's identity), with G in place of (I - a S)^-1:
        d  becomes  dG + t BG,      t = dG aC (I - B G aC)^-1

R sums by class, W spreads by class where equity tends to gather, S and C hold shares of pages.
It changes the way to the answer and never the answer: the solver's stop looks at the plain step.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.graph.compact import CompactMatrix
from linkplanner.graph.menus import Menus

__all__ = ["MOST_CLASSES", "Coarse", "coarse_copy"]

Floats = NDArray[np.float64]

MOST_CLASSES: Final = 512
"""Classes up to which the small system is inverted: 2 MB, 10 ms."""
SPREADING_ROUNDS: Final = 2
"""Rounds after which W is read off: 1 took a round more, 3 saved none."""
READ_FROM: Final = 2.0
"""Times its class's mean weight from which a page counts: one page in fourteen of the generated
sites, and no round more than with all of them."""
CHUNK_LINKS: Final = 1 << 17
"""Links added up at once."""


@dataclass(frozen=True, eq=False)
class Coarse:
    """What to add to a step."""

    menus: Menus
    scale: Floats
    """float64[n]: damping over the weight of all links of each page."""
    weight: Floats
    """W: float64[n], each page's part of what its class gets; sums to 1 by class."""
    mean: Floats
    """float64[classes]: `scale`, weighted by W."""
    between: Floats
    """F: float64[classes, classes], by way of links beside templates."""
    along: Floats
    """B R F: float64[classes, classes], from templates on."""
    templates: Floats
    """(I - B G aC)^-1: float64[classes, classes]."""

    def add_carried(self, step: Floats, out: Floats) -> None:
        """Adds what a step of equity (float64[n]) will bring to `out`."""
        gathered = self.menus.sums(step) @ self.between
        menu = (self.menus.sums(step * self.scale) + gathered * self.mean) @ self.templates
        out += self.menus.spread(gathered + menu @ self.along) * self.weight
        out[self.menus.columns] += self.menus.column @ menu

    def add_reached(self, step: Floats, out: Floats) -> None:
        """Adds what a step of reach (float64[n]) will bring to `out`."""
        gathered = self.menus.sums(step * self.weight)
        seen = self.menus.row @ step[self.menus.columns] + self.along @ gathered
        menu = self.templates @ seen
        out += self.menus.spread(self.between @ (gathered + self.mean * menu))
        out += self.menus.spread(menu) * self.scale


def coarse_copy(remainder: CompactMatrix, menus: Menus, scale: Floats) -> Coarse | None:
    """The small copy; None where there are too many classes for one.

    scale: float64[n], damping over the weight of all links of each page.
    """
    classes, template = menus.classes, menus.template
    if not 0 < classes <= MOST_CLASSES:
        return None
    weight = _gathering(remainder, menus, scale)
    owner = np.repeat(np.arange(classes), np.diff(template.indptr))
    place = owner * (classes + 1) + menus.page_class[template.indices]
    one = np.eye(classes)

    def by_class(values: Floats) -> Floats:
        table = np.bincount(place, values, classes * (classes + 1)).astype(np.float64)
        return table.reshape(classes, classes + 1)[:, :classes]

    mean = menus.sums(weight * scale)
    try:
        between = np.linalg.inv(one - _between(remainder, menus, weight, scale)) - one
        along = by_class(template.data) @ between
        flow = by_class(template.data * scale[template.indices]) + along * mean
        templates = np.asarray(np.linalg.inv(one - flow), dtype=np.float64)
    except np.linalg.LinAlgError:
        return None
    if not (np.isfinite(between).all() and np.isfinite(templates).all()):
        return None
    return Coarse(menus, scale, weight, mean, between, along, templates)


def _gathering(remainder: CompactMatrix, menus: Menus, scale: Floats) -> Floats:
    """W: what the links beside templates make of equal shares in a few rounds, by class."""
    share = np.ones(menus.pages)
    for _ in range(SPREADING_ROUNDS):
        share, before = np.zeros(menus.pages), share
        remainder.transposed_times(before * scale, share)
    np.maximum(share, 0.0, out=share)
    share += 1e-9 * share.mean() + 1e-300
    whole = menus.spread(menus.sums(share))
    return np.divide(share, whole, out=np.zeros(menus.pages), where=whole > 0)


def _between(remainder: CompactMatrix, menus: Menus, weight: Floats, scale: Floats) -> Floats:
    """What links beside templates carry from class to class: float64[classes, classes].

    Read off the pages that matter most in their class, for all of them.
    """
    classes = menus.classes
    mean = menus.spread(1 / np.maximum(1.0, menus.sums(np.ones(menus.pages))))
    flow = np.where(weight >= READ_FROM * mean, weight, 0.0)
    alike = menus.sums(flow) == 0  # a class whose pages all weigh about the same
    flow = np.where(menus.spread(alike.astype(np.float64)) > 0, weight, flow)
    seen = menus.sums(flow)
    flow *= menus.spread(np.divide(remainder.unit, seen, out=np.zeros(classes), where=seen > 0))
    pages = np.flatnonzero(flow)
    flow, number = (flow * scale)[pages], menus.page_class[pages].astype(np.int64)
    begin = remainder.start[pages].astype(np.int64)
    count = remainder.start[pages + 1] - begin
    found = np.zeros(classes * (classes + 1))
    edges = np.searchsorted(np.cumsum(count), np.arange(0, count.sum(), CHUNK_LINKS))
    for first, last in zip(edges.tolist(), [*edges[1:].tolist(), len(pages)]):
        some = count[first:last]
        place = np.repeat(begin[first:last] - (np.cumsum(some) - some), some)
        place += np.arange(len(place))
        cell = np.repeat(number[first:last] * (classes + 1), some)
        cell += menus.page_class[remainder.column[place]]
        carried = np.repeat(flow[first:last], some)
        carried *= remainder.code[place]
        found += np.bincount(cell, carried, len(found))
    return found.reshape(classes, classes + 1)[:, :classes]
