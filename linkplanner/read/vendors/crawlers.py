"""Crawlers beside Screaming Frog: DeepCrawl (Lumar), Sitebulb, WebSite Auditor."""

from linkplanner.read.reports import Report, col, count, yes

__all__ = ["REPORTS"]

_DEEPCRAWL = Report(
    vendor="DeepCrawl",
    name="all pages",
    kind="pages",
    columns={
        "url": col("url"),
        "status": count("http_status_code"),
        "redirect_to": col("redirected_to_url"),
        "canonical": col("canonical_url"),
        "noindex": yes("noindex", "robots_noindex", "meta_noindex"),
        "blocked": yes("disallowed_page"),
        "title": col("page_title"),
        "h1": col("h1_tag", how="first"),
        "words": count("word_count"),
        "in_sitemap": yes("found_in_sitemap"),
        "out_external": count("external_links_count"),
        "content_type": col("header_content_type", "meta_content_type"),
        "deeprank": col("deeprank"),
    },
    required=("url", "status"),
    any_of=("deeprank", "redirect_to", "in_sitemap"),
)

_SITEBULB = Report(
    vendor="Sitebulb",
    name="internal pages",
    kind="pages",
    columns={
        "url": col("URL"),
        "status": count("HTTP Status Code"),
        "title": col("Title"),
        "h1": col("H1"),
        "canonical": col("Canonical URL"),
        "noindex": yes("Noindex"),
        "words": count("No. Content Words"),
        "redirect_to": col("Redirect URL"),
        "crawl_source": col("Crawl Source"),
        "templates": col("No. Template Words"),
        "inlinks": col("No. Internal Linking URLs (INBOUND)", "No. Internal Linking URLs"),
        "nofollow": col("Nofollow"),
    },
    required=("url",),
    any_of=("crawl_source", "templates", "inlinks", "noindex"),
)

_AUDITOR = Report(
    vendor="WebSite Auditor",
    name="links",
    kind="links",
    columns={
        "source_url": col("Página", "Page"),
        "anchor": col("Texto Ancla", "Anchor Text"),
        "target_url": col("URL del enlace", "Link URL"),
        "target_status": count("Código estado HTTP", "HTTP Status Code"),
    },
    required=("source_url", "anchor", "target_url", "target_status"),
    only=True,
)

REPORTS = (_DEEPCRAWL, _SITEBULB, _AUDITOR)
