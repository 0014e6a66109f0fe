"""A large list of links on disk straight into integers, block by block."""

from pathlib import Path

from linkplanner.errors import InputError
from linkplanner.read import limits
from linkplanner.read.blocks import NotUtf8
from linkplanner.read.coded_links import LinksRead, read_coded
from linkplanner.read.decode import decode, is_html, is_xml
from linkplanner.read.files import is_header, report_of
from linkplanner.read.on_disk import FileBlob, Progress
from linkplanner.read.table import open_table
from linkplanner.read.unpack import file_type

__all__ = ["read_links"]


def read_links(path: Path, progress: Progress | None = None) -> LinksRead:
    """The links of a crawler's link export as text, as `read_file` takes them, without a frame.

    Memory grows with the distinct addresses and 18 bytes a link, not with the file. Raises
    InputError where the file is no list of links or too large, and OSError where it cannot be read.
    """
    size = path.stat().st_size
    if size > limits.FILE_LIMIT:
        raise InputError(f"“{path.name}” is {size / 2**30:.1f} GiB; export a part of it.")
    with FileBlob(path, progress) as blob:
        head = blob[:4096].decode("utf-8", errors="ignore")
        if file_type(blob) != "text" or is_html(head) or is_xml(head):
            raise _no_list(path)
        try:
            return _read(path, blob, thorough=False)
        except NotUtf8:
            return _read(path, blob, thorough=True)


def _read(path: Path, blob: FileBlob, *, thorough: bool) -> LinksRead:
    grid = open_table(decode(blob, thorough=thorough), is_header)
    report = report_of(grid)
    if report is None or report.kind != "links" or report.explain:
        raise _no_list(path)
    return read_coded(grid, report)


def _no_list(path: Path) -> InputError:
    return InputError(
        f"“{path.name}” is no list of links as text; give a CSV such as Screaming Frog's "
        "“All Inlinks”."
    )
