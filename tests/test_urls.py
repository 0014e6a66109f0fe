"""The one canonicaliser: cases, laws, and the web platform's own tests."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner import urls
from linkplanner.errors import UrlError
from linkplanner.urls import (
    canonical,
    canonical_or_none,
    canonical_series,
    fold,
    host,
    path_words,
    registrable,
    registrable_series,
)

CASES = [
    ("HTTPS://WWW.Example.com", "https://www.example.com/"),
    ("https://example.com:443/a#part", "https://example.com/a"),
    ("http://example.com:8080/a", "http://example.com:8080/a"),
    ("https://example.com/a/../b/./c", "https://example.com/b/c"),
    ("https://example.com/%c3%a9", "https://example.com/%C3%A9"),
    ("https://example.com/é", "https://example.com/%C3%A9"),
    ("https://example.com/a?utm_source=x&b=2&gclid=3", "https://example.com/a?b=2"),
    ("https://example.com/a?utm_source=x", "https://example.com/a"),
    ("https://example.com/a?", "https://example.com/a"),
    ("https://example.com/a?b=&c", "https://example.com/a?b=&c"),
    ("https://user:pass@example.com/a", "https://example.com/a"),
    ("  https://example.com/a \n", "https://example.com/a"),
    ("https://bücher.example/", "https://xn--bcher-kva.example/"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_canonical(text: str, expected: str) -> None:
    assert canonical(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "example.com", "ftp://example.com/", "javascript:alert(1)", "mailto:a@b.c", "https://"],
)
def test_what_is_no_web_address_is_refused_in_quotes(text: str) -> None:
    with pytest.raises(UrlError, match=f"“{text[:5]}"):
        canonical(text)


def test_a_relative_address_is_joined() -> None:
    assert canonical("../b?x=1", "https://example.com/a/c/") == "https://example.com/a/b?x=1"


def test_an_address_over_the_limit_is_refused() -> None:
    with pytest.raises(UrlError, match="longer than 2,048"):
        canonical("https://example.com/" + "a" * 2048)


@given(st.text())
def test_no_text_raises_anything_else_and_canonical_is_idempotent(text: str) -> None:
    for candidate in (text, "https://example.com/" + text):
        url = canonical_or_none(candidate)
        if url is not None:
            assert canonical(url) == url


def test_a_column_keeps_its_index_and_missing_cells() -> None:
    column = pd.Series(["https://a.example", None, "no"], index=[5, 6, 7])
    result = canonical_series(column)
    assert result.loc[5] == "https://a.example/"
    assert result.isna().tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.example.com/a/", "https://example.com/a"),
        ("https://example.com/", "http://www.example.com/"),
        ("https://example.com/a/?b=1", "https://www.example.com/a?b=1"),
    ],
)
def test_spellings_of_one_page_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("www.shop.example.co.uk", "example.co.uk"),
        ("someone.blogspot.com", "someone.blogspot.com"),
        ("a.someone.tumblr.com", "someone.tumblr.com"),
        ("www.tumblr.com", "tumblr.com"),
        ("someone.github.io", "someone.github.io"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
        ("EXAMPLE.com.", "example.com"),
    ],
)
def test_registrable_domain(name: str, domain: str) -> None:
    assert registrable(name) == domain


def test_registrable_domain_of_the_public_suffix_list(shared: Callable[[str], Path]) -> None:
    """The list's own vectors, where ours and theirs mean the same (no bare suffixes)."""
    checked = 0
    for line in (shared("vectors/psl") / "tests.txt").read_text(encoding="utf-8").splitlines():
        name, _, domain = line.partition(" ")
        if line.startswith("//") or domain in ("", "null") or not name.isascii():
            continue
        checked += 1
        assert registrable(name) == domain.lower(), line
    assert checked > 30


def test_joins_of_the_web_platform_tests(shared: Callable[[str], Path]) -> None:
    cases = json.loads((shared("vectors/wpt") / "urltestdata.json").read_text(encoding="utf-8"))
    wanted = [c for c in cases if isinstance(c, dict) and not c.get("failure")]
    wanted = [c for c in wanted if c["protocol"] in ("http:", "https:") and "@" not in c["href"]]
    wanted = [c for c in wanted if (c["base"] or "").startswith("http")]
    assert len(wanted) > 80
    for case in wanted:
        ours = canonical(case["input"], case["base"])
        assert ours == canonical(case["href"].split("#")[0]), case


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://example.com/blog/red-shoes_for-men.html", "blog red shoes for men"),
        ("https://example.com/2024/11/05/caf%C3%A9", "café"),
        ("https://example.com/", ""),
    ],
)
def test_path_words(url: str, words: str) -> None:
    assert path_words(url) == words


@pytest.mark.parametrize(
    ("url", "holds_no_links"),
    [
        ("https://own.test/photo.JPG?size=2", True),
        ("https://own.test/shop/?add-to-cart=14588", True),
        ("https://own.test/shop/?page=2&add_to_wishlist=7", True),
        ("https://own.test/post/?replytocom=12#respond", True),
        ("https://own.test/?action=logout&key=1", True),
        ("https://own.test/report.pdf", False),
        ("https://own.test/shop/?page=2", False),
        ("https://own.test/forum?action=view", False),
        ("https://own.test/add-to-cart-buttons/", False),
        ("https://own.test/?add-to-cartoons=1", False),
    ],
)
def test_files_and_buttons_are_no_pages(url: str, holds_no_links: bool) -> None:
    assert urls.file_series(pd.Series([url])).tolist() == [holds_no_links]


def test_host() -> None:
    assert host("https://WWW.example.com/a") == "www.example.com"
    assert host("nothing") == ""


def _by_the_list(name: str) -> str:
    """The registrable domain as the suffix list's own reader gives it, without any shortcut."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(urls, "_two_labels", lambda _: "")
        return registrable.__wrapped__(name)


LABELS = st.sampled_from(["a", "www", "blogspot", "xn--a", "1", "_x", "co", "github", "city"])
RULES = st.sampled_from(sorted(rule.replace("*", "zz") for rule in urls._extractor().tlds)).map(
    lambda rule: rule.lstrip("!")
)
ENDINGS = RULES | st.sampled_from([*urls.FREE_HOSTS, "test", "1.2.3.4", "localhost", "internal"])


@given(st.lists(LABELS, max_size=3), ENDINGS)
def test_the_shortcut_for_plain_hosts_changes_no_registrable_domain(
    labels: list[str], ending: str
) -> None:
    name = ".".join([*labels, ending])
    assert registrable.__wrapped__(name) == _by_the_list(name)


ADDRESSES = st.builds(
    "{}://{}{}{}".format,
    st.sampled_from(["http", "https", "ftp"]),
    st.lists(LABELS, max_size=3).map(lambda labels: "".join(f"{label}." for label in labels)),
    ENDINGS | st.sampled_from(["[::1]", "A.Com", "a b.com"]),
    st.sampled_from(["", "/", ".", ":80/x.co.uk", "?a=b.com", "#b.de", ":pw@b.com/", "@b.de"]),
)


@given(st.lists(ADDRESSES | st.none() | st.sampled_from(["", "x", "https://"]), max_size=8))
def test_a_column_has_the_registrable_domains_of_its_addresses(texts: list[str | None]) -> None:
    column = pd.Series(texts, dtype="str", index=range(3, 3 + len(texts)))
    found = registrable_series(pd.concat([column, column]))
    expected = [None if text is None else registrable(host(text)) for text in texts] * 2
    assert [None if pd.isna(domain) else domain for domain in found] == expected
    assert (found.dtype, list(found.index)) == ("str", [*column.index, *column.index])
