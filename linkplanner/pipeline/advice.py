"""Beside the plan's own links: articles with too few, full texts, limits that hold links back."""

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints
from linkplanner.pipeline.plan_ground import PlanGround
from linkplanner.pipeline.texts import placed
from linkplanner.plan.boundaries import permitted
from linkplanner.plan.candidates import candidate_links
from linkplanner.plan.capacity import page_capacity
from linkplanner.plan.first_order import Slopes
from linkplanner.plan.tie_in import sources_for, with_sources
from linkplanner.site.kinds import sections
from linkplanner.tables import PLAN

__all__ = [
    "change_by_section",
    "few_links",
    "group_words",
    "links_in_texts",
    "tied_in",
    "weak_links",
]

ARTICLES: Final = 200
"""Articles with few links that get tasks from one plan, those with most equity first."""
CHOICES: Final = 12
"""Targets looked at for one article."""


def few_links(
    ground: PlanGround,
    planned: tuple[Model, Ints],
    slopes: Slopes,
    should_stop: Callable[[], bool] = lambda: False,
) -> pd.DataFrame:
    """PLAN rows that bring articles to the setting's number of links from their text.

    The most relevant targets, whatever these earn; `gain` is to first order on top of the plan and
    may be none or a little less. Empty where no link in a text is known at all, since then nobody
    can say what an article carries.
    """
    analysis, compared, facts = ground.analysis, ground.compared, ground.facts
    limits = ground.settings.limits
    if compared.signals is None or not len(facts) or facts["links_out_content"].sum() == 0:
        return PLAN.empty()
    rows = analysis["pages"].iloc[ground.nodes.page_id].reset_index(drop=True)
    model, links = planned
    given = np.bincount(model.cand_source[links], minlength=len(facts))
    carried = facts["links_out_content"].to_numpy(dtype=np.int64)
    article = (rows["kind"] == "article").to_numpy(dtype=bool)
    room = page_capacity(carried, rows["words"], article, limits) - given
    lacking = np.minimum(limits.links_at_least - carried - given, room)
    wanted = article & facts["indexable"].to_numpy(dtype=bool) & (lacking > 0)
    wanted &= (rows["kind"].isin(limits.editable_kinds) & (facts["links_out"] > 0)).to_numpy()
    asked = facts[wanted].nlargest(ARTICLES, "equity")
    ids = set(asked["page_id"].astype("int64"))
    found = compared.kept.suggest(compared.signals, ids, CHOICES, should_stop)
    pairs = _open_pairs(found, ground, planned)
    pairs = pairs.sort_values(["source", "relevance"], ascending=[True, False], kind="stable")
    pairs = pairs[pairs.groupby("source").cumcount() < pairs["source"].map(pd.Series(lacking))]
    return _placed(pairs.reset_index(drop=True), ground, slopes)


def _open_pairs(
    found: pd.DataFrame, ground: PlanGround, planned: tuple[Model, Ints]
) -> pd.DataFrame:
    """Pairs by node that may be linked: no link in a text yet, none planned, nobody against it."""
    fit = _candidates(found, ground)
    urls = ground.facts["url"].astype("str").reset_index(drop=True)
    source, target = fit["source"].to_numpy(np.int64), fit["target"].to_numpy(np.int64)
    model, links = planned
    there = pd.MultiIndex.from_arrays([model.cand_source[links], model.cand_target[links]])
    keep = permitted(source, target, urls, ground.settings.limits)
    keep &= ~pd.MultiIndex.from_arrays([source, target]).isin(there)
    keep &= np.array(ground.decided.open(urls.iloc[source], urls.iloc[target]), dtype=bool)
    return fit[keep]


def _placed(pairs: pd.DataFrame, ground: PlanGround, slopes: Slopes) -> pd.DataFrame:
    """PLAN of pairs by node, with sentences and first-order gains."""
    if not len(pairs):
        return PLAN.empty()
    ends = pd.DataFrame(
        {
            "source_id": ground.nodes.page_id[pairs["source"].to_numpy(dtype=np.int64)],
            "target_id": ground.nodes.page_id[pairs["target"].to_numpy(dtype=np.int64)],
            "relevance": pairs["relevance"].to_numpy(),
        }
    )
    shown = placed(ground.analysis, ground.settings, ends, ground.compared)
    gain = slopes.links(*(pairs[name].to_numpy() for name in ("source", "target", "weight")))
    return PLAN.conform(shown.assign(gain=gain))


def _candidates(pairs: pd.DataFrame, ground: PlanGround) -> pd.DataFrame:
    """Those of the pairs that may be planned, by node."""
    analysis, settings = ground.analysis, ground.settings
    return candidate_links(
        pairs, analysis["pages"], analysis["links"], ground.nodes, settings.equity, settings.limits
    )


def tied_in(
    ground: PlanGround,
    slopes: Slopes,
) -> pd.DataFrame:
    """REPAIRS in which orphans, pages in menus only and deep pages have pages to link from."""
    facts = ground.facts.reset_index(drop=True)
    fit = _candidates(ground.compared.pairs, ground)
    urls = facts["url"].astype("str")
    source, target = fit["source"].to_numpy(np.int64), fit["target"].to_numpy(np.int64)
    keep = permitted(source, target, urls, ground.settings.limits)
    keep &= np.array(ground.decided.open(urls.iloc[source], urls.iloc[target]), dtype=bool)
    found = sources_for(fit[keep], facts, slopes, ground.settings.repairs)
    return with_sources(ground.analysis["repairs"], facts, found)


def links_in_texts(ground: PlanGround) -> pd.DataFrame:
    """Links from texts by node [source, target, weight, anchor]: `weight` is what would go with the
    link, less where a menu leads to the same page."""
    links, nodes = ground.analysis["links"], ground.nodes
    there = links["target_id"].notna().to_numpy(dtype=bool)
    marked = (links["nofollow"] | links["ugc"] | links["sponsored"]).to_numpy(dtype=bool)
    links = links[there & ~marked]
    weights = ground.settings.equity.position_weights
    frame = pd.DataFrame(
        {
            "source": nodes.node[links["source_id"].to_numpy(dtype=np.int64)],
            "target": nodes.node[links["target_id"].to_numpy(dtype=np.int64)],
            "anchor": links["anchor"].to_numpy(),
            "inside": (links["position"] == "content").to_numpy(),
            "weight": links["position"].map(weights).fillna(weights["unknown"]).to_numpy(),
        }
    )
    frame = frame[(frame["source"] >= 0) & (frame["target"] >= 0)]
    other = frame[~frame["inside"]].groupby(["source", "target"])["weight"].max().rename("rest")
    inside = frame[frame["inside"]].drop_duplicates(["source", "target"])
    inside = inside.merge(other, on=["source", "target"], how="left")
    inside["weight"] -= inside["rest"].fillna(0.0)
    kept = inside[(inside["weight"] > 1e-9) & (inside["source"] != inside["target"])]
    return kept[["source", "target", "weight", "anchor"]].reset_index(drop=True)


def weak_links(found: pd.DataFrame, url: np.ndarray) -> pd.DataFrame:
    """Swaps (plan/waiting.py) by address: source_url, target_url, replace_url, anchor, gain."""
    return pd.DataFrame(
        {
            "source_url": url[found["source"].to_numpy(dtype=np.int64)],
            "target_url": url[found["target"].to_numpy(dtype=np.int64)],
            "replace_url": url[found["gone"].to_numpy(dtype=np.int64)],
            "anchor": found["anchor"].to_numpy(),
            "gain": found["gain"].to_numpy(dtype=np.float64),
        }
    )


def group_words(model: Model) -> pd.Series | None:
    """Words for each group of a model: its pair of sections."""
    if model.cand_group is None:
        return None
    of = sections(pd.Series(model.url.astype(str))).to_numpy()
    number, first = np.unique(model.cand_group, return_index=True)
    words = [f"{of[model.cand_source[i]]} > {of[model.cand_target[i]]}" for i in first]
    return pd.Series(words, index=number)


def change_by_section(pages: pd.DataFrame) -> pd.DataFrame:
    """Equity by section before and after: section, pages, equity_before, equity_after, change."""
    grouped = pages.groupby("section", sort=False)[["equity_before", "equity_after"]].sum()
    grouped.insert(0, "pages", pages["section"].value_counts())
    grouped["change"] = grouped["equity_after"] - grouped["equity_before"]
    return grouped.sort_values("equity_before", ascending=False).reset_index()
