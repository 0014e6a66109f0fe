"""Tasks in other tools: Jira, Asana, Trello and calendars read them, and nothing in them runs."""

import csv
import io
import re
from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.export.trackers import TRACKERS, calendar, with_rate
from linkplanner.tables import TASKS

STAMP = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def tasks(text: str = "Link from a to b", due: object = "2026-12-01") -> pd.DataFrame:
    row = {"task_id": "abc", "kind": "add link", "page_url": "https://www.a.test/x",
           "instruction": text, "gain": 1.5, "effort_minutes": 30.0, "status": "approved",
           "owner": text, "notes": text, "due": pd.Timestamp(due) if due else pd.NaT}  # fmt: skip
    return TASKS.conform(pd.DataFrame([row]))


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_what_each_tool_asks_for() -> None:
    jira = rows(TRACKERS["Jira"](tasks()))[0]
    assert (jira["Summary"], jira["Due Date"]) == ("Add link: a.test/x", "2026-12-01")
    assert jira["Original Estimate"] == "1800"
    assert "Modelled gain: 1.500 points" in jira["Description"]
    asana = rows(TRACKERS["Asana"](tasks()))[0]
    assert (asana["Section/Column"], asana["Tags"]) == ("approved", "add-link")
    trello = rows(TRACKERS["Trello"](tasks(due=None)))[0]
    assert (trello["List Name"], trello["Due Date"]) == ("approved", "")


@pytest.mark.parametrize("tool", sorted(TRACKERS))
def test_no_cell_is_a_formula(tool: str) -> None:
    for row in rows(TRACKERS[tool](tasks("=HYPERLINK(1)"))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def test_gain_per_hour() -> None:
    assert with_rate(tasks())["gain_per_hour"].tolist() == [3.0]
    assert with_rate(tasks().assign(effort_minutes=0.0))["gain_per_hour"].isna().all()


@given(st.text(max_size=300))
def test_a_calendar_is_well_formed_whatever_the_text(text: str) -> None:
    data = calendar(tasks(text), STAMP)
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    whole = data.replace(b"\r\n ", b"").decode()
    assert whole.count("BEGIN:VEVENT") - whole.count("\\nBEGIN:VEVENT") >= 1
    names = [line.split(":")[0].split(";")[0] for line in whole.split("\r\n")[:-1]]
    assert names == ["BEGIN", "VERSION", "PRODID", "BEGIN", "UID", "DTSTAMP", "DTSTART", "DTEND",
                     "SUMMARY", "DESCRIPTION", "TRANSP", "END", "END"]  # fmt: skip
    assert "DTSTART;VALUE=DATE:20261201" in whole
    assert "DTEND;VALUE=DATE:20261202" in whole


def test_only_tasks_with_a_date_are_in_the_calendar() -> None:
    assert b"VEVENT" not in calendar(tasks(due=None), STAMP)
    assert re.search(rb"DTSTAMP:20261122T100000Z", calendar(tasks(), STAMP))
