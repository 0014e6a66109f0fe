"""Text from files and pages, made harmless where Streamlit would read it as Markdown."""

import re
from typing import Final

__all__ = ["md_escape"]

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
_AUTOLINK: Final = re.compile(r"(?i)(https?|ftp|www)(?=[:.])|(?=@)")
_JOINER: Final = "\u2060"


def md_escape(text: str, limit: int = 200) -> str:
    """The text as Markdown that shows exactly these characters, on one line, at most `limit` long.

    Every ASCII punctuation sign gets a backslash (CommonMark 2.4); an invisible word joiner keeps
    addresses and e-mail addresses from becoming links by themselves.
    """
    line = " ".join(str(text).split())
    line = line if len(line) <= limit else line[: limit - 1] + "…"
    line = "".join(c for c in line if c.isprintable())
    return _PUNCTUATION.sub(r"\\\1", _AUTOLINK.sub(lambda m: m.group() + _JOINER, line))
