"""The plan as one workbook: summary, plan, articles with few links, repairs, outreach, tasks."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from linkplanner.export.trackers import with_rate
from linkplanner.export.xlsx import workbook

if TYPE_CHECKING:
    from linkplanner.pipeline import Analysis, PlanResult

__all__ = ["METHOD", "plan_workbook"]

METHOD: Final = (
    ("What it is", "Figures of a model of link equity, not promises of rankings."),
    ("Points", "All that enters the site is 100 points at the first plan; later backlinks add."),
    ("Seed", "Points that enter a page from outside: the worth of its backlinks."),
    ("Equity", "What passes through a page once internal links have carried the seeds on."),
    ("Reach", "What one point on a page brings to the priority pages."),
    ("Gain", "Points that a task adds to the priority pages, each counted with its weight."),
    ("Gain alone", "Points that a link would bring were it the only new one."),
    ("Loss", "Points of equity that other pages lose together through a link alone."),
    ("Few links", "Articles whose text carries hardly any links, with those that fit best."),
    ("Full pages", "Pages that take no further link, with a weak one that could give way."),
    ("Gain per hour", "Gain divided by the estimated effort; the list's order of work."),
    ("Damping", "A page's links carry on 85 % of its equity (Brin and Page 1998)."),
    ("Links that leave", "Nofollow, external and broken links take their share out of the site."),
    ("Plan", "Links inside the limits with the most gain found; the certificate says how close "
     "that is to the best choice possible among the candidates."),
)  # fmt: skip
"""Terms and what they mean, for a reader without the tool."""


def plan_workbook(
    analysis: "Analysis", result: "PlanResult", tasks: pd.DataFrame, name: str = ""
) -> bytes:
    """An XLSX file of the whole plan. tasks: table TASKS as they stand."""
    shown = with_rate(tasks)
    frames = result.frames
    sheets = {
        "Summary": _summary(analysis.facts, result.summary, shown, name),
        "Plan": result.plan,
        "Few links": frames.get("few_links"),
        "Full pages": frames.get("weak_links"),
        "Repairs": frames["repairs"] if "repairs" in frames else analysis["repairs"],
        "Outreach": analysis["prospects"],
        "Tasks": shown,
        "Method": pd.DataFrame(METHOD, columns=["Term", "Meaning"]),
    }
    extra = ("Few links", "Full pages")
    return workbook(
        {
            title: sheet
            for title, sheet in sheets.items()
            if sheet is not None and (title not in extra or len(sheet))
        }
    )


def _summary(
    facts: Mapping[str, Any], summary: Mapping[str, Any], tasks: pd.DataFrame, name: str
) -> pd.DataFrame:
    counts = facts["counts"]
    status = tasks["status"].value_counts()
    rows: list[tuple[str, Any]] = [
        ("Project", name),
        ("Site", facts.get("domain")),
        ("Worked out", facts.get("created")),
        ("Pages", counts.get("indexable")),
        ("Live backlinks", counts.get("live_backlinks")),
        ("Referring domains", counts.get("referring_domains")),
        ("Priority pages", counts.get("priorities")),
        ("New links in the plan", summary.get("links")),
        ("Points of the priority pages now", summary.get("points_before")),
        ("Points with the plan", summary.get("points_after")),
        ("Certificate", summary.get("certificate")),
    ]
    words = {"direct": "straight to priority pages", "hubs": "through hub pages as well"}
    rows += [
        (f"Gain {words[route]}", figures["points"])
        for route, figures in (summary.get("routes") or {}).items()
    ]
    rows += [(f"Tasks: {name}", int(number)) for name, number in status.items()]
    rows += [("Note", warning) for warning in summary.get("warnings", ())]
    return pd.DataFrame(rows, columns=["Figure", "Value"]).astype({"Value": object})
