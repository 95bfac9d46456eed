"""Claims whose texts are worth searching, on both databases."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlmodel import Session

from app import models
from app.database import engine, migrate, reading, writing
from tests.query import crowd

TEXTS = [
    "Pyongyang had allegedly begun relocating thousands of soldiers to Russia",
    "a large-scale attack on the harbour of Odesa, don't x-y the U.S. forces",
    "attacks on harbours were suspended by Canada’s government, which supports peace",
    "the organization negotiated; news of the policies is *starred* and under_scored",
    "in 2024 Zürich’s G20 president was sure: «war» | (peace) & 'quiet' \\ 50% <b>bold</b> 🙂",
]


def filled(url: str, fill: Callable[[Session], None]) -> Iterator[Session]:
    """Reads a database with the tables, and what `fill` writes into them."""
    migrate(url)
    with writing(url) as made:
        fill(made)
    with reading(url) as made:
        yield made
    engine(url).dispose()


def on_each(name: str) -> Any:
    """A fixture whose tests run once on each database: `<name>_on_sqlite` and `…_on_postgresql`."""
    postgresql = pytest.param(f"{name}_on_postgresql", marks=pytest.mark.postgresql)

    @pytest.fixture(
        params=[f"{name}_on_sqlite", postgresql], ids=["sqlite", "postgresql"], name=name
    )
    def either(request: pytest.FixtureRequest) -> Session:
        session: Session = request.getfixturevalue(request.param)
        return session

    return either


def fill(session: Session) -> None:
    """One report, with one claim for each of the texts."""
    session.add(
        models.Report(
            id="r1", title="A 'quiet' <b>day</b>", language="en", sha256="", body="{}",
            text="\n".join(TEXTS), loaded_at=dt.datetime.now(dt.UTC),
        )
    )  # fmt: skip
    session.flush()
    session.add_all(
        models.Claim(
            id=f"c{n}", report_pk=1, position=n, text=text, content=[], hedges=[], quotations=[],
            attributed=True, act="statement", directness="indirect", certainty="certain",
            polarity="affirmed", status="unverified", rule="", body="{}",
        )
        for n, text in enumerate(TEXTS)
    )  # fmt: skip


@pytest.fixture(scope="session")
def searchable_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    yield from filled(f"sqlite:///{tmp_path_factory.mktemp('searchable') / 'made.db'}", fill)


@pytest.fixture(scope="session")
def searchable_on_postgresql(new_postgresql: Callable[[], str]) -> Iterator[Session]:
    yield from filled(new_postgresql(), fill)


searchable = on_each("searchable")


@pytest.fixture(scope="session")
def sqlite_crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    yield from filled(f"sqlite:///{tmp_path_factory.mktemp('crowd') / 'made.db'}", crowd.fill)


@pytest.fixture(scope="session")
def postgresql_crowd(new_postgresql: Callable[[], str]) -> Iterator[Session]:
    yield from filled(new_postgresql(), crowd.fill)
