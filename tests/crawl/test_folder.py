"""A folder as a site."""

from pathlib import Path

import pytest

from linkplanner.crawl.folder import FolderFetcher
from linkplanner.errors import FetchRefused

BASE = "https://own.test"


@pytest.fixture
def site(tmp_path: Path) -> FolderFetcher:
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    root = tmp_path / "site"
    for name in ("index.html", "a/index.html", "b.html", "c d.html", "e.xml", "f/g.html"):
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    return FolderFetcher({BASE: root})


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("", 200, "index.html"),
        ("/", 200, "index.html"),
        ("/?q=1#x", 200, "index.html"),
        ("/a/", 200, "a/index.html"),
        ("/b", 200, "b.html"),
        ("/b.html", 200, "b.html"),
        ("/b/", 404, None),
        ("/c%20d", 200, "c d.html"),
        ("/f/", 404, None),
        ("/f", 404, None),
        ("/none", 404, None),
        ("/../secret.html", 404, None),
        ("/..%2fsecret.html", 404, None),
        ("/%2e%2e/secret", 404, None),
        ("/a%00b", 404, None),
        ("//etc/passwd", 404, None),
    ],
)
def test_answers(site: FolderFetcher, path: str, status: int, body: str | None) -> None:
    answer = site.fetch(BASE + path)
    assert answer.status == status
    assert b"secret" not in answer.body
    if body is not None:
        assert answer.body.decode() == body


def test_a_folder_without_its_slash_redirects(site: FolderFetcher) -> None:
    assert site.fetch(f"{BASE}/a").redirects == ((f"{BASE}/a", 301),)
    assert site.fetch(f"{BASE}/a").final_url == f"{BASE}/a/"
    assert site.fetch(f"{BASE}/a", follow=False).status == 301


def test_plain_http_redirects(site: FolderFetcher) -> None:
    assert site.fetch("http://own.test/a/").redirects == (("http://own.test/a/", 301),)


def test_types(site: FolderFetcher) -> None:
    assert site.fetch(f"{BASE}/b").headers["content-type"].startswith("text/html")
    assert "xml" in site.fetch(f"{BASE}/e.xml").headers["content-type"]


@pytest.mark.parametrize("url", ["https://other.test/", "ftp://own.test/", "junk"])
def test_everything_else_is_refused(site: FolderFetcher, url: str) -> None:
    with pytest.raises(FetchRefused):
        site.fetch(url)


def test_moved_addresses(tmp_path: Path) -> None:
    (tmp_path / "_redirects").write_text(
        "/old /new 301\n/away https://other.test/ 302\n/odd /new soon\n# a remark\n/bad\n",
        encoding="utf-8",
    )
    (tmp_path / "new.html").write_text("new", encoding="utf-8")
    site = FolderFetcher({BASE: tmp_path})
    assert site.fetch(f"{BASE}/old").redirects == ((f"{BASE}/old", 301),)
    assert site.fetch(f"{BASE}/old").body == b"new"
    assert site.fetch(f"{BASE}/away", follow=False).headers == {"location": "https://other.test/"}
    assert site.fetch(f"{BASE}/odd").status == 404
