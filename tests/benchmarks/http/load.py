"""Load, by `wrk` (https://github.com/wg/wrk), and single requests, by a bare socket."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

CONNECTIONS = 8
"""At once: enough that no server waits for the client on two cores."""

_SCRIPT = """
local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = wrk.format("GET", line) end
local at = 0
request = function()
  at = at %% #paths + 1
  return paths[at]
end
"""
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_ERRORS = re.compile(r"Non-2xx or 3xx responses: \d+|Socket errors: .*")


def require() -> None:
    """Raises SystemExit with a line of help when wrk is not there."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing: apt install wrk, brew install wrk")


def rate(url: str, paths: Sequence[str], seconds: int) -> float:
    """Requests a second, the paths one after the other. Raises RuntimeError for any error."""
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder, "paths"), Path(folder, "paths.lua")
        listed.write_text("\n".join(paths), encoding="ascii")
        script.write_text(_SCRIPT % listed, encoding="ascii")
        options = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script)]
        ran = subprocess.run(["wrk", *options, url], capture_output=True, text=True, check=True)
    if wrong := _ERRORS.search(ran.stdout):
        raise RuntimeError(f"{url}{paths[0]}: {wrong.group()}")
    found = _RATE.search(ran.stdout)
    if found is None:
        raise RuntimeError(ran.stdout)
    return float(found[1])


class Client:
    """One connection that is kept, with as little of Python between as can be."""

    def __init__(self, url: str) -> None:
        self._host = urlsplit(url).netloc
        host, _, port = self._host.partition(":")
        self._socket = socket.create_connection((host, int(port)))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, path: str) -> tuple[float, int]:
        """How long one answer takes, in seconds, and its bytes; be it that it takes too long (503).

        Raises RuntimeError for all other errors.
        """
        request = f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\n\r\n".encode("ascii")
        began = time.perf_counter()
        self._socket.sendall(request)
        received = self._socket.recv(1 << 20)
        while b"\r\n\r\n" not in received:
            received += self._socket.recv(1 << 20)
        head, _, body = received.partition(b"\r\n\r\n")
        length = self._length(head, path)
        missing = length - len(body)
        while missing > 0:
            missing -= len(self._socket.recv(1 << 20))
        return time.perf_counter() - began, length

    def _length(self, head: bytes, path: str) -> int:
        if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 503")):
            raise RuntimeError(f"{path}: {head.decode()}")
        found = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        if found is None:
            raise RuntimeError(f"{path}: no length")
        return int(found[1])

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()
