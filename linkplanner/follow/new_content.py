"""Pages that are new since the last import and that hardly any text links to, as tasks."""

from datetime import datetime

import numpy as np
import pandas as pd

from linkplanner.graph.nodes import NodeLinks
from linkplanner.pipeline.build_model import allowed_links
from linkplanner.pipeline.texts import LEAST_PAGES, keywords_of
from linkplanner.plan.first_order import slopes_of
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
    pages fit it; a source page is asked for at most the plan's number of links, and only where the
    plan could set one. `gain` is of each link alone, to first order.
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
    nodes = analysis.nodes(settings.equity)
    chosen = _choose(allowed_links(analysis, settings, nodes, pairs), missing, nodes, settings)
    if not len(chosen):
        return TASKS.empty()
    slopes = slopes_of(
        nodes.graph, facts["equity"].to_numpy(), facts["priority"].to_numpy(),
        settings.equity.damping,
    )  # fmt: skip
    ends = pd.DataFrame(
        {
            "source_id": nodes.page_id[chosen["source"]],
            "target_id": nodes.page_id[chosen["target"]],
            "relevance": chosen["relevance"],
        }
    )
    placed = place(ends, *tables, keywords, settings.text, signals=signals)
    urls = analysis["pages"]["url"].to_numpy()
    plan = placed.assign(
        source_url=urls[placed["source_id"].to_numpy(dtype=np.int64)],
        target_url=urls[placed["target_id"].to_numpy(dtype=np.int64)],
        gain=slopes.links(*(chosen[name].to_numpy() for name in ("source", "target", "weight"))),
    )
    return link_tasks(plan, settings.limits, now, ORIGIN)


def _choose(
    found: pd.DataFrame, missing: pd.Series, nodes: NodeLinks, settings: Settings
) -> pd.DataFrame:
    """The most relevant candidates (by node), as many a page as it lacks."""
    found = found.sort_values("relevance", ascending=False, kind="stable")
    found = found[found.groupby("source").cumcount() < settings.limits.per_page]
    lacks = pd.Series(nodes.page_id[found["target"]], index=found.index).map(missing)
    return found[found.groupby("target").cumcount() < lacks].reset_index(drop=True)
