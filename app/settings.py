"""Settings, from the environment (`REPORTEDLY_…`) or a `.env` file."""

import re
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/\s?#@]+")
"""RFC 6454, 6.2: scheme, host and port, without a path."""

_DRIVERS = {"sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"}


class Settings(BaseSettings):
    """Each field is one `REPORTEDLY_` variable; the README's table is tested against this class."""

    model_config = SettingsConfigDict(
        env_prefix="REPORTEDLY_", env_file=".env", extra="ignore", frozen=True
    )

    host: str = Field("127.0.0.1", description="Address to serve on")
    port: int = Field(8000, ge=1, le=65535, description="Port to serve on")
    database_url: str = Field(
        "sqlite:///reportedly.db",
        description="SQLAlchemy URL: `sqlite:///PATH` or `postgresql+psycopg://…`",
    )
    query_seconds: float = Field(
        5, gt=0, description="Seconds that the queries of one request can take; then it gets a 503"
    )
    seeds: Path = Field(Path("seeds"), description="Folder that `reportedly seed` loads")
    log_level: Literal["critical", "error", "warning", "info", "debug"] = Field(
        "info", description="Least severe message to log"
    )

    reads: Literal["open", "key"] = Field(
        "open", description="Who may read: everybody, or those with an API key of scope `read`"
    )
    log_format: Literal["text", "json"] = Field(
        "text", description="Log lines to read, or one JSON object each"
    )
    cors_origins: str = Field(
        "",
        description="Origins of web pages that may ask (`https://news.example`), separated by"
        " commas; `*`: all; empty: none",
    )
    proxies: str = Field(
        "127.0.0.1,::1",
        description="Addresses and networks of proxies whose `X-Forwarded-For` and"
        " `X-Forwarded-Proto` are believed, separated by commas; `*`: all; empty: none",
    )
    max_body_bytes: int = Field(
        16_777_216, ge=1, description="Bytes that the body of a request may have"
    )
    cache_bytes: int = Field(
        67_108_864,
        ge=0,
        description="Memory for answers that can be given again while the data stays as it is"
        " (SQLite only); 0: none",
    )

    queue: int = Field(
        16,
        ge=2,
        description="Requests that may wait for the loader, half of them with many reports",
    )

    @field_validator("database_url")
    @classmethod
    def _names_a_database(cls, url: str) -> str:
        """SQLite in memory is one database a connection, so that what is loaded is never served."""
        try:
            parsed = make_url(url)
        except (ArgumentError, ValueError):
            parsed = None
        if parsed is None or parsed.drivername not in _DRIVERS:
            raise ValueError("should be sqlite:///PATH or postgresql+psycopg://…")
        if parsed.drivername.startswith("sqlite") and parsed.database in {None, "", ":memory:"}:
            raise ValueError("SQLite needs a file: sqlite:///PATH")
        return url

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, listed: str) -> str:
        for origin in _listed(listed):
            if origin != "*" and not _ORIGIN.fullmatch(origin):
                raise ValueError("should be origins as browsers send them: https://news.example")
        return listed

    @field_validator("proxies")
    @classmethod
    def _are_addresses(cls, listed: str) -> str:
        for address in _listed(listed) if listed != "*" else ():
            ip_network(address)  # whose ValueError says what is wrong
        return listed

    def origins(self) -> list[str]:
        """The origins of `cors_origins`."""
        return _listed(self.cors_origins)


def _listed(text: str) -> list[str]:
    return [member.strip() for member in text.split(",") if member.strip()]


@cache
def settings() -> Settings:
    """The process's settings, read once. Raises pydantic.ValidationError for a bad value."""
    return Settings()
