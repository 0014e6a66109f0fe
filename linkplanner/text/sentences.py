"""Where sentences of a text begin and end, in any script."""

import re
from typing import Final

__all__ = ["MAX_SENTENCE", "is_heading", "is_proper", "split"]

MAX_SENTENCE: Final = 600
"""Characters after which a run without sentence punctuation is cut at a space; longer ones are
lists, code or scripts that write no full stops."""

HEADING_CHARACTERS: Final = 90
HEADING_WORDS: Final = 14
"""A line without sentence punctuation is a heading up to this length (headings on the development
sites end below it; paragraphs seldom lack a full stop)."""

PROPER_CHARACTERS: Final = 25
PROPER_LETTERS: Final = 0.6
"""A sentence that another may follow has at least so many characters, and so large a share of
letters: opening hours, prices and lists of sizes have fewer."""

_ABBREVIATIONS: Final = frozenset(
    """mr mrs ms dr prof st sr jr vs etc e.g i.e eg ie cf al approx dept est fig figs inc ltd co
    corp no nos vol vols p pp ca viz resp rev gen col sgt capt lt hon jan feb mar apr jun jul aug
    sep sept oct nov dec mon tue wed thu fri sat sun
    sra srta dra ud uds núm pág págs av avda ej aprox tel
    m mme mlle mm env éd art chap réf
    z.b bzw usw d.h ca nr str evtl ggf inkl vgl u.a o.ä s.o bspw zzgl abb hr fr frl
    sig sigg dott avv ing pag ecc es
    exmo exma ilmo
    bijv dhr mevr nl o.a d.w.z blz enz
    tzn np ul nr ok godz tj
    т.е т.д т.п др руб г гг см рис стр""".split()
)
"""Abbreviations after which a full stop ends no sentence, without their last stop."""

_SPACED_END: Final = re.compile(r"[.!?…][.!?…]*[\"'”’»)\]]*(?=\s)")
"""Spaced scripts: stop, closing marks, space."""
_OTHER_STOP: Final = re.compile("[。！？｡।॥؟۔።]")
_END: Final = re.compile(
    r"[.!?…]+[\"'”’»)\]]*(?=\s)"
    r"|[。！？｡]+[」』”’）】]*"  # Chinese and Japanese write no space
    r"|[।॥؟۔።]+(?=\s|$)"  # Devanagari, Arabic, Urdu, Ethiopic
)
_LINE: Final = re.compile(r"[^\n\r\u2028\u2029]+")
_OPENS: Final = '(["“«'
_LETTERS: Final = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_TERMINAL: Final = re.compile(r"[.!?…。！？｡।॥؟۔።:;][\"'”’»)\]」』）】]*\s*$")


def split(text: str) -> list[tuple[int, int]]:
    """Offsets (start, end) of the sentences of a text, in order, without surrounding space.

    A line end always ends a sentence; abbreviations, initials and decimals do not.

    >>> text = "It costs 3.50 e.g. at Dr. Low's. Buy it!"
    >>> [text[a:b] for a, b in split(text)]
    ["It costs 3.50 e.g. at Dr. Low's.", 'Buy it!']
    """
    found: list[tuple[int, int]] = []
    pattern = _SPACED_END if text.isascii() or not _OTHER_STOP.search(text) else _END
    ends = iter(pattern.finditer(text))
    end = next(ends, None)
    for line in _LINE.finditer(text):
        start, stop = line.span()
        while end is not None and end.end() < stop:
            if end.start() >= line.start() and not _continues(text, line.start(), end):
                _add(found, text, start, end.end())
                start = end.end()
            end = next(ends, None)
        _add(found, text, start, stop)
    return found


def _continues(text: str, line_start: int, match: re.Match[str]) -> bool:
    """Whether the sentence goes on after this punctuation."""
    if match.group()[0] in "。！？｡।॥؟۔።":
        return False
    after = text[match.end() : match.end() + 40].lstrip(" \t\xa0\"'“‘«([-–—¿¡")[:1]
    if after.islower():
        return True
    if not match.group().startswith(".") or len(match.group()) > 1:
        return False
    near = text[max(line_start, match.start() - 40) : match.start()]
    before = near[max(map(near.rfind, _OPENS)) + 1 :].casefold()
    before = before.rsplit(None, 1)[-1] if before and not before[-1].isspace() else ""
    if before in _ABBREVIATIONS or _LETTERS.fullmatch(before):
        return True  # abbreviation, initial ("J. Low") or dotted letters ("U.S.")
    at_start = match.start() - len(before) - line_start < 4
    return before.isdigit() and (at_start or after.isdigit())  # "1. First", "No. 5. 2"


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    bare = piece.lstrip()
    start += len(piece) - len(bare)
    end = start + len(bare.rstrip())
    while end - start > MAX_SENTENCE:
        cut = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        cut = cut if cut > 0 else start + MAX_SENTENCE
        found.append((start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        found.append((start, end))


def is_heading(text: str, start: int, end: int) -> bool:
    """Whether this sentence is a whole short line without sentence punctuation at its end."""
    if end - start > HEADING_CHARACTERS:
        return False
    before = text[max(0, start - 64) : start].rstrip(" \t\xa0")[-1:]
    after = text[end : end + 64].lstrip(" \t\xa0")[:1]
    if before not in ("", "\n", "\r") or after not in ("", "\n", "\r"):
        return False
    line = text[start:end]
    return len(line.split()) <= HEADING_WORDS and _TERMINAL.search(line) is None


def is_proper(text: str, start: int, end: int) -> bool:
    """Whether this reads as a written sentence: long enough, of letters, ended by punctuation."""
    words = text[start:end]
    if words.isupper() or words.rstrip("\"'”’»)").endswith(("?", "？", "؟", ":")):
        return False  # a heading, a question put above its answer
    if len(words) < (PROPER_CHARACTERS if words.isascii() else PROPER_CHARACTERS // 2):
        return False
    letters = sum(map(str.isalpha, words)) + words.count(" ")
    return _TERMINAL.search(words) is not None and letters >= PROPER_LETTERS * len(words)
