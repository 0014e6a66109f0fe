"""A column of addresses is spelt as each of them alone, and as the parser alone would spell it."""

import re

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner import urls
from linkplanner.read.addresses import addresses


def of_column(texts: list[str]) -> list[str | None]:
    found: list[str | None] = addresses(pa.array(texts, pa.large_string())).to_pylist()
    return found


def parsed(text: str) -> str | None:
    """What the parser makes of it, without the look at plain ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(urls, "_PLAIN", re.compile("(?!)"))
        return urls.canonical_or_none(text)


PARTS = st.text(alphabet="aZ09.-_~/%?#:@x n", max_size=12)
HOSTS = st.sampled_from(
    ["www.example.com", "a.test", "EXAMPLE.com", "1.2.3.4", "a.1", "xn--a.com", "a--b.com", "a..b",
     "-a.com", "a-.com", "localhost", "a.b.c.de", "0x7f.1", "a.0x1f"]
)  # fmt: skip


@given(st.sampled_from(["http://", "https://", "HTTP://", "ftp://", ""]), HOSTS, PARTS)
def test_the_shortcut_never_differs_from_the_parser(scheme: str, host: str, rest: str) -> None:
    for text in (f"{scheme}{host}{rest}", f"{scheme}{host}/{rest}"):
        assert urls.canonical_or_none(text) == parsed(text)
        assert of_column([text, "", text]) == [parsed(text), None, parsed(text)]


@given(st.lists(st.text(max_size=20)))
def test_any_text_in_a_column(texts: list[str]) -> None:
    assert of_column(texts) == [parsed(text) for text in texts]


def test_addresses_over_the_limit_are_none() -> None:
    long = "https://a.test/" + "b" * urls.URL_LIMIT
    assert of_column([long, long[: urls.URL_LIMIT]]) == [None, long[: urls.URL_LIMIT]]
    assert urls.canonical_or_none(long) is None


@pytest.mark.parametrize("path", ["/", "/a", "/a/", "/a.b/c-d_e~f.html", "/2024/01/"])
def test_plain_addresses_are_not_parsed(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urls.ada_url, "URL", None)
    text = f"https://www.example.co.uk{path}"
    assert urls.canonical(text) == text
    assert of_column([text]) == [text]


@pytest.mark.parametrize(
    "text", ["http://a.test/../b", "http://a.test/./", "http://a.test", "http://a.test/a?b=1#c"]
)
def test_others_are(text: str) -> None:
    assert urls.canonical_or_none(text) == parsed(text) != text or "?" in text
