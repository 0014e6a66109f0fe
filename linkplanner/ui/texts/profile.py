"""What the profile of the backlinks says: figures, charts, and the words of links."""

from datetime import date
from typing import Final

from linkplanner.ui.texts.numbers import count

SITES: Final = "Linking sites"
SITES_HELP: Final = "Sites with a live link"
FOLLOWED: Final = "Followed links"
FOLLOWED_HELP: Final = (
    "Live links that do not ask search engines to leave them out (nofollow, ugc, sponsored)"
)
NEW: Final = "New sites a month"
NEW_HELP: Final = "Average of the last three whole months in your export"
STRONGEST: Final = "Strongest site"
STRONGEST_HELP: Final = "Its share of what all backlinks bring"
CLICK: Final = "Click a bar, in one chart or several, and the table below shows its sites."
KIND: Final = "Kind"
LANGUAGE: Final = "Language"
COUNTRY: Final = "Country"
NO_BURST: Final = "No month brought far more new linking sites than usual."
NO_WORDS: Final = "None of the live links names the page it leads to."
CLICK_PAGE: Final = "Click a page to see it alone in the table."
WORDS_SHEET: Final = "Link texts"
RISK: Final = {
    "high": "Much hangs on few sites: losing one of them would be felt.",
    "medium": "A handful of sites carries much of it.",
    "low": "What backlinks bring is spread over many sites.",
    "unknown": "None of the live links brings anything that counts.",
}
OVER_TIME: Final = "Linking sites over time"
KINDS: Final = "Kinds of links"
LANGUAGES: Final = "Languages of the linking pages"
BEST_SITES: Final = "Sites that bring most"
COUNTRIES: Final = "Countries, by the sites' endings"
WORDS_ARE: Final = (
    "What other sites write when they link to your pages. A site counts once for each text. Names "
    "and addresses are what grows by itself; many links with a page's exact words look made."
)


def half_from(risk: str, sites: int) -> str:
    """How evenly the worth is spread. risk: key of RISK; sites: how many bring half of it."""
    return f"{RISK[risk]} Half of it comes from {count(sites, 'site')}."


def against(by: float) -> str:
    """New sites a month beside those of the year before."""
    return f"{by:+,.1f} against the year before"


def burst(month: date, sites: int) -> str:
    """A month with far more new sites than usual."""
    return f"{month:%B %Y} ({sites:,})"


def bursts(months: list[str], more: int) -> str:
    """Months with far more new sites than usual, and what that may mean. months: `burst`."""
    rest = f" and {more:,} more" if more else ""
    return (
        f"Far more new sites than usual in {', '.join(months)}{rest}. Good news does that, and so "
        "do bought links: look at the sites."
    )


def linking_sites(sites: int, narrowed: bool) -> str:
    """Heading of the table of sites, which may be narrowed by what was clicked."""
    tail = "that fit what you clicked" if narrowed else "in all, those that bring most first"
    return f"**{count(sites, 'linking site')}** {tail}"


def words_of_links(odd: int) -> str:
    """What the words of links tell. odd: pages whose words stand out."""
    out = f"{count(odd, 'page stands', 'pages stand')} out." if odd else "No page stands out."
    return f"{WORDS_ARE} {out}"
