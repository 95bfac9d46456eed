"""Everything that can be found in one text, as a pure function of the text and its date.

```
text ─▶ legible ─▶ annotated ─▶ dates ─▶ quantities ─▶ entities ─▶ claims ─▶ events ─▶ Extraction
```

Each step sees what the steps before it found; none knows a database or the web. Only an answer
shows that a laboratory speaks, and only an event that a place or a people takes part in something
("shelled Lima", "German cars"), so the last steps also return actors.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.ingest.annotate import annotated
from app.ingest.extract.claims.claims import find_claims
from app.ingest.extract.dates.dates import find_dates
from app.ingest.extract.entities.entities import find_entities
from app.ingest.extract.events.events import find_events
from app.ingest.extract.layout.legible import legible, put_back
from app.ingest.extract.quantities.quantities import find_quantities
from app.ingest.extraction import Extraction


def extract(text: str, published_on: dt.date | None = None) -> Extraction:
    """The actors, sources, places, dates, claims and events that an English text reports.

    `published_on` resolves relative dates; without it they stay unresolved.
    """
    seen = legible(text)
    with annotated(seen.text) as doc:
        dates = find_dates(seen.text, published_on)
        quantities = find_quantities(doc, dates)
        entities = find_entities(doc, dates)
        claims, sources, answering = find_claims(doc, entities, dates, quantities)
        entities = replace(entities, actors=entities.actors + answering)
        events, involved = find_events(doc, entities, dates, quantities, claims)
    actors = entities.actors + involved
    found = Extraction(actors, sources, entities.places, dates, claims, events)
    return found if seen.text == text else put_back(found, seen)
