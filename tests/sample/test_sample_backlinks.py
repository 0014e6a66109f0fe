"""The backlink export: Ahrefs' format, every sort of link, for any site."""

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.errors import InputError
from linkplanner.sample import Sample, TargetFacts, write_ahrefs_backlinks
from linkplanner.sample.backlinks import AHREFS_COLUMNS
from linkplanner.sample.sources import NETWORKS, SORTS


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, sep="\t", encoding="utf-16", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def rows(sample: Sample) -> pd.DataFrame:
    return read(sample.backlinks)


def in_network(rows: pd.DataFrame) -> pd.Series:
    titles = [title for name in NETWORKS for title in SORTS[name].titles]
    return rows["Referring page title"].isin(titles)


def test_format(sample: Sample, rows: pd.DataFrame) -> None:
    data = sample.backlinks.read_bytes()
    assert data.startswith(b"\xff\xfe")
    text = data.decode("utf-16")
    assert "\r" not in text
    first = text.split("\n", 1)[0]
    assert first == "\t".join(f'"{column}"' for column in AHREFS_COLUMNS)
    assert len(AHREFS_COLUMNS) == 37
    assert len(rows) == sample.backlink_rows == 600


def test_every_sort_occurs(sample: Sample) -> None:
    assert set(sample.backlink_sorts) == {*SORTS, "redirect"}
    assert sum(sample.backlink_sorts.values()) == 600


def test_flags_types_and_losses(rows: pd.DataFrame) -> None:
    for column in ("Nofollow", "UGC", "Sponsored", "Content", "Is spam"):
        assert set(rows[column]) == {"true", "false"}
    assert set(rows["Type"]) == {"text", "image", "redirect"}
    lost = rows["Lost"] != ""
    told = (rows["Lost status"] != "") ^ (rows["Drop reason"] != "")
    assert (lost == told).all()
    assert 0.15 < lost.mean() < 0.4
    assert rows["Lost status"].nunique() > 4


def test_dates_are_in_order(rows: pd.DataFrame) -> None:
    first, last = pd.to_datetime(rows["First seen"]), pd.to_datetime(rows["Last seen"])
    lost = pd.to_datetime(rows["Lost"].replace("", None))
    assert (first <= last).all()
    assert ((last <= lost) | lost.isna()).all()


def test_spelling_of_targets_varies(sample: Sample, rows: pd.DataFrame) -> None:
    targets = rows["Target URL"]
    assert targets.str.startswith("http://").sum() > 5
    assert targets.str.startswith(("https://harrowfell", "http://harrowfell")).sum() > 5
    assert (~targets.str.endswith(("/", ".html", ".pdf"))).sum() > 5
    exact = targets.str.startswith(sample.base_url)
    assert exact.mean() > 0.75


def test_old_addresses_have_good_links(sample: Sample, rows: pd.DataFrame) -> None:
    """404s and redirects are worth repairing: each has live or lost links from strong sites."""
    linked = rows["Redirect Chain URLs"].where(
        rows["Redirect Chain URLs"] != "", rows["Target URL"]
    )
    key = linked.str.replace(r"^https?://(www\.)?|/$", "", regex=True)
    strong = rows["Domain rating"].astype(float) > 50
    for url in (*sample.broken, *sample.redirects):
        hits = key == url.removeprefix("https://www.").rstrip("/")
        assert hits.sum() >= 3, url
        assert (hits & strong).any(), url


def test_redirect_chains_match_their_codes(rows: pd.DataFrame) -> None:
    chains = rows[rows["Redirect Chain URLs"] != ""]
    assert len(chains) > 10
    urls, codes = chains["Redirect Chain URLs"], chains["Redirect Chain status codes"]
    assert (urls.str.count(",") == codes.str.count(",")).all()
    assert not any(t in u.split(", ") for t, u in zip(chains["Target URL"], urls, strict=True))


def test_anchors_that_break_careless_readers(rows: pd.DataFrame) -> None:
    first = set(rows["Anchor"].str[:1])
    assert set("=+-@") <= first
    text = "".join(rows["Anchor"])
    assert any("\u4e00" <= c <= "\u9fff" for c in text)
    assert any(c > "\U0001f000" for c in text)
    assert "\u200b" in text
    assert rows["Anchor"].str.contains('"', regex=False).any()


def test_spam_networks_look_like_networks(rows: pd.DataFrame) -> None:
    spam = rows[in_network(rows)]
    assert len(spam) > 100
    for _, group in spam.groupby("Referring page title"):
        hosts = group["Referring page URL"].str.split("/").str[2]
        days = pd.to_datetime(group["First seen"])
        assert hosts.nunique() >= 20
        assert days.max() - days.min() <= pd.Timedelta(days=3)
        assert (group["Domain traffic"] == "0").all()
        assert group["External links"].astype(int).min() >= 180
        assert group["Domain rating"].astype(float).max() <= 11
    assert spam["Referring page URL"].str.contains(r"https://[a-z-]+-\d{4}\.(?:xyz|top)/").all()
    assert (spam["Is spam"] == "true").mean() > 0.6


def test_good_links_fit_their_target(sample: Sample, rows: pd.DataFrame) -> None:
    strong = rows[rows["Domain rating"].astype(float) >= 58]
    strong = strong[strong["Target URL"].str.contains("/shop/tents/")]
    strong = strong[strong["Referring page title"].str.len() > 0]
    about = strong[["Referring page title", "Left context", "Right context"]].agg(" ".join, axis=1)
    assert len(strong) >= 2
    assert about.str.contains("(?i)tents").mean() > 0.7


def test_sources_are_invented(rows: pd.DataFrame) -> None:
    hosts = rows["Referring page URL"].str.split("/").str[2]
    junk = hosts.str.fullmatch(r"[a-z-]+-\d{4}\.(?:xyz|top|click|site|icu)")
    assert (junk | hosts.str.endswith(".example")).all()
    assert hosts.nunique() > 200


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    targets = ["https://a.example/", "https://a.example/b/"]
    for name, seed in (("1", 3), ("2", 3), ("3", 4)):
        write_ahrefs_backlinks(tmp_path / name, targets, seed)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
    assert (tmp_path / "1").read_bytes() != (tmp_path / "3").read_bytes()


@pytest.mark.parametrize("count", [1, 12, 60, 600])
def test_any_number_of_rows(tmp_path: Path, count: int) -> None:
    path = tmp_path / "links.csv"
    counts = write_ahrefs_backlinks(path, ["https://site.example/"], 1, count)
    assert sum(counts.values()) == len(read(path)) == count


@settings(max_examples=15, deadline=None)
@given(
    paths=st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30),
        min_size=1,
        max_size=8,
    ),
    seed=st.integers(0, 99),
)
def test_any_site(tmp_path_factory: pytest.TempPathFactory, paths: list[str], seed: int) -> None:
    """Whatever the addresses, the file parses and every row points to one of them."""
    targets = [f"https://shop.example/{path.replace('?', '')}" for path in paths]
    file = tmp_path_factory.mktemp("any") / "links.csv"
    write_ahrefs_backlinks(file, targets, seed, 40)
    found = read(file)
    assert len(found) == 40
    assert Counter(found["Target URL"].str.contains("shop.example")) == {True: 40}


def test_no_target_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="at least one address"):
        write_ahrefs_backlinks(tmp_path / "x", [], 1)


def test_topics_reach_titles_and_contexts(tmp_path: Path) -> None:
    facts = TargetFacts(topics={"https://a.example/x/": "beehives"})
    write_ahrefs_backlinks(tmp_path / "x", ["https://a.example/x/"], 1, 60, facts)
    found = read(tmp_path / "x")
    text = found["Referring page title"] + found["Left context"] + found["Right context"]
    assert text.str.contains("(?i)beehives").mean() > 0.3
