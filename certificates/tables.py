"""The certificates service's own tables."""

from sqlalchemy import JSON, Column, Date, Integer, MetaData, PrimaryKeyConstraint, String, Table, Text
from sqlalchemy.types import Uuid

from infra.database import Moment

metadata = MetaData()

rated = Table(  # results that may lead to a certificate
    "rated",
    metadata,
    Column("assessment_id", Uuid, primary_key=True),
    Column("dossier_id", Uuid, nullable=False),
    Column("event", JSON, nullable=False),  # ProductRated as it came
)

serial = Table(  # the last serial number given out
    "serial",
    metadata,
    Column("authority", String(20), nullable=False),
    Column("year", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("authority", "year"),
)

reservation = Table(  # one number for each assessment, whatever is tried again
    "reservation",
    metadata,
    Column("assessment_id", Uuid, primary_key=True),
    Column("number", String(60), nullable=False, unique=True),
    Column("reserved_at", Moment, nullable=False),
    Column("decision_number", String(100)),
    Column("decision_date", Date),
)

certificate = Table(
    "certificate",
    metadata,
    Column("number", String(60), primary_key=True),
    Column("assessment_id", Uuid, nullable=False, unique=True),
    Column("dossier_id", Uuid, nullable=False, index=True),
    Column("statement", JSON, nullable=False),  # Certificate
    Column("pdf", JSON, nullable=False),  # ObjectRef
    Column("issued_at", Moment, nullable=False),
    Column("revoked_on", Date),
    Column("revoked_by", String(100)),
    Column("revocation_ground", Text),
)
