"""Which pairs of pages may be linked by a plan."""

from dataclasses import replace

import pandas as pd
import pytest

from linkplanner.graph.nodes import node_links
from linkplanner.plan.candidates import candidate_links
from linkplanner.settings import EquitySettings, PlanLimits
from linkplanner.tables import LINKS, PAGES

PATHS = ["/a", "/b", "/de/a", "/de/b"]


def candidates(limits: PlanLimits) -> set[tuple[str, str]]:
    """Pairs of paths that may be linked, of all pairs; /a and /de/a are one page in two tongues."""
    pages = PAGES.conform(
        pd.DataFrame(
            {
                "page_id": range(4), "node_id": range(4), "status": 200, "indexable": True,
                "url": [f"https://x.test{path}" for path in PATHS],
                "language": ["en", "en-GB", "de", "de"], "version_of": [0, None, 0, None],
            }
        )
    )  # fmt: skip
    links = LINKS.conform(
        pd.DataFrame(
            {"source_id": range(4), "target_id": [1, 2, 3, 0], "position": "footer", "weight": 0.1}
        )
    )
    every = [(one, other, 50.0) for one in range(4) for other in range(4)]
    pairs = pd.DataFrame(every, columns=["source_id", "target_id", "relevance"])
    equity = EquitySettings()
    found = candidate_links(pairs, pages, links, node_links(pages, links, equity), equity, limits)
    ends = zip(found["source"], found["target"], strict=True)
    return {(PATHS[source], PATHS[target]) for source, target in ends}


def test_a_plan_keeps_to_one_language() -> None:
    one = {("/a", "/b"), ("/b", "/a"), ("/de/a", "/de/b"), ("/de/b", "/de/a")}
    assert candidates(PlanLimits()) == one


@pytest.mark.parametrize("pair", [("/a", "/de/a"), ("/de/a", "/a")])
def test_versions_of_one_page_are_never_a_pair(pair: tuple[str, str]) -> None:
    found = candidates(replace(PlanLimits(), same_language=False))
    assert pair not in found and ("/a", "/de/b") in found
