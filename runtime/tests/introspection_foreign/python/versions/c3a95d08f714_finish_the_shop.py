"""finish the shop"""
import sqlalchemy as sa
from alembic import op

revision = "c3a95d08f714"
down_revision = "8e02f6a1b5c7"
branch_labels = None
depends_on = None


def upgrade():
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":
        with op.get_context().autocommit_block():
            op.execute("ALTER TYPE level ADD VALUE 'gone' AFTER 'new'")
        op.create_table_comment("sale", "what was sold")
        op.alter_column("sale", "total", comment="with tax")
        op.create_exclude_constraint("once", "customer", ("email", "="), using="btree", deferrable=True)
        op.create_foreign_key("referred_too", "customer", "customer", ["referred_by"], ["id"], deferrable=True, initially="DEFERRED")
    elif dialect == "mysql":
        op.create_table_comment("sale", "what was sold")
        op.alter_column("sale", "total", existing_type=sa.Numeric(8, 2), comment="with tax")
        op.execute("ALTER TABLE customer MODIFY level ENUM('new', 'gone', 'old') DEFAULT 'old'")
    with op.batch_alter_table("customer") as batch:
        batch.alter_column("note", existing_type=sa.String(300), nullable=True, server_default=None, existing_server_default="it's")
    op.execute("INSERT INTO customer (email) VALUES ('a@example.com')")
    op.bulk_insert(sa.table("sale", sa.column("id", sa.Integer), sa.column("customer", sa.Integer), sa.column("total", sa.Numeric)), [{"id": 7, "customer": 1, "total": 5}])
