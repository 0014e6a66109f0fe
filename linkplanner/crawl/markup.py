"""Bytes of a page into characters, and into no more markup than a parser can bear."""

import codecs
import re

__all__ = ["decode_html", "within_limits"]

HTML_LIMIT = 8 * 2**20
"""Characters of one page that are parsed; search engines stop between 2 and 15 MB."""
TAG_LIMIT = 200_000
"""Tags of one page that are parsed."""
FREE_TAGS = 10_000
"""Up to here nesting is not looked at: at worst, all nested, such a page takes 0.7 s."""
DEPTH_LIMIT = 5_000
"""Elements open at once; browsers stop at 512. The parser looks through all open elements at most
tags, so 200,000 nested ones took it 269 s."""

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([a-zA-Z0-9_:.\-]+)""", re.IGNORECASE)
_META = re.compile(rb"<meta\s[^>]{0,400}?charset[^>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)([^<>]*)")
_UNQUOTED_SLASH = re.compile(r"""=[^\s"']*/$""")
_AS_BROWSERS_DO = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "tis-620": "cp874",
}
"""Names that mean another encoding on the web than by the book (encoding.spec.whatwg.org)."""
_KNOWN = re.compile(
    r"(?:utf-?8|windows-12?5[0-8]|windows-874|cp125[0-8]|cp9(?:32|49)|cp874|iso-?8859-?\d{1,2}"
    r"|koi8-[ru]|gb18030|big5(?:-hkscs)?|euc-(?:jp|kr)|iso-2022-jp|macintosh)"
)
"""Encodings of text. Python's other codecs (zip, escapes, idna) are not for strangers' bytes."""
_IMPLIED_END = frozenset(
    "area base br col embed hr img input link meta param source track wbr "
    "p li dt dd tr td th option optgroup tbody thead tfoot colgroup rt rp body html head".split()
)
"""Elements that hold nothing, or that end by themselves."""

_FOREIGN = frozenset({"svg", "math"})
"""Inside these nothing ends by itself, and a slash closes."""
_SCOPED = frozenset(
    "address article aside blockquote center details dir div dl fieldset figure footer header "
    "main menu nav ol pre section summary ul".split()
)
"""Elements whose end tag also ends what was left open inside (HTML standard, in body)."""
_BARRIERS = frozenset("applet button caption marquee math object select svg table template".split())
"""Elements through which no end tag outside reaches."""
_BACK = 20


def decode_html(body: bytes, content_type: str = "") -> str:
    """The page as characters: by byte order mark, header, meta tag, else UTF-8 or Windows-1252."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):  # fmt: skip  # noqa: E501
        if body.startswith(mark):
            return body[len(mark) :].decode(name, errors="replace")
    named = _CHARSET.search(content_type.encode("ascii", errors="replace"))
    if named is None and (meta := _META.search(body[:2048])):
        named = _CHARSET.search(meta.group())
    encoding = _encoding(named.group(1).decode("ascii").lower()) if named else None
    if encoding is not None:
        return body.decode(encoding, errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def _encoding(name: str) -> str | None:
    name = _AS_BROWSERS_DO.get(name, name)
    if not name.startswith("cp") and not _KNOWN.fullmatch(name):
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def within_limits(html: str) -> str:
    """The page up to where it grows too long, or too deep to be parsed in fair time."""
    html = html[:HTML_LIMIT]
    if html.count("<") <= FREE_TAGS:
        return html
    depth = _Depth()
    for count, match in enumerate(_TAG.finditer(html)):
        depth.take(match)
        if len(depth.stack) > DEPTH_LIMIT or count > TAG_LIMIT:
            return html[: match.start()]
    return html


class _Depth:
    """Follows which elements are open; where in doubt they stay open.

    So stray end tags cannot hide how deep a page really is.
    """

    def __init__(self) -> None:
        self.stack: list[str] = []
        self._foreign = 0

    def take(self, tag: re.Match[str]) -> None:
        """Take the next tag."""
        name = tag[2].lower()
        if tag[1]:
            self._close(name)
        elif self._foreign or name not in _IMPLIED_END:
            rest = tag[3]
            ends = self._foreign and rest.endswith("/") and not _UNQUOTED_SLASH.search(rest)
            if not ends:
                self.stack.append(name)
                self._foreign += name in _FOREIGN

    def _close(self, name: str) -> None:
        """Close the innermost element of that name; through others only where parsers do so."""
        stack = self.stack
        if stack and stack[-1] == name:
            stack.pop()
            self._foreign -= name in _FOREIGN
        elif name in _SCOPED:
            for back in range(2, min(len(stack), _BACK) + 1):
                if stack[-back + 1] in _BARRIERS:
                    return
                if stack[-back] == name:
                    del stack[-back:]
                    return
