"""The band "likely spam" of real exports against what a person judged, site by site."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from linkplanner.quality.signals import band
from linkplanner.quality.spam import score_spam
from linkplanner.read.files import read_file
from linkplanner.tables import PAGES

JUDGED = json.loads((Path(__file__).parent / "data" / "judged_spam.json").read_text("utf-8"))
LEAST = 0.95
"""Least share of the sites in the band that a person calls spam too."""


def likely_spam(path: Path) -> set[str]:
    """Hashes of the sites in the band, the vendor's own verdict left out."""
    (reading,) = (r for r in read_file(path) if r.kind == "backlinks")
    links = reading.frame.drop(columns=["ahrefs_is_spam", "semrush_toxic_score"])
    site = PAGES.conform(pd.DataFrame({"url": links["target_url"].dropna().drop_duplicates()}))
    worst = pd.Series(score_spam(links, site).total).groupby(links["source_domain"]).max()
    named = worst.index[[band(score) == "likely spam" for score in worst]]
    return {hashlib.sha256(name.encode()).hexdigest()[:12] for name in named}


@pytest.mark.parametrize("judged", JUDGED["files"], ids=lambda judged: judged["file"])
def test_precision_of_the_worst_band(judged: dict, shared: Callable[[str], Path]) -> None:
    folder, _, pattern = judged["file"].partition("/")
    (path,) = shared(folder).glob(pattern)
    found = likely_spam(path)
    right = found & set(judged["spam"])  # a site that nobody judged counts as wrong
    assert len(right) >= LEAST * len(found)
    assert len(right) >= 0.9 * len(judged["spam"])  # nor is the band emptied to be right
    assert judged["notes"]
