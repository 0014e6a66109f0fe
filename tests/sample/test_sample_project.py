"""The whole sample: the same bytes for a seed, quick, and of the promised size."""

import time
from pathlib import Path

import pandas as pd

from linkplanner.sample import Sample, write_sample
from linkplanner.urls import canonical


def read_site(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by relative path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_same_seed_same_bytes(sample: Sample, tmp_path: Path) -> None:
    start = time.process_time()
    again = write_sample(tmp_path / "again")
    assert time.process_time() - start < 5  # about 1.5 s on an idle machine; the aim is 3
    assert read_site(again.folder) == read_site(sample.folder)


def test_another_seed_is_another_shop_of_the_same_shape(sample: Sample, tmp_path: Path) -> None:
    other = write_sample(tmp_path, seed=8)
    assert other.pages == sample.pages
    assert set(other.broken) == set(sample.broken)
    assert (tmp_path / "site/index.html").read_bytes() != (sample.site / "index.html").read_bytes()


def test_size(sample: Sample) -> None:
    assert 280 <= sample.pages <= 320
    assert sample.products >= 160
    assert sample.articles >= 65
    assert sample.services == 6
    total = sum(len(data) for data in read_site(sample.folder).values())
    assert total < 12 * 2**20


def test_only_sources_stand_in_the_folder(sample: Sample) -> None:
    """Whoever loads the sample takes every file of the folder for a source."""
    files = sorted(p.name for p in sample.folder.iterdir() if p.is_file())
    assert files == [
        "ahrefs-backlinks.csv",
        "all_inlinks.csv",
        "internal_all.csv",
        "priorities.csv",
        "sitemap.xml",
    ]


def test_priorities(sample: Sample) -> None:
    rows = pd.read_csv(sample.priorities)
    assert list(rows.columns) == ["url", "weight", "keywords", "difficulty"]
    assert len(rows) == 12
    internal = pd.read_csv(sample.internal, encoding="utf-8-sig").set_index("Address")
    assert (internal.loc[rows["url"], "Indexability"] == "Indexable").all()
    assert rows["url"].isin(sample.orphans).sum() >= 2
    assert rows["url"].isin(sample.contextual_orphans).sum() >= 2
    assert rows["url"].map(canonical).equals(rows["url"])
