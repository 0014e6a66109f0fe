"""Small generated sites with menus, active items and links that stand in text and menu."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WEIGHTS = np.array([1.0, 0.5, 0.4, 0.2, 0.2, 0.1, 0.5])


@dataclass(frozen=True)
class MenuSite:
    """Merged links as arrays."""

    pages: int
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    weight: NDArray[np.float64]
    position: NDArray[np.int8]

    def dense(self) -> NDArray[np.float64]:
        """float64[pages, pages]: weights."""
        full = np.zeros((self.pages, self.pages))
        np.add.at(full, (self.source, self.target), self.weight)
        return full

    def shuffled(self, seed: int) -> "MenuSite":
        """The same links in another order."""
        order = np.random.default_rng(seed).permutation(len(self.source))
        return MenuSite(
            self.pages,
            self.source[order],
            self.target[order],
            self.weight[order],
            self.position[order],
        )


def menu_site(seed: int, pages: int = 300, sections: int = 3, active: str = "none") -> MenuSite:
    """A site whose menus leave out the page itself and, by `active`, the section's head
    ("section"), one item a page at random ("any") or nothing ("none")."""
    random = np.random.default_rng(seed)
    full = np.zeros((pages, pages))
    place = np.full((pages, pages), 6, dtype=np.int8)

    def add(u: int, v: int, position: int) -> None:
        if u != v and WEIGHTS[position] > full[u, v]:
            full[u, v], place[u, v] = WEIGHTS[position], position

    menu = random.choice(pages, 15, replace=False)
    footer = random.choice(pages, 8, replace=False)
    local = random.integers(0, pages, (sections, 5))
    for u in range(pages):
        if random.random() < 0.05:
            continue  # a dangling page
        section = u * sections // pages
        items = [*menu, *local[section]]
        left = {"section": local[section][0], "any": random.choice(items)}.get(active, -1)
        for v in items:
            if v != left:
                add(u, int(v), 3)
        for v in footer:
            add(u, int(v), 5)
        for v in random.integers(0, pages, random.integers(0, 5)):
            add(u, int(v), 0)
        if random.random() < 0.3:
            add(u, int(random.choice(menu)), 0)
    source, target = np.nonzero(full)
    return MenuSite(pages, source, target, full[source, target], place[source, target])
