"""The one canonicaliser: addresses, hosts and registrable domains.

Two addresses that differ only in fragment, default port, tracking parameters or the case of
percent-escapes are one page. `PageUrl` is proof that a text went through `canonical`.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NewType
from urllib.parse import unquote

import ada_url

from linkplanner.errors import UrlError

if TYPE_CHECKING:  # processes that only take pages apart never load them
    import pandas as pd
    import pyarrow as pa
    import tldextract

__all__ = [
    "PageUrl",
    "bare_host_series",
    "canonical",
    "canonical_or_none",
    "canonical_series",
    "file_series",
    "fold",
    "fold_series",
    "host",
    "path_words",
    "registrable",
    "registrable_series",
]

PageUrl = NewType("PageUrl", str)

URL_LIMIT = 2048
"""Longest address taken (sitemaps.org, section "XML tag definitions": under 2,048 characters)."""

TRACKING = re.compile(
    r"(?:utm_[a-z_]+|gclid|gclsrc|dclid|wbraid|gbraid|gad_source|gad_campaignid|fbclid|msclkid"
    r"|yclid|twclid|ttclid|igshid|mc_cid|mc_eid|_ga|_gl|srsltid|_hsenc|_hsmi|vero_id)",
    re.IGNORECASE,
)
"""Query parameters that name a campaign or a click, never a page."""

FREE_HOSTS = frozenset(
    "tumblr.com substack.com livejournal.com over-blog.com jimdo.com jimdofree.com ucoz.com "
    "webnode.com webnode.page site123.me hatenablog.com exblog.jp skyrock.com typepad.com "
    "bravesites.com page.tl doodlekit.com strikingly.com mystrikingly.com yolasite.com "
    "wordpress.com blogspot.com weebly.com wixsite.com medium.com".split()
)
"""Hosts whose sub-domains belong to different people, on the public suffix list or not."""


@lru_cache(maxsize=1)
def _extractor() -> "tldextract.TLDExtract":
    import tldextract

    return tldextract.TLDExtract(
        suffix_list_urls=(), include_psl_private_domains=True, cache_dir=None
    )


_NAMES = r"(?:[a-z0-9_-]+\.)*(?P<before>[a-z0-9_-]+)\.(?P<last>[a-z]+)"
_SIMPLE_HOST = re.compile(_NAMES)
_SIMPLE_ADDRESS = rf"^https?://{_NAMES}(?::[0-9]+)?(?:[/?#]|$)"
PLAIN_ADDRESS = (
    r"https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,63}"  # no punycode, no IP address
    r"(?:/|(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?)"  # no dot segments, no empty ones
)
"""Addresses that are canonical at sight: lower-case host, unreserved characters, no query."""
_PLAIN = re.compile(PLAIN_ADDRESS)
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


def canonical(text: str, base: str | None = None) -> PageUrl:
    """The one spelling of a web address; relative addresses are joined to `base`.

    Parsing and joining follow the WHATWG URL standard (ada-url). Raises `UrlError`. Most addresses
    of an export are plain: for them the parser, 30 microseconds a call, has nothing to do.
    """
    if len(text) <= URL_LIMIT and _PLAIN.fullmatch(text):
        return PageUrl(text)
    try:
        url = ada_url.URL(text.strip(), base) if base else ada_url.URL(text.strip())
        if url.protocol not in ("http:", "https:") or not url.hostname:
            raise ValueError(url.protocol)
        url.hash = ""
        url.username = url.password = ""
        if url.search:
            url.search = _without_tracking(url.search)
        href = _ESCAPE.sub(lambda m: m.group().upper(), url.href)
        href = href[:-1] if href.endswith("?") else href
    except (ValueError, UnicodeError) as error:
        raise UrlError(
            f"“{text[:120]}” is not a web address; it should look like https://www.example.com/page."
        ) from error
    if len(href) > URL_LIMIT:
        raise UrlError(f"“{text[:60]}…” is longer than {URL_LIMIT:,} characters; it was left out.")
    return PageUrl(href)


def _without_tracking(search: str) -> str:
    kept = [
        part
        for part in search.lstrip("?").split("&")
        if part and not TRACKING.fullmatch(part.partition("=")[0])
    ]
    return "&".join(kept)


def canonical_or_none(text: str, base: str | None = None) -> PageUrl | None:
    """As `canonical`, but None where the text is no web address."""
    try:
        return canonical(text, base)
    except UrlError:
        return None


def canonical_series(texts: "pd.Series") -> "pd.Series":
    """`canonical` over a column, missing where a cell is no address; each value parsed once."""
    unique = texts.dropna().unique()
    table = {value: canonical_or_none(str(value)) for value in unique}
    return texts.map(table).astype("str")


_FRONT = re.compile(r"^https?://(?:www\.)?")
_LAST_SLASH = re.compile(r"/(?=$|\?)")


def fold(url: str) -> str:
    """The key where spellings of one page meet: scheme, www. and a last slash do not count."""
    return _LAST_SLASH.sub("", _FRONT.sub("", url))


def fold_series(urls: "pd.Series") -> "pd.Series":
    """`fold` over a column of canonical addresses."""
    bare = urls.str.replace(_FRONT.pattern, "", regex=True)
    return bare.str.replace(_LAST_SLASH.pattern, "", regex=True)


@lru_cache(maxsize=200_000)
def host(url: str) -> str:
    """Host name of an address in lower case, '' where there is none."""
    try:
        return ada_url.URL(url).hostname.lower().rstrip(".")
    except ValueError:
        return ""


def bare_host_series(urls: "pd.Series") -> "pd.Series":
    """Host of every canonical address of a column, without a leading www."""
    return urls.str.extract(r"^https?://(?:www\.)?([^/:?#]+)", expand=False)


FILES = (
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|heic|css|m?js|map|json|xml|rss|woff2?|ttf|otf|eot"
    r"|mp[34]|m4[av]|webm|ogg|wav|avi|mov|zip|gz|tgz|rar|7z|exe|dmg|apk|csv|xlsx?|docx?|pptx?)$"
)
"""Endings of addresses that are files, not pages. PDFs stay pages: search engines rank them."""
BUTTONS = (
    r"[?&](?:add[-_]to[-_](?:cart|basket|bag|wishlist|compare)|remove[-_]item|replytocom|logout"
    r"|action=(?:add|buy|delete|edit|log(?:in|out)|remove|submit))(?:[-_=&]|$)"
)
"""Queries that do something instead of showing a page, in shop and blog systems."""


def file_series(urls: "pd.Series") -> "pd.Series":
    """True for addresses of images, scripts, archives and the like, and for those of buttons (put
    into the basket, reply): they hold no links."""
    lower = urls.str.lower()
    paths = lower.str.split("?", n=1).str[0]
    found = paths.str.contains(FILES, regex=True) | lower.str.contains(BUTTONS, regex=True)
    return found.fillna(False).astype(bool)


@lru_cache(maxsize=200_000)
def registrable(host_name: str) -> str:
    """Registrable domain of a host: the unit in which referring domains are counted.

    On hosts that give sub-domains to strangers (public suffix list with its private part, and
    `FREE_HOSTS`) it is the sub-domain. Under endings that are not on the list it is the last two
    labels (the list's rule "*"). IP addresses and single labels are their own domain.
    """
    name = host_name.lower().rstrip(".")
    if simple := _two_labels(name):
        return simple
    parts = _extractor()(name)
    domain = parts.top_domain_under_public_suffix
    if not parts.suffix and not parts.ipv4 and not parts.ipv6:
        domain = ".".join(name.split(".")[-2:])
    if domain in FREE_HOSTS and parts.subdomain not in ("", "www"):
        return f"{parts.subdomain.rsplit('.', 1)[-1]}.{domain}"
    return domain or name


@lru_cache(maxsize=1)
def _longer_endings() -> tuple[frozenset[str], frozenset[str]]:
    """Where two labels may not do: the last two labels of every longer rule of the suffix list and
    of `FREE_HOSTS`, and the last labels under which every second one is an ending ("*.ck")."""
    rules = [rule.lstrip("!").split(".") for rule in _extractor().tlds]
    rules += [name.split(".") for name in FREE_HOSTS]
    pairs = {".".join(rule[-2:]) for rule in rules if len(rule) > 1}
    return frozenset(pairs), frozenset(rule[-1] for rule in rules if rule[0] == "*")


def _two_labels(name: str) -> str:
    """The last two labels where no rule can want more or fewer, else ''."""
    found = _SIMPLE_HOST.fullmatch(name)
    if not found or found["before"].startswith("xn--"):
        return ""
    pairs, wild = _longer_endings()
    pair = f"{found['before']}.{found['last']}"
    return "" if pair in pairs or found["last"] in wild else pair


def _one_array(texts: "pd.Series") -> "pa.LargeStringArray":
    import pyarrow as pa

    found = pa.array(texts, pa.large_string())
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def registrable_series(urls: "pd.Series") -> "pd.Series":
    """Registrable domain of every address of a column; each odd host is looked up once."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = _one_array(urls)
    parts = pc.extract_regex(texts, _SIMPLE_ADDRESS)
    before, last = pc.struct_field(parts, "before"), pc.struct_field(parts, "last")
    pair = pc.binary_join_element_wise(before, last, pa.scalar(".", pa.large_string()))
    pairs, wild = (pa.array(sorted(names), pa.large_string()) for names in _longer_endings())
    odd = pc.or_(pc.is_in(pair, pairs), pc.is_in(last, wild))
    odd = pc.or_(odd, pc.match_substring(texts, "xn--"))
    odd = pc.and_(pc.is_valid(texts), pc.fill_null(pc.or_(odd, pc.is_null(parts)), True))
    left = texts.filter(odd).dictionary_encode()
    found = pa.array([registrable(host(u)) for u in left.dictionary.to_pylist()], pa.large_string())
    domains = pc.replace_with_mask(pair, odd, found.take(left.indices))
    return pd.Series(domains, index=urls.index, dtype="str")


def path_words(url: str) -> str:
    """The words of an address's path, for matching pages of which only the address is known."""
    path = re.sub(r"\.\w{1,5}$", "", unquote(ada_url.URL(url).pathname))
    return " ".join(word for word in _WORD.findall(path) if not word.isdigit())
