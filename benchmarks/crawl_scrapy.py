"""The peer of `crawl.py`: Scrapy with its link extractor over the same site.

    PYTHON_WITH_SCRAPY benchmarks/crawl_scrapy.py START_URL OUT.jsonl CONNECTIONS

Follows links on the host and port of the start, writes a line a page with its links and anchors,
and prints one JSON object: seconds from the first request to the last line.
"""

import json
import sys
import time
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor
from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer

START, OUT, CONNECTIONS = sys.argv[1], sys.argv[2], int(sys.argv[3])
PLACE = urlsplit(START).netloc


class Loopback(CachingThreadedResolver):
    """Every name is this machine."""

    def getHostByName(self, name: str, timeout=()):  # type: ignore[no-untyped-def]  # noqa: N802
        """As Twisted calls it."""
        return defer.succeed("127.0.0.1")


class Pages(scrapy.Spider):
    """All pages of one host and port."""

    name = "pages"
    start_urls = (START,)
    links = LinkExtractor(deny_extensions=[])

    def parse(self, response):  # type: ignore[no-untyped-def]
        """A page: its links, and those to follow."""
        if not isinstance(response, scrapy.http.HtmlResponse):
            return
        found = [
            link for link in self.links.extract_links(response)
            if urlsplit(link.url).netloc == PLACE
        ]  # fmt: skip
        yield {"url": response.url, "links": [[link.url, link.text] for link in found]}
        for link in found:
            if not link.nofollow:
                yield scrapy.Request(link.url)


class Clock:
    """Seconds of the crawl."""

    begun = 0.0


if __name__ == "__main__":
    process = CrawlerProcess(
        {
            "CONCURRENT_REQUESTS": CONNECTIONS,
            "CONCURRENT_REQUESTS_PER_DOMAIN": CONNECTIONS,
            "DNS_RESOLVER": Loopback,
            "DOWNLOAD_DELAY": 0,
            "FEEDS": {OUT: {"format": "jsonlines"}},
            "LOG_LEVEL": "ERROR",
            "ROBOTSTXT_OBEY": True,
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    process.crawl(Pages)
    Clock.begun = time.perf_counter()
    process.start()
    print(json.dumps({"seconds": time.perf_counter() - Clock.begun}))
