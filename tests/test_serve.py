"""`reportedly serve` as a newcomer runs it: real seeds, a real port, a signal to end."""

import time
from pathlib import Path

import pytest

from app.database import engine
from tests import world
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


@pytest.mark.parametrize(("proxies", "scheme"), [("127.0.0.0/8", "https"), ("10.0.0.0/8", "http")])
def test_what_a_proxy_says_of_its_client_is_believed_of_known_ones(
    tmp_path: Path, proxies: str, scheme: str
) -> None:
    url = f"sqlite:///{tmp_path / 'world.db'}"
    world.fill(url)
    engine(url).dispose()
    settings = {"database_url": url, "proxies": proxies, "log_format": "json"}
    with reportedly_serve(tmp_path / "log", "--no-seed", **settings) as (client, _):
        headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        answer = client.get("/claims?limit=1", headers=headers)

    assert answer.links["next"]["url"].startswith(f"{scheme}://")
    assert ("192.0.2.7" in (tmp_path / "log").read_text()) == (scheme == "https")
