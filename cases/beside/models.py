"""The tables of `runtime/tests/beside/models.rs`, for SQLAlchemy.

`metadata(dialect)` has them as they are, `metadata(dialect, change)` with one of the `CHANGES`; what it changes is at its place,
in `either`.
"""

import sqlalchemy as sa
from sqlalchemy.dialects import mysql, postgresql

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
EVERYWHERE = ["sqlite", "postgresql", "mysql"]
# Which databases have the change.
CHANGES = {
    "a table is renamed": EVERYWHERE,
    "a column is renamed": EVERYWHERE,
    "the primary key has other columns": EVERYWHERE,
    "a native enum gets a value": ["postgresql", "mysql"],
    "an enum stored as text gets a value": EVERYWHERE,
    "a check says something else": EVERYWHERE,
    "a check comes": EVERYWHERE,
    "a check goes": EVERYWHERE,
    "an exclusion constraint comes": ["postgresql"],
    "a default is another one": EVERYWHERE,
    "a column is computed in another way": EVERYWHERE,
    "a column is no longer numbered": EVERYWHERE,
    "a collation is another one": EVERYWHERE,
    "a length is no longer limited": ["postgresql"],
    "a number has any digits": ["postgresql"],
    "a time has fewer digits": ["postgresql", "mysql"],
    "a time gets a time zone": ["postgresql"],
    "a number is unsigned": ["mysql"],
    "a foreign key matches fully": ["postgresql"],
    "an index has another filter": ["sqlite", "postgresql"],
    "an index has another expression": ["postgresql"],
    "an index has another direction": EVERYWHERE,
    "an index has another method": ["postgresql"],
    "an index includes a column": ["postgresql"],
    "an index has another operator class": ["postgresql"],
}


def metadata(dialect, change=None):
    if change is not None and dialect not in CHANGES[change]:
        raise ValueError(f"{dialect} has no such change: {change}")
    metadata = sa.MetaData(naming_convention=NAMING)
    Shop(metadata, dialect, change).tables()
    return metadata


class Shop:
    def __init__(self, metadata, dialect, change):
        self.metadata, self.dialect, self.change = metadata, dialect, change

    def either(self, change, before, after):
        return after if change == self.change else before

    def on(self, **by_dialect):
        """What one of the databases has, or nothing."""
        return by_dialect.get(self.dialect)

    def table(self, name, *items, **options):
        items = [item for item in items if item is not None]
        sa.Table(name, self.metadata, *items, **options)

    def number(self, type_=sa.BigInteger, is_numbered=True):
        """A key that the database counts."""
        return sa.Column(
            "id",
            type_().with_variant(sa.Integer(), "sqlite"),
            *([sa.Identity()] if is_numbered and self.dialect == "postgresql" else []),
            primary_key=True,
            autoincrement=is_numbered,
        )

    def instant(self):
        return sa.DateTime().with_variant(mysql.DATETIME(fsp=6), "mysql").with_variant(sa.TIMESTAMP(), "sqlite")

    def tables(self):
        self.people()
        self.goods()
        self.sales()
        if self.dialect != "mysql":
            self.coupons()

    def people(self):
        either = self.either
        self.table(
            "countries",
            sa.Column("code", sa.CHAR(2), primary_key=True),
            sa.Column("name", sa.String(either("a length is no longer limited", 100, None)), nullable=False, unique=True),
        )
        now = sa.text("CURRENT_TIMESTAMP(6)" if self.dialect == "mysql" else "CURRENT_TIMESTAMP")
        self.table(
            "customers",
            self.number(),
            sa.Column("email", sa.String(254), nullable=False, unique=True, comment="as it was typed"),
            sa.Column("name", sa.String(100), nullable=False, server_default=sa.text("'it''s new'")),
            sa.Column("country", sa.CHAR(2), sa.ForeignKey("countries.code", onupdate="CASCADE")),
            sa.Column("invited_by", sa.BigInteger, sa.ForeignKey("customers.id", ondelete="SET NULL"), index=True),
            sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
            sa.Column("credit", sa.Numeric(12, 2), nullable=False, server_default=sa.text("0")),
            sa.Column("created_at", self.instant(), nullable=False, server_default=now),
            sa.CheckConstraint("credit >= 0", name="credit"),
            comment="who may order",
            sqlite_autoincrement=True,
        )
        street = either("a column is renamed", "street", "line")
        self.table(
            "addresses",
            self.number(),
            sa.Column("customer_id", sa.BigInteger, sa.ForeignKey("customers.id", ondelete="CASCADE"), nullable=False, index=True),
            sa.Column(street, sa.String(200), nullable=False),
            sa.Column("city", sa.String(100), nullable=False),
            sa.Index(
                "ix_addresses_city_street",
                "city",
                street,
                postgresql_include=either("an index includes a column", [], ["customer_id"]),
                postgresql_ops=either("an index has another operator class", {}, {"city": "varchar_pattern_ops"}),
            ),
            sqlite_autoincrement=True,
        )

    def goods(self):
        either = self.either
        is_numbered = either("a column is no longer numbered", True, False)
        self.table(
            "categories",
            self.number(sa.Integer, is_numbered),
            sa.Column("parent_id", sa.Integer, sa.ForeignKey("categories.id", ondelete="RESTRICT")),
            sa.Column("name", sa.String(60), nullable=False),
            sa.Column("position", sa.SmallInteger, nullable=False, server_default=sa.text("0")),
            sa.UniqueConstraint("parent_id", "name"),
            sqlite_autoincrement=is_numbered,
        )
        self.table(
            "products",
            self.number(),
            sa.Column("sku", sa.String(40), nullable=False, unique=True),
            sa.Column("category_id", sa.Integer, sa.ForeignKey("categories.id"), nullable=False),
            price := sa.Column("price", sa.Numeric(10, 2), nullable=False),
            sa.Column("weight", sa.Double),
            sa.Column("description", sa.Text().with_variant(mysql.LONGTEXT(), "mysql")),
            sa.Column("released_on", sa.Date),
            sa.Column("attributes", postgresql.JSONB() if self.dialect == "postgresql" else sa.JSON(), nullable=False),
            sa.CheckConstraint("price >= 0", name="price"),
            sa.Index("ix_products_category_id_price", "category_id", price.desc()),
            sqlite_autoincrement=True,
        )
        is_key = either("the primary key has other columns", True, False)
        digits = either("a number has any digits", (18, 6), ())
        self.table(
            "prices",
            sa.Column("product_id", sa.BigInteger, sa.ForeignKey("products.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
            sa.Column("currency", sa.CHAR(3), nullable=False, primary_key=is_key),
            sa.Column("valid_from", sa.Date, primary_key=True),
            sa.Column("amount", sa.Numeric(*digits), nullable=False),
        )
        digits = either("a time has fewer digits", 6, 3)
        clock = sa.Time().with_variant(mysql.TIME(fsp=digits), "mysql")
        if digits == 3:
            clock = clock.with_variant(postgresql.TIME(precision=3), "postgresql")
        key = sa.Uuid().with_variant(sa.BINARY(16), "mysql").with_variant(sa.LargeBinary(), "sqlite")
        self.table(
            "warehouses",
            sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("name", sa.String(60), nullable=False),
            sa.Column("opens_at", clock, nullable=False),
            sa.Column("key", key, nullable=False),
            sa.Index("ix_warehouses_key", "key", postgresql_using=either("an index has another method", "", "hash")),
            either("a check comes", None, sa.CheckConstraint("id > 0", name="id")),
        )
        integer = either("a number is unsigned", sa.Integer(), mysql.INTEGER(unsigned=True))
        self.table(
            "stock",
            sa.Column("warehouse_id", sa.Integer, sa.ForeignKey("warehouses.id"), primary_key=True, autoincrement=False),
            sa.Column("product_id", sa.BigInteger, sa.ForeignKey("products.id"), primary_key=True, autoincrement=False),
            sa.Column("quantity", integer, nullable=False, server_default=sa.text(either("a default is another one", "0", "1"))),
            sa.Column(
                "missing",
                sa.Integer,
                sa.Computed(either("a column is computed in another way", "10 - quantity", "20 - quantity"), persisted=True),
            ),
            sa.CheckConstraint(either("a check says something else", "quantity >= 0", "quantity > 0"), name="quantity"),
        )
        collation = self.on(sqlite="NOCASE", postgresql="C", mysql="utf8mb4_bin")
        tag = sa.Column("tag", sa.String(40, collation=either("a collation is another one", None, collation)), primary_key=True)
        self.table(
            either("a table is renamed", "product_tags", "labels"),
            sa.Column("product_id", sa.BigInteger, sa.ForeignKey("products.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
            tag,
            sa.Index("ix_product_tags_tag", either("an index has another direction", tag, tag.desc())),
        )

    def sales(self):
        either = self.either
        # SQLite has no enums, and gets a check, as servicekit makes one.
        states = ["new", "paid", "shipped"] + either("a native enum gets a value", [], ["lost"])
        is_native = self.dialect != "sqlite"
        state = sa.Enum(*states, name="order_state") if is_native else sa.Text()
        of_state = None if is_native else sa.CheckConstraint("state IN ('new', 'paid', 'shipped')", name="state")
        self.table(
            "orders",
            sa.Column("year", sa.SmallInteger, primary_key=True, autoincrement=False),
            sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("customer_id", sa.BigInteger, sa.ForeignKey("customers.id"), nullable=False),
            sa.Column("state", state, nullable=False, server_default="new"),
            placed_at := sa.Column("placed_at", sa.DateTime(timezone=True).with_variant(mysql.DATETIME(fsp=6), "mysql"), nullable=False),
            sa.Column("total", sa.Numeric(12, 2), nullable=False, server_default=sa.text("0")),
            of_state,
            sa.Index("ix_orders_customer_id_placed_at", "customer_id", placed_at.desc()),
        )
        self.table(
            "order_lines",
            sa.Column("year", sa.SmallInteger, primary_key=True, autoincrement=False),
            sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("position", sa.SmallInteger, primary_key=True, autoincrement=False),
            sa.Column("product_id", sa.BigInteger, sa.ForeignKey("products.id"), nullable=False),
            sa.Column("amount", sa.Integer, nullable=False),
            sa.UniqueConstraint("year", "number", "product_id"),
            sa.ForeignKeyConstraint(["year", "number"], ["orders.year", "orders.number"], ondelete="CASCADE", onupdate="CASCADE"),
            either("a check goes", sa.CheckConstraint("amount > 0", name="amount"), None),
        )
        methods = ["card", "invoice"] + either("an enum stored as text gets a value", [], ["cash"])
        self.table(
            "payments",
            self.number(),
            sa.Column("year", sa.SmallInteger, nullable=False),
            sa.Column("number", sa.Integer, nullable=False),
            sa.Column("method", sa.Enum(*methods, name="method", native_enum=False, length=10, create_constraint=True), nullable=False),
            sa.Column("amount", sa.Numeric(12, 2), nullable=False),
            sa.Column("receipt", sa.LargeBinary().with_variant(mysql.LONGBLOB(), "mysql")),
            sa.ForeignKeyConstraint(
                ["year", "number"], ["orders.year", "orders.number"], match=either("a foreign key matches fully", None, "FULL")
            ),
            sqlite_autoincrement=True,
        )

    def coupons(self):
        """With indexes that MariaDB has not."""
        either = self.either
        code = sa.Column("code", sa.String(20), nullable=False)
        filter_ = sa.text(either("an index has another filter", "used_at IS NULL", "used_at IS NOT NULL"))
        function = either("an index has another expression", sa.func.lower, sa.func.upper)
        exclusion = either(
            "an exclusion constraint comes", None, postgresql.ExcludeConstraint(("code", "="), using="btree", name="ex_coupons_code")
        )
        used_at = either("a time gets a time zone", self.instant(), sa.DateTime(timezone=True))
        self.table(
            "coupons",
            sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
            code,
            sa.Column("customer_id", sa.BigInteger, sa.ForeignKey("customers.id"), nullable=False),
            sa.Column("used_at", used_at),
            sa.Index("ix_coupons_open", "customer_id", unique=True, postgresql_where=filter_, sqlite_where=filter_),
            sa.Index("ix_coupons_code", function(code), unique=True),
            exclusion,
        )
