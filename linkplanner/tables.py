"""The tables that the rooms hand each other: their columns, types and checks.

Readers and the crawler produce them, everything else consumes them. A column that an input lacks
is present and empty. `Table.conform` is the one gate: it adds what is missing, casts, orders and
drops columns that are not declared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from linkplanner.errors import InputError

if TYPE_CHECKING:  # a crawling process never loads it
    import pandas as pd

__all__ = [
    "ALTERNATES",
    "ANCHOR_ISSUES",
    "BACKLINKS",
    "CLUSTERS",
    "CLUSTER_PAGES",
    "CLUSTER_TIES",
    "CONTACTS",
    "DOMAINS",
    "LINKS",
    "LINK_ROWS",
    "METRICS",
    "PAGES",
    "PAGE_ROWS",
    "PLAN",
    "POSITIONS",
    "PRIORITIES",
    "PROSPECTS",
    "REPAIRS",
    "RIVALS",
    "TABLES",
    "TARGETS",
    "TASKS",
    "TEXTS",
    "TEXT_ROWS",
    "TRAFFIC",
    "Table",
]

TEXT: Final = "str"
WHOLE: Final = "Int64"
NUMBER: Final = "float64"
FLAG: Final = "bool"
KNOWN_FLAG: Final = "boolean"
DATE: Final = "datetime64[us]"

POSITIONS: Final = (
    "content",
    "breadcrumb",
    "sidebar",
    "navigation",
    "header",
    "footer",
    "unknown",
)
"""Positions of a link on its page; the index is the int8 code that `graph` takes."""

KINDS: Final = ("product", "service", "category", "article", "home", "other")
"""Kinds of pages."""


@dataclass(frozen=True)
class Table:
    """A declared table: its name and the pandas type of each column."""

    name: str
    """Name in file names and messages."""
    columns: Mapping[str, str]
    """Column name to pandas dtype, in order."""

    def empty(self) -> "pd.DataFrame":
        """The table without rows."""
        import pandas as pd

        return pd.DataFrame({c: pd.Series(dtype=t) for c, t in self.columns.items()})

    def conform(self, frame: "pd.DataFrame") -> "pd.DataFrame":
        """The frame with exactly the declared columns and types, index 0..n-1.

        Raises InputError where a column holds values of another type.
        """
        import pandas as pd

        index = pd.RangeIndex(len(frame))
        columns = {
            name: _column(self.name, name, frame, dtype).set_axis(index)
            for name, dtype in self.columns.items()
        }
        return pd.DataFrame(columns, index=index)


def _column(table: str, name: str, frame: "pd.DataFrame", dtype: str) -> "pd.Series":
    import pandas as pd

    if name not in frame:
        fill = False if dtype == FLAG else None
        return pd.Series(fill, index=pd.RangeIndex(len(frame)), dtype=dtype)
    values = frame[name]
    if str(values.dtype) == dtype:
        return values
    try:
        if dtype == FLAG:
            return values.astype("boolean").fillna(False).astype("bool")
        return values.astype(dtype)
    except (TypeError, ValueError) as error:
        raise InputError(
            f"Column “{name}” of table “{table}” holds values that are not {dtype}: {error}"
        ) from error


METRICS: Final = {
    "ahrefs_domain_rating": NUMBER,
    "ahrefs_url_rating": NUMBER,
    "ahrefs_domain_traffic": NUMBER,
    "ahrefs_page_traffic": NUMBER,
    "ahrefs_referring_domains": NUMBER,
    "ahrefs_linked_domains": NUMBER,
    "ahrefs_keywords": NUMBER,
    "ahrefs_is_spam": KNOWN_FLAG,
    "semrush_page_ascore": NUMBER,
    "semrush_domain_ascore": NUMBER,
    "semrush_toxic_score": NUMBER,
    "majestic_trust_flow": NUMBER,
    "majestic_citation_flow": NUMBER,
    "majestic_domain_trust_flow": NUMBER,
    "majestic_domain_citation_flow": NUMBER,
    "moz_domain_authority": NUMBER,
    "moz_page_authority": NUMBER,
    "moz_spam_score": NUMBER,
    "dataforseo_rank": NUMBER,
    "dataforseo_domain_rank": NUMBER,
    "dataforseo_spam_score": NUMBER,
    "seranking_inlink_rank": NUMBER,
    "seranking_domain_inlink_rank": NUMBER,
}
"""Metrics of vendors, each in the vendor's own scale under the vendor's name."""

_REL = {"nofollow": FLAG, "ugc": FLAG, "sponsored": FLAG}

PAGE_ROWS: Final = Table(
    "page_rows",
    {
        "url": TEXT,  # canonical()
        "status": WHOLE,  # HTTP status, missing where unknown, 0 where blocked or no answer
        "redirect_to": TEXT,
        "canonical": TEXT,
        "noindex": KNOWN_FLAG,
        "blocked": KNOWN_FLAG,  # by robots.txt
        "title": TEXT,
        "h1": TEXT,
        "language": TEXT,
        "words": WHOLE,
        "kind": TEXT,
        "in_sitemap": KNOWN_FLAG,
        "lastmod": DATE,
        "out_external": WHOLE,  # count of links that leave the site, where only a count is known
        "out_broken": WHOLE,
        "source": TEXT,  # what told us of the page: sitemap, crawl, the export's name
    },
)
"""What one source says of pages, before sources are joined. Several rows may name one page."""

LINK_ROWS: Final = Table(
    "link_rows",
    {
        "source_url": TEXT,
        "target_url": TEXT,  # also of other sites; missing where only "leaves the site" is known
        "anchor": TEXT,  # link text, or the alt text of a linked image
        "position": TEXT,
        "is_image": FLAG,
        "nofollow": FLAG,
        "ugc": FLAG,
        "sponsored": FLAG,
        "target_status": WHOLE,
    },
)
"""Links on the site's pages as one source reports them, by address."""

TEXT_ROWS: Final = Table("text_rows", {"url": TEXT, "text": TEXT})
"""Main text by address; paragraphs separated by newlines."""

ALTERNATES: Final = Table("alternates", {"url": TEXT, "language": TEXT, "target_url": TEXT})
"""Language versions that pages name (hreflang): language tag in lower case, or x-default."""

PAGES: Final = Table(
    "pages",
    {
        "page_id": WHOLE,
        "url": TEXT,
        "node_id": WHOLE,
        "status": WHOLE,
        "redirect_to": TEXT,
        "canonical": TEXT,
        "indexable": KNOWN_FLAG,
        "title": TEXT,
        "h1": TEXT,
        "language": TEXT,
        "words": WHOLE,
        "kind": TEXT,
        "in_sitemap": KNOWN_FLAG,
        "lastmod": DATE,
        "out_external": WHOLE,
        "out_broken": WHOLE,
        "source": TEXT,
        "version_of": WHOLE,  # first of the rows that are language versions of each other
    },
)
"""Every known address of the site: `page_id` is its row, `node_id` the row it resolves to."""

TEXTS: Final = Table("texts", {"page_id": WHOLE, "text": TEXT})
"""Main text of pages; a sentence is told by its offsets into it."""

LINKS: Final = Table(
    "links",
    {
        "source_id": WHOLE,
        "target_id": WHOLE,  # missing: the link leaves the site
        "anchor": TEXT,
        "position": TEXT,
        "is_image": FLAG,
        **_REL,
        "weight": NUMBER,
    },
)
"""Internal links by row of `pages`, and links that leave (one row per page and foreign address)."""

BACKLINKS: Final = Table(
    "backlinks",
    {
        "source_url": TEXT,
        "source_domain": TEXT,
        "source_title": TEXT,
        "target_url": TEXT,
        "page_id": WHOLE,
        "anchor": TEXT,
        "left_context": TEXT,
        "right_context": TEXT,
        "is_image": FLAG,
        "in_content": KNOWN_FLAG,
        "link_type": TEXT,  # as the export says: text, image, redirect, canonical, frame ...
        "sitewide": KNOWN_FLAG,
        **_REL,
        "first_seen": DATE,
        "last_seen": DATE,
        "lost": FLAG,
        "language": TEXT,
        "external_links": WHOLE,
        "redirect_chain": TEXT,  # addresses between source and target, as the export writes them
        **METRICS,
        "vendors": TEXT,
        "authority": NUMBER,
        "relevance": NUMBER,
        "spam": NUMBER,
        "kind": TEXT,
        "worth": NUMBER,
        "reasons": TEXT,
    },
)
"""Links from other registrable domains; the last six columns are filled by `quality`."""

DOMAINS: Final = Table(
    "domains",
    {
        "domain": TEXT,
        **METRICS,
        "backlinks": WHOLE,
        "first_seen": DATE,
        "last_seen": DATE,
        "lost": FLAG,
        "vendors": TEXT,
    },
)
"""Referring domains as domain-level reports give them."""

TARGETS: Final = Table(
    "targets", {"url": TEXT, "incoming_links": WHOLE, "linking_sites": WHOLE, "source": TEXT}
)
"""Backlink counts per page without the links themselves (Search Console)."""

TRAFFIC: Final = Table(
    "traffic",
    {
        "url": TEXT,
        "query": TEXT,
        "clicks": NUMBER,
        "impressions": NUMBER,
        "position": NUMBER,
        "sessions": NUMBER,
        "revenue": NUMBER,
        "source": TEXT,
    },
)
"""Clicks, sessions and revenue by page, or by page and query."""

PRIORITIES: Final = Table(
    "priorities", {"url": TEXT, "weight": NUMBER, "keywords": TEXT, "difficulty": NUMBER}
)
"""Pages that earn money. `keywords` are joined by semicolons."""

PLAN: Final = Table(
    "plan",
    {
        "rank": WHOLE,
        "source_url": TEXT,
        "target_url": TEXT,
        "anchor": TEXT,
        "sentence_before": TEXT,
        "sentence": TEXT,
        "relevance": NUMBER,
        "gain": NUMBER,
        "gain_cumulative": NUMBER,
        "objective_gain": NUMBER,
        "action": TEXT,
        "anchors": TEXT,
        "second_choice": TEXT,
        "gain_alone": NUMBER,  # points of w.x were it the only link; missing on very large sites
        "loss": NUMBER,  # points of equity that other pages lose together through it alone
        "losers": TEXT,  # the pages that lose most, each with its loss
        "minutes": NUMBER,  # effort
        "gain_per_hour": NUMBER,  # gain in the plan's order for an hour of work
    },
)
"""New internal links in the order to set them; `gain` in points of w.x. `anchors` holds up to three
anchors to choose from, a line each, `second_choice` the next best sentence."""

REPAIRS: Final = Table(
    "repairs",
    {
        "kind": TEXT,
        "url": TEXT,
        "redirect_to": TEXT,
        "links_in": WHOLE,
        "backlinks": WHOLE,
        "trapped": NUMBER,
        "gain": NUMBER,
        "detail": TEXT,
        "sources": TEXT,  # pages to change or to link from, a line each
    },
)
"""Targets that trap equity and what frees it."""

PROSPECTS: Final = Table(
    "prospects",
    {
        "kind": TEXT,
        "source_url": TEXT,
        "source_domain": TEXT,
        "page_url": TEXT,
        "reason": TEXT,
        "authority": NUMBER,
        "relevance": NUMBER,
        "spam": NUMBER,
        "seed_gain": NUMBER,
        "gain": NUMBER,
        "anchor_kind": TEXT,  # kind of words that the profile lacks: brand, descriptive, address
        "angle": TEXT,  # kind of page that earned links before: study, guide, tool, ...
        "competitors": WHOLE,  # how many competitors the domain links to, in a link gap
    },
)
"""Backlinks worth asking for."""

CONTACTS: Final = Table(
    "contacts", {"domain": TEXT, "name": TEXT, "email": TEXT, "imported_from": TEXT}
)
"""Contacts that the user imported or typed; never invented."""

TASKS: Final = Table(
    "tasks",
    {
        "task_id": TEXT,
        "kind": TEXT,
        "page_url": TEXT,
        "target_url": TEXT,
        "instruction": TEXT,
        "gain": NUMBER,
        "effort_minutes": NUMBER,
        "status": TEXT,
        "owner": TEXT,
        "due": DATE,
        "notes": TEXT,
        "reason": TEXT,
        "created": DATE,
        "verified": DATE,
        "anchor": TEXT,  # words planned for a link, so that a later crawl can be held against them
        "found": TEXT,  # what the last check saw: see follow/outcomes.py
        "found_detail": TEXT,
        "checked": DATE,
        "origin": TEXT,  # plan, new content, link gap, ...: who suggested it
    },
)
"""One thing a person does: add a link, repair a target, write to a site."""

ANCHOR_ISSUES: Final = Table(
    "anchor_issues",
    {
        "kind": TEXT,
        "source_id": WHOLE,
        "target_id": WHOLE,
        "anchor": TEXT,
        "links": WHOLE,
        "targets": WHOLE,
        "advice": TEXT,
    },
)
"""Findings on the words of links inside texts; `source_id` is one page with such a link, `links`
their number, `targets` the pages that the same words lead to."""

CLUSTERS: Final = Table(
    "clusters",
    {
        "cluster": WHOLE,
        "label": TEXT,
        "pillar_id": WHOLE,
        "pages": WHOLE,
        "links_inside": WHOLE,
        "links_to_pillar": WHOLE,
        "links_from_pillar": WHOLE,
        "tied": NUMBER,
        "missing": WHOLE,
    },
)
"""Topics. `links_to_pillar` and `links_from_pillar` count members; `tied` is the share of the links
between the pillar page and its members, both ways, that stand in texts, 0 to 100; `missing` the
number of the others."""

CLUSTER_PAGES: Final = Table(
    "cluster_pages",
    {
        "cluster": WHOLE,
        "page_id": WHOLE,
        "role": TEXT,
        "fit": NUMBER,
        "links_to_pillar": FLAG,
        "linked_from_pillar": FLAG,
    },
)
"""Pages of topics: `role` pillar or member, `fit` 0 to 100 to the topic's texts."""

CLUSTER_TIES: Final = Table(
    "cluster_ties", {"cluster": WHOLE, "kind": TEXT, "source_id": WHOLE, "target_id": WHOLE}
)
"""Links that would tie a pillar page and its members: `kind` to pillar, from pillar."""

RIVALS: Final = Table(
    "rivals",
    {
        "page_id": WHOLE,
        "rival_id": WHOLE,
        "likeness": NUMBER,
        "same_title": FLAG,
        "cluster": WHOLE,
    },
)
"""Pairs of pages so alike that they compete for one topic: `likeness` 0 to 100."""

TABLES: Final = {
    table.name: table
    for table in (
        PAGE_ROWS, LINK_ROWS, TEXT_ROWS, ALTERNATES, PAGES, TEXTS, LINKS, BACKLINKS, DOMAINS,
        TARGETS, TRAFFIC, PRIORITIES, PLAN, REPAIRS, PROSPECTS, CONTACTS, TASKS, ANCHOR_ISSUES,
        CLUSTERS, CLUSTER_PAGES, CLUSTER_TIES, RIVALS,
    )
}  # fmt: skip
"""Every declared table by name."""
