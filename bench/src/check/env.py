import os
import sys

from alembic import context
from sqlalchemy import create_engine

sys.path.insert(0, os.path.dirname(__file__))
from models import metadata  # noqa: E402

with create_engine(os.environ["CHECK_URL"]).connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_server_default=os.environ["CHECK_DEFAULTS"] == "yes",
        # The database is servicekit's, which keeps a journal in it.
        include_name=lambda name, kind, parents: name != "alembic_journal",
    )
    with context.begin_transaction():
        context.run_migrations()
