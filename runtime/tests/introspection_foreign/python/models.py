"""A publisher's catalogue as models of SQLAlchemy; run with the URL of a database, it makes their tables."""
import enum
import sys
import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Optional

from sqlalchemy import (
    ARRAY, JSON, BigInteger, Boolean, CheckConstraint, Column, Computed, Date, DateTime, Double, Enum, Float, ForeignKey,
    ForeignKeyConstraint, Identity, Index, Integer, Interval, LargeBinary, MetaData, Numeric, PrimaryKeyConstraint, Sequence,
    SmallInteger, String, Table, Text, Time, Unicode, UniqueConstraint, Uuid, create_engine, func, text,
)
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.schema import CreateSchema

url = sys.argv[1]
backend = make_url(url).get_backend_name()
is_postgres, is_mysql, is_sqlite = (backend == name for name in ("postgresql", "mysql", "sqlite"))
engine = create_engine(url)
with engine.connect() as connection:
    version = connection.dialect.server_version_info


class Base(DeclarativeBase):
    """With the naming convention of Alembic's documentation."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Genre(enum.Enum):
    novel = "n"
    poetry = "p"
    it_s = "i"


class Stamped:
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    updated_at: Mapped[Optional[datetime]] = mapped_column(
        DateTime, server_default=text("CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP") if is_mysql else func.current_timestamp()
    )


author_of_book = Table(
    "author_of_book",
    Base.metadata,
    Column("author_id", ForeignKey("author.id", ondelete="CASCADE"), primary_key=True),
    Column("book_id", ForeignKey("book.id", ondelete="CASCADE", onupdate="CASCADE"), primary_key=True, index=True),
    Column("position", SmallInteger, server_default="1", nullable=False),
    comment="who wrote what",
)


class Publisher(Stamped, Base):
    __tablename__ = "publisher"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True, comment="as it is printed")
    # The two tables refer to each other.
    first_book_id: Mapped[Optional[int]] = mapped_column(
        ForeignKey("book.id", name="fk_publisher_first_book", use_alter=True, ondelete="SET NULL")
    )
    parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("publisher.id"))
    children: Mapped[list["Publisher"]] = relationship()


class Author(Stamped, Base):
    __tablename__ = "author"
    __table_args__ = (
        UniqueConstraint("first_name", "last_name", "born"),
        Index("ix_author_name", "last_name", "first_name"),
        Index("ix_author_lower", text("lower(last_name)")) if not is_mysql else Index("ix_author_born", "born"),
        {"comment": "people, it's \"them\" \\ 100 %"},
    )
    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    first_name: Mapped[str] = mapped_column(Unicode(40), server_default="")
    last_name: Mapped[str] = mapped_column(String(40))
    born: Mapped[Optional[date]]
    website: Mapped[Optional[str]] = mapped_column(Text)
    portrait: Mapped[Optional[bytes]] = mapped_column(LargeBinary)
    settings: Mapped[Optional[dict]] = mapped_column(JSON)


class Book(Base):
    __tablename__ = "book"
    __table_args__ = (
        CheckConstraint("pages > 0 AND pages < 10000", name="pages"),
        CheckConstraint("title <> 'it''s (none)'", name="title_is_known"),
        UniqueConstraint("publisher_id", "number", name="number_of_publisher"),
        Index("ix_book_long", "title", postgresql_where=text("pages > 500"), sqlite_where=text("pages > 500"), mysql_length=20),
    )
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), Identity(always=True, start=100), primary_key=True)
    publisher_id: Mapped[int] = mapped_column(ForeignKey("publisher.id", ondelete="RESTRICT"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200), index=True)
    genre: Mapped[Genre] = mapped_column(Enum(Genre, name="genre"), server_default="novel")
    state: Mapped[str] = mapped_column(
        Enum("draft", "printed", name="state", native_enum=False, create_constraint=True, length=20), server_default="draft"
    )
    pages: Mapped[int] = mapped_column(server_default=text("1"))
    price: Mapped[Decimal] = mapped_column(Numeric(10, 2), server_default=text("'9.90'"))
    weight: Mapped[float] = mapped_column(Float)
    exact: Mapped[float] = mapped_column(Double, server_default=text("0.5"))
    is_new: Mapped[bool] = mapped_column(Boolean(create_constraint=True, name="is_new"), server_default=text("true"))
    published_on: Mapped[Optional[date]] = mapped_column(Date, server_default=text("(CURRENT_DATE)") if is_mysql else func.current_date())
    opens_at: Mapped[Optional[time]] = mapped_column(Time)
    lent_for: Mapped[Optional[timedelta]] = mapped_column(Interval)
    gross: Mapped[Decimal] = mapped_column(Numeric(12, 2), Computed("price * 1.07", persisted=True))


class Lending(Base):
    __tablename__ = "lending"
    __table_args__ = (
        PrimaryKeyConstraint("publisher_id", "number", "day", name="lendings"),
        ForeignKeyConstraint(
            ["publisher_id", "number"], ["book.publisher_id", "book.number"], name="fk_lending_book", ondelete="CASCADE",
            deferrable=None if is_mysql else True, initially=None if is_mysql else "DEFERRED",
        ),
    )
    publisher_id: Mapped[int]
    number: Mapped[int]
    day: Mapped[date]
    note: Mapped[Optional[str]] = mapped_column(String(100, collation={"postgresql": "C", "mysql": "utf8mb4_bin", "sqlite": "NOCASE"}[backend]))


class Order(Base):
    __tablename__ = "order"
    __table_args__ = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_row_format": "DYNAMIC", "sqlite_autoincrement": True}
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    select: Mapped[Optional[str]] = mapped_column("select", String(10), index=True)
    Mixed: Mapped[Optional[str]] = mapped_column("Mixed Case", String(10), unique=True)


if is_postgres:
    mood = postgresql.ENUM("sad", "it's fine", name="mood", schema="shop")
    Table(
        "everything", Base.metadata,
        Column("id", Integer, Sequence("everything_numbers", start=5, increment=2), primary_key=True, server_default=Sequence("everything_numbers").next_value()),
        Column("tags", ARRAY(Text), server_default="{}"),
        Column("numbers", postgresql.ARRAY(Integer, dimensions=2)),
        Column("document", postgresql.JSONB, server_default=text("'{}'::jsonb")),
        Column("words", postgresql.TSVECTOR, Computed("to_tsvector('english', coalesce(body, ''))", persisted=True)),
        Column("body", Text),
        Column("address", postgresql.INET),
        Column("span", postgresql.INT4RANGE),
        Column("length", postgresql.INTERVAL(fields="DAY TO SECOND", precision=3)),
        Column("at", postgresql.TIMESTAMP(timezone=True, precision=3)),
        Column("code", postgresql.BIT(4)),
        Column("mood", mood, server_default="sad"),
        Column("key", postgresql.UUID, server_default=text("md5(random()::text)::uuid")),
        Column("price", postgresql.MONEY),
        postgresql.ExcludeConstraint(("span", "&&"), name="no_overlap", using="gist"),
        UniqueConstraint("body", name="body_once", postgresql_nulls_not_distinct=True if version >= (15,) else None, deferrable=True),
        Index("ix_everything_words", "words", postgresql_using="gin"),
        Index("ix_everything_document", "document", postgresql_using="gin", postgresql_ops={"document": "jsonb_path_ops"}),
        Index("ix_everything_body", text("body DESC NULLS LAST"), postgresql_include=["address"], postgresql_with={"fillfactor": 70}),
        comment="it's",
    )
    Table(
        "account", Base.metadata,
        Column("id", BigInteger, Identity(start=10, increment=5, minvalue=10, maxvalue=1000, cycle=True, cache=4), primary_key=True),
        Column("book_id", ForeignKey("book.id")),
        Column("other", ForeignKey("shop.account.id", match="FULL")),
        Column("small", SmallInteger, autoincrement=True),
        schema="shop", comment="in another schema", postgresql_with={"fillfactor": 60},
    )
    Index("ix_account_pattern", text("(small::text) text_pattern_ops"), _table=Base.metadata.tables["shop.account"])
elif is_mysql:
    Table(
        "everything", Base.metadata,
        Column("id", mysql.BIGINT(unsigned=True), primary_key=True, autoincrement=True),
        Column("tiny", mysql.TINYINT(unsigned=True), server_default="3"),
        Column("flag", mysql.TINYINT(1)),
        Column("medium", mysql.MEDIUMINT(display_width=9, zerofill=True, unsigned=True)),
        Column("long", mysql.LONGTEXT),
        Column("words", mysql.MEDIUMTEXT(charset="latin1")),
        Column("kinds", mysql.SET("a", "b c", "it's")),
        Column("kind", mysql.ENUM("x", "it's", charset="utf8mb4", collation="utf8mb4_bin"), server_default="it's"),
        Column("at", mysql.DATETIME(fsp=6), server_default=text("CURRENT_TIMESTAMP(6)")),
        Column("stamp", mysql.TIMESTAMP(fsp=3), nullable=True),
        Column("year", mysql.YEAR),
        Column("bits", mysql.BIT(5), server_default=text("b'101'")),
        Column("digest", mysql.BINARY(32)),
        Column("raw", mysql.VARBINARY(200)),
        Column("picture", mysql.MEDIUMBLOB),
        Column("document", mysql.JSON),
        Column("virtual", Integer, Computed("tiny + 1", persisted=False)),
        Column("exact", mysql.DOUBLE(asdecimal=True, precision=12, scale=3)),
        Index("ix_everything_words", "words", mysql_prefix="FULLTEXT"),
        Index("ix_everything_raw", "raw", mysql_length=8),
        Index("ix_everything_hash", "tiny", "flag", mysql_using="hash"),
        comment="it's",
        mysql_comment="it's", mysql_collate="utf8mb4_unicode_ci", mysql_row_format="COMPRESSED", mysql_key_block_size="8",
    )
else:
    Table(
        "everything", Base.metadata,
        Column("id", String(10), primary_key=True),
        Column("virtual", Integer, Computed("length(id)", persisted=False)),
        Column("stored", Integer, Computed("length(id) * 2", persisted=True)),
        Column("strict", Text, nullable=False, sqlite_on_conflict_not_null="FAIL"),
        Column("unique", Text, unique=True, sqlite_on_conflict_unique="IGNORE"),
        Column("at", DateTime, server_default=text("(datetime('now', '+1 day'))")),
        Column("raw", LargeBinary, server_default=text("x'00ff'")),
        Column("real", Float, server_default=text("1e3")),
        UniqueConstraint("strict", "at", sqlite_on_conflict="REPLACE"),
        Index("ix_everything_partial", "strict", unique=True, sqlite_where=text("at IS NOT NULL")),
        sqlite_with_rowid=False,
    )


class Plain(DeclarativeBase):
    """Without a naming convention: the database gives the names."""


class Person(Plain):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(120), unique=True)
    age: Mapped[int] = mapped_column(Integer, CheckConstraint("age >= 0"))
    boss_id: Mapped[Optional[int]] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    team_id: Mapped[Optional[int]] = mapped_column(ForeignKey("team.id", use_alter=not is_sqlite, name=None if is_sqlite else "leads_a_team"))
    __table_args__ = (CheckConstraint("age < 200 OR email IS NULL"), UniqueConstraint("boss_id", "team_id"))


class Team(Plain):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


with engine.begin() as connection:
    if is_postgres:
        connection.execute(CreateSchema("shop"))
    Base.metadata.create_all(connection)
    Plain.metadata.create_all(connection)
