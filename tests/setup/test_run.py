"""run.py: what it checks, what it says, and how it takes an unfinished or damaged set-up."""

import ast
import importlib.util
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
OLD = "python3.6 python3.7 python3.8 python3.9 python3.10".split()


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_under_test", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


run = load(ROOT / "run.py")


def nobody(_: str) -> bool:
    """No Python of that name is here."""
    return False


# Python versions


def test_every_python_3_can_read_the_file() -> None:
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.AnnAssign)]
    for node in ast.walk(tree):
        for hint in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            plain = hint is None or isinstance(hint, ast.Constant | ast.Name)
            assert plain, f"line {node.lineno}: an old Python would evaluate this annotation"


def test_it_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    names = {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 13, 0), (3, 14, 9)])
def test_supported_versions_pass(version: tuple[int, int, int]) -> None:
    run.check_python(version, "CPython", nobody)


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13), (3, 15, 0), (4, 0, 0)])
def test_other_versions_get_one_sentence(version: tuple[int, int, int]) -> None:
    shown = ".".join(map(str, version))
    with pytest.raises(run.SetupError, match=rf"3\.11 to 3\.14 and this is CPython {shown};"):
        run.check_python(version, "CPython", nobody)


def test_another_implementation_is_refused_and_a_fitting_python_named() -> None:
    with pytest.raises(run.SetupError, match=r"PyPy 3\.11\.1; start it with: python3\.12 run\.py"):
        run.check_python((3, 11, 1), "PyPy", "python3.12".__eq__)


@pytest.mark.parametrize("name", OLD)
def test_a_real_old_python_gets_the_sentence(name: str) -> None:
    version = name.removeprefix("python")
    kept = [str(path) for path in Path.home().glob(f".pyenv/versions/{version}.*/bin/python")]
    found = next((path for path in [name, *kept] if run.works(path)), None)
    if not found:
        pytest.skip(f"{name} is not installed")
    done = subprocess.run(
        [found, str(ROOT / "run.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "linkplanner needs CPython 3.11 to 3.14" in done.stderr


# Ports


def test_a_free_port_is_taken_as_given() -> None:
    with socket.socket() as probe:
        probe.bind((run.HOST, 0))
        port = probe.getsockname()[1]
    assert run.choose_port(port) == port


def test_a_taken_port_is_told_in_one_sentence() -> None:
    with socket.create_server((run.HOST, 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(run.SetupError, match=rf"Port {port} .*cannot be used .*--port"):
            run.choose_port(port)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_number_that_is_no_port_is_told(port: int) -> None:
    with pytest.raises(run.SetupError, match=f"“{port}” is no port"):
        run.choose_port(port)


def test_without_a_port_a_free_one_is_found() -> None:
    port = run.choose_port(None)
    assert not run.taken(port)


def test_only_a_running_app_counts_as_up() -> None:
    with socket.create_server((run.HOST, 0)) as server:
        port = server.getsockname()[1]
    assert not run.is_up(port)


# The state of the set-up


def fake_venv(folder: Path) -> Path:
    """A folder that looks like a finished set-up of Python 3.12 with one package."""
    venv = folder / ".venv"
    python = Path(run.venv_python(str(venv)))
    python.parent.mkdir(parents=True)
    python.touch()
    packages = venv / ("Lib" if run.WINDOWS else "lib/python3.12") / "site-packages"
    (packages / "a-1.0.dist-info").mkdir(parents=True)
    (venv / run.BUILDING).touch()
    run.write_stamp(str(venv), "3.12", {run.RUN_LOCK: "f1"})
    return venv


def test_a_finished_set_up_is_ready(tmp_path: Path) -> None:
    venv = fake_venv(tmp_path)
    assert run.is_ready(str(venv), "3.12", {run.RUN_LOCK: "f1"})


def test_tests_add_their_packages_to_the_same_set_up(tmp_path: Path) -> None:
    venv = fake_venv(tmp_path)
    assert not run.is_ready(str(venv), "3.12", {run.RUN_LOCK: "f1", run.TEST_LOCK: "f2"})
    (venv / run.BUILDING).touch()
    run.write_stamp(str(venv), "3.12", {run.TEST_LOCK: "f2"})
    assert run.is_ready(str(venv), "3.12", {run.RUN_LOCK: "f1", run.TEST_LOCK: "f2"})


@pytest.mark.parametrize("damage", ["lock", "python", "package", "interpreter", "stamp", "half"])
def test_anything_else_is_not_ready(tmp_path: Path, damage: str) -> None:
    venv = fake_venv(tmp_path)
    python, wanted = "3.12", {run.RUN_LOCK: "f1"}
    if damage == "lock":
        wanted = {run.RUN_LOCK: "changed"}
    elif damage == "python":
        python = "3.13"
    elif damage == "package":
        next(venv.rglob("a-1.0.dist-info")).rmdir()
    elif damage == "interpreter":
        Path(run.venv_python(str(venv))).unlink()
    elif damage == "stamp":
        (venv / run.STAMP).write_text("{")
    else:
        (venv / run.BUILDING).touch()
    assert not run.is_ready(str(venv), python, wanted)


@pytest.mark.parametrize("stamp", ["", "[]", "{", '"x"', '{"locks": 3, "installed": "x"}'])
def test_a_damaged_stamp_never_raises(tmp_path: Path, stamp: str) -> None:
    venv = fake_venv(tmp_path)
    (venv / run.STAMP).write_text(stamp)
    assert not run.is_ready(str(venv), "3.12", {run.RUN_LOCK: "f1"})


def test_this_environment_can_take_packages_and_a_half_made_one_cannot(tmp_path: Path) -> None:
    mine = "{}.{}".format(*sys.version_info[:2])
    assert run.is_usable(sys.prefix, mine) is (sys.prefix != sys.base_prefix)
    assert not run.is_usable(sys.prefix, "3.99")
    assert not run.is_usable(str(fake_venv(tmp_path)), mine)
    assert not run.is_usable(str(tmp_path / "nothing"), mine)


def test_line_ends_of_a_lock_file_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "unix").write_bytes(b"a==1\nb==2\n")
    (tmp_path / "windows").write_bytes(b"a==1\r\nb==2\r\n")
    assert run.fingerprint(tmp_path / "unix") == run.fingerprint(tmp_path / "windows")


def test_a_missing_file_of_the_project_is_told(tmp_path: Path) -> None:
    with pytest.raises(run.SetupError, match=r"“requirements\.lock” is missing beside run\.py"):
        run.fingerprint(str(tmp_path / "requirements.lock"))
    with pytest.raises(run.SetupError, match=r"“app\.py” is missing beside run\.py"):
        run.start_app(str(tmp_path), sys.executable, 1, False)


def test_a_folder_that_takes_no_files_is_told(tmp_path: Path) -> None:
    run.check_writable(str(tmp_path))
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    closed = "/proc" if platform.system() == "Linux" else str(tmp_path / "file")
    with pytest.raises(run.SetupError, match=r"cannot be written to .*; move the folder"):
        run.check_writable(closed)


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_stands_in_the_place_of_the_set_up_is_removed(tmp_path: Path, kind: str) -> None:
    venv, kept = tmp_path / ".venv", tmp_path / "kept"
    kept.mkdir()
    (kept / "file").touch()
    if kind == "folder":
        (venv / "lib").mkdir(parents=True)
    elif kind == "file":
        venv.touch()
    else:
        venv.symlink_to(kept)
    run.remove(str(venv))
    assert not os.path.lexists(venv)
    assert (kept / "file").exists()


def test_a_second_set_up_waits_for_the_first(tmp_path: Path) -> None:
    script = (
        "import importlib.util, sys\n"
        "spec = importlib.util.spec_from_file_location('run', sys.argv[1])\n"
        "run = importlib.util.module_from_spec(spec); spec.loader.exec_module(run)\n"
        "with run.only_one(sys.argv[2], lambda text: print(text, flush=True)): print('in')\n"
    )
    command = [sys.executable, "-c", script, str(ROOT / "run.py"), str(tmp_path)]
    with run.only_one(str(tmp_path), print):
        second = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert second.stdout is not None
        assert second.stdout.readline().startswith("Another set-up is under way")
        assert second.poll() is None
    said, _ = second.communicate(timeout=60)
    assert said == "in\n"


# What went wrong, in one sentence


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (
            "WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError('"
            ": [Errno -3] Temporary failure in name resolution')'\n"
            "ERROR: No matching distribution found for pandas==3.1.1",
            "internet connection",
        ),
        ("ERROR: Could not install: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: [Errno 13] Permission denied: 'x'", "cannot be written"),
        ("ERROR: No matching distribution found for pandas==3.1.1", "no ready-made package"),
        ("a\nERROR: Something else\nb", "“ERROR: Something else”"),
        ("Error: broken\n", "“Error: broken”"),
        ("", "“no message”"),
    ],
)
def test_reasons_are_read_from_what_pip_prints(output: str, expected: str) -> None:
    sentence = run.explain(output)
    assert expected in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


def test_skipped_tests_are_counted_by_reason(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    skips = ["../shared/x is absent", "No browser: Chromium is absent", "no Chromium", "Windows"]
    cases = "".join(f'<testcase><skipped message="{text}"/></testcase>' for text in skips)
    report.write_text(f"<testsuites><testsuite>{cases}<testcase/></testsuite></testsuites>")
    assert run.skips(str(report)) == (
        "Skipped for want of ../shared: 1; for want of a browser: 2; otherwise: 1."
    )
    report.write_text("")
    assert "not known" in run.skips(str(report))


def test_the_environment_of_others_does_not_lead_our_python_astray(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    monkeypatch.setenv("LINKPLANNER_HOME", "/kept")
    environment = run.clean_environment()
    assert "PYTHONHOME" not in environment
    assert environment["LINKPLANNER_HOME"] == "/kept"


# The real thing, in a copy


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with blanks in its name that holds run.py, the lock files and a tiny app."""
    folder = tmp_path_factory.mktemp("a copy") / "link planner"
    (folder / "tests").mkdir(parents=True)
    for name in ("run.py", "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    (folder / "app.py").write_text("import streamlit as st\nst.write('hello')\n")
    (folder / "tests" / "test_tiny.py").write_text(
        "import pytest\n\n"
        "def test_passes(): pass\n\n"
        "def test_skips(): pytest.skip('../shared/x is absent')\n\n"
        "@pytest.mark.long\ndef test_fails(): raise AssertionError\n"
    )
    return folder


def start(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "run.py", *arguments],
        cwd=project,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def serve(project: Path) -> float:
    """Start the app, stop it once it answers; seconds until then."""
    port = run.choose_port(None)
    began = time.monotonic()
    command = [sys.executable, "run.py", "--no-browser", "--port", str(port)]
    app = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True)
    try:
        while not run.is_up(port):
            assert app.poll() is None
            assert time.monotonic() - began < 500
            time.sleep(0.02)
        took = time.monotonic() - began
        again = start(project, "--no-browser", "--port", str(port))
        assert again.returncode == 2
        assert again.stderr.startswith(f"Port {port} on 127.0.0.1 cannot be used")
    finally:
        app.send_signal(signal.SIGTERM)
        said, _ = app.communicate(timeout=30)
    assert app.returncode == 0
    assert f"linkplanner is at http://127.0.0.1:{port}" in said
    assert not run.is_up(port)
    return took


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_without_a_network_the_sentence_is_about_the_network(project: Path) -> None:
    nowhere = "http://127.0.0.1:9"
    failed = start(
        project, HTTPS_PROXY=nowhere, https_proxy=nowhere, http_proxy=nowhere, PIP_NO_CACHE_DIR="1"
    )
    assert failed.returncode == 2
    assert "check the internet connection" in failed.stderr
    assert failed.stderr.count("\n") == 1


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_set_up_that_is_stopped_leaves_nothing_running(project: Path) -> None:
    mark = project / ".venv" / run.BUILDING
    mark.unlink(missing_ok=True)
    command = [sys.executable, "run.py", "--no-browser"]
    with subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, text=True) as first:
        while not mark.exists():
            assert first.poll() is None
            time.sleep(0.02)
        first.send_signal(signal.SIGTERM)
        _, said = first.communicate(timeout=60)
    assert (first.returncode, said.strip()) == (130, "Stopped.")
    before = sorted(project.joinpath(".venv").rglob("*"))
    time.sleep(1.0)
    assert sorted(project.joinpath(".venv").rglob("*")) == before


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_set_up_start_second_start_and_repair(project: Path) -> None:
    """In one test, because every part stands on the one before."""
    serve(project)
    assert serve(project) < 3.0
    site = next((project / ".venv").rglob("site-packages"))
    shutil.rmtree(site / "click")
    serve(project)
    assert (site / "click").is_dir()
    Path(run.venv_python(str(project / ".venv"))).unlink()
    serve(project)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_tests_are_run_and_their_exit_code_is_passed_on(project: Path) -> None:
    short = start(project, "test", "-q")
    assert short.returncode == 0
    assert "1 passed, 1 skipped in " in short.stdout
    assert (
        "Skipped for want of ../shared: 1; for want of a browser: 0; otherwise: 0." in short.stdout
    )
    everything = start(project, "test", "--all", "-q", "-k", "tiny")
    assert everything.returncode == 1
    assert "1 failed, 1 passed, 1 skipped" in everything.stdout
