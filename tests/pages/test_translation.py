"""A second set of texts can stand in for the first: with every text in brackets, nothing that a
screen says stands outside them, besides data and what the core says (docs/decisions.md)."""

import importlib
import json
import pkgutil
import re
import sys
import threading
from collections.abc import Callable, Iterator
from functools import wraps
from types import FunctionType, ModuleType
from typing import Any

import pandas as pd
import pytest
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

import linkplanner
from linkplanner.export.trackers import TRACKERS
from linkplanner.plan.levers import six_lines
from linkplanner.plan.status import ALL_STATUSES
from linkplanner.results import Analysis, PlanResult
from linkplanner.store.projects import list_projects
from linkplanner.store.sources import list_sources
from linkplanner.store.tasks import list_tasks
from linkplanner.store.versions import latest_version
from linkplanner.store.workspace import Workspace

Open = Callable[..., AppTest]

FIELDS = {"label", "body", "help", "options", "delta", "content", "alt", "title", "yLabel"}
"""Fields of Streamlit's messages and of charts that people read."""
SKIPPED = {"id", "formId", "key", "url", "data", "arrowData", "datasets", "queryParamKey", "params"}
EXAMPLES = re.compile(r"[\w./:*-]+")
"""Addresses and names as examples in an empty field; no sentence fits this."""
EXPLAINED = re.compile(r"Of [\d.,]+ points .+ entered at the page itself; .+")
"""What the core says of the page that is looked at (graph.explain), made when it is shown."""
CONTROLS = ("backlinks-view", "site-look", "task-list", "task-view")
"""Switches of which every part is looked at."""
SCREENS = (
    "start", "data", "priorities", "overview", "backlinks", "site", "plan", "strategy", "outreach",
    "tasks", "monitor",
)  # fmt: skip
"""Settings and Help show documents of the core: what settings mean, the method, the tools."""


# --- the stand-in for a translation --------------------------------------------------------------


def bracketed(value: Any) -> Any:
    """A text, or a table of texts, in brackets. Keys and single small words in tables name things
    for the program, unless they are headings themselves."""
    if isinstance(value, str):
        return f"⟦{value}⟧"
    if isinstance(value, dict):
        return {bracketed(k) if k[:1].isupper() else k: bracketed(v) for k, v in value.items()}
    if isinstance(value, tuple):
        return tuple(v if _is_name(v) else bracketed(v) for v in value)
    return value


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value.islower() and " " not in value


def _in_brackets(function: Callable[..., str]) -> Callable[..., str]:
    @wraps(function)
    def say(*args: Any, **kwargs: Any) -> str:
        return f"⟦{function(*args, **kwargs)}⟧"

    return say


def translate(module: ModuleType) -> None:
    """Put everything that a module of texts says in brackets."""
    for name, value in list(vars(module).items()):
        if isinstance(value, FunctionType) and value.__module__ == module.__name__:
            setattr(module, name, _in_brackets(value))
        elif name.isupper() and not name.startswith("_"):
            setattr(module, name, bracketed(value))


def _screens() -> list[str]:
    return [n for n in sys.modules if re.match(r"linkplanner\.(ui|shell)\b", n)]


def _imports_over() -> None:
    """Wait for the imports in the background, which need the modules they began with."""
    for thread in threading.enumerate():
        if thread.name == "warm-up":
            thread.join()


@pytest.fixture
def translated() -> Iterator[None]:
    """The screens with all their texts in brackets; the true ones are back afterwards."""
    _imports_over()
    true = {name: sys.modules.pop(name) for name in _screens()}
    held = {name: vars(linkplanner).pop(name, None) for name in ("ui", "shell")}
    texts = importlib.import_module("linkplanner.ui.texts")
    for found in pkgutil.iter_modules(texts.__path__):
        if found.name != "numbers":
            translate(importlib.import_module(f"{texts.__name__}.{found.name}"))
    yield
    _imports_over()
    for name in _screens():
        del sys.modules[name]
    sys.modules.update(true)
    for name, module in held.items():
        vars(linkplanner).pop(name, None)  # what was not there before would be found in brackets
        if module is not None:
            setattr(linkplanner, name, module)


# --- what a screen says --------------------------------------------------------------------------


def elements(block: Any) -> Iterator[Any]:
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from elements(child)


def read(value: Any, field: str = "") -> Iterator[str]:
    """What people read of a message."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in SKIPPED:
                yield from read(_opened(name, part), name)
    elif isinstance(value, list):
        for part in value:
            yield from read(part, field)
    elif isinstance(value, str) and field in FIELDS:
        yield value


def _opened(name: str, part: Any) -> Any:
    """Columns of tables and charts travel as JSON."""
    return json.loads(part) if name in ("columns", "spec") and str(part)[:1] == "{" else part


def outside(text: str) -> list[str]:
    """The pieces of a text that stand in no bracket, without Markdown."""
    while (fewer := re.sub("⟦[^⟦⟧]*⟧", "\n", text)) != text:
        text = fewer
    text = re.sub(r":(material/\w+|gray(?=\[)):?", "\n", text)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text).replace("\u2060", "")
    pieces = re.split(r"\n|\*\*| · |; |#+ |^[-•] |[“”`…]|\d+ pages?\b|weight \d| \(\d+%\)", text)
    return [p.strip(" .:…") for p in pieces if re.search(r"[A-Za-z]{2}", p)]


def said(app: AppTest) -> Iterator[str]:
    for element in elements(app._tree[0]):
        if isinstance(getattr(element, "proto", None), Message):
            for text in read(MessageToDict(element.proto)):
                if not EXPLAINED.fullmatch(text):
                    yield from outside(text)


def strings(value: Any) -> Iterator[str]:
    """Every text in data of any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield str(key)
            yield from strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings(part)
    elif isinstance(value, pd.DataFrame):
        for column in value.select_dtypes(["object", "string"]):
            yield from map(str, value[column].dropna().unique())


def known(workspace: Workspace) -> str:
    """Data of the project and what the core says of it, one text a line."""
    project = list_projects(workspace)[0]
    versions = [latest_version(workspace, project.id, kind) for kind in ("analysis", "plan")]
    assert versions[0] is not None and versions[1] is not None
    analysis, plan = Analysis.load(versions[0].folder), PlanResult.load(versions[1].folder)
    sources = list_sources(workspace, project.id)
    frames = [*analysis.frames.values(), *plan.frames.values(), list_tasks(workspace, project.id)]
    facts = [analysis.facts, plan.summary, analysis.warnings, *(s.reports for s in sources)]
    words = [project.name, *(s.name for s in sources), *ALL_STATUSES, *TRACKERS]
    lines = six_lines(plan.summary, analysis.facts["balance"])
    told = [t for part in (frames, facts, words, list(lines)) for t in strings(part)]
    return "\n".join(" ".join(t.split()) for t in told).casefold()


def leaks(app: AppTest, data: str) -> list[str]:
    found = {" ".join(piece.split()) for piece in said(app)}
    return sorted(p for p in found if not EXAMPLES.fullmatch(p) and p.casefold() not in data)


@pytest.mark.parametrize("name", SCREENS)
def test_every_sentence_comes_from_the_texts(
    name: str, sample: Workspace, open_app: Open, translated: None
) -> None:
    data = known(sample)
    app = open_app(sample, name)
    assert not app.exception
    assert leaks(app, data) == []
    for control in [c for c in app.segmented_control if c.key in CONTROLS]:
        for option in control.options[1:]:
            app.segmented_control(key=control.key).set_value(option).run()
            assert not app.exception
            assert leaks(app, data) == [], option
        app.segmented_control(key=control.key).set_value(control.options[0]).run()


def test_the_check_sees_what_is_not_in_brackets() -> None:
    assert outside("⟦Plan of ⟦12 links⟧⟧ · waiting for you") == ["waiting for you"]
    assert outside(":material/lock: ⟦Private⟧") == []
    assert list(read({"proto": {"label": "Open", "key": "x"}})) == ["Open"]
