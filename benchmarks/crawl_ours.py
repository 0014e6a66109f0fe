"""One crawl at full speed for `crawl.py`, tables written: one JSON object on stdout.

python benchmarks/crawl_ours.py START_URL OUT_FOLDER CONNECTIONS
"""

import importlib
import json
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from linkplanner.crawl.crawler import Crawl
from linkplanner.crawl.extract import ProcessExtractor
from linkplanner.crawl.fetch import HttpFetcher
from linkplanner.crawl.folder_of_crawl import CrawlFolder
from linkplanner.crawl.route import Route, Tools
from linkplanner.crawl.scope import Scope
from linkplanner.settings import CrawlSettings


def main(start: str, out: Path, connections: int) -> None:
    """Crawl and write."""
    place = urlsplit(start)
    settings = CrawlSettings(
        pages=1_000_000, delay=0.0, connections=connections, allow_hosts=(place.netloc,)
    )
    begun = time.perf_counter()
    route = Route((start,), Scope.of([str(place.hostname)]))
    folder = CrawlFolder(out, settings.pages)
    with (
        HttpFetcher(settings, resolver=lambda host: ["127.0.0.1"]) as fetcher,
        ProcessExtractor() as extractor,
    ):
        ended = Crawl(route, fetcher, settings, folder.journal, Tools(extractor)).run()
    crawled = time.perf_counter() - begun
    # Loading what writes tables is left to the end, as the command does, so that memory is as
    # there; its time is not counted, as that of the peer's modules is not.
    loading = time.perf_counter()
    from linkplanner.crawl.save import crawl_facts, save_crawl

    importlib.import_module("pyarrow.parquet")
    begun += time.perf_counter() - loading
    facts = crawl_facts(ended, listed=1, limit=settings.pages, discover=True)
    save_crawl(folder.journal, route.scope, facts, out)
    folder.end(settings.pages, ended.capped)
    folder.close()
    seconds = time.perf_counter() - begun
    print(json.dumps({"seconds": seconds, "crawl_seconds": crawled, "read": ended.notes.read}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
