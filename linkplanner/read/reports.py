"""A report of a vendor, described as data: its columns, and how live, lost and nofollow are told.

A new vendor is a `Report` in one of the `vendors` modules; nothing else has to change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linkplanner.read.cells import fold

__all__ = ["Column", "Keep", "Report", "col", "count", "filled", "holds", "match", "no", "yes"]


@dataclass(frozen=True)
class Column:
    """Where a field of ours stands in a report and how its cells are read."""

    names: tuple[str, ...]
    """Header cells that hold it, folded, best first, in every language met."""
    how: str = ""
    """'' by the type of our field; yes, no (the flag's opposite), filled (true where not empty),
    holds (true where one of `words` is in the cell), count (whole number), first (of a JSON
    list)."""
    words: tuple[str, ...] = ()
    """For holds."""


def col(*names: str, how: str = "", words: Sequence[str] = ()) -> Column:
    """A column by its header names."""
    return Column(tuple(fold(name) for name in names), how, tuple(words))


def count(*names: str) -> Column:
    """A column of whole numbers."""
    return col(*names, how="count")


def yes(*names: str) -> Column:
    """A flag that is set where the cell says yes."""
    return col(*names, how="yes")


def no(*names: str) -> Column:
    """A flag that is set where the cell says no ("Follow" tells nofollow)."""
    return col(*names, how="no")


def filled(*names: str) -> Column:
    """A flag that is set where the cell is not empty, nor says no."""
    return col(*names, how="filled")


def holds(words: str, *names: str) -> Column:
    """A flag that is set where the cell holds one of the words."""
    return col(*names, how="holds", words=tuple(words.split()))


@dataclass(frozen=True)
class Keep:
    """Which rows of a report are of its kind; the others are skipped and counted by value."""

    field: str
    """Field of the report that tells."""
    words: frozenset[str]
    """Folded values that are kept."""
    reason: str
    """Why the others are skipped; {value} stands for the value."""


@dataclass(frozen=True)
class Report:
    """One report of one vendor."""

    vendor: str
    """Name on screen; in lower case it stands in the column `vendors`."""
    name: str
    """Name of the report, as the vendor's menu has it, in English."""
    kind: str
    """Kind of `Reading`."""
    columns: Mapping[str, Column]
    """Our field to the column that holds it; fields that are not in the kind's table serve the
    kind's builder."""
    required: tuple[str, ...]
    """Fields without which it is not this report."""
    any_of: tuple[str, ...] = ()
    """Fields of which at least one must be there."""
    forbidden: tuple[str, ...] = ()
    """Header cells, folded, that mean it is another report."""
    only: bool = False
    """Whether the header must hold nothing but this report's columns."""
    keep: Keep | None = None
    """Which rows count."""
    caps: tuple[int, ...] = ()
    """Row counts at which the vendor stops."""
    explain: str = ""
    """For reports that are recognised and not used: one sentence on what they are and what to
    load instead."""
    generic: bool = False
    """Considered only where no vendor's report fits."""
    scheme: str = ""
    """What to put before addresses that the vendor writes without a scheme."""
    notes: tuple[str, ...] = ()
    """Warnings that always go with it."""

    @property
    def title(self) -> str:
        """Vendor and report."""
        return f"{self.vendor}: {self.name}"

    def places(self, header: Sequence[str]) -> dict[str, int]:
        """Field to position in the header; the first header cell wins where names repeat."""
        at: dict[str, int] = {}
        for position, cell in enumerate(header):
            at.setdefault(fold(cell), position)
        found: dict[str, int] = {}
        for name, column in self.columns.items():
            for alias in column.names:
                if alias in at:
                    found[name] = at[alias]
                    break
        return found

    def fits(self, header: Sequence[str]) -> int:
        """Number of header cells it explains; 0 where it is not this report."""
        places = self.places(header)
        if any(name not in places for name in self.required):
            return 0
        if self.any_of and not any(name in places for name in self.any_of):
            return 0
        cells = [fold(cell) for cell in header]
        if any(cell in self.forbidden for cell in cells):
            return 0
        claimed = len(set(places.values()))
        if self.only and claimed < len([cell for cell in cells if cell]):
            return 0
        return claimed


def match(header: Sequence[str], reports: Sequence[Report]) -> Report | None:
    """The report that explains most of a header; vendors before generic ones."""
    best: Report | None = None
    score = (False, 0)
    for report in reports:
        fits = report.fits(header)
        if fits and (not report.generic, fits) > score:
            best, score = report, (not report.generic, fits)
    return best
