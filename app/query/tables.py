"""The tables as SQLAlchemy Core sees them.

Reading goes around the ORM: building objects for a page costs thirty times its SQL.
"""

from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)

_tables = SQLModel.metadata.tables

actor = _tables["actor"]
actor_alias = _tables["actor_alias"]
actor_reading = _tables["actor_reading"]
actor_role = _tables["actor_role"]
attribution_link = _tables["attribution_link"]
claim = _tables["claim"]
claim_actor = _tables["claim_actor"]
decision = _tables["decision"]
event = _tables["event"]
event_claim = _tables["event_claim"]
event_country = _tables["event_country"]
event_participant = _tables["event_participant"]
event_source = _tables["event_source"]
mention = _tables["mention"]
place = _tables["place"]
report = _tables["report"]
response = _tables["response"]
revision = _tables["revision"]
source = _tables["source"]
tombstone = _tables["tombstone"]
