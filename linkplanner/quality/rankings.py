"""Public rankings of domains as a compact lookup: Tranco, Majestic Million, Common Crawl.

The format is read from the file: "1,example.com" (Tranco, Cisco Umbrella), a table with the columns
GlobalRank and Domain (Majestic Million), or one with #host_rev or a reversed domain and
#harmonicc_pos (Common Crawl's domain ranks). Files may be packed (gz, zip) and are read in blocks.
"""

import gzip
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import numpy as np
import pandas as pd

from linkplanner.errors import InputError
from linkplanner.progress import Progress, no_progress

__all__ = ["RANK_KNOTS", "Rankings", "read_rankings"]

RANK_KNOTS: Final = (
    (0, 98), (1, 96), (2, 92), (3, 85), (4, 72), (5, 55), (6, 38), (7, 22), (8, 12),
)  # fmt: skip
"""Decimal logarithm of the rank: our authority. Rounded judgement, not measured."""
MOST: Final = 10_000_000
"""Domains kept, the first ones: 120 MB; what ranks below is weaker than any estimate can tell."""
BLOCK: Final = 200_000
"""Lines read at once."""


@dataclass(frozen=True)
class Rankings:
    """Ranks of domains, looked up by a 64-bit number of the name."""

    name: str
    """Which ranking it is."""
    keys: np.ndarray
    """uint64[domains], sorted."""
    ranks: np.ndarray
    """uint32[domains], 1 is first."""

    def __len__(self) -> int:
        return len(self.keys)

    def of(self, domains: pd.Series) -> np.ndarray:
        """Rank of each domain, nan where it is not ranked: float64[rows]."""
        if not len(self.keys):
            return np.full(len(domains), np.nan)
        wanted = _keys(domains.fillna("").astype("str"))
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, self.ranks[at].astype(np.float64), np.nan)

    def authority(self, domains: pd.Series) -> np.ndarray:
        """Authority by rank, nan where a domain is not ranked: float64[rows]."""
        ranks = np.log10(self.of(domains))
        return np.interp(ranks, [x for x, _ in RANK_KNOTS], [y for _, y in RANK_KNOTS])

    def save(self, path: Path) -> None:
        """Write the lookup to a file."""
        with path.open("wb") as out:
            np.savez(out, name=np.array(self.name), keys=self.keys, ranks=self.ranks)

    @classmethod
    def load(cls, path: Path) -> "Rankings":
        """Read what `save` wrote. Raises InputError."""
        try:
            with np.load(path, allow_pickle=False) as held:
                return cls(str(held["name"]), held["keys"], held["ranks"])
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise InputError(f"“{path.name}” is no saved ranking; import it again.") from error


def _keys(names: pd.Series) -> np.ndarray:
    return pd.util.hash_array(names.to_numpy(dtype=object), categorize=False)


def read_rankings(
    source: Path | bytes, name: str = "", progress: Progress = no_progress
) -> Rankings:
    """A ranking file as a lookup of its first `MOST` domains. Raises InputError.

    source: a path, or the content of an upload; name: shown in messages.
    """
    shown = name or (source.name if isinstance(source, Path) else "the file")
    try:
        with _opened(source) as stream:
            head = stream.readline().rstrip("\r\n")
            kind, order = _format(head, shown)
            first = [head] if kind == "Tranco" else []
            return _build(kind, _blocks(stream, first), order, shown, progress)
    except (OSError, EOFError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise InputError(
            f"“{shown}” cannot be opened as a ranking ({error}); download it again."
        ) from error


@contextmanager
def _opened(source: Path | bytes) -> Iterator[IO[str]]:
    """The text of a file that may be packed."""
    with source.open("rb") if isinstance(source, Path) else io.BytesIO(source) as raw:
        start = raw.read(4)
        raw.seek(0)
        if start[:2] == b"\x1f\x8b":
            with gzip.open(raw, "rt", encoding="utf-8", errors="replace") as text:
                yield text
        elif start == b"PK\x03\x04":
            with zipfile.ZipFile(raw) as archive, archive.open(archive.namelist()[0]) as inner:
                yield io.TextIOWrapper(inner, encoding="utf-8", errors="replace")
        else:
            yield io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace")


def _format(head: str, shown: str) -> tuple[str, tuple[str, int, int]]:
    """Kind of ranking, and separator, place of rank and of domain."""
    cells = [cell.strip().strip('"').lower() for cell in head.split(",")]
    if "globalrank" in cells and "domain" in cells:
        return "Majestic Million", (",", cells.index("globalrank"), cells.index("domain"))
    tabs = [cell.strip().lower() for cell in head.split("\t")]
    names = [place for place, cell in enumerate(tabs) if cell.endswith("_rev")]
    if names and "#harmonicc_pos" in tabs:
        return "Common Crawl", ("\t", tabs.index("#harmonicc_pos"), names[0])
    if len(cells) == 2 and cells[0].isdigit() and "." in cells[1]:
        return "Tranco", (",", 0, 1)
    raise InputError(
        f"“{shown}” is no known ranking, it starts with “{head[:60]}”; take the list of "
        "Tranco, the Majestic Million, or Common Crawl's domain ranks."
    )


def _blocks(stream: IO[str], first: list[str]) -> Iterator[list[str]]:
    block = list(first)
    for line in stream:
        block.append(line)
        if len(block) >= BLOCK:
            yield block
            block = []
    if block:
        yield block


def _build(
    kind: str, blocks: Iterator[list[str]], order: tuple[str, int, int], shown: str,
    progress: Progress,
) -> Rankings:  # fmt: skip
    keys, ranks, size = [], [], 0
    for block in blocks:
        rank, names = _parsed(block, order, kind == "Common Crawl")
        keys.append(_keys(names))
        ranks.append(rank)
        size += len(rank)
        progress(size, MOST, f"Reading {kind}")
        if size >= MOST:
            break
    if not size:
        raise InputError(f"“{shown}” holds no ranked domain; download it again.")
    key, rank = np.concatenate(keys)[:MOST], np.concatenate(ranks)[:MOST]
    best = np.lexsort((rank, key))
    key, rank = key[best], rank[best]
    new = np.concatenate([[True], key[1:] != key[:-1]])
    return Rankings(kind, key[new], rank[new])


def _parsed(
    block: list[str], order: tuple[str, int, int], reverse: bool
) -> tuple[np.ndarray, pd.Series]:
    """Ranks and domains of some lines; lines that are neither are left out."""
    separator, rank_at, name_at = order
    rows = []
    for line in block:
        cells = line.rstrip("\r\n").split(separator)
        if len(cells) > max(rank_at, name_at) and cells[rank_at].strip('" ').isdigit():
            name = cells[name_at].strip('" ').lower()
            rows.append((int(cells[rank_at].strip('" ')),
                         ".".join(reversed(name.split("."))) if reverse else name))  # fmt: skip
    rank = np.array([row[0] for row in rows], dtype=np.float64).clip(1, 2**32 - 1)
    return rank.astype(np.uint32), pd.Series([row[1] for row in rows], dtype="str")
