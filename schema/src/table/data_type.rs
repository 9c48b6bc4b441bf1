//! Types of columns.

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
/// | `Numeric(p, s)` | `NUMERIC(p, s)` | `NUMERIC(p, s)` | `DECIMAL(p, s)` |
/// | `Varchar(n)` | `VARCHAR(n)` | `VARCHAR(n)` | `VARCHAR(n)` |
/// | `Text` | `TEXT` | `TEXT` | `LONGTEXT` |
/// | `Boolean` | `BOOLEAN` | `BOOLEAN` | `BOOLEAN` |
/// | `Date` | `DATE` | `DATE` | `DATE` |
/// | `Time` | `TIME` | `TIME` | `TIME(6)` |
/// | `Timestamp` | `TIMESTAMP` | `TIMESTAMP` | `DATETIME(6)` |
/// | `TimestampTz` | `TIMESTAMPTZ` | `TIMESTAMPTZ` | `TIMESTAMP(6)` |
/// | `Interval` | refused | `INTERVAL` | refused |
/// | `Binary` | `BLOB` | `BYTEA` | `LONGBLOB` |
/// | `Json` | `JSON TEXT` | `JSON` | `JSON` |
/// | `Jsonb` | `JSON TEXT` | `JSONB` | `JSON` |
/// | `Uuid` | `UUID BLOB` | `UUID` | `BINARY(16)` |
/// | `Ulid` | `CHAR(26)` | `CHAR(26)` | `CHAR(26)` |
/// | `Array` | refused | `type[]` | refused |
///
/// SQLite only considers words in the name (datatype3.html, 3.1): it ignores lengths, and stores a `NUMERIC` with the
/// precision of a floating-point number. Plain `JSON` would turn the text `1.0` into the number 1, hence `JSON TEXT`.
/// A `Uuid` is 16 bytes on databases without a UUID type, as in sqlx. MySQL's `TIMESTAMP` covers 1970 to 2038
/// (manual, 11.2.2): use [`Type::on`] for other times.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let wide = Type::TimestampTz.on(Dialect::Mysql, Type::custom("DATETIME(6)"));
/// let mut op = Operations::default();
/// op.add_column("leases", Column::new("ends_at", wide));
/// assert_eq!(
///     op.sql(Dialect::Mysql).unwrap(),
///     ["ALTER TABLE `leases` ADD COLUMN `ends_at` DATETIME(6) NULL"]
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
    /// A floating-point number of 32 bits.
    Float,
    /// A floating-point number of 64 bits.
    Double,
    /// A decimal number with this many digits, and this many of them after the point.
    Numeric(u16, u16),
    /// Text with a maximum number of characters. It is not called `String`, because the compiler would then print
    /// `std::string::String` in every message of a crate that depends on this one.
    Varchar(u32),
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
    /// An array of values of one type.
    Array(Box<Type>),
    /// A type name of the database.
    Custom(String),
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
            Self::Float => "float",
            Self::Double => "double",
            Self::Numeric(precision, scale) => return write!(f, "numeric({precision}, {scale})"),
            Self::Varchar(length) => return write!(f, "string({length})"),
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
            Self::Array(element) => return write!(f, "array of {element}"),
            Self::Custom(sql) => sql,
            Self::PerDialect { base, .. } => return base.fmt(f),
        };
        f.write_str(name)
    }
}
