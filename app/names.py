"""The text in which somebody is searched for by a part of a name.

It has all names folded, each once, one a line; the last line ends too, so that something follows
on each letter. Python makes them so, for databases differ in what they know of letters beyond
ASCII.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from unicodedata import combining, normalize


def of_actor(row: Mapping[str, Any]) -> str:
    """The name of an actor and all aliases."""
    return _searched([row["name"], *sorted(row["said"].get("alias", ()))])


def of_source(row: Mapping[str, Any], actor: Mapping[str, Any] | None) -> str:
    """The name of a source, and those of the actor that it is, if it is one."""
    return _searched([row["name"], *(actor["names"].split("\n")[:-1] if actor else ())])


def folded(text: str) -> str:
    """The text without case and accents, so that "muller" is a part of "Müller" (the Unicode
    Standard, 3.13, D146, and then without what has a combining class).
    """
    if text.isascii():
        return text.lower()
    letters = normalize("NFKD", normalize("NFD", text).casefold()).casefold()
    return normalize("NFC", "".join(letter for letter in letters if not combining(letter)))


def _searched(names: Iterable[str]) -> str:
    return "".join(f"{name}\n" for name in dict.fromkeys(map(folded, names)))
