"""Users, sessions, tokens, login failures; facts and the status of dossiers."""

import sqlalchemy as sa
from alembic import op

from infra.database import Moment

revision = "gateway_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _accounts()
    _projection()


def _accounts() -> None:
    op.create_table(
        "users",
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("full_name", sa.String(200), nullable=False),
        sa.Column("password_hash", sa.String(300), nullable=False),
        sa.Column("must_change_password", sa.Boolean, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("roles", sa.JSON, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("user_name", sa.String(60), sa.ForeignKey("users.name"), nullable=False, index=True),
        sa.Column("started_at", Moment, nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
    )
    op.create_table(
        "tokens",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("user_name", sa.String(60), sa.ForeignKey("users.name"), nullable=False, index=True),
        sa.Column("created_at", Moment, nullable=False),
    )
    op.create_table(
        "login_failures",
        sa.Column("place", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", Moment, nullable=False),
    )


def _projection() -> None:
    op.create_table(
        "facts",
        sa.Column("event_id", sa.Uuid, primary_key=True),
        sa.Column("dossier_id", sa.Uuid, nullable=False, index=True),
        sa.Column("event_type", sa.String(200), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_table(
        "dossiers",
        sa.Column("dossier_id", sa.Uuid, primary_key=True),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("received_at", Moment),
        sa.Column("changed_at", Moment, nullable=False),
        sa.Column("submitted_by", sa.String(60)),
        sa.Column("search", sa.Text, nullable=False),
        sa.Column("summary", sa.JSON, nullable=False),
    )
    op.create_index("dossiers_by_time", "dossiers", ["received_at"])
    op.create_index("dossiers_by_status", "dossiers", ["status"])
    op.create_table(
        "same_bytes",
        sa.Column("dossier_id", sa.Uuid, primary_key=True),
        sa.Column("other_id", sa.Uuid, primary_key=True),
    )
