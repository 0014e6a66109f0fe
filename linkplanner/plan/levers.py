"""Internal links against links from other sites, in six plain lines with the site's figures."""

from collections.abc import Mapping
from typing import Any

from linkplanner.plan.verdict import many_links

__all__ = ["six_lines"]


def six_lines(summary: Mapping[str, Any], balance: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Heading and sentence of each line. summary: of a plan with `strategy`; balance: the
    analysis's, with `entered` and `priority`, in points."""
    told = summary["strategy"]
    entered, links = float(balance.get("entered") or 0.0), int(summary["links"])
    before, after = float(summary["points_before"]), float(summary["points_after"])
    rise = f"{(after - before) / before:+.0%}" if before > 0 else f"{after - before:+,.2f} points"
    per_link = (after - before) / links if links else 0.0
    best, typical = float(told["best_pitch_gain"]), float(told["good_link_points"])
    hours = float(told["plan_hours"])
    per_hour = f"{(after - before) / hours:,.2f} points an hour" if hours else "nothing so far"
    worth = told.get("plan_in_good_links")
    equal = (
        f" It would take {many_links(worth)} good links to your best page to do as much."
        if worth
        else ""
    )
    price = (
        f"Your median good link brings {typical:,.3f} points (of {told['good_links_counted']:,} "
        f"such links); on the page where it helps most that is {best:,.3f} points for your "
        f"priority pages, a planned internal link brings {per_link:,.3f}."
        if typical > 0
        else "No good backlink is known yet, so what one more would bring cannot be told."
    )
    return [
        ("What they do", f"Backlinks bring points in: {entered:,.0f} so far. Internal links decide "
         "where those points end; they add none."),
        ("What the plan moves", f"{links:,} new internal links raise your priority pages by {rise}."
         f"{equal}"),
        ("What one more brings", price),
        ("Who decides", f"Internal links are yours to set: {summary['candidates']:,} suitable ones "
         "were found. A backlink needs another site's yes."),
        ("What it costs", f"The plan is about {hours:,.0f} hours of editing, {per_hour}. What a "
         "good backlink costs you know best; set it against the figure above."),
        ("Where it ends", f"{told['verdict_words']} These are figures of a model, no promise of "
         "rankings."),
    ]  # fmt: skip
