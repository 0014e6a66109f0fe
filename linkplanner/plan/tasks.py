"""Turns the plan and the repairs into one ranked list of tasks a colleague can do."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.plan.effort import link_minutes
from linkplanner.plan.status import first_status
from linkplanner.settings import PlanLimits
from linkplanner.tables import TASKS

__all__ = [
    "REMOVAL",
    "REVIEW_KINDS",
    "link_tasks",
    "outreach_tasks",
    "replacement_tasks",
    "review_tasks",
    "task_id",
    "tasks_from",
]

REPAIR_MINUTES = {
    "broken": 10.0, "redirect": 10.0, "link to redirect": 5.0, "link to broken": 10.0,
    "redirect chain": 10.0, "orphan": 24.0, "contextual orphan": 24.0, "deep page": 24.0,
}  # fmt: skip
"""Effort of one repair by kind, minutes; estimates to be edited (three links for a page that wants
links). Others take 15."""
OUTREACH_MINUTES = 30.0
"""Effort of one mail to a site, with the look-up; an estimate to be edited."""


REMOVAL: Final = "review: ask for removal"
REVIEW_KINDS: Final = {"contact": REMOVAL, "disavow": "review: disavow list"}
"""Kind of task by what a person decided on a linking site."""
_REVIEW_WORDS: Final = {
    "contact": "Ask {site} to take its links to your site away.",
    "disavow": "Put {site} on the disavow list: download the file on the Backlinks screen, read "
    "Google's warning there, and upload the file to Google.",
}
_REVIEW_MINUTES: Final = {"contact": OUTREACH_MINUTES, "disavow": 5.0}


def task_id(kind: str, page: str, target: str) -> str:
    """Stable name of a task: the same work keeps its id from plan to plan."""
    text = "\n".join((kind, page, target))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def tasks_from(
    plan: pd.DataFrame,
    repairs: pd.DataFrame,
    prospects: pd.DataFrame,
    limits: PlanLimits,
    now: datetime,
) -> pd.DataFrame:
    """TASKS from PLAN, REPAIRS and PROSPECTS, most gain for the minute first."""
    frames = [_links(plan, limits), _repairs(repairs), _outreach(prospects)]
    tasks = _numbered(pd.concat(frames, ignore_index=True), now, "plan")
    rate = tasks["gain"].fillna(0) / tasks["effort_minutes"]
    order = np.lexsort((-tasks["gain"].fillna(0).to_numpy(), -rate.to_numpy()))
    return TASKS.conform(tasks.iloc[order].drop_duplicates("task_id"))


def link_tasks(plan: pd.DataFrame, limits: PlanLimits, now: datetime, origin: str) -> pd.DataFrame:
    """TASKS of kind “add link” in the order given.

    plan: [source_url, target_url, anchor, sentence_before, action, gain].
    """
    return TASKS.conform(_numbered(_links(plan, limits), now, origin).drop_duplicates("task_id"))


def outreach_tasks(prospects: pd.DataFrame, now: datetime, origin: str) -> pd.DataFrame:
    """TASKS from PROSPECTS in the order given."""
    tasks = _numbered(_outreach(prospects), now, origin)
    return TASKS.conform(tasks.drop_duplicates("task_id"))


def review_tasks(sites: Sequence[str], decision: str, note: str, now: datetime) -> pd.DataFrame:
    """TASKS that carry out one decision ("contact" or "disavow") on linking sites."""
    text = _REVIEW_WORDS[decision] + (f" {note}" if note else "")
    tasks = pd.DataFrame(
        {
            "kind": REVIEW_KINDS[decision],
            "page_url": [f"https://{site}/" for site in sites],
            "target_url": "",
            "instruction": [text.replace("{site}", site) for site in sites],
            "gain": np.nan,
            "effort_minutes": _REVIEW_MINUTES[decision],
        }
    )
    return TASKS.conform(_numbered(tasks, now, "review"))


def replacement_tasks(weak: pd.DataFrame, limits: PlanLimits, now: datetime) -> pd.DataFrame:
    """TASKS that let a weak link give way to a better one: source_url, target_url, replace_url,
    anchor, gain."""
    anchor = weak["anchor"].fillna("")
    named = np.where(anchor != "", " (on the words “" + anchor + "”)", "")
    instruction = (
        weak["source_url"] + " has no room for another link within your limits: link to "
        + weak["target_url"] + " instead of " + weak["replace_url"] + named
        + ", the link there that does least for your priority pages."
    )  # fmt: skip
    tasks = pd.DataFrame(
        {
            "kind": "replace link",
            "page_url": weak["source_url"],
            "target_url": weak["target_url"],
            "instruction": instruction,
            "gain": weak["gain"],
            "effort_minutes": limits.minutes_per_sentence,
        }
    )
    return TASKS.conform(_numbered(tasks, now, "full pages").drop_duplicates("task_id"))


def _numbered(tasks: pd.DataFrame, now: datetime, origin: str) -> pd.DataFrame:
    """The tasks with id, first status, origin and date."""
    targets = tasks["target_url"].fillna("")
    moment = pd.Timestamp(now).tz_convert("UTC") if now.tzinfo else pd.Timestamp(now)
    return tasks.assign(
        task_id=[task_id(*key) for key in zip(tasks["kind"], tasks["page_url"], targets)],
        status=tasks["kind"].map(first_status),
        origin=origin,
        created=moment.tz_localize(None),
    )


def _links(plan: pd.DataFrame, limits: PlanLimits) -> pd.DataFrame:
    anchor = plan["anchor"].fillna("")
    words = np.where(anchor != "", " on the words “" + anchor + "”", "")
    where = np.where(
        plan["sentence_before"].fillna("") != "",
        " In this sentence: “" + plan["sentence_before"].fillna("") + "”",
        "",
    )
    instruction = (
        "Link from " + plan["source_url"] + " to " + plan["target_url"] + words + ". "
        + plan["action"].fillna("") + "." + where
    )  # fmt: skip
    return pd.DataFrame(
        {
            "kind": "add link",
            "page_url": plan["source_url"],
            "target_url": plan["target_url"],
            "instruction": instruction.str.replace("..", ".", regex=False),
            "anchor": plan["anchor"],
            "gain": plan["gain"],
            "effort_minutes": link_minutes(plan["action"], limits),
        }
    )


def _repairs(repairs: pd.DataFrame) -> pd.DataFrame:
    to = repairs["redirect_to"].fillna("")
    lead = np.where(to != "", " → " + to, "")
    counts = (
        repairs["links_in"].fillna(0).astype("int64").astype("str")
        + " pages link here, "
        + repairs["backlinks"].fillna(0).astype("int64").astype("str")
        + " backlinks."
    )
    named = repairs["sources"].fillna("") if "sources" in repairs else to.where(to == "", "")
    pages = np.where(named != "", " Pages: " + named.str.replace("\n", ", ") + ".", "")
    return pd.DataFrame(
        {
            "kind": "repair: " + repairs["kind"],
            "page_url": repairs["url"],
            "target_url": to,
            "instruction": repairs["url"] + lead + ". " + repairs["detail"] + " " + counts + pages,
            "gain": repairs["gain"],
            "effort_minutes": repairs["kind"].map(REPAIR_MINUTES).fillna(15.0),
        }
    )


def _outreach(prospects: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "kind": "outreach: " + prospects["kind"],
            "page_url": prospects["source_url"],
            "target_url": prospects["page_url"],
            "instruction": prospects["reason"],
            "gain": prospects["gain"],
            "effort_minutes": OUTREACH_MINUTES,
        }
    )
