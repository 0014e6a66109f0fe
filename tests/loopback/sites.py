"""The shared sites: their host names, and where their sitemaps lie."""

from dataclasses import dataclass

__all__ = ["SITES", "Site"]


@dataclass(frozen=True)
class Site:
    """A site in an archive of its built files."""

    host: str
    sitemap: str
    """Path of the sitemap; empty where there is none."""

    @property
    def base(self) -> str:
        """The home page."""
        return f"https://{self.host}/"


SITES = {
    "httpx-docs": Site("www.python-httpx.org", "sitemap.xml"),
    "golocalaruba": Site("golocalaruba.github.io", "sitemap.xml"),
    "turbocosta": Site("turbocosta.co", "sitemap.xml"),
    "rust-blog": Site("blog.rust-lang.org", ""),
    "flink-web": Site("flink.apache.org", "sitemap.xml"),
    "topcctv": Site("topcctv.id", "sitemap-complete.xml"),
    "ploeh": Site("blog.ploeh.dk", "sitemap.xml"),
}
