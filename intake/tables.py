"""Intake's own tables."""

from sqlalchemy import Column, Integer, MetaData, PrimaryKeyConstraint, String, Table, Text
from sqlalchemy.types import BigInteger, Uuid

from infra.database import Moment

metadata = MetaData()

dossier = Table(
    "dossier",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("submitted_by", String(100), nullable=False),
    Column("product", String(300)),
    Column("province", String(300)),
    Column("commune", String(300)),
    Column("fingerprint", String(64), nullable=False, unique=True),  # of its first version
    Column("received_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Column("revision", Integer, nullable=False, server_default="1"),  # the newest version's number
    Column("closed_at", Moment),  # since a council works on it: no further version
)

file = Table(
    "file",
    metadata,
    Column("dossier_id", Uuid, nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("number", Integer, nullable=False),  # from 1
    Column("name", String(150), nullable=False),
    Column("key", String(200), nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("size", BigInteger, nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("pages", Integer, nullable=False),
    PrimaryKeyConstraint("dossier_id", "revision", "number"),
)

request = Table(
    "request",
    metadata,
    Column("submitted_by", String(100), nullable=False),
    Column("idempotency_key", String(200), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("dossier_id", Uuid, nullable=False),
    PrimaryKeyConstraint("submitted_by", "idempotency_key"),
)

refusal = Table(  # uploads that could not be used: the original is kept all the same
    "refusal",
    metadata,
    Column("sha256", String(64), nullable=False),
    Column("refused_at", Moment, nullable=False),
    Column("name", String(150), nullable=False),
    Column("key", String(200), nullable=False),
    Column("submitted_by", String(100), nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("sha256", "refused_at"),
)
