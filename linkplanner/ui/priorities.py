"""The list of priority pages to tick and edit, and what an edit of it means."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

__all__ = ["EDITED", "changes_of", "fresh_edits", "priority_list"]

EDITED = ("chosen", "weight", "keywords", "difficulty")
"""Columns of the list that the user edits."""


def priority_list(
    page_facts: pd.DataFrame,
    proposed: pd.DataFrame,
    stored: pd.DataFrame,
    by_pattern: pd.DataFrame,
    *,
    everything: bool = False,
    order: Sequence[str] = (),
) -> pd.DataFrame:
    """Pages to tick: url, title, kind, chosen, weight, keywords, difficulty, origin, reason.

    Ticked are the pages that count at the next plan: the decided ones and the patterns', or the
    proposals where nothing was decided. Ticked pages come first, then the proposals, then the
    others by equity; `everything` adds all indexable pages. `order`, the addresses as they were
    shown before, keeps every row where it is while it is edited.
    """
    decided = len(stored) > 0 or len(by_pattern) > 0
    parts = [
        stored[["url", *EDITED, "origin"]],
        _part(by_pattern, "pattern", ticked=True),
        _part(proposed, "proposed", ticked=not decided),
    ]
    if everything:
        rest = page_facts.loc[page_facts["indexable"].astype(bool), ["url"]]
        parts.append(_part(rest, "", ticked=False))
    rows = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    rows = rows.drop_duplicates("url", ignore_index=True)
    by_equity = page_facts.sort_values(["equity", "url"], ascending=[False, True])["url"]
    ticked = rows.loc[rows["chosen"].astype(bool), "url"]
    wanted = [*order, *ticked, *proposed["url"], *by_equity]
    place = {url: n for n, url in enumerate(dict.fromkeys(wanted))}
    rows = rows.assign(place=rows["url"].map(place).fillna(len(place)))
    rows = rows.sort_values(["place", "url"], ignore_index=True).drop(columns="place")
    facts = page_facts.drop_duplicates("url").set_index("url")
    for column in ("title", "kind", "equity"):
        rows[column] = rows["url"].map(facts[column]) if column in facts else None
    reasons = proposed.drop_duplicates("url").set_index("url") if "reason" in proposed else None
    rows["reason"] = rows["url"].map(reasons["reason"]) if reasons is not None else None
    rows["keywords"] = rows["keywords"].fillna("")
    rows["weight"] = rows["weight"].fillna(1.0)
    rows["chosen"] = rows["chosen"].astype(bool)
    return rows


def _part(frame: pd.DataFrame, origin: str, *, ticked: bool) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "url": frame["url"].astype("str"),
            "chosen": ticked,
            "weight": frame.get("weight", 1.0),
            "keywords": frame.get("keywords", ""),
            "difficulty": frame.get("difficulty", float("nan")),
            "origin": origin,
        }
    ).reset_index(drop=True)


def fresh_edits(
    edits: Mapping[int, Mapping[str, Any]], seen: Mapping[int, Mapping[str, Any]]
) -> dict[int, dict[str, Any]]:
    """The edits that are new since `seen`: an editor tells all its edits again with each one, and
    an old one must not undo what was changed elsewhere since."""
    changed = {
        row: {k: v for k, v in values.items() if k not in seen.get(row, {}) or seen[row][k] != v}
        for row, values in edits.items()
    }
    return {row: values for row, values in changed.items() if values}


def changes_of(
    shown: pd.DataFrame, edits: Mapping[int, Mapping[str, Any]], *, decided: bool
) -> list[dict[str, Any]]:
    """What to store for the edits of a data editor (row number to column to new value).

    Where nothing was decided before, the first edit takes over the proposals as ticked, since the
    list showed them so.
    """
    rows: dict[str, dict[str, Any]] = {}
    if not decided:
        for record in shown[shown["chosen"]].to_dict("records"):
            rows[record["url"]] = {k: record[k] for k in ("url", *EDITED)}
    for number, values in edits.items():
        if int(number) >= len(shown):
            continue
        before = shown.iloc[int(number)]
        kept = {k: before[k] for k in ("url", "weight", "keywords")}
        row = rows.setdefault(before["url"], kept | {"chosen": bool(before["chosen"])})
        row.update({k: v for k, v in values.items() if k in EDITED})
        if "chosen" not in values and any(k in values for k in EDITED):
            row["chosen"] = True  # who edits a page's weight or keywords means it
        row["keywords"] = row.get("keywords") or ""
        if row.get("weight") is None:
            row["weight"] = 1.0
    return list(rows.values())
