"""The settings screen's parts: every weight and limit with where it comes from, to be changed."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

from linkplanner import settings as module
from linkplanner.settings import Settings

__all__ = ["Entry", "changed", "entries", "explanations", "groups", "with_value"]

GROUPS: Final = {
    "equity": "How equity enters and moves",
    "quality": "What a backlink counts",
    "limits": "What the plan may do",
    "text": "How texts are compared",
    "crawl": "How pages are read",
    "follow": "When to raise an alert",
    "strategy": "When a page's verdict turns",
    "repairs": "When a page is badly tied in",
}
"""Group of `Settings` to its name on screen; a group that is not listed comes last, by its key."""

LABELS: Final = {
    "damping": "Share that links carry on",
    "position_weights": "Weight of a link by where it stands",
    "noindex_passes": "Noindex pages pass equity on",
    "points": "Points that enter at first",
    "floor_points": "Points spread over all pages",
    "leak_weight": "Weight of a link that leaves",
    "page_kinds": "Kinds of pages that you know better",
    "max_links": "New links in all",
    "per_page": "New links on one page",
    "per_target": "New links to one page",
    "links_per_text": "Links in the text of an article, old and new",
    "links_per_thousand": "The same for each 1,000 words",
    "editable_kinds": "Kinds of pages that may be edited",
    "links_at_least": "Links in the text of an article at least",
    "locked": "Pages that get no new link",
    "forbidden": "Links that nobody wants",
    "per_sections": "New links from one section to another",
    "section_limits": "The same for single pairs of sections",
    "protected": "Pages that a plan must not lower",
    "protected_loss": "Part that a protected page may lose",
    "min_relevance": "Least relevance of a link",
    "objective": "Aim",
    "route": "Way of the links",
    "hubs": "Hub pages considered",
    "candidates_per_target": "Source pages looked at for one target",
    "proof_seconds": "Seconds for a better plan and its proof",
    "minutes_per_link": "Minutes of work for one link",
    "minutes_per_sentence": "Minutes where a sentence has to be written",
    "deep_clicks": "Clicks from home beyond which a priority page is deep",
    "crowded_links": "Links on one page beyond which it is crowded",
    "tied_pages": "Pages for which pages to link from are named",
    "peers": "Pages of a kind from which their median is the need",
    "hard_keyword": "Keyword difficulty that counts as hard",
    "good_spam": "Spam signs below which a backlink is good",
    "new_site_domains": "Linking sites below which a site is new",
    "nofollow_factor": "Part that a nofollow link keeps",
    "boilerplate_factor": "Part that a link outside the text keeps",
    "image_factor": "Part that a linked image keeps",
    "domain_decay": "Part that the next link of one site keeps",
    "spam_knee": "Spam signs at which half is gone",
    "typical_domain_authority": "Authority assumed where none is known",
    "click_share": "Readers who follow a link in the text",
    "click_share_outside": "Readers who follow a link outside the text",
    "brand": "Names of your site",
    "anchor_max_words": "Longest words of a link",
    "anchor_share": "Most links to one page with the same words",
    "pages": "Pages read at most",
    "main_content": "Where the main content stands (CSS selector)",
    "delay": "Seconds between two requests",
    "connections": "Requests at once",
    "connect_timeout": "Seconds to wait for a connection",
    "read_timeout": "Seconds to wait for an answer",
    "total_timeout": "Seconds for one page",
    "max_bytes": "Largest page, in bytes",
    "max_redirects": "Redirects followed",
    "user_agent": "Name given to servers",
    "fast_connections": "Requests at once, at the faster speed",
    "worth_lost": "Alert: worth of backlinks lost",
    "equity_drop": "Alert: fall of all priority pages together",
    "page_drop": "Alert: fall of one priority page",
    "pages_gone": "Alert: pages gone",
    "new_orphans": "Alert: new orphans",
    "new_broken": "Alert: new broken addresses",
    "spam_burst": "Alert: new sites with signs of spam",
    "spam_score": "Spam signs from which a new site counts",
    "gone_again": "Alert: links of tasks that are gone again",
    "content_links": "Links from texts that a new page should have",
    "new_pages": "New pages that get tasks from one import",
    "allow_hosts": "Hosts on your own network that may be read",
}
"""Setting to its name on screen; others are shown by their own name."""

SHARES: Final = frozenset(
    "damping leak_weight nofollow_factor boilerplate_factor image_factor domain_decay "
    "anchor_share click_share click_share_outside protected_loss".split()
)
"""Settings that are a part of something: 0 to 1."""
SCORES: Final = frozenset(("min_relevance", "spam_knee", "typical_domain_authority", "spam_score"))
"""Settings on the scale of scores: 0 to 100."""
FIXED: Final = frozenset(("points", "user_agent", "max_redirects", "max_bytes"))
"""Settings that are shown only: changing them breaks comparisons, or promises made to servers."""


def groups() -> dict[str, str]:
    """Every group of `Settings` with its name; one without a name here comes last, by its key."""
    known = [field.name for field in fields(Settings)]
    named = {key: name for key, name in GROUPS.items() if key in known}
    return named | {key: key.capitalize() for key in known if key not in GROUPS}


@dataclass(frozen=True)
class Entry:
    """One setting as the screen shows it."""

    group: str
    """Field of `Settings`."""
    name: str
    """Field of the group."""
    part: str
    """Key within a setting that is a table, such as a link's position; else empty."""
    label: str
    """Name on screen."""
    value: Any
    """Value now."""
    usual: Any
    """Value that new projects have."""
    why: str
    """What it means and where the number comes from."""
    least: float
    """Smallest value; numbers only."""
    most: float
    """Largest value; numbers only."""
    choices: tuple[str, ...]
    """What may be chosen; empty unless the setting is a choice."""
    fixed: bool
    """Whether it is shown only."""

    @property
    def key(self) -> str:
        """Names the setting's widget."""
        return "-".join(filter(None, (self.group, self.name, self.part)))


@cache
def explanations() -> dict[tuple[str, str], str]:
    """(class, field) to the text under the field in settings.py, the one place that has them."""
    found = {}
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            for field, text in zip(node.body, node.body[1:]):
                if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
                    name = ast.unparse(field.target)
                    found[node.name, name] = " ".join(str(ast.literal_eval(text.value)).split())
    return found


def entries(settings: Settings, group: str) -> list[Entry]:
    """The settings of a group, those that are tables taken apart."""
    now, usual = getattr(settings, group), getattr(Settings(), group)
    found = []
    for field in fields(now):
        value, default = getattr(now, field.name), getattr(usual, field.name)
        if is_dataclass(value) or isinstance(default, list | set):
            continue
        if isinstance(default, dict):
            parts = [k for k in default if isinstance(default[k], int | float)]
            found += [_entry(now, group, field.name, part, value, default) for part in parts]
        else:
            found.append(_entry(now, group, field.name, "", value, default))
    return found


def _entry(now: Any, group: str, name: str, part: str, value: Any, usual: Any) -> Entry:
    label = LABELS.get(name, name.replace("_", " ").capitalize())
    why = explanations().get((type(now).__name__, name), "")
    if part:
        label, value, usual = f"{label}: {part}", value.get(part, usual[part]), usual[part]
    share = name in SHARES
    return Entry(
        group=group, name=name, part=part, label=label, value=value, usual=usual, why=why,
        least=1.0 if isinstance(usual, int) and usual else 0.0,
        most=1.0 if share else 100.0 if name in SCORES else 1e6,
        choices=_choices(now, name), fixed=name in FIXED,
    )  # fmt: skip


def _choices(now: Any, name: str) -> tuple[str, ...]:
    named = {"objective": module.Objective, "route": module.Route}
    return get_args(named[name]) if name in named else ()


def changed(entry: Entry) -> bool:
    """Whether the value is another than in new projects."""
    return bool(entry.value != entry.usual)


def with_value(settings: Settings, entry: Entry, value: Any) -> Settings:
    """The settings with one value changed."""
    group = getattr(settings, entry.group)
    if entry.part:
        table: Mapping[str, Any] = getattr(group, entry.name)
        value = {**table, entry.part: value}
    elif isinstance(entry.usual, tuple):
        value = tuple(part.strip() for part in str(value).split(",") if part.strip())
    return replace(settings, **{entry.group: replace(group, **{entry.name: value})})
