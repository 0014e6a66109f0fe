"""The data report: every row of every file is accounted for."""

from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.read import read_bytes
from linkplanner.read.reading import Reading
from linkplanner.settings import EquitySettings
from linkplanner.site.assemble import Pieces, assemble
from linkplanner.site.data_report import COLUMNS, data_report
from linkplanner.tables import PAGES
from linkplanner.ui.data_report import OLD_DAYS, needs_table, report_lines, report_table
from linkplanner.ui.sources import missing
from linkplanner.ui.texts.data import REPORT_COLUMNS as NAMES

FILES = {
    "urls.xml": b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    b"<url><loc>https://a.test/</loc><lastmod>2026-01-05</lastmod></url>"
    b"<url><loc>https://a.test/x</loc><lastmod>2026-03-05</lastmod></url>"
    b"<url><loc>https://b.test/x</loc></url></urlset>",
    "one.csv": b"source_url,target_url,anchor,first_seen\n"
    b"https://s.test/1,https://a.test/x,x,2025-01-02\n"
    b"https://s.test/1,https://a.test/x,y,2025-01-02\n"
    b"https://s.test/2,https://a.test/gone,x,2025-02-02\n"
    b"oops,https://a.test/x,x,2025-01-02\n",
    "two.csv": b"source_url,target_url,anchor\nhttps://s.test/1,https://a.test/x,x\n",
    "visits.csv": b"Page path,Views,Sessions\n/x,4,3\n/none,2,1\n",
    "odd.csv": b"colour,size\nred,3\nblue,4\n",
}


def read() -> list[Reading]:
    return [reading for name, data in FILES.items() for reading in read_bytes(name, data)]


@pytest.fixture(scope="module")
def report() -> pd.DataFrame:
    readings = read()
    pages = assemble(Pieces.of(readings), EquitySettings()).pages
    return data_report(readings, pages).set_index("file", drop=False)


def test_every_file_has_a_row_with_declared_columns(report: pd.DataFrame) -> None:
    assert list(report["file"]) == list(FILES)
    assert {name: str(dtype) for name, dtype in report.dtypes.items()} == COLUMNS


def test_taken_skipped_repeated_and_shared(report: pd.DataFrame) -> None:
    one = report.loc["one.csv"]
    assert (one["rows"], one["skipped"], one["repeated"], one["elsewhere"]) == (3, 1, 1, 2)
    assert "no web address" in one["why_skipped"]
    assert "such as “oops”" in one["why_skipped"]
    assert report.loc["two.csv", "elsewhere"] == 1
    assert report.loc["urls.xml", "why_skipped"].endswith("(such as “https://b.test/x”)")


def test_matched_to_pages(report: pd.DataFrame) -> None:
    assert report.loc["one.csv", ["matched", "unmatched"]].tolist() == [2, 1]
    assert report.loc["urls.xml", ["matched", "unmatched"]].tolist() == [2, 0]
    assert report.loc["visits.csv", ["matched", "unmatched"]].tolist() == [1, 1], "paths are joined"
    assert report.loc["odd.csv", ["matched", "unmatched"]].isna().all()


def test_dates(report: pd.DataFrame) -> None:
    assert report.loc["urls.xml", "newest"] == pd.Timestamp("2026-03-05")
    assert report.loc["one.csv", "oldest"] == pd.Timestamp("2025-01-02")
    assert pd.isna(report.loc["two.csv", "newest"])


def test_a_refused_file_says_why(report: pd.DataFrame) -> None:
    assert pd.isna(report.loc["odd.csv", "report"])
    assert "“colour”" in report.loc["odd.csv", "message"]


def test_nothing_gives_an_empty_report() -> None:
    empty = data_report([], PAGES.empty())
    assert (len(empty), list(empty)) == (0, list(COLUMNS))


ROWS = st.lists(
    st.tuples(st.sampled_from(["https://s.test/1", "https://s.test/2", "", "no"]),
              st.sampled_from(["https://a.test/", "https://a.test/x", "x"])),
    max_size=8,
)  # fmt: skip


@given(st.lists(ROWS, min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_no_row_is_unaccounted_for(files: list[list[tuple[str, str]]]) -> None:
    readings = []
    for number, rows in enumerate(files):
        text = "source_url,target_url\n" + "".join(f"{a},{b}\n" for a, b in rows)
        readings += read_bytes(f"{number}.csv", text.encode())
    report = data_report(readings, PAGES.empty())
    for (_, row), reading, rows in zip(report.iterrows(), readings, files):
        assert row["rows"] + row["skipped"] == len(rows)
        if row["skipped"]:
            assert "such as" in row["why_skipped"] or "" in {cell for pair in rows for cell in pair}
        assert (
            row["repeated"]
            == reading.frame.get(["source_url", "target_url"], pd.DataFrame()).duplicated().sum()
        )
        assert 0 <= row["elsewhere"] <= row["rows"]
        if row["rows"]:
            assert row["matched"] + row["unmatched"] == row["rows"]


def test_in_words_and_as_a_table(report: pd.DataFrame) -> None:
    now = datetime(2026, 3, 15, tzinfo=UTC)
    table = report_table(report.reset_index(drop=True), now)
    assert list(table) == list(NAMES.values())
    assert table["Age (days)"].tolist()[0] == 10
    assert table["Taken for"].tolist()[-1] == "not used"
    text = " ".join(report_lines(report, now))
    assert "“one.csv” is 406 days old" in text
    assert "urls.xml" not in text
    assert "1 backlink points at pages" in text
    assert OLD_DAYS == 90


def test_a_sitemap_is_not_as_old_as_the_pages_in_it() -> None:
    rows = "<url><loc>https://own.test/</loc><lastmod>2020-01-01</lastmod></url>"
    readings = read_bytes("sitemap.xml", f"<urlset>{rows}</urlset>".encode())
    lines = report_lines(data_report(readings, PAGES.empty()), datetime(2026, 3, 15, tzinfo=UTC))
    assert not any("days old" in line for line in lines)


def test_what_screens_wait_for_goes_into_the_workbook() -> None:
    table = needs_table(missing(["backlinks"]))
    assert table.loc[table["Screen"] == "Backlinks", "Has its data"].tolist() == ["yes"]
    waiting = table[table["Has its data"] == "no"]
    assert len(waiting) == len(table) - 1
    assert (waiting["What to add"] != "").all()
