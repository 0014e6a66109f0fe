"""Small pieces of HTML in which every text of a file or page stays a text.

`Html` is proof that a string is markup of ours, with all data in it escaped.
"""

import html
import math
import re
from collections.abc import Sequence
from typing import Any, Final, NewType

__all__ = ["Html", "address", "join", "literal", "marked", "number", "signed", "table", "tag"]

Html = NewType("Html", str)

_CONTROL: Final = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\t\n\r"} | {
    0x0D: "&#13;",
    0x7F: "\u2421",
    0xFFFE: "\ufffd",
    0xFFFF: "\ufffd",
}
"""Characters that HTML has no spelling for (section 13.2.3.5, input stream), as their pictures."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_WEB: Final = re.compile(r"https?://[^\s<>\"'`\\{}|^\x00-\x20]+", re.IGNORECASE)
_LEAST: Final = 0.005
"""Smaller figures would be shown as 0.00."""
DASH: Final = Html("–")


def literal(text: Any) -> Html:
    """The text, shown as it stands: no element, no entity, no character of it is lost."""
    escaped = html.escape(_SURROGATE.sub("\ufffd", str(text)), quote=True)
    return Html(escaped.translate(_CONTROL))


def tag(name: str, content: str, css: str = "") -> Html:
    """One element around markup."""
    attribute = f' class="{css}"' if css else ""
    return Html(f"<{name}{attribute}>{content}</{name}>")


def join(parts: Sequence[str], between: str = "") -> Html:
    """Pieces of markup in a row."""
    return Html(between.join(parts))


def address(url: Any, origin: str = "", title: Any = None, between: str = "<br>") -> Html:
    """A page by title and path, linked where the address is one for the web, else as plain text.

    origin: what is left out of addresses that start with it, such as https://www.example.com;
    between: markup between title and path.
    """
    text = _known(url)
    if not text:
        return DASH
    shown = text[len(origin) :] if origin and text.startswith(origin + "/") else text
    label = tag("bdi", literal(shown))
    if _WEB.fullmatch(text):
        label = Html(f'<a href="{literal(text)}" rel="noopener noreferrer nofollow">{label}</a>')
    name = _known(title)
    return Html(f"{tag('b', tag('bdi', literal(name)))}{between}{label}") if name else label


def marked(sentence: Any, anchor: Any, before: Any = None) -> Html:
    """The sentence with its anchor in <mark>.

    The anchor stands as [anchor] in the sentence; of several such places the one counts that gives
    `before` again once its brackets are gone.
    """
    text, words, plain = _known(sentence), _known(anchor), _known(before)
    if not words:
        return literal(text)
    places = [m.start() for m in re.finditer(re.escape(f"[{words}]"), text)]
    if not places:
        return literal(text)
    end = len(words) + 2
    fitting = [at for at in places if text[:at] + words + text[at + end :] == plain]
    at = (fitting or places)[0]
    return join([literal(text[:at]), tag("mark", literal(words)), literal(text[at + end :])])


def number(value: Any, digits: int = 2) -> Html:
    """A figure with thousands separators; a dash where it is missing."""
    if _missing(value):
        return DASH
    if digits and 0 < abs(value) < _LEAST:
        return Html("&lt;0.01" if value > 0 else "&gt;−0.01")
    return Html(f"{value:,.{digits}f}".replace("-", "−"))


def signed(value: Any, digits: int = 2) -> Html:
    """A change: with plus or minus before it."""
    if _missing(value):
        return DASH
    return Html(("+" if value >= 0 else "") + number(value, digits))


def table(header: Sequence[str], rows: Sequence[Sequence[Html]], numeric: Sequence[int]) -> Html:
    """A table of finished cells; `numeric` names the columns that hold figures."""
    css = ["n" if at in numeric else "" for at in range(len(header))]
    head = join([tag("th", literal(name), css[at]) for at, name in enumerate(header)])
    body = [join([tag("td", cell, css[at]) for at, cell in enumerate(row)]) for row in rows]
    return tag("table", tag("thead", tag("tr", head)) + tag("tbody", join([*_rows(body)])))


def _rows(cells: Sequence[str]) -> list[Html]:
    return [tag("tr", row) for row in cells]


def _known(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _missing(value: Any) -> bool:
    try:
        return not math.isfinite(value)
    except TypeError:
        return True
