"""Small random sites as tables."""

import numpy as np
import pandas as pd

from linkplanner.tables import LINKS, PAGES

__all__ = ["site"]


def site(random: np.random.Generator, pages: int, links: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables PAGES and LINKS of a site whose pages all answer; some links are nofollow."""
    rows = pd.DataFrame(
        {
            "page_id": range(pages),
            "node_id": range(pages),
            "url": [f"https://a.test/{n}" for n in range(pages)],
            "status": 200,
            "indexable": True,
            "kind": "other",
        }
    )
    pairs = pd.DataFrame(
        {
            "source_id": random.integers(pages, size=links),
            "target_id": random.integers(pages, size=links),
            "position": random.choice(["content", "footer"], links),
            "nofollow": random.random(links) < 0.2,
            "ugc": False,
            "sponsored": False,
            "is_image": False,
        }
    )
    return PAGES.conform(rows), LINKS.conform(pairs)
