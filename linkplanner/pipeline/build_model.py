"""The model that a plan is made in: candidates that people allow, and the limits they set."""

from dataclasses import replace

import numpy as np
import pandas as pd

from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints, NodeLinks
from linkplanner.graph.structure import link_counts
from linkplanner.plan.boundaries import least_equity, permitted, section_groups
from linkplanner.plan.candidates import candidate_links
from linkplanner.plan.capacity import UNLIMITED, page_capacity
from linkplanner.plan.decided import Decided
from linkplanner.results import Analysis
from linkplanner.settings import PlanLimits, Settings
from linkplanner.site.pages import PageIndex

__all__ = ["allowed_links", "build_model"]


def build_model(
    analysis: Analysis,
    settings: Settings,
    nodes: NodeLinks,
    pairs: pd.DataFrame,
    decided: Decided,
) -> tuple[Model, pd.DataFrame]:
    """The model with its candidates, and these as a frame: source, target (nodes), weight,
    relevance, kept.

    Accepted links are candidates whatever the settings say now; where they exceed a limit it is
    raised to what they need, so that every plan holds them.
    """
    facts, limits = analysis["page_facts"], settings.limits
    urls = facts["url"].astype("str").reset_index(drop=True)
    found = allowed_links(analysis, settings, nodes, pairs)
    found = _with_accepted(found, analysis, settings, nodes, pairs, decided)
    source = found["source"].to_numpy(dtype=np.int64)
    target = found["target"].to_numpy(dtype=np.int64)
    kept = found["kept"].to_numpy(dtype=bool)
    room = _room(analysis, nodes, replace(limits, per_page=UNLIMITED))
    held = np.bincount(source[kept], minlength=len(urls))
    into = np.bincount(target[kept], minlength=len(urls))
    model = Model(
        url=urls.to_numpy(dtype="U"),
        source=nodes.source,
        target=nodes.target,
        weight=nodes.weight,
        total=nodes.graph.total,
        seed=facts["seed"].to_numpy(),
        priority=facts["priority"].to_numpy(),
        cand_source=source,
        cand_target=target,
        cand_weight=found["weight"].to_numpy(),
        damping=settings.equity.damping,
        max_links=max(limits.max_links, int(kept.sum())),
        per_page=limits.per_page,
        per_target=limits.per_target,
        page_capacity=np.maximum(np.minimum(room, limits.per_page), held),
        target_capacity=np.maximum(limits.per_target, into)
        if into.max(initial=0) > limits.per_target
        else None,
        cand_kept=kept if kept.any() else None,
        cand_relevance=found["relevance"].to_numpy(dtype=np.float64),
        page_room=np.maximum(room, held),
    )
    return _bounded(model, nodes, urls, facts["equity"].to_numpy(), limits), found


def allowed_links(
    analysis: Analysis, settings: Settings, nodes: NodeLinks, pairs: pd.DataFrame
) -> pd.DataFrame:
    """Candidates of `candidate_links` on pages that may be edited, without locked and forbidden
    ones."""
    limits = settings.limits
    urls = analysis["page_facts"]["url"].astype("str").reset_index(drop=True)
    found = candidate_links(
        pairs, analysis["pages"], analysis["links"], nodes, settings.equity, limits
    )
    rows = analysis["pages"].iloc[nodes.page_id]
    editable = rows["kind"].isin(limits.editable_kinds).to_numpy(dtype=bool)
    source, target = found["source"].to_numpy(np.int64), found["target"].to_numpy(np.int64)
    keep = editable[source] & permitted(source, target, urls, limits)
    return found[keep].reset_index(drop=True)


def _with_accepted(
    found: pd.DataFrame,
    analysis: Analysis,
    settings: Settings,
    nodes: NodeLinks,
    pairs: pd.DataFrame,
    decided: Decided,
) -> pd.DataFrame:
    """The candidates with `kept` set on accepted links, which come in where they are not yet."""
    if not decided.accepted:
        return found.assign(kept=False)
    index = PageIndex.of(analysis["pages"])
    ends = pd.DataFrame(sorted(decided.accepted), columns=["source", "target"], dtype="str")
    rows = pd.DataFrame(
        {"source_id": index.find(ends["source"]), "target_id": index.find(ends["target"])}
    ).dropna()
    asked = rows.astype("int64").merge(pairs, on=["source_id", "target_id"], how="left")
    own = nodes.node[asked[["source_id", "target_id"]].to_numpy()]
    asked = asked[(own >= 0).all(axis=1)].fillna({"relevance": 0.0})
    free = replace(settings.limits, min_relevance=0.0)
    kept = candidate_links(
        asked, analysis["pages"], analysis["links"], nodes, settings.equity, free
    )
    both = pd.concat([kept.assign(kept=True), found.assign(kept=False)], ignore_index=True)
    both = both.drop_duplicates(["source", "target"])
    return both.sort_values(["source", "target"], ignore_index=True)


def _room(analysis: Analysis, nodes: NodeLinks, limits: PlanLimits) -> Ints:
    """New links that each page's text has room for."""
    rows = analysis["pages"].iloc[nodes.page_id]
    carried = link_counts(analysis["pages"], analysis["links"], nodes)["links_out_content"]
    article = (rows["kind"] == "article").to_numpy(dtype=bool)
    return page_capacity(carried.to_numpy(dtype=np.int64), rows["words"], article, limits)


def _bounded(
    model: Model, nodes: NodeLinks, urls: pd.Series, equity: np.ndarray, limits: PlanLimits
) -> Model:
    """The model with its limits on pairs of sections and its protected pages."""
    groups = section_groups(model.cand_source, model.cand_target, urls, limits)
    if groups is not None:
        group, most = groups
        held = group[model.cand_kept] if model.cand_kept is not None else group[:0]
        most = np.maximum(most, np.bincount(held, minlength=len(most)))
        model = replace(model, cand_group=group, group_limit=most)
    if limits.protected:
        begun = equity
        if model.cand_kept is not None:
            ends = (model.cand_source, model.cand_target, model.cand_weight)
            graph = nodes.graph.with_links(*(end[model.cand_kept] for end in ends))
            begun = graph.equity(model.seed, model.damping, start=equity)
        model = replace(model, least_equity=least_equity(urls, equity, begun, limits))
    return model
