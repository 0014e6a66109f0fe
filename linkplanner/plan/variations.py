"""Better plans by chance: takes some links out, sets one or two at random, fills up greedily.

Greedy steps and exchanges never set a link that pays only with a second one behind it, such as a
link to a page that then passes everything on. Iterated local search (Lourenço, Martin and Stützle
2003) finds many of them.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from linkplanner.graph.nodes import Ints
from linkplanner.plan.optimise import Choice, Search

__all__ = ["Variations"]

SHARES: Final = (0.05, 0.1, 0.2, 0.35, 0.5)
"""Shares of the links taken out."""
SET: Final = 3
"""Links set at random at most."""
LISTED: Final = 60
"""Best next links among which chance chooses."""
REBUILT: Final = 40
"""Better plans after which the state is computed anew, so that rounding cannot add up."""


class Variations:
    """Variations of one plan, again and again; the best is kept."""

    def __init__(self, search: Search, links: Ints, seed: int = 0) -> None:
        """links: candidates of the model that the plan takes."""
        self.search = search
        self.place = {int(e): i for i, e in enumerate(search.listed)}
        self.random = np.random.default_rng(seed)
        self.turns = 0
        self.begin([self.place[int(e)] for e in links if int(e) in self.place])

    def begin(self, chosen: list[int]) -> None:
        """From another plan, by places in the search's list."""
        self.chosen = chosen
        self.core = self.search.core_with(chosen)
        self.value = self.search.value(chosen)

    def offer(self, links: Ints) -> None:
        """Another plan (candidates of the model), taken over where it is better."""
        places = [self.place[int(e)] for e in links if int(e) in self.place]
        if self.search.value(places) > self.value:
            self.begin(places)

    def choice(self) -> Choice:
        """The plan as it is now."""
        return self.search.in_order(self.chosen)

    def better(self, left: Callable[[], float], hints: Ints, turns: int = 10**9) -> bool:
        """Varies the plan while `left` tells that there is time; True where it became better.

        hints: candidates of the model worth a try.
        """
        found = False
        tips = np.array([self.place[e] for e in hints.tolist() if e in self.place], dtype=np.int64)
        for _ in range(turns):
            if left() <= 0 or not len(self.search.listed):
                break
            found |= self._turn(left, tips)
        return found

    def _turn(self, left: Callable[[], float], tips: Ints) -> bool:
        search = self.search
        gone = self._gone()
        first = self._first(gone, tips)
        trial, value, core = search.refilled(
            self.core, self.chosen, gone, lambda: left() <= 0, first
        )
        if not value > self.value + 1e-9 * search.scale():
            return False
        self.chosen, self.value, self.core = trial, value, core
        self.turns += 1
        if self.turns % REBUILT == 0:
            self.begin(trial)
        return True

    def _gone(self) -> set[int]:
        """Links to take out: any, or all of some sources or targets."""
        chosen = np.array([e for e in self.chosen if not self.search.kept[e]], dtype=np.int64)
        share = self.random.choice(SHARES)
        kind = self.random.integers(3)
        if not len(chosen):
            return set()
        if kind == 0:
            count = max(1, round(share * len(chosen)))
            return set(self.random.choice(chosen, min(count, len(chosen)), replace=False).tolist())
        ends = (self.search.u if kind == 1 else self.search.v)[chosen]
        pages = np.unique(ends)
        count = max(1, round(share * len(pages)))
        picked = self.random.choice(pages, count, replace=False)
        return set(chosen[np.isin(ends, picked)].tolist())

    def _first(self, gone: set[int], tips: Ints) -> Ints:
        """Links to set before filling up."""
        count = int(self.random.integers(0, SET + 1))
        free = self.search.open([e for e in self.chosen if e not in gone])
        if count == 0 or not len(free):
            return np.zeros(0, dtype=np.int64)
        if len(tips) and self.random.random() < 0.5:
            pool = tips[np.isin(tips, free, kind="table")]
        else:
            gains = self.search.gains(self.core, free)
            most = min(LISTED, len(free))
            pool = free[np.argpartition(-gains, most - 1)[:most]]
        return self.random.permutation(pool)[:count]
