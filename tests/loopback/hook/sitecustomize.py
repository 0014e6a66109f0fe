"""Loaded by Python at the start of a process whose environment names a file in LOOPBACK.

The names in it resolve to this computer, ports 80 and 443 of this computer are those of the test's
server, and its authority is the one to trust: as if the name server, the ports and the list of
trusted authorities of the machine said so. The project's own code is as it is.
"""

import json
import os
import socket
from pathlib import Path

if os.environ.get("LOOPBACK"):
    _told = json.loads(Path(os.environ["LOOPBACK"]).read_text())
    _really = socket.getaddrinfo

    def _getaddrinfo(host, port, *args, **kwargs):  # type: ignore[no-untyped-def]
        if host in _told["names"]:
            host = "127.0.0.1"
        elif host == "127.0.0.1":
            port = _told["ports"].get(str(port), port)
        return _really(host, port, *args, **kwargs)

    socket.getaddrinfo = _getaddrinfo

    import certifi

    certifi.where = lambda: _told["trusted"]
