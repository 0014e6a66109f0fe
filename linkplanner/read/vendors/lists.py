"""Tables that users write themselves: priority pages, plain backlinks, traffic, lists of pages."""

from linkplanner.read.reports import Report, col, count, holds, no, yes

__all__ = ["LINKS", "REPORTS"]

_URL = ("url", "urls", "page", "page url", "address", "adresse", "loc", "link", "landing page",
        "target url")  # fmt: skip

_PRIORITIES = Report(
    vendor="linkplanner",
    name="priority pages",
    kind="priorities",
    columns={
        "url": col("url", "page", "page url"),
        "weight": col("weight"),
        "keywords": col("keywords", "keyword", "target keywords", "target keyword"),
        "difficulty": col("difficulty", "keyword difficulty", "kd"),
    },
    required=("url",),
    any_of=("weight", "keywords", "difficulty"),
    generic=True,
)

_BACKLINKS = Report(
    vendor="Generic",
    name="backlinks",
    kind="backlinks",
    columns={
        "source_url": col("source_url", "source", "source page", "from", "from_url", "url_from",
                          "linking page", "linking url", "backlink", "backlink url",
                          "referring page", "referring url", "referring page url", "donor url",
                          "donor"),
        "target_url": col("target_url", "target", "target page", "to", "to_url", "url_to",
                          "link url", "linked page", "landing page", "destination",
                          "destination url", "acceptor url", "acceptor"),
        "source_title": col("source_title", "page title", "title"),
        "anchor": col("anchor", "anchor text", "link text", "anchor_text"),
        "nofollow": holds("nofollow true yes 1", "nofollow", "no follow", "rel", "link type"),
        "ugc": yes("ugc"),
        "sponsored": yes("sponsored"),
        "lost": yes("lost", "is_lost", "lost link"),
        "first_seen": col("first_seen", "date found", "first indexed", "found"),
        "last_seen": col("last_seen", "last checked", "last visited"),
    },
    required=("source_url", "target_url"),
    generic=True,
)  # fmt: skip

_FOLLOW = Report(
    vendor="Generic",
    name="backlinks",
    kind="backlinks",
    columns={**_BACKLINKS.columns, "nofollow": no("dofollow", "follow")},
    required=("source_url", "target_url", "nofollow"),
    generic=True,
)

_TRAFFIC = Report(
    vendor="Generic",
    name="traffic",
    kind="traffic",
    columns={
        "url": col(*_URL),
        "query": col("query", "keyword"),
        "clicks": count("clicks"),
        "impressions": count("impressions"),
        "position": col("position", "average position"),
        "sessions": count("sessions", "visits", "traffic", "pageviews", "views", "users"),
        "revenue": col("revenue", "total revenue", "value"),
    },
    required=("url",),
    any_of=("clicks", "sessions", "revenue", "impressions"),
    generic=True,
)

_DOMAINS = Report(
    vendor="Generic",
    name="referring domains",
    kind="domains",
    columns={
        "domain": col("domain", "referring domain", "root domain"),
        "backlinks": count("backlinks", "links", "backlinks count"),
        "first_seen": col("first seen"),
        "last_seen": col("last seen"),
    },
    required=("domain", "backlinks"),
    generic=True,
)

_KEYWORDS = Report(
    vendor="Generic",
    name="keyword list",
    kind="other",
    columns={
        "keyword": col("keyword", "keywords", "search term", "search query", "mot-clé", "mots-clés",
                       "palabra clave", "suchbegriff", "keyword idea"),
        "volume": col("volume", "search volume", "avg. monthly searches", "monthly searches",
                      "volume de recherche", "volumen de búsqueda", "suchvolumen"),
        "difficulty": col("kd", "difficulty", "keyword difficulty", "seo difficulty"),
        "cpc": col("cpc", "cpc (usd)", "paid difficulty", "competition", "competitive density"),
        "intent": col("intent", "intents", "parent topic", "parent keyword"),
    },
    required=("keyword",),
    any_of=("volume", "difficulty", "cpc", "intent"),
    forbidden=_URL,
    generic=True,
    explain="It lists search terms without pages of your site, so it is not used; to name the "
    "terms of your priority pages, load a table with the columns url and keywords.",
)  # fmt: skip

LINKS = Report(
    vendor="Generic",
    name="internal links",
    kind="links",
    columns={
        name: _BACKLINKS.columns[name]
        for name in ("source_url", "target_url", "anchor", "nofollow", "ugc", "sponsored")
    },
    required=("source_url", "target_url"),
    generic=True,
)
"""A plain table of links whose two ends are on one site; its header is that of `_BACKLINKS`."""

REPORTS = (_PRIORITIES, _BACKLINKS, _FOLLOW, _TRAFFIC, _DOMAINS, _KEYWORDS)
