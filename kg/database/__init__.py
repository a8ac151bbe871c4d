"""The relational database: accounts, sessions, tokens, drafts and the review queue; never anything of the graph.

SQLite in the data folder by default, PostgreSQL by address. Each part of the library declares its own tables on
`Table` and moves them by a migration of its own; `Database` opens the database and brings it to the newest one.
Source: architecture.md, decision 6.
"""

from kg.database.opening import Database, open_database
from kg.database.table import Table, new_id, now

__all__ = ["Database", "Table", "new_id", "now", "open_database"]
