"""What each kind of table asks of its rows: addresses in one spelling, flags, checks.

Every `finish_…` takes converted fields and gives the rows that stay, with the reasons of the rest.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from linkplanner import urls
from linkplanner.read import cells
from linkplanner.read.reports import Report
from linkplanner.read.skips import Skips

__all__ = [
    "Context",
    "Done",
    "finish_backlinks",
    "finish_domains",
    "finish_pages",
    "finish_priorities",
    "finish_targets",
    "finish_traffic",
    "property_address",
]

ASSETS: Final = re.compile(
    r"\.(?:js|mjs|css|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|otf|eot|mp[34]|webm|pdf|zip|json"
    r"|map|xml|txt|docx?|xlsx?|pptx?)(?:[?#]|$)",
    re.IGNORECASE,
)
"""Addresses that are files beside pages, where a crawl export does not tell the content type."""

_SEPARATORS: Final = (";", "|", "\n", ",")
_ADDRESS = re.compile(r"https?://[^\s,;\"'<>]+")
_DOMAIN = re.compile(r"[^\s/@,]+\.[^\s/@,.]{2,}\.?$")


@dataclass(frozen=True)
class Context:
    """Where rows come from."""

    report: Report
    header: tuple[str, ...]
    base: str | None = None
    """Address of the property, where the preamble names it; paths are joined to it."""

    def cell(self, name: str) -> str:
        """Header cell of a field, for messages."""
        place = self.report.places(self.header).get(name)
        return name if place is None else cells.truncate(self.header[place], 40)


@dataclass
class Done:
    """Rows that stay, and what to tell of the others."""

    frame: pd.DataFrame
    skipped: Skips = field(default_factory=Skips)
    warnings: list[str] = field(default_factory=list)
    recognised_as: str = ""
    """Report, where the rows show that it is another than the header says."""

    def drop(self, mask: pd.Series, reason: str, cells: pd.Series | None = None) -> None:
        """Takes rows out for one reason; `cells` show why, row by row."""
        lost = int(mask.sum())
        if lost:
            example = "" if cells is None else cells.array[int(mask.to_numpy().argmax())]
            self.skipped.add(reason, lost, "" if pd.isna(example) else str(example))
            self.frame = self.frame[~mask].reset_index(drop=True)


def property_address(preamble: Sequence[str]) -> str | None:
    """The site's address, where the lines above a header name it (Google Analytics)."""
    for line in preamble:
        match = _ADDRESS.search(line)
        address = urls.canonical_or_none(match.group()) if match else None
        if address:
            return address
    return None


def _addresses(done: Done, context: Context, *names: str) -> None:
    """Puts address columns into their one spelling; rows without a web address are skipped."""
    for name in names:
        if name not in done.frame:
            continue
        found = cells.canonical(_with_scheme(done.frame[name], context.report.scheme))
        told = done.frame[name]
        done.frame[name] = found
        done.drop(found.isna(), f"no web address in “{context.cell(name)}”", told)


def _with_scheme(column: pd.Series, scheme: str) -> pd.Series:
    if not scheme:
        return column
    bare = ~column.str.contains("://", na=True, regex=False)
    return column.where(~bare, scheme + column)


def finish_backlinks(frame: pd.DataFrame, context: Context) -> Done:
    """Links from other sites; a report without targets leaves `target_url` empty."""
    done = Done(frame)
    _addresses(done, context, "source_url", "target_url")
    frame = done.frame
    frame["source_domain"] = urls.registrable_series(frame["source_url"])
    frame["vendors"] = context.report.vendor.lower()
    keys = [name for name in ("source_url", "target_url") if name in frame]
    what = "a link from the same page to the same page" if len(keys) > 1 else "a linking page"
    _tell_repeats(done, keys, what)
    if len(keys) == 1 and len(frame) > 1 and frame["source_domain"].nunique() == 1:
        domain = frame["source_domain"].iloc[0]
        done.warnings.append(
            f"All linking pages are on {domain}; if that is your own site, this is the internal "
            "list “Your pages linking to this page” and no backlinks."
        )
    return done


def _tell_repeats(done: Done, keys: Sequence[str], what: str) -> None:
    """Counts rows that name the same thing again; they stay, later rooms merge them."""
    repeats = int(done.frame.duplicated([key for key in keys if key in done.frame]).sum())
    if repeats:
        done.warnings.append(f"Rows that repeat {what}: {repeats:,}.")


def _no_text(frame: pd.DataFrame) -> pd.Series:
    return pd.Series(np.nan, index=frame.index, dtype="str")


def finish_pages(frame: pd.DataFrame, context: Context) -> Done:
    """Pages of a crawl: files that are no pages are skipped, robots directives become flags."""
    done = Done(frame)
    _addresses(done, context, "url")
    _drop_assets(done)
    frame = done.frame
    for name in ("canonical", "redirect_to"):
        if name in frame:
            frame[name] = _joined(frame[name], frame["url"])
    noindex = _noindex(frame)
    if noindex is not None:
        frame["noindex"] = noindex
    if "blocked" not in frame:
        told = [frame[n] for n in ("indexability_status", "status_text") if n in frame]
        if told:
            hits = [c.str.contains("robots.txt", case=False, na=False, regex=False) for c in told]
            frame["blocked"] = np.logical_or.reduce(hits)
    frame["source"] = context.report.title
    _tell_repeats(done, ("url",), "a page")
    return done


def _drop_assets(done: Done) -> None:
    """Skips what is no HTML page; redirects and errors stay, whatever type they are sent with."""
    frame = done.frame
    status = frame["status"] if "status" in frame else pd.Series(np.nan, index=frame.index)
    redirect = status.between(300, 399)
    kind = frame["content_type"] if "content_type" in frame else _no_text(frame)
    kind = kind.str.partition(";")[0].str.strip().str.casefold() if len(kind) else kind
    typed = kind.notna()
    other = typed & ~kind.str.contains("html", na=False, regex=False) & ~redirect
    asset = ~typed & frame["url"].str.contains(ASSETS, na=False)
    for value, number in kind[other].value_counts().items():
        done.skipped[f"“{cells.truncate(str(value), 40)}” is not a page"] += int(number)
    if int(asset.sum()):
        done.skipped["an image, script or other file is not a page"] += int(asset.sum())
    done.frame = frame[~(other | asset)].reset_index(drop=True)


def _joined(column: pd.Series, pages: pd.Series) -> pd.Series:
    """Addresses in one spelling; the few relative ones are joined to their page."""
    found = cells.canonical(column)
    relative = found.isna() & column.notna()
    if relative.any():
        found = found.astype("object")
        for at in np.flatnonzero(relative.to_numpy()):
            found.iat[at] = urls.canonical_or_none(str(column.iat[at]), str(pages.iat[at]))
        found = found.astype("str")
    return found


def _noindex(frame: pd.DataFrame) -> pd.Series | None:
    """From meta robots, the X-Robots-Tag and the crawler's verdict; None where none is told."""
    told = [frame[n] for n in ("robots", "x_robots", "indexability_status") if n in frame]
    if not told:
        return frame.get("noindex")
    found = np.logical_or.reduce([cells.holds(c.fillna(""), ("noindex", "none")) for c in told])
    return pd.Series(found, index=frame.index, dtype="boolean")


def finish_domains(frame: pd.DataFrame, context: Context) -> Done:
    """Referring domains, as registrable domains."""
    done = Done(frame)

    def parse(distinct: pd.Series) -> pd.Series:
        return pd.Series([_domain(str(cell)) for cell in distinct], dtype="str")

    found = cells.per_distinct(frame["domain"].fillna(""), parse)
    told = done.frame["domain"]
    done.frame["domain"] = found
    done.drop(found.isna(), f"no domain in “{context.cell('domain')}”", told)
    done.frame["vendors"] = context.report.vendor.lower()
    _tell_repeats(done, ("domain",), "a domain")
    return done


def _domain(cell: str) -> str | None:
    text = cell.strip()
    address = urls.canonical_or_none(text if "://" in text else f"http://{text}")
    host = urls.host(address) if address else ""
    return urls.registrable(host) if host and _DOMAIN.match(host) else None


def finish_targets(frame: pd.DataFrame, context: Context) -> Done:
    """Backlink counts by page."""
    done = Done(frame)
    _addresses(done, context, "url")
    done.frame["source"] = context.report.title
    _tell_repeats(done, ("url",), "a page")
    return done


def finish_traffic(frame: pd.DataFrame, context: Context) -> Done:
    """Clicks and sessions by page; paths are joined to the property's address where it is named."""
    done = Done(frame)
    paths = frame["url"].str.startswith("/", na=False)
    found = cells.canonical(frame["url"], context.base)
    if context.base:
        found = found.where(paths | frame["url"].str.contains("://", na=False), np.nan)
    found = found.where(found.notna() | ~paths, frame["url"])
    told = frame["url"]
    done.frame["url"] = found
    done.drop(found.isna(), f"no web address in “{context.cell('url')}”", told)
    if int(paths.sum()) and not context.base:
        done.warnings.append("The addresses are paths; they are taken as paths of your site.")
    done.frame["source"] = context.report.title
    _tell_repeats(
        done, ("url", "query"), "a page" if "query" not in done.frame else "a page and query"
    )
    return done


def finish_priorities(frame: pd.DataFrame, context: Context) -> Done:
    """Priority pages: weight 1 where none is given, keywords joined by semicolons."""
    done = Done(frame)
    _addresses(done, context, "url")
    frame = done.frame
    if "weight" in frame:
        done.drop(frame["weight"] < 0, "a weight below 0")
        frame = done.frame
        frame["weight"] = frame["weight"].fillna(1.0)
    else:
        frame["weight"] = 1.0
    if "keywords" in frame:
        frame["keywords"] = cells.per_distinct(frame["keywords"], _keywords)
    repeats = frame.duplicated("url", keep="first")
    done.drop(repeats, "a page listed twice; the first row counts")
    return done


def _keywords(distinct: pd.Series) -> pd.Series:
    return pd.Series([_joined_keywords(cell) for cell in distinct], dtype="str")


def _joined_keywords(cell: object) -> str | None:
    if not isinstance(cell, str):
        return None
    mark = next((mark for mark in _SEPARATORS if mark in cell), ";")
    words = [" ".join(part.split()) for part in cell.split(mark)]
    return ";".join(dict.fromkeys(word for word in words if word)) or None
