"""Scoring's own tables."""

from sqlalchemy import Column, Integer, MetaData, PrimaryKeyConstraint, String, Table, Text, UniqueConstraint
from sqlalchemy.types import JSON, Uuid

from infra.database import Moment

metadata = MetaData()

sheet = Table(  # the newest score sheet of each dossier
    "sheet",
    metadata,
    Column("dossier_id", Uuid, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("extraction", JSON, nullable=False),  # ObjectRef
    Column("score_sheet", JSON),  # ObjectRef; null while the rulebook is unknown
    Column("reason", Text),  # why there is none
    Column("prepared_at", Moment, nullable=False),
)

withdrawn = Table("withdrawn", metadata, Column("dossier_id", Uuid, primary_key=True))

assessment = Table(
    "assessment",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("dossier_id", Uuid, nullable=False, index=True),
    Column("level", String(20), nullable=False),
    Column("council", JSON, nullable=False),
    Column("score_sheet", JSON, nullable=False),  # ObjectRef: the sheet as it stood when the council was set up
    Column("decision", String(100), nullable=False),
    Column("set_no", Integer, nullable=False),
    Column("product", Text, nullable=False),
    Column("applicant", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("province", Text),
    Column("round", Integer, nullable=False),  # from 1
    Column("opened_by", String(100), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_by", String(100)),
    Column("closed_at", Moment),
    Column("result", JSON),  # null while open
    UniqueConstraint("dossier_id", "level"),
)

ballot = Table(
    "ballot",
    metadata,
    Column("assessment_id", Uuid, nullable=False),
    Column("round", Integer, nullable=False),
    Column("member", String(100), nullable=False),
    Column("name", String(200), nullable=False),  # as the person is called
    Column("content", JSON, nullable=False),
    Column("nonce", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("sealed_at", Moment, nullable=False),
    PrimaryKeyConstraint("assessment_id", "round", "member"),
)
