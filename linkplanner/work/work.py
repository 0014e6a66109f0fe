"""What the body of a job is given."""

from dataclasses import dataclass
from typing import Any

from linkplanner.store.workspace import Workspace
from linkplanner.work.reporter import Reporter

__all__ = ["Work"]


@dataclass(frozen=True)
class Work:
    """One job's place, wishes and line to its row."""

    workspace: Workspace
    """Where the project lies."""
    project_id: int
    """Whose job it is."""
    params: dict[str, Any]
    """What the user asked for."""
    report: Reporter
    """Progress out, stop button in."""
