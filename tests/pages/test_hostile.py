"""Text from outside never reaches a place where Streamlit would read it as Markdown."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from linkplanner.shell import PAGES
from linkplanner.store.workspace import Workspace, close_workspace, open_workspace
from tests.hostile import fill, read_vectors

NAMES = [name for names in PAGES.values() for name in names]
ACTIVE = "<>[]`*_$:#|&"
"""A text without any of these means nothing to Markdown."""


@pytest.fixture(scope="module")
def vectors(shared: Callable[[str], Path]) -> list[str]:
    return read_vectors(shared("vectors/markup_injection.jsonl"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, vectors: list[str]) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path_factory.mktemp("hostile"))
    fill(workspace, vectors, vectors[0])
    yield workspace
    close_workspace(workspace)


def select_first_rows(app: AppTest) -> None:
    """Tick the first row of every table that can be ticked, so that its details are shown."""
    for key, value in app.session_state.to_dict().items():
        selection = value.get("selection") if isinstance(value, dict) else None
        if selection is not None and "rows" in selection:
            app.session_state[key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()


def read_as_markdown(app: AppTest) -> Iterator[str]:
    """All texts that the browser takes for Markdown: bodies, labels, choices, help."""
    for kind in ("markdown", "caption", "title", "header", "subheader", "info", "warning",
                 "success", "error"):  # fmt: skip
        for element in getattr(app, kind):
            yield str(element.value)
    for element in app.main:
        yield from _labels(element)


def _labels(element: object) -> Iterator[str]:
    proto = getattr(element, "proto", None)
    for name in ("label", "help", "title"):
        value = getattr(proto, name, None)
        if isinstance(value, str):
            yield value
    if getattr(element, "type", "") in ("radio", "button_group"):
        yield from map(str, getattr(proto, "options", ()))
    for child in getattr(element, "children", {}).values():
        yield from _labels(child)


VIEWS = [
    *(("backlinks", "backlinks-view", view) for view in
      ("Profile", "Link texts", "By page of mine", "Unknown targets", "Networks",
       "Review and disavow", "Weights")),
    ("site", "site-look", "Map by section"),
    ("site", "site-look", "One page"),
    ("tasks", "task-view", "Board"),
]  # fmt: skip
"""Screen, key and value of a choice that shows other parts of it."""


@pytest.mark.parametrize(("name", "key", "view"), [*((name, "", "") for name in NAMES), *VIEWS])
def test_every_screen_shows_it_literally(
    name: str,
    key: str,
    view: str,
    hostile: Workspace,
    vectors: list[str],
    open_app: Callable[..., AppTest],
) -> None:
    app = open_app(hostile, name)
    if key:
        app.session_state[key] = view
        app.run()
    assert not app.exception, [e.value for e in app.exception]
    assert not app.error, [e.value for e in app.error]
    select_first_rows(app)
    assert not app.exception, [e.value for e in app.exception]
    active = [text for text in vectors if any(sign in text for sign in ACTIVE) and len(text) > 3]
    for shown in read_as_markdown(app):
        found = [text for text in active if text in shown]
        assert not found, (shown[:200], found)
