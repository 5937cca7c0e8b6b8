"""Pages are known by what is drawn on them; what was found so far is kept with each page.

The old memory knew pages by file and place only. It holds nothing but repeats, so it goes.
"""

import sqlalchemy as sa
from alembic import op

revision = "extraction_0002"
down_revision = "extraction_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("page", sa.Column("content", sa.String(64)))
    op.add_column("page", sa.Column("found", sa.JSON))
    op.drop_table("page_memory")
    op.create_table(
        "page_content",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "page"),
    )
    op.create_table(
        "reading_memory",
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("reader", sa.String(100), nullable=False),
        sa.Column("reading", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("content", "reader"),
    )
