"""A small tea shop on disk, its backlink export, and what three months do to both."""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

BASE = "https://www.teahouse.test"
TOPICS = {
    "green-tea": "green tea steamed leaves from Uji with a grassy taste",
    "black-tea": "black tea malty leaves from Assam for the morning",
    "oolong": "oolong rolled leaves from Anxi between green and black",
    "teapots": "cast iron teapots and clay teapots that keep the heat",
    "matcha": "matcha powder whisked in a bowl for the ceremony",
    "infusers": "tea infusers and strainers of fine steel mesh",
}
ARTICLES = [
    (f"{topic}-{kind}", topic, other)
    for topic, other in zip(TOPICS, [*list(TOPICS)[1:], *list(TOPICS)[:1]])
    for kind in ("guide", "history")
]
HEADER = ["Referring page title", "Referring page URL", "Domain rating", "UR", "Target URL",
          "Anchor", "Left context", "Right context", "Type", "Content", "Nofollow", "UGC",
          "Sponsored", "First seen", "Last seen", "Lost", "Language", "External links",
          "Domain traffic", "Referring domains", "Linked domains", "Page traffic", "Keywords",
          "Is spam"]  # fmt: skip


@dataclass
class Shop:
    """Pages as paragraphs and links, so that an edit of a month is one call."""

    paragraphs: dict[str, list[str]] = field(default_factory=dict)
    """HTML of the paragraphs by path."""
    redirects: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """The site as files."""
        for path, texts in self.paragraphs.items():
            place = folder / path.strip("/") / "index.html"
            place.parent.mkdir(parents=True, exist_ok=True)
            title = path.strip("/").split("/")[-1].replace("-", " ").capitalize() or "Tea house"
            menu = "".join(f'<a href="{p}">{p}</a> ' for p in ("/", "/shop/", "/blog/"))
            body = "".join(f"<p>{text}</p>" for text in texts)
            place.write_text(
                f"<html lang=en><head><title>{title}</title></head><body><nav>{menu}</nav>"
                f"<main><h1>{title}</h1>{body}</main><footer><a href='/imprint/'>Imprint</a>"
                "</footer></body></html>"
            )
        rules = [f"{path} {to} 301" for path, to in self.redirects.items()]
        (folder / "_redirects").write_text("\n".join(rules))

    def link(self, source: str, sentence: str, words: str, target: str, rel: str = "") -> None:
        """Set a link on words of a sentence (or in a sentence of its own where that is empty)."""
        path, rel = source.removeprefix(BASE), f' rel="{rel}"' if rel else ""
        mark = f'<a href="{target}"{rel}>{words}</a>'
        texts = self.paragraphs[path]
        for number, text in enumerate(texts):
            if sentence and sentence in text and words in sentence:
                texts[number] = text.replace(sentence, sentence.replace(words, mark, 1), 1)
                return
        texts.append(
            f"Those who want to know more about this may read what we wrote on {mark}, which took "
            "us a whole winter and is worth the time of anybody who likes a good cup."
        )

    def unlink(self, source: str, target: str) -> None:
        """Take every link to a page out of another."""
        import re

        path = source.removeprefix(BASE)
        pattern = rf'<a href="{re.escape(target)}"[^>]*>(.*?)</a>'
        self.paragraphs[path] = [re.sub(pattern, r"\1", t) for t in self.paragraphs[path]]


def shop() -> Shop:
    """The shop in its first month."""
    pages: dict[str, list[str]] = {"/": [], "/shop/": [], "/blog/": [], "/imprint/": ["Tea Ltd."]}
    for topic, words in TOPICS.items():
        pages[f"/shop/{topic}/"] = [
            f"Our {words}. We sell {topic.replace('-', ' ')} by the pound, packed on the day.",
            f"Every {topic.replace('-', ' ')} comes with a note on how to use it at home.",
        ]
        pages["/shop/"].append(f'<a href="/shop/{topic}/">{topic}</a>')
    for number, (name, topic, other) in enumerate(ARTICLES):
        plain = topic.replace("-", " ")
        pages[f"/blog/{name}/"] = [
            f"This page number {number} tells what we know of {TOPICS[topic]}.",
            f"Those who like {plain} often ask how long {plain} keeps and where it grows.",
            f"Some compare it with {other.replace('-', ' ')} in the cup, day after day, and smile.",
            f"A friend of ours wrote down {number + 3} things about {plain} in an old notebook.",
        ]
        if number % 3 == 0:
            nearby = ARTICLES[(number + 4) % len(ARTICLES)][0]
            pages[f"/blog/{name}/"].append(f'More: <a href="/blog/{nearby}/">{nearby}</a>.')
        pages["/blog/"].append(f'<a href="/blog/{name}/">{name}</a>')
    pages["/blog/oolong-guide/"].append('Our <a href="/shop/old-oolong/">old oolong</a> is gone.')
    pages["/"].append('<a href="/shop/">Shop</a> and <a href="/blog/">blog</a>.')
    return Shop(pages)


WORDS = ("steep", "sip", "brew", "pour", "warm", "rinse", "fold", "pluck", "roast", "blend",
         "bloom", "whisk", "stir", "taste", "smell", "share", "serve")  # fmt: skip


def backlink(site: str, target: str, rating: int = 50, lost: str = "", spam: bool = False,
             rel: str = "") -> dict[str, str]:  # fmt: skip
    """One row of the export; its words differ from site to site as those of real sites do."""
    number = sum(site.encode())
    one, two = WORDS[number % len(WORDS)], WORDS[(number * 7 + 3) % len(WORDS)]
    topic = target.strip("/").split("/")[-1].replace("-", " ") or "tea house"
    title = f"How we {one} and {two} at home, notes on {topic}"
    return {
        "Referring page title": title if not spam else "casino pills loan viagra",
        "Referring page URL": f"https://{site}/notes/{one}-{two}",
        "Domain rating": str(rating), "UR": "20", "Target URL": f"{BASE}{target}",
        "Anchor": f"{topic} to {two}" if not spam else "cheap casino pills",
        "Left context": f"when we {one} we read", "Right context": f"before we {two} the leaves",
        "Type": "text", "Content": "true", "Nofollow": "true" if rel else "false", "UGC": "false",
        "Sponsored": "false", "First seen": f"2025-{number % 12 + 1:02d}-{number % 27 + 1:02d}",
        "Last seen": "2026-01-20", "Lost": lost, "Language": "en", "External links": "12",
        "Domain traffic": str(900 + number), "Referring domains": "40", "Linked domains": "30",
        "Page traffic": "20", "Keywords": "12", "Is spam": "true" if spam else "false",
    }  # fmt: skip


def export(rows: list[dict[str, str]]) -> bytes:
    """The rows as a backlink export."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def first_export() -> list[dict[str, str]]:
    """Backlinks of the first month: to the blog, to a broken page, and two lost ones."""
    names = [name for name, _, _ in ARTICLES]
    rows = [
        backlink(f"{WORDS[n]}-journal.example", f"/blog/{names[n]}/", 30 + 3 * n) for n in range(12)
    ]
    rows.append(backlink("kettle-review.example", "/shop/old-oolong/", 60))
    rows.append(backlink("lost-garden.example", "/blog/matcha-guide/", 62, lost="2026-01-05"))
    rows.append(backlink("lost-kitchen.example", "/blog/teapots-guide/", 58, lost="2026-01-06"))
    return rows


def crawl_exports(site: Shop, folder: Path) -> dict[str, bytes]:
    """The site as a desktop crawler exports it: its links and its pages, by file name."""
    from linkplanner.crawl.folder import FolderFetcher
    from linkplanner.crawl.reader import read_pages
    from linkplanner.settings import CrawlSettings

    site.write(folder)
    at_once = CrawlSettings(delay=0.0, pages=200)
    read = read_pages(
        [f"{BASE}/"], FolderFetcher({BASE: folder}), at_once,
        own_hosts=frozenset({"www.teahouse.test"}), sleep=lambda s: None, discover=True,
    )  # fmt: skip
    status = dict(zip(read.pages["url"], read.pages["status"].fillna(0).astype(int)))
    links = [
        {"Type": "Hyperlink", "Source": row.source_url, "Destination": row.target_url,
         "Alt Text": "", "Anchor": row.anchor, "Status Code": status.get(row.target_url, 200),
         "Status": "OK", "Follow": str(not row.nofollow).lower(), "Target": "",
         "Rel": "nofollow" if row.nofollow else "", "Path Type": "Absolute", "Link Path": "",
         "Link Position": row.position.capitalize(), "Link Origin": "HTML"}
        for row in read.links.itertuples()
    ]  # fmt: skip
    pages = [
        {"Address": row.url, "Content Type": "text/html", "Status Code": status[row.url],
         "Status": "OK", "Indexability": "Indexable" if row.status == 200 else "Non-Indexable",
         "Indexability Status": "", "Title 1": row.title if isinstance(row.title, str) else "",
         "H1-1": "", "Word Count": 100, "Crawl Depth": 1, "Inlinks": 1,
         "Redirect URL": row.redirect_to if isinstance(row.redirect_to, str) else ""}
        for row in read.pages.itertuples()
    ]  # fmt: skip
    return {"all_inlinks.csv": table(links), "internal_all.csv": table(pages)}


def table(rows: list[dict[str, object]]) -> bytes:
    """Rows as a CSV file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
