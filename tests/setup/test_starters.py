"""The files that are double clicked."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(os.name == "nt", reason="start.command is for macOS and Linux")


def test_the_windows_starter_has_windows_line_ends() -> None:
    data = (ROOT / "start.bat").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 5
    assert data.isascii()


@posix
def test_the_starter_can_be_executed() -> None:
    assert os.access(ROOT / "start.command", os.X_OK)


@posix
def test_the_starter_runs_in_its_own_folder_with_the_first_python_that_works(
    tmp_path: Path,
) -> None:
    folder, tools = tmp_path / "a folder", tmp_path / "bin"
    folder.mkdir()
    tools.mkdir()
    shutil.copy(ROOT / "start.command", folder)
    (folder / "run.py").write_text(
        "import os, sys; print(os.getcwd(), sys.argv[1:]); sys.exit(7)\n"
    )
    (tools / "python3.14").write_text("#!/bin/sh\nexit 1\n")  # a shim without a Python behind it
    (tools / "python3.14").chmod(0o755)
    (tools / "python3.13").symlink_to(sys.executable)
    for name in ("sh", "dirname"):
        (tools / name).symlink_to(shutil.which(name) or "")
    done = subprocess.run(
        [str(folder / "start.command"), "--port", "8600"],
        env={"PATH": str(tools)},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7
    assert done.stdout == f"{folder.resolve()} ['--port', '8600']\n"


@posix
def test_without_python_the_starter_says_where_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "dirname").symlink_to(shutil.which("dirname") or "")
    done = subprocess.run(
        ["/bin/sh", str(ROOT / "start.command")],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "get it from python.org" in done.stderr


def test_ci_calls_the_same_tests_as_a_person() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.rstrip().endswith("exec python3 run.py test")
    if bash := shutil.which("bash"):
        assert subprocess.run([bash, "-n", str(ROOT / ".ci" / "run")], check=False).returncode == 0
