"""LibreOffice opens what we write: every hostile text is a text there, and survives."""

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from linkplanner.export.cells import legal
from linkplanner.export.csv import read_back, safe_csv
from linkplanner.export.xlsx import workbook

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture
def vectors(shared: Callable[[str], Path]) -> list[dict[str, str]]:
    lines = (shared("vectors") / "csv_formula.jsonl").read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert len(found) == 46
    return found


@pytest.fixture
def values(vectors: list[dict[str, str]]) -> list[str]:
    return [vector["value"] for vector in vectors]


def opened(file: Path, place: Path, reader: str) -> list[list[str]]:
    """The cells as LibreOffice shows them: a live formula would be seen by its result."""
    out = place / "out"
    subprocess.run(
        [str(OFFICE), f"-env:UserInstallation=file://{place}/profile", "--headless",
         *([f"--infilter={reader}"] if reader else []),
         "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false",
         "--outdir", str(out), str(file)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    text = (out / f"{file.stem}.csv").read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.long
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["csv", "tsv", "xlsx"])
def test_every_vector_is_text_in_libreoffice(
    kind: str, vectors: list[dict[str, str]], values: list[str], tmp_path: Path
) -> None:
    frame = pd.DataFrame({"value": pd.Series(values, dtype="str"), "n": range(len(values))})
    file = tmp_path / f"vectors.{kind}"
    data = {
        "csv": lambda: safe_csv(frame),
        "tsv": lambda: safe_csv(frame, "\t"),
        "xlsx": lambda: workbook({"v": frame}),
    }[kind]()
    file.write_bytes(data)
    # separator, quote, UTF-8, first line, formats, language, quoted as text, special numbers,
    # formulas: as a user who clicks the file open
    readers = {"csv": "CSV:44,34,76,1,,0,false,false", "tsv": "CSV:9,34,76,1,,0,false,false"}
    seen = opened(file, tmp_path, readers.get(kind, ""))
    assert len(seen) == len(values) + 1
    harmless = {v["value"] for v in vectors if v["kind"] == "benign"} if kind != "xlsx" else set()
    for value, (cell, number) in zip(values, seen[1:], strict=True):
        if value not in harmless:  # a program may show 1e5 in a CSV file as the number it is
            assert plain(cell.removeprefix("'" * (kind != "xlsx"))) == plain(value), number


def plain(text: str) -> str:
    return " ".join(legal(text).split())


@pytest.mark.parametrize("separator", [",", "\t"])
def test_every_vector_comes_back_from_csv_and_tsv(separator: str, values: list[str]) -> None:
    frame = pd.DataFrame({"value": pd.Series(values, dtype="str")})
    data = safe_csv(frame, separator)
    assert read_back(data, separator)["value"].tolist() == values
    cells = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))
    assert not any(
        cell[:1] in set("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20") for row in cells for cell in row
    )
