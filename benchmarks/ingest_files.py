"""Writes exports as large as wanted, like those of Screaming Frog and Ahrefs, from a seed."""

import random
from pathlib import Path

__all__ = ["BACKLINKS_HEADER", "WORDS", "backlink_row", "write_backlinks", "write_inlinks"]

LINKS_PER_PAGE = 150
"""Links on one page; a shop's page has 100 to 200, most of them in navigation and footer."""

NAVIGATION, FOOTER = 60, 20

INLINKS_HEADER = (
    "Type,Source,Destination,Size (Bytes),Alt Text,Anchor,Status Code,Status,Follow,Target,Rel,"
    "Path Type,Link Path,Link Position,Link Origin"
)

BACKLINKS_HEADER = (
    "Referring page title,Referring page URL,Language,Platform,Referring page HTTP code,"
    "Domain rating,UR,Domain traffic,Referring domains,Linked domains,External links,Page traffic,"
    "Keywords,Target URL,Left context,Anchor,Right context,Redirect Chain URLs,"
    "Redirect Chain status codes,Type,Is spam,Content,Nofollow,UGC,Sponsored,Rendered,Raw,"
    "Lost status,Drop reason,Discovered status,First seen,Last seen,Lost,Author,Page type,"
    "Page category,Links in group"
)

WORDS = (
    "garden oak bench lamp copper chair table shelf winter summer guide care repair paint wood "
    "stone light cotton wool blue green red small large outdoor kitchen bath office family"
).split()


def _pages(rng: random.Random, number: int) -> list[str]:
    sections = ("shop", "blog", "guides", "services")
    return [
        f"https://www.example.com/{rng.choice(sections)}/{rng.choice(WORDS)}/"
        f"{rng.choice(WORDS)}-{rng.choice(WORDS)}-{rng.choice(WORDS)}-{n}/"
        for n in range(number)
    ]


def _anchor(page: str) -> str:
    return " ".join(page.rsplit("/", 2)[1].split("-")[:3])


def write_inlinks(path: Path, rows: int, seed: int = 7) -> None:
    """A Screaming Frog “All Inlinks” export: UTF-8 with a byte order mark, every cell quoted."""
    rng = random.Random(seed)
    pages = _pages(rng, max(200, rows // LINKS_PER_PAGE + 1))
    fixed = [_fixed_link(slot, page) for slot, page in enumerate(pages[: NAVIGATION + FOOTER])]
    written = 0
    with path.open("w", encoding="utf-8-sig", newline="\n") as out:
        out.write(",".join(f'"{cell}"' for cell in INLINKS_HEADER.split(",")) + "\n")
        while written < rows:
            source = pages[written // LINKS_PER_PAGE % len(pages)]
            size = 20_000 + written % 60_000
            tails = [*fixed, *(_content_link(rng, slot, pages) for slot in range(70))]
            tails = tails[: rows - written]
            for kind, target, tail in tails:
                out.write(f'"{kind}","{source}","{target}","{size}",{tail}\n')
            written += len(tails)


def _fixed_link(slot: int, page: str) -> tuple[str, str, str]:
    where, tag = ("Navigation", "header") if slot < NAVIGATION else ("Footer", "footer")
    xpath = (
        f"//body/div[@class='page-wrapper']/div[@id='top']/{tag}/div[2]/nav/ul[@class='menu-level-one'][1]"
        f"/li[{slot + 1}]/a"
    )
    return "Hyperlink", page, _tail("", _anchor(page), "true", "", xpath, where)


def _content_link(rng: random.Random, slot: int, pages: list[str]) -> tuple[str, str, str]:
    target = rng.choice(pages)
    xpath = (
        "//body/div[@class='page-wrapper']/div[@id='content']/main/div[2]/div/article[@class='entry-content']"
        f"/div[{slot % 7 + 1}]/p[{slot % 11 + 1}]/a[{slot % 3 + 1}]"
    )
    if slot == 3:
        xpath = xpath.replace("article[@class='entry-content']", "nav[@class='breadcrumbs']/ol")
    if slot % 10 == 0:
        image = f"https://www.example.com/media/{slot}-{_anchor(target).replace(' ', '-')}.jpg"
        return "Image", image, _tail(_anchor(target), "", "true", "", xpath, "Content")
    if slot % 10 == 1:
        tail = _tail(_anchor(target), "", "true", "", xpath, "Content")
    elif slot % 35 == 2:
        tail = _tail("", _anchor(target), "false", "nofollow", xpath, "Content")
    else:
        tail = _tail("", _anchor(target), "true", "", xpath, "Content")
    return "Hyperlink", target, tail


def _tail(alt: str, anchor: str, follow: str, rel: str, xpath: str, where: str) -> str:
    cells = (alt, anchor, "200", "OK", follow, "", rel, "Absolute", xpath, where, "HTML")
    return ",".join(f'"{cell}"' for cell in cells)


def write_backlinks(path: Path, rows: int, seed: int = 7) -> None:
    """An Ahrefs “Backlinks” export in its comma flavour: UTF-8, quotes only where needed."""
    rng = random.Random(seed)
    pages = _pages(rng, 2_000)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(BACKLINKS_HEADER + "\n")
        for number in range(rows):
            out.write(backlink_row(rng, number, pages))


def backlink_row(rng: random.Random, number: int, pages: list[str]) -> str:
    target = rng.choice(pages)
    site = f"www.{WORDS[number % 29]}-{number // 12}.example"
    words = [rng.choice(WORDS) for _ in range(12)]
    lost = rng.random() < 0.25
    day = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02} {number % 24:02}:02:58"
    cells = [
        " ".join(words[:6]).title(),
        f"https://{site}/{words[0]}/{words[1]}-{words[2]}-{number}/",
        "en", "wordpress", "200", f"{number % 900 / 10}", f"{number % 70}", f"{number % 9000}",
        f"{number % 40}", f"{number % 80}", f"{number % 60}", f"{number % 300}",
        f"{number % 90}", target, '"' + " ".join(words[3:]) + ', and"', _anchor(target),
        " ".join(words[:5]), "", "", "text", "false", "true",
        "true" if number % 4 == 0 else "false", "false", "false", "true", "true",
        "removedfromhtml" if lost else "", "", "linkfound", day, day,
        "2026-01-05 10:00:00" if lost else "", "", "Article", "Home", "1",
    ]  # fmt: skip
    return ",".join(cells) + "\n"
