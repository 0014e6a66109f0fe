"""The file of priority pages that a user names: a table of ours, or just a list of addresses."""

import dataclasses
from pathlib import Path

from linkplanner.errors import InputError
from linkplanner.read.files import read_file
from linkplanner.read.reading import Reading
from linkplanner.tables import PRIORITIES

__all__ = ["read_priorities"]


def read_priorities(path: Path) -> Reading:
    """The priority pages of a file; a plain list of addresses gives each the weight 1.

    Raises InputError where the file cannot be read as that.
    """
    readings = read_file(path)
    for reading in readings:
        if reading.kind == "priorities":
            return reading
    for reading in readings:
        if reading.kind in ("sitemap", "pages", "traffic") and reading.rows:
            frame = reading.frame[["url"]].drop_duplicates().assign(weight=1.0)
            table = PRIORITIES.conform(frame)
            return dataclasses.replace(reading, kind="priorities", frame=table, rows=len(table))
    detail = readings[0].message if readings else "it is empty"
    raise InputError(
        f"“{path.name}” holds no priority pages ({detail.rstrip('.')}); write a CSV with the "
        "columns url, weight, keywords and difficulty."
    )
