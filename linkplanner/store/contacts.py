"""Contacts and letters for outreach: only what the user imported or typed, deletable for good."""

import contextlib
import re
import sqlite3
from typing import Final

import pandas as pd

from linkplanner.errors import InputError
from linkplanner.store.workspace import Workspace, now
from linkplanner.tables import CONTACTS
from linkplanner.urls import registrable

__all__ = [
    "add_contacts",
    "delete_contacts",
    "list_contacts",
    "list_letters",
    "save_letter",
]

_EMAIL: Final = re.compile(r"[^\s@<>\"',;]+@[^\s@<>\"',;]+\.[^\s@<>\"',;]+")


def add_contacts(workspace: Workspace, project_id: int, contacts: pd.DataFrame) -> int:
    """Keep contacts; returns how many. Raises InputError on an address that is none; then nothing
    is kept."""
    rows = []
    for row in CONTACTS.conform(contacts).fillna("").itertuples():
        email = str(row.email).strip()
        if not _EMAIL.fullmatch(email):
            raise InputError(f"“{email[:80]}” is no mail address; correct it and try again.")
        site = str(row.domain).strip().casefold()
        domain = registrable(re.sub(r"^https?://", "", site).split("/")[0]) or site
        rows.append((project_id, domain, row.name, email, row.imported_from or "typed", now()))
    with workspace.writing() as db:
        db.executemany("INSERT OR REPLACE INTO contacts VALUES (?, ?, ?, ?, ?, ?)", rows)
    return len(rows)


def list_contacts(workspace: Workspace, project_id: int) -> pd.DataFrame:
    """All contacts; table CONTACTS."""
    columns = list(CONTACTS.columns)
    with workspace.reading() as db:
        rows = db.execute(
            f"SELECT {', '.join(columns)} FROM contacts WHERE project_id = ?"
            " ORDER BY domain, email",
            (project_id,),
        ).fetchall()
    return CONTACTS.conform(pd.DataFrame([tuple(row) for row in rows], columns=columns))


def delete_contacts(workspace: Workspace, project_id: int, emails: list[str] | None = None) -> int:
    """Forget contacts for good (all, or those with these addresses); returns how many.

    Their place in the file is overwritten, and the backups made before updates lose them too.
    """
    with workspace.writing() as db:
        gone = _delete(db, project_id, emails)
    for copy in (workspace.folder / "backups").glob("*.db"):
        with contextlib.closing(sqlite3.connect(copy)) as db, db:
            if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'contacts'").fetchone():
                _delete(db, project_id, emails)
    return gone


def _delete(db: sqlite3.Connection, project_id: int, emails: list[str] | None) -> int:
    db.execute("PRAGMA secure_delete = ON")
    if emails is None:
        return db.execute("DELETE FROM contacts WHERE project_id = ?", (project_id,)).rowcount
    sql = "DELETE FROM contacts WHERE project_id = ? AND email = ?"
    return sum(db.execute(sql, (project_id, email)).rowcount for email in emails)


def list_letters(workspace: Workspace, project_id: int) -> dict[str, tuple[str, str]]:
    """Subject and text of each template by its name; the ones to begin with where the user has
    written none under that name."""
    from linkplanner.outreach.letters import STARTERS

    with workspace.reading() as db:
        rows = db.execute(
            "SELECT name, subject, body FROM letters WHERE project_id = ? ORDER BY name",
            (project_id,),
        ).fetchall()
    return {**STARTERS, **{row["name"]: (row["subject"], row["body"]) for row in rows}}


def save_letter(workspace: Workspace, project_id: int, name: str, subject: str, body: str) -> None:
    """Keep a template. Raises InputError where it has no name or an unknown placeholder."""
    from linkplanner.outreach.letters import check_letter

    if not name.strip():
        raise InputError("The template has no name yet; type one, for example “Lost link”.")
    check_letter(subject)
    check_letter(body)
    with workspace.writing() as db:
        db.execute(
            "INSERT OR REPLACE INTO letters VALUES (?, ?, ?, ?, ?)",
            (project_id, name.strip()[:80], subject, body, now()),
        )
