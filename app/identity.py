"""Ids that are the same on every machine: readable slugs, and digests of the content."""

from __future__ import annotations

import hashlib
import json
from base64 import b32encode

DIGEST_LENGTH = 12
"""Characters of a digest: 60 bits, so that among three million claims the chance of one
collision is four in a million (birthday bound)."""


def digest(prefix: str, *parts: object) -> str:
    """`prefix` + "_" + 12 characters of [a-z2-7], the same for the same JSON of `parts`."""
    canonical = json.dumps(parts, ensure_ascii=True, separators=(",", ":"), default=str)
    raw = hashlib.blake2b(canonical.encode(), digest_size=10).digest()
    return f"{prefix}_{b32encode(raw).decode().lower()[:DIGEST_LENGTH]}"
