"""Disavow files: read, checked, merged, compared and written. Nothing here decides anything.

Rules of the file, from Google's help page on disavowing links: a text file in UTF-8, one entry a
line, "domain:" before a whole domain or sub-domain, else the address of one page; "#" begins a
comment; at most 100,000 lines, blank ones and comments included, and 2 MB; an address of at most
2,048 characters; a folder cannot be disavowed, an address stands for that page alone.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from linkplanner.urls import FREE_HOSTS, URL_LIMIT, canonical_or_none, host, registrable

__all__ = [
    "GOOGLE_WARNING",
    "MAX_BYTES",
    "MAX_LINES",
    "Entry",
    "check_entries",
    "compare",
    "merge",
    "parse_disavow",
    "write_disavow",
]

MAX_LINES: Final = 100_000
"""Lines that Google takes, comments and blank lines included."""
MAX_BYTES: Final = 2_000_000
"""Size that Google takes: 2 MB, counted the strict way."""
GOOGLE_WARNING: Final = (
    "This is an advanced feature and should only be used with caution. If used incorrectly, this "
    "feature can potentially harm your site's performance in Google Search results."
)
"""What Google says above its own upload button."""

SHARED_HOSTS: Final = FREE_HOSTS | frozenset(
    "sites.google.com docs.google.com drive.google.com plus.google.com groups.google.com "
    "google.com youtube.com facebook.com twitter.com x.com linkedin.com instagram.com "
    "pinterest.com reddit.com quora.com github.com github.io gitlab.com gitlab.io netlify.app "
    "vercel.app pages.dev web.app firebaseapp.com herokuapp.com amazonaws.com cloudfront.net "
    "azurewebsites.net wikipedia.org wikimedia.org archive.org yahoo.com bing.com apple.com "
    "amazon.com microsoft.com".split()
)
"""Hosts on which very many people publish: to disavow them whole hits strangers."""
_DOMAIN: Final = re.compile(r"domain\s*:\s*(\S+)", re.IGNORECASE)
_NAME: Final = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}", re.UNICODE)


@dataclass(frozen=True, order=True)
class Entry:
    """One line of a disavow file."""

    value: str
    """A host name in lower case, or a whole address."""
    whole: bool = True
    """Whether the whole domain is meant, not one page."""

    @property
    def line(self) -> str:
        """The entry as Google wants it."""
        return f"domain:{self.value}" if self.whole else self.value

    @property
    def domain(self) -> str:
        """The referring domain it speaks of."""
        return registrable(self.value if self.whole else host(self.value))


def parse_disavow(text: str) -> tuple[list[Entry], pd.DataFrame]:
    """Entries of a disavow file in order, each once, and what is to be said of its lines.

    The frame [line, text, problem] names bare domains (taken as whole domains), addresses of other
    kinds, and lines that are no entry (left out). Never raises.
    """
    entries: dict[Entry, None] = {}
    problems: list[tuple[int, str, str]] = []
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        entry, problem = _entry(line)
        if entry in entries:
            problem = "stands here twice"
        if entry is not None:
            entries[entry] = None
        if problem:
            problems.append((number, line[:120], problem))
    return list(entries), pd.DataFrame(problems, columns=["line", "text", "problem"])


def _entry(line: str) -> tuple[Entry | None, str]:
    """The entry of a line and what is odd about it."""
    named = _DOMAIN.fullmatch(line)
    if named:
        return _domain(named[1].lower().rstrip("."))
    if "://" in line:
        address = canonical_or_none(line)
        if address is None:
            return None, "no web address of at most 2,048 characters; left out"
        return Entry(str(address), whole=False), ""
    bare = line.lower().rstrip("/.").removeprefix("*.")
    if _NAME.fullmatch(bare):
        return Entry(bare), "a bare domain, which Google does not take; read as the whole domain"
    if "/" in bare and _NAME.fullmatch(bare.split("/")[0]):
        return None, "an address without https://; left out"
    return None, "neither “domain:…” nor an address; left out"


def _domain(name: str) -> tuple[Entry | None, str]:
    if "://" in name:
        inside = host(name)
        note = "an address after “domain:”; read as its whole domain"
        return (Entry(inside), note) if inside else (None, "no domain after “domain:”; left out")
    if "/" in name.rstrip("/"):
        return None, "a folder after “domain:”, which Google cannot disavow; left out"
    clean = name.rstrip("/").removeprefix("*.")
    if not _NAME.fullmatch(clean):
        return None, "no domain after “domain:”; left out"
    return Entry(clean), ""


def check_entries(
    entries: Sequence[Entry],
    own_domains: Collection[str] = (),
    keep: Collection[str] = (),
    text: str = "",
) -> pd.DataFrame:
    """What is wrong or risky in a list: frame [entry, serious, problem], serious ones first.

    own_domains: the user's own registrable domains; keep: the allow-list; text: the written file,
    whose limits are checked. Serious problems are those that an export refuses.
    """
    rows = [
        (entry.line, serious, problem)
        for entry in entries
        for serious, problem in _risks(entry, frozenset(own_domains), frozenset(keep))
    ]
    lines = text.count("\n") + (not text.endswith("\n")) if text else 0
    if lines > MAX_LINES:
        rows.append(("", True, f"{lines:,} lines; Google takes {MAX_LINES:,}"))
    if len(text.encode()) > MAX_BYTES:
        size = len(text.encode()) / 1e6
        rows.append(("", True, f"{size:.1f} MB; Google takes 2 MB"))
    whole = {entry.value for entry in entries if entry.whole}
    for entry in entries:
        covered = _covered(entry, whole)
        if covered:
            rows.append((entry.line, False, f"“domain:{covered}” covers it already"))
    table = pd.DataFrame(rows, columns=["entry", "serious", "problem"])
    return table.sort_values("serious", ascending=False, kind="stable", ignore_index=True)


def _risks(entry: Entry, own: frozenset[str], keep: frozenset[str]) -> Iterable[tuple[bool, str]]:
    """Problems of one entry: whether serious, and what."""
    name = entry.value if entry.whole else host(entry.value)
    if entry.domain in own or name in own:
        yield True, "this is your own site"
    if entry.domain in keep or name in keep:
        yield True, "you decided to keep links from this site"
    if entry.whole and _is_suffix(name):
        yield True, "this is no site but an ending that very many sites share"
    elif entry.whole and name.removeprefix("www.") in SHARED_HOSTS:
        yield True, "very many people publish on this host; name the sub-domain or the page instead"
    if entry.whole and name.startswith("www."):
        yield False, f"the domain without www. is left out; “domain:{name[4:]}” covers both"
    if not entry.whole and len(entry.value) > URL_LIMIT:
        yield True, f"the address is longer than {URL_LIMIT:,} characters"
    if not entry.whole and entry.value.endswith("/") and entry.value.count("/") > 3:
        yield False, "means this one page; a folder cannot be disavowed"


def _is_suffix(name: str) -> bool:
    """Whether sub-domains of a name belong to different people, by the public suffix list."""
    return registrable(f"x.{name}") == f"x.{name}" and name not in FREE_HOSTS


def _covered(entry: Entry, whole: Collection[str]) -> str:
    """The wider entry that makes this one needless, '' where there is none."""
    labels = (entry.value if entry.whole else host(entry.value)).split(".")
    parents = (".".join(labels[at:]) for at in range(1 if entry.whole else 0, len(labels) - 1))
    return next((parent for parent in parents if parent in whole), "")


def merge(*lists: Iterable[Entry]) -> list[Entry]:
    """All entries of several lists once, domains first, by name; what a domain covers stays."""
    every = {entry for entries in lists for entry in entries}
    return sorted(every, key=lambda entry: (not entry.whole, entry.value))


def compare(old: Iterable[Entry], new: Iterable[Entry]) -> pd.DataFrame:
    """What changes from one list to another: frame [entry, change], change added or removed."""
    before, after = set(old), set(new)
    rows = [(entry.line, "added") for entry in merge(after - before)]
    rows += [(entry.line, "removed") for entry in merge(before - after)]
    return pd.DataFrame(rows, columns=["entry", "change"])


def write_disavow(
    entries: Iterable[Entry], notes: Mapping[str, str] | None = None, title: str = ""
) -> str:
    """The file for Google: domains, then pages, each with its note as a comment above it.

    notes: by entry line. Comments are left out where they would break Google's limits.
    """
    ordered = merge(entries)
    said = notes or {}
    head = [f"# {_comment(title)}"] if title else []
    lines = list(head)
    for entry in ordered:
        if said.get(entry.line):
            lines.append(f"# {_comment(said[entry.line])}")
        lines.append(entry.line)
    text = "\n".join(lines) + "\n"
    if len(lines) > MAX_LINES or len(text.encode()) > MAX_BYTES:
        text = "\n".join(entry.line for entry in ordered) + "\n"
    return text


def _comment(text: str) -> str:
    """One line, so that a note can never become an entry."""
    return " ".join(text.split())[:300]
