"""The map and the neighbours add up, and stay small however large the site is."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.graph.nodes import node_links
from linkplanner.settings import EquitySettings
from linkplanner.ui.explorer import (
    PAGES,
    SECTIONS,
    found,
    map_section,
    map_spec,
    neighbour_spec,
    neighbours,
)
from linkplanner.ui.explorer import path as short
from tests.random_site import site


def facts(sections: int, each: int) -> pd.DataFrame:
    rows = [(f"s{s}", f"https://a.test/s{s}/{p}", 1.0 / (1 + s + p))
            for s in range(sections) for p in range(each)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["section", "url", "equity"])
    return frame.assign(title="Boots", priority=0.0)


def leaves(boxes: list[dict]) -> list[dict]:
    return [leaf for box in boxes for leaf in (leaves(box["children"]) if "children" in box
                                               else [box])]  # fmt: skip


@pytest.mark.parametrize(("sections", "each"), [(1, 1), (3, 40), (200, 30)])
def test_the_map_holds_all_equity_in_few_boxes(sections: int, each: int) -> None:
    pages = facts(sections, each)
    (series,) = map_spec(pages)["series"]
    drawn = leaves(series["data"])
    assert len(drawn) <= SECTIONS * (PAGES + 1) + 1
    assert sum(box["value"] for box in drawn) == pytest.approx(pages["equity"].sum(), abs=0.05)


@given(st.integers(0, 2**32 - 1))
def test_what_feeds_a_page_and_what_it_feeds_adds_up(seed: int) -> None:
    random = np.random.default_rng(seed)
    settings = EquitySettings()
    pages, links = site(random, pages=6, links=12)
    nodes = node_links(pages, links, settings)
    seeds = random.random(nodes.pages)
    equity = nodes.graph.equity(seeds, settings.damping)
    page = int(random.integers(nodes.pages))
    feeds, fed = neighbours(nodes, equity, page, settings.damping, most=2)
    assert seeds[page] + feeds["points"].sum() == pytest.approx(equity[page], abs=1e-8)
    settled = (1 - settings.damping) * equity[page]
    assert settled + fed["points"].sum() == pytest.approx(equity[page], abs=1e-8)
    assert len(feeds) <= 3
    assert len(fed) <= 4


def test_the_picture_has_no_circle_even_where_pages_link_both_ways() -> None:
    rows = pd.DataFrame({"label": ["/a", "/b"], "points": [1.0, 2.0]})
    (series,) = neighbour_spec("/a", 0.5, 0.5, rows, rows)["series"]
    sources = {link["source"] for link in series["links"]}
    targets = {link["target"] for link in series["links"]}
    assert len(sources & targets) == 1  # the page in the middle
    names = [node["name"] for node in series["data"]]
    assert len(set(names)) == len(names)


def test_search_finds_by_path_and_title_and_puts_priorities_first() -> None:
    pages = facts(2, 3)
    pages.loc[5, ["priority", "title"]] = [1.0, "Resoling"]
    assert found(pages, "")[0] == pages["url"][5]
    assert found(pages, "RESOL") == [pages["url"][5]]
    assert len(found(pages, "s0/")) == 3
    assert found(pages, "nothing") == []


def test_long_paths_are_cut_in_the_middle() -> None:
    assert short("https://a.test/x") == "/x"
    assert short("https://a.test") == "/"
    long = short("https://a.test/" + "x" * 100 + "/end")
    assert len(long) <= 44
    assert long.endswith("/end")


def test_a_box_of_the_map_names_its_section() -> None:
    pages = pd.DataFrame(
        {
            "section": ["/shop"] * 3 + ["/blog"] * 2,
            "url": [f"https://a.test/{n}" for n in range(5)],
            "equity": [5.0, 4.0, 3.0, 2.0, 1.0],
        }
    )
    spec = map_spec(pages)
    boxes = ["all", "/shop", "0", "1", "2", "/blog", "3", "4"]
    wanted = [None, *["/shop"] * 4, *["/blog"] * 3]
    assert [map_section(spec, [n]) for n in range(len(boxes))] == wanted
    assert map_section(spec, []) is None
    assert map_section(spec, [99]) is None
