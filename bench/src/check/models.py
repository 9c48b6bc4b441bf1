"""The tables of the models in `models/library.rs`, for SQLAlchemy."""

import os

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = sa.MetaData(naming_convention=NAMING)
# As the database tells it: Alembic compares the texts.
TRUE = {"sqlite": "TRUE", "postgresql": "true", "mysql": "1"}[sa.make_url(os.environ["CHECK_URL"]).get_backend_name()]


def table(number):
    text = sa.Text().with_variant(mysql.LONGTEXT(), "mysql")
    owner = f"item{max(number - 1, 0)}s"
    sa.Table(
        f"item{number}s",
        metadata,
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("owner_id", sa.BigInteger, sa.ForeignKey(f"{owner}.id", ondelete="CASCADE"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("name", sa.String(50), nullable=False, unique=True),
        sa.Column("country", sa.String(2), server_default="NO"),
        amount := sa.Column("amount", sa.BigInteger, sa.CheckConstraint("amount >= 0", name="amount"), nullable=False, server_default=sa.text("0")),
        sa.Column("active", sa.Boolean, nullable=False, server_default=sa.text(TRUE)),
        sa.Column("email", sa.String(254), nullable=False, index=True),
        sa.Column("share", sa.Double, nullable=False),
        sa.Column("picture", sa.LargeBinary().with_variant(mysql.LONGBLOB(), "mysql")),
        sa.Column("label", text, nullable=False, comment="what is printed"),
        sa.Column("note", text),
        sa.UniqueConstraint("owner_id", "number"),
        sa.Index(f"ix_item{number}s_owner_id_amount", "owner_id", amount.desc()),
    )


for number in range(int(os.environ["CHECK_MODELS"])):
    table(number)
