"""The one sentence at the top of each screen, computed from the data."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from linkplanner.plan.status import ACCEPTED, DONE, LIVE, OPEN
from linkplanner.ui.texts.numbers import count, effort, points

__all__ = [
    "backlinks_finding",
    "data_finding",
    "overview_finding",
    "plan_finding",
    "priorities_finding",
    "site_finding",
    "tasks_finding",
]


def data_finding(counts: Mapping[str, Any]) -> str:
    """What the files together tell of the site."""
    parts = [
        count(counts["indexable"], "indexable page"),
        count(counts["links"], "internal link") if counts["links"] else "no internal links yet",
        f"{count(counts['live_backlinks'], 'live backlink')} from "
        f"{count(counts['referring_domains'], 'site')}"
        if counts["backlinks"]
        else "no backlinks yet",
    ]
    return f"Your files tell of {parts[0]}, {parts[1]} and {parts[2]}."


def backlinks_finding(headline: Mapping[str, int]) -> str:
    """How few sites bring most of the worth, and how much looks like spam.

    headline: what `quality.profile.headline` says.
    """
    if not headline["live"]:
        return "None of the backlinks in your files is live."
    suspicious = headline["suspicious"]
    tail = (
        f"{count(suspicious, 'of them shows', 'of them show')} strong signs of spam."
        if suspicious
        else "None of them shows strong signs of spam."
    )
    head = f"{count(headline['live'], 'live backlink')} from {count(headline['sites'], 'site')}"
    half = headline["half"]
    if not half:
        return f"{head} bring nothing that counts; {tail[0].lower()}{tail[1:]}"
    return f"{head}; half of what they bring comes from {count(half, 'site')}. {tail}"


def site_finding(page_facts: pd.DataFrame, balance: Mapping[str, float], has_links: bool) -> str:
    """How much reaches the priority pages, how much is lost, who is cut off."""
    if not has_links:
        return "No internal links are known yet, so this screen cannot say where the equity flows."
    entered = float(balance.get("entered", 0.0)) or 1.0
    priority = float(balance.get("priority", 0.0)) / entered
    other = float(balance.get("other", 0.0)) / entered
    orphans = int(page_facts["orphan"].sum() + page_facts["contextual_orphan"].sum())
    return (
        f"Of all equity that enters your site, {priority:.0%} stays on priority pages and "
        f"{max(0.0, 1 - priority - other):.0%} leaks away; "
        f"{count(orphans, 'page gets', 'pages get')} no link from any text."
    )


def overview_finding(facts: Mapping[str, Any], share_after: float | None) -> str:
    """How much of what other sites bring stays where it earns money, today and with the plan."""
    counts, balance = facts["counts"], facts["balance"]
    if not facts["has_links"]:
        return data_finding(counts)
    entered = float(balance["entered"]) or 1.0
    today = float(balance["priority"]) / entered
    leaks = max(0.0, 1 - today - float(balance["other"]) / entered)
    text = (
        f"Of 100 points that enter your site, {today * 100:.1f} stay on the pages that earn money"
    )
    if share_after is not None and share_after > today:
        text += f" ({share_after * 100:.1f} with the plan)"
    return f"{text} and {leaks * 100:.1f} leak away."


def plan_finding(summary: Mapping[str, Any], suggestions: int) -> str:
    """What the plan brings, in words."""
    links = int(summary.get("links", 0))
    before, after = float(summary["points_before"]), float(summary["points_after"])
    if not links and suggestions:
        return (
            f"{count(suggestions, 'pair')} of pages would fit by title and address. What a link "
            "between them brings cannot be said before your pages are read."
        )
    if not links:
        return "Inside these limits no new link would help your priority pages."
    rise = f", {(after - before) / before:+.0%}" if before > 0 else ""
    return (
        f"{count(links, 'new link')} would lift the equity of your priority pages from "
        f"{points(before)} to {points(after)} weighted points{rise}."
    )


def priorities_finding(chosen: int, proposed: int, decided: bool) -> str:
    """Whether the user has said what matters."""
    if not decided:
        return (
            f"{count(proposed, 'page looks', 'pages look')} like the ones that earn your money; "
            "nobody has confirmed them yet."
        )
    return f"{count(chosen, 'page is', 'pages are')} marked as earning money."


def tasks_finding(tasks: pd.DataFrame) -> str:
    """What is decided and what it would bring."""
    accepted = tasks[tasks["status"].isin(ACCEPTED)]
    suggested = int(tasks["status"].isin(OPEN).sum())
    done = int(tasks["status"].isin([LIVE, DONE]).sum())
    if accepted.empty:
        kinds = tasks.loc[tasks["status"].isin(OPEN), "kind"].fillna("")
        writes = int(kinds.str.startswith("outreach").sum())
        parts = f" ({suggested - writes:,} on your site, {count(writes, 'site')} to write to)"
        parts = parts if 0 < writes < suggested else ""
        return f"{count(suggested, 'task')} suggested{parts}, none accepted yet."
    work = effort(accepted["effort_minutes"].sum())
    return (
        f"{count(len(accepted), 'accepted task')} would bring {points(accepted['gain'].sum())} "
        f"points for about {work} of work; {suggested:,} more to look at, {done:,} done."
    )
