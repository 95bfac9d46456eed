"""What filters are made of: conditions on rows, and the indexes in which their rows stand.

One filter of a query *leads*: its rows are read along an index, in the order of the sort, and each
row is checked against the other filters (`app.query.walks`). So a filter says where its rows stand
(`leads`) and how one row is checked; and, for those who want all rows in one statement, which
clause they fulfil.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    Dialect,
    FromClause,
    Integer,
    Select,
    String,
    Table,
    TableClause,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeEngine

from app.query import by_day, by_start, search
from app.query.terms import has_prefix

Clause = ColumnElement[bool]
Selected = Select[Any] | CompoundSelect[Any]
Members = Any
"""What a column's value is `in_`: bound values, or a select of them."""


@dataclass(frozen=True, eq=False)
class Lead:
    """Where the rows with one value stand: `has(value)` holds for them, `row` is their pk.

    They stand in the order of a sort if the table has a column of the sort's name, or if they are
    numbered by its day (`number`), and roughly so if by the `start` of its text; of a `few` the
    order does not matter. `elsewhere` they stand in the order of other sorts, by the column's name.
    A table that `repeats` can have a row several times. Of a rough one not all rows have the value,
    and it `takes` some values only. Where it takes as long to check one row for a value as to find
    all that have it, it `insists`.
    """

    table: FromClause
    has: Callable[[ColumnElement[Any]], Clause]
    row: ColumnElement[int]
    type: TypeEngine[Any]
    few: bool = False
    repeats: bool = False
    number: ColumnElement[int] | None = None
    start: ColumnElement[int] | None = None
    elsewhere: Mapping[str, Lead] = field(default_factory=dict)
    is_rough: bool = False
    takes: Callable[[Any], bool] = lambda _: True
    insists: Callable[[Any], bool] = lambda _: False

    def along(self, sort: Column[Any]) -> Lead:
        """Where the rows stand in the order of the sort, if they do anywhere."""
        return self.elsewhere.get(sort.name, self)

    def order(self, sort: Column[Any]) -> ColumnElement[Any] | None:
        """The column of this table that has the values of the sort, if there is one."""
        if self.number is not None:
            return by_day.day_of(self.number)
        if sort.table.c.get("pk") is sort:
            return self.row
        return self.table.c.get(sort.name)


@dataclass(frozen=True, eq=False)
class Filter:
    """What a parameter means. Its values have a type, or are public ids of a `target`'s rows.

    `clause` and `check` take the values, or of a target the pks. A value that has several `types`
    is bound once as each. One that is searched for has `ranks`: the rows it is found in, each with
    how well (`app.query.relevance`).
    """

    clause: Callable[[Members], Clause]
    check: Callable[[Members], Clause]
    types: tuple[TypeEngine[Any], ...]
    target: Table | None = None
    leads: tuple[Lead, ...] = ()
    ranks: Callable[[ColumnElement[Any], Dialect], Select[Any]] | None = None


def where(filters: Mapping[str, Filter], values: Mapping[str, Sequence[Any]]) -> list[Clause]:
    """The clauses for the parameters that were given; parameters without values don't filter."""
    return [_clause(filters[name], given) for name, given in values.items() if given]


def _clause(predicate: Filter, values: Sequence[Any]) -> Clause:
    bound = [
        tuple(bindparam(None, value, type_, unique=True) for type_ in predicate.types)
        for value in values
    ]
    members = _members(predicate, bound)
    return predicate.clause(
        members if predicate.target is None else keys(predicate.target, members)
    )


def check(predicate: Filter, names: Sequence[str]) -> Clause:
    """What one row has to fulfil, for values that are bound when the statement is executed.

    Each has a name; its parameters are those of `parameters(predicate, name)`.
    """
    types = predicate.types if predicate.target is None else (Integer(),)
    bound = [
        tuple(
            bindparam(parameter, type_=type_)
            for parameter, type_ in zip(parameters(predicate, name), types, strict=True)
        )
        for name in names
    ]
    return predicate.check(_members(predicate, bound))


def parameters(predicate: Filter, name: str) -> list[str]:
    """The parameters of a value that has this name."""
    return [f"{name}_{n}" for n in range(len(predicate.types))]


def _members(predicate: Filter, bound: Sequence[tuple[Any, ...]]) -> Members:
    return bound if len(predicate.types) > 1 else [one for (one,) in bound]


def keys(target: Table, ids: Members) -> Selected:
    """The rows with these ids; of actors and sources also those that were merged with them."""
    if "into_pk" in target.c:
        return _same_as(target, lambda named: named.c.id.in_(ids))
    return select(target.c.pk).where(target.c.id.in_(ids))


def _same_as(target: Table, named: Callable[[FromClause], Clause]) -> Selected:
    """The rows that stand for the named ones, and all others that those stand for."""
    merged = target.alias("merged")
    standing = func.coalesce(target.c.into_pk, target.c.pk)
    others = select(merged.c.pk).join_from(target, merged, merged.c.into_pk == standing)
    return union_all(select(standing).where(named(target)), others.where(named(target)))


def one_of(column: Column[Any]) -> Filter:
    """The column has one of the values."""
    lead = Lead(column.table, lambda value: column == value, column.table.c.pk, column.type)
    return Filter(column.in_, Unindexed(column).in_, (column.type,), leads=(lead,))


def refers_to(key: Column[Any], target: Table, *, few: bool = False) -> Filter:
    """The foreign key points to a row with one of these public ids."""
    lead = Lead(key.table, lambda value: key == value, key.table.c.pk, key.type, few)
    return Filter(key.in_, Unindexed(key).in_, (String(),), target, (lead,))


def sorted_by(key: Column[Any], target: Table) -> Filter:
    """The same for what is sorted by the foreign key."""
    return Filter(key.in_, key.in_, (String(),), target)


def linked_to(  # noqa: PLR0913
    pk: Column[Any],
    own: Column[Any],
    other: Column[Any],
    target: Table | None = None,
    *,
    few: bool = False,
    repeats: bool = False,
) -> Filter:
    """A row of the link table joins this row (`own`) to one of these ids or values (`other`)."""
    return _linked(pk, own, other, target, (true(),), few=few, repeats=repeats)


def linked_as(  # noqa: PLR0913, PLR0917
    pk: Column[Any],
    own: Column[Any],
    other: Column[Any],
    target: Table,
    role: Column[Any],
    roles: Sequence[str],
) -> Filter:
    """The same for rows of the link table in which `role` is one of these."""
    return _linked(pk, own, other, target, tuple(role == str(one) for one in roles))


def _linked(  # noqa: PLR0913
    pk: Column[Any],
    own: Column[Any],
    other: Column[Any],
    target: Table | None,
    kinds: tuple[Clause, ...],
    *,
    few: bool = False,
    repeats: bool = False,
) -> Filter:
    """The rows of each kind stand in the order of sorts, those of all kinds together don't."""

    def lead(kind: Clause) -> Lead:
        def has(value: ColumnElement[Any]) -> Clause:
            return and_(other == value, kind)

        return Lead(own.table, has, own, other.type, few, repeats)

    def linked(members: Members) -> Clause:
        return pk.in_(select(own).where(other.in_(members), or_(*kinds)))

    def is_linked(members: Members) -> Clause:
        joined = select(own).where(own == pk, other.in_(members), or_(*kinds))
        return exists(joined.correlate(pk.table))

    type_ = other.type if target is None else String()
    return Filter(linked, is_linked, (type_,), target, tuple(lead(kind) for kind in kinds))


def mentions_words(
    rows: Table, text: ColumnElement[str], day: Column[Any], title: Column[Any] | None = None
) -> Filter:
    """Full-text search (`app.query.search`) of rows that are sorted by pk, by day or by title."""
    words_of = search.Words()

    def lead(index: TableClause, row: ColumnElement[int], **how: Any) -> Lead:
        def has(words: ColumnElement[Any]) -> Clause:
            return search.found(index, words)

        # FTS5 reads all words that start so, for each row that it is asked for.
        return Lead(index, has, row, words_of, insists=has_prefix, **how)

    by_pk, numbered = search.index_of(rows), search.index_by_day(rows)
    number = numbered.c.rowid
    elsewhere = {day.name: lead(numbered, by_day.pk_of(number), number=number)}
    if title is not None:
        starting = search.index_by_start(rows)
        start = starting.c.rowid
        elsewhere[title.name] = lead(starting, by_start.pk_of(start), start=start)
    return Filter(
        lambda queries: or_(*(search.matches(rows, text, words) for words in queries)),
        lambda queries: or_(*(search.matches(rows, text, words, one=True) for words in queries)),
        (words_of,),
        leads=(lead(by_pk, by_pk.c.rowid, elsewhere=elsewhere),),
        ranks=lambda words, dialect: search.ranks(rows, text, words, dialect),
    )


class Unindexed(ColumnElement[Any]):
    """A column or value that SQLite is not to look up in an index, because another one leads."""

    inherit_cache = False

    def __init__(self, column: ColumnElement[Any]) -> None:
        self.column = column
        self.type = column.type

    @property
    def _from_objects(self) -> list[Any]:
        return list(self.column._from_objects)


@compiles(Unindexed)
def _as_it_is(element: Unindexed, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.column, **options))


@compiles(Unindexed, "sqlite")
def _out_of_indexes(element: Unindexed, compiler: Any, **options: Any) -> str:
    # https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_
    return f"+{compiler.process(element.column, **options)}"
