"""Many write and read at once: nothing is locked, nothing is lost, and everybody sees the same."""

from pathlib import Path

from app import keys
from app.database import engine, migrate
from app.keys import Scope
from tests.reliability.crowd import crowd
from tests.reliability.documents import Sent, is_whole


def test_writers_and_readers_do_not_disturb_each_other(sqlite_url: str, tmp_path: Path) -> None:
    token = keys.create(sqlite_url, "writer", [Scope.WRITE])
    sent = Sent()
    seen = crowd(
        sqlite_url,
        token,
        sent,
        lambda seen: seen.answers["POST", 201] > 10 and sent.deleted and seen.ingested,
        tmp_path,
    )
    print(seen)
    assert not seen.problems
    assert not sent.differences(sqlite_url)

    clean = f"sqlite:///{tmp_path / 'clean.db'}"
    migrate(clean)
    assert is_whole(sqlite_url, sent, clean)
    engine(clean).dispose()
