"""The `reportedly` command."""

from __future__ import annotations

import sys
from datetime import date

import orjson

from app.ingest.contract import to_json
from app.ingest.extract import extract


def main() -> None:
    """Placeholder of the command line: `reportedly extract --jsonl` only."""
    for line in sys.stdin.buffer:
        record = orjson.loads(line)
        published = record.get("published_on")
        found = extract(record["text"], date.fromisoformat(published) if published else None)
        sys.stdout.buffer.write(orjson.dumps({"id": record["id"], **to_json(found)}) + b"\n")


if __name__ == "__main__":
    main()
