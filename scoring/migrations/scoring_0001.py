"""Score sheets, assessments and sealed ballots."""

import sqlalchemy as sa
from alembic import op

from infra.database import Moment

revision = "scoring_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sheet",
        sa.Column("dossier_id", sa.Uuid, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("extraction", sa.JSON, nullable=False),
        sa.Column("score_sheet", sa.JSON),
        sa.Column("reason", sa.Text),
        sa.Column("prepared_at", Moment, nullable=False),
    )
    op.create_table("withdrawn", sa.Column("dossier_id", sa.Uuid, primary_key=True))
    op.create_table(
        "assessment",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("dossier_id", sa.Uuid, nullable=False, index=True),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("council", sa.JSON, nullable=False),
        sa.Column("score_sheet", sa.JSON, nullable=False),
        sa.Column("decision", sa.String(100), nullable=False),
        sa.Column("set_no", sa.Integer, nullable=False),
        sa.Column("product", sa.Text, nullable=False),
        sa.Column("applicant", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("province", sa.Text),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("opened_by", sa.String(100), nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("closed_by", sa.String(100)),
        sa.Column("closed_at", Moment),
        sa.Column("result", sa.JSON),
        sa.UniqueConstraint("dossier_id", "level"),
    )
    op.create_table(
        "ballot",
        sa.Column("assessment_id", sa.Uuid, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("member", sa.String(100), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("sealed_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", "round", "member"),
    )
