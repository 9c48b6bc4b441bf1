"""change the shop"""
import sqlalchemy as sa
from alembic import op

revision = "8e02f6a1b5c7"
down_revision = "4b1d7c90e2a3"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("customer") as batch:
        batch.add_column(sa.Column("note", sa.String(300), nullable=False, server_default="it's"))
        batch.add_column(sa.Column("referred_by", sa.Integer))
        batch.alter_column("mail", new_column_name="email", existing_type=sa.String(100), type_=sa.String(254), existing_nullable=False)
        batch.alter_column("points", existing_type=sa.Integer, type_=sa.BigInteger, existing_server_default="0", server_default="10")
        batch.drop_constraint("points_are_positive", type_="check")
        batch.create_check_constraint("points_are_few", "points BETWEEN 0 AND 1000000")
        batch.create_foreign_key("referred", "customer", ["referred_by"], ["id"], ondelete="SET NULL")
        batch.drop_index("ix_customer_lower")
        batch.drop_column("fax")
    op.rename_table("purchase", "sale")
    with op.batch_alter_table("sale") as batch:
        batch.add_column(sa.Column("paid", sa.Boolean, server_default=sa.false(), nullable=False))
        batch.alter_column("total", existing_type=sa.Numeric(8, 2), nullable=True, existing_nullable=False)
        batch.create_unique_constraint("one_total", ["customer", "total"])
    op.create_index("ix_sale_paid", "sale", ["paid", sa.text("total DESC")])
