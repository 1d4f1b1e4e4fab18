"""Sessions know in which session of a provider they were begun, so that it can end them."""

import sqlalchemy as sa
from alembic import op

revision = "r0019"
down_revision = "r0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds a column; sessions that are there were begun in none that is known."""
    op.add_column("session", sa.Column("provider_session", sa.String(), nullable=False, server_default=sa.text("''")))
