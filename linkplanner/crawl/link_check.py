"""Is a backlink still there? One look at its page: followed, in content, with which words.

The page is asked for through the same door and under the same limits as pages of the site itself:
robots.txt of its host, private networks, sizes, times, redirects.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from linkplanner.crawl.answer import OVERLOADED, Fetched, Fetcher, redirect_target
from linkplanner.crawl.gate import Gate
from linkplanner.crawl.hosts import Manners
from linkplanner.crawl.page import PageLink, ParsedPage, parse_page
from linkplanner.errors import FetchRefused
from linkplanner.settings import CrawlSettings
from linkplanner.tables import POSITIONS
from linkplanner.urls import fold, host, registrable

__all__ = ["LinkCheck", "check_link", "gate_for"]

GONE: Final = frozenset({404, 410})
"""Statuses that say that a page is no more."""


@dataclass(frozen=True)
class LinkCheck:
    """What one look at the page of a backlink showed."""

    source_url: str
    """The page that was asked for."""
    target_url: str
    """The page it is to link to."""
    state: str
    """`there`, `gone` (the page answers without the link), `page gone`, or `unread`."""
    reason: str = ""
    """One sentence for the user where the state is not `there`."""
    status: int = 0
    """HTTP status of the last answer, 0 where there was none."""
    final_url: str = ""
    """Where redirects led."""
    followed: bool | None = None
    """Whether a link to the target is neither nofollow, ugc nor sponsored; None without one."""
    in_content: bool | None = None
    """Whether a link to the target stands in the main content."""
    anchor: str = ""
    """Words of the best of the links: in content first, then followed."""
    position: str = ""
    """One of tables.POSITIONS, of that link."""
    is_image: bool = False
    """Whether that link is a picture."""
    links: int = 0
    """Links on the page to exactly this target."""
    other_links: int = 0
    """Links on the page to other pages of the target's site."""
    noindex: bool = False
    """Whether the page asks search engines not to list it."""

    @property
    def there(self) -> bool | None:
        """Whether the link stands; None where the page could not be read."""
        return None if self.state == "unread" else self.state == "there"


def gate_for(
    fetcher: Fetcher,
    settings: CrawlSettings | None = None,
    *,
    should_stop: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
    seed: int = 0,
) -> Gate:
    """A gate for many checks: it keeps each host's robots.txt and pace from one to the next."""
    settings = settings or CrawlSettings()
    return Gate(
        ask=lambda url, follow: fetcher.fetch(url, follow=follow),
        manners=Manners(
            user_agent=settings.user_agent,
            delay=settings.delay,
            connections=1,
            jitter=random.Random(seed).random,
            say=lambda message: None,
        ),
        clock=clock,
        sleep=sleep,
        should_stop=should_stop,
    )


def check_link(
    fetcher: Fetcher, source_url: str, target_url: str, *, gate: Gate | None = None, hops: int = 10
) -> LinkCheck:
    """Fetch `source_url` and look for links to `target_url` (scheme, www. and a last slash do not
    count). Never raises on what the page holds; raises Cancelled where the gate is stopped.

    `gate`: one for many checks, see `gate_for`; without it one with the usual settings is made.
    """
    gate = gate or gate_for(fetcher)
    try:
        answer = _answer(gate, source_url, hops)
    except FetchRefused as refusal:
        return LinkCheck(source_url, target_url, "unread", str(refusal))
    found = LinkCheck(source_url, target_url, "unread", "", answer.status, answer.final_url)
    if answer.status in GONE:
        return _with(found, "page gone", f"The page answers with status {answer.status}.")
    if answer.status in OVERLOADED or answer.status != 200:
        what = answer.error or f"status {answer.status}"
        return _with(found, "unread", f"“{source_url}” could not be read: {what}.")
    page = parse_page(answer.final_url, answer.body, answer.headers)
    return _judged(found, page)


def _answer(gate: Gate, url: str, hops: int) -> Fetched:
    """The answer behind all redirects; robots.txt is asked at every hop."""
    here = url
    for _ in range(hops + 1):
        if not gate.allowed(here):
            raise FetchRefused(f"The robots.txt of “{host(here)}” does not allow to read “{here}”.")
        answer = gate.get(here)
        target = redirect_target(answer)
        if target is None:
            return answer
        here = target
    raise FetchRefused(f"“{url}” redirects more than {hops} times.")


def _judged(found: LinkCheck, page: ParsedPage) -> LinkCheck:
    wanted, site = fold(found.target_url), registrable(host(found.target_url))
    exact = [link for link in page.links if fold(link.target_url) == wanted]
    other = sum(
        registrable(host(link.target_url)) == site and fold(link.target_url) != wanted
        for link in page.links
    )
    if not exact:
        told = "The page no longer links to this target"
        more = f", but {other:,} times to other pages of the site." if other else "."
        return _with(found, "gone", told + more, other_links=other, noindex=page.noindex)
    best = min(exact, key=lambda link: (POSITIONS.index(link.position), not _followed(link)))
    return _with(
        found, "there", "",
        followed=any(_followed(link) for link in exact),
        in_content=any(link.position == "content" for link in exact),
        anchor=best.anchor, position=best.position, is_image=best.is_image,
        links=len(exact), other_links=other, noindex=page.noindex,
    )  # fmt: skip


def _followed(link: PageLink) -> bool:
    return not (link.nofollow or link.ugc or link.sponsored)


def _with(found: LinkCheck, state: str, reason: str, **more: object) -> LinkCheck:
    return LinkCheck(**{**found.__dict__, "state": state, "reason": reason, **more})
