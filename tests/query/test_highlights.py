"""A highlight is a stretch of the text that has words of the query, at the place it says."""

import sqlite3
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlmodel import Session

from app.query import search
from app.query.collections import CLAIMS, REPORTS
from app.query.highlights import MOST, highlights
from app.query.tables import claim, report
from app.query.terms import fts5, tsquery
from tests.query.conftest import TEXTS
from tests.query.test_search import ANY_TEXT, SYNTAX, WORDS

ON_EACH_DATABASE = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def of_claims(session: Session, *queries: str) -> dict[str, list[dict[str, Any]]]:
    keys = session.connection().execute(select(claim.c.pk)).scalars().all()
    return highlights(session, CLAIMS, queries, keys)


def quotes(session: Session, *queries: str) -> dict[str, list[str]]:
    """The highlighted stretches of each claim that has any."""
    found = of_claims(session, *queries)
    return {
        public_id: [stretch["quote"] for stretch in stretches]
        for public_id, stretches in found.items()
        if stretches
    }


@pytest.mark.parametrize(
    ("queries", "marked"),
    [
        (["relocate"], {"c0": ["relocating"]}),
        (["relocat* soldier"], {"c0": ["relocating", "soldiers"]}),
        (["attack harbours"], {"c1": ["attack", "harbour"], "c2": ["attacks", "harbours"]}),
        (["policy", "russia"], {"c0": ["Russia"], "c3": ["policies"]}),
        (["peace war"], {"c4": ["war", "peace"]}),
        (["bold"], {"c4": ["bold"]}),
        (["…"], {}),
    ],
)
def test_highlights(searchable: Session, queries: list[str], marked: dict[str, list[str]]) -> None:
    found = quotes(searchable, *queries)

    assert {public_id: found[public_id] for public_id in marked} == marked


def test_a_phrase_is_marked_whole_on_sqlite(searchable_on_sqlite: Session) -> None:
    assert quotes(searchable_on_sqlite, '"attack on the harbour"') == {
        "c1": ["attack on the harbour"]
    }


@pytest.mark.postgresql
def test_each_word_of_a_phrase_is_marked_on_postgresql(searchable_on_postgresql: Session) -> None:
    found = quotes(searchable_on_postgresql, '"attack on the harbour"')

    assert found["c1"] == ["attack", "harbour"]


def test_a_report_has_highlights_in_its_title_and_its_text(searchable: Session) -> None:
    keys = searchable.connection().execute(select(report.c.pk)).scalars().all()
    found = highlights(searchable, REPORTS, ["quiet"], keys)["r1"]

    title, text = "A 'quiet' <b>day</b>", "\n".join(TEXTS)
    assert [(stretch["field"], stretch["start"]) for stretch in found] == [
        ("title", title.index("quiet")),
        ("text", text.index("quiet")),
    ]
    snippet = found[1]["prefix"] + found[1]["quote"] + found[1]["suffix"]
    assert snippet in text


def test_only_so_many_stretches_of_a_row_are_told(searchable: Session) -> None:
    keys = searchable.connection().execute(select(report.c.pk)).scalars().all()
    found = highlights(searchable, REPORTS, ["a* o* h* s* t* p*", *WORDS], keys)

    assert len(found["r1"]) == MOST


def test_texts_are_read_as_the_index_reads_them(searchable_on_sqlite: Session) -> None:
    index = "SELECT sql FROM sqlite_schema WHERE name = 'claim_search'"
    (made,) = searchable_on_sqlite.connection().exec_driver_sql(index).one()

    assert f"tokenize='{search.TOKENIZER}'" in made


@ON_EACH_DATABASE
@given(query=st.one_of(ANY_TEXT, SYNTAX, st.sampled_from(WORDS)))
def test_a_highlight_is_where_it_says(searchable: Session, query: str) -> None:
    for public_id, stretches in of_claims(searchable, query).items():
        text = TEXTS[int(public_id[1:])]
        last = 0
        for stretch in stretches:
            start, end = stretch["start"], stretch["end"]
            assert last <= start < end
            assert text[start:end] == stretch["quote"]
            assert text[:start].endswith(stretch["prefix"])
            assert text[end:].startswith(stretch["suffix"])
            last = end


@ON_EACH_DATABASE
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), cut=st.integers(3, 12))
def test_a_highlight_is_a_word_of_the_query(
    searchable: Session, words: list[str], cut: int
) -> None:
    queries = [*words, *(f"{word[:cut]}*" for word in words)]

    for stretches in quotes(searchable, *queries).values():
        for quote in stretches:
            assert any(finds(searchable, quote, query) for query in queries), quote


def finds(session: Session, text: str, query: str) -> bool:
    """Whether the database of the session finds a text by a query."""
    if session.get_bind().dialect.name == "postgresql":
        matches = func.to_tsvector(search.ENGLISH, text).bool_op("@@")(
            func.to_tsquery(search.ENGLISH, tsquery(query))
        )
        return bool(session.connection().execute(select(matches)).scalar())
    memory = sqlite3.connect(":memory:")
    memory.execute(f"CREATE VIRTUAL TABLE kept USING fts5(text, tokenize='{search.TOKENIZER}')")
    memory.execute("INSERT INTO kept VALUES (?)", [text])
    row = memory.execute("SELECT 1 FROM kept WHERE kept MATCH ?", [fts5(query)]).fetchone()
    memory.close()
    return row is not None
