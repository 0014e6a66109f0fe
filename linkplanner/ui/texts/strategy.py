"""What the strategy screen says."""

from typing import Final

from linkplanner.ui.texts.numbers import points

NOBODY_CAN: Final = "Without a plan the two cannot be compared."
NO_PLAN: Final = (
    "No plan with known links yet. Once there is one, this screen tells for each priority page "
    "whether more internal links can lift it or whether it needs links from other sites."
)
LINES: Final = "Internal links and backlinks"
HOW_FAR: Final = "How far internal links can take each page"
HOW_FAR_IS: Final = (
    "The band runs from today to the most that internal links alone can bring within your "
    "limits. A need beyond its end takes links from other sites."
)
NEEDS: Final = "What a page needs"
NEEDS_ARE: Final = (
    "A page needs what the middle page (the median) of its kind has. Where you know better, "
    "type a figure, or name the competitor's page that it has to keep up with. The verdicts "
    "follow at once."
)
NEXT: Final = "Where the next backlink helps most"
NEXT_IS: Final = (
    "What one typical good link brings your priority pages, page by page. Pages that others "
    "like to link to come first: articles, studies, tools."
)
LOOK: Final = "look at the links that the plan proposes."
MEASURED_BY: Final = "Measured by"
POINTS_NEEDED: Final = "Points it needs"
RIVAL_PAGE: Final = "Competitor's page"
KEEP: Final = "Save this need"
ADD_RIVAL: Final = (
    "To measure a page by a competitor's, add that site's backlink export on the data screen."
)
USUAL: Final = "The usual figure"
OWN: Final = "My own figure"
RIVAL: Final = "A competitor's page"
FIGURE: Final = "Figure"
ONE_PAGE: Final = "Strategy on one page"
ONE_PAGE_HELP: Final = "Opens in any browser and prints well; loads nothing from outside."
SHEET_VERDICTS: Final = "Verdicts"
SHEET_PITCH: Final = "Pages to pitch"
MARKS: Final = {
    "equity_before": "Now", "equity_after": "With the plan", "ceiling": "Most by internal links",
    "need": "Need",
}  # fmt: skip
"""Figures of a page in the chart, in words."""


def usual_need(need: float, source: str) -> str:
    """The need that nobody set. source: where the figure comes from."""
    return f"{points(need)} points, {source}"


def usually(need: str) -> str:
    """need: `usual_need`."""
    return f"Usually {need}."


def measured_help(need: str) -> str:
    """need: `usual_need`."""
    return f"Usually {need}. A competitor's page counts what its backlinks would bring here."
