"""Which filter of a query leads its walks: the one with the fewest rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Table

from app.database import Driver
from app.query import walks
from app.query.collection import Collection
from app.query.predicates import Filter, Lead
from app.query.walks import PLENTY

Given = Mapping[str, Sequence[Any]]


class Led(NamedTuple):
    """One walk for each `(lead, value)`, or one without a lead; and what the walks check."""

    leads: Sequence[tuple[Lead | None, Any]]
    checked: Given


def led(driver: Driver, collection: Collection, sort: str, values: Given) -> Led | None:
    """How to find the rows that match `values`. None where there are none."""
    given: dict[str, list[Any]] = {}
    for name, several in values.items():
        given[name] = _looked_up(driver, collection.filters[name], list(dict.fromkeys(several)))
        if not given[name]:
            return None
    leader = _leader(driver, collection, sort, given)
    if leader is None:
        return Led([(None, None)], given)
    checked = {name: several for name, several in given.items() if name != leader}
    return Led(list(_pairs(collection.filters[leader], given[leader])), checked)


def _looked_up(driver: Driver, predicate: Filter, values: list[Any]) -> list[Any]:
    """The pks of ids; other values as they are."""
    if predicate.target is None:
        return values
    ids = {f"id_{n}": value for n, value in enumerate(values)}
    found = walks.keyed(predicate.target, len(values), driver.dialect).rows(driver, ids)
    return list(dict.fromkeys(pk for (pk,) in found))


def _pairs(predicate: Filter, values: Iterable[Any]) -> Iterable[tuple[Lead, Any]]:
    return ((lead, value) for value in values for lead in predicate.leads)


def _leader(driver: Driver, collection: Collection, sort: str, given: Given) -> str | None:
    """The filter with the fewest rows; of equals the one that stands first in the collection.

    Rows that do not stand in the order of the sort come into question if they are few.
    """
    order = collection.sorted_by(sort)
    leads = {
        name: predicate.leads
        for name, predicate in collection.filters.items()
        if name in given and _can_lead(driver, collection, predicate)
    }
    possible = list(leads)
    for name in possible:
        if leads[name][0].few:
            return name
    unordered = {name for name in possible if leads[name][0].order(order) is None}
    if len(possible) == 1 and not unordered:
        return possible[0]
    numbers = {name: _number(driver, collection.filters[name], given[name]) for name in possible}
    numbers = {
        name: number for name, number in numbers.items() if number < PLENTY or name not in unordered
    }
    return min(numbers, key=lambda name: numbers[name], default=None)


def _can_lead(driver: Driver, collection: Collection, predicate: Filter) -> bool:
    """PostgreSQL chooses among the indexes of a table by itself, and knows its values' numbers."""
    if driver.dialect.name == "sqlite" or not predicate.leads:
        return bool(predicate.leads)
    table = predicate.leads[0].table
    return isinstance(table, Table) and table is not collection.table


def _number(driver: Driver, predicate: Filter, values: Iterable[Any]) -> int:
    """Rows of all values together, up to PLENTY."""
    number = 0
    for lead, value in _pairs(predicate, values):
        counted = walks.counted(lead, driver.dialect).rows(driver, {"value": value})
        number += counted[0][0]
        if number >= PLENTY:
            return PLENTY
    return number
