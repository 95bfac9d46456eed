"""Texts as the bytes that they are stored as."""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class utf8(GenericFunction[bytes]):  # noqa: N801  (a function of SQL)
    """A text as bytes of UTF-8: of bodies, which clients receive so, no strings need to be made."""

    type = LargeBinary()
    inherit_cache = True


@compiles(utf8, "sqlite")
def _on_sqlite(element: utf8, compiler: Any, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AS BLOB)"


@compiles(utf8, "postgresql")
def _on_postgresql(element: utf8, compiler: Any, **options: Any) -> str:
    return f"convert_to({compiler.process(element.clauses, **options)}, 'UTF8')"
