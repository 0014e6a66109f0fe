"""How aims are set, on rounds that take a second each and bring a part of what is left."""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import numpy as np
import pytest

from linkplanner.bound.aims import Aims
from linkplanner.bound.dual import Dual
from linkplanner.bound.prices import Prices
from linkplanner.bound.relaxed import Known, Relaxed

NONE = np.zeros(0, dtype=np.int64)


def asked(bound: float, gain: float, seconds: int, part: float) -> list[tuple[float, bool, float]]:
    """Each round's aim, whether it is with the known plan, and the bound before it."""
    rest, rounds = [float(seconds)], []

    def one(
        state: Relaxed, aim: float, turn: int, full: bool, left: Callable[[], float]
    ) -> Relaxed:
        rounds.append((aim, full, state.bound))
        rest[0] -= 1
        return replace(state, bound=state.bound - part * (bound - gain))

    root = Relaxed(NONE, cast(Prices, None), cast(Dual, None), bound)
    known = Known(NONE, gain, np.zeros(0))
    for found, _ in Aims(root, lambda: known, one).bounds(lambda: rest[0]):
        assert gain <= found <= bound
    return rounds


def test_an_aim_stays_where_there_is_time_to_refute_it() -> None:
    aims = [aim for aim, _, _ in asked(140.0, 100.0, 20, 0.1)]
    assert 100 < aims[0] < 140
    assert aims[:5] == [aims[0]] * 5


def test_an_aim_that_time_is_too_short_for_is_raised() -> None:
    aims = [aim for aim, _, _ in asked(140.0, 100.0, 4, 0.05)]
    assert aims[0] < aims[1] < aims[2] < aims[3] < 140


@pytest.mark.parametrize("seconds", [3, 10])
def test_rounds_with_the_known_plan_keep_to_it(seconds: int) -> None:
    rounds = asked(105.0, 100.0, seconds, 0.1)
    assert any(full for _, full, _ in rounds)
    assert all(aim == pytest.approx(100.0) for aim, full, _ in rounds if full)
