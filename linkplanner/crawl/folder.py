"""A site as a folder of built files, served as a web server would: for the sample and for tests."""

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

import ada_url

from linkplanner.crawl.answer import REDIRECTS, Fetched, redirect_target
from linkplanner.errors import FetchRefused, UrlError
from linkplanner.urls import canonical

__all__ = ["FolderFetcher"]

_HOPS = 10
_TYPES = {".html": "text/html; charset=utf-8", ".htm": "text/html; charset=utf-8"}


class FolderFetcher:
    """Answers for addresses below given base addresses from folders; everything else is refused.

    `sites`: base address (`https://shop.example/`) to folder. A folder answers with its
    `index.html`, an address without extension also with `NAME.html`; a folder asked without its
    last slash redirects, and so does http where the base is https; what is missing is a 404.
    A file `_redirects` (lines of path, target and status, as static hosts take it) moves
    addresses. Queries are ignored.
    """

    def __init__(self, sites: Mapping[str, Path]) -> None:
        self._roots = {
            canonical(base if base.endswith("/") else f"{base}/"): Path(folder).resolve()
            for base, folder in sites.items()
        }
        self._moved = {base: _redirects(root) for base, root in self._roots.items()}

    def fetch(
        self, url: str, *, follow: bool = True, headers: Mapping[str, str] | None = None
    ) -> Fetched:
        """Ask for one address; see `Fetcher.fetch`."""
        hops: list[tuple[str, int]] = []
        try:
            address = canonical(url)
        except UrlError as error:
            raise FetchRefused(str(error)) from error
        while True:
            status, headers, body = self._answer(address)
            answer = Fetched(url, address, status, headers, body, tuple(hops))
            target = redirect_target(answer) if follow else None
            if target is None or status not in REDIRECTS:
                return answer
            hops.append((address, status))
            if len(hops) > _HOPS:
                raise FetchRefused(f"“{url}” redirects more than {_HOPS} times.")
            address = target

    def _answer(self, address: str) -> tuple[int, dict[str, str], bytes]:
        base = max((b for b in self._roots if address.startswith(b)), key=len, default=None)
        secure = address.replace("http:", "https:", 1)
        if base is None and any(secure.startswith(b) for b in self._roots):
            return 301, {"location": secure}, b""
        if base is None:
            raise FetchRefused(f"“{address}” is not part of the folders that are read.")
        root = self._roots[base]
        path = unquote(ada_url.URL(address).pathname[len(ada_url.URL(base).pathname) :])
        if (rule := self._moved[base].get("/" + path)) is not None:
            return rule[1], {"location": canonical(rule[0].lstrip("/"), base)}, b""
        found = _inside(root, path)
        if found is not None and found.is_dir() and path and not path.endswith("/"):
            if (found / "index.html").is_file():
                parts = ada_url.URL(address)
                parts.pathname += "/"
                return 301, {"location": parts.href}, b""
            found = None
        for candidate in _candidates(root, path, found):
            if candidate.is_file():
                return 200, {"content-type": _content_type(candidate)}, candidate.read_bytes()
        missing = root / "404.html"
        body = missing.read_bytes() if missing.is_file() else b"<title>Not found</title>"
        return 404, {"content-type": _TYPES[".html"]}, body


def _redirects(root: Path) -> dict[str, tuple[str, int]]:
    """Target and status by path, from the folder's `_redirects` file."""
    file = root / "_redirects"
    if not file.is_file():
        return {}
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    rules = (line.split() for line in lines)
    statuses = {str(status) for status in REDIRECTS}
    return {
        rule[0]: (rule[1], int(rule[2])) for rule in rules if len(rule) == 3 and rule[2] in statuses
    }


def _inside(root: Path, path: str) -> Path | None:
    """The file or folder meant by a path, None where it lies outside the root.

    Two slashes are not one: to most static hosts such an address names nothing.
    """
    if "//" in path or path.startswith("/"):
        return None
    try:
        found = (root / path).resolve()
    except (OSError, ValueError, RuntimeError):
        return None
    return found if found.is_relative_to(root) else None


def _candidates(root: Path, path: str, found: Path | None) -> list[Path]:
    if found is None and (not path or path.endswith("/")):
        return []
    named = found if found is not None else _inside(root, path)
    if named is None:
        return []
    if path.endswith("/") or not path:
        return [named / "index.html"]
    return [named, named.with_name(f"{named.name}.html")]


def _content_type(file: Path) -> str:
    known = _TYPES.get(file.suffix.lower())
    return known or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
