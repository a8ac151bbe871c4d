"""Alembic's way in: runs the migrations on the connection that `Database.upgrade` hands over."""

from alembic import context

from kg.database.table import Table

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Table.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
