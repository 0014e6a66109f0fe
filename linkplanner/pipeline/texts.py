"""What the texts say: fitting pairs, topics, findings on anchors, compared once for all plans."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from linkplanner.crew import Crew
from linkplanner.plan.candidates import plannable
from linkplanner.plan.tie_in import wanting_links
from linkplanner.results import Analysis
from linkplanner.settings import Settings
from linkplanner.site.languages import same_page
from linkplanner.text.anchor_audit import audit_anchors
from linkplanner.text.clusters import find_topics
from linkplanner.text.encodings import Encodings
from linkplanner.text.kept import Kept
from linkplanner.text.placement import place
from linkplanner.text.relevance import candidate_pairs, fits_plan
from linkplanner.text.shared import Shared, processes_worth
from linkplanner.text.signals import Signals

__all__ = ["LEAST_PAGES", "Compared", "compare_texts", "keywords_of", "placed", "text_report"]

LEAST_PAGES = 2
"""Fewer pages cannot be compared."""


@dataclass(frozen=True)
class Compared:
    """The texts of one analysis, compared."""

    pairs: pd.DataFrame
    """source_id, target_id, relevance: see `text.relevance.candidate_pairs`."""
    signals: Signals | None
    """What the comparison rests on; None for a site of one page."""
    keywords: dict[int, list[str]]
    """Phrases of targets by page id, the user's own first."""
    direct: frozenset[int] = frozenset()
    """Page ids of the priority pages among the targets of `pairs`."""
    hubs: frozenset[int] = frozenset()
    """Those of the pages that pass most on to them."""
    kept: Kept = field(default_factory=Kept)
    """Sentences and suggestions of earlier runs, begun with the analysis."""

    def for_route(self, route: str) -> pd.DataFrame:
        """The pairs that a plan by this route chooses from."""
        targets = self.direct if route == "direct" else self.direct | self.hubs
        return self.pairs[self.pairs["target_id"].isin(targets)].reset_index(drop=True)


def compare_texts(
    analysis: Analysis,
    settings: Settings,
    should_stop: Callable[[], bool] = lambda: False,
    encodings: Encodings | None = None,
    kept: Kept | None = None,
) -> Compared:
    """Relevant source pages for each plannable priority page and hub, so that both routes can be
    planned, and for the pages that want links from texts (`wanting_links`).

    encodings: kept from an earlier run, so that only changed texts are read; kept: sentences and
    suggestions of an earlier run, for pages that did not change. Raises Cancelled when stopped.
    """
    pages, facts = analysis["pages"], analysis["page_facts"]
    usable, chosen = plannable(pages), analysis["priorities"]
    direct = frozenset(int(page) for page in chosen["page_id"] if usable[page])
    strong = facts.nlargest(settings.limits.hubs, "reach")["page_id"]
    hubs = frozenset(int(page) for page in strong if usable[page])
    tied = {int(page) for page in wanting_links(facts, settings.repairs)["page_id"] if usable[page]}
    targets = sorted(direct | hubs | tied)
    keywords = _proposed(analysis) | keywords_of(chosen)
    tables = (pages, analysis["texts"], analysis["links"])
    enough = int(fits_plan(pages).sum()) >= LEAST_PAGES
    signals = Signals(*tables, keywords, encodings, should_stop) if enough else None
    pairs = candidate_pairs(
        *tables,
        targets,
        keywords,
        per_target=settings.limits.candidates_per_target,
        signals=signals,
        should_stop=should_stop,
    )
    kept = kept or Kept()
    kept.begin(tables, keywords, settings.text)
    return Compared(pairs, signals, keywords, direct, hubs, kept)


def _proposed(analysis: Analysis) -> dict[int, list[str]]:
    """Keywords that Search Console queries propose, by page_id."""
    page = dict(zip(analysis["pages"]["url"], analysis["pages"]["page_id"], strict=True))
    frame = analysis["proposed"]
    return keywords_of(frame.assign(page_id=frame["url"].map(page)))


def keywords_of(priorities: pd.DataFrame) -> dict[int, list[str]]:
    """Keywords by page_id."""
    known = priorities.dropna(subset=["page_id", "keywords"])
    split = known["keywords"].str.split(";")
    found = {
        int(page): [word.strip() for word in words if word.strip()]
        for page, words in zip(known["page_id"], split)
    }
    return {page: words for page, words in found.items() if words}


def placed(
    analysis: Analysis,
    settings: Settings,
    pairs: pd.DataFrame,
    compared: Compared,
    should_stop: Callable[[], bool] = lambda: False,
) -> pd.DataFrame:
    """Pairs with rank, addresses, anchors, sentences and action."""
    tables = (analysis["pages"], analysis["texts"], analysis["links"])
    processes = processes_worth(len(pairs), len(analysis["pages"]))
    with contextlib.ExitStack() as stack:
        crew = None
        if processes > 1 and compared.signals is not None:
            crew = stack.enter_context(Crew(Shared(tables, compared.signals), processes))
        frame = place(
            pairs,
            *tables,
            compared.keywords,
            settings.text,
            signals=compared.signals,
            should_stop=should_stop,
            crew=crew,
            kept=compared.kept,
        ).reset_index(drop=True)
    urls = analysis["pages"]["url"].to_numpy()
    return frame.assign(
        rank=np.arange(1, len(frame) + 1),
        source_url=urls[pairs["source_id"].to_numpy(dtype=np.int64)],
        target_url=urls[pairs["target_id"].to_numpy(dtype=np.int64)],
        relevance=pairs["relevance"].to_numpy(),
    )


def text_report(
    analysis: Analysis,
    settings: Settings,
    compared: Compared,
    should_stop: Callable[[], bool] = lambda: False,
) -> dict[str, pd.DataFrame]:
    """Topics (clusters, cluster_pages, cluster_ties, rivals) and anchor_issues by table name."""
    frames = {"anchor_issues": audit_anchors(analysis["links"], analysis["pages"], settings.text)}
    if compared.signals is not None:
        topics = find_topics(
            compared.signals, analysis["pages"], settings.text, should_stop=should_stop
        )
        frames |= {
            "clusters": topics.clusters,
            "cluster_pages": topics.pages,
            "cluster_ties": topics.ties,
            "rivals": _without_versions(topics.rivals, analysis["pages"]),
        }
    return frames


def _without_versions(rivals: pd.DataFrame, pages: pd.DataFrame) -> pd.DataFrame:
    """RIVALS without language versions of one page: these are meant to be alike."""
    ends = (rivals[name].to_numpy(dtype=np.int64) for name in ("page_id", "rival_id"))
    return rivals[~same_page(pages, *ends)].reset_index(drop=True)
