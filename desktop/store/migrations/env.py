"""What Alembic runs: always on a connection handed in by `store.migrate`, inside its transaction."""

from __future__ import annotations

from alembic import context

from desktop.models.records.every import metadata
from desktop.store.migrations.columns import render

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # A step that makes tables needs no batch mode; a step that changes one in SQLite does.
    render_as_batch=context.config.attributes.get("batch", True),
    render_item=render,
    transactional_ddl=False,  # the transaction is the caller's
)
with context.begin_transaction():
    context.run_migrations()
