"""Numbers in sentences: plurals, thousands separators, units, and as many digits as help."""

from datetime import datetime

__all__ = ["change", "count", "effort", "moment", "names", "points", "share", "whole"]


def count(number: float, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 page, 1,234 pages."""
    return f"{number:,.0f} {one if number == 1 else many or one + 's'}"


def effort(minutes: float) -> str:
    """Working time in a unit that fits: minutes below two hours, then hours."""
    return f"{minutes:,.0f} min" if minutes < 120 else f"{minutes / 60:,.0f} h"


def whole(number: float) -> str:
    """A number of things: 1,234."""
    return f"{number:,.0f}"


def points(value: float) -> str:
    """Points with as many decimals as help: 1,234, 567.8, 56.7, 8.90, 0.123."""
    size = abs(value)
    if 0 < size < 0.0005:
        return "under 0.001" if value > 0 else "above -0.001"
    digits = 0 if size >= 999.5 else 1 if size >= 9.995 else 2 if size >= 0.9995 else 3
    return f"{value:,.{digits}f}"


def share(part: float, digits: int = 0) -> str:
    """A part of a whole: 12%."""
    return f"{part:.{digits}%}"


def change(part: float, digits: int = 0) -> str:
    """A change relative to before, with its sign: +12%."""
    return f"{part:+.{digits}%}"


def moment(at: datetime) -> str:
    """Date and time: 22 Nov 2026, 17:31."""
    return f"{at:%d %b %Y, %H:%M}"


def names(some: list[str], most: int) -> str:
    """The first names with commas between, and how many more there are."""
    more = f" and {len(some) - most:,} more" if len(some) > most else ""
    return ", ".join(some[:most]) + more
