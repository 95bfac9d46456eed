"""Stored reports as moulds: with other names, words, days and ids they are other reports.

Nothing here knows a column by its name. Keys are told by the tables' foreign keys, and what else
differs by the stand-ins of `patterns.py`, so that columns and tables that are added are copied too.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from random import Random
from typing import Any

from app.identity import digest
from app.ingest.identify import report_digest
from tests.benchmarks.http.cast import Cast, Member
from tests.benchmarks.http.patterns import DAY, FIRST_COUNTRY, FIRST_WORD, Pattern, Slot
from tests.benchmarks.http.tables import SHARED, Rows, Table
from tests.benchmarks.http.words import vocabulary, word, words_of

_END = "\x1f"
_ACTOR = r'\{"id":"[^"]+","name":"[^"]+","kind":"\w+","country":(?:null|"[^"]+")\}'
_TOKENS = (
    rf'(?P<actors>"about":\[{_ACTOR}(?:,{_ACTOR})*\])'
    r"|(?P<word>[\ue000-\uefff]+)"
    r"|(?P<country>[\uf000-\uf8ff]+)"
    r"|(?P<name>Zzq[a-z]{2}[xy]*(?: Zzq[a-z]{2}y*)?)"
    r"|(?P<slug>zzq[a-z]{2}[xy]*(?:-zzq[a-z]{2}y*)?)"
    r"|(?P<day>1903-\d\d-\d\d)"
)

Value = Callable[["Drawn"], str]


@dataclass(slots=True)
class Drawn:
    """What one copy has in place of the stand-ins."""

    text: str
    report_id: str
    sha256: str
    words: Sequence[str]
    ranks: Sequence[int]
    members: Sequence[Member]
    days_later: dt.timedelta

    def local(self, text: str, old: str) -> str:
        """The text with this report's digest in the ids that hold in it only."""
        return text.replace(f"-{old}", f"-{report_digest(self.report_id)}")


class Mould:
    """A stored pattern, ready to be filled; `stored` has the rows of each table."""

    def __init__(self, pattern: Pattern, tables: Sequence[Table], stored: Rows) -> None:
        self.pattern = pattern
        self.tables = sorted(
            (table for table in tables if stored[table.name]),
            key=lambda table: SHARED.index(table.name) if table.name in SHARED else len(SHARED),
        )
        self.stored = stored
        self._slots = {slot.name: slot for slot in pattern.slots}
        self._slots |= {slot.name.lower().replace(" ", "-"): slot for slot in pattern.slots}
        self._digest = report_digest(pattern.document.id)
        report = pattern.document
        ids = [
            row[table.columns.index("id")]
            for table in self.tables
            if "id" in table.columns and table.name not in {*SHARED, "report"}
            for row in stored[table.name]
        ]
        exact = "|".join(map(re.escape, (report.sha256, report.id, *map(str, ids))))
        local = rf"|(?P<local>-{self._digest})(?![\w-])"
        self._regex = re.compile(rf"(?P<own>{exact})|{_TOKENS}{local}")
        self._text = self._compiled([report.text])
        strings = list(dict.fromkeys(self._marked_strings()))
        self.strings = {string: at for at, string in enumerate(strings)}
        self._pieces = self._compiled(strings)
        self.columns = {table.name: self._columns_of(table) for table in self.tables}

    def _marked_strings(self) -> Iterable[str]:
        for table in self.tables:
            for row in self.stored[table.name]:
                for value in row:
                    if isinstance(value, str) and self._regex.search(value):
                        yield value

    def _compiled(self, strings: Sequence[str]) -> tuple[list[str], list[Value], list[int]]:
        """The literal pieces, the distinct stand-ins between them, and where each one goes."""
        pieces: list[str] = []
        values: dict[str, int] = {}
        makers: list[Value] = []
        order: list[int] = []
        joined, at = _END.join(strings), 0
        for found in self._regex.finditer(joined):
            token = found.group()
            if token not in values:
                values[token] = len(makers)
                makers.append(self._maker(found.lastgroup or "", token))
            pieces += [joined[at : found.start()], ""]
            order.append(values[token])
            at = found.end()
        return [*pieces, joined[at:]], makers, order

    def _maker(self, group: str, token: str) -> Value:
        """What makes the text that replaces a stand-in."""
        makers = {"own": self._own, "name": self._name, "slug": self._slug, "actors": self._about}
        if group in makers:
            return makers[group](token)
        if group == "local":
            return lambda drawn: drawn.local(token, self._digest)
        if group == "word":
            number = ord(token[0]) - FIRST_WORD
            return lambda drawn: drawn.words[number]
        if group == "country":
            number = ord(token[0]) - FIRST_COUNTRY
            return lambda drawn: drawn.members[number].country or ""
        day = dt.date.fromisoformat(token)
        return lambda drawn: (day + drawn.days_later).isoformat()

    def _own(self, token: str) -> Value:
        if token == self.pattern.document.sha256:
            return lambda drawn: drawn.sha256
        if token == self.pattern.document.id:
            return lambda drawn: drawn.report_id
        return lambda drawn: digest(token[0], drawn.report_id, token)

    def _name(self, token: str) -> Value:
        if token in self._slots:
            number = self._slots[token].number
            return lambda drawn: drawn.members[number].name
        number = next(s.number for s in self.pattern.slots if s.name.endswith(f" {token}"))
        return lambda drawn: drawn.members[number].name.rpartition(" ")[2]

    def _slug(self, token: str) -> Value:
        number = self._slots[token].number
        return lambda drawn: drawn.members[number].id

    def _about(self, token: str) -> Value:
        """The actors whom a claim mentions: a list in the order of their ids."""
        numbers: list[int] = []
        others: list[str] = []
        for ref in re.findall(_ACTOR, token):
            slot = self._slots.get(re.findall('"id":"([^"]+)"', ref)[0])
            if slot is None:
                others.append(ref)
            else:
                numbers.append(slot.number)

        def made(drawn: Drawn) -> str:
            refs = [drawn.members[number].ref for number in numbers]
            refs += [drawn.local(ref, self._digest) for ref in others]
            return f'"about":[{",".join(sorted(refs))}]'

        return made

    def slot_of(self, table: Table, row: tuple[Any, ...]) -> Slot | None:
        """Whom a shared row stands for; None where it belongs to this report only."""
        return self._slots.get(row[table.columns.index("name")])

    def drawn(self, chance: Random, cast: Cast, published_on: dt.date) -> Drawn:
        """What another report has in place of the stand-ins."""
        slots = self.pattern.slots
        ranks = cast.draw([slot.kind for slot in slots], chance)
        members = [cast.member(s.kind, rank) for s, rank in zip(slots, ranks, strict=True)]
        words = [_word(length, chance) for length in self.pattern.word_lengths]
        drawn = Drawn("", "", "", words, ranks, members, published_on - DAY)
        (drawn.text,) = _join(self._text, drawn)
        drawn.report_id = digest("r", drawn.text)
        drawn.sha256 = sha256(drawn.text.encode()).hexdigest()
        return drawn

    def filled(self, drawn: Drawn) -> Filled:
        """Another report, and the strings of its rows."""
        return Filled(self, drawn.ranks, _join(self._pieces, drawn))

    def _columns_of(self, table: Table) -> list[_Column]:
        columns = zip(table.columns, zip(*self.stored[table.name], strict=True), strict=True)
        return [
            _Column(
                table.name if name == table.key else table.references.get(name),
                list(values),
                [(at, self.strings[v]) for at, v in enumerate(values) if v in self.strings],
            )
            for name, values in columns
        ]


@dataclass(frozen=True, slots=True)
class _Column:
    """Stored values: keys of the table `target`, or others, `marked` (position, string)."""

    target: str | None
    values: list[Any]
    marked: list[tuple[int, int]]

    def filled(self, strings: Sequence[str], keys: dict[str, dict[int, int]]) -> list[Any]:
        """The values of a copy."""
        if self.target is not None:
            its_keys = keys.get(self.target, {})  # others were there before anything was stored
            return [its_keys.get(key, key) for key in self.values]
        if not self.marked:
            return self.values
        values = self.values.copy()
        for at, string in self.marked:
            values[at] = strings[string]
        return values


@dataclass(frozen=True, slots=True)
class Filled:
    mould: Mould
    ranks: Sequence[int]
    strings: Sequence[str]

    def string(self, stored: str) -> str:
        """What stands in the place of a stored string."""
        at = self.mould.strings.get(stored)
        return stored if at is None else self.strings[at]


def _join(compiled: tuple[list[str], list[Value], list[int]], drawn: Drawn) -> list[str]:
    pieces, makers, order = compiled
    values = [make(drawn) for make in makers]
    filled = pieces.copy()
    filled[1::2] = [values[at] for at in order]
    return "".join(filled).split(_END)


def _word(length: int, chance: Random) -> str:
    sums = words_of(length).sums
    return _all_words(length)[bisect(sums, chance.random() * sums[-1])]


@cache
def _all_words(length: int) -> list[str]:
    return [word(rank, length) for rank in range(vocabulary(length))]
