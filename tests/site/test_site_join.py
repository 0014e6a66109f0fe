"""Backlinks, links, targets and priorities joined to pages; the whole site put together."""

from dataclasses import dataclass, field

import pandas as pd
import pytest

from linkplanner.errors import InputError
from linkplanner.settings import EquitySettings
from linkplanner.site.assemble import Pieces, Site, assemble, own_domain
from linkplanner.site.backlinks import merge_backlinks
from linkplanner.site.pages import join_pages
from linkplanner.site.priorities import join_priorities, match_pattern, propose
from linkplanner.tables import (
    ALTERNATES,
    BACKLINKS,
    LINK_ROWS,
    PAGE_ROWS,
    PRIORITIES,
    TARGETS,
    TEXT_ROWS,
    TRAFFIC,
)

OWN = frozenset({"a.test"})


@dataclass(frozen=True)
class Piece:
    kind: str
    frame: pd.DataFrame


def page_rows(*urls: str) -> pd.DataFrame:
    return PAGE_ROWS.conform(pd.DataFrame({"url": urls, "status": 200, "source": "crawl"}))


def backlink_rows(*records: dict[str, object]) -> pd.DataFrame:
    frame = pd.DataFrame(list(records))
    frame["source_domain"] = frame["source_url"].str.extract(r"//(?:www\.)?([^/]+)", expand=False)
    return BACKLINKS.conform(frame)


def test_one_link_of_two_vendors_becomes_one_row_with_both_metrics() -> None:
    link = {"source_url": "https://b.test/1", "target_url": "https://a.test/"}
    ours = {"ahrefs_domain_rating": 40, "vendors": "ahrefs", "lost": True}
    theirs = {"semrush_page_ascore": 12, "vendors": "semrush", "lost": False}
    one = backlink_rows({**link, **ours, "first_seen": "2024-01-01"})
    other = backlink_rows({**link, **theirs, "first_seen": "2023-01-01"})
    merged, left_out = merge_backlinks([one, other], OWN)
    assert len(merged) == 1
    row = merged.iloc[0]
    assert (row["ahrefs_domain_rating"], row["semrush_page_ascore"]) == (40, 12)
    assert row["vendors"] == "ahrefs;semrush"
    assert not row["lost"]
    assert row["first_seen"] == pd.Timestamp("2023-01-01")
    assert left_out == {"from the site itself": 0, "repeated": 1}


def test_links_from_the_site_itself_are_no_backlinks() -> None:
    rows = backlink_rows(
        {"source_url": "https://a.test/x", "target_url": "https://a.test/"},
        {"source_url": "https://b.test/x", "target_url": "https://a.test/"},
    )
    merged, left_out = merge_backlinks([rows], OWN)
    assert merged["source_domain"].tolist() == ["b.test"]
    assert left_out["from the site itself"] == 1


def site_of(*pieces: Piece, **options: object) -> Site:
    return assemble(Pieces.of(pieces), EquitySettings(), **options)  # type: ignore[arg-type]


def test_unmatched_targets_are_listed_not_dropped() -> None:
    backlinks = backlink_rows(
        {"source_url": "https://b.test/1", "target_url": "https://a.test/"},
        {"source_url": "https://b.test/2", "target_url": "https://a.test/unknown"},
        {"source_url": "https://c.test/2", "target_url": "https://a.test/unknown", "lost": True},
    )
    site = site_of(Piece("sitemap", page_rows("https://a.test/")), Piece("backlinks", backlinks))
    assert site.unmatched.to_dict("records") == [
        {"url": "https://a.test/unknown", "backlinks": 2, "live": 1, "referring_domains": 2}
    ]
    assert len(site.backlinks) == 3


def test_external_links_are_kept_once_a_page_and_address_without_target() -> None:
    links = LINK_ROWS.conform(
        pd.DataFrame(
            {
                "source_url": ["https://a.test/"] * 4,
                "target_url": [
                    "https://x.test/",
                    "https://x.test/",
                    "https://y.test/",
                    "https://a.test/b",
                ],
                "position": ["footer", "content", "footer", "content"],
            }
        )
    )
    site = site_of(Piece("links", links))
    outside = site.links[site.links["target_id"].isna()]
    assert sorted(outside["weight"]) == [0.1, 1.0]
    assert site.pages["url"].tolist() == ["https://a.test/", "https://a.test/b"]


def test_paths_of_analytics_are_joined_to_the_sites_address() -> None:
    traffic = TRAFFIC.conform(pd.DataFrame({"url": ["/b"], "sessions": [5]}))
    site = site_of(
        Piece("sitemap", page_rows("https://a.test/", "https://a.test/b")),
        Piece("traffic", traffic),
    )
    assert site.traffic["page_id"].tolist() == [1]


def test_the_site_is_the_domain_that_most_pages_lie_on() -> None:
    pieces = Pieces.of(
        [Piece("sitemap", page_rows("https://a.test/", "https://a.test/b", "https://b.test/"))]
    )
    assert own_domain(pieces) == "a.test"
    targets = TARGETS.conform(pd.DataFrame({"url": ["https://www.b.test/x"]}))
    assert own_domain(Pieces.of([Piece("targets", targets)])) == "b.test"


def test_no_address_at_all_is_told() -> None:
    with pytest.raises(InputError, match="add a sitemap"):
        own_domain(Pieces.of([]))


@pytest.mark.parametrize(
    ("pattern", "count"),
    [("/product/*", 2), ("https://a.test/product/x", 1), ("product", 2), ("*/serv*", 1), ("/", 1)],
)
def test_patterns_name_pages_by_path_address_or_kind(pattern: str, count: int) -> None:
    pages = join_pages(
        [page_rows("https://a.test/", "https://a.test/product/x", "https://a.test/product/y", "https://a.test/services/")],
        OWN,
    )  # fmt: skip
    assert len(match_pattern(pattern, pages)) == count


def test_a_pattern_without_match_is_told_in_quotes() -> None:
    with pytest.raises(InputError, match="“/nothing/\\*” matches none of the 1 indexable pages"):
        match_pattern("/nothing/*", join_pages([page_rows("https://a.test/")], OWN))


def test_priorities_resolve_to_the_page_that_answers_and_strangers_are_named() -> None:
    pages = join_pages(
        [PAGE_ROWS.conform(pd.DataFrame({"url": ["https://a.test/old", "https://a.test/new"],
         "status": [301, 200], "redirect_to": ["https://a.test/new", None]}))],
        OWN,
    )  # fmt: skip
    rows = PRIORITIES.conform(
        pd.DataFrame(
            {
                "url": ["https://a.test/old", "https://a.test/new", "https://a.test/x"],
                "weight": [3, 1, 1],
            }
        )
    )
    chosen, missing = join_priorities([rows], pages)
    assert chosen[["page_id", "weight"]].to_numpy().tolist() == [[1, 3.0]]
    assert missing == ["https://a.test/x"]


def test_proposals_prefer_what_earns_and_add_the_strongest_articles() -> None:
    pages = join_pages(
        [page_rows("https://a.test/product/x", "https://a.test/product/y", "https://a.test/blog/z", "https://a.test/about")],
        OWN,
    )  # fmt: skip
    traffic = TRAFFIC.conform(
        pd.DataFrame({"url": ["", ""], "clicks": [7.0, 9.0], "query": [None, "why z"]})
    ).assign(page_id=pd.array([1, 2], dtype="Int64"))
    proposed = propose(pages, traffic, pages["page_id"].to_numpy() * 0)
    assert proposed["url"].str[14:].tolist() == ["/product/y", "/product/x", "/blog/z"]
    assert proposed["keywords"].iloc[2] == "why z"
    assert "7 clicks" in proposed["reason"].iloc[0]


@dataclass(frozen=True)
class Read:
    pages: pd.DataFrame
    links: pd.DataFrame
    texts: pd.DataFrame
    alternates: pd.DataFrame = field(default_factory=ALTERNATES.empty)


def test_links_of_a_page_that_we_read_are_not_told_twice_by_an_export() -> None:
    def rows(position: str, source: str) -> pd.DataFrame:
        frame = {"source_url": [source], "target_url": ["https://a.test/b"], "position": [position]}
        return LINK_ROWS.conform(pd.DataFrame(frame))

    home, other = "https://a.test/", "https://a.test/c"
    read = Read(page_rows(home), rows("breadcrumb", home), TEXT_ROWS.empty())
    exports = [Piece("links", rows("content", home)), Piece("links", rows("content", other))]
    site = assemble(Pieces.of(exports, [read]), EquitySettings())
    assert sorted(site.links["position"]) == ["breadcrumb", "content"]
