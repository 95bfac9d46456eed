"""What was acknowledged is there whole after `kill -9`, and nothing is half there."""

from pathlib import Path

from app import keys
from app.database import engine, migrate
from app.keys import Scope
from tests.reliability.crashes import crash
from tests.reliability.documents import Sent, is_whole


def test_reports_survive_kills_whole_or_not_at_all(database_url: str, tmp_path: Path) -> None:
    token = keys.create(database_url, "writer", [Scope.WRITE])
    sent = Sent()
    counts = crash(database_url, token, sent, 2, tmp_path)
    print(counts)
    assert not counts.problems
    assert counts.acknowledged >= 2

    clean = f"sqlite:///{tmp_path / 'clean.db'}"
    migrate(clean)
    assert is_whole(database_url, sent, clean)
    engine(clean).dispose()
