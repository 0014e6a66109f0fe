"""A made-up shop with every fault that the planner knows: for a first look, tests and pictures."""

from linkplanner.sample.backlinks import TargetFacts, write_ahrefs_backlinks
from linkplanner.sample.project import Sample, write_sample

__all__ = ["Sample", "TargetFacts", "write_ahrefs_backlinks", "write_sample"]
