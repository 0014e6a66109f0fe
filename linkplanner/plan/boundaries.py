"""Where the user draws lines: pages left alone, pairs nobody wants, pairs of sections, protection.

All are written as patterns: a shell glob on the path (`/legal/*`), or on the whole address where it
has a scheme. A pattern that cannot be read raises InputError with the line in quotes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import translate
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.errors import InputError
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints
from linkplanner.settings import PlanLimits
from linkplanner.site.kinds import sections

__all__ = [
    "SectionRule",
    "check_limits",
    "fits_any",
    "least_equity",
    "permitted",
    "section_groups",
    "section_rules",
]

ANY: Final = "*"
_ORIGIN: Final = re.compile(r"^https?://[^/]+")


@dataclass(frozen=True)
class SectionRule:
    """Most new links from one section to another; * is any."""

    source: str
    target: str
    limit: int


def check_limits(limits: PlanLimits) -> None:
    """Raises InputError where a line of the limits cannot be read."""
    section_rules(limits.section_limits)
    for pattern in (*limits.locked, *limits.protected):
        _check_pattern(pattern)
    for line in limits.forbidden:
        _pair(line)


def fits_any(patterns: Sequence[str], urls: pd.Series) -> np.ndarray:
    """Boolean per address: one of the patterns fits."""
    found = np.zeros(len(urls), dtype=bool)
    for pattern in patterns:
        _check_pattern(pattern)
        places = urls if "://" in pattern else urls.str.replace(_ORIGIN, "", regex=True)
        found |= places.str.fullmatch(translate(pattern.strip())).to_numpy(dtype=bool)
    return found


def permitted(source: Ints, target: Ints, urls: pd.Series, limits: PlanLimits) -> np.ndarray:
    """Boolean per pair of nodes (places in urls): neither locked nor forbidden."""
    allowed = ~fits_any(limits.locked, urls)[source]
    for line in limits.forbidden:
        one, other = _pair(line)
        allowed &= ~(fits_any([one], urls)[source] & fits_any([other], urls)[target])
    return allowed


def section_rules(lines: Sequence[str]) -> list[SectionRule]:
    """The limits that lines such as `/blog > /shop = 20` set."""
    found = []
    for line in lines:
        pair, _, number = line.rpartition("=")
        if not number.strip().isdigit():
            raise _unreadable(line, "such as /blog > /shop = 20")
        one, other = _pair(pair or line, "such as /blog > /shop = 20")
        found.append(SectionRule(_section(one), _section(other), int(number)))
    return found


def section_groups(
    source: Ints, target: Ints, urls: pd.Series, limits: PlanLimits
) -> tuple[Ints, Ints] | None:
    """Group of each pair of nodes by the sections of its ends, and the limit of each group; None
    where no pair of sections is limited."""
    rules = section_rules(limits.section_limits)
    if limits.per_sections <= 0 and not rules:
        return None
    of = sections(urls).to_numpy()
    ends = pd.DataFrame({"source": of[source], "target": of[target]})
    group, pairs = pd.factorize(pd.MultiIndex.from_frame(ends))
    usual = limits.per_sections if limits.per_sections > 0 else limits.max_links
    limit = [_limit_of(str(one), str(other), rules, usual) for one, other in pairs]
    return group.astype(np.int64), np.array(limit, dtype=np.int64)


def least_equity(
    urls: pd.Series, equity: Floats, begun: Floats, limits: PlanLimits
) -> Floats | None:
    """float64[n]: equity that each protected page keeps at least, 0 elsewhere; None where none is
    protected. begun: equity with the accepted links, which stay whatever they take."""
    guarded = fits_any(limits.protected, urls)
    if not guarded.any():
        return None
    return np.where(guarded, np.minimum((1 - limits.protected_loss) * equity, begun), 0.0)


def _limit_of(source: str, target: str, rules: Sequence[SectionRule], usual: int) -> int:
    for rule in rules:
        if rule.source in (ANY, source) and rule.target in (ANY, target):
            return rule.limit
    return usual


def _section(name: str) -> str:
    """The section as `site.kinds.sections` writes it."""
    clean = name.strip().removesuffix("*").rstrip("/") if name.strip() != ANY else ANY
    return clean if clean.startswith(("/", ANY)) else f"/{clean}"


def _pair(line: str, example: str = "such as /blog/* > /jobs/*") -> tuple[str, str]:
    one, mark, other = line.partition(">")
    if not mark or not one.strip() or not other.strip() or ">" in other:
        raise _unreadable(line, example)
    return one.strip(), other.strip()


def _check_pattern(pattern: str) -> None:
    if not pattern.strip():
        raise _unreadable(pattern, "such as /legal/*")


def _unreadable(line: str, example: str) -> InputError:
    return InputError(f"“{line.strip()[:80]}” cannot be read as a limit; write it {example}.")
