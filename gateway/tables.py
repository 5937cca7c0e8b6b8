"""The gateway's tables."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, Uuid

from infra.database import Moment

metadata = MetaData()

users = Table(
    "users",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("full_name", String(200), nullable=False),
    Column("password_hash", String(300), nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("roles", JSON, nullable=False),  # list of role names
    Column("created_at", Moment, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user_name", String(60), ForeignKey("users.name"), nullable=False, index=True),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user_name", String(60), ForeignKey("users.name"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
)

login_failures = Table(
    "login_failures",
    metadata,
    Column("place", String(64), primary_key=True),  # digest of user name and address
    Column("failures", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("dossier_id", Uuid, nullable=False, index=True),
    Column("event_type", String(200), nullable=False),
    Column("body", JSON, nullable=False),
)
"""Every event seen, whatever its order: a dossier's status is a function of this set."""

dossiers = Table(
    "dossiers",
    metadata,
    Column("dossier_id", Uuid, primary_key=True),
    Column("status", String(40), nullable=False),
    Column("received_at", Moment),
    Column("changed_at", Moment, nullable=False),
    Column("submitted_by", String(60)),
    Column("search", Text, nullable=False),  # product, applicant, commune, number: lower case, without accents
    Column("summary", JSON, nullable=False),  # gateway.status.DossierStatus
    Index("dossiers_by_time", "received_at"),
    Index("dossiers_by_status", "status"),
)

same_bytes = Table(
    "same_bytes",
    metadata,
    Column("dossier_id", Uuid, primary_key=True),
    Column("other_id", Uuid, primary_key=True),
)
"""Dossiers that hold one and the same file; written in both directions, so that both sides are warned."""
