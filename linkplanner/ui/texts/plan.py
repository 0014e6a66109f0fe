"""What the plan screen says of the plan, its links and one link; limits have their own module."""

from typing import Final

from linkplanner.ui.texts.numbers import count, effort, points, share
from linkplanner.ui.texts.terms import GLOSSARY

NO_PLAN: Final = "No plan yet: check the limits below and make one."
LIMITS: Final = "Limits and aim"
MAKE_AGAIN: Final = "Make the plan again"
NEEDS: Final = (
    "The plan needs to know where your pages link today and which pages earn money. Without "
    "the first it can only suggest pairs to check; without the second it takes the proposed "
    "pages."
)
READY: Final = (
    "Where your pages link is known. The limits are the usual ones: change what does not suit your "
    "team, then make the plan. Seconds on a small site, a minute or two on a large one."
)
BEFORE_AFTER: Final = "**Each priority page now and with the plan** · click one to see its links"
CURVE: Final = "**How far each link takes you**"
LINKS: Final = "Links to set"
SUGGESTIONS: Final = "Suggestions to check"
SUGGESTIONS_ARE: Final = (
    "These pages fit together by title and address. Whether they are linked already and what a "
    "link would bring is not known, because your pages were not read yet."
)
TICK: Final = "Tick rows on the left, then accept or refuse them. Accepted links are your tasks."
NONE_FITS: Final = "No link of the plan fits this choice."
BEYOND: Final = "Beyond this plan"
TAKE: Final = "Take it with you"
BLOCKED: Final = "Search engines may not list them, or no link leads to them; mend that first."
HAND_OVER: Final = "hand the accepted links to whoever edits the pages."
STALE: Final = "Files, priorities or limits changed since this plan was made; make it again."
OPEN_AND_ACCEPTED: Final = "Open and accepted"
OPEN: Final = "Open"
ACCEPTED: Final = "Accepted"
REFUSED: Final = "Refused"
ALL: Final = "All"
FILTERS: Final = (OPEN_AND_ACCEPTED, OPEN, ACCEPTED, REFUSED, ALL)
"""Choices of the filter over the links."""
NEW_LINKS: Final = "New links"
POINTS_NOW: Final = "Points now"
POINTS_NOW_HELP: Final = (
    f"Equity of your priority pages, each counted with its weight. {GLOSSARY['equity']}"
)
WITH_PLAN: Final = "With the plan"
WITH_PLAN_HELP: Final = (
    "Once all links of the plan are set. A figure of the model, not a promise of rankings."
)
WORK: Final = "Work"
WORK_HELP: Final = (
    "A link on words that stand in the text is quicker than one for which a sentence has to be "
    "written. Edit the minutes of each link in the task list. Below stands how many new links "
    "from other sites would do as much: your typical good ones, on the page where they help "
    "most."
)
BACK: Final = "Back to open"
ALL_DECIDED: Final = "All are decided"
REASON: Final = "Reason"
REASON_EXAMPLE: Final = "Why refuse? (optional)"
SENTENCE_NOW: Final = "The sentence today"
SENTENCE_THEN: Final = "With the link; the words in brackets carry it"
WHAT_IT_DOES: Final = "What it does"
OTHER_WORDS: Final = "Other words that would do"
OTHER_SENTENCE: Final = "Another sentence, should that one not suit"
SHEET_PLAN: Final = "Plan"
SHEET_PAGES: Final = "Pages"
SHEET_TASKS: Final = "Tasks"
SHEET_BACKLINKS: Final = "Backlinks"
WHOLE: Final = "Whole plan"
WHOLE_HELP: Final = "A workbook with summary, plan, repairs, outreach, tasks and method."
REPORT: Final = "Report for a client"
REPORT_HELP: Final = "One file with charts that opens anywhere and loads nothing from outside."


def provisional(read: float) -> str:
    """Part of the site that was read so far."""
    return (
        f"Provisional: {share(read)} of your indexable pages have been read so far. Read more "
        "pages on the data screen for firm figures."
    )


def beyond_help(pages: int) -> str:
    """Priority pages that cannot be helped."""
    return f"{count(pages, 'priority page')} no link can help"


def about(minutes: float) -> str:
    """Estimated work."""
    return f"about {effort(minutes)}"


def like(many: str) -> str:
    """What the plan is worth in links from other sites, short enough for its box."""
    return f"like {many} good backlinks"


def pace(links: int, minutes: float) -> str:
    """Links that can be set in an hour."""
    return f"About {60 * links / minutes:,.1f} links an hour."


def first_links(first: int, part: float, hour: str) -> str:
    """How far the first links go. hour: `pace`."""
    return (
        f"The first {first:,} links bring {share(part)} of all; each one after them brings less "
        f"than the average. {hour}"
    )


def ticked_only(ticked: int, links: int, gain: float) -> str:
    """What the ticked links bring by themselves."""
    return (
        f"With only the {ticked:,} ticked of {links:,} links your priority pages gain "
        f"{points(gain)} points."
    )


def some_lose(pages: int, most: str, loss: float) -> str:
    """Pages that lose by the ticked links, and the one that loses most."""
    return (
        f" {count(pages, 'page loses', 'pages lose')} a little, most of all {most} "
        f"({points(loss)} points)."
    )


def accept(links: int) -> str:
    """Button for the ticked links."""
    return f"Accept {links:,}" if links else "Accept"


def refuse(links: int) -> str:
    """Button for the ticked links."""
    return f"Refuse {links:,}" if links else "Refuse"


def accept_all(links: int) -> str:
    """Button for the links that are still open."""
    return f"Accept all {links:,} open"


def check(source: str, target: str) -> str:
    """Instruction of a task for a link of which nobody knows whether it is there."""
    return f"Check whether {source} links to {target} already; if not, add a link."


def on_page(title: str) -> str:
    """Heading: the page to edit."""
    return f"On “{title}”"


def leads_to(title: str) -> str:
    """Heading: the page that the link leads to."""
    return f"It leads to “{title}”"


def alone(by_itself: float, in_plan: float) -> str:
    """What one link brings by itself and in the plan."""
    return (
        f"Alone {points(by_itself)} points for your priority pages, {points(in_plan)} in the plan."
    )


def others_lose(loss: float, most: str) -> str:
    """What other pages lose by one link."""
    return f" Other pages lose {points(loss)} points together, most of all {most}."


def tally(accepted: int, still_open: int, refused: int) -> str:
    """How far the decisions on the plan's links have come."""
    return f"{accepted:,} accepted, {still_open:,} open, {refused:,} refused. {TICK}"
