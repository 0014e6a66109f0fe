"""The settings screen's parts: every weight and limit with where it comes from, to be changed."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

from linkplanner import settings as module
from linkplanner.settings import Settings
from linkplanner.ui.texts import weights as say

__all__ = ["Entry", "changed", "entries", "explanations", "groups", "with_value"]


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
    named = {key: name for key, name in say.GROUPS.items() if key in known}
    return named | {key: key.capitalize() for key in known if key not in say.GROUPS}


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
    label = say.LABELS.get(name, name.replace("_", " ").capitalize())
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
