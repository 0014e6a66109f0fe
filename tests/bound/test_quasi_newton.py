"""Steps within bounds against scipy's L-BFGS-B on random bowls."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, minimize

from linkplanner.bound.quasi_newton import least
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

MEMORY = 6


class Bowl:
    """A strictly convex function of a few numbers, each between two bounds."""

    def __init__(self, seed: int, size: int) -> None:
        random = np.random.default_rng(seed)
        root = random.normal(size=(size, size))
        self.bend = root @ root.T + 0.1 * np.eye(size)
        self.pull = random.normal(size=size) * 3
        self.low = np.where(random.random(size) < 0.7, -random.random(size), -np.inf)
        self.high = np.where(random.random(size) < 0.7, random.random(size), np.inf)
        self.start = np.clip(random.normal(size=size), self.low, self.high)
        self.way = random.normal(size=size)
        self.seen: list[Floats] = []

    def __call__(self, at: Floats) -> tuple[float, Floats]:
        self.seen.append(at)
        lean = self.bend @ at
        return float(at @ lean / 2 - self.pull @ at), lean - self.pull

    def joined(self, slope: Floats, free: Ints) -> Floats:
        """Each number alone, and all together along `way`."""
        way = self.way[free]
        return slope + 10.0 * way * float(way @ slope)

    def found(self, steps: int, joint: bool, left: float = 1.0) -> Floats:
        joined = self.joined if joint else lambda slope, free: slope
        return least(self, self.start, (self.low, self.high), steps, MEMORY, joined, lambda: left)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12), st.booleans())
@example(217270, 7, True)  # a bound stops all of a joint step
def test_it_ends_where_scipy_ends(seed: int, size: int, joint: bool) -> None:
    bowl = Bowl(seed, size)
    other = minimize(
        bowl, bowl.start, jac=True, method="L-BFGS-B", bounds=Bounds(bowl.low, bowl.high),
        options={"ftol": 1e-14, "gtol": 1e-10, "maxiter": 5000},
    )  # fmt: skip
    value = bowl(bowl.found(3000, joint))[0]
    assert value <= other.fun + 1e-4 * max(1.0, abs(other.fun))


@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(0, 9), st.booleans())
def test_it_stays_within_bounds_and_never_rises(
    seed: int, size: int, steps: int, joint: bool
) -> None:
    bowl = Bowl(seed, size)
    found = bowl.found(steps, joint)
    assert all(np.all((bowl.low <= at) & (at <= bowl.high)) for at in bowl.seen)
    assert bowl(found)[0] <= bowl(bowl.start)[0]


def test_it_stops_when_time_is_up() -> None:
    bowl = Bowl(3, 5)
    assert np.array_equal(bowl.found(100, joint=True, left=0.0), bowl.start)
    assert len(bowl.seen) == 1
