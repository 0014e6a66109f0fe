"""One run's files in one folder."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from linkplanner.errors import InputError
from linkplanner.export.bundle import FILES, write_bundle
from linkplanner.export.csv import read_back
from linkplanner.tables import PLAN

MADE = datetime(2026, 11, 22)


class Result:
    """A fabricated result with the attribute `pages` that pages_export reads."""

    def __init__(self, fake: Any) -> None:
        self.frames, self.summary, self.model = fake.frames, fake.summary, fake.model
        self.pages = fake.frames["pages"]


class Analysis:
    """A fabricated analysis that gives frames by name, as pages_export reads them."""

    def __init__(self, fake: Any) -> None:
        self.frames, self.facts, self.warnings = fake.frames, fake.facts, fake.warnings

    def __getitem__(self, name: str) -> Any:
        return self.frames[name]


def bundled(folder: Path, fabricate: Any, **options: Any) -> list[str]:
    analysis, result = fabricate(**options)
    written = write_bundle(folder, Analysis(analysis), Result(result), made=MADE)  # type: ignore[arg-type]
    assert sorted(folder.iterdir()) == sorted(written)
    return [path.name for path in written]


def test_every_file_is_written(fabricate: Any, tmp_path: Path) -> None:
    assert bundled(tmp_path, fabricate) == list(FILES)
    plan = read_back((tmp_path / "plan.csv").read_bytes())
    assert list(plan.columns) == list(PLAN.columns)
    assert plan["rank"].tolist() == ["1", "2", "3"]
    assert "<!DOCTYPE html>" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_pages_carry_what_the_plan_changes(fabricate: Any, tmp_path: Path) -> None:
    bundled(tmp_path, fabricate)
    wanted = "seed equity_before equity_after reach depth links_in links_in_content orphan".split()
    pages = read_back((tmp_path / "pages.csv").read_bytes())
    assert set(wanted) <= set(pages.columns)
    assert len(pages) == 4


def test_the_summary_is_strict_json(fabricate: Any, tmp_path: Path) -> None:
    bundled(tmp_path, fabricate)

    def refuse(name: str) -> None:
        raise AssertionError(name)

    text = (tmp_path / "summary.json").read_text(encoding="utf-8")
    summary = json.loads(text, parse_constant=refuse)
    assert summary["points_after"] == 57.2
    assert summary["worst"] is None


def test_without_links_the_plan_is_empty_and_suggestions_stand_beside_it(
    fabricate: Any, tmp_path: Path
) -> None:
    assert "suggestions.csv" in bundled(tmp_path, fabricate, has_links=False)
    assert len(read_back((tmp_path / "plan.csv").read_bytes())) == 0
    assert len(read_back((tmp_path / "suggestions.csv").read_bytes())) == 3


def test_a_folder_that_is_a_file_is_told_in_one_sentence(fabricate: Any, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(InputError, match="cannot be written"):
        bundled(tmp_path / "out", fabricate)
