"""The text in which somebody is searched for by a part of a name.

It has all names in lower case, each once, one a line; the last line ends too, so that something
follows on each letter. Python makes them so, for databases differ in what they know of letters
beyond ASCII.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def of_actor(row: Mapping[str, Any]) -> str:
    """The name of an actor and all aliases."""
    return _searched([row["name"], *sorted(row["said"].get("alias", ()))])


def of_source(row: Mapping[str, Any], actor: Mapping[str, Any] | None) -> str:
    """The name of a source, and those of the actor that it is, if it is one."""
    return _searched([row["name"], *(actor["names"].split("\n")[:-1] if actor else ())])


def _searched(names: Iterable[str]) -> str:
    return "".join(f"{name}\n" for name in dict.fromkeys(name.lower() for name in names))
