"""Which filter of a query leads to its rows: the one with the fewest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table

from app.database import Driver
from app.query import walks
from app.query.collection import Collection
from app.query.predicates import Filter, Lead
from app.query.walks import CHECKABLE, PLENTY

Given = Mapping[str, Sequence[Any]]
"""The values of each filter."""


def leader_of(driver: Driver, collection: Collection, given: Given) -> str | None:
    """The filter with the fewest rows; of equals the one that stands first in the collection."""
    filters = collection.filters
    possible = [
        name
        for name, predicate in filters.items()
        if name in given and _can_lead(driver, collection, predicate, given[name])
    ]
    if len(possible) <= 1:
        return possible[0] if possible else None
    for name in possible:
        if _insists(filters[name], given[name]):
            return name
    for name in possible:
        if filters[name].leads[0].few:
            return name
    numbers = {name: _number(driver, filters[name], given[name], PLENTY) for name in possible}
    many = [name for name in possible if numbers[name] == PLENTY]
    if len(many) > 1 and any(_is_virtual(filters[name].leads) for name in many):
        numbers |= {name: _number(driver, filters[name], given[name], CHECKABLE) for name in many}
    return min(numbers, key=lambda name: numbers[name])


def leads_alone(driver: Driver, predicate: Filter, values: Sequence[Any]) -> bool:
    """Whether to check each of its rows takes less than to look for them among those of dates."""
    if predicate.leads[0].few or _insists(predicate, values):
        return True
    return _number(driver, predicate, values, CHECKABLE) < CHECKABLE


def _insists(predicate: Filter, values: Iterable[Any]) -> bool:
    return any(lead.insists(value) for lead, value in pairs(predicate, values))


def _can_lead(
    driver: Driver, collection: Collection, predicate: Filter, values: Iterable[Any]
) -> bool:
    """PostgreSQL chooses among the indexes of a table by itself, and knows its values' numbers."""
    if not predicate.leads:
        return False
    if driver.dialect.name == "sqlite":
        return all(lead.takes(value) for lead, value in pairs(predicate, values))
    table = predicate.leads[0].table
    return isinstance(table, Table) and table is not collection.table


def _is_virtual(leads: Sequence[Lead]) -> bool:
    """Whether they are an index of words, in which looking up one row takes a while."""
    return any(not isinstance(lead.table, Table) for lead in leads)


def _number(driver: Driver, predicate: Filter, values: Iterable[Any], most: int) -> int:
    """Rows of all values together, up to `most`."""
    number = 0
    for lead, value in pairs(predicate, values):
        counted = walks.counted(lead, driver.dialect).rows(driver, {"value": value, "most": most})
        number += counted[0][0]
        if number >= most:
            return most
    return number


def pairs(predicate: Filter, values: Iterable[Any]) -> Iterable[tuple[Lead, Any]]:
    """Each value with each of the leads of a filter."""
    return ((lead, value) for value in values for lead in predicate.leads)
