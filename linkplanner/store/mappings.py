"""What the user said of tables that no vendor has, kept for all projects of the workspace.

Kept under the fingerprint of a table's header (`read.mapping.fingerprint`), so that the next file
with the same columns is read the same way without being asked about.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from linkplanner.store.workspace import Workspace

if TYPE_CHECKING:
    from linkplanner.read.mapping import OwnTable

__all__ = ["forget_mapping", "keep_mapping", "kept_mappings"]

_PREFIX: Final = "mapping "


def kept_mappings(workspace: Workspace) -> "dict[str, OwnTable]":
    """All that is kept, by fingerprint; entries that were damaged are left out."""
    with workspace.reading() as db:
        rows = db.execute(
            "SELECT name, value FROM preferences WHERE name LIKE ? ORDER BY name", (f"{_PREFIX}%",)
        ).fetchall()
    found = {row["name"].removeprefix(_PREFIX): _table(row["value"]) for row in rows}
    return {fingerprint: table for fingerprint, table in found.items() if table}


def keep_mapping(
    workspace: Workspace, fingerprint: str, kind: str, columns: Mapping[str, str]
) -> None:
    """Remember what a header means; check it with `read.mapping.check_mapping` before."""
    value = json.dumps({"kind": kind, "columns": dict(columns)})
    with workspace.writing() as db:
        db.execute(
            "INSERT OR REPLACE INTO preferences VALUES (?, ?)", (_PREFIX + fingerprint, value)
        )


def forget_mapping(workspace: Workspace, fingerprint: str) -> None:
    """Forget what a header means."""
    with workspace.writing() as db:
        db.execute("DELETE FROM preferences WHERE name = ?", (_PREFIX + fingerprint,))


def _table(value: str) -> "OwnTable | None":
    from linkplanner.read.mapping import OwnTable  # the screens start without the readers

    try:
        kept = json.loads(value)
        columns = {str(field): str(cell) for field, cell in kept["columns"].items()}
        return OwnTable(str(kept["kind"]), columns)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
