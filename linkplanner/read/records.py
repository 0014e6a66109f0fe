"""A CSV parser that loses one row to a bad quote, not the rest of the file.

Slower than the columnar parser of `table`, which hands over to it where quotes are not sound and
for the head of a file. A record whose quotes are broken is given up and reading goes on at the
next line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from linkplanner.read import limits

__all__ = ["BAD_QUOTE", "Budget", "Record", "records"]

BAD_QUOTE = "a quotation mark that is not closed"

WASTE_LIMIT = 200_000_000
"""Characters looked at in vain, over the whole file, before bad quotes are no longer looked for."""


@dataclass
class Budget:
    """How much more of a file may be searched for closing quotes."""

    left: int = WASTE_LIMIT
    """Characters."""


@dataclass(frozen=True)
class Record:
    """One row of a file."""

    cells: list[str]
    """Its cells, quotes taken off."""
    end: int
    """Offset of the character after it."""
    problem: str = ""
    """Why it cannot be used; '' for a good row."""


@lru_cache(maxsize=16)
def _patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    d = re.escape(delimiter)
    ending = rf"[ ]*(?P<end>{d}|\r\n|\n|\r|\Z)"
    quoted = re.compile(rf'[ ]*"(?P<text>[^"]{{0,{limits.CELL_LIMIT}}}+(?:""[^"]*+)*+)"{ending}')
    bare = re.compile(rf"(?P<text>[^\r\n{d}]*)(?P<end>{d}|\r\n|\n|\r|\Z)")
    return quoted, bare


def records(
    text: str, delimiter: str, start: int = 0, budget: Budget | None = None
) -> Iterator[Record]:
    """Rows of a delimited text from offset `start`; blank lines are left out.

    `budget` is shared between the blocks of a file that is read in blocks.
    """
    quoted, bare = _patterns(delimiter)
    budget = budget or Budget()
    while start < len(text):
        cells: list[str] = []
        at, problem = start, ""
        while True:
            opens = text.startswith('"', at) or (text.startswith(' "', at))
            match = quoted.match(text, at) if opens and budget.left > 0 else None
            if match is None and opens:
                problem = BAD_QUOTE
                budget.left -= min(limits.CELL_LIMIT, len(text) - at)
                break
            if match is None:
                match = bare.match(text, at)
                assert match is not None  # the pattern matches the empty text
                cells.append(match["text"])
            else:
                cells.append(match["text"].replace('""', '"'))
            at = match.end()
            if match["end"] != delimiter:
                break
        if problem:
            at = _next_line(text, start)
        start = at
        if problem or any(cells):
            yield Record(cells, at, problem)


def _next_line(text: str, start: int) -> int:
    ends = [end + 1 for mark in "\n\r" if (end := text.find(mark, start)) >= 0]
    if not ends:
        return len(text)
    at = min(ends)
    return at + 1 if text.startswith("\r\n", at - 1) else at
