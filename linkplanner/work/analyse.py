"""The job that reads the project's files and works out the site."""

from linkplanner.work.analysis import make_analysis
from linkplanner.work.sources import read_sources
from linkplanner.work.work import Work

__all__ = ["run_analyse"]


def run_analyse(work: Work) -> str:
    """Read every file, join and score; returns the sentence for the user."""
    readings = read_sources(work)
    analysis = make_analysis(work, readings)
    return f"Worked out {len(analysis.frames['pages']):,} addresses of the site."
