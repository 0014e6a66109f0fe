"""How large a file may be before it is refused, in one place, with where each number comes from."""

from typing import Final

__all__ = [
    "CELL_LIMIT",
    "COLUMN_LIMIT",
    "FILE_LIMIT",
    "MEMBER_LIMIT",
    "RATIO_FROM",
    "RATIO_LIMIT",
    "SHEET_CELLS",
    "SITEMAP_BYTES",
    "SITEMAP_URLS",
    "XML_DEPTH",
]

MIB: Final = 2**20

FILE_LIMIT: Final = 2048 * MIB
"""Largest file taken, packed or not: two million inlinks rows are 0.7 GB."""

SITEMAP_BYTES: Final = 50 * MIB
"""Largest sitemap after decompression (sitemaps.org, "Using Sitemap index files": 50 MB)."""

SITEMAP_URLS: Final = 50_000
"""Most addresses in one sitemap, and most sitemaps in one index (sitemaps.org)."""

XML_DEPTH: Final = 32
"""Deepest nesting of a sitemap's elements; with all extensions real ones reach 6."""

RATIO_LIMIT: Final = 200
"""Largest ratio of unpacked to packed size. Exports reach 10 to 40; a gzip bomb 1,000."""

RATIO_FROM: Final = 64 * MIB
"""Unpacked size from which the ratio is looked at."""

MEMBER_LIMIT: Final = 100
"""Most files in one zip archive; a Search Console download holds 7."""

SHEET_CELLS: Final = 10_000_000
"""Largest sheet in rows times columns: the reader allocates the whole rectangle, also where a
sparse sheet is empty; 10 million cells take about 1 GB. 270,000 Ahrefs rows fit."""

CELL_LIMIT: Final = 1_000_000
"""Longest quoted cell in characters; a longer one is a quote that was never closed."""

COLUMN_LIMIT: Final = 2_000
"""Most columns; the widest export met has 210."""
