"""Full-text search in the order of names and titles, for SQLite.

What is searched is indexed once more, under a number that begins with the first 28 bits of the name
or title by which its row is sorted; then come 28 bits with the row's `pk` (see 0010). FTS5 needs
neither sizes (`columnsize`) for that nor, of trigrams, positions (`detail`).

Names lose their accents, and end with a line break, so that a trigram begins with each two letters
of them, and the trigrams that there are can be told (`actor_search_terms`).

All indexes lie in smaller pages than before (`pgsz`): FTS5 finds its way into the middle of a list
by the pages that the list fills, and skips none of one that fills less than four.
"""

from unicodedata import combining, normalize

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WORDS = "tokenize='porter unicode61 remove_diacritics 2'"
TRIGRAMS = "detail=none, tokenize='trigram'"
PAGE, PAGE_BEFORE = 1000, 4050
"""Bytes."""

NAMED = ("actor", "source")
SAID = ("claim", "event", "report")
INDEXES = (
    *(f"{table}_search" for table in (*NAMED, *SAID)),
    *(f"{table}_search_by_day" for table in SAID),
)
# Table → what it is sorted by, what is searched, and how.
SEARCHED = {
    "actor": ("name", ("names",), TRIGRAMS),
    "source": ("name", ("names",), TRIGRAMS),
    "report": ("title", ("title", "text"), WORDS),
}


def upgrade() -> None:
    for table in NAMED:
        op.execute(f"UPDATE {table} SET names = names || '\n' WHERE names <> ''")
        _fold(table)
    if op.get_bind().dialect.name == "sqlite":
        for index in INDEXES:
            _rebuild(index, PAGE)
        for table in NAMED:
            terms = f"fts5vocab({table}_search, instance)"
            op.execute(f"CREATE VIRTUAL TABLE {table}_search_terms USING {terms}")
        for table, (text, columns, how) in SEARCHED.items():
            _create(table, text, columns, how)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in SEARCHED:
            for name in ("insert", "delete", "update"):
                op.execute(f"DROP TRIGGER {table}_search_by_start_{name}")
            op.execute(f"DROP TABLE {table}_search_by_start")
            op.execute(f"DROP VIEW {table}_by_start")
        for table in NAMED:
            op.execute(f"DROP TABLE {table}_search_terms")
        for index in INDEXES:
            _rebuild(index, PAGE_BEFORE)
    for table in NAMED:
        without = "substr(names, 1, length(names) - 1)"
        op.execute(f"UPDATE {table} SET names = {without} WHERE names <> ''")


def _fold(table: str) -> None:
    rows = op.get_bind().execute(sa.text(f"SELECT pk, names FROM {table}"))
    accented = [{"pk": pk, "names": _folded(names)} for pk, names in rows if not names.isascii()]
    if accented:
        change = sa.text(f"UPDATE {table} SET names = :names WHERE pk = :pk")
        op.get_bind().execute(change, accented)


def _folded(names: str) -> str:
    letters = normalize("NFKD", normalize("NFD", names).casefold()).casefold()
    return normalize("NFC", "".join(letter for letter in letters if not combining(letter)))


def _create(table: str, text: str, columns: tuple[str, ...], how: str) -> None:
    index, names = f"{table}_search_by_start", ", ".join(columns)
    op.execute(
        f"CREATE VIEW {table}_by_start AS SELECT {_number(text, 'pk')} AS number, {names}"
        f" FROM {table} ORDER BY number"
    )
    op.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5({names}, content={table}_by_start,"
        f" content_rowid=number, columnsize=0, {how})"
    )
    new, old = (
        ", ".join([_number(f"{row}.{text}", f"{row}.pk"), *(f"{row}.{name}" for name in columns)])
        for row in ("new", "old")
    )
    add = f"INSERT INTO {index}(rowid, {names}) VALUES ({new});"
    remove = f"INSERT INTO {index}({index}, rowid, {names}) VALUES ('delete', {old});"
    for name, when, body in (
        ("insert", "INSERT", add),
        ("delete", "DELETE", remove),
        ("update", f"UPDATE OF {', '.join(dict.fromkeys((text, *columns)))}", remove + add),
    ):
        op.execute(f"CREATE TRIGGER {index}_{name} AFTER {when} ON {table} BEGIN {body} END")
    _rebuild(index, PAGE)


def _rebuild(index: str, page: int) -> None:
    op.execute(f"INSERT INTO {index}({index}, rank) VALUES ('pgsz', {page})")
    op.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")


def _number(text: str, pk: str) -> str:
    bits = f"hex(substr(CAST({text} AS BLOB), 1, 4)) || '0000000'"
    digits = (f"instr('123456789ABCDEF', substr({bits}, {n}, 1))" for n in range(1, 8))
    parts = (f"({digit} << {52 - 4 * n})" for n, digit in enumerate(digits))
    return f"{' | '.join(parts)} | {pk}"
