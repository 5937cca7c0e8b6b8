"""Rated products, serial numbers, reservations, certificates."""

import sqlalchemy as sa
from alembic import op

from infra.database import Moment

revision = "certificates_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rated",
        sa.Column("assessment_id", sa.Uuid, primary_key=True),
        sa.Column("dossier_id", sa.Uuid, nullable=False),
        sa.Column("event", sa.JSON, nullable=False),
    )
    op.create_table(
        "serial",
        sa.Column("authority", sa.String(20), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("authority", "year"),
    )
    op.create_table(
        "reservation",
        sa.Column("assessment_id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.String(60), nullable=False, unique=True),
        sa.Column("reserved_at", Moment, nullable=False),
        sa.Column("decision_number", sa.String(100)),
        sa.Column("decision_date", sa.Date),
    )
    op.create_table(
        "certificate",
        sa.Column("number", sa.String(60), primary_key=True),
        sa.Column("assessment_id", sa.Uuid, nullable=False, unique=True),
        sa.Column("dossier_id", sa.Uuid, nullable=False, index=True),
        sa.Column("statement", sa.JSON, nullable=False),
        sa.Column("pdf", sa.JSON, nullable=False),
        sa.Column("issued_at", Moment, nullable=False),
        sa.Column("revoked_on", sa.Date),
        sa.Column("revoked_by", sa.String(100)),
        sa.Column("revocation_ground", sa.Text),
    )
