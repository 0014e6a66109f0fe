"""The name that is allowed is that of the address, with its port where it has one."""

from urllib.parse import urlsplit

import pytest

from linkplanner.crawl.address import WHERE, Guard
from linkplanner.errors import FetchRefused
from linkplanner.ui.own_server import server_name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://staging.shop.test/sitemap.xml", "staging.shop.test"),
        ("http://Staging.Shop.test:8080/sitemap.xml", "staging.shop.test:8080"),
        ("http://127.0.0.1:5000/sitemap.xml", "127.0.0.1:5000"),
        ("http://[::1]:8000/sitemap.xml", "[::1]:8000"),
        ("http://name:secret@10.0.0.8/sitemap.xml", "10.0.0.8"),
    ],
)
def test_allowing_the_name_lets_the_address_through(url: str, name: str) -> None:
    assert server_name(url) == name

    parts = urlsplit(url)

    def ask(guard: Guard) -> None:
        guard.check_url(url)
        guard.addresses(parts.hostname or "", parts.port or 80)

    def nowhere(host: str) -> list[str]:
        return ["10.0.0.9"]

    with pytest.raises(FetchRefused) as refusal:
        ask(Guard(resolver=nowhere))
    assert WHERE in str(refusal.value)
    ask(Guard([server_name(url)], nowhere))
