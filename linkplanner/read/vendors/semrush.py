"""Semrush: Backlink Analytics, Backlink Audit and Site Audit exports, 2018 to 2026."""

from linkplanner.read.reports import Report, col, count, holds, yes

__all__ = ["REPORTS"]

CAPS = (10_000, 30_000, 50_000)
"""Rows at which Backlink Analytics stops by plan; 10,000 was met in a real file."""

_BACKLINKS = Report(
    vendor="Semrush",
    name="backlinks",
    kind="backlinks",
    columns={
        "source_url": col("Source url"),
        "target_url": col("Target url"),
        "source_title": col("Source title"),
        "anchor": col("Anchor"),
        "is_image": yes("Image"),
        "nofollow": yes("Nofollow"),
        "sponsored": yes("Sponsored"),
        "ugc": yes("Ugc"),
        "first_seen": col("First seen"),
        "last_seen": col("Last seen"),
        "lost": yes("Lost link"),
        "external_links": count("External links"),
        "semrush_page_ascore": col("Page ascore", "Page score"),
        "internal_links": col("Internal links"),
        "sitewide": yes("Sitewide"),
    },
    required=("source_url", "target_url"),
    any_of=("semrush_page_ascore", "internal_links", "sitewide"),
    caps=CAPS,
)

_AUDIT = Report(
    vendor="Semrush",
    name="backlink audit",
    kind="backlinks",
    columns={
        "source_url": col("Source URL"),
        "target_url": col("Target URL"),
        "source_title": col("Source Page Title", "Source title"),
        "anchor": col("Anchor"),
        "is_image": holds("img image", "Link Type"),
        "link_type": col("Link Type"),
        "nofollow": yes("No Follow", "Nofollow"),
        "first_seen": col("First Seen"),
        "last_seen": col("Last Seen"),
        "semrush_domain_ascore": col("Domain Authority Score"),
        "semrush_page_ascore": col("Page Authority Score"),
        "semrush_toxic_score": col("Toxic Score", "Toxicity Score"),
        "markers": col("Toxic markers"),
        "anchor_type": col("Anchor Type"),
    },
    required=("source_url", "target_url", "semrush_toxic_score"),
)

_DOMAINS = Report(
    vendor="Semrush",
    name="referring domains",
    kind="domains",
    columns={
        "domain": col("Domain", "Root domain"),
        "semrush_domain_ascore": col("Domain ascore", "Domain score"),
        "backlinks": count("Backlinks"),
        "first_seen": col("First seen"),
        "last_seen": col("Last seen"),
        "ip": col("IP Address"),
        "country": col("Country"),
    },
    required=("domain", "semrush_domain_ascore", "backlinks"),
    caps=CAPS,
)

_AUDIT_PAGES = Report(
    vendor="Semrush",
    name="site audit pages",
    kind="pages",
    columns={
        "url": col("Page URL"),
        "title": col("Page Title"),
        "status": count("HTTP Status Code"),
        "in_sitemap": yes("In sitemap"),
        "out_external": count("Outgoing External Links"),
        "ilr": col("ILR"),
        "depth": col("Crawl Depth"),
    },
    required=("url", "status"),
    any_of=("ilr", "depth"),
)

REPORTS = (_BACKLINKS, _AUDIT, _DOMAINS, _AUDIT_PAGES)
