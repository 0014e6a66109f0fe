"""Tables without a known header: lists of addresses, disavow files, and the honest refusal."""

import dataclasses
import re

import pandas as pd

from linkplanner import urls
from linkplanner.read import cells
from linkplanner.read.build import build, sentence
from linkplanner.read.decode import Decoded
from linkplanner.read.reading import Reading, refused
from linkplanner.read.reports import Report, col
from linkplanner.read.skips import Skips
from linkplanner.read.table import Grid
from linkplanner.tables import PAGE_ROWS

__all__ = ["first_rows", "is_disavow", "is_internal", "read_disavow", "read_unknown"]

_DOMAIN_LINE = re.compile(r"\s*domain\s*:\s*\S", re.IGNORECASE)
_BARE = re.compile(r"[\w*.-]+\.[\w-]{2,}\.?", re.ASCII)
_HEAD = 64 * 1024
_LINES = 200
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\b")
MANY = 5
"""Fewest addresses from which it is told that they lie on many sites."""
SHOWN = 20
"""First rows kept of an unknown table: enough to tell what its columns are."""


def is_disavow(text: str) -> bool:
    """Whether the head of a text is a disavow file: one "domain:" line, and nothing but entries."""
    lines = [line.strip() for line in text.splitlines()[:_LINES]]
    lines = [line for line in lines if line and not line.startswith("#")]
    if not any(_DOMAIN_LINE.match(line) for line in lines):
        return False
    good = sum(bool(_entry(line)) for line in lines)
    return good >= 0.8 * len(lines)


def _entry(line: str) -> str:
    """A line of a disavow file in its proper spelling; '' where it is none."""
    if _DOMAIN_LINE.match(line):
        name = line.partition(":")[2].strip().lower()
        return f"domain:{name}" if _BARE.fullmatch(name) else ""
    if "://" in line:
        return urls.canonical_or_none(line) or ""
    return f"domain:{line.lower()}" if _BARE.fullmatch(line) else ""


def read_disavow(name: str, decoded: Decoded) -> Reading:
    """A disavow list; entries that would disavow strangers are named in warnings."""
    text = bytes(decoded.data[decoded.start :]).decode("utf-8", errors="replace")
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    entries: dict[str, None] = {}
    skipped = Skips()
    for line in lines:
        entry = _entry(line)
        if not entry:
            skipped.add("neither a domain: line nor an address", 1, line)
        elif entry in entries:
            skipped.add("listed twice", 1, line)
        else:
            entries[entry] = None
    shared = [e for e in entries if e.startswith("domain:") and _is_shared(e[7:])]
    warnings = [*decoded.warnings]
    if shared:
        warnings.append(
            f"{len(shared):,} lines disavow hosts that many people share, such as "
            f"“{shared[0]}”; name the sub-domain instead."
        )
    lost = sum(skipped.values())
    return Reading(
        name=name,
        recognised_as="Google: disavow list",
        kind="disavow",
        frame=pd.DataFrame({"entry": pd.Series(list(entries), dtype="str")}),
        rows=len(entries),
        skipped=lost,
        skipped_reasons=dict(skipped),
        skipped_examples=skipped.shown(),
        message=sentence("Google: disavow list", len(entries), lost),
        warnings=tuple(warnings),
    )


def _is_shared(domain: str) -> bool:
    """Whether sub-domains of a domain belong to different people."""
    return urls.registrable(f"x.{domain}") == f"x.{domain}"


def read_unknown(name: str, grid: Grid, warnings: tuple[str, ...] = ()) -> Reading:
    """A table that is no report: taken where it has one column of addresses, else explained."""
    places = [p for p in range(grid.width) if _is_address_column(grid, p)]
    if len(places) == 1 and grid.header and _is_of_many_sites(grid, places[0]):
        return _linking_pages(name, grid, places[0], warnings)
    if len(places) == 1 and (grid.header or grid.width == 1):
        return _address_list(name, grid, places[0], warnings)
    return refused(name, _why(name, grid, places), grid.header, first_rows(grid))


def first_rows(grid: Grid) -> tuple[tuple[str, ...], ...]:
    """The first rows of a table, to show: few, and long cells cut short."""
    return tuple(tuple(cells.truncate(c, 200) for c in row) for row in grid.sample[:SHOWN])


def is_internal(grid: Grid, report: Report) -> bool:
    """Whether most links of a plain source and target table stay on one site."""
    places = report.places(grid.header)
    source, target = places["source_url"], places["target_url"]
    rows = [row for row in grid.sample if len(row) > max(source, target)]
    inside = sum(_domain(row[source]) == _domain(row[target]) != "" for row in rows)
    return bool(rows) and inside * 2 > len(rows)


def _domain(cell: str) -> str:
    address = urls.canonical_or_none(cell)
    return urls.registrable(urls.host(address)) if address else ""


def _is_address_column(grid: Grid, place: int) -> bool:
    held = [row[place].strip() for row in grid.sample if place < len(row) and row[place].strip()]
    good = sum(cell.lower().startswith(("http://", "https://")) for cell in held)
    return bool(held) and good >= 0.6 * len(held)


def _is_of_many_sites(grid: Grid, place: int) -> bool:
    """Whether a column of addresses cannot be the pages of one site."""
    domains = [_domain(row[place].strip()) for row in grid.sample if place < len(row)]
    domains = [domain for domain in domains if domain]
    return len(domains) >= MANY and len(set(domains)) * 2 > len(domains)


def _linking_pages(name: str, grid: Grid, place: int, warnings: tuple[str, ...]) -> Reading:
    """Pages on many sites with nothing said of where they link to: Search Console's “Latest links”
    in a language that is not known here, and the like."""
    columns = {"source_url": col(grid.header[place])}
    dates = next((p for p in range(grid.width) if p != place and _is_date_column(grid, p)), None)
    if dates is not None:
        columns["last_seen"] = col(grid.header[dates])
    report = Report("Generic", "linking pages", "backlinks", columns, ("source_url",))
    note = (
        "Its addresses lie on many sites, so they were taken for pages that link to yours; it does "
        "not say to which page."
    )
    reading = build(name, grid, report, (*warnings, note))
    return dataclasses.replace(reading, unknown_rows=first_rows(grid))


def _is_date_column(grid: Grid, place: int) -> bool:
    held = [row[place].strip() for row in grid.sample if place < len(row) and row[place].strip()]
    return bool(held) and sum(bool(_DATE.match(cell)) for cell in held) >= 0.9 * len(held)


def _why(name: str, grid: Grid, places: list[int]) -> str:
    if not grid.header and grid.sample:
        first = cells.truncate(", ".join(grid.sample[0]), 60)
        return (
            f"“{name}” has no line with column names, it starts with “{first}”; add one, for "
            "example “source_url,target_url,anchor”."
        )
    shown = ", ".join(f"“{cells.truncate(cell, 30)}”" for cell in grid.header[:6] if cell)
    more = f" and {len(grid.header) - 6} more" if len(grid.header) > 6 else ""
    if len(places) > 1:
        return (
            f"“{name}” has {len(places)} columns of addresses (its columns are {shown}{more}); "
            "name them source_url and target_url if they are links."
        )
    return (
        f"“{name}” is no report that is known here (its columns are {shown}{more}); load a "
        "sitemap, a backlink export or a crawl export as the tool gives it."
    )


def _address_list(name: str, grid: Grid, place: int, warnings: tuple[str, ...]) -> Reading:
    read = grid.read([place], place + 1)
    skipped = Skips(read.skipped)
    told = read.frame[place]
    found = cells.canonical(cells.text(told))
    bad, again = found.isna(), found.duplicated() & found.notna()
    for mask, reason in ((bad, "not a full web address"), (again, "listed twice")):
        example = str(told.array[int(mask.to_numpy().argmax())]) if mask.any() else ""
        skipped.add(reason, int(mask.sum()), example)
    found = found[~bad]
    frame = pd.DataFrame({"url": found.drop_duplicates().reset_index(drop=True)})
    plain = grid.width == 1
    title = "Sitemap: list of addresses" if plain else "Generic: table with addresses"
    if plain and not grid.header:
        frame["in_sitemap"] = True
    frame["source"] = title
    lost = sum(skipped.values())
    return Reading(
        name=name,
        recognised_as=title,
        kind="sitemap" if plain else "pages",
        frame=PAGE_ROWS.conform(frame),
        rows=len(frame),
        skipped=lost,
        skipped_reasons=dict(skipped.most_common()),
        skipped_examples=skipped.shown(),
        columns=grid.header,
        message=sentence(title, len(frame), lost),
        warnings=warnings,
        unknown_rows=() if plain else first_rows(grid),
    )
