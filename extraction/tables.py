"""Extraction's own tables: which pages of a dossier's revision are read, and where the readings lie."""

from sqlalchemy import JSON, Boolean, Column, Float, Integer, MetaData, PrimaryKeyConstraint, String, Table, Text
from sqlalchemy.types import Uuid

from infra.database import Moment

metadata = MetaData()

revision = Table(
    "revision",
    metadata,
    Column("dossier_id", Uuid, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("files", JSON, nullable=False),  # StoredFile values, in order
    Column("total_pages", Integer, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("extraction", JSON),  # ObjectRef of extraction.json, once assembled
    PrimaryKeyConstraint("dossier_id", "revision"),
)

page = Table(
    "page",
    metadata,
    Column("dossier_id", Uuid, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("number", Integer, nullable=False),  # through the whole dossier, from 1
    Column("source", String(20), nullable=False),
    Column("reason", Text),
    Column("reading", JSON, nullable=False),  # ObjectRef of the page's reading
    Column("seconds", Float, nullable=False),
    Column("content", String(64)),  # hash of what is drawn on it; null in rows of older programs
    PrimaryKeyConstraint("dossier_id", "revision", "number"),
)

page_content = Table(  # what is drawn on each page of each file ever seen
    "page_content",
    metadata,
    Column("sha256", String(64), nullable=False),  # of the file
    Column("page", Integer, nullable=False),  # within the file, from 1
    Column("content", String(64), nullable=False),  # hash of what is drawn on it
    PrimaryKeyConstraint("sha256", "page"),
)

reading_memory = Table(  # what one reader read where this is drawn: never read twice, whatever file it stands in
    "reading_memory",
    metadata,
    Column("content", String(64), nullable=False),
    Column("reader", String(100), nullable=False),  # engine and code, with their versions
    Column("reading", JSON, nullable=False),  # ObjectRef
    PrimaryKeyConstraint("content", "reader"),
)
