"""What a crawler and a sitemap say of the sample shop: Screaming Frog exports, sitemap.xml."""

import csv
import hashlib
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.sax.saxutils import escape

from linkplanner.sample.html import Element, Link, links, page_tree, render, words
from linkplanner.sample.page import Page, Shop
from linkplanner.sample.shop import TODAY

__all__ = [
    "INLINK_COLUMNS",
    "INTERNAL_COLUMNS",
    "Crawl",
    "Reference",
    "write_inlinks",
    "write_internal",
    "write_robots",
    "write_site",
    "write_sitemap",
]

INLINK_COLUMNS = (
    "Type,Source,Destination,Size (Bytes),Alt Text,Anchor,Status Code,Status,Follow,Target,Rel,"
    "Path Type,Link Path,Link Position,Link Origin"
).split(",")
"""Header of Screaming Frog's "All Inlinks", 2025."""

INTERNAL_COLUMNS = (
    "Address,Content Type,Status Code,Status,Indexability,Indexability Status,Title 1,"
    "Title 1 Length,Title 1 Pixel Width,Meta Description 1,Meta Description 1 Length,"
    "Meta Description 1 Pixel Width,Meta Keywords 1,Meta Keywords 1 Length,H1-1,H1-1 Length,H2-1,"
    "H2-1 Length,H2-2,H2-2 Length,Meta Robots 1,X-Robots-Tag 1,Meta Refresh 1,"
    'Canonical Link Element 1,rel="next" 1,rel="prev" 1,HTTP rel="next" 1,HTTP rel="prev" 1,'
    "amphtml Link Element,Size (bytes),Transferred (bytes),Total Transferred (bytes),CO2 (mg),"
    "Carbon Rating,Word Count,Sentence Count,Average Words Per Sentence,Flesch Reading Ease Score,"
    "Readability,Text Ratio,Crawl Depth,Folder Depth,Link Score,Inlinks,Unique Inlinks,"
    "Unique JS Inlinks,% of Total,Outlinks,Unique Outlinks,Unique JS Outlinks,External Outlinks,"
    "Unique External Outlinks,Unique External JS Outlinks,Closest Near Duplicate Match,"
    "No. Near Duplicates,Spelling Errors,Grammar Errors,Hash,Response Time,Last Modified,"
    "Redirect URL,Redirect Type,Cookies,Language,HTTP Version,Mobile Alternate Link,"
    "Closest Semantically Similar Address,Semantic Similarity Score,No. Semantically Similar,"
    "Semantic Relevance Score,URL Encoded Address,Crawl Timestamp"
).split(",")
"""Header of Screaming Frog's "Internal: All", 2025."""

_STATUS = {
    0: "Blocked by robots.txt",
    200: "OK",
    301: "Moved Permanently",
    302: "Found",
    404: "Not Found",
}
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80" role="img">'
    '<rect width="120" height="80" fill="#{back}"/>'
    '<path d="M8 72 L44 {peak} L68 54 L84 36 L112 72 Z" fill="#{front}"/></svg>\n'
)
_STYLE = (
    "body{font-family:Georgia,serif;max-width:70rem;margin:auto;padding:1rem;color:#223}"
    "nav ul,header ul,.cards{display:flex;flex-wrap:wrap;gap:1rem;list-style:none;padding:0}"
    ".cards li{width:12rem}.cards img{width:100%}aside{border-top:1px solid #ccc}\n"
)


@dataclass(frozen=True)
class Reference:
    """A link as the crawler saw it."""

    source: str
    """Address of the page."""
    destination: str
    """Address it leads to."""
    status: int
    """Answer of the destination."""
    link: Link


class Crawl:
    """The shop as a crawler finds it that also reads the sitemap."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.trees: dict[str, Element] = {p.path: page_tree(p, shop) for p in shop.pages}
        self.documents: dict[str, str] = {path: render(t) for path, t in self.trees.items()}
        self._pages = {page.path: page for page in shop.pages}

    @cached_property
    def links(self) -> dict[str, list[Link]]:
        """What each page refers to, by its path."""
        return {path: links(tree) for path, tree in self.trees.items()}

    @cached_property
    def files(self) -> dict[str, str]:
        """Files beside the pages (style, pictures) by path."""
        paths = {
            link.href
            for inside in self.links.values()
            for link in inside
            if link.kind in ("Image", "CSS")
        }
        return {path: _file(path) for path in sorted(paths)}

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Everything that the pages refer to, source by source; colours repeat their page."""
        found = []
        for page in self.shop.pages:
            inside = self.links[page.path]
            for path in _addresses(page):
                source = self.address(path)
                for link in inside:
                    destination = self.address(link.href)
                    found.append(Reference(source, destination, self.status(link.href), link))
        return tuple(found)

    @cached_property
    def hyperlinks(self) -> tuple[Reference, ...]:
        """The references that are links between the shop's own addresses."""
        return tuple(
            ref
            for ref in self.references
            if ref.link.kind == "Hyperlink" and self.is_own(ref.destination)
        )

    @cached_property
    def orphans(self) -> frozenset[str]:
        """Indexable pages to which no other page links."""
        linked = {self._end(ref.destination) for ref in self.hyperlinks if not self._same(ref)}
        return frozenset(self._indexable() - linked)

    @cached_property
    def contextual_orphans(self) -> frozenset[str]:
        """Indexable pages with links in, none of them from another page's content."""
        in_content = {
            self._end(ref.destination)
            for ref in self.hyperlinks
            if ref.link.position == "Content"
            and "breadcrumb" not in ref.link.path
            and not self._same(ref)
        }
        return frozenset(self._indexable() - in_content - self.orphans)

    @cached_property
    def depth(self) -> dict[str, int]:
        """Clicks from the home page by address; a redirect counts as one."""
        follow: dict[str, list[str]] = {}
        for ref in self.hyperlinks:
            if "nofollow" not in ref.link.rel:
                follow.setdefault(ref.source, []).append(ref.destination)
        for path, (target, _) in self.shop.redirects.items():
            follow[self.address(path)] = [self.address(target)]
        home = self.address("/")
        depth = {home: 0}
        queue = deque([home])
        while queue:
            here = queue.popleft()
            for there in follow.get(here, ()):
                if there not in depth:
                    depth[there] = depth[here] + 1
                    queue.append(there)
        return depth

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Paths that the crawler asked for: pages, colours, what is linked, files."""
        pages = [path for page in self.shop.pages for path in _addresses(page)]
        known = set(self.depth) | {self.address(path) for path in self.shop.sitemap_redirects}
        others = (*self.shop.redirects, *self.shop.gone, *self.shop.blocked)
        met = [path for path in others if self.address(path) in known]
        return (*pages, *met, *self.files)

    def page(self, path: str) -> Page | None:
        """The page that answers at a path, with or without a colour."""
        return self._pages.get(path.split("?", 1)[0])

    def address(self, href: str) -> str:
        """The full address of a path."""
        return href if "://" in href else self.shop.base_url + href

    def is_own(self, address: str) -> bool:
        """Whether an address belongs to the shop."""
        return address.startswith(f"{self.shop.base_url}/")

    def status(self, href: str) -> int:
        """What an address answers; 0 where robots.txt closes it."""
        path = href.removeprefix(self.shop.base_url)
        if path in self.shop.redirects:
            return self.shop.redirects[path][1]
        if path in self.shop.blocked:
            return 0
        return 404 if path in self.shop.gone else 200

    def _indexable(self) -> set[str]:
        return {self.address(page.path) for page in self.shop.pages if not page.noindex}

    def _end(self, address: str) -> str:
        """The page at which an address ends up: redirects followed, colour dropped."""
        path = address.removeprefix(self.shop.base_url)
        while path in self.shop.redirects:
            path = self.shop.redirects[path][0]
        return self.address(path.split("?", 1)[0])

    def _same(self, ref: Reference) -> bool:
        return self._end(ref.source) == self._end(ref.destination)


def write_site(folder: Path, crawl: Crawl) -> None:
    """The built site: `/a/b/` becomes `folder/a/b/index.html`."""
    for path, document in crawl.documents.items():
        place = folder / path.strip("/")
        place.mkdir(parents=True, exist_ok=True)
        _write(place / "index.html", document)
    for path, content in crawl.files.items():
        (folder / path.lstrip("/")).parent.mkdir(parents=True, exist_ok=True)
        _write(folder / path.lstrip("/"), content)
    rules = [f"{path} {to} {status}" for path, (to, status) in crawl.shop.redirects.items()]
    _write(folder / "_redirects", "\n".join(rules) + "\n")
    write_robots(folder / "robots.txt", crawl.shop)


def write_sitemap(path: Path, shop: Shop) -> None:
    """sitemap.xml: indexable pages with their dates, and addresses that have moved since."""
    listed = [(page.path, page.modified) for page in shop.pages if page.in_sitemap]
    listed += [(moved, TODAY.replace(year=TODAY.year - 3)) for moved in shop.sitemap_redirects]
    rows = "\n".join(
        f"  <url><loc>{escape(shop.base_url + place)}</loc><lastmod>{day}</lastmod></url>"
        for place, day in listed
    )
    _write(
        path,
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}\n</urlset>\n',
    )


def write_robots(path: Path, shop: Shop) -> None:
    """robots.txt with the closed paths and the sitemap."""
    closed = "".join(f"Disallow: {place}\n" for place in shop.blocked)
    _write(path, f"User-agent: *\n{closed}\nSitemap: {shop.base_url}/sitemap.xml\n")


def write_inlinks(path: Path, crawl: Crawl) -> int:
    """Screaming Frog's "All Inlinks"; the number of rows."""
    sizes = {crawl.address(p): len(d.encode()) for p, d in crawl.documents.items()}
    rows = [_inlink(ref, sizes) for ref in crawl.references]
    rows += [
        _row(
            INLINK_COLUMNS,
            {
                "Type": "HTTP Redirect",
                "Source": crawl.address(place),
                "Destination": crawl.address(target),
                "Size (Bytes)": sizes.get(crawl.address(target), 0),
                "Status Code": crawl.status(target),
                "Status": _STATUS[crawl.status(target)],
                "Follow": "true",
                "Path Type": "Root-Relative",
                "Link Origin": "HTML",
            },
        )
        for place, (target, _) in crawl.shop.redirects.items()
        if place in crawl.addresses
    ]
    _write_csv(path, INLINK_COLUMNS, rows)
    return len(rows)


def write_internal(path: Path, crawl: Crawl) -> int:
    """Screaming Frog's "Internal: All"; the number of rows."""
    inside = _counts((ref.destination, ref.source) for ref in crawl.hyperlinks)
    outside = _counts((ref.source, ref.destination) for ref in crawl.hyperlinks)
    foreign = _counts(
        (ref.source, ref.destination)
        for ref in crawl.references
        if ref.link.kind == "Hyperlink" and not crawl.is_own(ref.destination)
    )
    rows = []
    for place in crawl.addresses:
        address = crawl.address(place)
        told = _counted("Inlinks", inside, address)
        told |= _counted("Outlinks", outside, address)
        told |= _counted("External Outlinks", foreign, address)
        rows.append(_row(INTERNAL_COLUMNS, _internal(place, crawl) | told))
    _write_csv(path, INTERNAL_COLUMNS, rows)
    return len(rows)


# --- rows ----------------------------------------------------------------------------------------


def _inlink(ref: Reference, sizes: Mapping[str, int]) -> list[str]:
    link = ref.link
    return [
        link.kind,
        ref.source,
        ref.destination,
        str(sizes.get(ref.destination.split("?", 1)[0], 0)),
        link.alt,
        link.anchor,
        str(ref.status),
        _STATUS[ref.status],
        "false" if "nofollow" in link.rel else "true",
        link.target,
        link.rel,
        "Absolute" if "://" in link.href else "Root-Relative",
        link.path,
        link.position,
        "HTML",
    ]


def _internal(place: str, crawl: Crawl) -> dict[str, object]:
    """What "Internal: All" says of one address, counts of links apart."""
    address, status = crawl.address(place), crawl.status(place)
    seconds = int(hashlib.sha256(place.encode()).hexdigest()[:6], 16)
    known: dict[str, object] = {
        "Address": address,
        "Content Type": _content_type(place),
        "Status Code": status,
        "Status": _STATUS[status],
        "Indexability": "Non-Indexable",
        "Crawl Depth": crawl.depth.get(address, ""),
        "Folder Depth": place.split("?", 1)[0].strip("/").count("/") + (place != "/"),
        "Response Time": f"{0.08 + seconds % 400 / 1000:.3f}",
        "HTTP Version": "1.1",
        "URL Encoded Address": address,
        "Crawl Timestamp": f"{TODAY} 09:{seconds % 60:02d}:{seconds // 60 % 60:02d}",
    }
    page = crawl.page(place)
    if place in crawl.shop.redirects:
        target = crawl.address(crawl.shop.redirects[place][0])
        return known | {
            "Indexability Status": "Redirected",
            "Redirect URL": target,
            "Redirect Type": "HTTP Redirect",
        }
    if place in crawl.shop.blocked:
        return known | {"Indexability Status": "Blocked by robots.txt", "Content Type": ""}
    if place in crawl.shop.gone:
        return known | {"Indexability Status": "Client Error"}
    if page is None:
        size = len(crawl.files[place].encode())
        return known | {"Indexability": "Indexable", "Size (bytes)": size}
    return known | _of_page(page, place, crawl)


def _of_page(page: Page, place: str, crawl: Crawl) -> dict[str, object]:
    """What "Internal: All" says of a page with text."""
    document = crawl.documents[page.path]
    size = len(document.encode())
    state = "Canonicalised" if place != page.path else "noindex" if page.noindex else ""
    title = f"{page.title} | {crawl.shop.name}"
    headings = [*_headings(crawl.trees[page.path]), "", ""]
    return {
        "Indexability": "Non-Indexable" if state else "Indexable",
        "Indexability Status": state,
        "Title 1": title,
        "Title 1 Length": len(title),
        "Title 1 Pixel Width": len(title) * 9,
        "Meta Description 1": page.description,
        "Meta Description 1 Length": len(page.description),
        "Meta Description 1 Pixel Width": len(page.description) * 6,
        "H1-1": page.h1,
        "H1-1 Length": len(page.h1),
        "H2-1": headings[0],
        "H2-1 Length": len(headings[0]),
        "H2-2": headings[1],
        "H2-2 Length": len(headings[1]),
        "Meta Robots 1": "noindex,follow" if page.noindex else "index,follow",
        "Canonical Link Element 1": crawl.address(page.path),
        'rel="next" 1': crawl.address(page.next) if page.next else "",
        'rel="prev" 1': crawl.address(page.previous) if page.previous else "",
        "Size (bytes)": size,
        "Transferred (bytes)": size,
        "Total Transferred (bytes)": size,
        "Word Count": words(crawl.trees[page.path]),
        "Hash": hashlib.md5(document.encode(), usedforsecurity=False).hexdigest(),
        "Last Modified": f"{page.modified:%Y-%m-%d} 08:00:00",
        "Language": "en",
    }


def _headings(node: Element) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, Element):
            if child.tag == "h2":
                yield "".join(c for c in child.children if isinstance(c, str))
            else:
                yield from _headings(child)


def _content_type(place: str) -> str:
    if place.endswith(".svg"):
        return "image/svg+xml"
    return "text/css" if place.endswith(".css") else "text/html; charset=utf-8"


def _counts(pairs: Iterable[tuple[str, str]]) -> dict[str, Counter[str]]:
    counted: dict[str, Counter[str]] = {}
    for key, other in pairs:
        counted.setdefault(key, Counter())[other] += 1
    return counted


def _counted(name: str, counts: Mapping[str, Counter[str]], address: str) -> dict[str, object]:
    found = counts.get(address, Counter())
    return {name: found.total(), f"Unique {name}": len(found)}


def _addresses(page: Page) -> list[str]:
    return [page.path, *(f"{page.path}?color={colour}" for colour in page.colours)]


def _file(path: str) -> str:
    if path.endswith(".css"):
        return _STYLE
    shade = hashlib.sha256(path.encode()).hexdigest()
    peak = 8 + int(shade[:2], 16) % 24
    return (
        _SVG.replace("{back}", "dde5e8")
        .replace("{front}", f"4{shade[2]}6{shade[3]}5{shade[4]}")
        .replace("{peak}", str(peak))
    )


def _row(columns: Sequence[str], known: Mapping[str, object]) -> list[str]:
    return [str(known.get(column, "")) for column in columns]


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """As Screaming Frog writes: UTF-8 with BOM, every cell quoted, LF."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
