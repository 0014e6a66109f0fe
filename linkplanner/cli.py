"""The same job without a browser: `python -m linkplanner plan ...`."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkplanner.cli_crawl import add_crawl
from linkplanner.errors import InputError, LinkplannerError
from linkplanner.settings import PlanLimits, Settings, check_objective, check_route

if TYPE_CHECKING:
    import pandas as pd

    from linkplanner.crawl.fetch import Fetcher
    from linkplanner.crawl.reader import PagesRead
    from linkplanner.pipeline import Analysis, PlanResult
    from linkplanner.read.reading import Reading

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Returns 0, or 2 after one sentence on stderr."""
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
        run: Callable[[argparse.Namespace], None] = options.run
        run(options)
    except LinkplannerError as error:
        print(f"linkplanner: {error}", file=sys.stderr)
        return 2
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


class _Parser(argparse.ArgumentParser):
    """One sentence on a wrong call, and nothing else."""

    def error(self, message: str) -> None:  # type: ignore[override]
        print(f"linkplanner: {message}; see {self.prog} --help.", file=sys.stderr)
        raise SystemExit(2)


def _parser() -> argparse.ArgumentParser:
    limits = PlanLimits()
    parser = _Parser(
        prog="python -m linkplanner",
        description="Plans internal links, repairs and outreach from a sitemap and backlinks.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_plan(commands, limits)
    add_crawl(commands)
    _add_optimise(commands, limits)
    inspect = commands.add_parser("inspect", help="tell what files are, one JSON object a line")
    inspect.set_defaults(run=_inspect)
    inspect.add_argument("files", nargs="+", metavar="FILE")
    return parser


def _add_plan(commands: Any, limits: PlanLimits) -> None:
    plan = commands.add_parser("plan", help="read the files, plan links, write the results")
    plan.set_defaults(run=_plan)
    add = plan.add_argument
    add("--sitemap", action="append", default=[], metavar="FILE_OR_URL", help="the site's sitemap")
    add("--backlinks", nargs="+", default=[], metavar="FILE", help="backlink exports of any vendor")
    add("--links", nargs="+", default=[], metavar="FILE", help="crawl exports of internal links")
    add("--pages", nargs="+", default=[], metavar="FILE", help="crawl exports of pages, traffic")
    add("--crawl", metavar="DIR", help="folder of an earlier crawl of ours")
    add(
        "--fetch-texts",
        action="store_true",
        help="fetch up to 200 pages that links would be added to, to find sentences on them",
    )
    add(
        "--read-pages", type=int, default=0, metavar="N", help="fetch up to N pages for their links"
    )
    add(
        "--priority",
        nargs="+",
        default=[],
        metavar="PATTERN_OR_FILE",
        help="pages that earn money: /services/*, a kind (product), or a CSV with a url column",
    )
    add("--max-links", type=_count, default=limits.max_links, help="new links in all")
    add("--per-page", type=_count, default=limits.per_page, help="new links on one page")
    add("--per-target", type=_count, default=limits.per_target, help="new links to one page")
    add("--objective", default=limits.objective, metavar="balanced|total", help="what to raise")
    add(
        "--route",
        default=limits.route,
        metavar="direct|hubs",
        help="link straight, or via hubs too",
    )
    add("--seconds", type=_count, default=int(limits.proof_seconds), help="time to prove the plan")
    add("--allow-host", action="append", default=[], help="own host on a private network to read")
    add("--out", required=True, metavar="DIR", help="folder for the results")
    add("--model", action="store_true", help="also write model.npz, to recompute every figure")


def _add_optimise(commands: Any, limits: PlanLimits) -> None:
    optimise = commands.add_parser("optimise", help="plan from a saved model alone")
    optimise.set_defaults(run=_optimise)
    add = optimise.add_argument
    add("model", metavar="MODEL.npz", help="what “plan --model” wrote")
    add("--max-links", type=_count, help="new links in all (default: the model's)")
    add("--per-page", type=_count, help="new links on one page (default: the model's)")
    add("--per-target", type=_count, help="new links to one page (default: the model's)")
    add("--objective", default=limits.objective, metavar="balanced|total", help="what to raise")
    add(
        "--route",
        default="hubs",
        metavar="direct|hubs",
        help="direct: links to priority pages only",
    )
    add("--seconds", type=_count, default=180, help="time to improve and prove the plan")
    add("--out", required=True, metavar="DIR", help="folder for the results")


def _optimise(options: argparse.Namespace) -> None:
    from linkplanner.cli_optimise import run_optimise

    run_optimise(options)


def _count(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number of links, such as 25")
    return int(text)


def _inspect(options: argparse.Namespace) -> None:
    from linkplanner.read import read_file

    for path in _all_files(options.files):
        if not path.is_file():
            report = dict.fromkeys(INSPECTED) | {"file": str(path), "kind": "other", "columns": []}
            report |= {"rows": 0, "skipped": 0, "message": f"“{path}” is no file; check the path."}
            print(json.dumps(report, ensure_ascii=False))
            continue
        for reading in read_file(path):
            print(json.dumps(reading.to_report(), ensure_ascii=False))


INSPECTED = (
    "file", "recognised_as", "kind", "rows", "skipped", "live", "lost", "nofollow", "columns",
    "message",
)  # fmt: skip
"""Keys of every line that `inspect` prints."""


def _all_files(names: Sequence[str]) -> list[Path]:
    """The named files, and all files below named folders."""
    found: list[Path] = []
    for name in names:
        path = Path(name)
        found += sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    return found


def _plan(options: argparse.Namespace) -> None:
    from linkplanner.export.bundle import write_bundle
    from linkplanner.pipeline import analyse, make_plan

    settings = _settings(options)
    out = _out_folder(options.out)
    readings = _read_all(options, settings)
    read = _crawled(options)
    if options.read_pages > 0:
        if read is not None:
            raise InputError("Give --crawl or --read-pages, not both; “crawl” reads more pages.")
        read = _read_pages(options, settings, readings)
    priorities = _priorities(options, readings, read, settings)
    analysis = analyse(readings, read, settings, priorities, _tell)
    if options.fetch_texts:
        texts = _fetch_texts(analysis, settings)
        both = texts if read is None else replace(read, texts=_joined(read.texts, texts.texts))
        analysis = analyse(readings, both, settings, priorities, _tell)
    result = make_plan(analysis, settings, _tell)
    write_bundle(out, analysis, result, model=options.model)
    _report(out, analysis, result)


def _settings(options: argparse.Namespace) -> Settings:
    base = Settings()
    limits = replace(
        base.limits,
        max_links=options.max_links,
        per_page=options.per_page,
        per_target=options.per_target,
        objective=check_objective(options.objective),
        route=check_route(options.route),
        proof_seconds=float(options.seconds),
    )
    hosts = tuple(options.allow_host)
    return replace(base, limits=limits, crawl=replace(base.crawl, allow_hosts=hosts))


def _out_folder(name: str) -> Path:
    out = Path(name)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"The folder “{name}” cannot be made ({error.strerror}); give another one after --out."
        ) from error
    return out


def _fetcher(settings: Settings) -> "Fetcher":
    from linkplanner.crawl.fetch import HttpFetcher

    return HttpFetcher(settings.crawl)


def _read_all(options: argparse.Namespace, settings: Settings) -> list["Reading"]:
    """Readings of all files and sitemaps; a refused file is told and the others go on."""
    from linkplanner.read import read_file, read_sitemap_url

    readings: list[Reading] = []
    for name in options.sitemap:
        if name.startswith(("http://", "https://")):
            readings += read_sitemap_url(name, _fetcher(settings))
        else:
            readings += read_file(_existing(name))
    for name in [*options.backlinks, *options.links, *options.pages]:
        readings += read_file(_existing(name))
    refused = [r for r in readings if r.recognised_as is None]
    for reading in readings:
        print(f"{reading.name}: {reading.message}", file=sys.stderr)
    if readings and len(refused) == len(readings):
        raise InputError(
            f"None of the files could be used. {refused[0].name}: {refused[0].message}"
        )
    if not readings and not options.crawl:
        raise InputError(
            "Nothing to read: give --sitemap, --backlinks, --links, --pages or --crawl."
        )
    return readings


def _existing(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise InputError(f"“{name}” is no file; check the path.")
    return path


def _crawled(options: argparse.Namespace) -> "PagesRead | None":
    if not options.crawl:
        return None
    from linkplanner.crawl.reader import PagesRead

    folder = Path(options.crawl)
    if not folder.is_dir():
        raise InputError(f"“{options.crawl}” is no folder; give the one that the crawl wrote.")
    return PagesRead.load(folder)


def _read_pages(
    options: argparse.Namespace,
    settings: Settings,
    readings: list["Reading"],
) -> "PagesRead":
    """Fetches pages in the order that a first look at the files suggests."""
    from linkplanner.crawl.reader import read_pages
    from linkplanner.pipeline import analyse, pages_to_read

    priorities = _priorities(options, readings, None, settings)
    first = analyse(readings, None, settings, priorities)
    order = pages_to_read(first, options.read_pages)
    crawl = replace(settings.crawl, pages=options.read_pages)
    read = read_pages(
        order.urls,
        _fetcher(settings),
        crawl,
        own_hosts=order.hosts,
        progress=_tell,
        discover=True,
    )
    for message in read.messages:
        print(message, file=sys.stderr)
    return read


def _fetch_texts(analysis: "Analysis", settings: Settings) -> "PagesRead":
    from linkplanner.pipeline.shortlist import fetch_texts

    texts = fetch_texts(analysis, settings, _fetcher(settings), settings.crawl, _tell)
    for message in texts.messages:
        print(message, file=sys.stderr)
    return texts


def _joined(texts: "pd.DataFrame", more: "pd.DataFrame") -> "pd.DataFrame":
    import pandas as pd

    return pd.concat([texts, more], ignore_index=True)


def _priorities(
    options: argparse.Namespace,
    readings: list["Reading"],
    read: "PagesRead | None",
    settings: Settings,
) -> "pd.DataFrame | None":
    """PRIORITIES named on the command line; None where none were."""
    if not options.priority:
        return None
    import pandas as pd

    from linkplanner.read.priorities import read_priorities
    from linkplanner.site.assemble import Pieces, assemble
    from linkplanner.site.priorities import match_pattern

    frames, pages = [], None
    for name in options.priority:
        if Path(name).is_file():
            frames.append(read_priorities(Path(name)).frame)
            continue
        if pages is None:
            pages = assemble(Pieces.of(readings, [read] if read else []), settings.equity).pages
        frames.append(match_pattern(name, pages))
    return pd.concat(frames, ignore_index=True)


def _tell(done: int, total: int, message: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{message}: {done:,} of {total:,}".ljust(79), end="", file=sys.stderr, flush=True)
        if done >= total:
            print(file=sys.stderr)


def _report(out: Path, analysis: "Analysis", result: "PlanResult") -> None:
    """The outcome in a few lines."""
    summary = result.summary
    for warning in summary["warnings"]:
        print(f"Note: {warning}")
    if result.model is None:
        print(f"{len(result.suggestions):,} suggestions to check; no plan without internal links.")
    else:
        print(
            f"{summary['links']:,} links bring the priority pages from "
            f"{summary['points_before']:.2f} to {summary['points_after']:.2f} points."
        )
    print(f"Results are in {out}; open report.html first.")
