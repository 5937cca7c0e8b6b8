"""Dossiers have versions: files belong to one of them; a council's dossier is closed to further ones."""

import sqlalchemy as sa
from alembic import op

from infra.database import Moment

revision = "intake_0002"
down_revision = "intake_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("dossier", sa.Column("revision", sa.Integer, nullable=False, server_default="1"))
    op.add_column("dossier", sa.Column("closed_at", Moment))
    columns = ("dossier_id", "number", "name", "key", "sha256", "size", "media_type", "pages")
    old = sa.table("file", *(sa.column(name) for name in columns))
    rows = [dict(row) for row in op.get_bind().execute(sa.select(old)).mappings()]
    op.drop_table("file")  # made anew: SQLite cannot give a table another primary key
    op.create_table(
        "file",
        sa.Column("dossier_id", sa.Uuid, nullable=False, index=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("name", sa.String(150), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", "revision", "number"),
    )
    untyped = sa.table("file", sa.column("revision"), *(sa.column(name) for name in columns))
    for row in rows:  # as the driver gave them: an id is text in SQLite and a UUID in PostgreSQL
        op.get_bind().execute(untyped.insert().values(**row, revision=1))
