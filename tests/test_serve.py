"""`reportedly serve` as a newcomer runs it: real seeds, a real port, a signal to end."""

import time
from pathlib import Path

from tests.server import reportedly_serve

SEEDS = Path(__file__).parents[1] / "seeds"


def test_the_seeds_are_loaded_once_and_served_at_once_ever_after(tmp_path: Path) -> None:
    log = tmp_path / "log"
    settings = {"database_url": f"sqlite:///{tmp_path / 'reportedly.db'}", "seeds": SEEDS}
    with reportedly_serve(log, **settings) as (client, process):
        claims = client.get("/claims?attributed=true").json()["items"]
        assert len(claims) > 5
        assert all(claim["attribution"] for claim in claims)
        assert "swagger-ui" in client.get("/docs").text
        mapped = Path(f"/proc/{process.pid}/maps").read_text()
        assert "numpy" not in mapped  # the language model was in another process
    assert ": added, " in log.read_text()
    assert "/claims?attributed=true" in log.read_text()

    began = time.monotonic()
    with reportedly_serve(log, **settings) as (client, _):
        print(f"The second start took {time.monotonic() - began:.1f} s.")
        assert client.get("/claims?attributed=true").json()["items"] == claims
    assert ": already held" in log.read_text()
    assert ": added" not in log.read_text()
    assert "Traceback" not in log.read_text()
