"""Long work in a process of its own: one file a kind of job, `kinds.BODIES` is their register."""

from linkplanner.work.reporter import Reporter
from linkplanner.work.run import main, run_job

__all__ = ["Reporter", "main", "run_job"]
