"""Decisions about anything that has a key, such as a backlink under review."""

from linkplanner.store.workspace import Workspace, now

__all__ = ["decide", "decisions"]


def decide(
    workspace: Workspace, project_id: int, kind: str, key: str, decision: str, reason: str = ""
) -> None:
    """Keep a decision about anything that has a key, such as a backlink under review."""
    with workspace.writing() as db:
        db.execute(
            "INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?, ?)",
            (project_id, kind, key, decision, reason, now()),
        )


def decisions(workspace: Workspace, project_id: int, kind: str) -> dict[str, tuple[str, str]]:
    """Decision and reason by key."""
    with workspace.reading() as db:
        rows = db.execute(
            "SELECT key, decision, reason FROM decisions WHERE project_id = ? AND kind = ?",
            (project_id, kind),
        ).fetchall()
    return {row["key"]: (row["decision"], row["reason"]) for row in rows}
