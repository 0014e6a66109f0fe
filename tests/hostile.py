"""A project in which everything that comes from outside is markup: names, titles, links, files."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from linkplanner.jobs import create_job, find_job
from linkplanner.store.priorities import set_priorities
from linkplanner.store.projects import Project, create_project, load_settings, save_settings
from linkplanner.store.sources import add_source
from linkplanner.store.workspace import Workspace
from linkplanner.work import run_job

__all__ = ["fill", "read_vectors"]

SITE = "https://www.shop.example"


def read_vectors(path: Path) -> list[str]:
    """The texts of markup_injection.jsonl."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines if line.strip()]


def fill(workspace: Workspace, texts: Sequence[str], name: str = "Hostile") -> Project:
    """A worked out and planned project whose page titles, addresses, link texts, contexts, file
    names, column names and keywords are `texts`."""
    project = create_project(workspace, name)
    limits = replace(load_settings(workspace, project.id).limits, proof_seconds=0.0)
    settings = replace(load_settings(workspace, project.id), limits=limits)
    save_settings(workspace, project.id, settings)
    urls = [f"{SITE}/"] + [f"{SITE}/blog/{n}-{text}" for n, text in enumerate(texts)]
    urls += [f"{SITE}/services/{n}-boots" for n in range(4)]
    titles = ["Home", *(f"{text} hiking boots" for text in texts), *["Boots"] * 4]
    files = {
        "internal_all.csv": _internal(urls, titles),
        "all_inlinks.csv": _inlinks(urls, texts),
        f"{texts[0][:40]}.csv": _backlinks(urls, texts),
        f"{texts[1][:40]}.csv": _table([[*texts[:20]], [*texts[20:40]]]),
    }
    for file, content in files.items():
        add_source(workspace, project.id, file, content.encode())
    rows = [
        {"url": url, "keywords": text} for url, text in zip(urls[-4:], [*texts[5:7], *texts[12:14]])
    ]
    set_priorities(workspace, project.id, rows, "typed")
    for kind in ("analyse", "plan"):
        job = create_job(workspace, project.id, kind)
        state = run_job(workspace, job.id)
        found = find_job(workspace, job.id)
        assert state == "done", found and found.error
    return project


def _table(rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _internal(urls: Sequence[str], titles: Sequence[str]) -> str:
    header = ["Address", "Content Type", "Status Code", "Status", "Indexability", "Title 1", "H1-1"]
    rows = [[u, "text/html", 404 if n == 3 else 200, "OK", "Indexable", t, t]
            for n, (u, t) in enumerate(zip(urls, titles))]  # fmt: skip
    return _table([header, *rows])


def _inlinks(urls: Sequence[str], texts: Sequence[str]) -> str:
    header = ["Type", "Source", "Destination", "Anchor", "Status Code", "Follow", "Link Position"]
    rows = [
        ["Hyperlink", source, urls[(n * 3 + step) % len(urls)], texts[(n + step) % len(texts)],
         200, "true", "Content"]
        for n, source in enumerate(urls) for step in range(1, 4)
    ]  # fmt: skip
    return _table([header, *rows])


def _backlinks(urls: Sequence[str], texts: Sequence[str]) -> str:
    header = [
        "Referring page title", "Referring page URL", "Domain rating", "UR", "Target URL",
        "Left context", "Anchor", "Right context", "Type", "Nofollow", "First seen", "Last seen",
        "Lost", "External links",
    ]  # fmt: skip
    rows = [
        [text, f"https://site{n}.example/{text}", 10 + n, 5, urls[n % len(urls)], text, text, text,
         "text", "false", "2025-01-01", "2025-06-01", "2025-07-01" if n % 9 == 4 else "", 9]
        for n, text in enumerate(texts)
    ]  # fmt: skip
    return _table([header, *rows])
