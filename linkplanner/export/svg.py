"""Small charts as SVG text: no script, no style, nothing fetched, all labels escaped.

Sizes are in the units of the picture, which is 640 wide. Every chart tells its content in words
too (`<title>`), for readers who do not see it.
"""

from collections.abc import Sequence
from typing import Final

from linkplanner.export.markup import Html, join, literal

__all__ = ["bars", "gain_line", "pairs", "stack"]

WIDTH: Final = 640
_LABEL: Final = 220
"""Room for the labels of bars."""
_VALUE: Final = 70
"""Room for the figures behind bars."""
_ROW: Final = 22
_CHARACTERS: Final = 28
"""Longest label shown whole; the rest is in its title."""
COLOURS: Final = ("#0072B2", "#8A94A0", "#E69F00", "#D55E00", "#CC79A7", "#56B4E9", "#009E73")
"""Okabe and Ito, "Color Universal Design" (2008): told apart by colour-blind readers."""
BEFORE, AFTER = "#B8C4CE", "#0072B2"


def bars(rows: Sequence[tuple[str, float]], title: str, digits: int = 0) -> Html:
    """One horizontal bar a row: label and value."""
    top = max((value for _, value in rows), default=0.0)
    drawn = []
    for at, (label, value) in enumerate(rows):
        y = at * _ROW
        drawn += [_label(label, y), _bar(_LABEL, y + 3, _long(value, top), 16, AFTER)]
        drawn.append(_text(_LABEL + _long(value, top) + 6, y + 15, f"{value:,.{digits}f}"))
    return _picture(drawn, len(rows) * _ROW, title)


def pairs(rows: Sequence[tuple[str, float, float]], title: str) -> Html:
    """Two bars a row: label, value before (grey) and after (blue)."""
    top = max((max(before, after) for _, before, after in rows), default=0.0)
    drawn = []
    for at, (label, before, after) in enumerate(rows):
        y = at * (_ROW + 6)
        drawn.append(_label(label, y + 3))
        for offset, value, colour in ((2, before, BEFORE), (13, after, AFTER)):
            drawn.append(_bar(_LABEL, y + offset, _long(value, top), 10, colour))
            end = _LABEL + _long(value, top) + 6
            drawn.append(_text(end, y + offset + 9, f"{value:,.2f}", size=10))
    return _picture(drawn, len(rows) * (_ROW + 6), title)


def stack(parts: Sequence[tuple[str, float]], title: str) -> Html:
    """One bar of parts that add up, with its key below: label, value and share."""
    shown = [(label, value) for label, value in parts if value > 0]
    total = sum(value for _, value in shown)
    drawn, x = [], 0.0
    for at, (label, value) in enumerate(shown):
        colour, width = COLOURS[at % len(COLOURS)], WIDTH * value / total
        drawn.append(_bar(x, 0, width, 28, colour))
        x += width
        y = 40 + at * _ROW
        drawn.append(_bar(0, y, 12, 12, colour))
        drawn.append(_text(20, y + 11, f"{label}: {value:,.1f} points ({value / total:.0%})"))
    return _picture(drawn, 40 + len(shown) * _ROW, title)


def gain_line(gains: Sequence[float], title: str, height: int = 180) -> Html:
    """What the first links of a plan bring together, link by link, from zero."""
    values = [0.0, *gains]
    low, high = min(values), max(values)
    left, bottom = 60, height - 24
    wide, tall = WIDTH - left - 10, bottom - 10
    span = (high - low) or 1.0
    across = [left + wide * at / max(len(values) - 1, 1) for at in range(len(values))]
    up = [bottom - tall * (value - low) / span for value in values]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, up, strict=True))
    zero = bottom - tall * (0.0 - low) / span
    drawn = [
        _line(left, zero, left + wide, zero),
        _line(left, 10, left, bottom),
        Html(f'<polyline points="{points}" fill="none" stroke="{AFTER}" stroke-width="2"/>'),
        _text(left - 6, 16, f"{high:,.2f}", anchor="end"),
        _text(left - 6, bottom, f"{low:,.2f}", anchor="end"),
        _text(left + wide, height - 6, f"{len(gains):,} links", anchor="end"),
    ]
    return _picture(drawn, height, title)


def _long(value: float, top: float) -> float:
    return max(0.0, (WIDTH - _LABEL - _VALUE) * value / top) if top > 0 else 0.0


def _bar(x: float, y: float, width: float, height: float, colour: str) -> Html:
    size = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return Html(f'<rect {size} fill="{colour}"/>')


def _line(x1: float, y1: float, x2: float, y2: float) -> Html:
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return Html(f'<line {ends} stroke="#8A94A0" stroke-width="1"/>')


def _label(text: str, y: float) -> Html:
    shown = text if len(text) <= _CHARACTERS else text[: _CHARACTERS - 1] + "…"
    return Html(
        f"<g><title>{literal(text)}</title>{_text(_LABEL - 8, y + 15, shown, anchor='end')}</g>"
    )


def _text(x: float, y: float, text: str, anchor: str = "start", size: int = 12) -> Html:
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"'
    return Html(f'<text {place} unicode-bidi="isolate" fill="#1F2933">{literal(text)}</text>')


def _picture(drawn: Sequence[Html], height: float, title: str) -> Html:
    size = f'viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" height="{height:.0f}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size}>'
    return Html(f"{head}<title>{literal(title)}</title>{join(drawn)}</svg>")
