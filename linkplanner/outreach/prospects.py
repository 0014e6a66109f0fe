"""All prospects of a site in one table, each with page, angle, missing words and value."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.outreach import existing
from linkplanner.outreach.anchors import anchor_kinds, lacking_kind
from linkplanner.outreach.angles import NONE, angles_of, earned_by_angle
from linkplanner.outreach.existing import SPAM_LIMIT, Links
from linkplanner.outreach.gap import link_gap, stack_competitors
from linkplanner.outreach.pitch import Pitch, pitch_pages
from linkplanner.quality.worth import link_worth
from linkplanner.settings import QualitySettings
from linkplanner.tables import PROSPECTS
from linkplanner.urls import registrable_series

__all__ = ["Ground", "find_prospects"]

MOST: Final = {"link gap": 200}
"""Prospects of one kind at most, the most valuable first; 50 of every other kind."""
USUAL_MOST: Final = 50
ASKED: Final = 300
"""Sites of one kind for which a page to pitch is looked for."""
_COLUMNS: Final = ["kind", "source_url", "source_domain", "row", "seed_gain", "authority",
                   "relevance", "spam", "reason"]  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """What prospects are found in."""

    pages: pd.DataFrame
    texts: pd.DataFrame
    backlinks: pd.DataFrame
    """Table BACKLINKS, scored and joined."""
    node: np.ndarray
    """int64: row of `pages` that each row resolves to, -1 where nothing answers."""
    reach: np.ndarray
    """float64: reach by row of `pages`, 0 where nothing answers."""
    instead: pd.Series
    """Row to redirect to by row that answers nothing."""
    priority: np.ndarray
    """bool by row of `pages`: a page that earns money, to which editors link reluctantly."""
    scale: float
    """Points of one unit of worth."""
    domain: str
    """The site's registrable domain."""
    competitors: Sequence[pd.DataFrame] = ()
    """Backlinks of competitors, each frame with the column competitor."""
    competitor_domains: Sequence[pd.DataFrame] = ()
    """Linking sites of competitors, each frame with the column competitor."""
    mentions: Sequence[pd.DataFrame] = ()
    """Pages that name the brand: frames with source_url, url or domain."""


def find_prospects(ground: Ground, settings: QualitySettings) -> tuple[pd.DataFrame, pd.DataFrame]:
    """PROSPECTS, most gain first, and what each kind of page earned (angles.earned_by_angle).

    `seed_gain` is what enters at `page_url` in points, `gain` what of it reaches the priority
    pages: seed_gain times the reach of the page.
    """
    links = _links(ground, settings)
    title = ground.pages["title"].fillna(ground.pages["h1"]).fillna("")
    angle = angles_of(ground.pages["url"], title)
    theirs = stack_competitors(ground.competitors, ground.competitor_domains)
    pitch = pitch_pages(ground.pages, ground.reach, ground.priority, angle, ground.texts)
    found = [
        existing.lost(links), existing.broken(links), existing.nofollow(links),
        existing.weak(links), existing.image(links),
        _deeper(links, pitch, settings), _gap(ground, links, theirs, pitch, settings),
        _mentions(ground, links, pitch, settings),
    ]  # fmt: skip
    kept = [_best(frame, ground.reach) for frame in found]
    prospects = pd.concat(kept, ignore_index=True)
    earned = _earned(ground, links, theirs, angle)
    prospects = _described(prospects, ground, links, angle, earned)
    prospects = prospects.sort_values("gain", ascending=False, kind="stable")
    return PROSPECTS.conform(prospects), earned


def _links(ground: Ground, settings: QualitySettings) -> Links:
    row = ground.backlinks["page_id"].fillna(-1).to_numpy(dtype=np.int64)
    node = np.append(ground.node, -1)  # the last is for links that match no page
    answer = node[row]
    instead = np.full(len(ground.pages) + 1, -1, dtype=np.int64)
    instead[ground.instead.index.to_numpy(dtype=np.int64)] = ground.instead.to_numpy(dtype=np.int64)
    other = np.where((row >= 0) & (answer < 0), instead[row], -1)
    other = node[other]
    return Links(ground.backlinks, answer, other, ground.scale, settings)


def _best(found: pd.DataFrame, reach: np.ndarray) -> pd.DataFrame:
    """The most valuable candidates of one kind, one a site."""
    found = found.reindex(columns=[*_COLUMNS, "competitors"])
    row = found["row"].fillna(-1).to_numpy(dtype=np.int64)
    value = found["seed_gain"].to_numpy(dtype=np.float64)
    gain = np.where(row >= 0, value * reach[np.maximum(row, 0)] if len(reach) else 0.0, 0.0)
    found = found.assign(gain=gain)[gain > 0]
    found = found.sort_values("gain", ascending=False, kind="stable")
    most = MOST.get(str(found["kind"].iloc[0]), USUAL_MOST) if len(found) else 0
    return found.drop_duplicates("source_domain").head(most)


def _new_link(
    frame: pd.DataFrame, fit: np.ndarray, settings: QualitySettings, scale: float
) -> np.ndarray:
    """Points of a followed link in the text from each site, at this relevance."""
    link = pd.DataFrame(
        {
            "authority": frame["authority"].to_numpy(dtype=np.float64),
            "relevance": fit,
            "spam": frame["spam"].to_numpy(dtype=np.float64, na_value=0.0),
            "external_links": np.nan,
            "in_content": pd.array([True] * len(frame), dtype="boolean"),
        }
    )
    link = link.assign(nofollow=False, ugc=False, sponsored=False, is_image=False, lost=False)
    return link_worth(link, settings) * scale


def _pitched(
    frame: pd.DataFrame, pitch: Pitch, taken: list[frozenset[int]], factor: float,
    settings: QualitySettings, scale: float,
) -> pd.DataFrame:  # fmt: skip
    """Candidates with the page to pitch and the points it brings; frame needs `words`."""
    words = frame["words"].fillna("").astype("str").tolist()
    row, fit = pitch.choose(words, taken, pitch.text + words)
    points = _new_link(frame, fit, settings, scale) * factor
    found = frame.assign(row=row, relevance=fit.round(1), seed_gain=points)
    return found[row >= 0]


def _deeper(links: Links, pitch: Pitch, settings: QualitySettings) -> pd.DataFrame:
    """Strong sites all of whose links lead to one page."""
    frame = links.frame.assign(at=links.answer)[links.live & links.strong & (links.answer >= 0)]
    pages = frame.groupby("source_domain")["at"].nunique()
    single = frame[frame["source_domain"].map(pages) == 1]
    single = single.sort_values("authority", ascending=False, kind="stable")
    single = single.drop_duplicates("source_domain").head(ASKED)
    single = single.assign(words=_words_of(single), kind="link deeper")
    taken = [frozenset({int(at)}) for at in single["at"]]
    decay = settings.domain_decay
    found = _pitched(single, pitch, taken, decay, settings, links.scale)
    named = links.frame["target_url"].reindex(found.index).fillna("one page")
    found["reason"] = (
        found["source_domain"] + " links to " + named + " only: offer a second page that fits."
    )
    return found


def _gap(
    ground: Ground, links: Links, theirs: pd.DataFrame, pitch: Pitch, settings: QualitySettings
) -> pd.DataFrame:
    if theirs.empty:
        return pd.DataFrame(columns=_COLUMNS)
    linking = set(links.frame.loc[links.live, "source_domain"].dropna())
    gap = link_gap(theirs, linking, ground.domain, settings)
    gap = gap[gap["spam"].astype("float64") <= SPAM_LIMIT].head(ASKED).reset_index(drop=True)
    if not len(gap):
        return pd.DataFrame(columns=_COLUMNS)
    gap = gap.assign(words=_words_of(gap), kind="link gap")
    gap["source_url"] = gap["source_url"].fillna("https://" + gap["source_domain"] + "/")
    found = _pitched(gap, pitch, [frozenset()] * len(gap), 1.0, settings, links.scale)
    found["reason"] = (
        found["source_domain"] + " links to " + found["competitor_names"] + " and not to you."
    )
    return found


def _mentions(
    ground: Ground, links: Links, pitch: Pitch, settings: QualitySettings
) -> pd.DataFrame:
    """Pages that name the brand, on sites that do not link."""
    if not ground.mentions:
        return pd.DataFrame(columns=_COLUMNS)
    urls = pd.concat([_addresses(frame) for frame in ground.mentions], ignore_index=True)
    urls = urls.where(urls.str.contains("://", na=False), "https://" + urls + "/")
    frame = pd.DataFrame({"source_url": urls, "source_domain": registrable_series(urls)})
    linking = set(links.frame.loc[links.live, "source_domain"].dropna()) | {ground.domain}
    frame = frame[~frame["source_domain"].isin(linking)].drop_duplicates("source_domain")
    if not len(frame):
        return pd.DataFrame(columns=_COLUMNS)
    frame = frame.head(ASKED).assign(
        words="", kind="brand mention", authority=settings.typical_domain_authority, spam=0.0
    )
    found = _pitched(frame, pitch, [frozenset()] * len(frame), 1.0, settings, links.scale)
    found["reason"] = found["source_url"] + " names you without a link: thank them and ask for one."
    return found


def _addresses(mentions: pd.DataFrame) -> pd.Series:
    """What one file of mentions names: pages of backlinks, pages, or else domains."""
    named = [name for name in ("source_url", "url", "domain") if name in mentions]
    return mentions[named[0]].dropna() if named else pd.Series(dtype="str")


def _words_of(frame: pd.DataFrame) -> pd.Series:
    parts = [
        frame[name].fillna("").astype("str")
        for name in ("source_title", "left_context", "anchor", "right_context")
        if name in frame
    ]
    joined = parts[0]
    for part in parts[1:]:
        joined = joined + " " + part
    return joined


def _earned(ground: Ground, links: Links, theirs: pd.DataFrame, angle: np.ndarray) -> pd.DataFrame:
    own = ground.node == np.arange(len(ground.pages))
    usable = own & ground.pages["indexable"].fillna(False).to_numpy(dtype=bool)
    rows = np.flatnonzero(usable)
    pages = pd.DataFrame({"row": rows, "angle": angle[rows]})
    there = links.live & (links.answer >= 0)
    worth = links.frame["worth"].fillna(0.0).to_numpy() * links.scale
    live = pd.DataFrame(
        {
            "row": links.answer[there],
            "source_domain": links.frame["source_domain"].to_numpy()[there],
            "points": worth[there],
        }
    )
    return earned_by_angle(pages, live, theirs)


def _described(
    prospects: pd.DataFrame, ground: Ground, links: Links, angle: np.ndarray, earned: pd.DataFrame
) -> pd.DataFrame:
    """With page_url, angle, anchor_kind, and the sentence for the one who writes."""
    row = prospects["row"].fillna(-1).to_numpy(dtype=np.int64)
    url = ground.pages["url"].to_numpy(dtype=object)[row] if len(row) else row.astype(object)
    usual = earned[(earned["angle"] != NONE) & (earned["points"] > 0)]["angle"]
    fallback = str(usual.iloc[0]) if len(usual) else "guide"
    angles = [str(angle[r]) if angle[r] != NONE else fallback for r in row]
    there = links.live & (links.answer >= 0)
    kinds = anchor_kinds(links.frame["anchor"][there], ground.domain.split(".")[0])
    lacking = lacking_kind(links.answer[there], kinds, row)
    words = {
        "brand": "your name", "descriptive": "words on the subject", "address": "the bare address",
    }  # fmt: skip
    advice = [
        f" Page to offer: {page} (angle: {kind}). Words that its links lack: {words[lack]}."
        for page, kind, lack in zip(url, angles, lacking, strict=True)
    ]
    return prospects.assign(
        page_url=url,
        angle=angles,
        anchor_kind=lacking,
        reason=prospects["reason"].fillna("")
        + pd.Series(advice, index=prospects.index, dtype="str"),
    )
