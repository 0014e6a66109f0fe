"""What the Data screen promises to read, export by export: kind, flags and what is told."""

import io
import zipfile
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pytest

from linkplanner.read import Reading, read_bytes
from linkplanner.site.backlinks import merge_backlinks

S, T = "https://blog.a.test/post", "https://www.b.test/page"


def table(header: str, *rows: str, above: str = "") -> bytes:
    lines = [",".join(f'"{cell}"' for cell in line.split("|")) for line in (header, *rows)]
    return (above + "\n".join(lines) + "\n").encode()


def read(header: str, *rows: str, above: str = "") -> Reading:
    (reading,) = read_bytes("export.csv", table(header, *rows, above=above))
    return reading


@dataclass(frozen=True)
class Case:
    """One export in one language or generation."""

    name: str
    header: str
    row: str
    recognised: str
    expected: dict[str, Any] = field(default_factory=dict)


CASES = [
    Case("Screaming Frog, German, pages",
         "Adresse|Inhaltstyp|Statuscode|Status|Indexierbarkeit|Indexierbarkeitsstatus|Titel 1"
         "|Meta-Robots 1|Canonical-Link-Element 1|Wortanzahl",
         f"{T}|text/html|200|OK|Nicht indexierbar|Noindex|Titel|noindex|{T}|1.234",
         "Screaming Frog: internal pages", {"noindex": True, "words": 1234, "title": "Titel"}),
    Case("Screaming Frog, German, links",
         "Typ|Quelle|Ziel|Größe (Bytes)|Alt-Text|Ankertext|Statuscode|Status|Follow|Rel|Link-Pfad"
         "|Linkposition", f"Hyperlink|{T}|{T}/2|12||Wort|200|OK|false||//a|Fußzeile",
         "Screaming Frog: links", {"position": "footer", "nofollow": True, "target_status": 200}),
    Case("Screaming Frog, Spanish, links",
         "Tipo|Origen|Destino|Tamaño (bytes)|Texto Alt|Ancla|Código de respuesta|Estado|Seguir|Rel"
         "|Ruta del enlace|Posición del enlace",
         f"Hipervínculo|{T}|{T}/2|12||palabra|200|OK|true||//nav[@class='breadcrumb']|Contenido",
         "Screaming Frog: links", {"position": "breadcrumb", "anchor": "palabra"}),
    Case("Screaming Frog with API columns",
         "Address|Content Type|Status Code|Status|Indexability|Indexability Status|Title 1"
         "|GA Sessions|Clicks|Impressions|CTR|Position"
         "|Majestic External Backlinks - URL (Exact URL)|Ahrefs Backlinks - Exact"
         "|Ahrefs RefDomains - Exact|URL Encoded Address",
         f"{T}|text/html|200|OK|Indexable||Title|12|3|40|2%|3.2|5|6|7|{T}",
         "Screaming Frog: internal pages", {"url": T, "title": "Title"}),
    Case("Search Console, Russian", "Самые популярные страницы|Клики|Показы|CTR|Позиция",
         f"{T}|5|10|50%|7,1", "Search Console: performance pages", {"position": 7.1}),
    Case("Search Console, German targets", "Zielseite|Eingehende Links|Verweisende Websites",
         f"{T}|1.234|12", "Search Console: top target pages (external)",
         {"incoming_links": 1234, "linking_sites": 12}),
    Case("Search Console, Italian latest links", "Pagina con link|Ultima scansione",
         f"{S}|2026-01-02", "Search Console: latest links",
         {"last_seen": pd.Timestamp("2026-01-02")}),
    Case("Majestic, API fields",
         "SourceURL|TargetURL|AnchorText|FlagNoFollow|SourceTrustFlow|SourceCitationFlow|Date"
         "|FlagDeleted", f"{S}|{T}|w|1|5|6|2024-01-02|1", "Majestic: backlinks",
         {"nofollow": True, "lost": True, "majestic_citation_flow": 6}),
    Case("Semrush, 19 columns",
         "Page ascore|Source title|Source url|Target url|Anchor|External links|Internal links"
         "|Nofollow|Sponsored|Ugc|Text|Frame|Form|Image|Sitewide|First seen|Last seen|New link"
         "|Lost link",
         f"5|T|{S}|{T}|a|1|2|true|false|true|true|false|false|false|true|2025-01-01|2025-02-01"
         "|false|true", "Semrush: backlinks",
         {"nofollow": True, "ugc": True, "lost": True, "sitewide": True,
          "semrush_page_ascore": 5}),
    Case("Semrush, Backlink Audit",
         "Domain Authority Score|Page Authority Score|Source URL|Source Page Title|Source Domain"
         "|Target URL|Anchor|Anchor Type|Link Type|No Follow|Toxic Score|First Seen|Last Seen",
         f"5|6|{S}|T|a.test|{T}|a|branded|img|true|50|2025-01-01|2025-02-01",
         "Semrush: backlink audit",
         {"is_image": True, "link_type": "img", "semrush_toxic_score": 50}),
    Case("SE Ranking, as on screen",
         "URL From|URL To|Anchor|ALT|No-Follow|Image|Image source|Inlink Rank|Domain Inlink Rank"
         "|First Seen|Last Visited", f"{S}|{T}|a||yes|no||5|6|2025-01-01|2025-02-01",
         "SE Ranking: backlinks", {"nofollow": True, "seranking_domain_inlink_rank": 6}),
    Case("Serpstat, as on screen",
         "Donor URL|Acceptor URL|Anchor|SPR|STR|Link Type|First Indexed|Last Seen",
         f"{S}|{T}|a|1|2|nofollow|2025-01-01|2025-02-01", "Generic: backlinks",
         {"nofollow": True}),
    Case("Moz, current", "Source URL|Target URL|Anchor Text|PA|DA|Spam Score|First Seen|Last Seen",
         f"{S}|{T}|a|4|50|3|2025-01-01|2025-02-01", "Moz: inbound links",
         {"moz_domain_authority": 50, "moz_spam_score": 3}),
    Case("Sitebulb, indexability", "URL|Canonical URL|Noindex|Nofollow", f"{T}|{T}|Yes|No",
         "Sitebulb: internal pages", {"noindex": True, "canonical": T}),
    Case("Lumar", "deeprank|level|page_title|url|redirected_to_url|http_status_code|indexable"
         "|links_in_count|links_out_count", f"5|1|T|{T}||200|true|3|4", "DeepCrawl: all pages",
         {"status": 200, "title": "T"}),
    Case("WebSite Auditor, Spanish", "Página|Texto Ancla|URL del enlace|Código estado HTTP",
         f"{T}|a|{T}/2|404 Not Found", "WebSite Auditor: links", {"target_status": 404}),
    Case("Ahrefs, site audit pages",
         "URL|HTTP status code|Title|Is indexable page|Canonical URL|Organic traffic",
         f"{T}|200|T|true|{T}|5", "Ahrefs: site audit pages", {"status": 200}),
    Case("a list of keywords", "Keyword|Volume|KD|CPC|Position", "blue|100|5|1|2",
         "Generic: keyword list"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_export(case: Case) -> None:
    reading = read(case.header, case.row)
    assert reading.recognised_as == case.recognised
    if not case.expected:
        assert (reading.rows, reading.skipped) == (0, 1)
        assert "not used" in reading.message
        return
    assert (reading.rows, reading.skipped) == (1, 0)
    row = reading.frame.iloc[0]
    assert {name: row[name] for name in case.expected} == case.expected
    assert not [warning for warning in reading.warnings if "count as empty" in warning]


@pytest.mark.parametrize("preamble", [9, 6])
@pytest.mark.parametrize("events", ["Key events", "Conversions"])
def test_analytics_under_its_preamble(preamble: int, events: str) -> None:
    above = "".join(f"# line {n}\n" for n in range(preamble))
    header = f"Landing page|Sessions|Active users|{events}|Total revenue"
    reading = read(header, "/x|5|4|2|30.5", "(not set)|1|1|0|0", above=above)
    assert reading.recognised_as == "Google Analytics: landing pages"
    assert reading.frame.iloc[0][["url", "sessions", "revenue"]].tolist() == ["/x", 5, 30.5]
    assert reading.rows + reading.skipped == 2


@pytest.mark.parametrize("rows", [9_999, 10_000])
def test_semrushs_cap_is_told(rows: int) -> None:
    lines = [f"{S}/{n}|{T}|a|5" for n in range(rows)]
    reading = read("Source url|Target url|Anchor|Page ascore", *lines)
    told = any("Exactly 10,000 rows: Semrush stops" in warning for warning in reading.warnings)
    assert told == (rows == 10_000)


def test_links_of_unknown_interface_languages_are_no_pages_of_the_site() -> None:
    rows = [f"https://site{n}.test/|2026-01-0{n}" for n in range(1, 8)]
    reading = read("リンク元ページ|前回のクロール", *rows)
    assert (reading.kind, reading.rows) == ("backlinks", 7)
    assert reading.frame["last_seen"].notna().all()
    assert any("many sites" in warning for warning in reading.warnings)
    own = read("Seite|Stand", *[row.replace("site", "a.test/") for row in rows])
    assert own.kind == "pages"


def test_vendors_merge_and_keep_every_metric() -> None:
    semrush = read("Source url|Target url|Anchor|Page ascore|Lost link|Last seen",
                   f"{S}|{T}|words|40|true|2025-01-01")  # fmt: skip
    majestic = read("Source URL|Target URL|Anchor Text|SourceTrustFlow|SourceCitationFlow",
                    f"{S}|{T}|words|20|30")  # fmt: skip
    merged, _ = merge_backlinks([semrush.frame, majestic.frame], frozenset())
    (row,) = merged.to_dict("records")
    assert row["vendors"] == "majestic;semrush"
    assert (row["semrush_page_ascore"], row["majestic_trust_flow"]) == (40, 20)
    assert row["lost"] is False, "one source still sees it"
    gone, _ = merge_backlinks([semrush.frame], frozenset())
    assert gone["lost"].tolist() == [True], "lost links are kept and marked"


def test_several_reports_in_one_archive() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Pages.csv", "Top pages,Clicks,Impressions,CTR,Position\n"
                         f"{T},5,10,50%,7.1\n")  # fmt: skip
        archive.writestr("Filters.csv", "Filter,Value\nSearch type,Web\nPage,+/blog/\n")
        archive.writestr(
            "Queries.csv", "Top queries,Clicks,Impressions,CTR,Position\nx,1,2,50%,3\n"
        )
    readings = read_bytes("performance.zip", out.getvalue())
    assert [reading.kind for reading in readings if reading.rows] == ["traffic"]
    assert any("/blog/" in warning for reading in readings for warning in reading.warnings)


@pytest.mark.parametrize(
    ("name", "data", "title"),
    [
        ("feed.rss", b'<rss version="2.0"><channel><item><link>https://b.test/1</link></item>'
         b"</channel></rss>", "Sitemap: RSS"),
        ("feed.atom", b'<feed xmlns="http://www.w3.org/2005/Atom"><entry>'
         b'<link href="https://b.test/1"/></entry></feed>', "Sitemap: Atom"),
        ("list.txt", b"https://b.test/1\n", "Sitemap: list of addresses"),
        ("list.csv", b"url\nhttps://b.test/1\n", "Sitemap: list of addresses"),
    ],
)  # fmt: skip
def test_lists_of_addresses(name: str, data: bytes, title: str) -> None:
    (reading,) = read_bytes(name, data)
    assert (reading.recognised_as, reading.rows) == (title, 1)
    assert reading.frame["url"].tolist() == ["https://b.test/1"]


def test_types_and_redirects_of_ahrefs() -> None:
    header = "Referring page URL|Target URL|Anchor|Type|Redirect Chain URLs|Nofollow|Content|UR"
    reading = read(
        header, f"{S}|{T}|a|redirect|https://old.test/a, https://old.test/b|false|true|5"
    )
    row = reading.frame.iloc[0]
    assert row["link_type"] == "redirect"
    assert row["redirect_chain"].startswith("https://old.test/a")
