"""Connections to checked addresses only, for the one door to the web.

Names are resolved and checked where the connection is made; server name and certificate stay the
host's. All connections of a wire can be cut from another thread.
"""

import socket
import threading
from collections.abc import Callable
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError
from urllib3.exceptions import NewConnectionError as NoConnection
from urllib3.poolmanager import PoolManager
from urllib3.util.connection import create_connection

from linkplanner.crawl.address import Guard

__all__ = ["Dial", "PinnedAdapter", "Wire", "dial"]

Dial = Callable[[tuple[str, int], Any, Any], socket.socket]
"""Opens a connection to a checked address and port, with timeout and socket options; OSError."""


def dial(place: tuple[str, int], timeout: Any, options: Any) -> socket.socket:
    """The usual way: straight over the net."""
    return create_connection(place, timeout, socket_options=options)


class Wire:
    """Opens connections to checked addresses only, and can cut them from another thread."""

    def __init__(self, guard: Guard, dial: Dial) -> None:
        self._guard, self._dial = guard, dial
        self._handles: dict[HTTPConnection, socket.socket] = {}
        self._lock = threading.Lock()
        self._severed = False

    def open(self, connection: HTTPConnection) -> socket.socket:
        """A socket to the first checked address that answers; raises FetchRefused, OSError."""
        failure: OSError = OSError(f"no address is known for {connection.host}")
        for address in self._guard.addresses(connection.host, connection.port or 80):
            try:
                place = (address, connection.port or 80)
                sock = self._dial(place, connection.timeout, connection.socket_options)
            except OSError as error:
                failure = error
                continue
            with self._lock:
                if self._severed:
                    sock.close()
                    break
                self._close(self._handles.pop(connection, None))
                # A second handle of the same connection: TLS takes the first one away.
                self._handles[connection] = sock.dup()
            return sock
        raise failure

    def mend(self) -> None:
        """Let connections be opened again after a cut."""
        self._severed = False

    def cut(self, told: threading.Event | None = None) -> None:
        """Shut every connection, also one being made; whoever reads from one meets its end.

        `told` is set first, so that the reader can know why.
        """
        if told is not None:
            told.set()
        with self._lock:
            self._severed = True
            for handle in self._handles.values():
                try:
                    handle.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue

    def sweep(self) -> None:
        """Let go of connections that were closed."""
        with self._lock:
            for connection in [c for c in self._handles if c.sock is None]:
                self._close(self._handles.pop(connection))

    @staticmethod
    def _close(handle: socket.socket | None) -> None:
        if handle is not None:
            handle.close()


def _open(connection: Any) -> socket.socket:
    """What both kinds of connection do instead of resolving the name themselves."""
    try:
        return connection.wire.open(connection)
    except socket.gaierror as error:
        raise NameResolutionError(connection.host, connection, error) from error
    except TimeoutError as error:
        raise ConnectTimeoutError(connection, "no connection in time") from error
    except OSError as error:
        raise NoConnection(connection, str(error)) from error


class _PinnedHttp(HTTPConnection):
    def __init__(self, *args: Any, wire: Wire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wire = wire

    def _new_conn(self) -> socket.socket:
        return _open(self)


class _PinnedHttps(HTTPSConnection):
    def __init__(self, *args: Any, wire: Wire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wire = wire

    def _new_conn(self) -> socket.socket:
        return _open(self)


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _PinnedHttp


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _PinnedHttps


class _PinnedPools(PoolManager):
    """Pools whose connections go through one wire; server name and certificate stay the host's."""

    def __init__(self, wire: Wire, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._wire = wire
        self.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}

    def _new_pool(
        self, scheme: str, host: str, port: int, request_context: dict[str, Any] | None = None
    ) -> HTTPConnectionPool:
        pool = super()._new_pool(scheme, host, port, request_context)
        pool.conn_kw["wire"] = self._wire
        return pool


class PinnedAdapter(HTTPAdapter):
    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        super().__init__(pool_connections=4, pool_maxsize=1)

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any
    ) -> None:
        self.poolmanager = _PinnedPools(
            self._wire, num_pools=connections, maxsize=maxsize, block=block, **pool_kwargs
        )
