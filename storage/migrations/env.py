"""What Alembic runs: the migrations that are missing, in the transaction that the caller has opened."""

from alembic import context
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - fills the metadata that a new migration is compared with
from storage.tables.shapes import tell_dialects

tell_dialects(SQLModel.metadata)
context.configure(connection=context.config.attributes["connection"], target_metadata=SQLModel.metadata)
context.run_migrations()
