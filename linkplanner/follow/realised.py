"""What finished tasks bring today: the model as it is against the same model without them.

The second one is the site with every verified link taken out, every repaired address broken again,
and every won backlink gone (or as weak as it was). The difference in w.x is what was realised; it
is exact for the model, and does not mistake for work done what changed for other reasons.
"""

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.follow.known import Known
from linkplanner.follow.outcomes import OTHER_PAGE, OTHER_PLACE
from linkplanner.graph.nodes import node_links
from linkplanner.pipeline.seeds import seed_points
from linkplanner.plan.status import ACCEPTED, LIVE, is_outreach
from linkplanner.quality.worth import page_seeds
from linkplanner.results import Analysis
from linkplanner.settings import QualitySettings, Settings
from linkplanner.urls import registrable_series

__all__ = ["figures", "points_without"]

_IN_TEXT = ("content", "unknown")
_MENDED: Final = tuple(f"repair: {kind}" for kind in ("broken", "redirect", "canonical", "blocked"))
"""Repairs of one address, which can be thought away. Others change links of many pages."""


def figures(analysis: Analysis, settings: Settings, tasks: pd.DataFrame) -> dict[str, float | int]:
    """Points of the priority pages now and without the finished tasks, beside what was modelled.

    tasks: table TASKS, statuses as after the check. Keys: points, points_without, realised,
    modelled_done, modelled_accepted (accepted and not yet live), done, accepted (counts).
    """
    done = tasks[tasks["status"] == LIVE]
    accepted = tasks[tasks["status"].isin(ACCEPTED)]
    facts = analysis["page_facts"]
    now = float((facts["priority"] * facts["equity"]).sum())
    without = points_without(analysis, settings, done) if len(done) else now
    return {
        "points": now,
        "points_without": without,
        "realised": now - without,
        "modelled_done": float(done.loc[_reckoned(done), "gain"].fillna(0).sum()),
        "modelled_accepted": float(accepted["gain"].fillna(0).sum()),
        "done": len(done),
        "accepted": len(accepted),
    }


def _reckoned(tasks: pd.DataFrame) -> pd.Series:
    """Tasks whose effect `points_without` takes away again."""
    kind = tasks["kind"].fillna("")
    return ~kind.str.startswith("repair") | kind.isin(_MENDED)


def points_without(analysis: Analysis, settings: Settings, done: pd.DataFrame) -> float:
    """w.x of the analysis had the tasks in `done` not been done."""
    known = Known.of(analysis)
    kind = done["kind"].fillna("")
    outreach = kind.map(is_outreach).astype(bool)
    repair = kind.str.startswith("repair")
    pages = _broken_again(done[repair], known, analysis["pages"])
    links = _without_links(done[~outreach & ~repair], known, analysis["links"])
    backlinks = _without_backlinks(done[outreach], known, analysis["backlinks"], settings.quality)
    nodes = node_links(pages, links, settings.equity)
    worth = page_seeds(backlinks, analysis["targets"], pages, settings.equity, settings.quality)
    scale = analysis.facts.get("points_per_worth")
    seeds, _ = seed_points(worth, pages, settings.equity, scale, _floor(analysis, settings))
    equity = nodes.graph.equity(seeds[nodes.page_id], settings.equity.damping)
    weights = np.zeros(len(pages))
    chosen = analysis["priorities"]
    weights[chosen["page_id"].to_numpy(dtype=np.int64)] = chosen["weight"].to_numpy()
    return float(weights[nodes.page_id] @ equity)


def _floor(analysis: Analysis, settings: Settings) -> float:
    """The floor that the analysis was made with: all points where there were no backlinks."""
    equity, quality = settings.equity, settings.quality
    worth = page_seeds(
        analysis["backlinks"], analysis["targets"], analysis["pages"], equity, quality
    )
    return equity.floor_points if worth.sum() else equity.points


def _broken_again(tasks: pd.DataFrame, known: Known, pages: pd.DataFrame) -> pd.DataFrame:
    """Pages in which the repaired addresses answer nothing, as before."""
    mended = tasks[tasks["kind"].isin(_MENDED)]
    rows = known.rows(mended["page_url"])
    rows = rows[rows >= 0]
    if not len(rows):
        return pages
    pages = pages.copy()
    pages.loc[pages.index[rows], "node_id"] = pd.NA
    pages.loc[pages.index[rows], "indexable"] = False
    return pages


def _without_links(tasks: pd.DataFrame, known: Known, links: pd.DataFrame) -> pd.DataFrame:
    """Links without those that the tasks set: in texts, or where they were found instead."""
    if not len(tasks):
        return links
    ends = pd.MultiIndex.from_arrays(
        [
            known.nodes_of(links["source_id"].to_numpy(dtype=np.int64)),
            known.nodes_of(links["target_id"].fillna(-1).to_numpy(dtype=np.int64)),
        ]
    )
    elsewhere = (tasks["found"] == OTHER_PLACE).to_numpy(dtype=bool)
    inside = links["position"].isin(_IN_TEXT).to_numpy()
    set_by_tasks = ends.isin(_pairs(tasks, known)) & inside
    set_by_tasks |= ends.isin(_pairs(tasks[elsewhere], known))
    return links[~set_by_tasks].reset_index(drop=True)


def _pairs(tasks: pd.DataFrame, known: Known) -> pd.MultiIndex:
    """Source and target node of link tasks."""
    return pd.MultiIndex.from_arrays(
        [
            known.nodes_of(known.rows(tasks["page_url"])),
            known.nodes_of(known.rows(tasks["target_url"])),
        ]
    )


def _without_backlinks(
    tasks: pd.DataFrame, known: Known, backlinks: pd.DataFrame, settings: QualitySettings
) -> pd.DataFrame:
    """Backlinks in which what outreach won is worth nothing, and what it mended as little as
    before."""
    if not len(tasks):
        return backlinks
    sort = tasks["kind"].str.replace(r"^outreach:\s*", "", regex=True)
    weak = {
        "nofollow link": settings.nofollow_factor,
        "weak placement": settings.boilerplate_factor,
        "image link": settings.image_factor,
    }
    won = pd.DataFrame(
        {
            "source_domain": registrable_series(tasks["page_url"]).to_numpy(),
            "page": tasks["page_url"].to_numpy(),
            "target": known.nodes_of(known.rows(tasks["target_url"])),
            "any": (tasks["found"] == OTHER_PAGE).to_numpy(),
            "factor": sort.map(weak).fillna(0.0).to_numpy(),
        }
    )
    rows = backlinks["page_id"].fillna(-1).to_numpy(dtype=np.int64)
    ours = pd.DataFrame(
        {
            "row": np.arange(len(backlinks)),
            "source_domain": backlinks["source_domain"].to_numpy(),
            "source_url": backlinks["source_url"].to_numpy(),
            "node": known.nodes_of(rows),
        }
    )
    both = ours.merge(won, on="source_domain")
    mended = (both["factor"] > 0) & (both["source_url"] == both["page"])
    new = (both["factor"] == 0) & (both["any"] | (both["node"] == both["target"]))
    factor = np.ones(len(backlinks))
    hit = both[mended | new]
    np.minimum.at(factor, hit["row"].to_numpy(), hit["factor"].to_numpy())
    return backlinks.assign(worth=backlinks["worth"].fillna(0.0) * factor)
