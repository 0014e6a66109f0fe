#!/usr/bin/env python3
"""Sets linkplanner up and starts it with nothing but Python.

python run.py [--port N] [--no-browser]        start the app and open the browser
python run.py test [--all] [pytest options]    run the tests; --all adds the long ones

Every Python 3 can read this file, so that an old one can say which one is needed: no f-strings,
annotations only as text, nothing but the standard library.
"""
# ruff: noqa: UP032

import argparse
import contextlib
import hashlib
import http.client
import importlib.util
import json
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from typing import IO
from xml.etree import ElementTree

ROOT = os.path.dirname(os.path.abspath(__file__))
OLDEST, NEWEST = (3, 11), (3, 14)
HOST = "127.0.0.1"
PORTS = range(8501, 8521)
RUN_LOCK, TEST_LOCK = "requirements.lock", "requirements-dev.lock"
STAMP, BUILDING = "linkplanner-setup.json", "linkplanner-building"
START_SECONDS = 60.0
WINDOWS = os.name == "nt"

NO_NETWORK = (
    "name resolution",
    "getaddrinfo failed",
    "nodename nor servname",
    "name or service not known",
    "newconnectionerror",
    "connecttimeouterror",
    "readtimeouterror",
    "network is unreachable",
    "connection refused",
    "connection reset",
    "max retries exceeded",
    "proxyerror",
    "remotedisconnected",
)
"""What pip prints, in lower case, where it reaches no package index."""


class SetupError(Exception):
    """One sentence for the user: what is wrong and what to do."""


class NotStarted(SetupError):
    """The app ended before it answered."""


# What is needed, and what is there


def works(python: str) -> bool:
    """Whether there is a Python of that name that runs; a shim without one behind it does not."""
    if not shutil.which(python):
        return False
    quiet = subprocess.DEVNULL
    return not subprocess.call([python, "-c", ""], stdout=quiet, stderr=quiet)


def check_python(
    version: "tuple[int, ...]", implementation: str, here: "Callable[[str], bool]" = works
) -> None:
    """Raise SetupError unless this Python can run linkplanner; name one that can, if it is here."""
    if OLDEST <= tuple(version[:2]) <= NEWEST and implementation == "CPython":
        return
    names = ["python3.{}".format(minor) for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    fitting = next((name for name in names if here(name)), None)
    if fitting:
        advice = "start it with: {} run.py".format(fitting)
    else:
        advice = "get one from python.org and start run.py with it"
    raise SetupError(
        "linkplanner needs CPython 3.{} to 3.{} and this is {} {}; {}.".format(
            OLDEST[1], NEWEST[1], implementation, ".".join(map(str, version[:3])), advice
        )
    )


def check_writable(folder: str) -> None:
    """Raise SetupError unless files can be made in the folder."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SetupError(
            "“{}” cannot be written to ({}); move the folder to a place of your own, such as your "
            "home folder, and start it there.".format(folder, error.strerror or error)
        ) from error


def fingerprint(path: str) -> str:
    """SHA-256 of a lock file; line ends do not count. Raises SetupError where it is missing."""
    try:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read().replace(b"\r\n", b"\n")).hexdigest()
    except OSError:
        raise SetupError(
            "“{}” is missing beside run.py; get the whole folder again.".format(
                os.path.basename(path)
            )
        ) from None


def venv_python(venv: str) -> str:
    """Path of the interpreter of a virtual environment."""
    return os.path.join(venv, "Scripts", "python.exe") if WINDOWS else venv + "/bin/python"


def installed(venv: str) -> "list[str]":
    """Names of the packages' metadata folders in a virtual environment."""
    if WINDOWS:
        folders = [os.path.join(venv, "Lib", "site-packages")]
    else:
        lib = os.path.join(venv, "lib")
        pythons = sorted(os.listdir(lib)) if os.path.isdir(lib) else []
        folders = [os.path.join(lib, name, "site-packages") for name in pythons]
    names = [name for folder in folders if os.path.isdir(folder) for name in os.listdir(folder)]
    return sorted(name for name in names if name.endswith(".dist-info"))


def read_stamp(venv: str) -> "dict[str, object]":
    """What the last finished set-up wrote; empty where there is none or it is damaged."""
    try:
        with open(os.path.join(venv, STAMP), encoding="utf-8") as file:
            stamp = json.load(file)
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_ready(venv: str, python: str, wanted: "dict[str, str]") -> bool:
    """Whether the set-up is finished for this Python and these lock files, and still all there.

    python: "3.11"; wanted: fingerprint by name of lock file.
    """
    stamp = read_stamp(venv)
    locks, packages = stamp.get("locks"), stamp.get("installed")
    return (
        stamp.get("python") == python
        and isinstance(locks, dict)
        and all(locks.get(name) == value for name, value in wanted.items())
        and isinstance(packages, list)
        and set(packages) <= set(installed(venv))
        and os.path.exists(venv_python(venv))
        and not os.path.exists(os.path.join(venv, BUILDING))
    )


def is_usable(venv: str, python: str) -> bool:
    """Whether packages can be installed into it: right Python, has pip, not half made."""
    if os.path.exists(os.path.join(venv, BUILDING)):
        return False
    code = "import sys, pip; print('%d.%d' % sys.version_info[:2], sys.prefix != sys.base_prefix)"
    try:
        answer = subprocess.run(
            [venv_python(venv), "-I", "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=60,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return answer.returncode == 0 and answer.stdout.split() == [python.encode(), b"True"]


def imports(python: str, module: str) -> bool:
    """Whether that Python can import the module."""
    return not subprocess.call(
        [python, "-I", "-c", "import " + module],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


# Setting up


def set_up(root: str, locks: "list[str]", say: "Callable[[str], object]" = print) -> str:
    """Make or complete `.venv` so that it holds the packages of the lock files.

    Returns the path of its Python. Takes no time where everything is there already.
    """
    venv = os.path.join(root, ".venv")
    python = "{}.{}".format(*sys.version_info[:2])
    wanted = {name: fingerprint(os.path.join(root, name)) for name in locks}
    if is_ready(venv, python, wanted):
        return venv_python(venv)
    check_writable(root)
    with only_one(root, say):
        if not is_ready(venv, python, wanted):
            if not is_usable(venv, python):
                make_venv(venv, say)
            install(venv, [os.path.join(root, name) for name in locks], say)
            write_stamp(venv, python, wanted)
    return venv_python(venv)


def make_venv(venv: str, say: "Callable[[str], object]") -> None:
    """Make a virtual environment, in place of a damaged one. Raises SetupError."""
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise SetupError(
            "This Python came without its venv module; on Debian and Ubuntu install it with: "
            "sudo apt install python3.{}-venv".format(sys.version_info[1])
        )
    if os.path.lexists(venv):
        say("The folder .venv is unfinished or belongs to another Python; making it anew.")
        remove(venv)
    made = subprocess.run(
        [sys.executable, "-m", "venv", venv],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=clean_environment(),
    )
    if made.returncode:
        raise SetupError(explain(made.stdout.decode("utf-8", "replace")))


def remove(path: str) -> None:
    """Delete a folder, or the link or file in its place. Raises SetupError."""
    try:
        if os.path.islink(path) or not os.path.isdir(path):
            os.unlink(path)
        else:
            shutil.rmtree(path)
    except OSError as error:
        raise SetupError(
            "“{}” cannot be removed ({}); close linkplanner where it still runs, or delete the "
            "folder by hand.".format(path, error.strerror or error)
        ) from error


def install(venv: str, locks: "list[str]", say: "Callable[[str], object]") -> None:
    """Install the lock files' packages, ready-made ones only. Raises SetupError."""
    say("Installing linkplanner's packages into .venv (once, a minute or two) ...")
    with open(os.path.join(venv, BUILDING), "w", encoding="utf-8") as file:
        file.write("A set-up is under way, or was broken off.\n")
    command = [venv_python(venv), "-I", "-m", "pip", "install", "--only-binary", ":all:"]
    command += ["--disable-pip-version-check", "--no-input", "--retries", "2", "--timeout", "20"]
    for lock in locks:
        command += ["-r", lock]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=clean_environment()
    ) as pip:
        try:
            output = follow(pip.stdout) if pip.stdout else ""
        except BaseException:  # stopped: nobody else may find pip still writing
            end(pip)
            raise
    if pip.returncode:
        raise SetupError(explain(output))


def follow(stream: "IO[bytes]") -> str:
    """Read pip's output to its end; on a terminal, count the packages as they come."""
    lines, count = [], 0
    counting = sys.stdout.isatty()
    for raw in stream:
        line = raw.decode("utf-8", "replace")
        lines.append(line)
        if counting and line.startswith(("Collecting ", "Installing collected")):
            count += 1
            text = "unpacking" if line.startswith("Installing") else line.split()[1]
            print("\r  {:3}  {:60}".format(count, text[:60]), end="", flush=True)
    if counting and count:
        print("\r" + " " * 70 + "\r", end="", flush=True)
    return "".join(lines)


def explain(output: str) -> str:
    """One sentence on why `venv` or `pip` failed, from what it printed."""
    text = output.lower()
    faults = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in faults if line.startswith("ERROR:")]
    last = (errors or faults or ["no message"])[-1]
    if any(sign in text for sign in NO_NETWORK):
        return (
            "The packages could not be fetched because the package index was not reached; check "
            "the internet connection (or the proxy) and start again."
        )
    if "no space left" in text or "not enough space" in text:
        return "The disk is full; linkplanner needs about 1 GB, so make room and start again."
    if "permission denied" in text or "access is denied" in text:
        return (
            "A file in .venv cannot be written; close linkplanner where it still runs and start "
            "again ({}).".format(last)
        )
    if "no matching distribution" in text:
        return (
            "There is no ready-made package for Python {} on {} {} ({}); use another Python "
            "from 3.{} to 3.{}, 64 bit.".format(
                platform.python_version(), platform.system(), platform.machine(), last,
                OLDEST[1], NEWEST[1],
            )
        )  # fmt: skip
    return "The set-up stopped: “{}”; delete the folder .venv and start again.".format(last[:300])


def write_stamp(venv: str, python: str, wanted: "dict[str, str]") -> None:
    """Say that the set-up is finished; the last thing that a set-up does."""
    before = read_stamp(venv).get("locks")
    locks = dict(before, **wanted) if isinstance(before, dict) else wanted
    path = os.path.join(venv, STAMP)
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump({"python": python, "locks": locks, "installed": installed(venv)}, file)
    os.replace(path + ".new", path)
    os.unlink(os.path.join(venv, BUILDING))


def clean_environment() -> "dict[str, str]":
    """This process's environment without what would lead another Python astray."""
    astray = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__")
    environment = {name: value for name, value in os.environ.items() if name not in astray}
    environment["PIP_USER"] = "0"
    return environment


@contextlib.contextmanager
def only_one(root: str, say: "Callable[[str], object]") -> "Iterator[None]":
    """Hold the lock of the set-up in this folder; a second set-up waits for the first."""
    name = "linkplanner-{}.lock".format(hashlib.sha256(root.encode()).hexdigest()[:16])
    try:
        file = open(os.path.join(tempfile.gettempdir(), name), "a")  # noqa: SIM115
    except OSError:  # another person's lock: nothing to wait for in this folder
        yield
        return
    told = False
    with file:
        while not _locked(file):
            if not told:
                say("Another set-up is under way in this folder; waiting for it ...")
                told = True
            time.sleep(0.5)
        yield  # closing the file lets the next one in, also when this process dies


def _locked(file: "IO[str]") -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


# Starting the app


def choose_port(given: "int | None") -> int:
    """The port that was given, or a free one. Raises SetupError where the given one is taken."""
    if given is not None:
        if not 1 <= given <= 65535:
            raise SetupError("“{}” is no port; use a number from 1024 to 65535.".format(given))
        reason = taken(given)
        if reason:
            raise SetupError(
                "Port {0} on {1} cannot be used ({2}); if that is linkplanner, open "
                "http://{1}:{0}, else give another one with --port.".format(given, HOST, reason)
            )
        return given
    for port in PORTS:
        if not taken(port):
            return port
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def taken(port: int) -> str:
    """Why no server can listen on the port; empty where one can."""
    with socket.socket() as probe:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:  # connections of a server that has just ended do not count
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen(1)
        except OSError as error:
            return (error.strerror or str(error)).lower()
    return ""


def is_up(port: int) -> bool:
    """Whether the app answers on the port."""
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def start_app(root: str, python: str, port: int, browser: bool) -> int:
    """Start the app, say where it is, and stay until it ends. Returns its exit code."""
    if not os.path.exists(os.path.join(root, "app.py")):
        raise SetupError("“app.py” is missing beside run.py; get the whole folder again.")
    command = [python, "-m", "streamlit", "run", "app.py", "--server.address=" + HOST]
    command += ["--server.port={}".format(port), "--server.headless=true"]
    command += ["--browser.gatherUsageStats=false", "--logger.hideWelcomeMessage=true"]
    app = subprocess.Popen(command, cwd=root, env=clean_environment())
    try:
        wait_until_up(app, port)
        address = "http://{}:{}".format(HOST, port)
        print("linkplanner is at {} (Ctrl+C stops it)".format(address), flush=True)
        if browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        return app.wait()
    except KeyboardInterrupt:
        print("\nlinkplanner has stopped; everything is saved.")
        return 0
    finally:
        end(app)


def wait_until_up(app: "subprocess.Popen[bytes]", port: int) -> None:
    """Return when the app answers. Raises SetupError where it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while not is_up(port):
        if app.poll() is not None:
            raise NotStarted(
                "The app ended while it started (exit code {}; the reason stands above); start it "
                "again, and if it stays so, delete the folder .venv first.".format(app.returncode)
            )
        if time.monotonic() > deadline:
            raise SetupError(
                "The app gave no answer in {:.0f} seconds; start it again.".format(START_SECONDS)
            )
        time.sleep(0.05)


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a process of ours, gently first."""
    for stop in (process.terminate, process.kill):
        if process.poll() is None:
            stop()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)


def _stop(*_: "object") -> None:
    raise KeyboardInterrupt


# Running the tests


def run_tests(root: str, python: str, arguments: "list[str]") -> int:
    """Run pytest, without the long tests unless --all is given. Returns its exit code.

    A file of tests stays in one process, so that what its tests share is made once.
    """
    everything = "--all" in arguments
    others = [argument for argument in arguments if argument != "--all"]
    handle, report = tempfile.mkstemp(suffix=".xml")
    os.close(handle)
    command = [python, "-m", "pytest", "--junitxml=" + report]
    command += ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"]
    command += ([] if everything else ["-m", "not long"]) + others
    try:
        code = subprocess.call(command, cwd=root, env=clean_environment())
        print(skips(report), flush=True)
    finally:
        os.unlink(report)
    return code


def skips(report: str) -> str:
    """One line on the tests that were skipped, from pytest's JUnit file."""
    try:
        found = ElementTree.parse(report).iter("skipped")
    except (OSError, ElementTree.ParseError):
        return "Skipped tests: not known, because pytest wrote no report."
    reasons = [(skip.get("message") or "").lower() for skip in found]
    shared = sum("../shared" in reason for reason in reasons)
    browser = sum(
        "../shared" not in reason and ("browser" in reason or "chromium" in reason)
        for reason in reasons
    )
    return "Skipped for want of ../shared: {}; for want of a browser: {}; otherwise: {}.".format(
        shared, browser, len(reasons) - shared - browser
    )


def main(arguments: "list[str]") -> int:
    """Do what the command line asks; returns the exit code."""
    with contextlib.suppress(AttributeError, ValueError):  # a console that lacks “ and ”
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, _stop)
    try:
        check_python(sys.version_info[:3], platform.python_implementation())
        if arguments[:1] == ["test"]:
            python = set_up(ROOT, [RUN_LOCK, TEST_LOCK])
            return run_tests(ROOT, python, arguments[1:])
        usage = argparse.ArgumentParser(
            prog="run.py",
            description="Starts linkplanner in the browser. `run.py test` runs the tests.",
        )
        usage.add_argument("--port", type=int, help="port to listen on (a free one from 8501)")
        usage.add_argument("--no-browser", action="store_true", help="do not open the browser")
        options = usage.parse_args(arguments)
        port = choose_port(options.port)
        python = set_up(ROOT, [RUN_LOCK])
        try:
            return start_app(ROOT, python, port, not options.no_browser)
        except NotStarted:
            if imports(python, "streamlit.web.cli"):
                raise
            print("The set-up in .venv is damaged; making it anew.", flush=True)
            remove(os.path.join(ROOT, ".venv"))
            return start_app(ROOT, set_up(ROOT, [RUN_LOCK]), port, not options.no_browser)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
