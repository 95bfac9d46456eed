"""Running the web server."""

from __future__ import annotations

import socket

import uvicorn


def bound_socket(host: str, port: int) -> socket.socket:
    """A socket that holds the address, so that a taken port is known before anything is loaded.

    Raises OSError when the address is taken or is none of this machine's.
    """
    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
    except OSError:
        made.close()
        raise
    made.set_inheritable(True)
    return made


def run(listener: socket.socket, log_level: str) -> None:
    """Serve until SIGINT or SIGTERM."""
    config = uvicorn.Config("app.main:create_app", factory=True, log_level=log_level)
    uvicorn.Server(config).run(sockets=[listener])
