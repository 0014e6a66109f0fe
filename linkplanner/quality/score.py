"""All scores of all backlinks, with their reasons in plain words."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.quality.authority import authority
from linkplanner.quality.kind import link_kind
from linkplanner.quality.relevance import backlink_relevance
from linkplanner.quality.signals import band
from linkplanner.quality.spam import score_spam
from linkplanner.quality.worth import link_worth
from linkplanner.settings import QualitySettings
from linkplanner.tables import BACKLINKS, METRICS

__all__ = ["score_backlinks"]

REASONS: Final = 4
"""Signals named in the reasons of one link, the heaviest ones."""


def score_backlinks(
    backlinks: pd.DataFrame,
    pages: pd.DataFrame,
    texts: pd.DataFrame,
    domains: pd.DataFrame,
    settings: QualitySettings,
    brand: Sequence[str] = (),
) -> pd.DataFrame:
    """BACKLINKS with authority, relevance, spam, kind, worth and reasons filled, rows as given.

    domains: table DOMAINS; its metrics fill what a link's own row lacks. brand: the site's names,
    whose words are never held against a link. Relevance is missing where no words are known.
    """
    frame = _with_domain_metrics(BACKLINKS.conform(backlinks.reset_index(drop=True)), domains)
    strength = authority(frame, settings)
    fit = backlink_relevance(frame, pages, texts)
    spam = score_spam(frame, pages, brand=brand)
    kind = link_kind(frame)
    scored = BACKLINKS.conform(backlinks.reset_index(drop=True)).assign(
        authority=strength["authority"],
        relevance=fit["relevance"],
        spam=spam.total.round(1),
        kind=kind["kind"],
    )
    scored["worth"] = link_worth(scored, settings)
    seen = spam.reasons(REASONS)
    scored["reasons"] = _reasons(scored, strength, fit, seen, kind)
    return BACKLINKS.conform(scored)


def _with_domain_metrics(backlinks: pd.DataFrame, domains: pd.DataFrame) -> pd.DataFrame:
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
