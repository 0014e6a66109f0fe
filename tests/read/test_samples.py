"""Every real export beside the project is recognised, with counts that were checked by hand.

The counts were taken with Python's csv module and plain string comparison, not with linkplanner.
"""

# ruff: noqa: E501

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from linkplanner.read import Reading, read_file
from linkplanner.read.build import KIND_TABLES

Shared = Callable[[str], Path]


@dataclass(frozen=True)
class Case:
    """What a file must give."""

    file: str
    recognised_as: str | None
    kind: str
    rows: int
    skipped: int = 0
    live: int | None = None
    lost: int | None = None
    nofollow: int | None = None


CASES = [
    Case("samples/ahrefs-backlinks-2023-csv__HoomanDehghaniML_csvfiles-for-gpt__investopedia_2023-05-15.csv", "Ahrefs: backlinks", "backlinks", 28, 0, 27, 1, 8),
    Case("samples/ahrefs-backlinks-sheets-resave__IsorinEmpirik_Seo-Juice-Analyzer__lamicrobyflo.fr_2025-12-02.csv", "Ahrefs: backlinks", "backlinks", 219, 0, 219, 0, 82),
    Case("samples/ahrefs-refips__zapatacreativo-bit_errores-caldea__www.caldea.com-refips-subdomains.csv", "Ahrefs: referring IPs", "other", 0, 1084),
    Case("samples/ahrefs-site-audit__powder677_texas-special-ed-site__canonical-points-to-redirect_2026-02-21.csv", "Ahrefs: site audit pages", "pages", 625),
    Case("samples/deepcrawl-all-pages-2018__coding-is-for-losers_seo-audit__predatornutrition_All_Pages_basic.csv", "DeepCrawl: all pages", "pages", 975),
    Case("samples/disavow-mixed-list__maesitos_disavow_tool__whitelist_urls.csv", "Google: disavow list", "disavow", 164, 5),
    Case("samples/disavow__binhnndigital_OpenDisavow__disavow.txt", "Google: disavow list", "disavow", 806),
    # one row is "(not set)"
    Case("samples/ga4-landing-page__neothink-society_neothink.com__ga4-landing-page.csv", "Google Analytics: landing pages", "traffic", 151, 1),
    Case("samples/gsc-latest-links-2020__johnmurch_sel-puppeteer__johnmurch.com-2020-07-15.csv", "Search Console: latest links", "backlinks", 18),
    Case("samples/gsc-latest-links__neothink-society_neothink.com__Latest_links-2025-09-26.csv", "Search Console: latest links", "backlinks", 2030),
    Case("samples/gsc-more-sample-links__VincentBang_oz-timber-floor__oztimberfloor-2026-05-18.csv", "Search Console: more sample links", "backlinks", 43),
    Case("samples/gsc-performance-pages-fr__GAP028_michelin-seo-dashboard__Pages.csv", "Search Console: performance pages", "traffic", 1000),
    Case("samples/gsc-performance-pages__neothink-society_neothink.com__Pages-2025-09-26.csv", "Search Console: performance pages", "traffic", 122),
    Case("samples/gsc-performance-pages__omac049_UAGC__Pages.csv", "Search Console: performance pages", "traffic", 156),
    Case("samples/gsc-query-page-fr-numbers__IsorinEmpirik_Seo-Juice-Analyzer__gsc_example.csv", "Search Console: performance by query and page", "traffic", 14),
    Case("samples/gsc-top-target-pages__VincentBang_oz-timber-floor__oztimberfloor-2026-05-18.csv", "Search Console: top target pages (internal)", "other", 0, 74),
    Case("samples/screamingfrog-all-inlinks-2025__friteuseb_internal_mesh__all_inlinks.csv", "Screaming Frog: links", "links", 2691, 622, nofollow=1),
    Case("samples/screamingfrog-all-outlinks-v9__nabillemen_r-internal-pagerank__all_outlinks.csv", "Screaming Frog: links", "links", 14041, 6265, nofollow=12),
    Case("samples/screamingfrog-column-schemas__Amaculus_screaming-frog-api__from_schemas_csv.txt", None, "other", 0, 627),
    Case("samples/screamingfrog-fr-internal-2025__RobinEz_lucide-kinetic__interne_tous.csv", "Screaming Frog: internal pages", "pages", 6, 3),
    Case("samples/screamingfrog-internal-2020__treizeez_multfun.github.io__internal_all.csv", "Screaming Frog: internal pages", "pages", 63, 50),
    Case("samples/screamingfrog-internal-2025__vaidikcode_cilium.io__internal_all.csv", "Screaming Frog: internal pages", "pages", 79, 136),
    Case("samples/screamingfrog-internal-html-2019__xalfox_similaridad__nutrisport_internal_html.csv", "Screaming Frog: internal pages", "pages", 1337),
    Case("samples/screamingfrog-internal-v10__databulle_ScreamingFrog-Python-Analysis__python.org_internal_all.csv", "Screaming Frog: internal pages", "pages", 2338, 2022),
    Case("samples/screamingfrog-internal__JLcilliers_chatterbuzz-wqa__davidsonhomes_internal_all.csv", "Screaming Frog: internal pages", "pages", 4090, 85),
    Case("samples/semrush-backlinks-csv__ThanaLamth_writing-qc__coinlineup.com-backlinks.csv", "Semrush: backlinks", "backlinks", 7235, 0, 6389, 846, 6418),
    Case("samples/semrush-backlinks-xlsx__JLcilliers_chatterbuzz-wqa__davidsonhomes.com-backlinks.xlsx", "Semrush: backlinks", "backlinks", 10000, 0, 6808, 3192, 4937),
    Case("samples/semrush-refdomains__zapatacreativo-bit_errores-caldea__www.caldea.com-backlinks_refdomains.csv", "Semrush: referring domains", "domains", 1827),
    Case("samples/sitemap-drupal__omac049_UAGC__blog-sitemap.xml", "Sitemap: XML", "sitemap", 437),
    Case("samples/sitemap__VincentBang_oz-timber-floor__sitemap.xml", "Sitemap: XML", "sitemap", 1973),
    Case("samples/sitemap__treizeez_multfun.github.io__sitemap.xml", "Sitemap: XML", "sitemap", 31),
    Case("samples/url-list__VincentBang_oz-timber-floor__old-wordpress-url-export.csv", "Generic: table with addresses", "pages", 536, 2),
    Case("labelled/ahrefs-is-spam.csv", "Ahrefs: backlinks", "backlinks", 742, 0, 561, 181, 228),
    Case("labelled/semrush-toxic-score.csv", "Semrush: backlink audit", "backlinks", 6845, nofollow=368),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file.partition("/")[2][:50])
def test_sample_is_recognised_with_its_counts(case: Case, shared: Shared) -> None:
    reading = _reading(shared(case.file))
    assert (reading.recognised_as, reading.kind) == (case.recognised_as, case.kind)
    assert (reading.rows, reading.skipped) == (case.rows, case.skipped)
    assert (reading.live, reading.lost, reading.nofollow) == (case.live, case.lost, case.nofollow)
    assert sum(reading.skipped_reasons.values()) == reading.skipped
    assert len(reading.frame) == reading.rows
    assert reading.message.endswith(".")
    if case.kind in KIND_TABLES:
        types = {name: str(dtype) for name, dtype in reading.frame.dtypes.items()}
        assert types == dict(KIND_TABLES[case.kind].columns)


def test_every_sample_has_a_case(shared: Shared) -> None:
    found = {
        f"{folder}/{p.name}" for folder in ("samples", "labelled") for p in shared(folder).iterdir()
    }
    assert found == {case.file for case in CASES}


@cache
def _reading(path: Path) -> Reading:
    (reading,) = read_file(path)
    return reading


def _case(shared: Shared, part: str) -> Reading:
    (file,) = [case.file for case in CASES if part in case.file]
    return _reading(shared(file))


def test_screaming_frog_positions_and_images(shared: Shared) -> None:
    frame = _case(shared, "all-inlinks-2025").frame
    counts = frame["position"].value_counts().to_dict()
    assert counts == {"navigation": 1938, "footer": 586, "content": 121, "header": 46}
    assert int(frame["is_image"].sum()) == 46
    assert frame["target_status"].dropna().between(0, 999).all()


def test_caps_are_told(shared: Shared) -> None:
    assert any("Exactly 10,000" in w for w in _case(shared, "backlinks-xlsx").warnings)
    assert any("Exactly 1,000" in w for w in _case(shared, "pages-fr").warnings)


def test_ahrefs_values(shared: Shared) -> None:
    frame = _case(shared, "2023-csv").frame
    assert str(frame["first_seen"][0]) == "2022-06-11 06:20:00"
    assert frame["ahrefs_domain_rating"][0] == 72
    assert frame["ahrefs_url_rating"][0] == 2.3
    assert frame["source_domain"][0] == "upnest.com"
    spam = _case(shared, "is-spam").frame
    assert spam["ahrefs_is_spam"].notna().all()
    assert int(spam["is_image"].sum()) == 58


def test_internal_pages_values(shared: Shared) -> None:
    frame = _case(shared, "internal-2020").frame.set_index("url")
    row = frame.loc["https://multfun.tk/"]
    assert (row["status"], row["redirect_to"]) == (301, "https://www.multfun.tk/")
    french = _case(shared, "fr-internal").frame
    assert french["title"].notna().all()
    assert french["words"].notna().all()


def test_french_numbers(shared: Shared) -> None:
    frame = _case(shared, "fr-numbers").frame
    assert frame.loc[0, ["clicks", "impressions", "position"]].tolist() == [24541, 34260, 1.0]
    assert frame["position"].max() == 5.7


def test_analytics_paths_are_joined_to_the_property(shared: Shared) -> None:
    frame = _case(shared, "ga4").frame
    assert frame["url"][0] == "https://www.neothink.com/"
    assert frame["sessions"][0] == 22347


def test_latest_links_have_no_target(shared: Shared) -> None:
    frame = _case(shared, "gsc-latest-links__").frame
    assert frame["target_url"].isna().all()
    assert frame["source_domain"].notna().all()
    assert frame["last_seen"].notna().all()
