"""Which pair of keys an address is sealed to; none: what is there already, and where no pair is set."""

import sqlalchemy as sa
from alembic import op

revision = "r0015"
down_revision = "r0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds a column to two tables."""
    op.add_column("contact", sa.Column("pair", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("pair", sa.String(), nullable=True))
