"""Whether a crawl saw enough of a site to call a page an orphan, and if not, why not."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from linkplanner.crawl.route import Ended

__all__ = ["NO_SITEMAP", "doubts"]

NO_SITEMAP: Final = "No sitemap was read, so pages that nothing links to cannot be known."
"""The doubt that a sitemap among the project's files takes away."""


def doubts(ended: "Ended", *, listed: int, limit: int, discover: bool) -> tuple[str, ...]:
    """Reasons why pages without links may have links after all, one sentence each; none means
    that the crawl is complete.

    `listed`: addresses of the sitemap and other lists that the crawl was given; without any, a
    page that nothing links to cannot be known.
    """
    found: list[str] = []
    if ended.stopped:
        found.append("The crawl was stopped before its end.")
    if ended.capped or ended.unlisted:
        found.append(f"The limit of {limit:,} pages was reached, and there are more.")
    found.extend(ended.closed)
    notes = ended.notes
    if notes.failed:
        found.append(f"{notes.failed:,} addresses gave no answer; crawl again later.")
    if notes.scripted:
        found.append("Most pages hold no link in their HTML; the site is built by JavaScript.")
    elif notes.denied > notes.read:
        found.append("The server turned most requests away.")
    if not discover:
        found.append("Only listed pages were read; links were not followed.")
    if listed <= 1:
        found.append(NO_SITEMAP)
    return tuple(found)
