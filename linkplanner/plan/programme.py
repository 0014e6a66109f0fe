"""The mode programme: the plan's problem as a mixed-integer linear programme, row by row.

x_um is the equity of page u while it takes a mode m (how many new links of each weight), b_um the
choice of the mode, f_em the flow over candidate e. By x' = x + sum_u x'_u a (D G)_u (plan/core.py)

    sum_m x_rm = x_r + sum_e f_e A_er      A_er = a G_vr - (G_ur - [u = r])
    sum_m b_um = 1     sum |m| b_um <= B   lo_u b_um <= x_um <= hi_u b_um
    sum_{e in class c} f_em = x_um m_c w_c / (W + w_m)      f_em <= x_um w_e / (W + w_m)

With b whole numbers this is the problem itself; its linear relaxation is a bound. lo and hi come
from decision processes without a budget (plan/ceiling.py). For the balanced goal the logarithm is
replaced by tangents from above. The proof is in docs/method.md, "Certificate".
"""

from dataclasses import dataclass
from itertools import product
from typing import Any, Final

import numpy as np

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints
from linkplanner.plan.ceiling import Options, ceiling
from linkplanner.plan.core import Core
from linkplanner.plan.objective import Goal

__all__ = ["Programme", "Question"]

TANGENTS: Final = 12
"""Tangents of the logarithm per priority page (design: 8 to 12)."""


@dataclass(frozen=True)
class Question:
    """Over which plans the bound is to hold."""

    core: Core
    """The model before any plan."""
    options: Options
    """Candidates by place in the core, with the limit of each source."""
    goal: Goal
    targets: Ints
    """Places in the core of the goal's priority pages."""
    target_limit: Ints
    """int64[r]: most new links to each place."""
    max_links: int


@dataclass(frozen=True)
class _Layout:
    """Where the programme's variables stand."""

    mode_page: Ints
    """Source number of each (page, mode)."""
    mode_links: Ints
    """Links of each mode."""
    mode_whole: Floats
    """W + added weight."""
    flow_mode: Ints
    """(page, mode) of each flow variable."""
    flow_link: Ints
    """Candidate of each flow variable."""
    class_rows: list[tuple[int, float, Ints]]
    """(page, mode), m_c w_c / whole, and the flow variables of that class."""

    @property
    def modes(self) -> int:
        return len(self.mode_page)

    @property
    def flows(self) -> int:
        return len(self.flow_mode)


def _ranges(core: Core, options: Options, pages: Ints) -> tuple[Floats, Floats]:
    """Least and most equity of each page under any choice within the limits per page."""
    from threadpoolctl import threadpool_limits

    low, high = np.zeros(len(pages)), np.zeros(len(pages))
    reward = np.zeros(len(core.pages))
    with threadpool_limits(1, user_api="blas"):  # hundreds of small solves: threads only wait
        for i, page in enumerate(pages):
            reward[page] = 1.0
            high[i] = core.equity[page] + ceiling(core, options, reward).gain
            low[i] = core.equity[page] - ceiling(core, options, -reward).gain
            reward[page] = 0.0
    return np.maximum(low, 0.0) * (1 - 1e-9), high * (1 + 1e-9)


def _layout(question: Question, pages: Ints) -> _Layout:
    options = question.options
    mode_page: list[int] = []
    mode_links: list[int] = []
    mode_whole: list[float] = []
    flow_mode: list[int] = []
    flow_link: list[int] = []
    class_rows: list[tuple[int, float, Ints]] = []
    order = np.argsort(options.source, kind="stable")
    starts = np.searchsorted(options.source[order], pages)
    stops = np.searchsorted(options.source[order], pages, side="right")
    for i, page in enumerate(pages):
        links = order[starts[i] : stops[i]]
        weights = options.weight[links].round(9)
        classes = np.unique(weights)
        most = min(int(options.limit[page]), len(links), question.max_links)
        for counts in product(*(range(min(most, int((weights == c).sum())) + 1) for c in classes)):
            if sum(counts) > most:
                continue
            number = len(mode_page)
            whole = float(question.core.total[page] + np.dot(counts, classes))
            mode_page.append(i)
            mode_links.append(sum(counts))
            mode_whole.append(whole)
            for count, weight in zip(counts, classes):
                if count:
                    members = links[weights == weight]
                    at = np.arange(len(flow_link), len(flow_link) + len(members))
                    class_rows.append((number, count * float(weight) / whole, at))
                    flow_mode += [number] * len(members)
                    flow_link += members.tolist()
    return _Layout(
        np.array(mode_page), np.array(mode_links), np.array(mode_whole),
        np.array(flow_mode, dtype=np.int64), np.array(flow_link, dtype=np.int64), class_rows,
    )  # fmt: skip


class Programme:
    """The programme as sparse blocks.

    Variables, all divided by hi of their page: x per mode, b per mode, f per (candidate, mode),
    the total flow per candidate, then one value per target where the goal is balanced, then the
    choice y of each candidate where a limit per target may bind.
    """

    def __init__(self, question: Question, plan_equity: Floats) -> None:
        """plan_equity: equity of the targets under a known plan; the balanced goal gets a tangent
        there."""
        from scipy.sparse import csr_array

        pages = np.unique(question.options.source)
        layout = _layout(question, pages)
        self.q, self.layout, self.pages, self.make = question, layout, pages, csr_array
        self.low, self.high = _ranges(question.core, question.options, pages)
        options = question.options
        self.links = len(options.source)
        self.place = np.searchsorted(pages, options.source)
        balanced = question.goal.name == "balanced"
        sizes = [layout.modes, layout.modes, layout.flows, self.links]
        sizes += [len(question.targets) if balanced else 0]
        self.capped = self._capped()
        sizes += [self.links if len(self.capped) else 0]
        self.at = np.concatenate([[0], np.cumsum(sizes)])
        self.equal: list[tuple[Any, Floats]] = []
        self.above: list[tuple[Any, Floats]] = []
        self._choice_rows()
        self._flow_rows()
        self._balance_rows()
        self._cap_rows()
        self.cost = self._goal_rows(plan_equity)

    def _capped(self) -> Ints:
        """Targets that more sources could link to than their limit allows."""
        offered = np.bincount(self.q.options.target, minlength=len(self.q.target_limit))
        return np.flatnonzero(offered > np.minimum(self.q.target_limit, self.q.max_links))

    def _row(self, rows: Ints, columns: Ints, values: Floats, count: int) -> Any:
        block = self.make((values, (rows, columns)), shape=(count, int(self.at[-1])))
        block.eliminate_zeros()
        return block

    def _choice_rows(self) -> None:
        """One mode a page, the budget, and x between lo and hi of the chosen mode."""
        lay, at = self.layout, self.at
        mode, b = np.arange(lay.modes), at[1] + np.arange(lay.modes)
        ones = np.ones(lay.modes)
        self.equal.append(
            (self._row(lay.mode_page, b, ones, len(self.pages)), np.ones(len(self.pages)))
        )
        zero = np.zeros(lay.modes, dtype=np.int64)
        budget = self._row(zero, b, lay.mode_links.astype(float), 1)
        self.above.append((budget, np.array([float(self.q.max_links)])))
        twice, columns = np.r_[mode, mode], np.r_[mode, b]
        self.above.append(
            (self._row(twice, columns, np.r_[ones, -ones], lay.modes), np.zeros(lay.modes))
        )
        least = (self.low / self.high)[lay.mode_page]
        values = np.r_[-ones, least]
        self.above.append((self._row(twice, columns, values, lay.modes), np.zeros(lay.modes)))

    def _flow_rows(self) -> None:
        """Flows of a mode: each class in full, each candidate at most once, and their sum."""
        lay, at = self.layout, self.at
        flow = np.arange(lay.flows)
        sizes = [len(members) for _, _, members in lay.class_rows]
        rows = np.repeat(np.arange(len(sizes)), sizes)
        members = np.concatenate([m for _, _, m in lay.class_rows]) if sizes else flow[:0]
        number = np.array([n for n, _, _ in lay.class_rows], dtype=np.int64)
        share = np.array([s for _, s, _ in lay.class_rows])
        block = self._row(
            np.r_[rows, np.arange(len(sizes))], np.r_[at[2] + members, number],
            np.r_[np.ones(len(members)), -share], len(sizes),
        )  # fmt: skip
        self.equal.append((block, np.zeros(len(sizes))))
        each = self.q.options.weight[lay.flow_link] / lay.mode_whole[lay.flow_mode]
        block = self._row(
            np.r_[flow, flow], np.r_[at[2] + flow, lay.flow_mode],
            np.r_[np.ones(lay.flows), -each], lay.flows,
        )  # fmt: skip
        self.above.append((block, np.zeros(lay.flows)))
        link = np.arange(self.links)
        block = self._row(
            np.r_[lay.flow_link, link], np.r_[at[2] + flow, at[3] + link],
            np.r_[np.ones(lay.flows), -np.ones(self.links)], self.links,
        )  # fmt: skip
        self.equal.append((block, np.zeros(self.links)))

    def _lift(self, places: Ints) -> Floats:
        """A_er hi_u: what one unit of scaled flow over each candidate adds at places r."""
        core, options = self.q.core, self.q.options
        rows = core.damping * core.influence[np.ix_(options.target, places)]
        rows -= core.influence[np.ix_(options.source, places)]
        rows += options.source[:, None] == places[None, :]
        return rows * self.high[self.place][:, None]

    def _balance_rows(self) -> None:
        """sum_m x_rm = x_r + sum_e f_e A_er for every page that takes links, divided by hi_r."""
        lay, at, count = self.layout, self.at, len(self.pages)
        lift = self._lift(self.pages) / self.high[None, :]
        link, row = np.nonzero(np.abs(lift) > 1e-15)
        block = self._row(
            np.r_[lay.mode_page, row], np.r_[np.arange(lay.modes), at[3] + link],
            np.r_[np.ones(lay.modes), -lift[link, row]], count,
        )  # fmt: skip
        self.equal.append((block, self.q.core.equity[self.pages] / self.high))

    def _cap_rows(self) -> None:
        """Limits per target, through a choice y_e of each candidate."""
        if not len(self.capped):
            return
        lay, at, options = self.layout, self.at, self.q.options
        link = np.arange(self.links)
        y = at[5] + link
        block = self._row(
            np.r_[self.place, lay.mode_page], np.r_[y, at[1] + np.arange(lay.modes)],
            np.r_[np.ones(self.links), -lay.mode_links.astype(float)], len(self.pages),
        )  # fmt: skip
        self.equal.append((block, np.zeros(len(self.pages))))
        upto = lay.mode_whole[lay.flow_mode] / options.weight[lay.flow_link]
        block = self._row(
            np.r_[lay.flow_link, link], np.r_[at[2] + np.arange(lay.flows), y],
            np.r_[upto, -np.ones(self.links)], self.links,
        )  # fmt: skip
        self.above.append((block, np.zeros(self.links)))
        into = np.isin(options.target, self.capped)
        row = np.searchsorted(self.capped, options.target[into])
        block = self._row(row, y[into], np.ones(into.sum()), len(self.capped))
        self.above.append((block, self.q.target_limit[self.capped].astype(float)))

    def _goal_rows(self, plan: Floats) -> Floats:
        """Cost vector of the goal; tangents of the logarithm where it is balanced."""
        goal, at, core = self.q.goal, self.at, self.q.core
        cost = np.zeros(int(at[-1]))
        lift = self._lift(self.q.targets)
        if goal.name == "total":
            cost[at[3] : at[4]] = lift @ goal.weights
            return cost
        cost[at[4] : at[5]] = goal.weights
        today = core.equity[self.q.targets]
        for j, target in enumerate(self.q.targets):
            reward = np.zeros(len(core.pages))
            reward[target] = 1.0
            most = today[j] + ceiling(core, self.q.options, reward).gain
            least = today[j] - ceiling(core, self.q.options, -reward).gain
            points = np.geomspace(max(least, today[j] * 1e-3), max(most, today[j]), TANGENTS)
            points = np.unique(np.r_[points, plan[j], today[j]])
            link = np.flatnonzero(np.abs(lift[:, j]) > 1e-15 * today[j])
            rows = np.repeat(np.arange(len(points)), len(link) + 1)
            columns = np.tile(np.r_[at[3] + link, at[4] + j], len(points))
            slopes = -lift[link, j][None, :] / points[:, None]
            values = np.concatenate([slopes, np.ones((len(points), 1))], axis=1).ravel()
            level = np.log(points / today[j]) + (today[j] - points) / points
            self.above.append((self._row(rows, columns, values, len(points)), level))
        return cost

    def matrices(self) -> tuple[Any, Floats, Any, Floats]:
        """Equal block and right side, at-most block and right side."""
        from scipy.sparse import vstack

        return (
            vstack([block for block, _ in self.equal], format="csr"),
            np.concatenate([side for _, side in self.equal]),
            vstack([block for block, _ in self.above], format="csr"),
            np.concatenate([side for _, side in self.above]),
        )

    def bounds(self) -> tuple[Floats, Floats]:
        """Least and most of each variable: 0 to 1, the targets' values free."""
        low, high = np.zeros(int(self.at[-1])), np.ones(int(self.at[-1]))
        low[self.at[4] : self.at[5]], high[self.at[4] : self.at[5]] = -np.inf, np.inf
        return low, high

    def whole(self) -> Ints:
        """1 for variables that are whole numbers in the problem itself: modes and choices."""
        marks = np.zeros(int(self.at[-1]), dtype=np.int64)
        marks[self.at[1] : self.at[2]] = 1
        marks[self.at[5] :] = 1
        return marks

    def chosen(self, solution: Floats) -> Ints:
        """Candidates a solution takes: per page as many as its largest mode, most flow first."""
        lay = self.layout
        mode = solution[self.at[1] : self.at[2]]
        flow = solution[self.at[3] : self.at[4]]
        taken: list[int] = []
        for page in range(len(self.pages)):
            modes = np.flatnonzero(lay.mode_page == page)
            count = int(lay.mode_links[modes[np.argmax(mode[modes])]])
            links = np.flatnonzero(self.place == page)
            taken += links[np.argsort(-flow[links], kind="stable")[:count]].tolist()
        return np.array(taken, dtype=np.int64)
