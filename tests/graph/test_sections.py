"""Balances by page and section close; variants and bands are found."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from linkplanner.graph.flow import balance
from linkplanner.graph.nodes import NodeLinks, node_links
from linkplanner.graph.sections import page_balance, section_balance, section_flows
from linkplanner.graph.sensitivity import Ranges, sensitivity
from linkplanner.graph.structure import position_counts
from linkplanner.graph.variants import url_variants
from linkplanner.settings import EquitySettings
from linkplanner.site.pages import join_pages
from linkplanner.tables import LINKS, PAGE_ROWS, POSITIONS

OWN = frozenset({"a.test"})
A = 0.85


def site(seed: int, silent_noindex: bool = False) -> tuple[NodeLinks, np.ndarray, np.ndarray]:
    """A random site with every kind of leak: nodes, seeds by row, priorities by node."""
    random = np.random.default_rng(seed)
    n = 30
    frame = pd.DataFrame({"url": [f"https://a.test/s{i % 3}/{i}" for i in range(n)]})
    frame["status"] = random.choice([200, 200, 200, 404], n)
    frame["noindex"] = random.random(n) < 0.2
    frame["out_external"] = random.integers(0, 4, n)
    frame["source"] = "t"
    pages = join_pages([PAGE_ROWS.conform(frame)], OWN)
    links = pd.DataFrame({"source_id": random.integers(0, n, 150)})
    links["target_id"] = random.integers(0, n, 150)
    links.loc[random.random(150) < 0.1, "target_id"] = np.nan
    links["position"] = random.choice(POSITIONS, 150)
    links["nofollow"] = random.random(150) < 0.1
    setting = replace(EquitySettings(), noindex_passes=not silent_noindex)
    nodes = node_links(pages, LINKS.conform(links), setting)
    priority = (random.random(nodes.pages) < 0.2).astype(float)
    return nodes, random.random(n), priority


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("silent", [False, True])
def test_each_page_and_each_section_closes(seed: int, silent: bool) -> None:
    nodes, seeds, priority = site(seed, silent)
    entering = seeds[nodes.page_id]
    x = nodes.graph.equity(entering)
    pages = page_balance(nodes, x, entering, priority, A)
    leaks = ["dead_ends", "nofollow", "external", "broken", "files", "noindex"]
    arrived = pages["entered"] + pages["received"]
    assert np.allclose(arrived, pages["settled"] + pages["passed"] + pages[leaks].sum(axis=1))
    whole = balance(nodes, x, seeds, priority, A).to_dict()
    for name in ("dead_ends", "nofollow", "external", "files", "noindex"):
        assert pages[name].sum() == pytest.approx(whole[name])
    section = [f"s{node % 3}" for node in nodes.page_id]
    by_section = section_balance(pages, section)
    assert by_section["pages"].sum() == nodes.pages
    assert by_section["settled"].sum() == pytest.approx(whole["priority"] + whole["other"])
    flows = section_flows(nodes.graph, x, section, A)
    assert flows["points"].sum() == pytest.approx(pages["passed"].sum())
    into = flows.groupby("to")["points"].sum()
    received = pages.groupby(section)["received"].sum()
    assert np.allclose(into.reindex(received.index).fillna(0), received)


def test_links_by_place_add_up_to_all_links() -> None:
    nodes, _, _ = site(3)
    counts = position_counts(nodes)
    assert counts["links_in"].sum() == counts["links_out"].sum() == len(nodes.source)
    into = counts.groupby("node")["links_in"].sum().reindex(range(nodes.pages), fill_value=0)
    assert np.array_equal(into, np.bincount(nodes.target, minlength=nodes.pages))
    chosen = counts[counts["position"] == "footer"].set_index("node")["links_out"]
    here = nodes.source[nodes.position == POSITIONS.index("footer")]
    assert chosen[chosen > 0].to_dict() == pd.Series(here).value_counts().to_dict()


def test_the_band_holds_the_figure_and_the_first_variation_is_the_settings() -> None:
    nodes, seeds, _ = site(1)
    entering, chosen = seeds[nodes.page_id], np.array([0, 3, 5, 7])
    found = sensitivity(nodes, entering, chosen, EquitySettings())
    assert np.allclose(found["equity"], nodes.graph.equity(entering)[chosen], rtol=1e-6)
    assert (found["equity_low"] < found["equity_high"]).all()
    assert (found["rank_low"] <= found["rank_high"]).all()
    assert sorted(found["rank"]) == [1, 2, 3, 4]


def test_variations_solved_together_equal_each_built_anew() -> None:
    nodes, seeds, _ = site(2)
    entering, chosen = seeds[nodes.page_id], np.arange(nodes.pages)
    weights = {**EquitySettings().position_weights, "footer": 0.15, "content": 0.9}
    changed = replace(EquitySettings(), position_weights=weights, damping=0.8)
    same = Ranges(factor=1.0, damping=(0.8, 0.8), variations=3)
    found = sensitivity(nodes, entering, chosen, changed, same)
    code = {name: weights[name] / EquitySettings().position_weights[name] for name in POSITIONS}
    factor = np.array([code[name] for name in POSITIONS])
    base = np.array([weights[name] for name in POSITIONS])
    weight = base[nodes.position]
    total = np.bincount(nodes.source, weights=weight, minlength=nodes.pages)
    leak = nodes.leaks
    np.add.at(total, leak["source"].to_numpy(dtype=int), leak["weight"].to_numpy())
    assert factor.shape == (7,)
    shares = np.zeros((nodes.pages, nodes.pages))
    np.add.at(shares, (nodes.source, nodes.target), weight / total[nodes.source])
    exact = np.linalg.solve((np.eye(nodes.pages) - 0.8 * shares).T, entering)
    assert np.allclose(found["equity"], exact, rtol=1e-6)
    assert np.allclose(found["equity_low"], found["equity_high"])


def test_url_variants_are_grouped_with_what_differs() -> None:
    rows = ["/", "/index.html", "/A/b", "/a/b/", "/p?x=1&y=2", "/p?y=2&x=1", "/p?x=2", "/c"]
    frame = pd.DataFrame({"url": ["https://a.test" + row for row in rows]})
    frame["node_id"] = np.arange(len(rows))
    found = url_variants(frame)
    assert found["url"].str.removeprefix("https://a.test").tolist() == rows[:6]
    assert found.groupby("keep")["differs"].first().to_dict() == {
        "https://a.test/": "index file",
        "https://a.test/A/b": "slash at the end, capital letters",
        "https://a.test/p?x=1&y=2": "order of parameters",
    }
    assert url_variants(frame.iloc[[0]]).empty


def test_an_address_that_redirects_is_no_variant() -> None:
    frame = pd.DataFrame({"url": ["https://a.test/x", "http://www.a.test/x"], "node_id": [0, 0]})
    assert url_variants(frame).empty
    frame["node_id"] = [0, 1]
    assert url_variants(frame)["differs"].unique().tolist() == [
        "http and https, with and without www"
    ]
