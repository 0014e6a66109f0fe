"""What a plan is made on: the analysis, the settings, the compared texts and what was decided."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import NodeLinks
from linkplanner.pipeline.texts import Compared
from linkplanner.plan.candidates import readable
from linkplanner.plan.decided import Decided
from linkplanner.results import Analysis
from linkplanner.settings import Settings

__all__ = ["PlanGround", "foreign_pairs_among", "undecided"]


@dataclass(frozen=True)
class PlanGround:
    """All that a plan rests on, before its model."""

    analysis: Analysis
    settings: Settings
    compared: Compared
    decided: Decided
    nodes: NodeLinks

    @cached_property
    def facts(self) -> pd.DataFrame:
        """page_facts, a row a node."""
        return self.analysis["page_facts"]

    @cached_property
    def equity(self) -> Floats:
        """x by node, before the plan."""
        return self.facts["equity"].to_numpy()

    @cached_property
    def indexable(self) -> np.ndarray:
        """Boolean by node."""
        return self.facts["indexable"].to_numpy(dtype=bool)


def undecided(pairs: pd.DataFrame, analysis: Analysis, decided: Decided) -> pd.DataFrame:
    """The pairs without those that people refused or set already."""
    if not decided.closed:
        return pairs
    urls = analysis["pages"]["url"]
    source = urls.iloc[pairs["source_id"].astype("int64")]
    target = urls.iloc[pairs["target_id"].astype("int64")]
    return pairs[decided.open(source, target)]


def foreign_pairs_among(pairs: pd.DataFrame, analysis: Analysis, settings: Settings) -> int:
    """Pairs relevant enough that are left out because their pages are in different languages."""
    limits = settings.limits
    fitting = pairs[pairs["relevance"] >= limits.min_relevance]
    every = readable(fitting, analysis["pages"], replace(limits, same_language=False))
    return int((every & ~readable(fitting, analysis["pages"], limits)).sum())
