"""API keys: made and shown once, kept as a digest, looked up by their public id.

A token is `rk_ID_SECRET`; the id names the key in lists and logs, the secret is 256 random bits.
The digest is plain SHA-256. Salted and slow hashes are for secrets that people choose and others
can guess (OWASP Password Storage Cheat Sheet); a random one of at least 112 bits needs an approved
one-way function only (NIST SP 800-63B, 5.1.2.2), and every request pays for it.
"""

from __future__ import annotations

import datetime as dt
import hmac
import re
import secrets
from base64 import b32encode
from collections.abc import Collection, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)
from app.database import reading, writing

_TOKEN = re.compile(r"rk_([a-z2-7]{8})_([0-9a-f]{64})")
_table = SQLModel.metadata.tables["api_key"]


class Scope(StrEnum):
    """What a key is good for."""

    READ = "read"
    WRITE = "write"


def create(url: str, name: str, scopes: Collection[Scope]) -> str:
    """Make a key and keep its digest; the token, which nobody can be told again."""
    key_id = b32encode(secrets.token_bytes(5)).decode().lower()
    secret = secrets.token_hex(32)
    with writing(url) as session:
        session.connection().execute(
            insert(_table).values(
                id=key_id,
                name=name,
                sha256=_digest(secret),
                scopes=" ".join(sorted(scopes)),
                created_at=dt.datetime.now(dt.UTC),
            )
        )
    return f"rk_{key_id}_{secret}"


def scopes_of(url: str, token: str) -> frozenset[Scope] | None:
    """What a token is good for; None where it is none, or was revoked."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    key_id, secret = found.groups()
    standing = select(_table).where(_table.c.id == key_id, _table.c.revoked_at.is_(None))
    with reading(url) as session:
        key = session.connection().execute(standing).first()
    if key is None or not hmac.compare_digest(key.sha256, _digest(secret)):
        return None
    return frozenset(Scope(scope) for scope in key.scopes.split())


def revoke(url: str, key_id: str) -> bool:
    """Let a key be good for nothing from now on; False where no key that stands has this id."""
    standing = (_table.c.id == key_id, _table.c.revoked_at.is_(None))
    change = update(_table).where(*standing).values(revoked_at=dt.datetime.now(dt.UTC))
    with writing(url) as session:
        return bool(session.connection().execute(change).rowcount)


def all_keys(url: str) -> Sequence[Row[Any]]:
    """The rows of all keys, in the order of making; the digests stay out."""
    columns = (column for column in _table.c if column.name != "sha256")
    with reading(url) as session:
        return session.connection().execute(select(*columns).order_by(_table.c.pk)).all()


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
