"""Revisions, pages and the page memory."""

import sqlalchemy as sa
from alembic import op

from infra.database import Moment

revision = "extraction_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "revision",
        sa.Column("dossier_id", sa.Uuid, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("files", sa.JSON, nullable=False),
        sa.Column("total_pages", sa.Integer, nullable=False),
        sa.Column("received_at", Moment, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("extraction", sa.JSON),
        sa.PrimaryKeyConstraint("dossier_id", "revision"),
    )
    op.create_table(
        "page",
        sa.Column("dossier_id", sa.Uuid, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("reading", sa.JSON, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", "revision", "number"),
    )
    op.create_table(
        "page_memory",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("engine", sa.String(100), nullable=False),
        sa.Column("reading", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("sha256", "page", "engine"),
    )
