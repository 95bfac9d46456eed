"""Ids that are the same on every machine: readable slugs, and digests of the content."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b32encode

from anyascii import anyascii

DIGEST_LENGTH = 12
"""Characters of a digest: 60 bits, so that among three million claims the chance of one
collision is four in a million (birthday bound)."""


_CANONICAL = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=str)


def digest(prefix: str, *parts: object) -> str:
    """`prefix` + "_" + 12 characters of [a-z2-7], the same for the same JSON of `parts`."""
    raw = hashlib.blake2b(_CANONICAL.encode(parts).encode(), digest_size=10).digest()
    return f"{prefix}_{b32encode(raw).decode().lower()[:DIGEST_LENGTH]}"


SLUG_LENGTH = 80
"""Characters of the longest slug: a URL stays readable, and names that go on are descriptions."""

_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\w)", re.IGNORECASE)
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """The name in [a-z0-9-]: "the Łódź Police" is `lodz-police`, "北京" `beijing`.

    Letters of all scripts are written in ASCII one by one, as the package anyascii has it;
    article and possessive ending go. A name without letters or digits becomes a digest.
    """
    plain = _POSSESSIVE.sub("", _ARTICLE.sub("", name.strip()))
    made = _OTHER.sub("-", anyascii(plain).lower()).strip("-")
    if len(made) > SLUG_LENGTH:
        made = made[:SLUG_LENGTH].rsplit("-", 1)[0]
    return made or digest("n", name).replace("_", "-")
