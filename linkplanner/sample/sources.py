# ruff: noqa: E501 (a sentence a line)
"""The invented sites that link in the sample backlinks, and how each sort of site writes."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

__all__ = ["NETWORKS", "SORTS", "Sort", "Source", "make_sources", "share"]


@dataclass(frozen=True)
class Sort:
    """A sort of linking site: how many there are, how strong they are, how they write.

    Texts hold `{topic}`, `{name}`, `{brand}`, `{host}` and `{url}` of what they link to.
    """

    share: float
    """Part of all rows."""
    sites: int
    """Sites of this sort among 600 rows."""
    rating: tuple[float, float]
    """Lowest and highest domain rating."""
    traffic: tuple[int, int]
    """Lowest and highest monthly visits of the domain."""
    external: tuple[int, int]
    """Lowest and highest number of external links on the page."""
    page_type: str
    """As Ahrefs names the type of page."""
    titles: tuple[str, ...]
    before: tuple[str, ...]
    """Text left of the link."""
    after: tuple[str, ...]
    """Text right of the link."""
    anchors: tuple[str, ...]
    platform: str = ""
    language: str = "en"
    content: float = 0.9
    """Part of the links that stand in the main text."""
    nofollow: float = 0.1
    ugc: float = 0.0
    sponsored: float = 0.0
    image: float = 0.04
    """Part of the links that are pictures."""
    lost: float = 0.2


@dataclass(frozen=True)
class Source:
    """A site that links."""

    host: str
    sort: str
    rating: float
    traffic: int
    domains: int
    """Referring domains of its page."""
    linked: int
    """Domains that it links to."""


SORTS: Mapping[str, Sort] = {
    "editorial": Sort(
        share=0.09,
        sites=22,
        rating=(58, 84),
        traffic=(40_000, 900_000),
        external=(4, 28),
        page_type="Article > Guide",
        platform="wordpress",
        nofollow=0.06,
        lost=0.1,
        titles=(
            "{Topic}: what our testers learnt in a year",
            "The best {topic} of the year, tested and compared",
            "How to choose {topic}: a practical guide",
            "{Topic} explained: readers’ questions answered",
            "Small makers worth knowing: {brand}",
            "Long read: the people who still mend {topic}",
        ),
        before=(
            "After two months with eleven {topic} in wind and rain, the clearest advice we found was",
            "Anyone who is about to buy {topic} should first read",
            "For a sober view of {topic} that names the drawbacks as well, we recommend",
            "The figures in our comparison of {topic} agree with those published by",
            "Our editor’s choice among {topic} this year is",
        ),
        after=(
            ", which explains the trade-offs between {topic} in plain words and without a sales pitch.",
            ". It is the only source we know that tests {topic} over several seasons.",
            " and their notes on {topic} saved our testers a good deal of money.",
            ", a small workshop whose {topic} have been in our long-term test since spring.",
        ),
        anchors=(
            "{name}", "{brand}’s guide to {topic}", "this guide to {topic}", "{brand}",
            "their advice on {topic}", "{topic} by {brand}",
        ),
    ),
    "blog": Sort(
        share=0.25,
        sites=70,
        rating=(9, 47),
        traffic=(60, 9_000),
        external=(2, 45),
        page_type="Article > Blog post",
        platform="blogs, wordpress",
        nofollow=0.12,
        image=0.09,
        titles=(
            "What I pack when it comes to {topic}",
            "My {topic} after three seasons",
            "Ten things I wish I had known about {topic}",
            "Weekend notes: {topic} and too much cake",
            "Letters from the path: on {topic}",
            "Why I stopped buying cheap {topic}",
        ),
        before=(
            "I have gone through more {topic} than I like to count, and the page that helped me was",
            "A friend pointed me to",
            "For those who asked about my {topic}: I followed",
            "When I was looking for {topic} last spring I came across",
            "Everything I know about {topic} comes from rain and from",
        ),
        after=(
            ", and I have not regretted it since.",
            ". They also answer the telephone, which is rare.",
            " – worth ten minutes if you need {topic}.",
            ", where somebody has thought about {topic} longer than I ever will.",
        ),
        anchors=(
            "{name}", "{brand}", "here", "this page on {topic}", "{topic}", "{url}",
            "the people at {brand}", "read more",
        ),
    ),
    "club": Sort(
        share=0.08,
        sites=22,
        rating=(6, 38),
        traffic=(20, 2_500),
        external=(8, 60),
        page_type="Resource list",
        titles=(
            "Kit list for members: {topic}",
            "Useful links of our club",
            "Notes for new members on {topic}",
            "Members’ discounts and local shops",
        ),
        before=(
            "The committee has put together a list of places for {topic}, among them",
            "Members get a tenth off at",
            "Before the autumn meet please read",
            "Local shops that support the club:",
        ),
        after=(
            ", who gave a talk on {topic} in March.",
            " (ask for the club price).",
            ". Spare {topic} can be borrowed from the club room.",
            "",
        ),
        anchors=("{brand}", "{name}", "{host}", "{brand} shop"),
        content=0.8,
        nofollow=0.02,
    ),
    "directory": Sort(
        share=0.07,
        sites=16,
        rating=(12, 52),
        traffic=(10, 6_000),
        external=(60, 240),
        page_type="Directory",
        titles=(
            "{brand} – opening hours, address and reviews",
            "Shops for {topic} in the north",
            "Business listing: {brand}",
        ),
        before=("Category: {topic} | Website:", "Address and website:", "Listed since 2014 |"),
        after=("| Telephone | Directions", "Claim this listing", ""),
        anchors=("{brand}", "Website", "{host}", "Visit website"),
        content=0.35,
        nofollow=0.45,
        image=0.1,
    ),
    "forum": Sort(
        share=0.1,
        sites=12,
        rating=(28, 71),
        traffic=(500, 120_000),
        external=(5, 130),
        page_type="Forum > Thread",
        platform="message-boards",
        nofollow=0.85,
        ugc=0.7,
        image=0.0,
        titles=(
            "Which {topic} would you buy? – page 3",
            "Sticky: {topic}, all questions here",
            "Anyone had {topic} mended lately?",
            "[Solved] {topic} for a beginner",
        ),
        before=(
            "+1 for the small makers. I had good luck with",
            "not cheap but",
            "Depends on what you want from {topic}. Have a look at",
            "Quote: what about {topic}? – see",
        ),
        after=(
            "and no, I do not work there",
            ". Two winters and still fine.",
            " but check the sizes first",
            "",
        ),
        anchors=("{url}", "{host}", "{brand}", "this one", "{name}", "@{brand_lower}"),
    ),
    "german": Sort(
        share=0.02,
        sites=6,
        rating=(8, 55),
        traffic=(50, 20_000),
        external=(3, 50),
        page_type="Article",
        language="de",
        titles=('{brand} im Test: was taugt es wirklich?', 'Lohnt sich die Bestellung bei {brand}?'),
        before=('Mehr dazu bei', 'Getestet haben wir', 'Einen guten Überblick gibt'),
        after=(' (englisch).', ', das wir seit dem Frühjahr benutzen.', '.'),
        anchors=('{brand}', 'zum Ratgeber', '{host}', '{name}'),
    ),
    "french": Sort(
        share=0.01,
        sites=4,
        rating=(8, 55),
        traffic=(50, 20_000),
        external=(3, 50),
        page_type="Article",
        language="fr",
        titles=('Notre avis sur {brand}',),
        before=('À lire aussi :', 'Nous l’avons commandé chez'),
        after=(' (en anglais).', ' après deux saisons d’usage.'),
        anchors=('{brand}', 'le guide', '{host}'),
    ),
    "japanese": Sort(
        share=0.01,
        sites=3,
        rating=(8, 55),
        traffic=(50, 20_000),
        external=(3, 50),
        page_type="Article",
        language="ja",
        titles=('{brand} をつかってみた',),
        before=('くわしくは', '参考:'),
        after=('。', '（英語）'),
        anchors=('テントの選び方', '{brand}', '登山用品'),
    ),
    "chinese": Sort(
        share=0.01,
        sites=3,
        rating=(8, 55),
        traffic=(50, 20_000),
        external=(3, 50),
        page_type="Article",
        language="zh",
        titles=('{brand} 使用心得',),
        before=('详情请看', '推荐阅读：'),
        after=('。', ''),
        anchors=('睡袋推荐', '{brand}', '户外装备'),
    ),
    "advertorial": Sort(
        share=0.03,
        sites=8,
        rating=(20, 60),
        traffic=(300, 30_000),
        external=(3, 30),
        page_type="Article",
        nofollow=0.5,
        sponsored=0.8,
        titles=("Partner post: five reasons to look at {topic}", "Gift ideas around {topic}"),
        before=("Advertisement. This month we present", "Our partner for {topic} is"),
        after=(" with a code for our readers.", ", delivery included."),
        anchors=("buy {topic}", "{topic} at {brand}", "-20% at {brand}", "{brand}"),
    ),
    "scraper": Sort(
        share=0.11,
        sites=40,
        rating=(0, 9),
        traffic=(0, 12),
        external=(80, 640),
        page_type="",
        content=0.25,
        nofollow=0.15,
        image=0.12,
        lost=0.4,
        titles=(
            "{host} – site info, traffic and value",
            "{topic} - search results",
            "Top sites like {host}",
            "{topic} images page 12",
        ),
        before=("Similar sites:", "Domain report for", "1.", ""),
        after=("Rank: n/a", "Keywords: {topic}, {topic} online, {topic} sale", ""),
        anchors=("{host}", "{url}", "http://{host}", "{topic}", ""),
    ),
    "pills": Sort(
        share=0.07,
        sites=30,
        rating=(0, 4),
        traffic=(0, 0),
        external=(240, 1_900),
        page_type="",
        content=0.5,
        nofollow=0.02,
        image=0.0,
        lost=0.3,
        titles=("Cheap pills online no prescription best price 2026",),
        before=("order now fast shipping", "no prescription needed", "best price guaranteed"),
        after=("discount bonus order today", "free pills with every order", "visa accepted"),
        anchors=(
            "buy cheap pills online", "viagra without prescription", "cialis 20mg price",
            "online pharmacy no rx",
        ),
    ),
    "casino": Sort(
        share=0.07,
        sites=30,
        rating=(0, 6),
        traffic=(0, 0),
        external=(300, 2_400),
        page_type="",
        content=0.5,
        nofollow=0.02,
        image=0.0,
        lost=0.3,
        titles=("Best online casino bonus 2026 | free spins no deposit",),
        before=("jackpot slots real money", "play now and win", "no deposit bonus codes"),
        after=("sign up bonus 500%", "slot gacor hari ini", "free spins every day"),
        anchors=(
            "online casino real money", "slot gacor", "no deposit bonus", "best betting sites",
        ),
    ),
    "seller": Sort(
        share=0.07,
        sites=30,
        rating=(0, 11),
        traffic=(0, 0),
        external=(180, 900),
        page_type="",
        content=0.4,
        nofollow=0.02,
        image=0.0,
        lost=0.25,
        titles=("Buy backlinks cheap: 10,000 dofollow links for your site",),
        before=("get your site to number one", "order permanent dofollow links", "DR 70 guest posts"),
        after=("100% safe, white hat", "contact us on messenger", "results in 24 hours"),
        anchors=(
            "buy backlinks", "cheap seo services", "dofollow backlinks", "rank on page one",
            "{host}",
        ),
    ),
}  # fmt: skip
"""Sorts of sites. Their shares sum to 0.99; the rest of the rows are redirects."""

NETWORKS = ("pills", "casino", "seller")
"""Sorts whose sites belong together: one title on many hosts, all found within days."""

_FIRST = (
    "amber ash birch bramble brook cedar clover copper coral cove dale dawn east elm far fern field"
    " flint fog forest frost glen gold granite grey grove harbour heath hill hollow iron ivy juniper"
    " lake lantern leaf little long maple marsh meadow mill mist moss north oak old orchard over"
    " pebble pine quiet rain reed ridge river rook rowan sand silver slow south spring stone summer"
    " thistle tide two under upper vale west wild willow wind winter wood yarrow"
).split()
_LAST = {
    "editorial": "review journal courier gazette quarterly chronicle monthly post".split(),
    "blog": "diary notes steps letters rambles kitchen days pages rucksack wanderings".split(),
    "club": "club society ramblers association scouts school".split(),
    "directory": "listings directory pages finder guide".split(),
    "forum": "forum board talk commons".split(),
    "german": "magazin blatt".split(),
    "french": "carnet revue".split(),
    "japanese": "nikki note".split(),
    "chinese": "riji zaji".split(),
    "advertorial": "lifestyle living trends daily".split(),
}
_JUNK = {
    "scraper": ("site-stats", "web-rank", "find-alike", "pic-index"),
    "pills": ("cheap-pills", "rx-discount", "med-order"),
    "casino": ("casino-bonus", "lucky-slots", "spin-palace"),
    "seller": ("cheap-links", "seo-boost", "rank-fast"),
}
_ENDINGS = ("xyz", "top", "click", "site", "icu")


@cache
def make_sources(seed: int, rows: int) -> Mapping[str, tuple[Source, ...]]:
    """The sites of every sort for an export of this many rows."""
    rng = random.Random(f"sources:{seed}")
    taken: set[str] = set()
    return {
        name: tuple(
            _source(rng, name, sort, taken) for _ in range(max(2, round(sort.sites * rows / 600)))
        )
        for name, sort in SORTS.items()
    }


def share(name: str, rows: int) -> int:
    """Rows that a sort of site gets."""
    return max(1, round(SORTS[name].share * rows))


def _source(rng: random.Random, name: str, sort: Sort, taken: set[str]) -> Source:
    site = _host(rng, name)
    while site in taken:
        site = _host(rng, name)
    taken.add(site)
    low, high = sort.rating
    rating = round(rng.triangular(low, high, low + (high - low) * 0.4), 1)
    place = (rating - low) / (high - low)
    visits = sort.traffic[0] + (sort.traffic[1] - sort.traffic[0]) * place**2 * rng.uniform(0.3, 1)
    junk = name in _JUNK
    return Source(
        host=site,
        sort=name,
        rating=rating if rating < 10 else float(round(rating)),
        traffic=round(visits),
        domains=0 if junk else rng.randint(0, round(rating)),
        linked=rng.randint(800, 9_000) if junk else rng.randint(5, 400),
    )


def _host(rng: random.Random, name: str) -> str:
    if name in _JUNK:
        return f"{rng.choice(_JUNK[name])}-{rng.randint(1000, 9999)}.{_ending(rng, name)}"
    return f"{rng.choice(_FIRST)}{rng.choice(_FIRST)}-{rng.choice(_LAST[name])}.example"


def _ending(rng: random.Random, name: str) -> str:
    return rng.choice(_ENDINGS[:2] if name in NETWORKS else _ENDINGS)
