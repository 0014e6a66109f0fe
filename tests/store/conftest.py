"""A workspace of its own for every test of the store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from linkplanner.store.workspace import Workspace, close_workspace, open_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(tmp_path / "workspace")
    yield opened
    close_workspace(opened)
