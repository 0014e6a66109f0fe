"""A made-up export of backlinks for any site, as Ahrefs writes it; same pages, same export."""

import csv
from collections.abc import Sequence
from pathlib import Path
from random import Random

__all__ = ["write_backlinks"]

COLUMNS = (
    "Referring page title,Referring page URL,Language,Platform,Referring page HTTP code,"
    "Domain rating,UR,Domain traffic,Referring domains,Linked domains,External links,Page traffic,"
    "Keywords,Target URL,Left context,Anchor,Right context,Type,Content,Nofollow,UGC,Sponsored,"
    "Rendered,Raw,Lost status,Drop reason,Discovered status,First seen,Last seen,Lost,"
    "Links in group"
).split(",")


def write_backlinks(path: Path, pages: Sequence[str], links: int = 60) -> Path:
    """`pages`: addresses of the site; some get many links, most none."""
    chance = Random(len(pages))
    targets = chance.sample(sorted(pages), min(len(pages), 25))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        for number in range(links):
            rating = round(chance.betavariate(1.5, 3) * 90, 1)
            writer.writerow({
                "Referring page title": f"Article {number}",
                "Referring page URL": f"https://site-{number % 40}.example/article-{number}/",
                "Language": "en", "Referring page HTTP code": 200, "Domain rating": rating,
                "UR": round(rating / 3, 1), "Domain traffic": chance.randrange(50_000),
                "Referring domains": chance.randrange(200), "Linked domains": chance.randrange(60),
                "External links": chance.randrange(1, 60), "Page traffic": chance.randrange(500),
                "Target URL": targets[int(len(targets) * chance.random() ** 2)],
                "Left context": "as they say in", "Anchor": f"their text {number}",
                "Right context": "which is worth reading", "Type": "text", "Content": "TRUE",
                "Nofollow": str(chance.random() < 0.2).upper(), "UGC": "FALSE",
                "Sponsored": "FALSE", "Rendered": "FALSE", "Raw": "TRUE",
                "First seen": "2025-01-05", "Last seen": "2026-10-01", "Links in group": 1,
            })  # fmt: skip
    return path
