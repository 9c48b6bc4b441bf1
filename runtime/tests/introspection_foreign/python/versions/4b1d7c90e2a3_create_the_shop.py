"""create the shop"""
import sqlalchemy as sa
from alembic import op

revision = "4b1d7c90e2a3"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("mail", sa.String(100), nullable=False),
        sa.Column("level", sa.Enum("new", "old", name="level"), server_default="new"),
        sa.Column("points", sa.Integer, server_default="0"),
        sa.Column("fax", sa.String(20)),
        sa.Column("joined", sa.DateTime, server_default=sa.func.now(), nullable=False),
        sa.UniqueConstraint("mail", name="uq_customer_mail"),
        sa.CheckConstraint("points >= 0", name="points_are_positive"),
    )
    op.create_table(
        "purchase",
        sa.Column("id", sa.BigInteger, sa.Identity(), nullable=False),
        sa.Column("customer", sa.Integer, sa.ForeignKey("customer.id", name="purchase_of", ondelete="CASCADE")),
        sa.Column("total", sa.Numeric(8, 2), nullable=False),
        sa.PrimaryKeyConstraint("id", name="purchase_key"),
    )
    op.create_index("ix_purchase_customer", "purchase", ["customer"])
    op.create_index("ix_customer_lower", "customer", ["fax", "mail"], unique=True)
