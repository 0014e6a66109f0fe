"""The rules of the model, all at once, against a slow reading of docs/method.md link by link."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.graph.flow import balance
from linkplanner.graph.link_graph import LinkGraph
from linkplanner.graph.nodes import node_links
from linkplanner.graph.structure import depths
from linkplanner.settings import EquitySettings
from linkplanner.site.pages import join_pages
from linkplanner.tables import LINKS, PAGE_ROWS, POSITIONS

OWN = frozenset({"a.test"})


@st.composite
def tables(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pages (some broken, redirected, canonicalised, noindex, blocked) and links between them."""
    n = draw(st.integers(2, 8))
    urls = [f"https://a.test/{i}" for i in range(n)]
    page = st.fixed_dictionaries(
        {
            "status": st.sampled_from([200, 200, 200, 404]),
            "noindex": st.booleans(),
            "blocked": st.sampled_from([False, False, False, True]),
            "out_external": st.integers(0, 3),
        }
    )
    rows = [{"url": url, "source": "t", **draw(page)} for url in urls]
    for row in rows:
        kind, other = (
            draw(st.sampled_from(["", "", "redirect", "canonical"])),
            draw(st.sampled_from(urls)),
        )
        if kind == "redirect" and other != row["url"]:
            row |= {"status": 301, "redirect_to": other}
        elif kind == "canonical":
            row["canonical"] = other
    pages = join_pages([PAGE_ROWS.conform(pd.DataFrame(rows))], OWN)
    link = st.tuples(
        st.integers(0, n - 1),
        st.one_of(st.none(), st.integers(0, n - 1)),
        st.sampled_from(POSITIONS),
        st.sampled_from([False, False, True]),
    )
    found = draw(st.lists(link, max_size=25))
    columns = ["source_id", "target_id", "position", "nofollow"]
    return pages, LINKS.conform(pd.DataFrame(found, columns=columns))


@dataclass
class Read:
    """Links by what becomes of them."""

    carried: dict[tuple[int, int], float] = field(default_factory=dict)
    lost: dict[tuple[int, object], float] = field(default_factory=dict)
    outside: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    linking: set[int] = field(default_factory=set)


def read_links(pages: pd.DataFrame, links: pd.DataFrame, setting: EquitySettings) -> Read:
    """Each link in turn."""
    node = pages["node_id"].fillna(-1).astype(int).tolist()
    at = {row: place for place, row in enumerate(i for i in range(len(node)) if node[i] == i)}
    speaks = {row for row in links["source_id"] if node[row] == row}
    read = Read()
    for row in links.itertuples():
        page, weight = node[row.source_id], setting.position_weights[row.position]
        if page < 0 or (page != row.source_id and page in speaks):
            continue
        u, outside = at[page], pd.isna(row.target_id)
        v = None if outside or node[row.target_id] < 0 else at[node[row.target_id]]
        if u == v:
            continue
        read.linking.add(u)
        if outside:
            read.outside[u] += weight
        elif v is None or row.nofollow:
            spot = ("broken", row.target_id) if v is None else v
            read.lost[u, spot] = max(weight, read.lost.get((u, spot), 0))
        else:
            read.carried[u, v] = max(weight, read.carried.get((u, v), 0))
    return read


def read_slowly(
    pages: pd.DataFrame, links: pd.DataFrame, setting: EquitySettings
) -> tuple[np.ndarray, np.ndarray]:
    """Shares P (float64[nodes, nodes]) and link totals."""
    read = read_links(pages, links, setting)
    nodes = np.flatnonzero(pages["node_id"].fillna(-1).astype(int) == np.arange(len(pages)))
    total, full = np.zeros(len(nodes)), np.zeros((len(nodes), len(nodes)))
    for (u, v), weight in read.carried.items():
        full[u, v] = weight
        total[u] += weight
    for (u, spot), weight in read.lost.items():
        if (u, spot) not in read.carried:
            total[u] += weight
    for u, row in enumerate(nodes):
        if u in read.outside:
            total[u] += read.outside[u]
        elif u in read.linking:
            total[u] += pages["out_external"].fillna(0)[row] * setting.leak_weight
        if not setting.noindex_passes and not pages["indexable"][row]:
            full[u] = 0
    return full / np.where(total > 0, total, 1)[:, None], total


@given(tables(), st.booleans(), st.sampled_from([1.0, 0.3]))
@settings(max_examples=60)
def test_every_rule_on_and_off_equals_the_slow_reading(
    both: tuple[pd.DataFrame, pd.DataFrame], passes: bool, content: float
) -> None:
    pages, links = both
    weights = {**EquitySettings().position_weights, "content": content}
    setting = replace(EquitySettings(), noindex_passes=passes, position_weights=weights)
    nodes = node_links(pages, links, setting)
    shares, total = read_slowly(pages, links, setting)
    assert np.allclose(nodes.total, total)
    seed = np.arange(1.0, len(pages) + 1)
    seed[(nodes.node >= 0) & ~np.isin(np.arange(len(pages)), nodes.page_id)] = 0
    entering = seed[nodes.page_id]
    exact = np.linalg.solve((np.eye(nodes.pages) - 0.85 * shares).T, entering)
    x = nodes.graph.equity(entering)
    assert np.allclose(x, exact, rtol=1e-9)
    parts = balance(nodes, x, seed, np.zeros(nodes.pages), 0.85).to_dict()
    assert sum(parts.values()) == pytest.approx(2 * parts["entered"], rel=1e-9)


@given(tables(), st.randoms())
@settings(max_examples=25)
def test_the_order_of_link_rows_and_repeats_change_nothing(
    both: tuple[pd.DataFrame, pd.DataFrame], random: object
) -> None:
    pages, links = both
    order = list(range(len(links))) * 2  # every link twice
    random.shuffle(order)  # type: ignore[attr-defined]
    known = links["target_id"].notna().to_numpy()
    again = links.iloc[[i for i in order if known[i]]]
    once = node_links(pages, links[known], EquitySettings())
    twice = node_links(pages, again.reset_index(drop=True), EquitySettings())
    assert np.allclose(once.total, twice.total)
    assert np.array_equal(once.position, twice.position)
    seed = np.ones(once.pages)
    assert np.allclose(once.graph.equity(seed), twice.graph.equity(seed), rtol=1e-9)


@pytest.mark.parametrize(("start", "expected"), [(0, [0, 1, 2, -1]), ([0, 2], [0, 1, 0, -1])])
def test_depth_from_one_or_several_entry_pages(start: object, expected: list[int]) -> None:
    graph = LinkGraph.from_links([0, 1, 3], [1, 2, 0], [1.0, 1.0, 1.0], 4)
    assert depths(graph, np.array(start)).tolist() == expected
