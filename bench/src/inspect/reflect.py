"""Reads the schema of a database with SQLAlchemy; prints the time in nanoseconds, how much there was, and how many
statements that took.

`reflect URL`: `MetaData.reflect()`. `inspector URL`: the lists that it is made from, without objects of tables.
"""

import sys
import time

from sqlalchemy import CheckConstraint, DefaultClause, ForeignKeyConstraint, MetaData, UniqueConstraint, create_engine, event, inspect


def reflect(connection):
    metadata = MetaData()
    metadata.reflect(bind=connection)
    return metadata


def inspector(connection):
    lists = inspect(connection)
    return {
        "columns": lists.get_multi_columns(),
        "primary keys": lists.get_multi_pk_constraint(),
        "foreign keys": lists.get_multi_foreign_keys(),
        "indexes": lists.get_multi_indexes(),
        "unique": lists.get_multi_unique_constraints(),
        "checks": lists.get_multi_check_constraints(),
        "comments": lists.get_multi_table_comment() if connection.dialect.supports_comments else {},
    }


def of_metadata(metadata):
    """A unique key of MySQL is an index, and only that."""
    tables = metadata.tables.values()
    columns = [column for table in tables for column in table.columns]
    constraints = [constraint for table in tables for constraint in table.constraints]
    indexes = [index for table in tables for index in table.indexes]
    plain = [index for index in indexes if not index.unique]
    kind = lambda wanted: sum(isinstance(constraint, wanted) for constraint in constraints)
    return {
        "tables": len(tables),
        "columns": len(columns),
        "nullable": sum(column.nullable for column in columns),
        "defaults": sum(isinstance(column.server_default, DefaultClause) for column in columns),
        "primary keys": sum(bool(table.primary_key.columns) for table in tables),
        "foreign keys": kind(ForeignKeyConstraint),
        "unique": kind(UniqueConstraint) + len(indexes) - len(plain),
        "checks": kind(CheckConstraint),
        "indexes": len(plain),
        "indexed": sum(len(index.columns) for index in plain),
    }


def of_lists(lists):
    """An index of a unique constraint is listed twice."""
    every = lambda kind: [each for of_table in lists[kind].values() for each in of_table]
    indexes = [index for index in every("indexes") if not index["unique"]]
    return {
        "tables": len(lists["columns"]),
        "columns": len(every("columns")),
        "nullable": sum(column["nullable"] for column in every("columns")),
        "defaults": sum(column["default"] is not None for column in every("columns")),
        "primary keys": sum(bool(key["constrained_columns"]) for key in lists["primary keys"].values()),
        "foreign keys": len(every("foreign keys")),
        "unique": len(every("unique")),
        "checks": len(every("checks")),
        "indexes": len(indexes),
        "indexed": sum(len(index["column_names"]) for index in indexes),
    }


read, count = {"reflect": (reflect, of_metadata), "inspector": (inspector, of_lists)}[sys.argv[1]]
statements = []
with create_engine(sys.argv[2]).connect() as connection:
    event.listen(connection, "before_cursor_execute", lambda *_: statements.append(None))
    start = time.perf_counter_ns()
    found = read(connection)
    print(time.perf_counter_ns() - start)
print(", ".join(f"{number} {name}" for name, number in count(found).items()))
print(len(statements))
