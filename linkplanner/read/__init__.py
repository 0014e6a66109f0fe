"""Files into tables: every export a marketer owns, recognised by content."""

from linkplanner.read.files import read_bytes, read_file
from linkplanner.read.follow import read_sitemap_url
from linkplanner.read.priorities import read_priorities
from linkplanner.read.reading import Reading

__all__ = ["Reading", "read_bytes", "read_file", "read_priorities", "read_sitemap_url"]
