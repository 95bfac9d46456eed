"""Any query is words, phrases and prefixes; nothing else in it is an operator or an error."""

import re
from string import ascii_lowercase

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from app.query import search
from app.query.tables import claim
from app.query.terms import Term, terms
from tests.query.conftest import TEXTS


def found(session: Session, query: str) -> list[int]:
    """Which of the texts match."""
    words = literal(query, search.Words())
    matching = select(claim.c.position).where(search.matches(claim, claim.c.text, words))
    return sorted(session.connection().execute(matching).scalars())


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("two words", [Term("two"), Term("words")]),
        ('a "quoted phrase" here', [Term("a"), Term("quoted phrase"), Term("here")]),
        ('never "closed quotation', [Term("never"), Term("closed"), Term("quotation")]),
        ("don't x-y a:b NOT", [Term("don't"), Term("x-y"), Term("a:b"), Term("NOT")]),
        ("* … 🙂 ( _ word", [Term("word")]),
        ("reloc* x**", [Term("reloc", prefix=True), Term("x", prefix=True)]),
        ('"two wor*" "two wor"*', [Term("two wor", prefix=True)] * 2),
        ("*a a*b", [Term("a"), Term("a b")]),
        ('""', []),
    ],
)
def test_terms(query: str, meant: list[Term]) -> None:
    assert terms(query) == meant


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("soldier RUSSIA", [0]),
        ("attacking harbour", [1, 2]),
        ('"attacks on harbours"', [2]),
        ('"attack on the harbour"', [1]),
        ('"harbour attack"', []),
        ('"attack on" odesa', [1]),
        ("don't odesa", [1]),
        ('"u.s." x-y large-scale', [1]),
        ("peace", [2, 4]),
        ("quiet 50%", [4]),
        # Prefixes, of which some end within a suffix that is not indexed.
        ("reloc*", [0]),
        ("relocat*", [0]),
        ("relocatin*", [0]),
        ("organiz* negotiat*", [3]),
        ("organ* polic*", [3]),
        ("governm*", [2]),
        ("pyongy*", [0]),
        ("peac*", [2, 4]),
        ("presid* g2*", [4]),
        # Neither stemmed to "su", which would find "supports", nor left out as a stop word.
        ("sus*", [2]),
        ("can*", [2]),
        ("pre*", [4]),
        ('"attack on the harb*"', [1]),
        ('"thousands of sold"*', [0]),
        ('"soldiers of thousand*"', []),
        (" ".join(f"{letter}*" for letter in ascii_lowercase), []),
        ("zebra*", []),
        ("peace zebra*", []),
    ],
)
def test_a_query_finds_the_same_on_both_databases(
    searchable: Session, query: str, texts: list[int]
) -> None:
    assert found(searchable, query) == texts


# What the parameter lets through (app.api.parameters).
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffd"))
SYNTAX = st.text(st.sampled_from(list("abé1 \"'*:&|!<->()\\{}^+-_,;%$#\n\t")))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.one_of(ANY_TEXT, SYNTAX))
def test_no_query_is_an_error(searchable: Session, query: str) -> None:
    assert set(found(searchable, query)) <= set(range(len(TEXTS)))


# PostgreSQL leaves out stop words, and reads some characters around others as parts of words.
WORDS = sorted(
    set(re.findall(r"\b[a-z]{5,}\b", " ".join(TEXTS))) - {"allegedly", "which", "under_scored"}
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=2), cut=st.integers(3, 12))
def test_each_word_of_a_text_and_each_prefix_of_it_find_the_text(
    searchable: Session, words: list[str], cut: int
) -> None:
    holding = [n for n, text in enumerate(TEXTS) if all(word in text for word in words)]

    assert set(holding) <= set(found(searchable, " ".join(words)))
    assert set(holding) <= set(found(searchable, " ".join(f"{word[:cut]}*" for word in words)))


def test_each_database_gets_its_own_search() -> None:
    words = literal('a "b c"', search.Words())
    statement = select(claim.c.pk).where(search.matches(claim, claim.c.text, words))

    assert "claim_search MATCH" in str(statement.compile(dialect=sqlite.dialect()))
    on_postgresql = str(statement.compile(dialect=postgresql.dialect()))
    assert "to_tsvector('english', left(claim.text, 250000)) @@" in on_postgresql
    assert "MATCH" not in on_postgresql
