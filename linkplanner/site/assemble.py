"""Puts the readings of all files, and the pages we read ourselves, together into one site."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pandas as pd

from linkplanner.errors import InputError
from linkplanner.settings import EquitySettings
from linkplanner.site.backlinks import join_backlinks, merge_backlinks, unmatched_targets
from linkplanner.site.kinds import correct_kinds
from linkplanner.site.languages import version_groups
from linkplanner.site.links import join_links, rows_of_ends, stack_links
from linkplanner.site.pages import PageIndex, join_pages
from linkplanner.tables import ALTERNATES, DOMAINS, LINKS, TARGETS, TEXT_ROWS, TEXTS, TRAFFIC
from linkplanner.urls import bare_host_series, host, registrable, registrable_series

__all__ = ["Pieces", "Site", "assemble", "own_domain", "own_hosts"]


class _Reading(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def frame(self) -> pd.DataFrame: ...


class _PagesRead(Protocol):
    @property
    def pages(self) -> pd.DataFrame: ...
    @property
    def links(self) -> pd.DataFrame: ...
    @property
    def texts(self) -> pd.DataFrame: ...
    @property
    def alternates(self) -> pd.DataFrame: ...


@dataclass(frozen=True)
class Pieces:
    """Frames of all sources by kind, before they are joined."""

    by_kind: dict[str, list[pd.DataFrame]]
    """Frames of the readings: sitemap, pages, links, backlinks, targets, domains, traffic."""
    read: Sequence[_PagesRead] = ()
    """Pages that were fetched or crawled, with links and texts."""

    @classmethod
    def of(cls, readings: Iterable[_Reading], read: Sequence[_PagesRead] = ()) -> "Pieces":
        """Sorts readings by kind."""
        by_kind: dict[str, list[pd.DataFrame]] = {}
        for reading in readings:
            by_kind.setdefault(reading.kind, []).append(reading.frame)
        return cls(by_kind, tuple(read))

    def of_kind(self, *kinds: str) -> list[pd.DataFrame]:
        """All frames of these kinds."""
        return [frame for kind in kinds for frame in self.by_kind.get(kind, [])]


@dataclass(frozen=True)
class Site:
    """What all sources together say of one site."""

    domain: str
    """The site's registrable domain."""
    pages: pd.DataFrame
    links: pd.DataFrame
    texts: pd.DataFrame
    backlinks: pd.DataFrame
    domains: pd.DataFrame
    targets: pd.DataFrame
    """TARGETS with `page_id`."""
    traffic: pd.DataFrame
    """TRAFFIC with `page_id`."""
    unmatched: pd.DataFrame
    """Backlink targets that no page matches."""
    left_out: dict[str, int] = field(default_factory=dict)
    """Rows that were set aside, by reason."""


def own_domain(pieces: Pieces) -> str:
    """The registrable domain that most pages, links or backlink targets lie on.

    Raises InputError where nothing names an address.
    """
    for columns in (_crawled(pieces), _pointed_at(pieces)):
        counts: Counter[str] = Counter()
        for column in columns:
            counts.update(registrable_series(column.dropna()).tolist())
        if counts:
            return counts.most_common(1)[0][0]
    raise InputError(
        "None of the files names a page of your site; add a sitemap or a crawl export."
    )


def own_hosts(pieces: Pieces, domain: str) -> frozenset[str]:
    """Hosts of the domain (without www.) that a source shows from inside: listed in a sitemap or
    crawl, or linking. A sister host that is only linked to is another site.

    Where no source looks inside, all hosts of the domain that backlinks point at.
    """
    for columns in (_crawled(pieces), _pointed_at(pieces)):
        seen = [column.dropna() for column in columns]
        hosts = {
            name
            for column in seen
            for name in bare_host_series(column[registrable_series(column) == domain]).unique()
        }
        if hosts:
            return frozenset(hosts)
    return frozenset({domain})


def _crawled(pieces: Pieces) -> list[pd.Series]:
    """Columns of addresses that sources list from inside a site."""
    pages = [r.pages for r in pieces.read] + pieces.of_kind("pages", "sitemap")
    links = [r.links for r in pieces.read] + pieces.of_kind("links")
    return [frame["url"] for frame in pages] + [frame["source_url"] for frame in links]


def _pointed_at(pieces: Pieces) -> list[pd.Series]:
    """Columns of addresses that others point at."""
    targets = [frame["url"] for frame in pieces.of_kind("targets")]
    return targets + [frame["target_url"] for frame in pieces.of_kind("backlinks")]


def assemble(pieces: Pieces, settings: EquitySettings, site: str | None = None) -> Site:
    """Joins all sources. `site` (an address or domain) overrides the domain found."""
    domain = registrable(host(site) or site) if site else own_domain(pieces)
    own = own_hosts(pieces, domain)
    links, foreign_links = stack_links(_link_frames(pieces), own)
    page_rows = [
        *[r.pages for r in pieces.read],
        *pieces.of_kind("pages"),
        rows_of_ends(links),
        *pieces.of_kind("sitemap"),
    ]
    pages = correct_kinds(join_pages(page_rows, own), settings.page_kinds)
    index = PageIndex.of(pages)
    named = _stack(ALTERNATES.empty(), [r.alternates for r in pieces.read])
    pages["version_of"] = version_groups(named, index, len(pages))
    merged, left_out = merge_backlinks(pieces.of_kind("backlinks"), frozenset({domain}))
    backlinks = join_backlinks(merged, index)
    return Site(
        domain=domain,
        pages=pages,
        links=join_links(links, index, own, settings.position_weights)
        if len(links)
        else LINKS.empty(),
        texts=_texts([r.texts for r in pieces.read], index),
        backlinks=backlinks,
        domains=_stack(DOMAINS.empty(), pieces.of_kind("domains")),
        targets=_joined(TARGETS.empty(), pieces.of_kind("targets"), index),
        traffic=_joined(TRAFFIC.empty(), pieces.of_kind("traffic"), index, _base(pages)),
        unmatched=unmatched_targets(backlinks),
        left_out={**left_out, "links that start on other sites": foreign_links},
    )


def _link_frames(pieces: Pieces) -> list[pd.DataFrame]:
    """Link rows of all sources; of a page that we read ourselves, only what we saw there: an export
    of the same page would tell the same links again, with positions of another tool."""
    read = [r.links for r in pieces.read]
    seen = pd.concat([frame["source_url"] for frame in read]).unique() if read else []
    exports = pieces.of_kind("links")
    return read + [frame[~frame["source_url"].isin(seen)] for frame in exports]


def _stack(empty: pd.DataFrame, frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat([empty, *frames], ignore_index=True)


def _base(pages: pd.DataFrame) -> str:
    """Scheme and host that most indexable pages share; paths of analytics are joined to it."""
    chosen = pages.loc[pages["indexable"].fillna(False), "url"]
    origins = chosen.str.extract(r"^(https?://[^/]+)", expand=False)
    return origins.mode().iloc[0] if len(origins) else ""


def _joined(
    empty: pd.DataFrame, frames: Sequence[pd.DataFrame], index: PageIndex, base: str = ""
) -> pd.DataFrame:
    frame = _stack(empty, frames)
    path = frame["url"].str.startswith("/").fillna(False)
    frame["url"] = frame["url"].mask(path, base + frame["url"])
    return frame.assign(page_id=index.find(frame["url"]))


def _texts(frames: Sequence[pd.DataFrame], index: PageIndex) -> pd.DataFrame:
    rows = _stack(TEXT_ROWS.empty(), frames).drop_duplicates("url")
    rows = rows.assign(page_id=index.find(rows["url"])).dropna(subset=["page_id", "text"])
    return TEXTS.conform(rows.drop_duplicates("page_id"))
