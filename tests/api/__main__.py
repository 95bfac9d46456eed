"""`python -m tests.api` writes anew what tests compare: the examples and the OpenAPI document."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from httpx import Client

from app.api import examples
from app.database import engine, migrate
from app.ingest.pipeline import load
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import serving

SEEDS = Path(__file__).parents[2] / "seeds"
EVER_CHANGING = {"loaded_at": "2025-11-10T09:00:00Z", "extractor": "0.1.0+3f9ac2d1"}
"""What differs from one load to the next, and stands in the example of a report all the same."""

BASE = "https://reportedly.example"
TEXT = 200
"""Characters of a report's text that the example shows."""


def write_examples(client: Client) -> None:
    """The claim with the longest chain among those that report an event, and what belongs to it."""
    claims = client.get("/claims?attributed=true&limit=500").json()["items"]
    claim = max(claims, key=lambda row: (bool(row["events"]), len(row["attribution"])))
    event = row_of(client, "events", claim["events"][0])
    report = row_of(client, "reports", claim["report"]) | EVER_CHANGING
    del report["text"]
    rows = {
        "claim": claim,
        "event": event,
        "actor": row_of(client, "actors", event["participants"][0]["actor"]),
        "source": row_of(client, "sources", claim["origin"]),
        "report": report,
    }
    write("examples.json", rows)
    write("example_answers.json", other_answers(client, rows))


def other_answers(client: Client, rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What belongs to the rows, without most of its length."""
    report = client.get(f"/reports/{rows['report']['id']}").json()
    annotations = client.get(f"/reports/{report['id']}/annotations").json()
    page = annotations["first"]
    page["items"] = [it for it in page["items"] if it["id"].endswith(rows["claim"]["id"])]
    readings = client.get(f"/actors/{rows['actor']['id']}/readings").json()["items"]
    text = {"text": report["text"][:TEXT] + "…"}
    answers = {"reading": readings[0], "report": rows["report"] | text, "annotations": annotations}
    shown: dict[str, Any] = json.loads(json.dumps(answers).replace(str(client.base_url), BASE))
    return shown


def write(name: str, content: dict[str, Any]) -> None:
    path = Path(examples.__file__).with_name(name)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def row_of(client: Client, collection: str, reference: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = client.get(f"/{collection}/{reference['id']}").raise_for_status().json()
    return row


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/seeds.db"
        migrate(url)
        list(load(url, [SEEDS]))
        application = create_app(Settings(database_url=url))
        with serving(application) as address, Client(base_url=address) as client:
            write_examples(client)
        engine(url).dispose()
    subprocess.run([sys.executable, "-m", "tests.api.test_openapi"], check=True)
