"""The lock files: complete and within the ranges on every Python and platform that we support."""

import importlib.metadata
import sys
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PYTHONS = ("3.11.0", "3.12.0", "3.13.0", "3.14.0", "3.14.1")
PLATFORMS = (
    ("linux", "Linux", "x86_64", "posix"),
    ("linux", "Linux", "aarch64", "posix"),
    ("darwin", "Darwin", "arm64", "posix"),
    ("darwin", "Darwin", "x86_64", "posix"),
    ("win32", "Windows", "AMD64", "nt"),
)


def requirements(*names: str) -> list[Requirement]:
    lines = [line for n in names for line in (ROOT / n).read_text(encoding="utf-8").splitlines()]
    return [Requirement(line.split(" #")[0]) for line in lines if line and line[0] not in "#-"]


def environment(python: str, platform: tuple[str, str, str, str]) -> dict[str, str]:
    sys_platform, system, machine, os_name = platform
    return {
        **{name: str(value) for name, value in default_environment().items()},
        "python_version": python.rsplit(".", 1)[0],
        "python_full_version": python,
        "implementation_version": python,
        "sys_platform": sys_platform,
        "platform_system": system,
        "platform_machine": machine,
        "os_name": os_name,
    }


def applies(requirement: Requirement, env: dict[str, str], extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({**env, "extra": e}) for e in ("", *extras))


def pinned(env: dict[str, str], *names: str) -> dict[str, str]:
    """Version by name of what the lock files install there."""
    found: dict[str, str] = {}
    for requirement in requirements(*names):
        if applies(requirement, env, set()):
            name = canonicalize_name(requirement.name)
            (pin,) = requirement.specifier
            assert pin.operator == "==", f"{requirement} is not exact"
            assert name not in found, f"{name} is pinned twice"
            found[name] = pin.version
    return found


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda p: f"{p[1]}-{p[2]}")
@pytest.mark.parametrize("tests_too", [False, True], ids=["run", "test"])
def test_all_that_is_needed_is_pinned_within_its_range(
    python: str, platform: tuple[str, str, str, str], tests_too: bool
) -> None:
    env = environment(python, platform)
    kinds = ["requirements", "requirements-dev"][: 1 + tests_too]
    pins = pinned(env, *(f"{kind}.lock" for kind in kinds))
    todo, seen = requirements(*(f"{kind}.txt" for kind in kinds)), set[str]()
    while todo:
        requirement = todo.pop()
        name = canonicalize_name(requirement.name)
        assert name in pins, f"{requirement} is not pinned for Python {python} on {platform}"
        assert requirement.specifier.contains(pins[name], prereleases=True), (
            f"{name} {pins[name]} does not satisfy {requirement}"
        )
        key = f"{name}[{','.join(sorted(requirement.extras))}]"
        if key in seen or not known_here(name):
            continue
        seen.add(key)
        needs = map(Requirement, importlib.metadata.distribution(name).requires or [])
        todo += [need for need in needs if applies(need, env, requirement.extras)]


def known_here(name: str) -> bool:
    """Whether the package is installed here; those of other platforms (colorama) are not."""
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def test_nothing_is_pinned_that_nothing_needs() -> None:
    env = environment("3.11.0", PLATFORMS[0])
    pins = pinned(env, "requirements.lock", "requirements-dev.lock")
    named = {canonicalize_name(r.name) for r in requirements("requirements.txt")}
    named |= {canonicalize_name(r.name) for r in requirements("requirements-dev.txt")}
    for name in pins:
        for need in map(Requirement, importlib.metadata.distribution(name).requires or []):
            named.add(canonicalize_name(need.name))
    assert set(pins) <= named


def test_these_tests_run_with_the_pinned_versions() -> None:
    env = {name: str(value) for name, value in default_environment().items()}
    pins = pinned(env, "requirements.lock", "requirements-dev.lock")
    here = {name: importlib.metadata.version(name) for name in pins}
    assert here == pins, f"Python {sys.version.split()[0]} runs other versions than the lock files"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_files_name_no_index_and_no_path(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not [line for line in text.splitlines() if line.startswith("-")]
