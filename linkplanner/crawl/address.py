"""Which addresses may be contacted: only public ones, unless the user allowed exactly that host.

The networks are those of the IANA special-purpose registries (RFC 6890 and its updates, read in
November 2026) and not the standard library's `is_global`, which differs between Python versions.
"""

import socket
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import ada_url

from linkplanner.errors import FetchRefused, UrlError
from linkplanner.urls import PageUrl, canonical

__all__ = ["WHERE", "Guard", "Resolver", "is_public", "resolve_by_system"]

PRIVATE = "is an address on a private network"
"""What refusals of private addresses say."""
WHERE = "(Settings, or --allow-host)"
"""Where the user allows a host: in every refusal that the user can lift."""

Resolver = Callable[[str], Sequence[str]]
"""Host name to its IP addresses in the order to try; raises OSError where there are none."""

WEB_PORTS = frozenset({80, 443, 8000, 8008, 8080, 8081, 8443, 8888})
"""Ports on which sites are served; any other could speak to something that is no web server. A
host allowed as `name:port` may use that port."""

_REFUSED_V4 = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",  # this host (RFC 1122)
        "10.0.0.0/8",  # private (RFC 1918)
        "100.64.0.0/10",  # shared by carriers (RFC 6598)
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments, metadata of one cloud
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays, withdrawn
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/3",  # multicast, reserved, broadcast
    )
)
_GLOBAL_V6 = ip_network("2000::/3")
"""The only block of IPv6 that is handed out; loopback, mapped, local, NAT64 lie outside."""
_REFUSED_V6 = tuple(
    ip_network(text)
    for text in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which wraps any IPv4 address
        "3fff::/20",  # documentation (RFC 9637)
    )
)
_LOCAL_NAMES = ("localhost", "ip6-localhost", "ip6-loopback")


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet; False for what is no address."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in _REFUSED_V4)
    return ip in _GLOBAL_V6 and not any(ip in network for network in _REFUSED_V6)


def resolve_by_system(host: str) -> list[str]:
    """IP addresses of a host as the operating system gives them; raises OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard:
    """Says for a URL and for a connection whether it may be made, and to which addresses."""

    def __init__(
        self, allow_hosts: Iterable[str] = (), resolver: Resolver = resolve_by_system
    ) -> None:
        """`allow_hosts`: `name` or `name:port` that the user allowed although they are private."""
        self._allowed = frozenset(_bare(entry) for entry in allow_hosts)
        self._resolve = resolver

    def check_url(self, url: str) -> PageUrl:
        """The canonical address, if its scheme, name and port are fit to be asked for.

        What the name resolves to is looked at when the connection is made. Raises FetchRefused.
        """
        try:
            address = canonical(url)
        except UrlError as error:
            raise FetchRefused(str(error)) from error
        parts = ada_url.URL(address)
        port = int(parts.port or (443 if parts.protocol == "https:" else 80))
        self._check_name(_bare(parts.hostname), port)
        return address

    def addresses(self, host: str, port: int) -> list[str]:
        """Checked IP addresses to which a connection for `host` may go, in order.

        Of several only the public ones are used. Raises FetchRefused where none is, OSError where
        the name is not known.
        """
        name = _bare(host)
        self._check_name(name, port)
        literal = _as_ip(name)
        found = [str(literal)] if literal else list(self._resolve(name))
        if self._is_allowed(name, port):
            return found
        public = [address for address in found if is_public(address)]
        if not public:
            raise FetchRefused(
                f"“{host}” {PRIVATE}"
                f"{'' if literal else f' ({found[0]})' if found else ''}; it is read only after "
                f"you allow this host {WHERE}."
            )
        return public

    def _is_allowed(self, name: str, port: int) -> bool:
        bracketed = f"[{name}]" if ":" in name else name
        return name in self._allowed or f"{bracketed}:{port}" in self._allowed

    def _check_name(self, name: str, port: int) -> None:
        bracketed = f"[{name}]" if ":" in name else name
        if port not in WEB_PORTS and f"{bracketed}:{port}" not in self._allowed:
            raise FetchRefused(
                f"“{name}:{port}” is not a usual port of a web site; "
                f"allow “{name}:{port}” {WHERE} if it is your own server."
            )
        literal = _as_ip(name)
        private = not is_public(str(literal)) if literal else _is_local_name(name)
        if private and not self._is_allowed(name, port):
            raise FetchRefused(
                f"“{name}” {PRIVATE}; it is read only after you allow this host {WHERE}."
            )


def _bare(name: str) -> str:
    """A host name in one spelling: lower case, without brackets and last dot."""
    text = name.strip().lower()
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    return text.rstrip(".")


def _as_ip(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None


def _is_local_name(name: str) -> bool:
    """Names that mean this machine whatever a resolver says (RFC 6761, section 6.3)."""
    return name in _LOCAL_NAMES or name.endswith(".localhost")
