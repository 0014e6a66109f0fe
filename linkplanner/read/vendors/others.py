"""Backlink tools met less often: Majestic, Moz, Bing, DataForSEO, SE Ranking."""

from linkplanner.read.reports import Report, col, count, filled, no, yes

__all__ = ["REPORTS"]

_MAJESTIC_ADVANCED = Report(
    vendor="Majestic",
    name="backlinks",
    kind="backlinks",
    columns={
        "source_url": col("Source URL", "SourceURL"),
        "target_url": col("Target URL", "TargetURL"),
        "source_title": col("Source Title", "SourceTitle", "Title"),
        "anchor": col("Anchor Text", "AnchorText"),
        "nofollow": filled("FlagNoFollow", "Flag No Follow"),
        "is_image": filled("FlagImageLink", "FlagImages", "Flag Image Link"),
        "lost": filled("FlagDeleted", "DateLost", "Date Lost", "Link Lost Date"),
        "first_seen": col("Source First Found Date", "FirstIndexedDate", "First Indexed Date",
                          "Link First Indexed Date"),
        "last_seen": col("Source Crawl Date", "LastSeenDate", "Last Seen Date", "Date"),
        "majestic_trust_flow": col("SourceTrustFlow", "Source Trust Flow"),
        "majestic_citation_flow": col("SourceCitationFlow", "Source Citation Flow"),
        "majestic_domain_trust_flow": col("Domain Trust Flow"),
        "majestic_domain_citation_flow": col("Domain Citation Flow"),
        "acrank": col("ACRank"),
        "redirect": col("FlagRedirect", "Flag Redirect"),
        "frame": col("FlagFrame"),
    },
    required=("source_url", "target_url"),
    any_of=("majestic_trust_flow", "majestic_citation_flow", "acrank", "nofollow", "redirect"),
)  # fmt: skip

_MOZ = Report(
    vendor="Moz",
    name="inbound links",
    kind="backlinks",
    columns={
        "source_url": col("URL", "Source URL", "Source Page"),
        "target_url": col("Target URL", "Target Page"),
        "source_title": col("Title"),
        "anchor": col("Anchor Text"),
        "nofollow": yes("Only rel=nofollow", "Nofollow"),
        "first_seen": col("First Seen"),
        "last_seen": col("Last Seen"),
        "lost": filled("Date Lost", "Link Lost"),
        "moz_domain_authority": col("Domain Authority", "DA"),
        "moz_page_authority": col("Page Authority", "PA"),
        "moz_spam_score": col("Spam Score"),
    },
    required=("source_url", "target_url"),
    any_of=("moz_domain_authority", "moz_page_authority", "moz_spam_score"),
    scheme="http://",
)

_MOZ_PAGES = Report(
    vendor="Moz",
    name="top pages",
    kind="targets",
    columns={
        "url": col("URL"),
        "authority": col("PA", "Page Authority"),
        "incoming_links": count("Total Links"),
        "linking_sites": count("Linking Domains to Page"),
    },
    required=("url", "authority", "linking_sites"),
    scheme="http://",
)

_BING_LINKS = Report(
    vendor="Bing",
    name="backlink pages",
    kind="backlinks",
    columns={
        "source_url": col("Source Url"),
        "target_url": col("Target Url"),
        "anchor": col("Anchor text"),
    },
    required=("source_url", "target_url", "anchor"),
    only=True,
)

_BING_DOMAINS = Report(
    vendor="Bing",
    name="backlink domains",
    kind="domains",
    columns={"domain": col("Domain"), "backlinks": count("Backlinks Count")},
    required=("domain", "backlinks"),
    only=True,
)

_BING_ANCHORS = Report(
    vendor="Bing",
    name="backlink anchors",
    kind="anchors",
    columns={"anchor": col("Anchor", "Anchor text"), "backlinks": col("Backlinks Count")},
    required=("anchor", "backlinks"),
    only=True,
    explain="It counts link texts without saying where the links stand; export the “Pages” table "
    "of Backlinks instead.",
)

_DATAFORSEO = Report(
    vendor="DataForSEO",
    name="backlinks",
    kind="backlinks",
    columns={
        "source_url": col("url_from"),
        "target_url": col("url_to"),
        "source_title": col("page_from_title"),
        "anchor": col("anchor"),
        "nofollow": no("dofollow"),
        "lost": yes("is_lost"),
        "first_seen": col("first_seen"),
        "last_seen": col("last_seen"),
        "external_links": count("page_from_external_links"),
        "dataforseo_rank": col("page_from_rank", "rank"),
        "dataforseo_domain_rank": col("domain_from_rank"),
        "dataforseo_spam_score": col("backlink_spam_score"),
        "language": col("page_from_language"),
        "left_context": col("text_pre"),
        "right_context": col("text_post"),
    },
    required=("source_url", "target_url"),
    any_of=("dataforseo_rank", "dataforseo_domain_rank", "dataforseo_spam_score", "lost"),
)

_SERANKING = Report(
    vendor="SE Ranking",
    name="backlinks",
    kind="backlinks",
    columns={
        "source_url": col("url_from", "Source URL", "Backlink", "Referring page"),
        "target_url": col("url_to", "Target URL", "Destination URL"),
        "source_title": col("title", "Page title"),
        "anchor": col("anchor", "Anchor text"),
        "nofollow": yes("nofollow", "No-Follow"),
        "is_image": yes("Image"),
        "first_seen": col("first_seen", "First Seen"),
        "last_seen": col("last_visited", "Last Visited"),
        "seranking_inlink_rank": col("inlink_rank", "Inlink Rank"),
        "seranking_domain_inlink_rank": col("domain_inlink_rank", "Domain Inlink Rank"),
    },
    required=("source_url", "target_url"),
    any_of=("seranking_inlink_rank", "seranking_domain_inlink_rank"),
)

REPORTS = (
    _MAJESTIC_ADVANCED,
    _MOZ,
    _MOZ_PAGES,
    _BING_LINKS,
    _BING_DOMAINS,
    _BING_ANCHORS,
    _DATAFORSEO,
    _SERANKING,
)
