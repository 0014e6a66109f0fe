"""All projects at a glance: equity to the priority pages, open tasks, age of the data, alerts."""

import json
from datetime import UTC, datetime

import pandas as pd

from linkplanner.plan.status import ACCEPTED, DONE, LIVE, OPEN
from linkplanner.store.workspace import Workspace

__all__ = ["COLUMNS", "project_overview"]

COLUMNS = ["id", "name", "points", "realised", "open_tasks", "accepted", "done", "data_days",
           "alerts"]  # fmt: skip


def project_overview(workspace: Workspace, now: datetime | None = None) -> pd.DataFrame:
    """One row a project in use, newest first; a few queries however many projects there are.

    points: equity of the priority pages, weighted, after the last import; data_days: days since
    the newest file or crawl.
    """
    now = now or datetime.now(UTC)
    with workspace.reading() as db:
        projects = db.execute(
            "SELECT id, name FROM projects WHERE archived = 0 ORDER BY id DESC"
        ).fetchall()
        tasks = db.execute(
            "SELECT project_id, status, count(*) AS n FROM tasks GROUP BY project_id, status"
        ).fetchall()
        follow = db.execute(
            "SELECT project_id, facts FROM follow_ups WHERE id IN"
            " (SELECT max(id) FROM follow_ups GROUP BY project_id)"
        ).fetchall()
        dates = db.execute(
            "SELECT project_id, max(at) AS at FROM (SELECT project_id, added AS at FROM sources"
            " UNION ALL SELECT project_id, created FROM versions WHERE kind = 'pages_read')"
            " GROUP BY project_id"
        ).fetchall()
        alerts = db.execute(
            "SELECT project_id, count(*) AS n FROM alerts WHERE seen IS NULL GROUP BY project_id"
        ).fetchall()
    frame = pd.DataFrame([tuple(row) for row in projects], columns=["id", "name"])
    facts = {row["project_id"]: json.loads(row["facts"]) for row in follow}
    age = {row["project_id"]: now - datetime.fromisoformat(row["at"]) for row in dates}
    frame["points"] = frame["id"].map({k: v.get("points") for k, v in facts.items()})
    frame["realised"] = frame["id"].map({k: v.get("realised") for k, v in facts.items()})
    for column, wanted in (("open_tasks", OPEN), ("accepted", ACCEPTED), ("done", {LIVE, DONE})):
        counts: dict[int, int] = {}
        for row in tasks:
            if row["status"] in wanted:
                counts[row["project_id"]] = counts.get(row["project_id"], 0) + row["n"]
        frame[column] = frame["id"].map(counts).fillna(0).astype("int64")
    frame["data_days"] = frame["id"].map({k: v.days for k, v in age.items()}).astype("Int64")
    frame["alerts"] = frame["id"].map({r["project_id"]: r["n"] for r in alerts})
    frame["alerts"] = frame["alerts"].fillna(0).astype("int64")
    return frame[COLUMNS]
