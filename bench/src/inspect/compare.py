"""Compares a database with metadata that has some columns more, as Alembic's autogenerate does; prints the time in nanoseconds, how many
differences there were, and how many statements that took.

`all URL`: with types and defaults. `plain URL`: with Alembic's own settings, which leave defaults out.
"""

import sys
import time

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Integer, MetaData, create_engine, event

how, url = sys.argv[1:]
metadata = MetaData()
with create_engine(url).connect() as connection:
    metadata.reflect(bind=connection)
for table in sorted(metadata.tables.values(), key=lambda table: table.name)[::100]:
    table.append_column(Column("extra", Integer))
settings = {"compare_type": True, "compare_server_default": True} if how == "all" else {}
statements = []
with create_engine(url).connect() as connection:
    event.listen(connection, "before_cursor_execute", lambda *_: statements.append(None))
    start = time.perf_counter_ns()
    found = compare_metadata(MigrationContext.configure(connection, opts=settings), metadata)
    print(time.perf_counter_ns() - start)
print(f"{len(found)} differences")
print(len(statements))
