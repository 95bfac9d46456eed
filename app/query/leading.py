"""How the rows that match a query are found: along which indexes, and what is checked row by row.

One filter *leads*, the one with the fewest rows. On SQLite the filters by date, all together, lead
where no other has few rows (`app.query.stays`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, Table

from app.database import Driver
from app.query import strands, walks
from app.query.collection import Collection
from app.query.dates import DateFilter, Days, windows
from app.query.predicates import Filter, Lead
from app.query.stays import Part, Stay, stays
from app.query.walks import PLENTY, SORTABLE

Given = Mapping[str, Sequence[Any]]

_MANY = 100
"""Walks of one page that are too many: then what some of them lead to is checked instead."""


class Way(NamedTuple):
    """To the rows that have a lead's value, or to all; where there is a stay, to those in it.

    `checked` are the filters that not all of these rows match.
    """

    lead: Lead | None
    value: Any
    checked: Given
    stay: Stay | None = None

    def along(self, order: Column[Any]) -> Way:
        """To the same rows, in the order of the sort if they stand so anywhere."""
        return self if self.lead is None else self._replace(lead=self.lead.along(order))


def led(driver: Driver, collection: Collection, sort: str, values: Given) -> list[Way]:
    """How to find the rows that match `values`; a row may stand on several ways."""
    given: dict[str, list[Any]] = {}
    for name, several in values.items():
        given[name] = _looked_up(driver, collection.filters[name], list(dict.fromkeys(several)))
        if not given[name]:
            return []
    dated = _dated(driver, collection, given)
    others = {name: several for name, several in given.items() if name not in dated}
    leader = _leader(driver, collection, sort, others)
    if not dated or (leader and _leads_alone(driver, collection.filters[leader], given[leader])):
        order = collection.sorted_by(sort)
        return [way.along(order) for way in _ways(collection, leader, given)]
    of_dates = [(predicate, given[name]) for name, predicate in dated.items()]
    return _ways_by_date(driver, collection, sort, leader, others, of_dates)


def _ways(collection: Collection, leader: str | None, given: Given) -> list[Way]:
    """To the rows of a filter, or to all."""
    if leader is None:
        return [Way(None, None, given)]
    predicate = collection.filters[leader]
    is_rough = predicate.leads[0].is_rough
    checked = {name: several for name, several in given.items() if name != leader or is_rough}
    pairs = _pairs(predicate, given[leader])
    return [Way(lead, value, checked) for lead, value in pairs]


def _ways_by_date(  # noqa: PLR0913, PLR0917
    driver: Driver,
    collection: Collection,
    sort: str,
    leader: str | None,
    others: Given,
    dated: Sequence[tuple[DateFilter, Sequence[str]]],
) -> list[Way]:
    """To where the rows stand that match all filters by date. Those of another filter that stand
    by day too are found together with those that begin on these days.
    """
    days = dated[0][0].days
    lengths = [] if days.are_one else strands.lengths(days, driver.dialect).rows(driver, {})
    found = stays(days, windows(dated), [nights for (nights,) in lengths])
    alone = together = _ways(collection, None, others)
    if leader and _stands_by_day(collection, sort, leader, days):
        together = _ways(collection, leader, others)
    if len(together) * len(found) > _MANY:
        together = alone
    return [
        way._replace(stay=stay)
        for stay in found
        for way in (together if stay.part is Part.BEGUN else alone)
    ]


def _stands_by_day(collection: Collection, sort: str, leader: str, days: Days) -> bool:
    """Whether rows of a filter's value stand by the day on which they begin, and then in order."""
    lead, order = collection.filters[leader].leads[0], collection.sorted_by(sort)
    return order in {days.earliest, collection.pk} and lead.order(days.earliest) is not None


def _dated(driver: Driver, collection: Collection, given: Given) -> dict[str, DateFilter]:
    """The filters by date if they can lead, which they can on SQLite."""
    filters = {name: collection.filters[name] for name in given}
    dated = {name: one for name, one in filters.items() if isinstance(one, DateFilter)}
    return dated if driver.dialect.name == "sqlite" else {}


def _leads_alone(driver: Driver, predicate: Filter, values: Sequence[Any]) -> bool:
    """Whether to check each of its rows takes less than to look for them among those of dates."""
    if predicate.leads[0].few or _insists(predicate, values):
        return True
    return _number(driver, predicate, values, SORTABLE) < SORTABLE


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
        if name in given and _can_lead(driver, collection, predicate, given[name])
    }
    possible = list(leads)
    for name in possible:
        if _insists(collection.filters[name], given[name]):
            return name
    for name in possible:
        if leads[name][0].few:
            return name
    unordered = {name for name in possible if leads[name][0].along(order).order(order) is None}
    if len(possible) == 1 and not unordered:
        return possible[0]
    numbers = {
        name: _number(
            driver,
            collection.filters[name],
            given[name],
            SORTABLE if name in unordered else PLENTY,
        )
        for name in possible
    }
    many = [name for name in possible if numbers[name] == PLENTY and name not in unordered]
    if len(many) > 1 and any(_is_virtual(leads[name]) for name in many):
        numbers |= {
            name: _number(driver, collection.filters[name], given[name], SORTABLE) for name in many
        }
    numbers = {
        name: number
        for name, number in numbers.items()
        if number < SORTABLE or name not in unordered
    }
    return min(numbers, key=lambda name: numbers[name], default=None)


def _is_virtual(leads: Sequence[Lead]) -> bool:
    """Whether they are an index of words, in which looking up one row takes a while."""
    return any(not isinstance(lead.table, Table) for lead in leads)


def _insists(predicate: Filter, values: Iterable[Any]) -> bool:
    return any(lead.insists(value) for lead, value in _pairs(predicate, values))


def _can_lead(
    driver: Driver, collection: Collection, predicate: Filter, values: Iterable[Any]
) -> bool:
    """PostgreSQL chooses among the indexes of a table by itself, and knows its values' numbers."""
    if not predicate.leads:
        return False
    if driver.dialect.name == "sqlite":
        return all(lead.takes(value) for lead, value in _pairs(predicate, values))
    table = predicate.leads[0].table
    return isinstance(table, Table) and table is not collection.table


def _number(driver: Driver, predicate: Filter, values: Iterable[Any], most: int) -> int:
    """Rows of all values together, up to `most`."""
    number = 0
    for lead, value in _pairs(predicate, values):
        counted = walks.counted(lead, driver.dialect).rows(driver, {"value": value, "most": most})
        number += counted[0][0]
        if number >= most:
            return most
    return number
