"""How well the spam score agrees with a vendor's flag that it was not shown.

    python benchmarks/spam.py FILE --label "Is spam" [--versus SEMRUSH_AUDIT] [--json]

FILE is a backlink export (Ahrefs) with a column of true and false. That column, and every column
that is computed from it, is deleted before the file is read, by the app's own reader. Figures are
areas under the curve (.5 is chance, 1 is full agreement): per link, and per host (a host's score
and flag are the highest of its links), with 95 % intervals from resampling whole hosts. Beside
them stand single columns of the same file and, where a Semrush audit is given, its toxic score and
ours on the hosts that both files hold. "Without visits" deletes the search traffic columns,
"without metrics" every vendor's metric, as in exports of Semrush or Search Console.

The figures say how far two judgements of one site's links agree, nothing wider.
"""

import argparse
import io
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.stats import rankdata

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from linkplanner.quality.signals import BANDS, band
from linkplanner.quality.spam import score_spam
from linkplanner.read.files import read_file
from linkplanner.tables import METRICS, PAGES
from linkplanner.urls import canonical_or_none, host

TRAFFIC: Final = ("ahrefs_domain_traffic", "ahrefs_page_traffic", "ahrefs_keywords")
SINGLE: Final = {
    "search visits of the site, fewest first": ("ahrefs_domain_traffic", -1),
    "domain rating, lowest first": ("ahrefs_domain_rating", -1),
    "external links on the page": ("external_links", 1),
    "linked domains": ("ahrefs_linked_domains", 1),
}
"""Columns that could be sorted by instead, with the direction that means spam."""
FEW: Final = 12
"""Distinct values up to which a column may be a recoding of the label."""
GIVEN_AWAY: Final = 0.985
"""Agreement with the label from which a column counts as computed from it."""
RESAMPLES: Final = 2000


def main() -> None:
    arguments = _arguments()
    raw = read_raw(arguments.file)
    label = find_label(raw, arguments.label)
    flags = is_true(raw[label])
    removed = computed_from(raw, label, flags)
    table = scored_table(raw, flags, removed)
    report = measure(table, table)
    shared: dict[str, Any] = {}
    if arguments.versus:
        shared = measure_versus(table, arguments.versus)
    if arguments.json:
        print(json.dumps(as_json(report, shared)))
    else:
        show(report, shared, removed, len(raw))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("file", type=Path, help="backlink export with the label")
    parser.add_argument("--label", default="Is spam", help="column of true and false")
    parser.add_argument("--versus", type=Path, help="Semrush backlink audit of the same site")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args()


def read_raw(path: Path) -> pd.DataFrame:
    """The file as texts, whatever its encoding and separator."""
    data = path.read_bytes()
    if data.startswith(b"PK"):
        return pd.read_excel(io.BytesIO(data), dtype="str", engine="calamine").fillna("")
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = data.decode("utf-16" if utf16 else "utf-8-sig", errors="replace")
    head = text.partition("\n")[0]
    separator = max("\t,;", key=head.count)
    return pd.read_csv(io.StringIO(text), sep=separator, dtype="str", keep_default_na=False)


def find_label(raw: pd.DataFrame, name: str) -> str:
    """The label's column. Exits with one sentence where there is none."""
    for column in raw.columns:
        if _plain(column) == _plain(name):
            return str(column)
    raise SystemExit(f"There is no column “{name}”; the file has {', '.join(raw.columns[:8])} …")


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", str(name).lower()).strip()


def is_true(column: pd.Series) -> np.ndarray:
    """Which cells say yes."""
    return column.str.strip().str.lower().isin(["true", "1", "yes", "y", "1.0"]).to_numpy()


def computed_from(raw: pd.DataFrame, label: str, flags: np.ndarray) -> list[str]:
    """The label, columns named after it, and columns whose values give it away."""
    words = set(_plain(label).split()) - {"is"}
    found = [label]
    for column in raw.columns.drop(label):
        named = words <= set(_plain(column).split())
        if named or gives_away(raw[column], flags):
            found.append(column)
    return found


def gives_away(column: pd.Series, flags: np.ndarray) -> bool:
    """Whether a column alone tells the label nearly without error."""
    if flags.all() or not flags.any():
        return False
    if column.nunique() <= FEW:
        share = pd.Series(flags).groupby(column.to_numpy()).transform("mean")
        return auc(flags, share.to_numpy()) >= GIVEN_AWAY
    number = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float)
    known = ~np.isnan(number)
    if known.mean() < 0.9 or len(set(flags[known])) < 2:
        return False
    value = auc(flags[known], number[known])
    return max(value, 1 - value) >= GIVEN_AWAY


def scored_table(raw: pd.DataFrame, flags: np.ndarray, removed: Sequence[str]) -> pd.DataFrame:
    """One row a link as the app reads it: host, flag, single columns, and our three scores."""
    frame = _read_back(raw.drop(columns=list(removed)))
    source = next(c for c in raw.columns if _plain(c) in ("referring page url", "url from"))
    flagged = pd.Series(flags).groupby(raw[source].map(canonical_or_none).to_numpy()).max()
    frame = frame[frame["source_url"].isin(flagged.index)].reset_index(drop=True)
    table = pd.DataFrame(
        {
            "host": frame["source_url"].map(lambda url: host(url).removeprefix("www.")),
            "flag": frame["source_url"].map(flagged).to_numpy(dtype=bool),
        }
    )
    for column, _ in SINGLE.values():
        table[column] = frame[column].astype("Float64").fillna(0).to_numpy(dtype=float)
    site = PAGES.conform(pd.DataFrame({"url": frame["target_url"].dropna().drop_duplicates()}))
    bare = frame.assign(**dict.fromkeys(METRICS))
    table["ours"] = score_spam(frame, site).total
    table["without_visits"] = score_spam(frame.drop(columns=list(TRAFFIC)), site).total
    table["without_metrics"] = score_spam(bare.drop(columns=list(METRICS)), site).total
    return table


def _read_back(raw: pd.DataFrame) -> pd.DataFrame:
    """The export, written without the deleted columns and read by the app's own reader."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "backlinks.csv"
        raw.to_csv(path, index=False)
        frames = [r.frame for r in read_file(path) if r.kind == "backlinks"]
    if not frames:
        raise SystemExit("The file was not recognised as a backlink export.")
    frame = pd.concat(frames, ignore_index=True)
    assert frame["ahrefs_is_spam"].isna().all(), "the label was deleted"
    return frame


def auc(flags: np.ndarray, score: np.ndarray) -> float:
    """Chance that a flagged one scores above one that is not; ties count half."""
    positive = int(flags.sum())
    negative = len(flags) - positive
    if not positive or not negative:
        return float("nan")
    ranks = rankdata(score)
    return float(
        (ranks[flags.astype(bool)].sum() - positive * (positive + 1) / 2) / positive / negative
    )


def by_host(table: pd.DataFrame) -> pd.DataFrame:
    """Highest flag and scores of each host."""
    return table.groupby("host", sort=True).max()


def measure(table: pd.DataFrame, links: pd.DataFrame) -> dict[str, Any]:
    """Areas with intervals of everything that can be compared on these rows."""
    signed = table.assign(
        **{column: table[column] * sign for column, sign in SINGLE.values() if column in table}
    )
    hosts = by_host(signed)
    columns = [c for c in hosts.columns if c != "flag"]
    out = {
        "rows": len(links),
        "hosts": len(hosts),
        "flagged": int(hosts["flag"].sum()),
        "ours_row": _resampled(signed, "ours", signed["host"]),
    }
    for column in columns:
        out[f"{column}_host"] = _resampled(hosts, column, None)
    shares = links["flag"].groupby(links["ours"].map(band)).agg(["size", "mean"])
    out["bands"] = {
        name: (int(shares["size"].get(name, 0)), float(shares["mean"].get(name, np.nan)))
        for _, name in BANDS
    }
    return out


def _resampled(
    frame: pd.DataFrame, column: str, groups: pd.Series | None
) -> tuple[float, float, float]:
    """Area and its 95 % interval, resampling groups (hosts) with replacement."""
    flags, score = frame["flag"].to_numpy(dtype=bool), frame[column].to_numpy(dtype=float)
    value = auc(flags, score)
    rng = np.random.default_rng(0)
    codes = np.arange(len(frame)) if groups is None else pd.factorize(groups)[0]
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(codes.max() + 2))
    values = []
    for _ in range(RESAMPLES if len(frame) < 5000 else RESAMPLES // 10):
        drawn = rng.integers(0, len(starts) - 1, len(starts) - 1)
        sizes = starts[drawn + 1] - starts[drawn]
        offsets = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        rows = order[np.repeat(starts[drawn], sizes) + offsets]
        values.append(auc(flags[rows], score[rows]))
    low, high = np.nanquantile(values, [0.025, 0.975]) if values else (np.nan, np.nan)
    return value, float(low), float(high)


def measure_versus(table: pd.DataFrame, path: Path) -> dict[str, Any]:
    """The same on the hosts that a Semrush audit holds too, with its toxic score."""
    frames = [r.frame for r in read_file(path) if r.kind == "backlinks"]
    audit = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    if "semrush_toxic_score" not in audit or audit["semrush_toxic_score"].isna().all():
        raise SystemExit(f"“{path.name}” holds no toxic scores.")
    names = audit["source_url"].map(lambda url: host(str(url)).removeprefix("www."))
    toxic = audit["semrush_toxic_score"].groupby(names).max()
    shared = table[table["host"].isin(toxic.index)]
    return measure(shared.assign(semrush=shared["host"].map(toxic).astype(float)), shared)


def as_json(report: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """The four figures, null where they cannot be said."""

    def figure(source: dict[str, Any], name: str) -> float | None:
        value = source.get(name, (float("nan"),))[0]
        return None if np.isnan(value) else round(value, 4)

    return {
        "rows": report["rows"],
        "auc": {
            "ours_host": figure(report, "ours_host"),
            "ours_row": figure(report, "ours_row"),
            "traffic_host": figure(report, "ahrefs_domain_traffic_host"),
            "semrush_host": figure(shared, "semrush_host"),
        },
    }


def show(report: dict[str, Any], shared: dict[str, Any], removed: Sequence[str], rows: int) -> None:
    """The figures as a table."""
    print(f"Deleted before scoring: {', '.join(removed)}")
    print(f"{report['rows']:,} of {rows:,} links, {report['hosts']:,} hosts, "
          f"{report['flagged']:,} flagged")  # fmt: skip
    _table(report)
    if shared:
        print(f"\nOn the {shared['hosts']:,} hosts that the audit holds too, "
              f"{shared['flagged']:,} flagged")  # fmt: skip
        _table(shared)


def _table(report: dict[str, Any]) -> None:
    lines = {
        "ours, per host": "ours_host",
        "ours, per link": "ours_row",
        "ours without visits, per host": "without_visits_host",
        "ours without any metric, per host": "without_metrics_host",
        "Semrush toxic score, per host": "semrush_host",
        **{f"{name}, per host": f"{column}_host" for name, (column, _) in SINGLE.items()},
    }
    for name, key in lines.items():
        if key in report:
            value, low, high = report[key]
            print(f"  {name:52s} {value:.3f}  ({low:.3f} to {high:.3f})")
    for name, (size, share) in report["bands"].items():
        print(f"  called “{name}”: {size:,} links, {share:.0%} of them flagged")


if __name__ == "__main__":
    main()
