"""HTML, all inlinks, internal all and the sitemap of the sample tell the same story."""

import json
import re
from collections import Counter
from xml.etree import ElementTree

import pandas as pd
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from linkplanner.sample import Sample
from linkplanner.sample.exports import INLINK_COLUMNS, INTERNAL_COLUMNS


@pytest.fixture(scope="module")
def inlinks(sample: Sample) -> pd.DataFrame:
    return pd.read_csv(sample.inlinks, encoding="utf-8-sig", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def internal(sample: Sample) -> pd.DataFrame:
    return pd.read_csv(sample.internal, encoding="utf-8-sig", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def sitemap(sample: Sample) -> list[str]:
    root = ElementTree.fromstring(sample.sitemap.read_bytes())
    return [node.text or "" for node in root.iterfind(".//{*}loc")]


def absolute(sample: Sample, href: str) -> str:
    return href if "://" in href else sample.base_url + href


def anchor_of(node: LexborNode) -> str:
    return node.text().strip()


def test_shape_of_the_files(sample: Sample, inlinks: pd.DataFrame, internal: pd.DataFrame) -> None:
    for path, columns in ((sample.inlinks, INLINK_COLUMNS), (sample.internal, INTERNAL_COLUMNS)):
        data = path.read_bytes()
        assert data.startswith(b'\xef\xbb\xbf"')
        assert b"\r" not in data
        header = data.split(b"\n", 1)[0].decode("utf-8-sig")
        assert header == ",".join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in columns)
    assert len(inlinks) == sample.inlink_rows
    assert len(internal) == sample.internal_rows


def test_inlinks_are_the_links_of_the_html(
    sample: Sample, documents: dict[str, str], inlinks: pd.DataFrame
) -> None:
    """Same links in the same order with the same anchors, page by page."""
    links = inlinks[inlinks["Type"] == "Hyperlink"]
    by_source = dict(iter(links.groupby("Source", sort=False)))
    pages = [source for source in by_source if "?" not in source]
    assert len(pages) == len(documents) == sample.pages
    for path, document in documents.items():
        rows = by_source[sample.base_url + path]
        found = [
            (absolute(sample, a.attributes["href"] or ""), anchor_of(a))
            for a in LexborHTMLParser(document).css("a[href]")
        ]
        assert list(zip(rows["Destination"], rows["Anchor"], strict=True)) == found


def test_link_paths_lead_to_the_links(
    sample: Sample, documents: dict[str, str], inlinks: pd.DataFrame
) -> None:
    """Every tenth path, as a CSS selector, finds the very link; its area gives the position."""
    areas = {
        "Navigation": "nav a",
        "Header": "header > a, header > ul a",
        "Footer": "footer a",
        "Aside": "aside a",
        "Content": "main a, .breadcrumb a",
    }
    links = inlinks[
        (inlinks["Type"] == "Hyperlink") & ~inlinks["Source"].str.contains("?", regex=False)
    ]
    trees = {path: LexborHTMLParser(document) for path, document in documents.items()}
    for _, row in links.iloc[::10].iterrows():
        tree = trees[row["Source"].removeprefix(sample.base_url)]
        selector = row["Link Path"].removeprefix("//").replace("/", " > ")
        selector = re.sub(r"\[@class='([\w-]+)'\]", r".\1", selector)
        selector = re.sub(r"(\w+)\[(\d+)\]", r"\1:nth-of-type(\2)", selector)
        found = tree.css(selector)
        assert [absolute(sample, a.attributes["href"] or "") for a in found] == [row["Destination"]]
        inside = [a.mem_id for a in tree.css(areas[row["Link Position"]])]
        assert found[0].mem_id in inside


def test_every_position_and_type_occurs(inlinks: pd.DataFrame) -> None:
    links = inlinks[inlinks["Type"] == "Hyperlink"]
    positions = {"Navigation", "Header", "Footer", "Content", "Aside"}
    assert set(links["Link Position"]) == positions
    assert {"Image", "CSS", "HTML Canonical", "HTML Rel Next", "HTTP Redirect"} <= set(
        inlinks["Type"]
    )
    crumbs = links[links["Link Path"].str.contains("breadcrumb")]
    assert set(crumbs["Link Position"]) == {"Content"}
    assert len(crumbs) > 250
    assert (links["Follow"] == "false").any()
    assert ((links["Anchor"] == "") & (links["Alt Text"] != "")).any()
    assert (~links["Destination"].str.startswith("https://www.harrowfell.example/")).any()


def test_variants_repeat_the_links_of_their_product(sample: Sample, inlinks: pd.DataFrame) -> None:
    variants = [s for s in inlinks["Source"].unique() if "?color=" in s]
    assert len(variants) == sample.variants >= 10
    columns = [c for c in inlinks if c != "Source"]
    rows = inlinks[inlinks["Type"] != "HTTP Redirect"]
    for variant in variants[:4]:
        own = rows[rows["Source"] == variant][columns].reset_index(drop=True)
        base = rows[rows["Source"] == variant.split("?")[0]][columns].reset_index(drop=True)
        pd.testing.assert_frame_equal(own, base)


def test_internal_describes_the_html(
    sample: Sample, documents: dict[str, str], internal: pd.DataFrame
) -> None:
    rows = internal.set_index("Address")
    for path, document in documents.items():
        tree = LexborHTMLParser(document)
        row = rows.loc[sample.base_url + path]
        title, h1 = tree.css_first("title"), tree.css_first("h1")
        canonical = tree.css_first("link[rel=canonical]")
        robots = tree.css_first("meta[name=robots]")
        body = tree.body
        assert title and h1 and canonical and robots and body
        assert row["Title 1"] == title.text()
        assert row["H1-1"] == h1.text()
        assert row["Canonical Link Element 1"] == canonical.attributes["href"]
        assert row["Meta Robots 1"] == robots.attributes["content"]
        assert int(row["Size (bytes)"]) == len(document.encode())
        assert int(row["Word Count"]) == len(body.text(separator=" ").split()) or abs(
            int(row["Word Count"]) - len(body.text(separator=" ").split())
        ) <= 0.05 * int(row["Word Count"])
        assert row["Indexability Status"] == (
            "noindex" if "noindex" in (robots.attributes["content"] or "") else ""
        )


def test_internal_counts_the_inlinks(
    sample: Sample, internal: pd.DataFrame, inlinks: pd.DataFrame
) -> None:
    links = inlinks[
        (inlinks["Type"] == "Hyperlink") & inlinks["Destination"].str.startswith(sample.base_url)
    ]
    inside, outside = Counter(links["Destination"]), Counter(links["Source"])
    unique = links.drop_duplicates(["Source", "Destination"])["Destination"].value_counts()
    for _, row in internal.iterrows():
        assert int(row["Inlinks"]) == inside[row["Address"]]
        assert int(row["Outlinks"]) == outside[row["Address"]]
        assert int(row["Unique Inlinks"]) == unique.get(row["Address"], 0)


def test_status_codes_agree(internal: pd.DataFrame, inlinks: pd.DataFrame) -> None:
    told = dict(zip(internal["Address"], internal["Status Code"], strict=True))
    links = inlinks[inlinks["Destination"].isin(told)]
    assert (links["Status Code"] == links["Destination"].map(told)).all()
    assert set(told.values()) == {"0", "200", "301", "302", "404"}


def test_every_fault_is_there(
    sample: Sample, internal: pd.DataFrame, inlinks: pd.DataFrame, sitemap: list[str]
) -> None:
    rows = internal.set_index("Address")
    status = rows["Indexability Status"].value_counts()
    assert status["Redirected"] >= 5
    assert status["Canonicalised"] == sample.variants
    assert status["noindex"] == sample.noindex >= 2
    assert status["Client Error"] >= 3
    assert status["Blocked by robots.txt"] == 1
    chain = rows.loc[f"{sample.base_url}/rucksacks/", "Redirect URL"]
    assert rows.loc[chain, "Status Code"] == "301"
    assert [u for u in sitemap if u in sample.redirects] == [
        f"{sample.base_url}/services/boot-repair/"
    ]
    linked = set(inlinks.loc[inlinks["Type"] == "Hyperlink", "Destination"])
    assert len(linked & set(sample.broken)) >= 3
    assert len(linked & set(sample.redirects)) >= 4


def test_orphans(sample: Sample, inlinks: pd.DataFrame, sitemap: list[str]) -> None:
    """In the sitemap, and no other page links to them."""
    links = inlinks[inlinks["Type"] == "Hyperlink"]
    links = links[
        links["Source"].str.split("?").str[0] != links["Destination"].str.split("?").str[0]
    ]
    assert len(sample.orphans) >= 10
    assert set(sample.orphans) <= set(sitemap)
    assert not set(sample.orphans) & set(links["Destination"])
    kinds = Counter(url.split("/")[3] for url in sample.orphans)
    assert {"products", "blog", "services"} <= set(kinds)


def test_contextual_orphans(sample: Sample, inlinks: pd.DataFrame) -> None:
    """Linked, also through redirects, but from no other page's text."""
    rules = [rule.split() for rule in (sample.site / "_redirects").read_text().splitlines()]
    moved = {sample.base_url + old: sample.base_url + new for old, new, _ in rules}
    links = inlinks[inlinks["Type"] == "Hyperlink"]
    links = links.assign(Destination=links["Destination"].replace(moved).replace(moved))
    links = links[links["Source"].str.split("?").str[0] != links["Destination"]]
    in_content = (links["Link Position"] == "Content") & ~links["Link Path"].str.contains(
        "breadcrumb"
    )
    assert len(sample.contextual_orphans) >= 10
    assert set(sample.contextual_orphans) <= set(links["Destination"])
    assert not set(sample.contextual_orphans) & set(links.loc[in_content, "Destination"])
    assert f"{sample.base_url}/services/equipment-hire/" in sample.contextual_orphans


def test_crawl_depth(sample: Sample, internal: pd.DataFrame) -> None:
    depth = dict(zip(internal["Address"], internal["Crawl Depth"], strict=True))
    assert depth[f"{sample.base_url}/"] == "0"
    assert depth[f"{sample.base_url}/shop/tents/"] == "1"
    assert {depth[url] for url in sample.orphans} <= {"", *map(str, range(9))}
    assert depth[sample.orphans[0]] == ""


def test_sitemap_lists_indexable_pages(
    sample: Sample, internal: pd.DataFrame, sitemap: list[str]
) -> None:
    assert len(set(sitemap)) == len(sitemap)
    rows = internal.set_index("Address").loc[sitemap]
    assert (rows["Indexability"] == "Indexable").sum() == len(sitemap) - 1
    assert (sample.site / "sitemap.xml").read_bytes() == sample.sitemap.read_bytes()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "Organization"),
        ("/products/skerry-2-backpacking-tent/", "Product"),
        ("/services/tent-repair/", "Service"),
        ("/blog/how-to-take-a-bearing/", "Article"),
        ("/shop/tents/", "CollectionPage"),
    ],
)
def test_structured_data(documents: dict[str, str], path: str, kind: str) -> None:
    scripts = LexborHTMLParser(documents[path]).css('script[type="application/ld+json"]')
    kinds = [json.loads(script.text())["@type"] for script in scripts]
    assert kinds == ([kind] if path == "/" else [kind, "BreadcrumbList"])


def test_folder_answers_every_address(sample: Sample, internal: pd.DataFrame) -> None:
    """What the export calls a 200 is a file below site/, and nothing else is."""
    for _, row in internal.iterrows():
        path = row["Address"].removeprefix(sample.base_url).split("?")[0].lstrip("/")
        file = sample.site / path
        exists = (file / "index.html").is_file() if file.is_dir() else file.is_file()
        assert exists == (row["Status Code"] == "200"), row["Address"]


def test_robots_and_redirects_stand_beside_the_pages(sample: Sample) -> None:
    assert "Disallow: /account/" in (sample.site / "robots.txt").read_text()
    rules = (sample.site / "_redirects").read_text().splitlines()
    assert [f"{sample.base_url}{rule.split()[0]}" for rule in rules] == list(sample.redirects)
    assert all(re.fullmatch(r"/\S* /\S* 30[12]", rule) for rule in rules)
