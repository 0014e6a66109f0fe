"""Disavow files: read, checked, merged, compared and written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.quality.disavow import (
    MAX_LINES,
    Entry,
    check_entries,
    compare,
    merge,
    parse_disavow,
    write_disavow,
)

LINES = [
    ("domain:example.com", Entry("example.com"), ""),
    ("Domain: Example.COM", Entry("example.com"), ""),  # a space and capitals, seen in the wild
    ("https://a.example/x", Entry("https://a.example/x", whole=False), ""),
    ("example.com", Entry("example.com"), "bare domain"),
    ("*.example.com", Entry("example.com"), "bare domain"),
    ("domain:*.example.com", Entry("example.com"), ""),
    ("domain:https://example.com/x", Entry("example.com"), "an address after"),
    ("domain:example.com/shop", None, "folder"),
    ("example.com/shop", None, "without https://"),
    ("domain:", None, "neither"),
    ("please remove", None, "neither"),
    ("ftp://example.com/", None, "no web address"),
]


@pytest.mark.parametrize(("line", "entry", "problem"), LINES, ids=[row[0] for row in LINES])
def test_line(line: str, entry: Entry | None, problem: str) -> None:
    entries, problems = parse_disavow(f"\ufeff# a comment\r\n\r\n{line}\r\n")
    assert entries == ([entry] if entry else [])
    assert [problem in text for text in problems["problem"]] == ([True] if problem else [])


RISKS = [
    ("domain:own.example", True, "your own site"),
    ("domain:shop.own.example", True, "your own site"),
    ("https://www.own.example/x", True, "your own site"),
    ("domain:friend.example", True, "decided to keep"),
    ("domain:org.br", True, "very many sites share"),
    ("domain:co.uk", True, "very many sites share"),
    ("domain:sites.google.com", True, "very many people"),
    ("domain:blogspot.com", True, "very many"),
    ("domain:wordpress.com", True, "very many people"),
    ("domain:someone.wordpress.com", None, ""),
    ("domain:www.bad.example", False, "without www."),
    ("https://bad.example/en/", False, "folder cannot be disavowed"),
    ("domain:bad.example", None, ""),
]


@pytest.mark.parametrize(("line", "serious", "problem"), RISKS, ids=[row[0] for row in RISKS])
def test_risk(line: str, serious: bool | None, problem: str) -> None:
    entries, _ = parse_disavow(line)
    found = check_entries(entries, ["own.example"], ["friend.example"])
    assert found["serious"].tolist() == ([] if serious is None else [serious])
    assert all(problem in text for text in found["problem"])


def test_entries_that_a_domain_covers_are_told() -> None:
    entries, _ = parse_disavow("domain:bad.example\ndomain:a.bad.example\nhttps://b.bad.example/x")
    found = check_entries(entries)
    assert found["entry"].tolist() == ["domain:a.bad.example", "https://b.bad.example/x"]
    assert not found["serious"].any()


def test_limits_of_the_file() -> None:
    entries = [Entry(f"s{n}.de") for n in range(MAX_LINES + 1)]
    found = check_entries([], text=write_disavow(entries))
    assert found["serious"].tolist() == [True]
    assert "100,001 lines" in found["problem"][0]
    long = [Entry(f"https://a.example/{'x' * 2000}{n}", whole=False) for n in range(1100)]
    assert "MB; Google takes 2 MB" in check_entries([], text=write_disavow(long))["problem"][0]


def test_comments_give_way_to_the_limits() -> None:
    entries = [Entry(f"s{n}.example") for n in range(60_000)]
    notes = {entry.line: "asked twice" for entry in entries}
    text = write_disavow(entries, notes, "List")
    assert "#" not in text
    assert check_entries([], text=text).empty


def test_a_note_never_becomes_an_entry() -> None:
    text = write_disavow([Entry("a.example")], {"domain:a.example": "x\ndomain:own.example"})
    assert parse_disavow(text)[0] == [Entry("a.example")]


ENTRIES = st.lists(
    st.builds(Entry, st.sampled_from(["a.example", "b.example", "c.d.example"]))
    | st.builds(
        Entry, st.sampled_from(["https://a.example/", "https://b.example/x"]), st.just(False)
    )
)


@settings(max_examples=40, deadline=None)
@given(ENTRIES, ENTRIES)
def test_merging_and_comparing(old: list[Entry], new: list[Entry]) -> None:
    both = merge(old, new)
    assert merge(both) == both == merge(new, old)
    assert set(both) == {*old, *new}
    assert parse_disavow(write_disavow(both))[0] == both
    changes = compare(old, new)
    added = set(changes.loc[changes["change"] == "added", "entry"])
    removed = set(changes.loc[changes["change"] == "removed", "entry"])
    assert ({e.line for e in old} | added) - removed == {e.line for e in new}
    assert compare(old, old).empty


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read_and_what_is_written_reads_back(text: str) -> None:
    entries, _ = parse_disavow(text)
    check_entries(entries, ["own.example"])
    assert parse_disavow(write_disavow(entries))[0] == merge(entries)


@pytest.mark.parametrize(("name", "entries"), [("disavow__", 806), ("disavow-mixed", 164)])
def test_real_files(shared: Callable[[str], Path], name: str, entries: int) -> None:
    (path,) = shared("samples").glob(f"{name}*")
    found, _ = parse_disavow(path.read_text("utf-8", errors="replace"))
    assert len(found) == entries
    text = write_disavow(found)
    assert parse_disavow(text)[0] == merge(found)
    assert not check_entries(found, text=text)["serious"].any()
