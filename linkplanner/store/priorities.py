"""Priority pages as the user chose them: single addresses, and patterns that stand for many."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from linkplanner.errors import InputError
from linkplanner.site.priorities import match_pattern
from linkplanner.store.workspace import Workspace, now
from linkplanner.tables import KINDS, PRIORITIES

__all__ = [
    "add_pattern",
    "chosen_priorities",
    "list_patterns",
    "pattern_pages",
    "remove_pattern",
    "set_priorities",
    "stored_priorities",
]

MAX_WEIGHT: Final = 1000.0
"""Largest weight; beyond it one page would drown all others."""
_COLUMNS: Final = ["url", "chosen", "weight", "keywords", "difficulty", "origin", "changed"]


def stored_priorities(workspace: Workspace, project_id: int) -> pd.DataFrame:
    """Every page the user decided on, ticked or not: url, chosen, weight, keywords, difficulty,
    origin (proposed, file, typed, pattern), changed."""
    with workspace.reading() as db:
        rows = db.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM priorities WHERE project_id = ? ORDER BY url",
            (project_id,),
        ).fetchall()
    frame = pd.DataFrame([tuple(row) for row in rows], columns=_COLUMNS)
    return frame.astype({"chosen": bool, "weight": float, "difficulty": float, "url": "str",
                         "keywords": "str", "origin": "str", "changed": "str"})  # fmt: skip


def set_priorities(
    workspace: Workspace, project_id: int, changes: Iterable[Mapping[str, Any]], origin: str
) -> int:
    """Keep what the user decided on pages; returns how many rows changed.

    Each change names `url` and any of chosen, weight, keywords, difficulty; what it leaves out
    stays as it was. Raises InputError on a weight that is negative or out of reason; then nothing
    is kept.
    """
    rows = [dict(change) for change in changes]
    for row in rows:
        _check_weight(row.get("weight", 1.0), str(row["url"]))
    with workspace.writing() as db:
        for row in rows:
            stored = db.execute(
                "SELECT * FROM priorities WHERE project_id = ? AND url = ?",
                (project_id, row["url"]),
            ).fetchone()
            before = dict(stored) if stored else {"chosen": 1, "weight": 1.0, "keywords": "",
                                                  "difficulty": None, "origin": origin}  # fmt: skip
            after = {**before, **{k: _plain(v) for k, v in row.items()}}
            db.execute(
                "INSERT OR REPLACE INTO priorities (project_id, url, chosen, weight, keywords,"
                " difficulty, origin, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (project_id, row["url"], int(bool(after["chosen"])), float(after["weight"] or 0.0),
                 after["keywords"] or "", after["difficulty"], after["origin"], now()),
            )  # fmt: skip
    return len(rows)


def list_patterns(workspace: Workspace, project_id: int) -> list[tuple[str, float]]:
    """Patterns with their weights, oldest first."""
    with workspace.reading() as db:
        rows = db.execute(
            "SELECT pattern, weight FROM patterns WHERE project_id = ? ORDER BY changed, pattern",
            (project_id,),
        ).fetchall()
    return [(row["pattern"], row["weight"]) for row in rows]


def add_pattern(workspace: Workspace, project_id: int, pattern: str, weight: float = 1.0) -> None:
    """Keep a pattern such as /products/*, or a kind of page. Raises InputError."""
    clean = pattern.strip()
    if not clean:
        raise InputError("The pattern is empty; type one such as /products/* or /services/*.")
    if not clean.startswith(("/", "*")) and "://" not in clean and clean not in KINDS:
        raise InputError(f"“{clean}” starts with no slash; write it as the path, such as /{clean}.")
    _check_weight(weight, clean)
    with workspace.writing() as db:
        db.execute(
            "INSERT OR REPLACE INTO patterns VALUES (?, ?, ?, ?)",
            (project_id, clean, weight, now()),
        )


def remove_pattern(workspace: Workspace, project_id: int, pattern: str) -> None:
    """Forget a pattern."""
    with workspace.writing() as db:
        db.execute(
            "DELETE FROM patterns WHERE project_id = ? AND pattern = ?", (project_id, pattern)
        )


def chosen_priorities(
    workspace: Workspace, project_id: int, pages: pd.DataFrame
) -> pd.DataFrame | None:
    """The PRIORITIES that a job works with: ticked pages, and what the patterns stand for among
    `pages` (PAGES) unless the user took the tick away. None where nothing was decided yet."""
    stored = stored_priorities(workspace, project_id)
    patterns = list_patterns(workspace, project_id)
    if stored.empty and not patterns:
        return None
    chosen = stored[stored["chosen"] & (stored["weight"] > 0)]
    chosen = chosen.assign(keywords=chosen["keywords"].replace("", None))
    found = [pattern_pages(pattern, weight, pages) for pattern, weight in patterns]
    both = pd.concat([chosen, *found], ignore_index=True) if found else chosen
    decided = set(stored["url"]) - set(chosen["url"])
    both = both[~both["url"].isin(decided)].drop_duplicates("url")
    return PRIORITIES.conform(both)


def pattern_pages(pattern: str, weight: float, pages: pd.DataFrame) -> pd.DataFrame:
    """PRIORITIES of the pages that a pattern stands for; empty where it fits none."""
    try:
        return match_pattern(pattern, pages).assign(weight=weight)
    except InputError:
        return PRIORITIES.empty()


def _plain(value: Any) -> Any:
    return None if value is None or value is pd.NA or value != value else value


def _check_weight(weight: Any, what: str) -> None:
    try:
        fits = 0 <= float(weight) <= MAX_WEIGHT
    except (TypeError, ValueError):
        fits = False
    if not fits:
        raise InputError(
            f"The weight “{weight}” of “{what}” is not a number from 0 to {MAX_WEIGHT:,.0f}; "
            "1 is usual, 2 counts double."
        )
