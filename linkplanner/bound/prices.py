"""An upper bound from prices: on equity, on the budget, on each target's places.

With x' the equity under a plan, e = (u, v) its links and f_e = x'_u w_e / (W_u + w(S_u)) their
flows, x'_r = x_r + sum_e f_e A_er exactly (A_er = a G_vr - (G_ur - [u = r])). Put a price y_r on
that row of every page with candidates, a price l on each link, m_v on each place at target v, and
replace the goal by a tangent with slopes c. Then for all y, l >= 0, m >= 0 and c

    gain <= c-part + y.x + l B + m.cap
            + sum_u max over modes and x in {low_u, high_u} of [x (V_u(mode) - y_u) - l |mode|]

where V_u is the sum of w_e/(W_u + w(mode)) (a q_v - phi_u - m_v / most_e) over the mode's best
candidates, q = G (c + y), phi = q - c - y and most_e = high_u w_e / (W_u + w_e). Each page's
maximum stands alone, so the bound is a sort and one solve, for any prices; the best prices make it
the optimum of the mode programme's linear relaxation. Proof: docs/method.md, "Certificate".
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace

import numpy as np

from linkplanner.bound.dual import Dual, Ranges, lifts
from linkplanner.bound.field import TOLERANCE
from linkplanner.bound.idle import Idle
from linkplanner.bound.inflow import Blurred, Inflow, Supply
from linkplanner.bound.modes import Modes, modes_for
from linkplanner.bound.problem import Problem
from linkplanner.bound.whole_links import Received, WholeLinks
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["Answer", "Prices"]

SLOPE = 1e-3
"""Tolerance of solves on the way to good prices; a bound holds at any. 1e-5 led to the same bounds
in a fifth more time, 1e-8 in half as much again (100,000 pages)."""
COUNTS = 40.0
"""Heats below a page's best from which a choice counts as none: e^-40."""
WIDTH = 3.0
"""Blur of a page's use of a flow, in heats per equity it can win."""


@dataclass(frozen=True, eq=False)
class Answer:
    """What the pages choose at some prices."""

    best: Floats
    """Each page's maximum."""
    equity: Floats
    """float64[k]: x each page chooses (a mean where several are as good)."""
    links: float
    flow: Floats
    """float64[m]: flow over each candidate."""
    drawn: Floats
    """float64[m]: flow over each candidate that its target uses for links of its own."""
    uses: Blurred
    """Each choice's use of each flow."""
    using: Floats
    """How far each of those choices is made."""
    mass: Floats
    """float64[modes]: how far each mode is chosen."""
    idle: Floats
    """float64[k]: the part of x in each page's choice of no links."""
    received: Received | None = None
    """What pages of the balanced goal choose."""


class Prices:
    """The bound over some candidates, which must be all candidates of their pages."""

    def __init__(
        self, problem: Problem, ranges: Ranges, decided: Mapping[int, bool] | None = None
    ) -> None:
        """decided: places that must (True) or must not (False) take a link; others are free."""
        self.problem, self.ranges, self.decided = problem, ranges, dict(decided or {})
        field = problem.field
        self.modes: Modes = modes_for(
            problem.source, problem.weight, field.total, problem.limit, problem.max_links
        )
        k = self.modes.sources
        self.whole = np.maximum(self.modes.whole, 1e-12)
        self.today = field.equity[k]
        self.inflow = Inflow(problem, self.modes)
        self.idle = Idle(problem, k)
        self.arrivals = WholeLinks(problem) if problem.balanced else None
        self.set_ranges(ranges)
        offered = np.bincount(problem.target, minlength=len(field.equity))
        self.cap = np.minimum(problem.target_limit, problem.max_links).astype(np.float64)
        self.capped = np.flatnonzero(offered > self.cap)
        """Places that cost something; of the balanced goal's pages all do."""
        if self.arrivals is not None:
            goal = problem.targets[self.arrivals.fed]
            self.cap[problem.targets] = 0.0  # these choose how many places they offer
            self.capped = np.union1d(self.capped, goal)
        self.closed = self._closed()

    def _closed(self) -> Floats:
        """Per mode -inf where decisions rule it out, else 0."""
        modes = self.modes
        wanted = np.array([self.decided.get(int(u), -1) for u in modes.sources], dtype=np.int64)
        wanted, taking = wanted[modes.page], modes.links > 0
        return np.where(((wanted == 1) & ~taking) | ((wanted == 0) & taking), -np.inf, 0.0)

    def ranged(self, ranges: Ranges) -> "Prices":
        """The same with other ranges of equity."""
        other = copy(self)
        other.arrivals = copy(self.arrivals)
        other.set_ranges(ranges)
        return other

    def set_ranges(self, ranges: Ranges) -> None:
        """Other ranges of equity."""
        self.ranges, p = ranges, self.problem
        k = self.modes.sources
        self.high, self.low = ranges.high[k][self.modes.page], ranges.low[k][self.modes.page]
        single = p.weight / (p.field.total[p.source] + p.weight)
        self.most = np.maximum(ranges.high[p.source] * single, 1e-300)
        self.base, self.top = ranges.without[k], ranges.high[k]
        if self.arrivals is not None:
            self.arrivals.set_ranges(ranges, self.most)

    def worth(self, dual: Dual, tolerance: float = TOLERANCE) -> Floats:
        """w_e times the worth of a unit of flow over each candidate, places paid."""
        p, arrivals = self.problem, self.arrivals
        worth = lifts(p, dual, tolerance) + dual.flow - dual.place[p.target] / self.most
        if dual.idle is not None:
            worth += self.idle.worth(dual.idle)
        if arrivals is not None and dual.own is not None:
            dearer = (dual.own - dual.slope)[arrivals.page]
            worth[arrivals.links] += dearer * arrivals.brings
        return p.weight * worth

    def supply(self, dual: Dual) -> Supply:
        """What pages that set links can use at these prices."""
        return self.inflow.supply(dual.flow, self.most, self.base, self.top)

    def fixed(self, dual: Dual) -> float:
        """The part of the bound that no page chooses by its links."""
        goal = 0.0 if self.arrivals is None else float(self.arrivals.value(dual).sum())
        return self._paid(dual) + goal

    def _paid(self, dual: Dual) -> float:
        """Prices times what there is."""
        p, x = self.problem, self.problem.field.equity
        value = float(dual.equity @ x + dual.link * p.max_links)
        value += float(dual.place @ self.cap)  # all places: whatever has a price is paid for
        if p.balanced:
            value += float(dual.slope @ x[p.targets] + dual.count * p.max_links)
        return value

    def _units(self, sums: Floats, dual: Dual) -> Floats:
        """Per mode what a unit of its page's equity brings. sums: running, of candidates' worth."""
        value: Floats = (self.modes.parts @ sums) / self.whole
        value -= dual.equity[self.modes.sources][self.modes.page]
        value[self.modes.first] += dual.still[self.modes.sources]
        return value

    def _cost(self, dual: Dual) -> Floats:
        """Per mode what it costs."""
        cost = dual.link * self.modes.links - self.closed
        cost[self.modes.first] += dual.still[self.modes.sources] * self.today
        return cost

    def value(self, dual: Dual) -> float:
        """The bound at these prices."""
        return self.fixed(dual) + float(self.page_values(self.worth(dual), dual).sum())

    def values(self, dual: Dual, links: Floats) -> Floats:
        """The bound at these prices, with each of several prices of a link in place of theirs."""
        k, many = self.modes.sources, len(links)
        padded = np.tile(np.append(self.worth(dual), -np.inf), (many, 1))
        equity, still = (np.tile(part[k], (many, 1)) for part in (dual.equity, dual.still))
        pages = self.many_values(padded, equity, still, links, self.supply(dual), np.ones(many))
        paid = (links - dual.link) * self.problem.max_links
        return np.asarray(self.fixed(dual) + paid + pages.sum(axis=1))

    def page_values(self, worth: Floats, dual: Dual) -> Floats:
        """Each page's maximum: float64[k]."""
        k = self.modes.sources
        padded = np.append(worth, -np.inf)[None]
        equity, still, link = dual.equity[k][None], dual.still[k][None], np.array([dual.link])
        return self.many_values(padded, equity, still, link, self.supply(dual), np.ones(1))[0]

    def many_values(
        self,
        padded: Floats,
        equity: Floats,
        still: Floats,
        link: Floats,
        supply: Supply,
        times: Floats,
    ) -> Floats:
        """The same for several prices at once: float64[c, k].

        padded: float64[c, m + 1], worths with -inf at the end of each row; equity, still:
        float64[c, k]; link: float64[c]; supply: at prices `times` (float64[c]) as low.
        """
        modes, rows = self.modes, self.inflow.rows
        sums = modes.parts @ modes.best_sums(padded).T
        unit: Floats = np.ascontiguousarray(sums.T) / self.whole
        unit -= equity[:, modes.page]
        unit[:, modes.first] += still
        cost = link[:, None] * modes.links - self.closed
        cost[:, modes.first] += still * self.today
        upper = self.high * unit - cost
        most = upper[:, rows]
        upper[:, rows] = -np.inf
        np.maximum(upper, self.low * unit - cost, out=upper)
        best = np.maximum.reduceat(upper, modes.first, axis=1)
        page = modes.page[rows]
        each, open_ = np.nonzero(most > best[:, page])
        rows, page = rows[open_], page[open_]
        found = times[each] * supply.best(page, unit[each, rows] / times[each]) - cost[each, rows]
        np.maximum.at(best, (each, page), found)
        return best

    def answer(self, dual: Dual, heat: float) -> tuple[float, Answer]:
        """A smooth value just above the bound, and what the pages choose there.

        heat > 0 blurs each maximum: heat log sum exp(offers / heat).
        """
        modes, worth = self.modes, self.worth(dual, SLOPE)
        rank = modes.ranks(worth)
        top, slot, sums = modes.sums(worth, rank)
        unit, cost = self._units(sums, dual), self._cost(dual)
        upper, lower = self.high * unit - cost, self.low * unit - cost
        rows, used = self._fed(lower, upper, dual, heat, unit)
        equity, upper[self.inflow.rows] = self.high.copy(), -np.inf
        upper[rows], equity[rows] = used.value - cost[rows], used.equity
        best = np.maximum.reduceat(np.maximum(upper, lower), modes.first)
        up = np.exp((upper - best[modes.page]) / heat)
        down = np.exp((lower - best[modes.page]) / heat)
        both = np.add.reduceat(up + down, modes.first)
        up, down = up / both[modes.page], down / both[modes.page]
        mean = up * equity + down * self.low
        idle = mean[modes.first]
        flow = np.zeros(len(worth))
        flow[top] = self.problem.weight[top] * modes.use(mean / self.whole)[slot]
        mass = up + down
        mean = _sums(modes.page, mean, len(modes.sources))
        using = up[rows]
        drawn = used.drawn(using, len(worth))
        value = self._paid(dual) + float((best + heat * np.log(both)).sum())
        received = None if self.arrivals is None else self.arrivals.received(dual, heat)
        value += 0.0 if received is None else float(received.value.sum())
        return value, Answer(
            best, mean, float(mass @ modes.links), flow, drawn, used, using, mass, idle, received
        )

    def _fed(
        self, lower: Floats, upper: Floats, dual: Dual, heat: float, unit: Floats
    ) -> tuple[Ints, Blurred]:
        """Choices to set links of pages with links to them that could count, and their use of
        these. lower, upper: at a page's least and most."""
        modes, rows = self.modes, self.inflow.rows
        best = upper.copy()
        best[rows] = -np.inf
        best = np.maximum.reduceat(np.maximum(lower, best), modes.first) - COUNTS * heat
        rows = rows[upper[rows] > best[modes.page[rows]]]
        page, supply = modes.page[rows], self.supply(dual)
        room = np.maximum(self.top - supply.base, 1e-9 * self.top + 1e-300)
        return rows, supply.blurred(page, unit[rows], WIDTH * heat / room[page])

    def gradient(self, dual: Dual, answer: Answer) -> Dual:
        """Slope of the smooth value in every price."""
        p, flow = self.problem, answer.flow
        size, a = len(p.field.equity), p.field.damping
        left = _sums(p.source, flow, size)
        seed = a * _sums(p.target, flow, size) - left
        moved = p.field.spread(seed, SLOPE) + left
        k = self.modes.sources
        equity = np.zeros(size)
        equity[k] = self.today - answer.equity + moved[k]
        place = self.cap - np.bincount(p.target, weights=flow / self.most, minlength=size)
        links, drawn = p.max_links - answer.links, flow - answer.drawn
        slope, got, arrivals = moved[p.targets], answer.received, self.arrivals
        idle = self.idle.slope(size, answer.idle, answer.mass[self.modes.first], flow)
        if arrivals is None or got is None:
            return Dual(equity, links, place, slope, drawn, idle=idle)
        place[arrivals.places] += got.links
        over = arrivals.brings * flow[arrivals.links]
        arrived = _sums(arrivals.page, over, len(slope))
        slope = slope + p.field.equity[p.targets] - arrived - got.rest
        counted = p.max_links - float(got.links.sum())
        return Dual(equity, links, place, slope, drawn, arrived - got.arrived, counted, idle)

    def forced(self, dual: Dual, worth: Floats) -> Floats:
        """For each candidate: its page's maximum when it must be taken. float64[m]."""
        modes = self.modes
        rank = modes.ranks(worth)
        top, slot, sums = modes.sums(worth, rank)
        last = np.zeros(modes.slot_first[-1])
        last[slot] = worth[top]
        parts = modes.parts.tocoo()
        mode, at = parts.row, parts.col
        rest = (modes.parts @ sums)[mode] - last[at]
        group = np.searchsorted(modes.slot_first, at, side="right") - 1
        order = np.argsort(group, kind="stable")
        begin = np.searchsorted(group[order], np.arange(len(modes.group_most) + 1))
        best = np.full(len(worth), -np.inf)
        y = dual.equity[modes.sources]
        supply, fed = self.supply(dual), np.diff(self.inflow.first) > 0
        for step in range(int(np.diff(begin).max(initial=0))):
            open_ = (begin[:-1] + step < begin[1:])[modes.group]
            e = np.flatnonzero(open_)
            pair = order[begin[modes.group[e]] + step]
            taken = at[pair] - modes.slot_first[modes.group[e]]
            own = np.where(rank[e] < taken, last[at[pair]], worth[e])
            m = mode[pair]
            value = (rest[pair] + own) / self.whole[m] - y[modes.page[m]]
            cost = dual.link * modes.links[m] - self.closed[m]
            upper = np.where(fed[modes.page[m]], 0.0, self.high[m] * value)
            with_flow = np.flatnonzero(fed[modes.page[m]])
            upper[with_flow] = supply.best(modes.page[m[with_flow]], value[with_flow])
            best[e] = np.maximum(best[e], np.maximum(upper, self.low[m] * value) - cost)
        return best

    def units(self, dual: Dual) -> tuple[Floats, Ints]:
        """Per mode what a unit of its page's equity brings, and the candidates' ranks."""
        worth = self.worth(dual)
        rank = self.modes.ranks(worth)
        return self._units(self.modes.sums(worth, rank)[2], dual), rank

    def restricted(self, keep: Ints, ranges: Ranges) -> "Prices":
        """The bound over some of the candidates (numbers within this problem)."""
        return Prices(self.problem.only(keep), ranges, self.decided)

    def without_lost(self, dual: Dual, keep: Ints) -> Dual:
        """Prices of a larger problem, 0 on pages without candidates here and on places that are no
        longer scarce. keep: numbers there of this problem's candidates."""
        place = np.zeros(len(dual.place))
        place[self.capped] = dual.place[self.capped]
        equity = np.zeros(len(dual.equity))
        equity[self.modes.sources] = dual.equity[self.modes.sources]
        flow = np.zeros(len(keep))
        flow[self.inflow.links] = dual.flow[keep][self.inflow.links]
        idle = np.zeros(len(dual.equity))
        idle[self.idle.places] = dual.still[self.idle.places]
        return replace(dual, equity=equity, place=place, flow=flow, idle=idle)


def _sums(group: Ints, values: Floats, size: int) -> Floats:
    """Sum of values by group: float64[size]."""
    return np.bincount(group, weights=values, minlength=size).astype(np.float64)
