"""Running the web server."""

from __future__ import annotations

import asyncio
import gc
import socket
from typing import TYPE_CHECKING

import uvicorn

from app.connections import Connection

if TYPE_CHECKING:
    from app.api.loader import Loader
    from app.settings import Settings

CONNECTIONS = 10_000
"""Open at once: a connection that is idle costs a few kilobytes."""

PATIENCE = 5
"""Seconds that answers under way may still take when the server is told to end: with what the
loader may take, less than the ten after which container runtimes kill."""


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


class _Server(uvicorn.Server):
    """Ends the loader first: uvicorn waits for whoever waits for an answer, however long."""

    def __init__(self, config: uvicorn.Config, loader: Loader) -> None:
        super().__init__(config)
        self.loader = loader

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer whoever waits for the loader, then everybody else, and end."""
        await asyncio.to_thread(self.loader.close)
        await super().shutdown(sockets)


def _allow_connections() -> None:
    """As many open files as the system lets the process have: shells give it a thousand or less."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # Windows, which has no such bound
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS if hard == resource.RLIM_INFINITY else min(hard, CONNECTIONS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def run(listener: socket.socket, chosen: Settings) -> None:
    """Serve until SIGINT or SIGTERM."""
    from app.main import create_app, within_layers  # noqa: PLC0415 -- only once the address is ours

    _allow_connections()
    app = create_app(chosen)
    config = uvicorn.Config(
        within_layers(app),
        http=Connection,
        ws="none",
        log_level=chosen.log_level,
        log_config=None,  # through our own handler
        access_log=False,  # `app.api.middleware.observing` writes the lines
        server_header=False,  # nobody needs to know
        forwarded_allow_ips=chosen.proxies,
        timeout_graceful_shutdown=PATIENCE,
    )
    config.load()
    gc.freeze()  # what is there now stays to the end: the collector need not look through it again
    gc.enable()
    _Server(config, app.state.loader).run(sockets=[listener])
