"""How many new links each page can take: editors live with a few links for each text."""

import numpy as np
import pandas as pd

from linkplanner.graph.nodes import Ints
from linkplanner.settings import PlanLimits

__all__ = ["UNLIMITED", "page_capacity"]

UNLIMITED = 1_000_000
"""Room of a page whose text is not counted."""


def page_capacity(
    links_out_content: Ints, words: pd.Series, articles: np.ndarray, limits: PlanLimits
) -> Ints:
    """int64[n]: new links each page may take: the limit per page, and for articles no more than
    what is missing to the most links that a text should carry.

    links_out_content: links its text carries now; words: words of the text, missing where not
    known; articles: boolean per page. A text's most is `links_per_text` or `links_per_thousand`
    words, whichever is more, so that long texts may carry more.
    """
    count = pd.to_numeric(words, errors="coerce").fillna(0.0).to_numpy(dtype=np.float64)
    most = np.maximum(limits.links_per_text, np.floor(limits.links_per_thousand * count / 1000))
    room = np.maximum(most - links_out_content, 0)
    capped = np.minimum(np.where(articles, room, UNLIMITED), limits.per_page)
    return capped.astype(np.int64)
