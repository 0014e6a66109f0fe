"""One reader of one file in a process of its own: prints its CPU time, peak memory and checksum.

    python benchmarks/ingest_readers.py READER {inlinks|backlinks} FILE

READER is linkplanner, linkplanner-table, pandas, pandas-lean, polars or polars-lean. All make the
same of an inlinks file: hyperlinks only, one number for every address (shared by source and target)
and link text, the position's code (breadcrumb where the path says so), nofollow (by its column or
by rel) and image flags, and the target's status. The lean ones are told the needed columns;
polars reads no others anyway, so polars-lean is let off path, rel and status, and so gives less.
"""

import json
import resource
import sys
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

POSITIONS = ("content", "breadcrumb", "sidebar", "navigation", "header", "footer", "unknown")
LINK_COLUMNS = [
    "Type", "Source", "Destination", "Alt Text", "Anchor", "Status Code", "Follow", "Rel",
    "Link Path", "Link Position",
]  # fmt: skip
TRAIL = "readcrumb"
BACKLINK_COLUMNS = [
    "Referring page URL", "Target URL", "Anchor", "Domain rating", "Nofollow", "First seen",
    "Last seen", "Lost",
]  # fmt: skip


def _hashes(texts: Iterable[Any]) -> np.ndarray:
    return np.array([zlib.crc32(str(text).encode()) for text in texts], dtype=np.uint64)


def links_checksum(
    urls: Iterable[str], source: Any, target: Any, anchors: Iterable[str], anchor: Any,
    position: Any, nofollow: Any, image: Any, status: Any,
) -> dict[str, int]:  # fmt: skip
    """Sums that do not depend on how things are numbered."""
    of = _hashes(urls)
    text = np.append(_hashes(anchors), np.uint64(0))  # -1 is "no text"
    source, target = of[np.asarray(source)], of[np.asarray(target)]
    return {
        "links": len(source),
        "pairs": int((source * (target + np.uint64(1))).sum(dtype=np.uint64)),
        "anchors": int((text[np.asarray(anchor)] * source).sum(dtype=np.uint64)),
        "positions": int((np.asarray(position).astype(np.uint64) * target).sum(dtype=np.uint64)),
        "nofollow": int(np.asarray(nofollow).sum()),
        "image": int(np.asarray(image).sum()),
        "status": int((np.asarray(status).astype(np.uint64) * source).sum(dtype=np.uint64)),
    }


def linkplanner_inlinks(path: Path) -> Callable[[], dict[str, int]]:
    from linkplanner.read.coded_links import IMAGE, NOFOLLOW
    from linkplanner.read.stream import read_links

    links = read_links(path).links
    return lambda: links_checksum(
        links.urls, links.source, links.target, links.anchors, links.anchor, links.position,
        links.flags & NOFOLLOW > 0, links.flags & IMAGE > 0, links.status,
    )  # fmt: skip


def frame_inlinks(path: Path) -> Callable[[], dict[str, int]]:
    """linkplanner's table of texts, as the rest of linkplanner takes it."""
    from linkplanner.read import read_file

    (reading,) = read_file(path)
    return lambda: {"links": reading.rows, "nofollow": reading.nofollow or 0}


def _pandas_links(path: Path, **options: Any) -> Callable[[], dict[str, int]]:
    import pandas as pd

    frame = pd.read_csv(path, **options)
    frame = frame[frame["Type"] == "Hyperlink"]
    codes, urls = pd.factorize(pd.concat([frame["Source"], frame["Destination"]]))
    image = frame["Anchor"].isna() & frame["Alt Text"].notna()
    anchor, anchors = pd.factorize(frame["Anchor"].fillna(frame["Alt Text"]))
    place, places = pd.factorize(frame["Link Position"])
    position = np.array([POSITIONS.index(p.lower()) for p in places], dtype=np.int8)[place]
    trail = frame["Link Path"].str.contains(TRAIL, regex=False).to_numpy(bool)
    position = np.where(trail, np.int8(POSITIONS.index("breadcrumb")), position)
    rel, rels = pd.factorize(frame["Rel"].fillna(""))
    told = np.array(["nofollow" in text for text in rels])[rel]
    nofollow = ~frame["Follow"].to_numpy() | told
    status = frame["Status Code"].to_numpy(np.int32)
    half = len(frame)
    return lambda: links_checksum(
        urls, codes[:half], codes[half:], anchors, anchor, position, nofollow, image, status
    )


def pandas_inlinks(path: Path) -> Callable[[], dict[str, int]]:
    return _pandas_links(path)


def lean_inlinks(path: Path) -> Callable[[], dict[str, int]]:
    """pandas, told which columns are needed."""
    return _pandas_links(path, usecols=LINK_COLUMNS)


def _polars_links(path: Path, lean: bool) -> Callable[[], dict[str, int]]:
    import polars as pl

    url, text = (pl.Categorical(pl.Categories(name)) for name in ("url", "text"))
    c = pl.col
    blank = c("Anchor") == ""  # polars keeps quoted empty cells as empty texts
    place, nofollow = c("Link Position").str.to_lowercase(), c("Follow") == "false"
    status = []
    if not lean:
        trail = c("Link Path").str.contains(TRAIL, literal=True)
        place = pl.when(trail).then(pl.lit("breadcrumb")).otherwise(place)
        nofollow = nofollow | c("Rel").str.contains("nofollow", literal=True)
        status = [c("Status Code").cast(pl.Int32).alias("status")]
    query = (
        pl.scan_csv(path, infer_schema=False)
        .filter(c("Type") == "Hyperlink")
        .select(
            c("Source").cast(url),
            c("Destination").cast(url),
            pl.when(blank).then("Alt Text").otherwise("Anchor").cast(text).alias("text"),
            place.cast(pl.Enum(POSITIONS)).alias("place"),
            nofollow.alias("nofollow"),
            (blank & (c("Alt Text") != "")).alias("image"),
            *status,
        )
    )
    frame = query.collect(engine="streaming")

    def names(*columns: str) -> list[str]:
        """Texts by physical number; "" where a number is not used."""
        used = pl.concat([frame[name] for name in columns]).drop_nulls().unique()
        numbers, texts = used.to_physical().to_list(), used.cast(pl.String).to_list()
        of = dict(zip(numbers, texts))
        return [of.get(number, "") for number in range(max(numbers) + 1)]

    def check() -> dict[str, int]:
        anchor = frame["text"].to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
        sums = links_checksum(
            names("Source", "Destination"), frame["Source"].to_physical().to_numpy(),
            frame["Destination"].to_physical().to_numpy(), names("text"), anchor,
            frame["place"].to_physical().to_numpy(), frame["nofollow"].to_numpy(),
            frame["image"].to_numpy(), 0 if lean else frame["status"].to_numpy(),
        )  # fmt: skip
        return {k: v for k, v in sums.items() if not lean or k not in ("positions", "status")}

    return check


def polars_inlinks(path: Path) -> Callable[[], dict[str, int]]:
    return _polars_links(path, lean=False)


def lean_polars_inlinks(path: Path) -> Callable[[], dict[str, int]]:
    """polars, let off path, rel and status."""
    return _polars_links(path, lean=True)


def _backlinks_checksum(
    source: Iterable[str], target: Iterable[str], rating: Any, nofollow: Any, lost: Any, day: Any
) -> dict[str, int]:
    return {
        "links": len(np.asarray(lost)),
        "pairs": int((_hashes(source) * (_hashes(target) + np.uint64(1))).sum(dtype=np.uint64)),
        "rating": round(float(np.asarray(rating).sum()) * 10),
        "nofollow": int(np.asarray(nofollow).sum()),
        "lost": int(np.asarray(lost).sum()),
        "days": int(np.asarray(day).astype("datetime64[s]").astype(np.int64).sum()),
    }


def linkplanner_backlinks(path: Path) -> Callable[[], dict[str, int]]:
    from linkplanner.read import read_file

    (reading,) = read_file(path)
    f = reading.frame
    return lambda: {
        **_backlinks_checksum(
            f["source_url"], f["target_url"], f["ahrefs_domain_rating"], f["nofollow"], f["lost"],
            f["first_seen"],
        ),
        "domains": int(_hashes(f["source_domain"]).sum(dtype=np.uint64)),
    }  # fmt: skip


def _pandas_backlinks(path: Path, **options: Any) -> Callable[[], dict[str, int]]:
    import pandas as pd

    f = pd.read_csv(path, parse_dates=["First seen", "Last seen", "Lost"], **options)
    return lambda: _backlinks_checksum(
        f["Referring page URL"], f["Target URL"], f["Domain rating"], f["Nofollow"],
        f["Lost"].notna(), f["First seen"],
    )  # fmt: skip


def pandas_backlinks(path: Path) -> Callable[[], dict[str, int]]:
    return _pandas_backlinks(path)


def lean_backlinks(path: Path) -> Callable[[], dict[str, int]]:
    """pandas, told which columns are needed."""
    return _pandas_backlinks(path, usecols=BACKLINK_COLUMNS)


def domain_backlinks(path: Path) -> Callable[[], dict[str, int]]:
    """pandas with the registrable domain of every linking page, as linkplanner's table has it."""
    import pandas as pd
    import tldextract

    f = pd.read_csv(path, parse_dates=["First seen", "Last seen", "Lost"])
    extract = tldextract.TLDExtract(suffix_list_urls=(), include_psl_private_domains=True)
    hosts = f["Referring page URL"].str.extract(r"^https?://([^/:?#]+)", expand=False)
    codes, distinct = pd.factorize(hosts)
    names = []
    for host in distinct:
        found = extract(host)
        plain = ".".join(host.split(".")[-2:])  # an ending that is not on the list
        names.append(found.top_domain_under_public_suffix if found.suffix else plain)
    domain = pd.Series(names, dtype="str").take(codes)
    return lambda: {
        **_backlinks_checksum(
            f["Referring page URL"], f["Target URL"], f["Domain rating"], f["Nofollow"],
            f["Lost"].notna(), f["First seen"],
        ),
        "domains": int(_hashes(domain).sum(dtype=np.uint64)),
    }  # fmt: skip


def polars_backlinks(path: Path) -> Callable[[], dict[str, int]]:
    import polars as pl

    f = pl.scan_csv(path, try_parse_dates=True).collect(engine="streaming")
    return lambda: _backlinks_checksum(
        f["Referring page URL"], f["Target URL"], f["Domain rating"].to_numpy(),
        f["Nofollow"].to_numpy(), f["Lost"].is_not_null().to_numpy(), f["First seen"].to_numpy(),
    )  # fmt: skip


READERS: dict[tuple[str, str], Callable[[Path], Callable[[], dict[str, int]]]] = {
    ("linkplanner", "inlinks"): linkplanner_inlinks,
    ("linkplanner-table", "inlinks"): frame_inlinks,
    ("pandas", "inlinks"): pandas_inlinks,
    ("pandas-lean", "inlinks"): lean_inlinks,
    ("polars", "inlinks"): polars_inlinks,
    ("polars-lean", "inlinks"): lean_polars_inlinks,
    ("linkplanner", "backlinks"): linkplanner_backlinks,
    ("pandas", "backlinks"): pandas_backlinks,
    ("pandas-lean", "backlinks"): lean_backlinks,
    ("pandas-domains", "backlinks"): domain_backlinks,
    ("polars", "backlinks"): polars_backlinks,
}
"""Reader and file to the function that reads and gives what makes the checksum."""


def _import(reader: str) -> None:
    """What the reader needs, so that its import is not measured as reading."""
    if reader.startswith("linkplanner"):
        import linkplanner.read
        import linkplanner.read.stream  # noqa: F401
    elif reader.startswith("pandas"):
        import pandas  # noqa: F401
    else:
        import polars  # noqa: F401


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Reads one file with one reader."""
    reader, file, path = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    _import(reader)
    before = _cpu()
    check = READERS[reader, file](path)
    after = _cpu()
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux KiB
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    result = {
        "cpu_seconds": round(after - before, 3),
        "cpu_seconds_with_imports": round(after, 3),
        "peak_mib": round(peak / 2**20, 1),
        "checksum": check(),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
