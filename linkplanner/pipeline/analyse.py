"""First step of the main job: joins all sources, scores the backlinks and solves the model."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from linkplanner.graph.nodes import NodeLinks, node_links
from linkplanner.outreach.prospects import Ground, find_prospects
from linkplanner.outreach.rival_pages import rival_pages
from linkplanner.pipeline.facts import fact_sheet, provisional_share, warnings_of
from linkplanner.pipeline.flywheel import flywheel
from linkplanner.pipeline.page_facts import page_facts_table
from linkplanner.pipeline.progress import Progress, no_progress
from linkplanner.pipeline.seeds import seed_points
from linkplanner.pipeline.where_equity import equity_frames
from linkplanner.plan.redirects import best_redirects
from linkplanner.plan.repairs import Flow, by_gain, find_repairs
from linkplanner.plan.structure_repairs import structure_repairs
from linkplanner.quality.best import best_backlinks
from linkplanner.quality.profile import headline
from linkplanner.quality.score import score_backlinks
from linkplanner.quality.worth import page_seeds
from linkplanner.results import Analysis
from linkplanner.settings import Settings
from linkplanner.site.assemble import Pieces, Site, assemble
from linkplanner.site.priorities import join_priorities, propose
from linkplanner.text.written import written_languages

if TYPE_CHECKING:
    from linkplanner.crawl.reader import PagesRead
    from linkplanner.quality.rankings import Rankings
    from linkplanner.read.reading import Reading

__all__ = ["analyse"]


def analyse(
    readings: Sequence["Reading"],
    pages_read: "PagesRead | None" = None,
    settings: Settings | None = None,
    priorities: pd.DataFrame | None = None,
    progress: Progress = no_progress,
    site: str | None = None,
    points_per_worth: float | None = None,
    brand: Sequence[str] = (),
    now: datetime | None = None,
    rankings: "Rankings | None" = None,
) -> Analysis:
    """Joins all sources, scores the backlinks and solves the equity model.

    priorities: PRIORITIES typed or matched by the user; None takes those of priority files, else
    the proposed ones, with a warning. points_per_worth: the scale of the project's first data
    version, so that later backlinks add points. rankings: a public ranking that stands in for
    missing site scores. Raises InputError where no page is named at all.
    """
    settings = settings or Settings()
    progress(0, 5, "Joining your files")
    joined = assemble(
        Pieces.of(readings, [pages_read] if pages_read else []), settings.equity, site
    )
    languages = written_languages(joined.pages, joined.texts)
    joined = replace(joined, pages=joined.pages.assign(language=languages))
    names = (*brand, *settings.quality.brand)
    backlinks = score_backlinks(
        joined.backlinks, joined.pages, joined.texts, joined.domains, settings.quality, names,
        _within(progress, 1, f"Scoring {len(joined.backlinks):,} backlinks"), rankings,
    )  # fmt: skip
    progress(2, 5, "Building the link graph")
    nodes = node_links(joined.pages, joined.links, settings.equity)
    worth = page_seeds(backlinks, joined.targets, joined.pages, settings.equity, settings.quality)
    seed_rows, scale = seed_points(worth, joined.pages, settings.equity, points_per_worth)
    chosen, proposed, warnings = _priorities(joined, readings, priorities, nodes)
    progress(3, 5, "Solving where equity goes")
    solved = _solve(joined, nodes, seed_rows, chosen, settings)
    progress(4, 5, "Looking for repairs")
    frames = _frames(joined, backlinks, solved, scale, readings, settings) | {
        "priorities": chosen,
        "proposed": proposed,
        "best_backlinks": best_backlinks(backlinks),
    }
    frames |= equity_frames(
        joined, solved, frames["page_facts"], frames["repairs"], settings.equity
    )
    provisional = provisional_share(joined, pages_read, readings)
    facts = fact_sheet(joined, frames, solved, scale, provisional, now or datetime.now(UTC))
    facts["backlinks"] = headline(backlinks, settings.quality)
    facts["flywheel"] = flywheel(solved, joined.pages, backlinks, settings.equity, settings.quality)
    progress(5, 5, "Done")
    return Analysis(frames, facts, tuple(warnings + warnings_of(joined, facts)))


def _within(progress: Progress, step: int, title: str) -> Progress:
    """Progress inside one of the five steps, told in words."""

    def tell(done: int, total: int, message: str) -> None:
        share = f" ({done / total:.0%})" if total else ""
        progress(step, 5, f"{title}: {message[:1].lower()}{message[1:]}{share}")

    return tell


def _frames(
    site: Site,
    backlinks: pd.DataFrame,
    solved: Flow,
    scale: float,
    readings: Sequence["Reading"],
    settings: Settings,
) -> dict[str, pd.DataFrame]:
    """The joined tables, and what the solved model says of pages, repairs and prospects."""
    best = best_redirects(site.pages, solved.nodes.node, site.links, backlinks)
    ground = Ground(
        pages=site.pages,
        texts=site.texts,
        backlinks=backlinks,
        node=site.pages["node_id"].fillna(-1).to_numpy(dtype=np.int64),
        reach=solved.nodes.to_rows(solved.reach),
        instead=best,
        priority=solved.nodes.to_rows(solved.priority) > 0,
        scale=scale if np.isfinite(scale) and scale > 0 else 1.0,
        domain=site.domain,
        competitors=[r.frame for r in readings if r.kind == "competitor backlinks"],
        competitor_domains=[r.frame for r in readings if r.kind == "competitor domains"],
        mentions=[r.frame for r in readings if r.kind == "mentions"],
    )
    prospects, earned = find_prospects(ground, settings.quality)
    page_facts = page_facts_table(site, backlinks, solved)
    repairs = find_repairs(site.pages, site.links, backlinks, solved, best)
    more = structure_repairs(site.pages, site.links, page_facts, solved, settings)
    return {
        "pages": site.pages,
        "links": site.links,
        "texts": site.texts,
        "backlinks": backlinks,
        "domains": site.domains,
        "targets": site.targets,
        "traffic": site.traffic,
        "page_facts": page_facts,
        "unmatched": site.unmatched,
        "repairs": by_gain(pd.concat([repairs, more], ignore_index=True)),
        "prospects": prospects,
        "link_kinds": earned,
        "rival_pages": rival_pages(ground.competitors, settings.quality),
    }


def _priorities(
    site: Site,
    readings: Sequence["Reading"],
    typed: pd.DataFrame | None,
    nodes: NodeLinks,
) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """Priorities in force (with page_id), the proposed ones, and what to tell of it."""
    row = site.links["target_id"].dropna().to_numpy(dtype=np.int64)
    proposed = propose(site.pages, site.traffic, np.bincount(row, minlength=len(site.pages)))
    rows = [r.frame for r in readings if r.kind == "priorities"] if typed is None else [typed]
    rows = [frame for frame in rows if len(frame)]
    warnings = []
    if not rows:
        rows = [proposed]
        warnings.append(
            f"No priority pages were named; the {len(proposed):,} proposed ones are used. "
            "Check them first: they decide the whole plan."
        )
    chosen, missing = join_priorities(rows, site.pages)
    if missing:
        warnings.append(
            f"{len(missing):,} priority pages are not among the site's pages and were left out, "
            f"such as “{missing[0]}”."
        )
    return chosen, proposed, warnings


def _solve(
    site: Site, nodes: NodeLinks, seed_rows: np.ndarray, chosen: pd.DataFrame, settings: Settings
) -> Flow:
    weights = np.zeros(len(site.pages))
    weights[chosen["page_id"].to_numpy(dtype=np.int64)] = chosen["weight"].to_numpy()
    priority = weights[nodes.page_id]
    damping = settings.equity.damping
    return Flow(
        nodes=nodes,
        seed_rows=seed_rows,
        equity=nodes.graph.equity(seed_rows[nodes.page_id], damping),
        reach=nodes.graph.reach(priority, damping),
        priority=priority,
        damping=damping,
    )
