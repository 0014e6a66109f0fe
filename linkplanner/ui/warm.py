"""Imports in the background what the next screens need, once the first one stands.

Only code is read, no data: nothing is computed that nobody asked for, and a start stays as quick as
it is. Somebody who reads the first screen for a second does not wait for charts on the next one.
"""

import contextlib
import gc
import importlib
import threading
from typing import Final

__all__ = ["NEEDED", "warm_up"]

NEEDED: Final = (
    "pyarrow.parquet", "linkplanner.results", "altair", "linkplanner.ui.charts",
    "linkplanner.ui.flow_picture", "linkplanner.ui.task_list", "linkplanner.ui.backlink_quality",
    "linkplanner.ui.backlink_profile", "linkplanner.ui.disavow_review",
    "linkplanner.ui.equity_view", "linkplanner.ui.explorer_view", "linkplanner.ui.site_table",
    "linkplanner.ui.topics", "linkplanner.ui.plan_limits", "linkplanner.ui.plan_rest",
    "linkplanner.ui.plan_what_if", "linkplanner.ui.strategy_needs",
    "linkplanner.ui.strategy_parts", "linkplanner.ui.outreach_parts", "linkplanner.ui.monitor",
)  # fmt: skip
"""Modules in the order in which they are likely to be needed; none of them brings SciPy."""
_once = threading.Lock()


def warm_up() -> None:
    """Start the imports, once in the life of the program; returns at once."""
    if _once.acquire(blocking=False):  # never released
        threading.Thread(target=_import, name="warm-up", daemon=True).start()


def _import() -> None:
    for name in NEEDED:
        with contextlib.suppress(ImportError):  # told where it is needed
            importlib.import_module(name)
    # Streamlit collects garbage after every run of a screen; what was imported never is any, and
    # going through it takes as long as drawing a small screen.
    gc.freeze()
