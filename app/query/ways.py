"""How the rows that match a query are found: along which indexes, and what is checked row by row.

One filter leads (`app.query.leading`). On SQLite the filters by date, all together, lead where no
other has few rows (`app.query.stays`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column

from app.database import Driver
from app.query import strands, walks
from app.query.collection import Collection
from app.query.dates import DateFilter, Days, windows
from app.query.leading import Given, leader_of, leads_alone, pairs
from app.query.predicates import Filter, Lead, parameters
from app.query.stays import Part, Stay, stays
from app.query.stretches import Stretch
from app.query.walks import Walk

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

    @property
    def is_by_start(self) -> bool:
        """Whether the rows are only roughly in order (`app.query.groups`)."""
        return self.lead is not None and self.lead.start is not None

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
    leader = leader_of(driver, collection, others)
    if not dated or (leader and leads_alone(driver, collection.filters[leader], given[leader])):
        order = collection.sorted_by(sort)
        return [way.along(order) for way in _ways(collection, leader, given)]
    of_dates = [(predicate, given[name]) for name, predicate in dated.items()]
    return _ways_by_date(driver, collection, sort, leader, others, of_dates)


def walk_along(
    way: Way, collection: Collection, sort: str, stretch: Stretch
) -> tuple[Walk, dict[str, Any]]:
    """The walk through a stretch, and what is bound for it but the limit."""
    checked = tuple((name, len(several)) for name, several in way.checked.items())
    bound: dict[str, Any] = {"value": way.value}
    for name, several in way.checked.items():
        for n, value in enumerate(several):
            bound |= dict.fromkeys(parameters(collection.filters[name], f"{name}_{n}"), value)
    kind, last = stretch
    if last is not None:
        bound |= {"after_value": last.value, "after_pk": last.pk}
    return Walk(collection, sort, kind, last is not None, checked, way.lead), bound


def _ways(collection: Collection, leader: str | None, given: Given) -> list[Way]:
    """To the rows of a filter, or to all."""
    if leader is None:
        return [Way(None, None, given)]
    predicate = collection.filters[leader]
    is_rough = predicate.leads[0].is_rough
    checked = {name: several for name, several in given.items() if name != leader or is_rough}
    return [Way(lead, value, checked) for lead, value in pairs(predicate, given[leader])]


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


def _looked_up(driver: Driver, predicate: Filter, values: list[Any]) -> list[Any]:
    """The pks of ids; other values as they are."""
    if predicate.target is None:
        return values
    ids = {f"id_{n}": value for n, value in enumerate(values)}
    found = walks.keyed(predicate.target, len(values), driver.dialect).rows(driver, ids)
    return list(dict.fromkeys(pk for (pk,) in found))
