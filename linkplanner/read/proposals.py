"""What a strange table and its columns most likely are, by their names and by the cells in them."""

import re
from collections.abc import Sequence

from linkplanner import urls
from linkplanner.read.cells import fold
from linkplanner.read.mapping import REQUIRED, fields_of
from linkplanner.read.table import Grid
from linkplanner.read.vendors import REPORTS

__all__ = ["propose", "propose_kind"]

_WORD = re.compile(r"[^\W_]+")


def propose_kind(grid: Grid) -> str:
    """The kind that a table is most likely: links where it has two columns of addresses."""
    places = _address_columns(grid)
    if len(places) < 2:
        return "pages"
    hosts = [{_domain(row[p]) for row in grid.sample if p < len(row)} - {""} for p in places[:2]]
    return "links" if hosts[0] == hosts[1] and len(hosts[0]) == 1 else "backlinks"


def propose(grid: Grid, kind: str) -> dict[str, str]:
    """Field to header cell, as far as the names and the addresses in the cells tell.

    Names known from any report of the kind come first, then names that hold all words of the
    field; addresses are taken from columns that hold addresses. Raises InputError for a kind that
    cannot be mapped.
    """
    names = _known_names(kind)
    addresses = _address_columns(grid)
    found: dict[str, str] = {}
    for field in fields_of(kind):
        free = [
            p
            for p, cell in enumerate(grid.header)
            if cell and cell not in found.values() and (not _is_url(field) or p in addresses)
        ]
        place = _best(grid.header, free, field, names.get(field, ()))
        if place is None and field in REQUIRED[kind] and _is_url(field) and free:
            place = free[0]
        if place is not None:
            found[field] = grid.header[place]
    return found


def _is_url(field: str) -> bool:
    return field in ("url", "source_url", "target_url")


def _known_names(kind: str) -> dict[str, list[str]]:
    """Header cells, folded, under which reports hold each field, those of the kind first."""
    names: dict[str, list[str]] = {}
    for report in sorted(REPORTS, key=lambda report: report.kind != kind):
        if report.kind == kind or report.kind not in REQUIRED:
            for field, column in report.columns.items():
                names.setdefault(field, []).extend(column.names)
    return names


def _best(
    header: Sequence[str], free: Sequence[int], field: str, names: Sequence[str]
) -> int | None:
    folded = {p: fold(header[p]) for p in free}
    for name in (fold(field), *names):
        for place, cell in folded.items():
            if cell == name:
                return place
    words = set(fold(field).split()) - {"url"}
    for place, cell in folded.items():
        if words and words <= set(_WORD.findall(cell)):
            return place
    return None


def _address_columns(grid: Grid) -> list[int]:
    """Columns whose cells are mostly web addresses."""
    places = []
    for place in range(len(grid.header)):
        held = [row[place].strip() for row in grid.sample if place < len(row)]
        held = [cell for cell in held if cell]
        good = sum(cell.lower().startswith(("http://", "https://")) for cell in held)
        if held and good >= 0.6 * len(held):
            places.append(place)
    return places


def _domain(cell: str) -> str:
    address = urls.canonical_or_none(cell)
    return urls.registrable(urls.host(address)) if address else ""
