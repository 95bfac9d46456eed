"""HTTP by hand: what is sent are these bytes, which no client library would send."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple, Self

PATIENCE = 20
"""Seconds after which an answer does not come."""

PROBLEM = "application/problem+json"


class Answer(NamedTuple):
    """The status, the headers by their names in small letters, and the content as far as told."""

    status: int
    headers: dict[str, str]
    content: bytes

    def json(self) -> Any:
        """The content, parsed."""
        return json.loads(self.content)

    def problem(self) -> dict[str, Any] | None:
        """The problem document; None where it is none."""
        if self.headers.get("content-type") != PROBLEM:
            return None
        document: dict[str, Any] = self.json()
        return document if document["status"] == self.status else None


class Connection:
    """A connection to the server that is made anew where the server has closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None
        self._buffer = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, target: str) -> Answer:
        """GET the target as it is."""
        return self.send("GET", target, b"", {})

    def send(self, method: str, target: str, content: bytes, headers: Mapping[str, str]) -> Answer:
        """Send a request. Raises TimeoutError, and ConnectionError where the server hangs up."""
        fields = {"Host": f"127.0.0.1:{self._port}"} | dict(headers)
        if content:
            fields.setdefault("Content-Length", str(len(content)))
        lines = [
            f"{method} {target} HTTP/1.1",
            *(f"{key}: {value}" for key, value in fields.items()),
        ]
        return self.raw("\r\n".join([*lines, "", ""]).encode() + content)

    def raw(self, data: bytes) -> Answer:
        """Send bytes and read one answer."""
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), PATIENCE)
            self._buffer = b""
        with suppress(BrokenPipeError, ConnectionResetError):  # it may answer before it has all
            self._socket.sendall(data)
        answer = self._read()
        if answer.headers.get("connection") == "close" or len(data) > 100_000:
            self.close()
        return answer

    def close(self) -> None:
        """Close the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _read(self) -> Answer:
        while b"\r\n\r\n" not in self._buffer:
            self._more()
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        status = int(first.split()[1])
        if "content-length" in headers:
            length = int(headers["content-length"])
            while len(self._buffer) < length:
                self._more()
            content, self._buffer = self._buffer[:length], self._buffer[length:]
            return Answer(status, headers, content)
        if status in {204, 304}:
            return Answer(status, headers, b"")
        content = b""
        if headers.get("transfer-encoding") == "chunked":
            while size := int(self._line(), 16):
                while len(self._buffer) < size + 2:
                    self._more()
                content += self._buffer[:size]
                self._buffer = self._buffer[size + 2 :]
            self._line()
            return Answer(status, headers, content)
        self.close()
        return Answer(status, headers | {"connection": "close"}, self._buffer)

    def _line(self) -> bytes:
        while b"\r\n" not in self._buffer:
            self._more()
        line, _, self._buffer = self._buffer.partition(b"\r\n")
        return line

    def _more(self) -> None:
        assert self._socket is not None
        received = self._socket.recv(1 << 20)
        if not received:
            self.close()
            raise ConnectionError("the server hung up")
        self._buffer += received
