"""What events are linked to by way of other rows: sources of their claims, and countries.

The links follow from what a report says and from the shared rows that it speaks of, as bodies do
(`app.projection`), and are written with those. Lists of events are filtered by them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from app.projection import Rows, Shared


def event_links(rows: Rows, shared: Shared) -> dict[str, list[dict[str, Any]]]:
    """The rows of `event_source` and `event_country` of one report, from all its rows."""
    days = {event["pk"]: event["date_earliest"] for event in rows["event"]}
    said_by = defaultdict(set)
    for link in rows["attribution_link"]:
        said_by[link["claim_pk"]].add(link["source_pk"])
    sources = {
        (link["event_pk"], source_pk)
        for link in rows["event_claim"]
        for source_pk in said_by[link["claim_pk"]] - {None}
    }
    countries = {
        (event["pk"], shared.places[event["place_pk"]]["country"])
        for event in rows["event"]
        if event["place_pk"] is not None
    }
    countries |= {
        (part["event_pk"], shared.actors[part["actor_pk"]]["country"])
        for part in rows["event_participant"]
    }
    return {
        "event_source": [
            {"event_pk": event_pk, "source_pk": source_pk, "date_earliest": days[event_pk]}
            for event_pk, source_pk in sorted(sources)
        ],
        "event_country": [
            {"event_pk": event_pk, "country": country, "date_earliest": days[event_pk]}
            for event_pk, country in sorted(countries, key=str)
            if country is not None
        ],
    }
