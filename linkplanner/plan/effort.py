"""How long a planned link takes to set."""

import numpy as np
import pandas as pd

from linkplanner.graph.link_graph import Floats
from linkplanner.settings import PlanLimits

__all__ = ["link_minutes"]

READY = "Link the words"
"""How the action of a link begins whose words stand in the text (text/placement.py)."""


def link_minutes(actions: pd.Series, limits: PlanLimits) -> Floats:
    """Minutes per link by its action: less where the words stand in the text already."""
    ready = actions.fillna("").str.startswith(READY).to_numpy(dtype=bool)
    return np.where(ready, limits.minutes_per_link, limits.minutes_per_sentence)
