"""An office's list of what waits for it lies in an index of that alone, not among all that it ever held."""

import sqlalchemy as sa
from alembic import op

revision = "r0020"
down_revision = "r0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds an index."""
    waiting = sa.text("waits IS NOT NULL")
    columns = ["agency", "due", "number", "status", "holder", "category", "area", "waits", "channel", "open"]
    op.create_index("held_waiting_in_order", "held", columns, sqlite_where=waiting, postgresql_where=waiting)
