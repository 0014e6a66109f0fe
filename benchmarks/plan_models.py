"""Models for `plan.py`: random sites, the sample project, and archives of built sites."""

import re
import tarfile
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.generated import generate
from linkplanner.crawl.folder import FolderFetcher
from linkplanner.crawl.reader import PagesRead, read_pages
from linkplanner.graph.model import Model
from linkplanner.pipeline import Analysis, analyse, make_plan
from linkplanner.read import read_file
from linkplanner.sample import write_ahrefs_backlinks, write_sample
from linkplanner.settings import CrawlSettings, PlanLimits, Settings
from linkplanner.urls import host

__all__ = ["archive_model", "random_model", "sample_model"]

LIMITS = PlanLimits(route="hubs", max_links=25, proof_seconds=0.0)
"""Candidates through hubs are stored; the benchmark takes the direct ones among them."""
HREF = re.compile(rb'(?:href|content)="(https?://[^/"\s]+)')
CANONICAL = re.compile(rb'<link[^>]+rel="?canonical"?[^>]*href="?(https?://[^/"\s>]+)')


def random_model(
    pages: int,
    priorities: int = 20,
    links: int = 30,
    per_target: int = 200,
    hubs: int = 100,
    seed: int = 7,
) -> Model:
    """A generated site (`generated.py`) with random relevant pairs: sources of a target come
    mostly from its own section, each with a link of weight 1 or what a menu link lacks to it."""
    site = generate(pages, links, seed)
    random = np.random.default_rng([seed, pages, priorities])
    priority = np.zeros(pages)
    chosen = random.choice(pages, min(priorities, pages), replace=False)
    priority[chosen] = random.choice([1.0, 2.0, 3.0], len(chosen))
    plain = Model(
        url=np.array([f"https://site.test/{i}" for i in range(pages)]),
        source=site.source.astype(np.int64),
        target=site.target.astype(np.int64),
        weight=site.weight,
        total=site.total,
        seed=site.seed,
        priority=priority,
        cand_source=np.zeros(0, np.int64),
        cand_target=np.zeros(0, np.int64),
        cand_weight=np.zeros(0),
        max_links=25,
    )
    reach = plain.graph().reach(priority)
    reach[chosen] = -1.0
    hub = np.argsort(-reach, kind="stable")[: min(hubs, pages - len(chosen))]
    targets = np.concatenate([chosen, hub])
    source, target = _pairs(random, targets, pages, per_target)
    known = site.source.astype(np.int64) * pages + site.target
    order = np.argsort(known, kind="stable")
    key = source * pages + target
    at = np.minimum(np.searchsorted(known[order], key), len(known) - 1)
    before = np.where(known[order][at] == key, site.weight[order][at], 0.0)
    keep = before < 0.999
    return replace(
        plain,
        cand_source=source[keep],
        cand_target=target[keep],
        cand_weight=(1.0 - before)[keep].round(9),
    )


def _pairs(
    random: np.random.Generator, targets: np.ndarray, pages: int, per_target: int
) -> tuple[np.ndarray, np.ndarray]:
    """Distinct pairs, four fifths of them from pages near the target."""
    near = max(10, pages // 20)
    many = min(per_target, pages - 1)
    close = targets[:, None] + random.integers(-near, near + 1, (len(targets), many))
    wide = random.integers(0, pages, (len(targets), many))
    source = np.where(random.random((len(targets), many)) < 0.8, close % pages, wide)
    key = np.unique(source.ravel() * pages + np.repeat(targets, many))
    u, v = key // pages, key % pages
    return u[u != v], v[u != v]


def sample_model() -> Model:
    """The sample project, as `plan --route hubs --model` would save it."""
    with tempfile.TemporaryDirectory() as folder:
        sample = write_sample(Path(folder))
        fetcher = FolderFetcher({sample.base_url: sample.site})
        read = _read(sample.base_url + "/", fetcher)
        files = (sample.sitemap, sample.backlinks, sample.priorities)
        return _planned(analyse([r for f in files for r in read_file(f)], read))


def archive_model(path: Path, priorities: int = 20, seed: int = 7) -> Model:
    """A site from an archive of its built files, with invented backlinks and the pages that
    linkplanner proposes, or by chance, as priorities."""
    with tempfile.TemporaryDirectory() as place:
        with tarfile.open(path) as archive:
            archive.extractall(place, filter="data")
        folder = next(Path(place).iterdir())
        base = _address(folder)
        read = _read(base, FolderFetcher({base: folder}))
        pages = read.pages[(read.pages["status"] == 200)]["url"].tolist()
        backlinks = Path(place) / "backlinks.csv"
        write_ahrefs_backlinks(backlinks, pages, seed, 600)
        readings = read_file(backlinks)
        found = analyse(readings, read)
        random = np.random.default_rng(seed)
        usable = found["page_facts"].query("indexable")["url"].to_numpy()
        typed = found["priorities"].head(0).copy()
        wanted = random.choice(usable, min(priorities, len(usable) // 2), replace=False)
        typed["url"], typed["weight"] = wanted, random.choice([1.0, 2.0, 3.0], len(wanted))
        return _planned(analyse(readings, read, priorities=typed))


def _read(base: str, fetcher: FolderFetcher) -> PagesRead:
    settings = CrawlSettings(pages=5_000, delay=0)
    return read_pages([base], fetcher, settings, own_hosts=[host(base)], discover=True)


def _planned(analysis: Analysis) -> Model:
    made = make_plan(analysis, Settings(limits=LIMITS), thorough=False)
    assert made.model is not None
    return made.model


def _address(folder: Path) -> str:
    """Where the site says it stands: canonicals first, else the host linked most often."""
    said, linked = Counter[bytes](), Counter[bytes]()
    for file in sorted(folder.rglob("*.html"))[:200]:
        data = file.read_bytes()
        said.update(set(CANONICAL.findall(data)))
        linked.update(set(HREF.findall(data)))
    for place in sorted(folder.rglob("sitemap*.xml"))[:3]:
        found = re.findall(rb"<loc>\s*(https?://[^/<\s]+)", place.read_bytes())
        said.update(found)
    ranked = said.most_common(1) or linked.most_common(1) or [(b"https://site.test", 1)]
    return ranked[0][0].decode() + "/"
