"""HTML into facts, links and text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.crawl.page import ParsedPage, count_words, parse_page
from linkplanner.tables import KINDS, POSITIONS

URL = "https://own.test/dir/page"


def parse(html: str | bytes, url: str = URL, **headers: str) -> ParsedPage:
    body = html.encode() if isinstance(html, str) else html
    return parse_page(url, body, {name.replace("_", "-"): v for name, v in headers.items()})


def positions(html: str) -> dict[str, str]:
    return {link.anchor: link.position for link in parse(html).links}


# --- What the page says of itself -------------------------------------------------------------


def test_title_heading_language() -> None:
    page = parse(
        "<html lang='en_GB'><head><title> A \n title </title></head>"
        "<svg><title>icon</title></svg><h1>One <b>two</b></h1><h1>later</h1>"
    )
    assert (page.title, page.h1, page.language) == ("A title", "One two", "en-gb")


@pytest.mark.parametrize(
    ("markup", "canonical"),
    [
        ("<link rel=canonical href=/c>", "https://own.test/c"),
        ("<link rel='CANONICAL' href='  https://own.test/a b '>", "https://own.test/a%20b"),
        ("<link rel=canonical href=../up#frag>", "https://own.test/up"),
        ("<link rel=canonical href=//other.test/>", "https://other.test/"),
        ("<link rel=canonical href=''>", None),
        ("<link rel=canonical href='http://'>", None),
        ("<link rel=alternate hreflang=de href=/de>", None),
        ("<base href='/b/'><link rel=canonical href=c>", "https://own.test/b/c"),
        ("</head><body><p>x<link rel=canonical href=/c>", None),  # only in the head, as Google does
        ("<link rel=canonical href=/c><link rel=canonical href=/d>", "https://own.test/c"),
    ],
)
def test_canonical(markup: str, canonical: str | None) -> None:
    assert parse(f"<head>{markup}").canonical == canonical


def test_canonical_of_the_header() -> None:
    assert parse("<p>x", link='</c>; rel="canonical"').canonical == "https://own.test/c"
    assert parse("<p>x", link="</c>; rel=preload; as=style").canonical is None


@pytest.mark.parametrize(
    ("markup", "header", "noindex", "nofollow"),
    [
        ("", "", False, False),
        ("<meta name=robots content='index, follow'>", "", False, False),
        ("<meta name=ROBOTS content='NOINDEX,nofollow'>", "", True, True),
        ("<meta name=googlebot content=none>", "", True, True),
        ("<meta name=otherbot content=noindex>", "", False, False),
        ("<meta name=robots content='noindex follow'>", "", True, False),
        ("<meta name=description content=noindex>", "", False, False),
        ("", "noindex", True, False),
        ("", "max-snippet:20, nofollow", False, True),
        ("", "otherbot: noindex, nofollow", False, False),
        ("", "otherbot: none, googlebot: noindex", True, False),
        ("", "unavailable_after: 25 Jun 2030 15:00:00 PST, noindex", True, False),
    ],
)
def test_robots(markup: str, header: str, noindex: bool, nofollow: bool) -> None:
    page = parse(markup + "<a href=/x>x</a>", x_robots_tag=header)
    assert (page.noindex, page.nofollow, page.links[0].nofollow) == (noindex, nofollow, nofollow)


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0;url=/b", "https://own.test/b"),
        ("0; URL='/b'", "https://own.test/b"),
        ("3;/b", "https://own.test/b"),
        ("0,url=b", "https://own.test/dir/b"),
        ("0;url=//127.0.0.1/", "http://127.0.0.1/".replace("http:", "https:")),
        ("60;url=/b", None),
        ("5", None),
        ("0;url=", None),
        (f"0;url={URL}", None),
        ("0;url=javascript:alert(1)", None),
        ("soon;url=/b", None),
    ],
)
def test_meta_refresh(content: str, target: str | None) -> None:
    assert parse(f'<meta http-equiv=Refresh content="{content}">').refresh_to == target


def test_a_refresh_for_browsers_without_scripts_is_none() -> None:
    html = "<head><noscript><meta http-equiv=refresh content='0;url=/b'></noscript>"
    assert parse(html).refresh_to is None


@pytest.mark.parametrize(
    ("body", "header"),
    [
        ("<title>Größe</title>".encode(), ""),
        ("<title>Größe</title>".encode("latin-1"), ""),
        ("<title>Größe</title>".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("<meta charset=windows-1252><title>Größe</title>".encode("cp1252"), ""),
        ("<title>Größe</title>".encode("utf-16"), ""),
        ("<title>Größe</title>".encode(), "text/html; charset=zlib"),
        ("<title>Größe</title>".encode(), "text/html; charset=unicode_escape"),
        ("<title>Größe</title>".encode("utf-8-sig"), "text/html; charset=latin-1"),
    ],
)
def test_encodings(body: bytes, header: str) -> None:
    assert parse(body, content_type=header).title == "Größe"


@pytest.mark.parametrize(
    ("url", "markup", "kind"),
    [
        ("https://own.test/", "", "home"),
        ("https://own.test/en/", "", "home"),
        ("https://own.test/?p=7", "", "other"),
        ("https://own.test/x", '{"@type":"Product"}', "product"),
        ("https://own.test/x", '{"@graph":[{"@type":"WebPage"},{"@type":["Report"]}]}', "article"),
        ("https://own.test/x", '{"@type":"http://schema.org/Service"}', "service"),
        ("https://own.test/x", "[" + ",".join(['{"@type":"Product"}'] * 3) + "]", "category"),
        ("https://own.test/x", '{"@type":"CollectionPage"}', "category"),
        ("https://own.test/x", '{"@type":"Article","about":{"@type":"Product"}}', "article"),
        ("https://own.test/products/shoe", "", "product"),
        ("https://own.test/product-category/shoes/", "", "category"),
        ("https://own.test/shop/", "", "category"),
        ("https://own.test/2026/01/05/hello", "", "article"),
        ("https://own.test/blog/hello", "{not json", "article"),
        ("https://own.test/servicios/limpieza", "", "service"),
        ("https://own.test/about", "", "other"),
        ("https://own.test/about", "[" * 100_000, "other"),
    ],
)  # fmt: skip
def test_kind(url: str, markup: str, kind: str) -> None:
    html = f'<script type="application/ld+json">{markup}</script>' if markup else ""
    assert parse(html, url).kind == kind


@pytest.mark.parametrize(
    ("classes", "kind"),
    [
        ("single single-product postid-1", "product"),
        ("archive tax-product_cat", "category"),
        ("single-post", "article"),
        ("page", "category"),
    ],
)
def test_kind_by_classes_of_the_body(classes: str, kind: str) -> None:
    html = f"<body class='{classes}'>"
    assert parse(html, "https://own.test/shop/").kind == kind


def test_kind_by_microdata() -> None:
    assert parse("<div itemscope itemtype='http://schema.org/Product'>").kind == "product"


# --- Links ------------------------------------------------------------------------------------


def test_links_with_their_words_and_rel() -> None:
    page = parse(
        """<a href=/a>One <b>two</b>
        three</a><a href="b" rel="nofollow UGC">b</a><a href=/c rel="sponsored,noopener">c</a>
        <a href=/img><img alt="Pic"></a><a href=/both><img alt="Pic"> words</a>
        <a href=/icon aria-label="Cart"><svg><title>icon</title></svg></a>
        <a name=anchor>no link</a>"""
    )
    rows = [(x.target_url[16:], x.anchor, x.is_image, x.nofollow, x.ugc, x.sponsored)
            for x in page.links]  # fmt: skip
    assert rows == [
        ("/a", "One two three", False, False, False, False),
        ("/dir/b", "b", False, True, True, False),
        ("/c", "c", False, False, False, True),
        ("/img", "Pic", True, False, False, False),
        ("/both", "words", False, False, False, False),
        ("/icon", "Cart", False, False, False, False),
    ]


@pytest.mark.parametrize(
    "href",
    ["#top", "", " ", "mailto:a@b.test", "tel:+49", "javascript:void(0)", "data:text/html,x",
     "http://", "page", "/a.JPG", "https://own.test/dir/page#x", "http://[bad", "https://a b/"],
)  # fmt: skip
def test_what_is_no_link_to_another_page(href: str) -> None:
    assert parse(f'<a href="{href}">x</a>').links == ()


@pytest.mark.parametrize(
    ("base", "target"),
    [
        ("/other/", "https://own.test/other/b"),
        ("https://cdn.test/x/", "https://cdn.test/x/b"),
        ("javascript:alert(1)", "https://own.test/dir/b"),
        ("", "https://own.test/dir/b"),
    ],
)
def test_base_is_respected(base: str, target: str) -> None:
    assert parse(f'<base href="{base}"><a href=b>b</a>').links[0].target_url == target


def test_exact_repeats_count_once() -> None:
    assert len(parse("<a href=/a>a</a><a href=/a>a</a><a href=/a>b</a>").links) == 2


def test_links_that_nobody_sees_are_none() -> None:
    html = "<body><template><a href=/a>a</a></template><noscript><a href=/b>b</a></noscript>"
    assert parse(html + "<script>'<a href=/c>c</a>'</script><!-- <a href=/d>d</a> -->").links == ()


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p><a href=/x>x</a>", "content"),
        ("<main><a href=/x>x</a>", "content"),
        ("<nav><ul class=content><a href=/x>x</a>", "navigation"),
        ("<header><a href=/x>x</a>", "header"),
        ("<header><nav><a href=/x>x</a>", "navigation"),
        ("<footer><nav><a href=/x>x</a>", "footer"),
        ("<aside><a href=/x>x</a>", "sidebar"),
        ("<article><header><a href=/x>x</a>", "content"),
        ("<article><footer><a href=/x>x</a>", "sidebar"),
        ("<nav aria-label=Breadcrumb><a href=/x>x</a>", "breadcrumb"),
        ("<header><div class=woocommerce-breadcrumb><a href=/x>x</a>", "breadcrumb"),
        ("<ol itemtype='https://schema.org/BreadcrumbList'><li><a href=/x>x</a>", "breadcrumb"),
        ("<ul vocab='https://schema.org/' typeof=BreadcrumbList><a href=/x>x</a>", "breadcrumb"),
        ("<blockquote><p>words</p><footer><cite><a href=/x>x</a>", "content"),
        ("<footer><blockquote><a href=/x>x</a>", "footer"),
        ("<div role=navigation><a href=/x>x</a>", "navigation"),
        ("<div role=contentinfo><a href=/x>x</a>", "footer"),
        ("<div role=complementary><a href=/x>x</a>", "sidebar"),
        ("<div class='site-footer dark'><a href=/x>x</a>", "footer"),
        ("<div id=sidebar><a href=/x>x</a>", "sidebar"),
        ("<div class=site-header><a href=/x>x</a>", "header"),
        ("<ul class='nav navbar-nav'><a href=/x>x</a>", "navigation"),
        ("<ul class=menu><a href=/x>x</a>", "navigation"),
        ("<section id=menu><a href=/x>x</a>", "content"),  # of a restaurant
        ("<div class=pagination><a href=/x>x</a>", "navigation"),
        ("<div class=related-posts><a href=/x>x</a>", "sidebar"),
        ("<div class='sidebar'><main><a href=/x>x</a>", "content"),
        # Parts of a token never count.
        ("<div class='elementor-widget elementor-widget-container'><a href=/x>x</a>", "content"),
        ("<div class=has-sidebar><a href=/x>x</a>", "content"),
        ("<div class=no-breadcrumbs><a href=/x>x</a>", "content"),
        ("<div class=unfooterlike><a href=/x>x</a>", "content"),
        ("<body class='sidebar footer'><p><a href=/x>x</a>", "content"),
    ],
)
def test_positions(html: str, expected: str) -> None:
    assert positions(html) == {"x": expected}


def test_a_link_stands_in_the_block_of_its_own_words() -> None:
    page = parse("<div>Pumps <a href=/x><h2>The pump</h2></a> 20.00</div>")
    assert [page.blocks[link.block].text for link in page.links] == ["The pump"]
    page = parse("<div>See <a href=/x>the pump<div>in red</div></a></div>")
    assert [page.blocks[link.block].text for link in page.links] == ["See the pump"]


# --- Text -------------------------------------------------------------------------------------


def test_main_text_is_a_paragraph_a_line_without_template() -> None:
    page = parse(
        """<header><p>Welcome to the shop</p></header><nav><li><a href=/>Home</a></nav>
        <main><h1>Shoes</h1><p>Made of <a href=/l>leather</a>, sewn<br>by hand.</p>
        <ul><li><a href=/1>First list entry</a><li><a href=/2>Second</a></ul>
        <div>Loose <b>words</b><p>Inside</p>after</div><script>var x</script>
        <table><tr><td>Size</td><td>42</td></tr></table><p>***</p></main>
        <footer><p>All rights reserved</p></footer>"""
    )
    assert page.text.split("\n") == [
        "Shoes", "Made of leather, sewn by hand.", "Loose words", "Inside", "after", "Size", "42",
    ]  # fmt: skip
    assert page.words == 13


def test_long_sentences_with_a_long_link_stay() -> None:
    page = parse("<p>Read more about all of it in <a href=/x>" + "a very long anchor " * 9 + "</a>")
    assert page.text.startswith("Read more")


@pytest.mark.parametrize(
    ("text", "words"), [("", 0), ("one two-three", 3), ("中文字 and 3", 5), ("Größe_x", 2)]
)
def test_words(text: str, words: int) -> None:
    assert count_words(text) == words


# --- Hostile markup ---------------------------------------------------------------------------

PIECES = st.sampled_from(
    "<a href=/x> </a> <p> </p> <nav> </nav> <main> <table> <td> </table> <svg> </svg> <template> "
    "<base href=x> <meta http-equiv=refresh content='0;url=//'> <title> </title> <h1> <body> "
    "</body> </html> <!-- --> <![CDATA[ ]]> <script> </script> <frameset> <select> <option> "
    "<math> <mi> <form> <button> &#xD800; &#0; \0 \ud800 href= rel=canonical '\" < > <link/> "
    "<meta name=robots> <html lang> <img alt=x> <br> <noscript> <ruby><rt> <plaintext>".split(" ")
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=60), st.text(max_size=30))
def test_any_markup_gives_a_page(pieces: list[str], header: str) -> None:
    body = "".join(pieces).encode("utf-8", errors="surrogatepass")
    names = ("content-type", "x-robots-tag", "link", "content-language")
    page = parse_page(URL, body, dict.fromkeys(names, header))
    assert page.kind in KINDS
    assert all(link.position in POSITIONS for link in page.links)
    for text in (page.title, page.h1, page.text, *(link.anchor for link in page.links)):
        text.encode()  # nothing that cannot be stored


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["", "utf-16", "gb2312", "iso-2022-jp", "utf-7"]))
def test_any_bytes_give_a_page(body: bytes, charset: str) -> None:
    parse_page(URL, body, {"content-type": f"text/html; charset={charset}"}).text.encode()


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 300_000,
        "<div><b></div>" * 100_000,
        "<a href=/x>" * 100_000,
        "<ruby><rt></b></div>" * 50_000,
        "<table><tr><td>" * 50_000,
        "<ul><li>" * 80_000,
        "".join(f"<b a={n}>" for n in range(3000)) + "<p>" * 3000,
        "x" * 3_000_000,
        "<" * 1_000_000,
        "<a href='" + "a" * 2_000_000,
        "<p>" * 200_000,
        "&amp;" * 500_000,
        "<svg>" + "<td>" * 50_000 + "</zz>" * 50_000,
        "<svg>" + "<g a=b/>" * 50_000 + "</zz>" * 50_000,
        "<div><table></div></table>" * 50_000,
        "<b><div></b>" * 60_000,
        "<button><p></button>" * 50_000,
        "<span><div></span>" * 50_000,
    ],
    ids=lambda html: html[:24],
)
def test_monsters_take_seconds_at_most(html: str) -> None:
    begin = time.process_time()
    page = parse(html)
    assert time.process_time() - begin < 8
    assert len(page.text) <= 2 * 2**20 + 1000


def test_numbers_are_limited() -> None:
    page = parse("".join(f"<a href=/{n}>x</a> " for n in range(12_000)))
    assert len(page.links) == 10_000


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("", ["content", "navigation", "content"]),
        ("#text", ["sidebar", "navigation", "content"]),
        (".text", ["content", "navigation", "content"]),  # no such element: as without
        ("p[", ["content", "navigation", "content"]),  # no selector
    ],
)
def test_the_user_says_where_the_main_content_is(selector: str, expected: list[str]) -> None:
    html = (
        b"<div><p>Words <a href=/a>a</a> before.</div><div id=text><nav><a href=/b>b</a></nav>"
        b"<p>Words of the text <a href=/c>c</a>.</div>"
    )
    got = parse_page("https://own.test/", html, {}, selector)
    assert [link.position for link in got.links] == expected
    assert ("before" in got.text) == (expected[0] == "content")
