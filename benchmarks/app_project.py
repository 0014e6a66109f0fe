"""Fills a workspace with a generated site: its exports read, worked out and planned."""

import csv
import random
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.generated import generate
from benchmarks.ingest_files import BACKLINKS_HEADER, WORDS, backlink_row
from linkplanner.jobs import create_job, find_job
from linkplanner.store.projects import create_project, load_settings, save_settings
from linkplanner.store.sources import add_source
from linkplanner.store.workspace import Workspace, open_workspace
from linkplanner.work import run_job

__all__ = ["PROJECT", "fill", "write_files"]

PROJECT = "Generated shop"
PLACES = np.array(["Content", "Content", "Aside", "Navigation", "Header", "Footer", "Content"])
"""Screaming Frog's name for each position of `generated`."""
SECTIONS = ("products", "blog", "category", "guides", "services")


def write_files(folder: Path, pages: int, backlinks: int, seed: int = 7) -> list[Path]:
    """Exports of a generated shop: all pages, all links between them, its backlinks."""
    rng = random.Random(seed)
    titles = [" ".join(rng.choice(WORDS) for _ in range(4)) for _ in range(pages)]
    urls = [
        f"https://www.example.com/{SECTIONS[n % len(SECTIONS)]}/{title.replace(' ', '-')}-{n}/"
        for n, title in enumerate(titles)
    ]
    urls[0] = "https://www.example.com/"
    internal, inlinks = folder / "internal_all.csv", folder / "all_inlinks.csv"
    ahrefs = folder / "backlinks.csv"
    with internal.open("w", encoding="utf-8-sig", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(
            ["Address", "Content Type", "Status Code", "Status", "Indexability", "Title 1", "H1-1",
             "Word Count"]
        )  # fmt: skip
        for url, title in zip(urls, titles):
            rows.writerow([url, "text/html; charset=utf-8", 200, "OK", "Indexable",
                           title.title(), title.title(), 600])  # fmt: skip
    raw = generate(pages, links=40, seed=seed)
    with inlinks.open("w", encoding="utf-8-sig", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(
            ["Type", "Source", "Destination", "Anchor", "Status Code", "Status", "Follow",
             "Link Position"]
        )  # fmt: skip
        place = PLACES[raw.position]
        for u, v, p in zip(raw.source.tolist(), raw.target.tolist(), place.tolist()):
            rows.writerow(["Hyperlink", urls[u], urls[v], titles[v], 200, "OK", "true", p])
    targets = [urls[n] for n in rng.sample(range(pages), min(pages, 4000))]
    with ahrefs.open("w", encoding="utf-8", newline="\n") as out:
        out.write(BACKLINKS_HEADER + "\n")
        out.writelines(backlink_row(rng, number, targets) for number in range(backlinks))
    return [internal, inlinks, ahrefs]


def fill(home: Path, pages: int, backlinks: int) -> None:
    """A workspace at `home` whose one project is read, worked out and planned."""
    workspace = open_workspace(home)
    project = create_project(workspace, PROJECT)
    settings = load_settings(workspace, project.id)
    quick = replace(settings.limits, proof_seconds=0.0)
    save_settings(workspace, project.id, replace(settings, limits=quick))
    with tempfile.TemporaryDirectory() as place:
        for path in write_files(Path(place), pages, backlinks):
            add_source(workspace, project.id, path.name, path.read_bytes())
    for kind in ("analyse", "plan"):
        _run(workspace, project.id, kind)


def _run(workspace: Workspace, project_id: int, kind: str) -> None:
    job = create_job(workspace, project_id, kind)
    if run_job(workspace, job.id) != "done":
        found = find_job(workspace, job.id)
        raise SystemExit(f"“{kind}” failed: {found.error if found else 'no job'}")


if __name__ == "__main__":  # in a process of its own, so that its memory is not the app's
    fill(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
