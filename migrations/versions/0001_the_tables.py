"""The tables, and full-text search of claims, events and reports.

SQLite: FTS5 tables without a copy of the text, kept by triggers (sqlite.org/fts5.html, external
content). PostgreSQL: GIN indexes over the first 250,000 characters, because a tsvector holds at
most a megabyte.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SEARCHED = {"claim": ("text",), "event": ("text",), "report": ("title", "text")}
INDEXED_CHARACTERS = 250_000


def upgrade() -> None:  # noqa: PLR0915
    op.create_table(
        "actor",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_actor_country", "actor", ["country"])
    op.create_index("ix_actor_kind", "actor", ["kind"])
    op.create_index("ix_actor_name", "actor", ["name", "pk"])

    op.create_table(
        "place",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_place_country", "place", ["country"])

    op.create_table(
        "source",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor_pk", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["actor_pk"], ["actor.pk"]),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_source_actor_pk", "source", ["actor_pk"])
    op.create_index("ix_source_kind", "source", ["kind"])
    op.create_index("ix_source_name", "source", ["name", "pk"])

    op.create_table(
        "report",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("publisher_pk", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("extractor", sa.String(), nullable=True),
        sa.Column("not_extracted", sa.String(), nullable=True),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["publisher_pk"], ["source.pk"]),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_report_extractor", "report", ["extractor"])
    op.create_index("ix_report_published_on", "report", ["published_on", "pk"])
    op.create_index("ix_report_publisher_pk", "report", ["publisher_pk"])
    op.create_index("ix_report_title", "report", ["title", "pk"])

    op.create_table(
        "actor_alias",
        sa.Column("report_pk", sa.Integer(), nullable=False),
        sa.Column("actor_pk", sa.Integer(), nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["actor_pk"], ["actor.pk"]),
        sa.ForeignKeyConstraint(["report_pk"], ["report.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_pk", "actor_pk", "alias"),
    )
    op.create_index("ix_actor_alias_actor_pk", "actor_alias", ["actor_pk"])

    op.create_table(
        "actor_reading",
        sa.Column("report_pk", sa.Integer(), nullable=False),
        sa.Column("actor_pk", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["actor_pk"], ["actor.pk"]),
        sa.ForeignKeyConstraint(["report_pk"], ["report.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_pk", "actor_pk"),
    )
    op.create_index("ix_actor_reading_actor_pk", "actor_reading", ["actor_pk"])

    op.create_table(
        "actor_role",
        sa.Column("report_pk", sa.Integer(), nullable=False),
        sa.Column("actor_pk", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["actor_pk"], ["actor.pk"]),
        sa.ForeignKeyConstraint(["report_pk"], ["report.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_pk", "actor_pk", "role"),
    )
    op.create_index("ix_actor_role_actor_pk", "actor_role", ["actor_pk"])

    op.create_table(
        "claim",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("report_pk", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("hedges", sa.JSON(), nullable=False),
        sa.Column("quotations", sa.JSON(), nullable=False),
        sa.Column("attributed", sa.Boolean(), nullable=False),
        sa.Column("origin_pk", sa.Integer(), nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("directness", sa.Text(), nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("polarity", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("said_on", sa.String(), nullable=True),
        sa.Column("said_earliest", sa.Date(), nullable=True),
        sa.Column("said_latest", sa.Date(), nullable=True),
        sa.Column("said_basis", sa.String(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["origin_pk"], ["source.pk"]),
        sa.ForeignKeyConstraint(["report_pk"], ["report.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_claim_act", "claim", ["act"])
    op.create_index("ix_claim_attributed", "claim", ["attributed"])
    op.create_index("ix_claim_certainty", "claim", ["certainty"])
    op.create_index("ix_claim_directness", "claim", ["directness"])
    op.create_index("ix_claim_origin_pk", "claim", ["origin_pk"])
    op.create_index("ix_claim_report_pk", "claim", ["report_pk"])
    op.create_index("ix_claim_said_earliest", "claim", ["said_earliest", "pk"])
    op.create_index("ix_claim_said_latest", "claim", ["said_latest"])
    op.create_index("ix_claim_status", "claim", ["status"])

    op.create_table(
        "event",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("report_pk", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("trigger_start", sa.Integer(), nullable=False),
        sa.Column("trigger_end", sa.Integer(), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("place_pk", sa.Integer(), nullable=True),
        sa.Column("date", sa.String(), nullable=True),
        sa.Column("date_earliest", sa.Date(), nullable=True),
        sa.Column("date_latest", sa.Date(), nullable=True),
        sa.Column("date_basis", sa.String(), nullable=True),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("polarity", sa.Text(), nullable=False),
        sa.Column("tense", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["place_pk"], ["place.pk"]),
        sa.ForeignKeyConstraint(["report_pk"], ["report.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_event_certainty", "event", ["certainty"])
    op.create_index("ix_event_date_earliest", "event", ["date_earliest", "pk"])
    op.create_index("ix_event_date_latest", "event", ["date_latest"])
    op.create_index("ix_event_place_pk", "event", ["place_pk"])
    op.create_index("ix_event_report_pk", "event", ["report_pk"])
    op.create_index("ix_event_tense", "event", ["tense"])
    op.create_index("ix_event_type", "event", ["type"])

    op.create_table(
        "mention",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("report_pk", sa.Integer(), nullable=False),
        sa.Column("actor_pk", sa.Integer(), nullable=True),
        sa.Column("place_pk", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("extent_start", sa.Integer(), nullable=False),
        sa.Column("extent_end", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_pk"], ["actor.pk"]),
        sa.ForeignKeyConstraint(["place_pk"], ["place.pk"]),
        sa.ForeignKeyConstraint(["report_pk"], ["report.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index("ix_mention_actor_pk", "mention", ["actor_pk"])
    op.create_index("ix_mention_place_pk", "mention", ["place_pk"])
    op.create_index("ix_mention_report_pk", "mention", ["report_pk"])

    op.create_table(
        "place_reading",
        sa.Column("report_pk", sa.Integer(), nullable=False),
        sa.Column("place_pk", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["place_pk"], ["place.pk"]),
        sa.ForeignKeyConstraint(["report_pk"], ["report.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_pk", "place_pk"),
    )
    op.create_index("ix_place_reading_place_pk", "place_reading", ["place_pk"])

    op.create_table(
        "report_name",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("report_pk", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report_pk"], ["report.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index("ix_report_name_report_pk", "report_name", ["report_pk"])

    op.create_table(
        "source_reading",
        sa.Column("report_pk", sa.Integer(), nullable=False),
        sa.Column("source_pk", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor_pk", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["actor_pk"], ["actor.pk"]),
        sa.ForeignKeyConstraint(["report_pk"], ["report.pk"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_pk"], ["source.pk"]),
        sa.PrimaryKeyConstraint("report_pk", "source_pk"),
    )
    op.create_index("ix_source_reading_actor_pk", "source_reading", ["actor_pk"])
    op.create_index("ix_source_reading_source_pk", "source_reading", ["source_pk"])

    op.create_table(
        "attribution_link",
        sa.Column("claim_pk", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source_pk", sa.Integer(), nullable=True),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("cue", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["claim_pk"], ["claim.pk"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_pk"], ["source.pk"]),
        sa.PrimaryKeyConstraint("claim_pk", "position"),
    )
    op.create_index("ix_attribution_link_source_pk", "attribution_link", ["source_pk"])

    op.create_table(
        "claim_actor",
        sa.Column("claim_pk", sa.Integer(), nullable=False),
        sa.Column("actor_pk", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_pk"], ["actor.pk"]),
        sa.ForeignKeyConstraint(["claim_pk"], ["claim.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_pk", "actor_pk"),
    )
    op.create_index("ix_claim_actor_actor_pk", "claim_actor", ["actor_pk"])

    op.create_table(
        "event_claim",
        sa.Column("event_pk", sa.Integer(), nullable=False),
        sa.Column("claim_pk", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_pk"], ["claim.pk"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_pk"], ["event.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_pk", "claim_pk"),
    )
    op.create_index("ix_event_claim_claim_pk", "event_claim", ["claim_pk"])

    op.create_table(
        "event_participant",
        sa.Column("event_pk", sa.Integer(), nullable=False),
        sa.Column("actor_pk", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_pk"], ["actor.pk"]),
        sa.ForeignKeyConstraint(["event_pk"], ["event.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_pk", "actor_pk", "role"),
    )
    op.create_index("ix_event_participant_actor_pk", "event_participant", ["actor_pk"])

    op.create_table(
        "quantity",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("claim_pk", sa.Integer(), nullable=True),
        sa.Column("event_pk", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("of", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["claim_pk"], ["claim.pk"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_pk"], ["event.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index("ix_quantity_claim_pk", "quantity", ["claim_pk"])
    op.create_index("ix_quantity_event_pk", "quantity", ["event_pk"])

    op.create_table(
        "response",
        sa.Column("claim_pk", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("actor_pk", sa.Integer(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_pk"], ["actor.pk"]),
        sa.ForeignKeyConstraint(["claim_pk"], ["claim.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_pk", "position"),
    )
    op.create_index("ix_response_actor_pk", "response", ["actor_pk"])

    _create_search()


def downgrade() -> None:
    _drop_search()

    op.drop_table("response")

    op.drop_table("quantity")

    op.drop_table("event_participant")

    op.drop_table("event_claim")

    op.drop_table("claim_actor")

    op.drop_table("attribution_link")

    op.drop_table("source_reading")

    op.drop_table("report_name")

    op.drop_table("place_reading")

    op.drop_table("mention")

    op.drop_table("event")

    op.drop_table("claim")

    op.drop_table("actor_role")

    op.drop_table("actor_reading")

    op.drop_table("actor_alias")

    op.drop_table("report")

    op.drop_table("source")

    op.drop_table("place")

    op.drop_table("actor")


def _create_search() -> None:
    for table, columns in SEARCHED.items():
        if op.get_bind().dialect.name == "sqlite":
            _create_fts5(table, columns)
        else:
            text = " || ' ' || ".join(columns)
            op.execute(
                f"CREATE INDEX {table}_search ON {table}"
                f" USING gin (to_tsvector('english', left({text}, {INDEXED_CHARACTERS})))"
            )


def _create_fts5(table: str, columns: tuple[str, ...]) -> None:
    names = ", ".join(columns)
    new = ", ".join(f"new.{column}" for column in columns)
    old = ", ".join(f"old.{column}" for column in columns)
    add = f"INSERT INTO {table}_search(rowid, {names}) VALUES (new.pk, {new});"
    remove = (
        f"INSERT INTO {table}_search({table}_search, rowid, {names})"
        f" VALUES ('delete', old.pk, {old});"
    )
    op.execute(
        f"CREATE VIRTUAL TABLE {table}_search USING fts5({names}, content={table},"
        " content_rowid=pk, tokenize='porter unicode61 remove_diacritics 2')"
    )
    for name, when, body in (
        ("insert", "INSERT", add),
        ("delete", "DELETE", remove),
        ("update", f"UPDATE OF {names}", remove + add),
    ):
        op.execute(f"CREATE TRIGGER {table}_search_{name} AFTER {when} ON {table} BEGIN {body} END")


def _drop_search() -> None:
    for table in SEARCHED:
        if op.get_bind().dialect.name == "sqlite":
            for name in ("insert", "delete", "update"):
                op.execute(f"DROP TRIGGER {table}_search_{name}")
            op.execute(f"DROP TABLE {table}_search")
        else:
            op.execute(f"DROP INDEX {table}_search")
