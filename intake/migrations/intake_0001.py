"""Dossiers, their files, idempotent requests and refused uploads."""

import sqlalchemy as sa
from alembic import op

from infra.database import Moment

revision = "intake_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dossier",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("submitted_by", sa.String(100), nullable=False),
        sa.Column("product", sa.String(300)),
        sa.Column("province", sa.String(300)),
        sa.Column("commune", sa.String(300)),
        sa.Column("fingerprint", sa.String(64), nullable=False, unique=True),
        sa.Column("received_at", Moment, nullable=False),
        sa.Column("withdrawn_at", Moment),
    )
    op.create_table(
        "file",
        sa.Column("dossier_id", sa.Uuid, nullable=False, index=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("name", sa.String(150), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", "number"),
    )
    op.create_table(
        "request",
        sa.Column("submitted_by", sa.String(100), nullable=False),
        sa.Column("idempotency_key", sa.String(200), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("dossier_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("submitted_by", "idempotency_key"),
    )
    op.create_table(
        "refusal",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("refused_at", Moment, nullable=False),
        sa.Column("name", sa.String(150), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("submitted_by", sa.String(100), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sha256", "refused_at"),
    )
