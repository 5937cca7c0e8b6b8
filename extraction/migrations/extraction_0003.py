"""What a page says by itself is found when somebody looks at it, not kept."""

from alembic import op

revision = "extraction_0003"
down_revision = "extraction_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("page", "found")
