"""Any query is words and phrases; nothing in it is an operator or an error."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app.query import search
from app.query.tables import claim


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("two words", ["two", "words"]),
        ('a "quoted phrase" here', ["a", "quoted phrase", "here"]),
        ('never "closed quotation', ["never", "closed", "quotation"]),
        ("don't x-y a:b NOT", ["don't", "x-y", "a:b", "NOT"]),
        ("* … 🙂 ( word", ["word"]),
        ('""', []),
    ],
)
def test_terms(query: str, terms: list[str]) -> None:
    assert search.terms(query) == terms


def test_only_so_many_terms_are_looked_at() -> None:
    assert len(search.terms("word " * 1000)) == search.MAX_TERMS


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")))
def test_fts5_takes_any_query(query: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE found USING fts5(text)")
    if expression := search.fts5(query):
        connection.execute("SELECT rowid FROM found WHERE found MATCH ?", [expression]).fetchall()
    connection.close()


def test_each_database_gets_its_own_search() -> None:
    statement = select(claim.c.pk).where(search.matches(claim, claim.c.text, 'a "b c"'))

    assert "claim_search MATCH" in str(statement.compile(dialect=sqlite.dialect()))
    on_postgresql = str(statement.compile(dialect=postgresql.dialect()))
    assert "to_tsvector('english', left(claim.text, 250000)) @@" in on_postgresql
    assert "MATCH" not in on_postgresql
