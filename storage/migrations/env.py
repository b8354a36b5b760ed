"""What Alembic runs for each command; `run.py` hands it the connection."""

from alembic import context
from sqlmodel import SQLModel

from storage import tables  # noqa: F401  (declares the tables)
from storage.migrations.run import ours

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    include_object=ours,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
