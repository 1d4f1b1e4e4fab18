"""Of a delivery that failed it is kept why, in a word."""

import sqlalchemy as sa
from alembic import op

revision = "r0022"
down_revision = "r0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds a column."""
    op.add_column("outbox", sa.Column("why", sa.String(), nullable=True))
