"""What the rows that reports share count of all of them, added up copy by copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from app import names, projection
from app.ingest.told import added

Row = dict[str, Any]


class Counts:
    """The shared rows of one table, by key, as the last report has left them."""

    def __init__(self) -> None:
        self.columns: Sequence[str] = ()
        self._once: dict[int, tuple[Any, ...]] = {}
        self._several: dict[int, Row] = {}

    def add(self, pk: int, told: tuple[Any, ...]) -> None:
        """Add what one report tells: its copy of the row, which is of the last revision."""
        if pk not in self._once:
            self._once[pk] = told
            return
        row = self.row(pk)
        more = self._parsed(told)
        counts = [(key, value, n) for key, of in more["said"].items() for value, n in of.items()]
        totals = {key: row[key] + more[key] for key in ("reports", "claims") if key in row}
        self._several[pk] = more | totals | {"said": added(row["said"], counts)}

    def row(self, pk: int) -> Row:
        """A row, with the counts that it has by now."""
        return self._several.get(pk) or self._parsed(self._once[pk])

    def rows(self, actors: Counts) -> Iterator[tuple[Any, ...]]:
        """All rows; those of sources show actors."""
        for pk in self._once:
            row = self.row(pk)
            if "reports" in row:
                row |= {"body": projection.actor(row), "names": names.of_actor(row)}
            elif "claims" in row:
                actor = row["actor_pk"] and actors.row(row["actor_pk"])
                if actor:
                    actor |= {"names": names.of_actor(actor)}
                row |= {
                    "body": projection.source(row, actor),
                    "names": names.of_source(row, actor),
                }
            yield tuple((row | {"said": orjson.dumps(row["said"]).decode()}).values())

    def _parsed(self, told: tuple[Any, ...]) -> Row:
        row = dict(zip(self.columns, told, strict=True))
        return row | {"said": orjson.loads(row["said"])}
