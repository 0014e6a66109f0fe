"""No request leaves for a private address unless the user allowed exactly that host."""

import json
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

import ada_url
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.crawl.address import Guard, is_public
from linkplanner.errors import FetchRefused

PUBLIC = "93.184.216.34"


def may_ask(guard: Guard, url: str) -> bool:
    try:
        parts = ada_url.URL(guard.check_url(url))
        guard.addresses(parts.hostname, int(parts.port or (443 if "https" in url[:5] else 80)))
    except FetchRefused:
        return False
    return True


def test_all_published_cases(shared: Callable[[str], Path]) -> None:
    cases = [json.loads(line) for line in shared("vectors/ssrf_urls.jsonl").open(encoding="utf-8")]
    wrong = []
    for case in cases:
        guard = Guard((), lambda host, ip=case["resolves"]: [ip or PUBLIC])
        if may_ask(guard, case["url"]) != case["allowed"]:
            wrong.append(case)
    assert (len(cases), wrong) == (119, [])


@pytest.mark.parametrize(
    ("allow", "url", "expected"),
    [
        (["localhost"], "http://localhost/", True),
        (["LOCALHOST."], "http://localhost/", True),
        (["localhost"], "http://localhost:8000/", True),  # a usual port
        (["localhost"], "http://localhost:6379/", False),  # a data store on the same host
        (["localhost:6379"], "http://localhost:6379/", True),
        (["localhost:8000"], "http://localhost:8000/", True),
        (["localhost:8000"], "http://localhost/", False),
        (["localhost"], "http://127.0.0.1/", False),  # exactly that host
        (["127.0.0.1"], "http://2130706433/", True),  # the same host in another spelling
        (["[::1]:8000"], "http://[::1]:8000/", True),
        (["::1"], "http://[::1]/", True),
        (["stage.example"], "http://stage.example/", True),
        (["stage.example"], "http://other.example/", False),
    ],
)
def test_allowed_hosts_are_exact(allow: list[str], url: str, expected: bool) -> None:
    assert may_ask(Guard(allow, lambda host: ["10.0.0.7"]), url) is expected


@pytest.mark.parametrize(
    ("found", "used"),
    [
        ([PUBLIC, "10.0.0.5"], [PUBLIC]),
        (["::1", PUBLIC], [PUBLIC]),
        (["fe80::1%eth0", "2606:4700:4700::1111"], ["2606:4700:4700::1111"]),
    ],
)
def test_of_several_addresses_only_public_ones_are_used(found: list[str], used: list[str]) -> None:
    assert Guard((), lambda host: found).addresses("shop.example", 443) == used


def test_refusal_quotes_the_host_and_says_what_to_do() -> None:
    with pytest.raises(FetchRefused, match=r"“shop\.example”.*10\.0\.0\.5.*allow this host"):
        Guard((), lambda host: ["10.0.0.5"]).addresses("shop.example", 80)


@given(st.ip_addresses(v=4))
def test_wrapping_a_v4_address_never_makes_it_public(ip: object) -> None:
    number = int(ip)  # type: ignore[call-overload]
    for wrapped in (
        f"::ffff:{ip}",
        f"::{ip}",
        f"64:ff9b::{ip}",
        str(ip_address((0x2002 << 112) | (number << 80))),
    ):
        assert not is_public(wrapped)


@given(st.text(max_size=60))
def test_never_raises_anything_else(text: str) -> None:
    guard = Guard((), lambda host: [PUBLIC])
    may_ask(guard, f"http://{text}/")
    may_ask(guard, text)
    is_public(text)
