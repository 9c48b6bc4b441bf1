//! Values for defaults, rows and parameters.

/// An SQL expression in place of a value or a column; created by [`sql`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression(pub(crate) String);

/// An expression in SQL, which the database computes.
///
/// The text is used unchanged, so never include external input.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let mut op = Operations::default();
/// op.update("users").set("name", sql("upper(name)"));
/// assert_eq!(op.sql(Dialect::Postgres).unwrap(), [r#"UPDATE "users" SET "name" = upper(name)"#]);
/// ```
pub fn sql(text: impl Into<String>) -> Expression {
    Expression(text.into())
}

/// The current time: of the transaction on PostgreSQL, of the statement elsewhere.
///
/// On MySQL it is in UTC as the default of a [`timestamp_tz`](super::timestamp_tz), and otherwise in the time zone of
/// the session, also in a row that a revision writes: use `sql("UTC_TIMESTAMP(6)")` for a moment there.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let mut op = Operations::default();
/// op.add_column("users", timestamp("seen_at").default(now()));
/// assert_eq!(
///     op.sql(Dialect::Mysql).unwrap(),
///     ["ALTER TABLE `users` ADD COLUMN `seen_at` DATETIME(6) NULL DEFAULT CURRENT_TIMESTAMP(6)"]
/// );
/// ```
pub fn now() -> Value {
    Value::Now
}

/// A value or an expression.
///
/// Values become escaped literals of the dialect. Numbers, texts, booleans, bytes and options of them convert with
/// `into()`, which every method with a value calls.
///
/// ```
/// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
/// use servicekit::schema::Value;
/// assert_eq!(Value::from(42), Value::Integer(42));
/// assert_eq!(Value::from(None::<&str>), Value::Null);
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Value {
    /// No value.
    Null,
    /// True or false.
    Boolean(bool),
    /// An integer.
    Integer(i128),
    /// A floating-point number.
    Real(f64),
    /// Text; also dates, times, decimal numbers and other values in text form.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An SQL expression.
    Expression(String),
    /// The current time.
    Now,
}

/// Floating-point numbers are compared bit by bit, so that a list that holds NaN equals itself.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) | (Self::Now, Self::Now) => true,
            (Self::Boolean(one), Self::Boolean(other)) => one == other,
            (Self::Integer(one), Self::Integer(other)) => one == other,
            (Self::Real(one), Self::Real(other)) => one.to_bits() == other.to_bits(),
            (Self::Text(one), Self::Text(other)) | (Self::Expression(one), Self::Expression(other)) => {
                one == other
            }
            (Self::Bytes(one), Self::Bytes(other)) => one == other,
            _ => false,
        }
    }
}

impl Eq for Value {}

from! {
    Value:
    bool => |value| Self::Boolean(value);
    i8 => |value| Self::Integer(value.into());
    i16 => |value| Self::Integer(value.into());
    i32 => |value| Self::Integer(value.into());
    i64 => |value| Self::Integer(value.into());
    u8 => |value| Self::Integer(value.into());
    u16 => |value| Self::Integer(value.into());
    u32 => |value| Self::Integer(value.into());
    u64 => |value| Self::Integer(value.into());
    f32 => |value| Self::Real(value.into());
    f64 => |value| Self::Real(value);
    char => |value| Self::Text(value.to_string());
    &str => |value| Self::Text(value.to_owned());
    String => |value| Self::Text(value);
    &String => |value| Self::Text(value.clone());
    &[u8] => |value| Self::Bytes(value.to_vec());
    Vec<u8> => |value| Self::Bytes(value);
    Expression => |value| Self::Expression(value.0);
}

impl<const N: usize> From<&[u8; N]> for Value {
    fn from(value: &[u8; N]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
