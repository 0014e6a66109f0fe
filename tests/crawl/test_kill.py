"""A crawl that is killed at any moment loses nothing and fetches nothing twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from linkplanner.crawl.pages_read import PagesRead

PAGES = 60
PROGRAM = """
import sys
from pathlib import Path
from linkplanner.cli_crawl import crawl_into
from linkplanner.crawl.fetch import HttpFetcher
from linkplanner.settings import CrawlSettings
out, start, port = sys.argv[1:]
settings = CrawlSettings(
    pages=500, delay=0.0, connections=4, allow_hosts=(f"own.test:{port}",), read_timeout=5.0
)
with HttpFetcher(settings, resolver=lambda host: ["127.0.0.1"]) as fetcher:
    crawl_into(Path(out), start, fetcher, settings)
"""


def start(out: Path, url: str, port: int) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(out), url, str(port)],
        env={**os.environ, "PYTHONPATH": root},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def serve(server: Any, reply: Any, taken: Counter[str]) -> str:
    """Sixty pages in a ring with some chords; `taken` counts whole answers by path."""

    def page(number: int) -> Any:
        links = "".join(
            f"<p>Words to fill a paragraph <a href='/{n % PAGES}'>page {n % PAGES}</a> and more."
            for n in (number + 1, number * 2, number * 3 + 1)
        )
        body = f"<html lang=en><title>Page {number}</title><h1>{number}</h1>{links}".encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n"

        def write(handler: Any) -> None:
            time.sleep(0.01)
            handler.wfile.write(f"{head}Connection: close\r\n\r\n".encode() + body)
            taken[handler.path] += 1

        return reply(write=write)

    for number in range(PAGES):
        server.add(f"own.test/{number}", page(number))
    return str(server.url("own.test/0"))


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not on Windows")
@pytest.mark.parametrize(
    "kills", [1, pytest.param(20, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
)
def test_killed_at_random_moments(server: Any, reply: Any, tmp_path: Path, kills: int) -> None:
    chance = random.Random(kills)
    taken: Counter[str] = Counter()
    url = serve(server, reply, taken)
    out = tmp_path / "crawl"
    under_way = 0
    for number in range(kills):
        process = start(out, url, server.port)
        before = sum(taken.values())
        wanted = before + (PAGES - before) // (kills - number + 1)
        deadline = time.monotonic() + 20
        while sum(taken.values()) < wanted and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.002)
        time.sleep(chance.uniform(0.0, 0.02))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        under_way += 4
    assert start(out, url, server.port).wait(60) == 0
    got = PagesRead.load(out)
    assert (got.read, len(got.pages), got.doubts[:0]) == (PAGES, PAGES, ())
    assert set(taken) == {f"/{n}" for n in range(PAGES)}
    # An answer may be on its way when the process dies: the server has sent it, nobody took it.
    again = sum(taken.values()) - PAGES
    assert again <= under_way
    print(f"{kills} kills, {again} of {PAGES} pages sent again")
    if kills == 1:  # the long run compares with a crawl that nobody disturbed
        return
    whole = tmp_path / "whole"
    assert start(whole, url, server.port).wait(60) == 0
    for name, key in (("pages", ["url"]), ("links", ["source_url", "target_url", "anchor"]),
                      ("texts", ["url"])):  # fmt: skip
        frames = [
            getattr(crawl, name).sort_values(key).reset_index(drop=True)
            for crawl in (got, PagesRead.load(whole))
        ]
        pd.testing.assert_frame_equal(*frames)
