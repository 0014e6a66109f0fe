"""Prospects among the backlinks of the site: lost, broken, weak and wordless ones, and sites that
could link to more than they do. Each function gives a frame of candidates:

    kind, source_url, source_domain, row (page to link to, row of `pages`), seed_gain (points that
    enter there once it is done), authority, relevance, spam, reason
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.quality.worth import link_worth
from linkplanner.settings import QualitySettings

__all__ = ["SPAM_LIMIT", "STRONG", "Links", "broken", "image", "lost", "nofollow", "weak"]

SPAM_LIMIT: Final = 40.0
"""Sites with a spam score above this are not worth a mail."""
STRONG: Final = 40.0
"""Authority from which a nofollow or badly placed link is worth asking about. The median rating of
the linking hosts of one real export is 16, the upper tenth begins at 62; 40 is between."""
_WORTH: Final = ("authority", "relevance", "spam", "external_links", "nofollow", "ugc", "sponsored",
                 "in_content", "is_image", "lost")  # fmt: skip


@dataclass(frozen=True)
class Links:
    """Backlinks with what the prospects need."""

    frame: pd.DataFrame
    """Table BACKLINKS, scored."""
    answer: np.ndarray
    """int64: row of `pages` where each link ends, -1 where nothing answers."""
    instead: np.ndarray
    """int64: for links that end nowhere, the row they should lead to; -1 where none is known."""
    scale: float
    """Points of one unit of worth."""
    settings: QualitySettings

    def points(self, rows: np.ndarray, **changed: object) -> np.ndarray:
        """Points of these links if the columns in `changed` were so."""
        part = self.frame.iloc[rows][list(_WORTH)].assign(**changed)
        return link_worth(part, self.settings) * self.scale

    def found(self, kind: str, rows: np.ndarray, row: np.ndarray, gain: np.ndarray) -> pd.DataFrame:
        """Candidates of a kind from these links."""
        part = self.frame.iloc[rows]
        columns = ["source_url", "source_domain", "authority", "relevance", "spam"]
        return part[columns].assign(kind=kind, row=row, seed_gain=gain).reset_index(drop=True)

    @property
    def live(self) -> np.ndarray:
        """bool: the link stands."""
        return ~self.frame["lost"].to_numpy(dtype=bool)

    @property
    def clean(self) -> np.ndarray:
        """bool: no strong signs of spam."""
        return (self.frame["spam"].fillna(0) <= SPAM_LIMIT).to_numpy(dtype=bool)

    @property
    def strong(self) -> np.ndarray:
        """bool: from a strong and clean site."""
        return self.clean & (self.frame["authority"].fillna(0) >= STRONG).to_numpy(dtype=bool)

    @property
    def hinted(self) -> np.ndarray:
        """bool: nofollow, ugc or sponsored."""
        marked = self.frame["nofollow"] | self.frame["ugc"] | self.frame["sponsored"]
        return marked.to_numpy(dtype=bool)


def lost(links: Links) -> pd.DataFrame:
    """Links that are gone, from sites that do not link any more; to the page they named, or the one
    that replaces it."""
    present = set(links.frame.loc[links.live, "source_domain"].dropna())
    gone = ~links.live & links.clean & ~links.frame["source_domain"].isin(present).to_numpy()
    row = np.where(links.answer >= 0, links.answer, links.instead)
    rows = np.flatnonzero(gone & (row >= 0))
    found = links.found("lost backlink", rows, row[rows], links.points(rows, lost=False))
    found["reason"] = (
        "It linked from " + found["source_url"] + " and no longer does: ask to set the link again."
    )
    return found


def broken(links: Links) -> pd.DataFrame:
    """Links that stand and lead to a page that does not answer."""
    rows = np.flatnonzero(links.live & links.clean & (links.answer < 0) & (links.instead >= 0))
    found = links.found("broken target", rows, links.instead[rows], links.points(rows))
    named = links.frame["target_url"].iloc[rows].fillna("").to_numpy()
    found["reason"] = (
        found["source_url"] + " links to " + named + ", which does not answer: ask to correct it. "
        "A redirect brings the same without a mail."
    )
    return found


def nofollow(links: Links) -> pd.DataFrame:
    """Links of strong sites that are marked nofollow, ugc or sponsored."""
    rows = np.flatnonzero(links.live & links.strong & links.hinted & (links.answer >= 0))
    gain = links.points(rows, nofollow=False, ugc=False, sponsored=False) - links.points(rows)
    found = links.found("nofollow link", rows, links.answer[rows], gain)
    found["reason"] = (
        "The link on " + found["source_url"] + " is marked nofollow: ask for a followed one, where "
        "it is a recommendation and nobody paid for it."
    )
    return found


def weak(links: Links) -> pd.DataFrame:
    """Links of strong sites that stand outside the text."""
    outside = ~links.frame["in_content"].fillna(True).to_numpy(dtype=bool)
    rows = np.flatnonzero(links.live & links.strong & outside & ~links.hinted & (links.answer >= 0))
    gain = links.points(rows, in_content=True) - links.points(rows)
    found = links.found("weak placement", rows, links.answer[rows], gain)
    found["reason"] = (
        "The link on " + found["source_url"] + " stands in a menu, list or footer: offer something "
        "that belongs into the text."
    )
    return found


def image(links: Links) -> pd.DataFrame:
    """Linked images without words."""
    wordless = links.frame["is_image"].to_numpy(dtype=bool) & (
        links.frame["anchor"].fillna("").str.strip() == ""
    ).to_numpy(dtype=bool)
    rows = np.flatnonzero(links.live & links.clean & wordless & ~links.hinted & (links.answer >= 0))
    gain = links.points(rows, is_image=False) - links.points(rows)
    found = links.found("image link", rows, links.answer[rows], gain)
    found["reason"] = (
        "The image on " + found["source_url"] + " links without words: ask for an alternative text "
        "or a caption with a link."
    )
    return found
