"""All scores of all backlinks, with their reasons in plain words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.progress import Progress, no_progress
from linkplanner.quality.authority import authority
from linkplanner.quality.kind import link_kind
from linkplanner.quality.rankings import Rankings
from linkplanner.quality.relevance import backlink_relevance
from linkplanner.quality.signals import band
from linkplanner.quality.spam import SpamScores, score_spam
from linkplanner.quality.worth import link_worth
from linkplanner.settings import QualitySettings
from linkplanner.tables import BACKLINKS, METRICS

__all__ = ["score_backlinks", "with_domain_metrics"]

REASONS: Final = 4
"""Signals named in the reasons of one link, the heaviest ones."""
BLOCK: Final = 50_000
"""Links whose kinds and reasons are written at once; bounds memory."""


def score_backlinks(
    backlinks: pd.DataFrame,
    pages: pd.DataFrame,
    texts: pd.DataFrame,
    domains: pd.DataFrame,
    settings: QualitySettings,
    brand: Sequence[str] = (),
    progress: Progress = no_progress,
    rankings: Rankings | None = None,
) -> pd.DataFrame:
    """BACKLINKS with authority, relevance, spam, kind, worth and reasons filled, rows as given.

    domains: table DOMAINS; its metrics fill what a link's own row lacks. brand: the site's names,
    whose words are never held against a link. Relevance is missing where no words are known.
    progress is told rows done of all; it may raise Cancelled. rankings: a public ranking that
    stands in for missing site scores.
    """
    told = _Told(progress, len(backlinks))
    given = BACKLINKS.conform(backlinks.reset_index(drop=True))
    frame = with_domain_metrics(given.copy(deep=False), domains)
    told.step(0.0, "Rating the linking sites")
    strength = authority(frame, settings, rankings)
    told.step(0.02, "Reading titles and link texts")
    fit = backlink_relevance(frame, pages, texts, told.part(0.05, 0.5))
    spam = score_spam(
        frame, pages, settings.signal_points, brand=brand, progress=told.part(0.5, 0.8)
    )
    scored = given.assign(
        authority=strength["authority"], relevance=fit["relevance"], spam=spam.total.round(1)
    )
    words = [
        _in_words(scored.iloc[first : first + BLOCK], strength, fit, spam)
        for first in told.blocks(0.8, 1.0, len(scored), "Writing down kinds and reasons")
    ]
    both = pd.concat(words, ignore_index=True) if words else BACKLINKS.empty()
    scored = scored.assign(kind=both["kind"], reasons=both["reasons"])
    scored["worth"] = link_worth(scored, settings)
    told.step(1.0, "Backlinks scored")
    return BACKLINKS.conform(scored)


def _in_words(
    scored: pd.DataFrame, strength: pd.DataFrame, fit: pd.DataFrame, spam: SpamScores
) -> pd.DataFrame:
    """Kind and reasons of a block of links: frame [kind, reasons]."""
    rows = slice(scored.index[0], scored.index[-1] + 1)
    block = scored.reset_index(drop=True)
    kind = link_kind(block)
    reasons = _reasons(
        block, strength.iloc[rows], fit.iloc[rows], spam.reasons(REASONS, rows), kind
    )
    return pd.DataFrame({"kind": kind["kind"], "reasons": reasons})


@dataclass(frozen=True)
class _Told:
    """Progress of several steps as one count of rows."""

    progress: Progress
    rows: int

    def step(self, share: float, message: str) -> None:
        """Tell that a share of the work is done."""
        self.progress(int(share * self.rows), self.rows, message)

    def blocks(self, first: float, last: float, size: int, message: str) -> Iterator[int]:
        """First rows of the blocks of a step, told one by one."""
        for row in range(0, size, BLOCK):
            self.step(first + (last - first) * row / size, message)
            yield row

    def part(self, first: float, last: float) -> Progress:
        """Progress of a step that is the work between two shares."""

        def tell(done: int, total: int, message: str) -> None:
            self.step(first + (last - first) * done / max(total, 1), message)

        return tell


def with_domain_metrics(backlinks: pd.DataFrame, domains: pd.DataFrame) -> pd.DataFrame:
    """Metrics of the linking domain where the link's own row has none."""
    known = domains.dropna(subset=["domain"])
    if not len(known):
        return backlinks
    for name in METRICS:
        if known[name].notna().any():
            given = (
                known[known[name].notna()].sort_values(name).drop_duplicates("domain", keep="last")
            )
            found = backlinks["source_domain"].map(given.set_index("domain")[name])
            backlinks[name] = backlinks[name].fillna(found.astype(backlinks[name].dtype))
    return backlinks


def _reasons(
    scored: pd.DataFrame,
    strength: pd.DataFrame,
    fit: pd.DataFrame,
    spam: np.ndarray,
    kind: pd.DataFrame,
) -> pd.Series:
    """Plain words joined by "; ": authority, relevance, spam, kind, what lessens the worth."""
    bands = {round(score, 1): band(score) for score in scored["spam"].unique()}
    verdict = scored["spam"].map(bands).to_numpy(dtype=object)
    spam_text = np.where(spam == "", "no sign of spam", verdict + ": " + spam)
    kind_text = np.where(
        kind["reason"] == "", kind["kind"], kind["kind"] + " (" + kind["reason"] + ")"
    )
    others = kind["others"].to_numpy(dtype=object)
    kind_text = np.where(others == "", kind_text, kind_text + ", or " + others)
    parts = [
        strength["reason"].to_numpy(dtype=object),
        fit["reason"].to_numpy(dtype=object),
        spam_text,
        kind_text,
        *_limits(scored),
    ]
    lines = parts[0]
    for part in parts[1:]:
        lines = np.where(part == "", lines, lines + "; " + part)
    return pd.Series(lines, index=scored.index, dtype="str")


def _limits(scored: pd.DataFrame) -> list[np.ndarray]:
    """Facts of the link itself that lessen its worth, each '' where not so."""
    outside = ~scored["in_content"].fillna(True).to_numpy(dtype=bool)
    facts = (
        (scored["lost"].to_numpy(dtype=bool), "lost: counts for nothing"),
        (scored["nofollow"].to_numpy(dtype=bool), "nofollow"),
        (scored["ugc"].to_numpy(dtype=bool), "marked ugc"),
        (scored["sponsored"].to_numpy(dtype=bool), "marked sponsored"),
        (outside, "outside the text of the page"),
    )
    return [np.where(rows, text, "").astype(object) for rows, text in facts]
