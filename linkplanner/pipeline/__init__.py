"""The main job in two steps: `analyse` what the sources say, then `make_plan`."""

from linkplanner.pipeline.analyse import analyse
from linkplanner.pipeline.planning import make_plan, pages_export
from linkplanner.pipeline.progress import Progress, no_progress
from linkplanner.pipeline.reading import ToRead, pages_to_read
from linkplanner.pipeline.texts import Compared, compare_texts
from linkplanner.results import Analysis, PlanResult

__all__ = [
    "Analysis",
    "Compared",
    "PlanResult",
    "Progress",
    "ToRead",
    "analyse",
    "compare_texts",
    "make_plan",
    "no_progress",
    "pages_export",
    "pages_to_read",
]
