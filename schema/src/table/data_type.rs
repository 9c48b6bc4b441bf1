//! Types of columns.

use super::EnumType;
use servicekit_chain::Dialect;
use std::fmt;

/// The type of a column.
///
/// The SQL names:
///
/// | | SQLite | PostgreSQL | MySQL, MariaDB |
/// |---|---|---|---|
/// | `SmallInteger` | `SMALLINT` | `SMALLINT` | `SMALLINT` |
/// | `Integer` | `INTEGER` | `INTEGER` | `INT` |
/// | `BigInteger` | `BIGINT` | `BIGINT` | `BIGINT` |
/// | `Float` | `FLOAT` | `REAL` | `FLOAT` |
/// | `Double` | `DOUBLE` | `DOUBLE PRECISION` | `DOUBLE` |
/// | `UnsignedSmallInteger` | `INTEGER` | `INTEGER` | `SMALLINT UNSIGNED` |
/// | `UnsignedInteger` | `BIGINT` | `BIGINT` | `INT UNSIGNED` |
/// | `UnsignedBigInteger` | refused | `NUMERIC(20, 0)` | `BIGINT UNSIGNED` |
/// | `Numeric(p, s)` | `NUMERIC(p, s)` | `NUMERIC(p, s)` | `DECIMAL(p, s)` |
/// | `UnconstrainedNumeric` | `NUMERIC` | `NUMERIC` | refused |
/// | `Char(n)` | `CHAR(n)` | `CHAR(n)` | `CHAR(n)` |
/// | `Varchar(n)` | `VARCHAR(n)` | `VARCHAR(n)` | `VARCHAR(n)` |
/// | `UnconstrainedVarchar` | `VARCHAR` | `VARCHAR` | refused |
/// | `Text` | `TEXT` | `TEXT` | `LONGTEXT` |
/// | `Boolean` | `BOOLEAN` | `BOOLEAN` | `BOOLEAN` |
/// | `Date` | `DATE` | `DATE` | `DATE` |
/// | `Time` | `TIME` | `TIME` | `TIME(6)` |
/// | `Timestamp` | `TIMESTAMP` | `TIMESTAMP` | `DATETIME(6)` |
/// | `TimestampTz` | `DATETIME` | `TIMESTAMPTZ` | `DATETIME(6)`, in UTC |
/// | `Interval` | refused | `INTERVAL` | refused |
/// | `Binary` | `BLOB` | `BYTEA` | `LONGBLOB` |
/// | `Json` | `JSON TEXT` | `JSON` | `JSON` |
/// | `Jsonb` | `JSON TEXT` | `JSONB` | `JSON` |
/// | `Uuid` | `UUID BLOB` | `UUID` | `BINARY(16)` |
/// | `Ulid` | `CHAR(26)` | `CHAR(26)` | `CHAR(26)` |
/// | `Enum` | `TEXT` with a check | its name | `ENUM(…)` |
/// | `Array` | refused | `type[]` | refused |
///
/// SQLite only considers words in the name (datatype3.html, 3.1): it ignores lengths, and stores a `NUMERIC` with the
/// precision of a floating-point number. Plain `JSON` would turn the text `1.0` into the number 1, hence `JSON TEXT`.
/// A `Uuid` is 16 bytes on databases without a UUID type, as in sqlx.
///
/// A moment is a `DATETIME` on MySQL, in UTC as sqlx reads and writes it, and the default [`now`](super::now) is
/// `UTC_TIMESTAMP`. MySQL's own `TIMESTAMP` only covers 1970 to 2038 (manual, 11.2.2), and a value outside of that
/// which is bound to a statement is stored as null or as the current time without an error.
///
/// An unsigned integer is a wider signed one on databases without unsigned integers, so that every value has room.
/// Negative numbers are not refused there: add a [`check`](super::Column::check) for that.
///
/// Use [`Type::on`] for another type on one database:
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let size = Type::Integer.on(Dialect::Mysql, Type::custom("MEDIUMINT"));
/// let mut op = Operations::default();
/// op.add_column("files", Column::new("size", size));
/// assert_eq!(
///     op.sql(Dialect::Mysql).unwrap(),
///     ["ALTER TABLE `files` ADD COLUMN `size` MEDIUMINT NULL"]
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Type {
    /// 16 bits.
    SmallInteger,
    /// 32 bits.
    Integer,
    /// 64 bits.
    BigInteger,
    /// 16 bits without a sign.
    UnsignedSmallInteger,
    /// 32 bits without a sign.
    UnsignedInteger,
    /// 64 bits without a sign.
    UnsignedBigInteger,
    /// A floating-point number of 32 bits.
    Float,
    /// A floating-point number of 64 bits.
    Double,
    /// A decimal number with this many digits, and this many of them after the point.
    Numeric(u16, u16),
    /// A decimal number with as many digits as the database takes (PostgreSQL's manual, 8.1.2).
    UnconstrainedNumeric,
    /// Text of exactly this many characters, filled up with spaces (except on SQLite).
    Char(u32),
    /// Text with a maximum number of characters. It is not called `String`, because the compiler would then print
    /// `std::string::String` in every message of a crate that depends on this one.
    Varchar(u32),
    /// `VARCHAR` without a maximum: [`Text`](Self::Text) by another name.
    UnconstrainedVarchar,
    /// Text of any length.
    Text,
    /// True or false.
    Boolean,
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// A date and a time, without time zone.
    Timestamp,
    /// A date and a time, with time zone.
    TimestampTz,
    /// An interval.
    Interval,
    /// Bytes.
    Binary,
    /// JSON as text.
    Json,
    /// JSON in binary form, if the database has one.
    Jsonb,
    /// A UUID.
    Uuid,
    /// A ULID, as its 26 characters.
    Ulid,
    /// One of a list of texts.
    Enum(EnumType),
    /// An array of values of one type.
    Array(Box<Type>),
    /// A type name of the database.
    Custom(String),
    /// A time, timestamp or interval with this many digits after the second, 0 to 6; made by [`Type::precision`].
    WithPrecision {
        /// The type of time.
        base: Box<Type>,
        /// The digits.
        digits: u8,
    },
    /// A type that differs on some databases.
    PerDialect {
        /// The default type.
        base: Box<Type>,
        /// The types on some databases.
        variants: Vec<(Dialect, Type)>,
    },
}

impl Type {
    /// A type name of the database.
    pub fn custom(sql: impl Into<String>) -> Self {
        Self::Custom(sql.into())
    }

    /// An array of values of this type.
    #[must_use]
    pub fn array(self) -> Self {
        Self::Array(Box::new(self))
    }

    /// Stores this many digits after the second, 0 to 6, of a time, timestamp or interval; otherwise there are 6.
    ///
    /// SQLite stores what it is given.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.add_column("users", Column::new("seen_at", Type::Timestamp.precision(0)));
    /// assert_eq!(
    ///     op.sql(Dialect::Postgres).unwrap(),
    ///     [r#"ALTER TABLE "users" ADD COLUMN "seen_at" TIMESTAMP(0)"#]
    /// );
    /// ```
    #[must_use]
    pub fn precision(self, digits: u8) -> Self {
        match self {
            Self::PerDialect { base, variants } => {
                Self::PerDialect { base: Box::new(base.precision(digits)), variants }
            }
            Self::WithPrecision { base, .. } => Self::WithPrecision { base, digits },
            base => Self::WithPrecision { base: Box::new(base), digits },
        }
    }

    /// Uses another type on this database.
    #[must_use]
    pub fn on(self, dialect: Dialect, other: Self) -> Self {
        match self {
            Self::PerDialect { base, mut variants } => {
                variants.retain(|(known, _)| *known != dialect);
                variants.push((dialect, other));
                Self::PerDialect { base, variants }
            }
            base => Self::PerDialect { base: Box::new(base), variants: vec![(dialect, other)] },
        }
    }

    /// The type on this database, never a [`Type::PerDialect`] itself unless one is inside another.
    ///
    /// ```
    /// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
    /// use servicekit::{Dialect, schema::Type};
    /// let size = Type::BigInteger.on(Dialect::Mysql, Type::custom("MEDIUMINT"));
    /// assert_eq!(size.for_dialect(Dialect::Sqlite), &Type::BigInteger);
    /// ```
    pub fn for_dialect(&self, dialect: Dialect) -> &Self {
        match self {
            Self::PerDialect { base, variants } => {
                let variant =
                    variants.iter().find(|(known, _)| *known == dialect).map(|(_, variant)| variant);
                variant.unwrap_or(base).for_dialect(dialect)
            }
            plain => plain,
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::SmallInteger => "small integer",
            Self::Integer => "integer",
            Self::BigInteger => "big integer",
            Self::UnsignedSmallInteger => "unsigned small integer",
            Self::UnsignedInteger => "unsigned integer",
            Self::UnsignedBigInteger => "unsigned big integer",
            Self::Float => "float",
            Self::Double => "double",
            Self::Numeric(precision, scale) => return write!(f, "numeric({precision}, {scale})"),
            Self::UnconstrainedNumeric => "unconstrained numeric",
            Self::Char(length) => return write!(f, "char({length})"),
            Self::Varchar(length) => return write!(f, "string({length})"),
            Self::UnconstrainedVarchar => "unconstrained string",
            Self::Text => "text",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Time => "time",
            Self::Timestamp => "timestamp",
            Self::TimestampTz => "timestamp with time zone",
            Self::Interval => "interval",
            Self::Binary => "binary",
            Self::Json => "json",
            Self::Jsonb => "jsonb",
            Self::Uuid => "uuid",
            Self::Ulid => "ulid",
            Self::Enum(of) => return write!(f, "enum {}", of.name),
            Self::Array(element) => return write!(f, "array of {element}"),
            Self::Custom(sql) => sql,
            Self::WithPrecision { base, digits } => return write!(f, "{base} with precision {digits}"),
            Self::PerDialect { base, .. } => return base.fmt(f),
        };
        f.write_str(name)
    }
}
