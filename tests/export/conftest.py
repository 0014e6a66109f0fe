"""A small fabricated analysis with its plan, for the tests of what is handed over."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest

from linkplanner.tables import BACKLINKS, LINKS, PAGES, PLAN, REPAIRS, TASKS

SITE = "https://shop.example"


@dataclass(frozen=True)
class Fake:
    """An analysis or a result with the attributes that the exports read."""

    frames: dict[str, pd.DataFrame]
    facts: dict[str, Any]
    summary: dict[str, Any]
    warnings: tuple[str, ...] = ()
    model: None = None


def _page_facts(text: str) -> pd.DataFrame:
    count = 4
    return pd.DataFrame(
        {
            "page_id": range(count),
            "url": [f"{SITE}/", f"{SITE}/tyres", f"{SITE}/blog/winter", f"{SITE}/{text}"],
            "title": ["Home", "Tyres", text, "Four"],
            "kind": ["home", "product", "article", "other"],
            "section": ["", "tyres", "blog", text],
            "indexable": True,
            "status": pd.array([200] * count, dtype="Int64"),
            "priority": [0.0, 2.0, 0.0, 1.0],
            "seed": [50.0, 10.0, 30.0, 10.0],
            "equity": [60.0, 20.0, 40.0, 12.0],
            "reach": [0.5, 2.0, 0.1, 1.0],
            "depth": pd.array([0, 1, 2, None], dtype="Int64"),
            "links_in": [3, 1, 1, 0],
            "links_in_content": [0, 1, 0, 0],
            "links_out": [3, 1, 1, 0],
            "orphan": [False, False, False, True],
            "contextual_orphan": [False, False, True, False],
            "role": "",
            "backlinks": [5, 1, 2, 0],
            "referring_domains": [4, 1, 2, 0],
        }
    )


def _plan(text: str) -> pd.DataFrame:
    return PLAN.conform(
        pd.DataFrame(
            {
                "rank": [1, 2, 3],
                "source_url": [f"{SITE}/blog/winter", f"{SITE}/", f"{SITE}/blog/winter"],
                "target_url": [f"{SITE}/tyres", f"{SITE}/tyres", f"{SITE}/{text}"],
                "anchor": ["winter tyres", text, None],
                "sentence_before": ["Fit winter tyres now.", f"See {text} here.", None],
                "sentence": ["Fit [winter tyres] now.", f"See [{text}] here.", None],
                "relevance": [80.0, 60.0, 40.0],
                "gain": [3.0, 2.0, 0.5],
                "gain_cumulative": [3.0, 5.0, 5.5],
                "objective_gain": [0.3, 0.2, 0.1],
                "action": ["Link the words “winter tyres” in this sentence", text, "Find a place"],
            }
        )
    )


def _backlinks(text: str) -> pd.DataFrame:
    count = 8
    return BACKLINKS.conform(
        pd.DataFrame(
            {
                "source_url": [f"https://s{i % 3}.example/{text}" for i in range(count)],
                "source_domain": [f"s{i % 3}.example" for i in range(count - 1)] + [text],
                "source_title": text,
                "target_url": f"{SITE}/",
                "anchor": text,
                "lost": [False] * (count - 1) + [text == ""],
                "authority": 40.0,
                "relevance": 50.0,
                "spam": np.linspace(0, 100, count),
                "worth": np.linspace(1, 0, count),
                "reasons": text,
            }
        )
    )


def _repairs(text: str) -> pd.DataFrame:
    return REPAIRS.conform(
        pd.DataFrame(
            {
                "kind": ["broken"],
                "url": [f"{SITE}/{text}"],
                "redirect_to": [f"{SITE}/tyres"],
                "links_in": [2],
                "backlinks": [3],
                "trapped": [1.5],
                "gain": [0.7],
                "detail": [text],
            }
        )
    )


@pytest.fixture
def fabricate() -> Any:
    """Makes an analysis and a plan in which the given text stands wherever data can stand."""

    def make(text: str = "four", has_links: bool = True) -> tuple[Fake, Fake]:
        facts = _page_facts(text)
        frames = {
            "page_facts": facts,
            "pages": PAGES.conform(facts),
            "links": LINKS.conform(
                pd.DataFrame(
                    {"source_id": [0, 0, 2], "target_id": [1, 1, 0], "weight": [1, 0.2, 1]}
                )
            ),
            "backlinks": _backlinks(text),
            "repairs": _repairs(text),
        }
        figures = {
            "domain": text,
            "has_links": has_links,
            "provisional": None,
            "counts": {"pages": 4, "links": 3, "live_backlinks": 8, "orphans": 1},
            "balance": {"entered": 100.0, "priority": 60.0, "other": 30.0, "external": 10.0},
        }
        plan = _plan(text)
        pages = facts.assign(equity_before=facts["equity"], equity_after=facts["equity"] * 1.1)
        result = {
            "plan": plan if has_links else PLAN.empty(),
            "suggestions": PLAN.empty() if has_links else plan,
            "pages": pages,
            "tasks": TASKS.empty(),
        }
        summary = {
            "objective": "balanced",
            "points_before": 52.0,
            "points_after": 57.2,
            "links": len(result["plan"]),
            "blocked": [f"{SITE}/{text}"],
            "warnings": [f"Look at {text}"],
            "worst": float("-inf"),
        }
        return Fake(frames, figures, {}, (f"Look at {text}",)), Fake(result, {}, summary)

    return make
