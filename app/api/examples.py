"""Rows of the seed document, as examples in the OpenAPI document.

A test reads each one with its schema.
"""

from typing import Any

_REPORT: dict[str, Any] = {
    "id": "r_kd3x5yqgaw2t",
    "title": "Kursk border buildup",
    "publisher": None,
}
_SERVICE: dict[str, Any] = {
    "id": "national-intelligence-service",
    "name": "National Intelligence Service",
    "kind": "government",
}
_NORTH_KOREA: dict[str, Any] = {
    "id": "north-korea",
    "name": "North Korea",
    "kind": "government",
    "country": "KP",
}
_TEXT = "Pyongyang had allegedly begun relocating thousands of soldiers to Russia"

EXAMPLES: dict[str, dict[str, Any]] = {
    "claim": {
        "id": "c_7k2m9qd4xw3a",
        "report": _REPORT,
        "text": _TEXT,
        "content": [{"start": 1893, "end": 1965, "quote": _TEXT}],
        "attribution": [
            {
                "source": {
                    "id": "south-korean-media",
                    "name": "South Korean media",
                    "kind": "media",
                },
                "spans": [{"start": 1805, "end": 1823, "quote": "South Korean media"}],
                "cue": [{"start": 1867, "end": 1875, "quote": "reported"}],
            },
            {
                "source": _SERVICE,
                "spans": [
                    {"start": 1832, "end": 1865, "quote": "the National Intelligence Service"}
                ],
                "cue": [{"start": 1825, "end": 1831, "quote": "citing"}],
            },
        ],
        "origin": _SERVICE,
        "act": "allegation",
        "directness": "indirect",
        "certainty": "possible",
        "polarity": "affirmed",
        "hedges": [{"start": 1907, "end": 1916, "quote": "allegedly"}],
        "quotations": [],
        "status": "unverified",
        "responses": [],
        "quantities": [],
        "said_on": "XXXX-11-05",
        "said_basis": None,
        "about": [_NORTH_KOREA],
        "events": [{"id": "e_m4zq7c2vth6d", "type": "MOBILIZE"}],
        "rule": "verb_clause",
    },
    "actor": {**_NORTH_KOREA, "aliases": ["North Korea", "Pyongyang"], "roles": [], "reports": 1},
    "source": {**_SERVICE, "actor": None, "claims": 1},
}
EXAMPLES["event"] = {
    "id": "e_m4zq7c2vth6d",
    "report": _REPORT,
    "type": "MOBILIZE",
    "text": (
        "South Korean media, citing the National Intelligence Service, reported on November 5 "
        f"that {_TEXT}."
    ),
    "trigger": {"start": 1923, "end": 1933, "quote": "relocating"},
    "mentions": [{"start": 1923, "end": 1933, "quote": "relocating"}],
    "participants": [
        {
            "actor": _NORTH_KOREA,
            "role": "initiator",
            "spans": [{"start": 1893, "end": 1902, "quote": "Pyongyang"}],
        }
    ],
    "place": None,
    "date": None,
    "date_basis": None,
    "quantities": [
        {
            "start": 1934,
            "end": 1943,
            "quote": "thousands",
            "low": 2000.0,
            "high": None,
            "approximate": True,
            "unit": None,
            "of": "soldiers",
        }
    ],
    "certainty": "possible",
    "polarity": "affirmed",
    "tense": "past",
    "claims": [{"id": "c_7k2m9qd4xw3a", "text": _TEXT, "origin": _SERVICE}],
    "rule": "verb",
}
EXAMPLES["report"] = {
    **_REPORT,
    "published_on": None,
    "url": None,
    "language": "en",
    "sha256": "0" * 64,
    "characters": 4936,
    "extractor": "0.1.0",
    "not_extracted": None,
    "loaded_at": "2025-11-10T09:00:00Z",
    "claims": 31,
    "events": 12,
}
