"""What in a comparison should not wait for the next look: one plain sentence a threshold."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from linkplanner.follow.compare import Comparison
from linkplanner.follow.outcomes import GONE_AGAIN
from linkplanner.settings import FollowSettings

__all__ = ["alerts"]


def alerts(
    comparison: Comparison | None, checks: pd.DataFrame, settings: FollowSettings
) -> list[tuple[str, str]]:
    """Name and sentence of every threshold that is reached; names are those of FollowSettings.

    checks: what the tasks' check found (follow.outcomes.CHECK_COLUMNS).
    """
    found = [] if comparison is None else _of_comparison(comparison, settings)
    gone = int(((checks["found"] == GONE_AGAIN) & (checks["status"] != checks["was"])).sum())
    if gone >= settings.gone_again > 0:
        found.append(("gone_again", f"{_count(gone, 'task')} that had been done came undone."))
    return found


def _of_comparison(comparison: Comparison, settings: FollowSettings) -> list[tuple[str, str]]:
    facts, found = comparison.facts, []
    lost, before = facts["points_lost"], facts["points_backlinks_before"]
    if facts["backlinks"] and before > 0 and lost / before >= settings.worth_lost:
        found.append(
            (
                "worth_lost",
                f"{_count(facts['lost_backlinks'], 'backlink')} with {lost / before:.0%} of what "
                f"your backlinks bring, {lost:,.2f} points, went away.",
            )
        )
    found += _of_equity(comparison, settings)
    found += _of_counts(facts, settings)
    return found


def _of_equity(comparison: Comparison, settings: FollowSettings) -> list[tuple[str, str]]:
    facts, found = comparison.facts, []
    before, after = facts["points_priority_before"], facts["points_priority_after"]
    if before > 0 and (before - after) / before >= settings.equity_drop:
        found.append(
            (
                "equity_drop",
                f"The equity of your priority pages fell by {(before - after) / before:.0%}, from "
                f"{before:,.2f} to {after:,.2f} points.",
            )
        )
    pages = comparison.frames["priority_pages"]
    fallen = pages[pages["share"].fillna(0) <= -settings.page_drop]
    if len(fallen):
        worst = fallen.sort_values("share").iloc[0]
        others = _count(len(fallen) - 1, "other priority page")
        more = f"; {others} fell as well" if len(fallen) > 1 else ""
        found.append(
            ("page_drop", f"{worst['url']} lost {-worst['share']:.0%} of its equity{more}.")
        )
    return found


def _of_counts(facts: Mapping[str, Any], settings: FollowSettings) -> list[tuple[str, str]]:
    counted = (
        ("pages_gone", "gone_pages", "page", "that answered before {is} gone."),
        ("new_orphans", "new_orphans", "page", "lost {its} last internal link."),
        ("new_broken", "new_broken", "address", "that others link to stopped answering."),
        ("spam_burst", "spam_domains", "new linking site", "{looks} like spam."),
    )
    found = []
    for name, fact, noun, rest in counted:
        number, least = int(facts[fact]), int(getattr(settings, name))
        if number >= least > 0:
            one = number == 1
            words = rest.format(
                **{"is": "is" if one else "are"},
                its="its" if one else "their",
                looks="looks" if one else "look",
            )
            found.append((name, f"{_count(number, noun)} {words}"))
    return found


def _count(number: int, noun: str) -> str:
    ending = "" if number == 1 else "es" if noun.endswith("s") else "s"
    return f"{number:,} {noun}{ending}"
