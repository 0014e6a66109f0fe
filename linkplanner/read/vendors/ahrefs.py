"""Ahrefs: Site Explorer and Site Audit exports, 2018 to 2026."""

from linkplanner.read.reports import Report, col, count, filled, holds, yes

__all__ = ["REPORTS"]

_REL = {"nofollow": yes("Nofollow"), "ugc": yes("UGC"), "sponsored": yes("Sponsored")}

_BACKLINKS = Report(
    vendor="Ahrefs",
    name="backlinks",
    kind="backlinks",
    columns={
        "source_url": col("Referring page URL", "Referring Page URL"),
        "target_url": col("Target URL"),
        "source_title": col("Referring page title"),
        "anchor": col("Anchor"),
        "left_context": col("Left context"),
        "right_context": col("Right context"),
        "is_image": holds("image", "Type"),
        "link_type": col("Type"),
        "in_content": yes("Content"),
        **_REL,
        "first_seen": col("First seen"),
        "last_seen": col("Last seen"),
        "lost": filled("Lost"),
        "language": col("Language"),
        "external_links": count("External links"),
        "redirect_chain": col("Redirect Chain URLs"),
        "ahrefs_domain_rating": col("Domain rating", "DR"),
        "ahrefs_url_rating": col("UR"),
        "ahrefs_domain_traffic": count("Domain traffic"),
        "ahrefs_page_traffic": count("Page traffic"),
        "ahrefs_referring_domains": count("Referring domains"),
        "ahrefs_linked_domains": count("Linked domains"),
        "ahrefs_keywords": count("Keywords"),
        "ahrefs_is_spam": yes("Is spam"),
    },
    required=("source_url", "target_url"),
)

_LEGACY = Report(
    vendor="Ahrefs",
    name="backlinks (before 2021)",
    kind="backlinks",
    columns={
        "source_url": col("Referring Page URL"),
        "target_url": col("Link URL"),
        "source_title": col("Referring Page Title"),
        "anchor": col("Link Anchor"),
        "left_context": col("TextPre"),
        "right_context": col("TextPost"),
        "is_image": holds("image", "Type"),
        "link_type": col("Type"),
        "nofollow": holds("nofollow", "Type"),
        "ugc": holds("ugc", "Type"),
        "sponsored": holds("sponsored", "Type"),
        "first_seen": col("First Seen", "Found"),
        "last_seen": col("Last Check"),
        "lost": filled("Day Lost"),
        "language": col("Language"),
        "external_links": count("External Links Count"),
        "ahrefs_domain_rating": col("Domain Rating"),
        "ahrefs_url_rating": col("URL Rating"),
        "ahrefs_referring_domains": count("Referring Domains"),
        "ahrefs_page_traffic": count("Traffic"),
        "ahrefs_keywords": count("Keywords"),
        "ahrefs_linked_domains": count("Linked Domains"),
    },
    required=("source_url", "target_url"),
)

_API = Report(
    vendor="Ahrefs",
    name="backlinks (API)",
    kind="backlinks",
    columns={
        "source_url": col("url_from"),
        "target_url": col("url_to"),
        "source_title": col("title"),
        "anchor": col("anchor"),
        "left_context": col("snippet_left"),
        "right_context": col("snippet_right"),
        "in_content": yes("is_content"),
        "nofollow": yes("is_nofollow"),
        "ugc": yes("is_ugc"),
        "sponsored": yes("is_sponsored"),
        "first_seen": col("first_seen_link"),
        "last_seen": col("last_visited"),
        "external_links": count("links_external"),
        "ahrefs_domain_rating": col("domain_rating_source"),
        "ahrefs_url_rating": col("url_rating_source"),
        "ahrefs_domain_traffic": count("traffic_domain"),
    },
    required=("source_url", "target_url"),
    any_of=("ahrefs_domain_rating", "ahrefs_url_rating"),
)

_DOMAINS = Report(
    vendor="Ahrefs",
    name="referring domains",
    kind="domains",
    columns={
        "domain": col("Domain"),
        "ahrefs_domain_rating": col("DR"),
        "ahrefs_referring_domains": count("Dofollow ref. domains"),
        "ahrefs_linked_domains": count("Dofollow linked domains"),
        "ahrefs_domain_traffic": count("Traffic"),
        "ahrefs_keywords": count("Keywords"),
        "ahrefs_is_spam": yes("Is spam"),
        "backlinks": count("Links to target"),
        "first_seen": col("First seen"),
        "lost": filled("Lost"),
    },
    required=("domain", "ahrefs_domain_rating", "backlinks"),
)

_BEST_BY_LINKS = Report(
    vendor="Ahrefs",
    name="best by links",
    kind="targets",
    columns={
        "url": col("Page URL"),
        "incoming_links": count("Links to target"),
        "linking_sites": count("Referring domains"),
    },
    required=("url", "incoming_links", "linking_sites"),
)

_TOP_PAGES = Report(
    vendor="Ahrefs",
    name="top pages",
    kind="traffic",
    columns={
        "url": col("URL"),
        "clicks": count("Traffic", "Current traffic"),
        "query": col("Top keyword", "Current top keyword"),
        "position": col("Top keyword: Position"),
        "rating": col("UR"),
        "domains": col("Referring domains", "Current referring domains"),
    },
    required=("url", "clicks", "rating"),
    notes=("Clicks are Ahrefs' estimate of search traffic, not measured ones.",),
)

_AUDIT_PAGES = Report(
    vendor="Ahrefs",
    name="site audit pages",
    kind="pages",
    columns={
        "url": col("URL"),
        "status": count("HTTP status code"),
        "title": col("Title"),
        "h1": col("H1"),
        "canonical": col("Canonical URL"),
        "redirect_to": col("Redirect URL", "Final redirect URL"),
        "noindex": yes("Is noindex page"),
        "words": count("No. of content words"),
        "in_sitemap": yes("Is in sitemap"),
        "content_type": col("Content type"),
        "rating": col("PR"),
        "indexable": col("Is indexable page"),
        "inlinks": col("No. of all inlinks", "No. of href inlinks"),
    },
    required=("url", "status"),
    any_of=("rating", "indexable", "inlinks"),
)

_AUDIT_LINKS = Report(
    vendor="Ahrefs",
    name="site audit links",
    kind="links",
    columns={
        "source_url": col("Source URL"),
        "target_url": col("Target URL"),
        "anchor": col("Anchor"),
        "nofollow": yes("Is nofollow"),
        "target_status": count("Target HTTP status code"),
        "type": col("Link type"),
        "internal": col("Is link internal"),
    },
    required=("source_url", "target_url", "nofollow"),
    any_of=("type", "internal"),
)

_EXPLAINED = (
    Report(
        vendor="Ahrefs",
        name="referring IPs",
        kind="other",
        columns={"subnet": col("Subnet"), "domains": col("Ref. domains"), "isp": col("ISP")},
        required=("subnet", "domains"),
        explain="It counts networks, not links; export Site Explorer › Backlinks instead.",
    ),
    Report(
        vendor="Ahrefs",
        name="anchors",
        kind="anchors",
        columns={
            "anchor": col("Anchor text", "Anchor"),
            "domains": col("Ref. domains"),
            "links": col("Links to target"),
        },
        required=("anchor", "domains"),
        explain="It counts link texts without saying where the links stand; export Site Explorer "
        "› Backlinks instead, which holds every link text too.",
    ),
)

REPORTS = (
    _BACKLINKS,
    _LEGACY,
    _API,
    _DOMAINS,
    _BEST_BY_LINKS,
    _TOP_PAGES,
    _AUDIT_PAGES,
    _AUDIT_LINKS,
    *_EXPLAINED,
)
