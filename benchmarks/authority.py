"""Fits how one vendor's scores map onto Ahrefs' Domain Rating, where both see the same sites.

    python benchmarks/authority.py AHREFS_EXPORT OTHER_EXPORT... [--knots 8] [--json]

The exports must be of the same site, or at least share linking sites. For every score that the
other files hold, the rating is fitted by isotonic regression on the sites seen by both, drawn with
a few rounded knots, and judged on tenths of the sites that the fit did not see: mean error of the
fit, of the knots that ship, and of no mapping at all; and the rank correlation. A constant is the
peer: what always saying the median would err. Nothing of the files is kept but the knots.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.stats import spearmanr
from sklearn.isotonic import IsotonicRegression

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from linkplanner.quality.authority import DOMAIN_KNOTS, PAGE_KNOTS, TRAFFIC_KNOTS
from linkplanner.quality.visible import visible_authority
from linkplanner.read.files import read_file

ANCHOR: Final = "ahrefs_domain_rating"
LEAST: Final = 50
"""Shared sites below which nothing is fitted."""
FOLDS: Final = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("anchor", type=Path, help="Ahrefs export with domain ratings")
    parser.add_argument("others", type=Path, nargs="*", help="exports of other vendors")
    parser.add_argument("--knots", type=int, default=8, help="knots beside the two ends")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    rating = by_site([arguments.anchor], ANCHOR)
    report = {}
    shipped = {**DOMAIN_KNOTS, **PAGE_KNOTS}
    for column in [c for c in shipped if c != ANCHOR]:
        files = [arguments.anchor, *arguments.others]
        report[column] = fit(by_site(files, column), rating, shipped[column], arguments.knots)
    visits = by_site([arguments.anchor], "ahrefs_domain_traffic")
    report["log10 of 1 + visits"] = fit(
        np.log10(1 + visits.clip(lower=0)), rating, TRAFFIC_KNOTS, arguments.knots
    )
    report["address alone"] = visible(arguments.anchor, rating)
    report = {name: found for name, found in report.items() if found}
    if arguments.json:
        print(json.dumps(report))
    else:
        for name, found in report.items():
            print(name, *(f"\n  {key}: {value}" for key, value in found.items()))


def frames(paths: list[Path]) -> list[pd.DataFrame]:
    """Backlink and domain tables of some files, with the linking site as `site`."""
    out = []
    for path in paths:
        for reading in read_file(path):
            if reading.kind in ("backlinks", "domains"):
                name = "source_domain" if reading.kind == "backlinks" else "domain"
                out.append(reading.frame.assign(site=reading.frame[name]))
    return out


def by_site(paths: list[Path], column: str) -> pd.Series:
    """A score by linking site: the mean of its pages, where several are listed."""
    held = [frame[["site", column]] for frame in frames(paths) if column in frame]
    rows = pd.concat(held).dropna() if held else pd.DataFrame({"site": [], column: []})
    return rows.groupby("site")[column].mean()


def fit(score: pd.Series, rating: pd.Series, knots: Any, number: int) -> dict[str, Any]:
    """Fitted knots and errors of a score against the rating; empty with too few shared sites."""
    both = pd.DataFrame({"x": score, "y": rating}).dropna()
    if len(both) < LEAST or both["x"].nunique() < 3:
        return {}
    x, y = both["x"].to_numpy(), both["y"].to_numpy()
    drawn = draw(x, y, number)
    random = np.random.default_rng(0)
    fold = random.permutation(len(x)) % FOLDS
    guess = np.empty(len(x))
    for held in range(FOLDS):
        seen = fold != held
        points = draw(x[seen], y[seen], number)
        guess[~seen] = np.interp(x[~seen], [p for p, _ in points], [q for _, q in points])
    ours = np.interp(x, [p for p, _ in knots], [q for _, q in knots])
    return {
        "sites": len(both),
        "knots": drawn,
        "rank_correlation": round(float(spearmanr(x, y).statistic), 3),
        "error_fitted": _error(guess, y),
        "error_shipped": _error(ours, y),
        "error_unmapped": _error(x, y),
        "error_constant": _error(np.full(len(y), np.median(y)), y),
    }


def draw(x: np.ndarray, y: np.ndarray, number: int) -> list[tuple[float, float]]:
    """A few rounded knots of the isotonic fit, at quantiles of the score."""
    model = IsotonicRegression(increasing=True, out_of_bounds="clip").fit(x, y)
    places = np.unique(np.quantile(x, np.linspace(0, 1, number + 2)).round(1))
    return [(float(place), float(round(model.predict([place])[0]))) for place in places]


def visible(path: Path, rating: pd.Series) -> dict[str, Any]:
    """The estimate from the address alone against the rating."""
    rows = pd.concat(frames([path])).drop_duplicates("site")
    guess = pd.Series(visible_authority(rows["source_url"], 25.0), index=rows["site"])
    both = pd.DataFrame({"x": guess, "y": rating}).dropna()
    return {
        "sites": len(both),
        "rank_correlation": round(float(spearmanr(both["x"], both["y"]).statistic), 3),
        "error_shipped": _error(both["x"].to_numpy(), both["y"].to_numpy()),
        "error_constant": _error(np.full(len(both), both["y"].median()), both["y"].to_numpy()),
    }


def _error(guess: np.ndarray, truth: np.ndarray) -> float:
    return round(float(np.abs(guess - truth).mean()), 1)


if __name__ == "__main__":
    main()
