"""Reports of which no real file is at hand, from headers that vendors and importers document."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pytest

from linkplanner.read import Reading, read_bytes
from linkplanner.read.build import KIND_TABLES
from linkplanner.read.reports import match
from linkplanner.read.vendors import REPORTS

S, T = "https://blog.a.test/post", "https://www.b.test/page"

AHREFS_37 = (
    "Referring page title|Referring page URL|Language|Platform|Referring page HTTP code"
    "|Domain rating|UR|Domain traffic|Referring domains|Linked domains|External links"
    "|Page traffic|Keywords|Target URL|Left context|Anchor|Right context|Redirect Chain URLs"
    "|Redirect Chain status codes|Type|Is spam|Content|Nofollow|UGC|Sponsored|Rendered|Raw"
    "|Lost status|Drop reason|Discovered status|First seen|Last seen|Lost|Author|Page type"
    "|Page category|Links in group"
)
AHREFS_ROW = (
    f"Title|{S}|en, uk|wordpress|200|71.5|4|1234|5|6|7|8|9|{T}|left|words|right"
    f"|https://go.test/x|301|text|true|true|true|false|true|false|true|removedfromhtml|"
    f"|pagefound|2025-10-20 04:02:58|2026-01-01 00:00:00|2026-01-05 10:00:00|Me|Article|A > B|3"
)


def without(header: str, row: str, *names: str) -> tuple[str, str]:
    """A generation of a report that lacks some columns."""
    pairs = [p for p in zip(header.split("|"), row.split("|")) if p[0] not in names]
    return "|".join(p[0] for p in pairs), "|".join(p[1] for p in pairs)


def data(header: str, row: str, delimiter: str = ",", above: str = "") -> str:
    quoted = [
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line.split("|"))
        for line in (header, row)
    ]
    return above + "\n".join(quoted) + "\n"


def read(header: str, row: str, above: str = "") -> Reading:
    (reading,) = read_bytes("export.csv", data(header, row, above=above).encode())
    return reading


@dataclass(frozen=True)
class Case:
    """One row of a report and what it must give."""

    title: str
    header: str
    row: str
    expected: dict[str, Any] = field(default_factory=dict)
    above: str = ""


LOST = {"lost": True, "nofollow": True, "sponsored": True, "ugc": False}
BOTH = {"source_url": S, "target_url": T, "source_domain": "a.test"}

CASES = [
    Case("Ahrefs: backlinks", AHREFS_37, AHREFS_ROW, {
        **BOTH, **LOST, "ahrefs_domain_rating": 71.5, "ahrefs_url_rating": 4, "in_content": True,
        "ahrefs_is_spam": True, "left_context": "left", "anchor": "words", "vendors": "ahrefs",
        "first_seen": pd.Timestamp("2025-10-20 04:02:58"), "external_links": 7}),
    Case("Ahrefs: backlinks", *without(AHREFS_37, AHREFS_ROW, "Links in group"), LOST),
    Case("Ahrefs: backlinks", *without(
        AHREFS_37, AHREFS_ROW, "Is spam", "Page type", "Page category"), LOST),
    Case("Ahrefs: backlinks", *without(
        AHREFS_37, AHREFS_ROW, "Is spam", "Page type", "Page category", "Author",
        "Redirect Chain URLs", "Redirect Chain status codes"), LOST),
    Case("Ahrefs: backlinks (before 2021)",
         "#|Total Backlinks|Domain Rating|URL Rating|Referring Domains|Referring Page URL"
         "|Referring Page Title|Internal Links Count|External Links Count|Last HTTP Code|Link URL"
         "|TextPre|Link Anchor|TextPost|Type|Backlink Status|Found|Language|Traffic|Keywords"
         "|Js rendered|Linked Domains",
         f"1|2|50|12|3|{S}|T|4|5|200|{T}|pre|words|post|Nofollow, Image|live|2019-01-02|en|1|2"
         "|no|3", {**BOTH, "nofollow": True, "is_image": True, "ahrefs_domain_rating": 50}),
    Case("Ahrefs: backlinks (API)",
         "url_from|url_to|anchor|domain_rating_source|is_nofollow|is_content|http_code",
         f"{S}|{T}|words|12.5|true|false|200", {**BOTH, "nofollow": True, "in_content": False}),
    Case("Ahrefs: referring domains",
         "Domain|Is spam|DR|Dofollow ref. domains|Dofollow linked domains|Traffic |Keywords "
         "|Links to target|New links|Lost links|Dofollow links|First seen|Lost",
         "www.a.test|false|33|1|2|3|4|55|0|0|1|2025-01-01 00:00:00|",
         {"domain": "a.test", "ahrefs_domain_rating": 33, "backlinks": 55, "lost": False}),
    Case("Ahrefs: best by links",
         "Page title|Page URL|Language|Platform|UR|Referring domains|Top DR|Links to target"
         "|New Links|Lost Links|Dofollow|Nofollow|Redirects|Page HTTP code|First seen|Last seen",
         f"T|{T}|en||5|12|80|1,300|0|0|9|3|0|200||",
         {"url": T, "incoming_links": 1300, "linking_sites": 12}),
    Case("Ahrefs: top pages",
         "URL|UR|Traffic|Traffic value|Referring domains|Keywords|Top keyword"
         "|Top keyword: Volume|Top keyword: Position", f"{T}|5|120|9|1|2|words|10|3",
         {"url": T, "clicks": 120, "query": "words"}),
    Case("Ahrefs: anchors",
         "Anchor text|Ref. domains|Top DR|Ref. pages|Links to target|New links|Lost links"
         "|Dofollow links|First seen|Lost", "words|1|2|3|4|5|6|7||"),
    Case("Ahrefs: site audit links",
         "Link type|Is nofollow|Source URL|Source HTTP status code|Target URL"
         "|Target HTTP status code|Anchor|Is source canonical|Is source noindex|Is link internal",
         f"href|true|{S}|200|{T}|404|words|true|false|true",
         {"source_url": S, "target_url": T, "nofollow": True, "target_status": 404}),
    Case("Semrush: backlinks",
         "Page score|Page trust score|Source title|Source url|Target url|Anchor|External links"
         "|Internal links|Nofollow|Frame|Form|Image|Sitewide|First seen|Last seen",
         f"7|8|T|{S}|{T}|words|1|2|true|false|false|true|false|2019-01-01|2019-02-01",
         {**BOTH, "nofollow": True, "is_image": True, "semrush_page_ascore": 7}),
    Case("Semrush: backlink audit",
         "Source title|Source url|Target url|Anchor|Toxicity Score|Toxic markers|First seen"
         "|Last seen|Nofollow", f"T|{S}|{T}|words|55|x|2025-01-01|2025-02-01|false",
         {**BOTH, "semrush_toxic_score": 55}),
    Case("Semrush: site audit pages",
         "Page URL|Page Title|ILR|Raw ILR|Unique Pageviews|Crawl Depth|HTTP Status Code"
         "|In sitemap|Incoming Internal Links|Outgoing Internal Links|Outgoing External Links",
         f"{T}|T|10|9|n/a|2|200|1|5|6|7",
         {"url": T, "status": 200, "in_sitemap": True, "out_external": 7}),
    Case("Search Console: top target pages (external)",
         "Target page|Incoming links|Linking sites", f"{T}|1,234|12",
         {"url": T, "incoming_links": 1234, "linking_sites": 12}),
    Case("Search Console: top target pages (external)",
         "Page cible|Liens entrants|Sites d’origine", f"{T}|1 234|12", {"linking_sites": 12}),
    Case("Search Console: top target pages (internal)", "Page cible|Liens internes", f"{T}|9"),
    Case("Search Console: top linking sites", "Site|Linking pages|Target pages", "a.test|5|2",
         {"domain": "a.test", "backlinks": 5}),
    Case("Search Console: top linking sites", "Site|Pages d'origine|Pages cibles", "a.test|5|2",
         {"backlinks": 5}),
    Case("Search Console: top linking text", "Classement|Texte du lien", "1|mots"),
    Case("Search Console: performance pages",
         "Páginas principales|Clics|Impresiones|CTR|Posición", f"{T}|5|100|5%|7,1",
         {"url": T, "clicks": 5, "position": 7.1}),
    Case("Search Console: performance pages",
         "Die häufigsten Seiten|Klicks|Impressionen|CTR|Position", f"{T}|1.234|5.678|5%|7,1",
         {"clicks": 1234, "impressions": 5678}),
    Case("Search Console: performance pages",
         "上位のページ|クリック数|表示回数|CTR|掲載順位", f"{T}|5|0||", {"clicks": 5}),
    Case("Search Console: performance queries",
         "Top queries|Clicks|Impressions|CTR|Position", "words|1|2|50%|3"),
    Case("Google Analytics: pages and screens",
         "Page path and screen class|Views|Active users|Total revenue", "/x|12|3|4.5",
         {"url": "/x", "sessions": 12, "revenue": 4.5}, "# a\n# b\n"),
    Case("Screaming Frog: links",
         "Type|Source|Destination|Size (Bytes)|Alt Text|Anchor|Status Code|Status|Follow",
         f"HREF|{T}|{T}/2|1||words|301|Moved|false",
         {"target_url": f"{T}/2", "nofollow": True, "position": "unknown", "target_status": 301},
         '"All Inlinks"\n'),
    Case("Screaming Frog: links",
         "Type|Source|Destination|Taille (octets)|Texte Alt|Ancrage|Code de statut|Statut|Suivre"
         "|Rel|Position du lien", f"Hyperlien|{T}|{T}/2|1|alt||200|OK|true|ugc|Contenu",
         {"anchor": "alt", "is_image": True, "position": "content", "ugc": True}),
    Case("Screaming Frog: internal pages",
         "Dirección|Código de respuesta|Tipo de contenido|Indexabilidad|Estado de indexabilidad"
         "|Recuento de palabras|Elemento de enlace canónico 1|Meta robots 1|Título 1",
         f"{T}|200|text/html; charset=utf-8|No indexable|noindex|1.234|{T}|noindex|Título",
         {"status": 200, "noindex": True, "words": 1234, "title": "Título", "canonical": T}),
    Case("Screaming Frog: internal pages",
         "Address|Status Code|Status|Indexability Status|Title 1|Canonical Link Element 1",
         f"{T}|0|Blocked by Robots.txt|Blocked by robots.txt||/other",
         {"blocked": True, "noindex": False, "canonical": "https://www.b.test/other"}),
    Case("Screaming Frog: external pages",
         "Address|Content Type|Status Code|Status|Crawl Depth|Inlinks",
         "https://x.test/|text/html|200|OK|1|2"),
    Case("Sitebulb: internal pages",
         "URL|HTTP Status Code|Title|Meta Description|H1|No. H1s|No. Content Words"
         "|No. Template Words|No. Internal Linking URLs (INBOUND)|Crawl Source",
         f"{T}|200|Title|D|H|1|300|50|4|Crawler", {"url": T, "words": 300, "h1": "H"}),
    Case("Majestic: backlinks",
         "Target URL|Source URL|Anchor Text|Source Crawl Date|Source First Found Date"
         "|FlagNoFollow|FlagImageLink|FlagRedirect|FlagFrame|SourceCitationFlow|SourceTrustFlow",
         f"{T}|{S}|words|2024-01-02|2023-01-02|||||30|20",
         {**BOTH, "majestic_trust_flow": 20, "nofollow": False, "vendors": "majestic"}),
    Case("Majestic: backlinks",
         "SourceURL|ACRank|AnchorText|Date|FlagRedirect|FlagNoFollow|TargetURL",
         f"{S}|3|words|2012-01-02||NoFollow|{T}", {**BOTH, "nofollow": True}),
    Case("Majestic: backlinks",
         "Source URL|Anchor Text|Source Trust Flow|Source Citation Flow|Domain Trust Flow"
         "|Domain Citation Flow|Link First Indexed Date|Target URL",
         f"{S}|words|9|10|11|12|2020-01-01|{T}", {**BOTH, "majestic_domain_trust_flow": 11}),
    Case("Moz: inbound links",
         "URL|Title|Anchor Text|Spam Score|Page Authority|Domain Authority"
         "|Number of Domains Linking to this Page|Number of Domains Linking to Domain|Origin"
         "|Target URL|Link Equity|No Link Equity|Only rel=nofollow|Only follow|301",
         f"{S}|T|words|3|40|50|1|2|External|{T}|Yes|No|Yes|No|No",
         {**BOTH, "moz_domain_authority": 50, "moz_spam_score": 3, "nofollow": True},
         "Report: links\nSite: b.test\nDate: today\n\n"),
    Case("Moz: top pages", "URL|Title|PA|Total Links|Linking Domains to Page",
         "www.b.test/page|T|40|100|12",
         {"url": "http://www.b.test/page", "incoming_links": 100, "linking_sites": 12},
         "a\nb\nc\nd\ne\n"),
    Case("Bing: backlink pages", "Source Url|Anchor text|Target Url", f"{S}|words|{T}", BOTH),
    Case("Bing: backlink domains", "Domain|Backlinks Count", "https://www.a.test/|7",
         {"domain": "a.test", "backlinks": 7}),
    Case("Bing: backlink anchors", "Anchor|Backlinks Count", "words|7"),
    Case("DataForSEO: backlinks",
         "url_from|url_to|anchor|domain_from|dofollow|is_lost|first_seen|rank"
         "|backlink_spam_score",
         f"{S}|{T}|words|a.test|false|true|2019-11-15 12:57:46 +00:00|200|33",
         {**BOTH, "nofollow": True, "lost": True, "dataforseo_spam_score": 33}),
    Case("SE Ranking: backlinks",
         "url_from|url_to|title|anchor|nofollow|inlink_rank|domain_inlink_rank|last_visited",
         f"{S}|{T}|T|words|true|10|20|2025-01-01", {**BOTH, "seranking_inlink_rank": 10}),
    Case("Generic: backlinks", "Donor URL|Acceptor URL|Anchor", f"{S}|{T}|words", BOTH),
    Case("Generic: backlinks", "source_url|target_url|rel", f"{S}|{T}|nofollow ugc",
         {"nofollow": True}),
    Case("Generic: internal links", "source|target|anchor", f"{T}|{T}/2|words",
         {"source_url": T, "target_url": f"{T}/2"}),
    Case("linkplanner: priority pages", "url|weight|keywords|difficulty",
         f"{T}|2,5|blue widgets, red widgets|30",
         {"url": T, "weight": 2.5, "keywords": "blue widgets;red widgets", "difficulty": 30}),
    Case("linkplanner: priority pages", "URL|Keywords", f"{T}|a; b ;a",
         {"weight": 1.0, "keywords": "a;b"}),
    Case("Generic: traffic", "Page|Visits|Revenue", f"{T}|1,200|30.5",
         {"url": T, "sessions": 1200, "revenue": 30.5}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.title}-{len(c.header)}")
def test_report(case: Case) -> None:
    reading = read(case.header, case.row, case.above)
    assert reading.recognised_as == case.title
    if not case.expected:
        assert (reading.rows, reading.skipped) == (0, 1)
        assert reading.kind in ("other", "anchors")
        return
    assert (reading.rows, reading.skipped) == (1, 0)
    row = reading.frame.iloc[0]
    assert {name: row[name] for name in case.expected} == case.expected
    assert not [w for w in reading.warnings if "count as empty" in w]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_ahrefs_in_both_download_flavours(encoding: str) -> None:
    raw = data(AHREFS_37, AHREFS_ROW, "\t").encode(encoding)
    (reading,) = read_bytes("x-backlinks-subdomains_2026.csv", raw)
    assert (reading.live, reading.lost, reading.nofollow) == (0, 1, 1)
    assert len(reading.columns) == 37
    comma = read(AHREFS_37, AHREFS_ROW)
    pd.testing.assert_frame_equal(reading.frame, comma.frame)


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: r.title)
def test_a_report_recognises_its_own_header(report: Any) -> None:
    header = [column.names[0] for column in report.columns.values()]
    found = match(header, REPORTS)
    assert found is not None
    assert found.kind == report.kind


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: r.title)
def test_a_report_is_sound(report: Any) -> None:
    assert set(report.required) | set(report.any_of) <= set(report.columns)
    assert bool(report.explain) == (report.kind not in KIND_TABLES)
    assert all(column.names for column in report.columns.values())


def test_a_bad_priority_costs_its_row_only() -> None:
    text = f"url,weight\n{T},3\nno address,1\n{T}/2,-1\n{T}/3,abc\n{T},9\n"
    (reading,) = read_bytes("p.csv", text.encode())
    assert reading.frame[["url", "weight"]].to_numpy().tolist() == [[T, 3.0], [f"{T}/3", 1.0]]
    assert reading.skipped == 3
    assert "abc" in reading.warnings[0]


def test_repeated_backlinks_are_counted_and_kept() -> None:
    text = f"Source url,Target url,Anchor,Page ascore\n{S},{T},a,1\n{S},{T},b,1\n"
    (reading,) = read_bytes("b.csv", text.encode())
    assert reading.rows == 2
    assert "same page: 1." in reading.warnings[0]


def test_linking_pages_of_one_domain_are_doubted() -> None:
    (reading,) = read_bytes("l.csv", f"Linking page\n{T}\n{T}/2\n".encode())
    assert any("own site" in w for w in reading.warnings)


@pytest.mark.parametrize("rows", [999, 1000, 1001])
def test_only_a_full_export_warns(rows: int) -> None:
    lines = "".join(f"https://a{i}.test/,2026-01-01\n" for i in range(rows))
    (reading,) = read_bytes("l.csv", ("Linking page,Last crawled\n" + lines).encode())
    assert any("Exactly 1,000" in w for w in reading.warnings) == (rows == 1000)
