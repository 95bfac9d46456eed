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


def reachable_url(host: str, port: int) -> str:
    """The URL to open on this machine: nobody can open 0.0.0.0, which stands for all addresses."""
    local = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
    return f"http://[{local}]:{port}" if ":" in local else f"http://{local}:{port}"


def run(listener: socket.socket, log_level: str) -> None:
    """Serve until SIGINT or SIGTERM."""
    config = uvicorn.Config("app.main:create_app", factory=True, log_level=log_level)
    uvicorn.Server(config).run(sockets=[listener])
