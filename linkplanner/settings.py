"""Every threshold and weight of the model, in one place, with where the number comes from.

All groups are frozen dataclasses; `Settings.to_json` and `Settings.from_json` carry them to disk
and back. Spam signals, which are many, have a file of their own: `quality/signals.py`.
"""

import json
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from typing import Any, Literal, get_args

from linkplanner.errors import InputError

__all__ = [
    "CrawlSettings",
    "EquitySettings",
    "FollowSettings",
    "Objective",
    "PlanLimits",
    "QualitySettings",
    "RepairSettings",
    "Route",
    "Settings",
    "StrategySettings",
    "TextSettings",
    "check_objective",
    "check_route",
]

Objective = Literal["balanced", "total"]
Route = Literal["direct", "hubs"]
SPEEDS = ("polite", "fast")
"""Speeds of a crawl: for any site, and for a server of one's own."""


def _default_position_weights() -> dict[str, float]:
    return {
        "content": 1.0,
        "breadcrumb": 0.5,
        "sidebar": 0.4,
        "navigation": 0.2,
        "header": 0.2,
        "footer": 0.1,
        "unknown": 0.5,
    }


@dataclass(frozen=True)
class EquitySettings:
    """How equity enters and moves."""

    damping: float = 0.85
    """Share of a page's equity that its links carry on (Brin and Page 1998)."""
    position_weights: dict[str, float] = field(default_factory=_default_position_weights)
    """Weight of a link by its position. Heuristics in the spirit of the reasonable surfer (US
    patent 7,716,225): text links are followed more than menus and footers. Not measured."""
    noindex_passes: bool = True
    """Whether a noindex page passes on what it gets. Google stops following such pages' links in
    the long run; the exact behaviour is not documented, so it is a switch."""
    points: float = 100.0
    """What all seeds of a project's first data version sum to."""
    floor_points: float = 5.0
    """Part of `points` spread equally over indexable pages, for what no export sees."""
    leak_weight: float = 0.5
    """Weight of a link that leaves where only a count is known (same as position unknown)."""
    page_kinds: tuple[str, ...] = ()
    """Kinds of pages that you know better, as pattern=kind: `/angebote/*=service`. The last rule
    that names a page wins over what its address and its markup say."""


@dataclass(frozen=True)
class PlanLimits:
    """What the plan may do."""

    max_links: int = 100
    """New links in all: about two editor weeks at 40 minutes for five links."""
    per_page: int = 3
    """New links on one source page; more reads as stuffed (editors' usual 3 to 6 per article)."""
    links_per_text: int = 6
    """Links that the text of an article may carry in all, old and new; 3 to 6 are usual."""
    links_per_thousand: float = 6.0
    """The same for each 1,000 words, so that long texts may carry more. An editors' rule of thumb,
    not measured."""
    editable_kinds: tuple[str, ...] = (
        "product", "service", "category", "article", "home", "other",
    )  # fmt: skip
    """Kinds of pages whose content may be edited."""
    links_at_least: int = 3
    """Links that the text of an article should carry; articles with fewer get their best relevant
    links as tasks, even where no priority page gains. The lower end of the usual 3 to 6."""
    locked: tuple[str, ...] = ()
    """Pages that get no new link in their text, such as `/legal/*`: a pattern on the path, or on
    the whole address where it has a scheme."""
    forbidden: tuple[str, ...] = ()
    """Links that nobody wants, as pattern > pattern: `/blog/* > /jobs/*`."""
    per_sections: int = 0
    """New links from one section to another (or within it), 0 for no limit. A section is the first
    folder of the address."""
    section_limits: tuple[str, ...] = ()
    """The same for single pairs of sections: `/blog > /shop = 20`; * stands for any section. The
    first line that fits counts."""
    protected: tuple[str, ...] = ()
    """Pages that a plan must not lower by more than `protected_loss`: patterns as above."""
    protected_loss: float = 0.05
    """Share of its equity that a protected page may lose. A judgement: what a month's new and lost
    backlinks move anyway."""
    per_target: int = 10
    """New links to one page, so that the profile of anchors stays natural."""
    min_relevance: float = 10.0
    """Least relevance 0 to 100 of a link; a hard limit, because without one every page would link
    to one master page (Fercoq et al. 2013)."""
    same_language: bool = True
    """Plan links only between pages in one language, where both are known: no editor adds a link
    that leads readers to a text they may not read."""
    objective: Objective = "balanced"
    """balanced: sum of w log x, so that one page does not take all; total: sum of w x."""
    route: Route = "direct"
    """direct: links to priority pages; hubs: also links to the pages that pass most on to them."""
    hubs: int = 100
    """Pages of most reach that may get links where the route is hubs."""
    candidates_per_target: int = 200
    """Most relevant source pages looked at for one target."""
    proof_seconds: float = 20.0
    """Seconds spent after the first plan on a better one and on a tight certificate."""
    minutes_per_link: float = 8.0
    """Effort of one link on words that stand in the text. An estimate, to be edited."""
    minutes_per_sentence: float = 12.0
    """Effort where a sentence has to be written for the link. An estimate, to be edited."""


@dataclass(frozen=True)
class QualitySettings:
    """How a backlink's scores become its worth."""

    nofollow_factor: float = 0.1
    """Share of worth that a nofollow, ugc or sponsored link keeps: a hint since March 2020."""
    boilerplate_factor: float = 0.4
    """Share of worth that a link outside the main content keeps."""
    image_factor: float = 0.8
    """Share of worth of a linked image, which has no words beside its alt text."""
    domain_decay: float = 0.5
    """The k-th best link of one referring domain counts this to the power k-1, so a domain never
    counts more than twice its best link."""
    spam_knee: float = 50.0
    """Spam score at which half of the worth is gone."""
    typical_domain_authority: float = 30.0
    """Authority assumed where no vendor metric exists (Search Console); shown as an estimate."""
    click_share: float = 0.01
    """Share of a linking page's readers who follow a link in its text. A heuristic."""
    click_share_outside: float = 0.002
    """The same for a link outside the text. A heuristic."""
    signal_points: dict[str, float] = field(default_factory=dict)
    """Points of spam signals that the user changed, by name; others as in `quality/signals.py`."""
    brand: tuple[str, ...] = ()
    """Names of the site that the user typed; their words are never held against a link."""


@dataclass(frozen=True)
class TextSettings:
    """How texts are compared."""

    anchor_max_words: int = 8
    """Longest anchor proposed."""
    anchor_max_characters: int = 80
    """The same in characters, for scripts without spaces and for long words: about one line."""
    skip_sentences: int = 0
    """Sentences at the top of a page that get no new link: 0 leaves none out."""
    anchor_share: float = 0.5
    """Largest share of a target's planned links that may carry the same anchor."""
    audit_links: int = 5
    """Linking pages from which one anchor only is worth a remark; fewer say little. A judgement."""
    audit_words: int = 12
    """Words from which an existing anchor is over-long: a sentence, no name. A judgement."""
    audit_characters: int = 100
    """The same in characters, for long words and scripts without spaces."""
    rival_cosine: float = 0.6
    """Likeness of two texts (TF-IDF cosine) from which their pages compete for one topic: on the
    development sites 0.5 to 5 % of the pages have such a twin."""


@dataclass(frozen=True)
class CrawlSettings:
    """How politely and how far pages are read."""

    pages: int = 300
    """Pages that a crawl of the app fetches at most, redirects not counted."""
    pages_proposed: int = 2000
    """Most pages that the data screen proposes where a sitemap lists more than usual: at two
    requests a second a quarter of an hour, about what one waits for a first plan. A judgement."""
    delay: float = 0.5
    """Seconds between two requests to one host."""
    connections: int = 2
    """Requests under way at once to one host; browsers take 6."""
    fast_connections: int = 8
    """The same for one's own server at the faster speed, as far as it bears them: an answer that
    takes twice as long as usual, or an overload, halves them again."""
    connect_timeout: float = 10.0
    """Seconds to wait for a connection."""
    read_timeout: float = 20.0
    """Seconds to wait for the next byte."""
    total_timeout: float = 60.0
    """Seconds for one whole response."""
    max_bytes: int = 10 * 2**20
    """Largest body after decompression: 10 MiB."""
    max_redirects: int = 10
    """Redirects followed (RFC 9110, section 15.4, asks for a limit; browsers take 20)."""
    user_agent: str = "linkplanner/0.1 (+https://pypi.org/project/linkplanner/; site owner's tool)"
    """Product token with a contact address."""
    main_content: str = ""
    """CSS selector of the main content, such as `#content`, where that is not found by itself."""
    allow_hosts: tuple[str, ...] = ()
    """Hosts on private networks that the user allowed by name."""

    def at_speed(self, speed: str) -> "CrawlSettings":
        """The same, polite or fast. Raises InputError for any other speed."""
        if speed not in SPEEDS:
            raise InputError(f"“{speed}” is no speed; use polite or fast.")
        if speed == "polite":
            return self
        return replace(self, delay=0.0, connections=self.fast_connections)


@dataclass(frozen=True)
class FollowSettings:
    """When a difference between two imports raises an alert. All are judgements, to be edited: they
    stand where a person who looks once a month would want to be told."""

    worth_lost: float = 0.05
    """Share of the worth of all live backlinks that was lost since the last import."""
    equity_drop: float = 0.05
    """Fall of the equity of all priority pages together, as a share."""
    page_drop: float = 0.20
    """Fall of the equity of one priority page, as a share."""
    pages_gone: int = 5
    """Pages that answered and no longer do."""
    new_orphans: int = 5
    """Pages that lost their last internal link."""
    new_broken: int = 1
    """Addresses with links or backlinks that stopped answering."""
    spam_burst: int = 20
    """New linking sites with a spam score of `spam_score` or more."""
    spam_score: float = 50.0
    """Spam score from which a new link counts towards a burst: half its worth is gone there."""
    gone_again: int = 1
    """Tasks whose link was live and is gone."""
    content_links: int = 3
    """Links from texts that a new page should have; with fewer it becomes a task."""
    new_pages: int = 200
    """New pages at most that get tasks from one import, those with most equity first."""


@dataclass(frozen=True)
class StrategySettings:
    """When a page's verdict turns."""

    peers: int = 5
    """Other indexable pages of the same kind from which their median equity is what a page needs;
    with fewer the priority pages' median is taken. A median of fewer moves with every page."""
    hard_keyword: float = 50.0
    """Keyword difficulty, 0 to 100, from which links from other sites come first: vendors call
    keywords from 50 on hard, and rank them by the linking sites of the pages on top."""
    good_spam: float = 30.0
    """Spam score below which a backlink counts as good (quality/signals.py: "fine")."""
    new_site_domains: int = 10
    """Live referring domains below which a site is new: the seed floor then outweighs them."""


@dataclass(frozen=True)
class RepairSettings:
    """When a page counts as badly tied in."""

    deep_clicks: int = 3
    """Clicks from home beyond which a priority page is deep: the usual rule of the trade."""
    crowded_links: int = 150
    """Links on one page beyond which a strong page is crowded: each link then carries little.
    Search engines asked for 100 until 2008; menus alone hold dozens today. A judgement."""
    tied_pages: int = 100
    """Pages at most for which pages to link from are named: priority pages first, then those with
    most equity."""


@dataclass(frozen=True)
class Settings:
    """All settings of one project."""

    equity: EquitySettings = field(default_factory=EquitySettings)
    limits: PlanLimits = field(default_factory=PlanLimits)
    quality: QualitySettings = field(default_factory=QualitySettings)
    text: TextSettings = field(default_factory=TextSettings)
    crawl: CrawlSettings = field(default_factory=CrawlSettings)
    follow: FollowSettings = field(default_factory=FollowSettings)
    strategy: StrategySettings = field(default_factory=StrategySettings)
    repairs: RepairSettings = field(default_factory=RepairSettings)

    def to_json(self) -> str:
        """All settings as one JSON object."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Settings":
        """Settings from `to_json`; unknown names are left out, missing ones take the default."""
        try:
            stored = json.loads(text)
        except json.JSONDecodeError as error:
            raise InputError(f"“{text[:60]}” are not stored settings: {error}.") from error
        return _build(cls, stored)


def _build(cls: type, stored: dict[str, Any]) -> Any:
    known: dict[str, Any] = {}
    for f in fields(cls):
        if f.name not in stored:
            continue
        value = stored[f.name]
        default = f.default_factory() if callable(f.default_factory) else f.default  # type: ignore[misc]
        if is_dataclass(default):
            value = _build(type(default), value)
        elif isinstance(default, tuple):
            value = tuple(value)
        known[f.name] = value
    return cls(**known)


def check_route(name: str) -> Route:
    """The route of that name. Raises InputError."""
    if name not in get_args(Route):
        raise InputError(f"“{name}” is no route; use direct or hubs.")
    return name  # type: ignore[return-value]


def check_objective(name: str) -> Objective:
    """The objective of that name. Raises InputError."""
    if name not in get_args(Objective):
        raise InputError(f"“{name}” is no objective; use balanced or total.")
    return name  # type: ignore[return-value]
