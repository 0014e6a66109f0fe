"""Losses by cause and page add up to the balance, and a freed link gives what was said."""

import numpy as np
import pandas as pd
import pytest

from linkplanner.graph.flow import balance
from linkplanner.graph.losses import losses
from linkplanner.graph.nodes import NodeLinks
from tests.graph.test_sections import A as DAMPING
from tests.graph.test_sections import site

Solved = tuple[NodeLinks, np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def solved(seed: int, silent: bool = False) -> Solved:
    nodes, seed_rows, priority = site(seed, silent)
    equity = nodes.graph.equity(seed_rows[nodes.page_id], DAMPING)
    return nodes, equity, seed_rows, nodes.graph.reach(priority, DAMPING), priority


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("silent", [False, True])
def test_losses_add_up_to_the_balance_by_cause(seed: int, silent: bool) -> None:
    nodes, equity, seed_rows, reach, _ = solved(seed, silent)
    found = losses(nodes, equity, seed_rows, reach, DAMPING)
    whole = balance(nodes, equity, seed_rows, np.zeros(nodes.pages), DAMPING).to_dict()
    whole["file"] = whole.pop("files")
    sums = found.groupby("cause")["points"].sum()
    for cause in ("broken", "nofollow", "external", "file", "noindex", "dead_ends"):
        assert sums.get(cause, 0.0) == pytest.approx(whole[cause], abs=1e-9)
    assert (found["points"].diff().dropna() <= 0).all()


@pytest.mark.parametrize("seed", range(4))
def test_a_link_without_nofollow_brings_at_least_what_was_said(seed: int) -> None:
    nodes, equity, seed_rows, reach, priority = solved(seed)
    found = losses(nodes, equity, seed_rows, reach, DAMPING)
    marked = found[found["cause"] == "nofollow"]
    assert len(marked)
    seeds = seed_rows[nodes.page_id]
    before = float(priority @ equity)
    for row in marked.to_dict("records"):
        node = int(np.flatnonzero(nodes.page_id == row["page_id"])[0])
        leaks = nodes.leaks[(nodes.leaks["cause"] == "nofollow") & (nodes.leaks["source"] == node)]
        leaks = leaks[leaks["target_id"] >= 0]
        target = nodes.node[leaks["target_id"].to_numpy(dtype=np.int64)]
        graph = nodes.graph.with_links(
            leaks["source"], target, leaks["weight"], total=nodes.graph.total.copy()
        )
        gained = float(priority @ graph.equity(seeds, DAMPING)) - before
        assert gained >= row["gain"] * (1 - 1e-9)


def test_a_site_without_losses_has_none() -> None:
    empty = pd.DataFrame({name: [] for name in ("source", "target_id", "weight", "position")})
    nodes = NodeLinks(
        page_id=np.arange(2),
        node=np.arange(2),
        source=np.array([0, 1]),
        target=np.array([1, 0]),
        weight=np.ones(2),
        position=np.zeros(2, dtype=np.int8),
        leaks=empty.assign(cause=pd.Series(dtype="str")),
        total=np.ones(2),
    )
    equity = nodes.graph.equity([1.0, 0.0])
    assert losses(nodes, equity, np.array([1.0, 0.0]), np.ones(2), DAMPING).empty
