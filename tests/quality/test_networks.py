"""Sites that share titles or addresses are found, whatever the order of rows."""

import pandas as pd
import pytest

from linkplanner.quality.networks import MEMBERS, NETWORKS, networks
from linkplanner.tables import BACKLINKS


def link(site: str, title: str = "", path: str = "", **more: object) -> dict[str, object]:
    row = {"source_domain": site, "source_url": f"https://{site}/{path}", "source_title": title}
    return row | {"target_url": "https://a.test/", "spam": 50.0, "worth": 0.1, "lost": False} | more


def found(*rows: dict[str, object]) -> tuple[pd.DataFrame, pd.DataFrame]:
    return networks(BACKLINKS.conform(pd.DataFrame(list(rows))))


CHAIN = (
    link("a.test", "Cheap garden chairs"),
    link("b.test", "CHEAP  garden chairs 2"),
    link("b.test", "", "posts/garden-chairs-2024-07"),
    link("c.test", "Something else", "posts/garden-chairs-2024-07"),
)


def test_sites_are_joined_over_titles_and_addresses() -> None:
    table, members = found(*CHAIN)
    assert list(table.columns) == list(NETWORKS)
    assert list(members.columns) == list(MEMBERS)
    assert table["sites"].tolist() == [3]
    assert table["backlinks"].tolist() == [4]
    assert set(members["source_domain"]) == {"a.test", "b.test", "c.test"}


@pytest.mark.parametrize("order", [[3, 1, 0, 2], [2, 3, 1, 0]])
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    table, members = found(*CHAIN)
    other, its_members = found(*[CHAIN[k] for k in order])
    pd.testing.assert_frame_equal(
        table[["sites", "backlinks", "spam"]], other[["sites", "backlinks", "spam"]]
    )
    assert set(members["source_domain"]) == set(its_members["source_domain"])


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (link("a.test", "Home"), link("b.test", "Home"), link("c.test", "Home")),  # too short
        (link("a.test", "One two three"), link("b.test", "One two three")),  # two sites
        tuple(link(f"{n}.test", "", "about-us") for n in range(5)),
        tuple(link(f"{n}.test", "One two three", lost=True) for n in range(5)),
    ],
)  # fmt: skip
def test_what_is_no_network(rows: tuple[dict[str, object], ...]) -> None:
    table, members = found(*rows)
    assert table.empty
    assert members.empty


def test_a_long_chain_is_one_network() -> None:
    rows = [
        link(f"s{n:03}.test", f"Words number {'abcdefghij'[k // 10]}{'abcdefghij'[k % 10]}")
        for n in range(80)
        for k in (n, n + 1)
    ]
    table, _ = found(*rows)
    assert table["sites"].tolist() == [80]


def test_what_makes_a_group_is_said_with_examples() -> None:
    table, _ = found(*CHAIN)
    row = table.iloc[0]
    assert row["alike"] == 2
    assert set(row["examples"].split(", ")) == {"a.test", "b.test", "c.test"}
    assert row["examples"].startswith("b.test")
