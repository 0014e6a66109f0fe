"""Public rankings: the format is read from the file, the lookup is compact, authority follows."""

import gzip
import io
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.errors import InputError
from linkplanner.quality.authority import authority
from linkplanner.quality.rankings import RANK_KNOTS, Rankings, read_rankings
from linkplanner.quality.visible import visible_authority
from linkplanner.settings import QualitySettings
from linkplanner.store.rankings import keep_rankings, load_rankings, rankings_mark, remove_rankings
from linkplanner.store.workspace import close_workspace, open_workspace
from linkplanner.tables import BACKLINKS

TRANCO = b"1,google.com\n2,example.org\n30000,shop.co.uk\n"
MAJESTIC = (
    b"GlobalRank,TldRank,Domain,TLD,RefSubNets,RefIPs,IDN_Domain,IDN_TLD,PrevGlobalRank\n"
    b"1,1,google.com,com,500,900,google.com,com,1\n2,1,example.org,org,4,5,example.org,org,2\n"
    b"30000,9,shop.co.uk,uk,1,2,shop.co.uk,uk,3\n"
)
COMMON_CRAWL = (
    b"#harmonicc_pos\t#harmonicc_val\t#pr_pos\t#pr_val\t#host_rev\t#n_hosts\n"
    b"1\t2.9e7\t1\t0.01\tcom.google\t5000\n2\t2.8e7\t3\t0.005\torg.example\t10\n"
    b"30000\t1e6\t9\t1e-9\tuk.co.shop\t1\n"
)


def zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("top-1m.csv", data)
    return out.getvalue()


FILES = [
    ("Tranco", TRANCO), ("Tranco", zipped(TRANCO)), ("Tranco", TRANCO.replace(b"\n", b"\r\n")),
    ("Majestic Million", MAJESTIC), ("Majestic Million", gzip.compress(MAJESTIC, mtime=0)),
    ("Common Crawl", COMMON_CRAWL), ("Common Crawl", gzip.compress(COMMON_CRAWL, mtime=0)),
]  # fmt: skip
ASKED = pd.Series(["example.org", "shop.co.uk", "unknown.example", None, "google.com"])


@pytest.mark.parametrize(("kind", "data"), FILES)
def test_formats(kind: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "ranking"
    path.write_bytes(data)
    for source in (data, path):
        found = read_rankings(source)
        assert (found.name, len(found)) == (kind, 3)
        assert np.array_equal(found.of(ASKED), [2, 30000, np.nan, np.nan, 1], equal_nan=True)
    found.save(tmp_path / "kept.npz")
    again = Rankings.load(tmp_path / "kept.npz")
    assert np.array_equal(again.of(ASKED), found.of(ASKED), equal_nan=True)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"a,b,c\n", b"\x1f\x8bxx", b"PK\x03\x04", MAJESTIC[:60]]
)
def test_other_files_are_told_apart(data: bytes) -> None:
    with pytest.raises(InputError, match=r"top\.csv"):
        read_rankings(data, "top.csv")


def test_no_such_file_and_no_such_lookup(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        read_rankings(tmp_path / "gone.csv")
    (tmp_path / "bad.npz").write_bytes(b"x")
    with pytest.raises(InputError, match="import it again"):
        Rankings.load(tmp_path / "bad.npz")


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(alphabet="abcxyz-", min_size=1, max_size=8), min_size=1, unique=True))
def test_every_domain_is_found_and_better_ranks_are_stronger(names: list[str]) -> None:
    domains = [f"{name}.example" for name in names]
    text = "".join(f"{n},{domain}\n" for n, domain in enumerate(domains, start=1))
    found = read_rankings(text.encode())
    assert found.of(pd.Series(domains)).tolist() == list(range(1, len(domains) + 1))
    assert (np.diff(found.authority(pd.Series(domains))) <= 0).all()
    assert (np.diff(np.array(RANK_KNOTS)[:, 1]) < 0).all()


def test_a_ranking_stands_in_for_missing_site_scores_only() -> None:
    rows = BACKLINKS.conform(
        pd.DataFrame(
            {
                "source_url": ["https://example.org/"] * 3 + ["https://unknown.example/"],
                "source_domain": ["example.org"] * 3 + ["unknown.example"],
                "ahrefs_domain_rating": [10.0, None, None, None],
                "semrush_page_ascore": [None, None, 0.0, None],
            }
        )
    )
    found = authority(rows, QualitySettings(), read_rankings(TRANCO))
    assert found["authority"][0] == 10
    assert found["authority"][1] > 90
    assert found["authority"][1] > found["authority"][2] > 60  # a weak page of a strong site
    assert found["estimated"].tolist() == [False, True, True, True]
    assert "estimated from Tranco" in found["reason"][1]
    assert "from the address" in found["reason"][3]


def test_the_address_alone() -> None:
    urls = pd.Series(
        ["https://example-of-many-words.com/", "http://example-of-many-words.com/",
         "https://blog.acme.com/", "https://me.blogspot.com/", "https://school.edu/", None, "x"]
    ).astype("str")  # fmt: skip
    plain, insecure, blog, free, school, none, bad = visible_authority(urls, 30.0)
    assert insecure < plain < blog
    assert free < 30 < school
    assert none == bad == 30


def test_one_ranking_for_the_workspace(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path)
    assert load_rankings(workspace) is None
    assert rankings_mark(workspace) == ""
    keep_rankings(workspace, read_rankings(TRANCO))
    first = rankings_mark(workspace)
    kept = load_rankings(workspace)
    assert kept is not None
    assert len(kept) == 3
    keep_rankings(workspace, read_rankings(TRANCO + b"4,b.example\n"))
    assert rankings_mark(workspace) != first
    remove_rankings(workspace)
    assert load_rankings(workspace) is None
    close_workspace(workspace)
