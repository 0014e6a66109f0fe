"""Pages that are new since the last import and that hardly any text links to, as tasks."""

from datetime import datetime

import numpy as np
import pandas as pd

from linkplanner.pipeline.texts import LEAST_PAGES, keywords_of
from linkplanner.plan.tasks import link_tasks
from linkplanner.results import Analysis
from linkplanner.settings import Settings
from linkplanner.tables import TASKS
from linkplanner.text.placement import place
from linkplanner.text.relevance import candidate_pairs, fits_plan
from linkplanner.text.signals import Signals

__all__ = ["ORIGIN", "new_content_tasks"]

ORIGIN = "new content"
CHOICES = 12
"""Most relevant source pages looked at for one new page."""


def new_content_tasks(
    analysis: Analysis, new_pages: pd.Series, settings: Settings, now: datetime
) -> pd.DataFrame:
    """TASKS of kind “add link” that bring every new page to the setting's number of content links.

    new_pages: addresses that the last import did not have. A page gets fewer sources where no more
    pages fit it; a source page is asked for at most the plan's number of links.
    """
    facts, follow = analysis["page_facts"], settings.follow
    wanted = facts[
        facts["url"].isin(new_pages)
        & facts["indexable"].to_numpy(dtype=bool)
        & (facts["links_in_content"] < follow.content_links)
    ].nlargest(follow.new_pages, "equity")
    if not len(wanted) or not analysis.facts.get("has_links"):
        return TASKS.empty()
    missing = follow.content_links - wanted.set_index("page_id")["links_in_content"]
    keywords = keywords_of(analysis["priorities"])
    tables = (analysis["pages"], analysis["texts"], analysis["links"])
    if int(fits_plan(analysis["pages"]).sum()) < LEAST_PAGES:
        return TASKS.empty()
    signals = Signals(*tables, keywords)
    targets = [int(page) for page in wanted["page_id"]]
    pairs = candidate_pairs(*tables, targets, keywords, per_target=CHOICES, signals=signals)
    chosen = _choose(pairs, analysis, missing, settings)
    if not len(chosen):
        return TASKS.empty()
    placed = place(chosen, *tables, keywords, settings.text, signals=signals)
    urls = analysis["pages"]["url"].to_numpy()
    plan = placed.assign(
        source_url=urls[placed["source_id"].to_numpy(dtype=np.int64)],
        target_url=urls[placed["target_id"].to_numpy(dtype=np.int64)],
        gain=_gains(placed, analysis, settings),
    )
    return link_tasks(plan, settings.limits, now, ORIGIN)


def _choose(
    pairs: pd.DataFrame, analysis: Analysis, missing: pd.Series, settings: Settings
) -> pd.DataFrame:
    """The most relevant pairs that are no links yet, as many a page as it lacks."""
    links = analysis["links"]
    inside = links[links["position"].isin(("content", "unknown"))].dropna(subset="target_id")
    there = pd.MultiIndex.from_frame(inside[["source_id", "target_id"]].astype("int64"))
    fresh = ~pd.MultiIndex.from_frame(pairs[["source_id", "target_id"]]).isin(there)
    pairs = pairs[fresh & (pairs["relevance"] >= settings.limits.min_relevance).to_numpy()]
    pairs = pairs.sort_values("relevance", ascending=False, kind="stable")
    pairs = pairs[pairs.groupby("source_id").cumcount() < settings.limits.per_page]
    rank = pairs.groupby("target_id").cumcount()
    return pairs[rank < pairs["target_id"].map(missing)].reset_index(drop=True)


def _gains(pairs: pd.DataFrame, analysis: Analysis, settings: Settings) -> np.ndarray:
    """Gain of each link alone in points of w.x, to first order: a x_u (D z)_u."""
    facts = analysis["page_facts"].set_index("page_id")
    nodes = analysis.nodes(settings.equity)
    total = pd.Series(nodes.graph.total, index=nodes.page_id)
    damping = settings.equity.damping
    source, target = pairs["source_id"].astype("int64"), pairs["target_id"].astype("int64")
    carried = (source.map(facts["reach"]) - source.map(facts["priority"])) / damping
    lift = (target.map(facts["reach"]) - carried) / (source.map(total) + 1.0)
    return (damping * source.map(facts["equity"]) * lift).fillna(0.0).to_numpy(dtype=np.float64)
