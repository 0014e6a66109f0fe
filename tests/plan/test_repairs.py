"""Repairs by the smallest site that shows each, their gains against the model without the fault."""

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest

from linkplanner.graph.nodes import node_links
from linkplanner.graph.structure import depths, link_counts
from linkplanner.plan.first_order import slopes_of
from linkplanner.plan.repairs import Flow, find_repairs
from linkplanner.plan.structure_repairs import structure_repairs
from linkplanner.plan.tie_in import sources_for, wanting_links, with_sources
from linkplanner.settings import RepairSettings, Settings
from linkplanner.tables import BACKLINKS, LINKS, PAGES, REPAIRS

SITE = "https://a.test"
SETTINGS = Settings()


class Small:
    """A site of a few pages: rows of pages by path, links as (source, target, position)."""

    def __init__(
        self,
        pages: dict[str, dict[str, Any]],
        links: list[tuple[str, str, str]],
        priority: str,
        settings: Settings = SETTINGS,
    ) -> None:
        paths = list(pages)
        rows = [
            {"url": SITE + path, "status": 200, "kind": "other", **pages[path]} for path in paths
        ]
        table = pd.DataFrame(rows)
        table["page_id"] = range(len(rows))
        table["node_id"] = [
            paths.index(row["to"]) if row.get("to") else (None if row["status"] >= 400 else n)
            for n, row in enumerate(rows)
        ]
        if "indexable" not in table:
            table["indexable"] = None
        own = table["node_id"] == table["page_id"]
        table["indexable"] = table["indexable"].where(table["indexable"].notna(), own)
        self.pages = PAGES.conform(table)
        self.links = LINKS.conform(
            pd.DataFrame(
                [
                    {"source_id": paths.index(a), "target_id": paths.index(b), "position": where}
                    for a, b, where in links
                ]
            )
        )
        nodes = node_links(self.pages, self.links, settings.equity)
        seeds = np.full(len(rows), 1.0)
        weight = np.zeros(nodes.pages)
        weight[nodes.node[paths.index(priority)]] = 1.0
        equity = nodes.graph.equity(seeds[nodes.page_id])
        self.flow = Flow(nodes, seeds, equity, nodes.graph.reach(weight), weight, 0.85)
        counts = link_counts(self.pages, self.links, nodes)
        depth = depths(nodes.graph, 0)
        facts = self.pages.iloc[nodes.page_id][["page_id", "url", "title", "kind", "status"]]
        facts = facts.reset_index(drop=True).join(counts)
        indexable = self.pages["indexable"].fillna(False).to_numpy(dtype=bool)[nodes.page_id]
        facts = facts.assign(
            indexable=indexable, priority=weight, equity=equity, backlinks=0,
            depth=pd.Series(depth, dtype="Int64").mask(depth < 0),
        )  # fmt: skip
        home = np.arange(nodes.pages) == 0
        alone = indexable & ~home & (facts["links_in"] == 0).to_numpy()
        menus = (facts["links_in"] > 0) & (facts["links_in_content"] == 0)
        self.facts = facts.assign(
            orphan=alone, contextual_orphan=indexable & ~home & menus.to_numpy()
        )

    def repairs(self, settings: Settings = SETTINGS) -> pd.DataFrame:
        return structure_repairs(self.pages, self.links, self.facts, self.flow, settings)

    @property
    def points(self) -> float:
        return float(self.flow.priority @ self.flow.equity)


def only(found: pd.DataFrame, kind: str) -> pd.Series:
    rows = found[found["kind"] == kind]
    assert len(rows) == 1, found["kind"].tolist()
    return rows.iloc[0]


BASE = [("/", "/money", "content"), ("/", "/a", "content"), ("/a", "/money", "content")]
PLAIN: dict[str, dict[str, Any]] = {"/": {"kind": "home"}, "/money": {}, "/a": {}}


def test_a_noindex_page_that_holds_equity_is_priced_by_the_links_it_takes() -> None:
    pages = PLAIN | {"/hidden": {"indexable": False}, "/b": {}, "/c": {}}
    rest = [*BASE, ("/money", "/", "content"), ("/b", "/", "content"), ("/c", "/", "content")]
    links = [*rest, ("/", "/hidden", "content"), ("/a", "/hidden", "content")]
    row = only(Small(pages, links, "/money").repairs(), "noindex")
    without = Small(pages, rest, "/money")
    before = Small(pages, links, "/money")
    exact = without.points - before.points
    assert row["url"] == f"{SITE}/hidden" and row["trapped"] > 0
    assert row["gain"] > 0 and row["gain"] == pytest.approx(exact)


def test_a_page_that_names_another_as_its_original_is_found_unless_it_is_the_same() -> None:
    apart = PLAIN | {
        "/guide": {"to": "/a", "canonical": f"{SITE}/a", "title": "Guide to ropes"},
        "/a": {"title": "Tents"},
        "/b": {},
    }
    links = [("/", "/a", "content"), ("/", "/guide", "content"), ("/guide", "/money", "content"),
             ("/a", "/b", "content")]  # fmt: skip
    row = only(Small(apart, links, "/money").repairs(), "canonical elsewhere")
    assert row["redirect_to"] == f"{SITE}/a" and row["links_in"] == 1
    free = {path: {k: v for k, v in facts.items() if k not in ("to", "canonical")}
            for path, facts in apart.items()}  # fmt: skip
    exact = Small(free, links, "/money").points - Small(apart, links, "/money").points
    assert exact > 0 and row["gain"] == pytest.approx(exact, rel=0.2)
    same = apart | {"/guide": {**apart["/guide"], "title": "Tents"}}
    assert not len(Small(same, links, "/money").repairs())


def test_a_redirect_chain_names_its_steps() -> None:
    pages = PLAIN | {
        "/old": {"status": 301, "redirect_to": f"{SITE}/older", "to": "/money"},
        "/older": {"status": 301, "redirect_to": f"{SITE}/money", "to": "/money"},
    }
    row = only(Small(pages, [*BASE, ("/a", "/old", "content")], "/money").repairs(),
               "redirect chain")  # fmt: skip
    assert row["url"] == f"{SITE}/old" and row["redirect_to"] == f"{SITE}/money"
    assert row["detail"].endswith(f"{SITE}/older → {SITE}/money")


def test_a_crowded_hub_is_told_what_fewer_links_bring() -> None:
    many = {f"/tag{n}": {} for n in range(12)}
    lists = [("/", path, "navigation") for path in many]
    back = [(path, "/", "navigation") for path in (*many, "/money", "/a")]
    settings = Settings(repairs=RepairSettings(crowded_links=10))
    site = Small(PLAIN | many, [*BASE, *lists, *back], "/money", settings)
    row = only(site.repairs(settings), "crowded page")
    assert row["url"] == f"{SITE}/" and "take out 4" in row["detail"]
    fewer = Small(PLAIN | many, [*BASE, *lists[4:], *back], "/money", settings)
    assert row["gain"] == pytest.approx(fewer.points - site.points)
    assert not (site.repairs()["kind"] == "crowded page").any()


def test_hidden_and_deep_pages_get_pages_to_link_from() -> None:
    chain = ["/", "/1", "/2", "/3", "/money"]
    pages: dict[str, dict[str, Any]] = {path: {} for path in [*chain, "/a", "/menu", "/alone"]}
    pages["/"]["kind"] = "home"
    links = [(a, b, "content") for a, b in pairwise(chain)]
    links += [("/", "/a", "content"), ("/", "/menu", "navigation"), ("/a", "/", "content")]
    site = Small(pages, links, "/money")
    found = site.repairs()
    assert only(found, "deep page")["url"] == f"{SITE}/money"
    assert "4 clicks" in only(found, "deep page")["detail"]
    assert only(found, "contextual orphan")["url"] == f"{SITE}/menu"
    names = dict(zip(site.facts["url"].str.removeprefix(SITE), site.facts.index))
    pairs = pd.DataFrame(
        [
            {"source": names[a], "target": names[b], "weight": 1.0, "relevance": r}
            for a, b, r in [("/a", "/money", 30.0), ("/3", "/money", 90.0), ("/a", "/menu", 20.0),
                            ("/1", "/menu", 40.0), ("/2", "/1", 99.0)]
        ]
    )  # fmt: skip
    slopes = slopes_of(site.flow.nodes.graph, site.flow.equity, site.flow.priority, 0.85)
    sources = sources_for(pairs, site.facts, slopes, RepairSettings())
    told = with_sources(found, site.facts, sources)
    assert only(told, "deep page")["sources"] == f"{SITE}/a"  # /3 is too deep itself
    assert only(told, "deep page")["gain"] > 0
    assert only(told, "contextual orphan")["sources"].split("\n") == [f"{SITE}/1", f"{SITE}/a"]
    assert set(wanting_links(site.facts, RepairSettings())["url"].str.removeprefix(SITE)) == {
        "/money", "/menu", "/alone",
    }  # fmt: skip


def test_a_broken_page_without_backlinks_asks_for_other_links_and_names_the_pages() -> None:
    pages = PLAIN | {"/gone": {"status": 404}, "/lost": {"status": 404}}
    links = [*BASE, ("/a", "/gone", "content"), ("/", "/lost", "content")]
    site = Small(pages, links, "/money")
    site.flow.seed_rows[3:] = [0.0, 1.0]
    best = pd.Series({3: 1, 4: 1}, dtype="float64")
    found = find_repairs(site.pages, site.links, BACKLINKS.empty(), site.flow, best)
    mend = only(found, "link to broken")
    assert mend["url"] == f"{SITE}/gone" and mend["sources"] == f"{SITE}/a" and mend["gain"] > 0
    assert only(found, "broken")["url"] == f"{SITE}/lost"


def test_a_site_without_known_links_has_no_such_repairs() -> None:
    site = Small(PLAIN, [("/", "/", "content")], "/money")
    assert len(site.repairs()) == 0 and list(site.repairs()) == list(REPAIRS.columns)
