"""The folder of a crawl: begun, gone on with, ended, and begun again with what is known.

While a crawl is under way its journal is `journal.bin`. Once ended, the next crawl of the folder
starts a new journal and asks only for what changed since the old one, `earlier.bin`.
"""

from pathlib import Path
from typing import Final

from linkplanner.crawl.earlier import Earlier
from linkplanner.crawl.journal import JOURNAL, FileJournal, pack, sync, unpack

__all__ = ["CrawlFolder"]

EARLIER: Final = "earlier.bin"


class CrawlFolder:
    """A journal in a folder, and what an earlier crawl in the same folder knows."""

    def __init__(self, folder: Path, limit: int, *, anew: bool = False) -> None:
        """Open the folder for a crawl of at most `limit` pages. `anew`: fetch every page again.

        A crawl that was stopped or killed is gone on with, and so is one that ended at a smaller
        limit. Raises InputError where the folder cannot be used.
        """
        self.folder = folder
        journal = FileJournal(folder)
        self.resumed = False
        """Whether an unfinished crawl is gone on with."""
        ended_at = _ended_at(journal)
        if ended_at is not None and not 0 < ended_at < limit:
            journal.clear_spool()
            journal.close()
            (folder / JOURNAL).replace(folder / EARLIER)
            journal = FileJournal(folder)
        else:
            self.resumed = next(journal.payloads(), None) is not None
        self.journal = journal
        known = None if anew or not (folder / EARLIER).is_file() else FileJournal(folder, EARLIER)
        self.earlier = Earlier(known)
        if known is not None:
            known.close()

    def end(self, limit: int, capped: bool) -> None:
        """The crawl is over, not just stopped. `capped`: more pages are there than `limit`."""
        self.journal.append(pack({"k": "end", "u": "", "limit": limit if capped else 0}))
        sync(self.journal)
        self.journal.clear_spool()
        (self.folder / EARLIER).unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the files."""
        self.journal.close()


def _ended_at(journal: FileJournal) -> int | None:
    """Limit at which the journal's crawl ended, 0 where it was not reached; None while it runs."""
    last = None
    for payload in journal.payloads():
        last = payload
    record = unpack(last) if last is not None else None
    return int(record["limit"]) if record is not None and record["k"] == "end" else None
