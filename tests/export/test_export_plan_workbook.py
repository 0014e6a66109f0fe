"""The workbook of the whole plan: every sheet is there, and figures stay figures."""

import io
from typing import ClassVar

import pandas as pd
from python_calamine import CalamineWorkbook

from linkplanner.export.plan_workbook import plan_workbook
from linkplanner.tables import PLAN, PROSPECTS, REPAIRS, TASKS


class Fake:
    """What the workbook reads of an analysis and a plan."""

    facts: ClassVar = {"domain": "shop.example", "counts": {"indexable": 4, "live_backlinks": 7}}
    summary: ClassVar = {
        "links": 1,
        "points_before": 1.5,
        "points_after": 2.5,
        "warnings": ["=1+1"],
        "routes": {"direct": {"points": 1.0}, "hubs": {"points": 1.25}},
    }
    plan = PLAN.conform(pd.DataFrame({"source_url": ["https://shop.example/a"], "gain": [1.0]}))
    frames: ClassVar = {
        "few_links": plan,
        "weak_links": pd.DataFrame({"source_url": []}),
        "repairs": REPAIRS.empty(),
    }

    def __getitem__(self, name: str) -> pd.DataFrame:
        return {"repairs": REPAIRS, "prospects": PROSPECTS}[name].empty()


def test_the_whole_plan_as_one_workbook() -> None:
    task = {"task_id": "a", "kind": "add link", "status": "approved", "gain": 1.0,
            "effort_minutes": 30.0}  # fmt: skip
    tasks = TASKS.conform(pd.DataFrame([task]))
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(plan_workbook(Fake(), Fake(), tasks, "Shop"))  # type: ignore[arg-type]
    )
    assert book.sheet_names == [
        "Summary", "Plan", "Few links", "Repairs", "Outreach", "Tasks", "Method",
    ]  # fmt: skip
    summary = dict(map(tuple, book.get_sheet_by_name("Summary").to_python()))
    assert (summary["Site"], summary["Points with the plan"]) == ("shop.example", 2.5)
    assert (summary["Tasks: approved"], summary["Note"]) == (1.0, "=1+1")
    assert summary["Gain through hub pages as well"] == 1.25
    header, row = book.get_sheet_by_name("Tasks").to_python()
    assert dict(zip(header, row))["gain_per_hour"] == 2.0
