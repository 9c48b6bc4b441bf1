//! Columns that are not read into their fields.

use super::rust_name::readable;
use super::witness::{Reading, is_read};
use super::{ColumnReading, Proof};
use crate::Dialect;
use crate::model::registry::Entry;
use crate::model::{Metadata, ModelPlace};
use crate::schema::{TableName, Type};
use servicekit_schema::render::type_text;
use std::fmt;

/// A column whose values sqlx does not read into the field.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mismatch {
    /// The kind of database.
    pub dialect: Dialect,
    /// The table.
    pub table: TableName,
    /// The column.
    pub column: String,
    /// The struct with the field, which may be flattened into the model.
    pub model: String,
    /// The field.
    pub field: String,
    /// The Rust type of the field.
    pub rust_type: String,
    /// What the database calls the type of the column.
    pub column_type: String,
    /// Where the model is.
    pub place: ModelPlace,
    is_never_read: bool,
    /// What the database calls the column that the Rust type makes by itself, where that is another one.
    own_type: Option<String>,
    /// A Rust type that the column is read into.
    better: Option<&'static str>,
    /// Whether the column is an enum of the database.
    is_enum: bool,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { dialect, model, field, rust_type, column_type, place, .. } = self;
        let database = dialect.select("SQLite", "PostgreSQL", "MySQL");
        if self.is_never_read {
            write!(
                f,
                "`{model}.{field}` is `{rust_type}`, and sqlx reads that from no column of {database}"
            )?;
        } else {
            write!(
                f,
                "`{model}.{field}` is `{rust_type}`, and {database}'s {column_type} is not read into that"
            )?;
        }
        write!(f, "\n  column `{}.{}` of {place}", self.table, self.column)?;
        let own =
            self.own_type.as_ref().map(|own| format!("leave `type` and the like out, which makes it {own}"));
        let better = self.better.map(|better| format!("use `{better}`"));
        let ways: Vec<String> = better.into_iter().chain(own).collect();
        match ways.as_slice() {
            [] if self.is_enum => write!(
                f,
                "\nhelp: derive `servicekit::DbEnum` with `#[db_enum(native)]` in place of `sqlx::Type`, whose enum is read only from a \
                 column that can be null"
            ),
            [] => write!(f, "\nhelp: store it as text or JSON"),
            ways => write!(f, "\nhelp: {}", ways.join(", or ")),
        }
    }
}

/// The columns whose values are not read into their fields on this kind of database, in the order of the tables.
///
/// Nothing where the kind of database is not compiled in. A type whose [`proof`](crate::ColumnType::proof) notes nothing is
/// not checked, nor is a custom type of a database that sqlx has no name for.
///
/// ```
/// use servicekit::{Dialect, Metadata, model::proof::check};
/// assert_eq!(check(&Metadata::new(), Dialect::Sqlite), []);
/// ```
pub fn check(models: &Metadata, dialect: Dialect) -> Vec<Mismatch> {
    models.sorted().iter().flat_map(|entry| of_model(entry, dialect)).collect()
}

fn of_model(entry: &Entry, dialect: Dialect) -> Vec<Mismatch> {
    let table = (entry.table)();
    let mut proof = Proof::default();
    (entry.proof)(&mut proof);
    let mismatch = |reading: &ColumnReading| {
        let column = table.columns.iter().find(|column| column.name == reading.column)?;
        let read = is_read(reading, &column.data_type, column.nullable, dialect)?;
        (read != Reading::Fits).then(|| of_column(entry, reading, &column.data_type, dialect, read))
    };
    proof.columns.iter().filter_map(mismatch).collect()
}

fn of_column(
    entry: &Entry,
    reading: &ColumnReading,
    data_type: &Type,
    dialect: Dialect,
    read: Reading,
) -> Mismatch {
    let text = |data_type: &Type| type_text(dialect, data_type).unwrap_or_else(|_| data_type.to_string());
    let column_type = text(data_type);
    let is_never_read = read == Reading::Never;
    let own = reading.own_type.map(|own_type| text(&own_type()));
    let own = own.filter(|own| *own != column_type && !is_never_read);
    Mismatch {
        dialect,
        table: entry.table_name(),
        column: reading.column.to_owned(),
        model: reading.model.to_owned(),
        field: reading.field.to_owned(),
        rust_type: readable(reading.rust),
        column_type,
        place: entry.place,
        is_never_read,
        own_type: own,
        better: better(data_type, dialect),
        is_enum: matches!(data_type.for_dialect(dialect), Type::Enum(_)),
    }
}

/// The Rust type that a column is read into on this database.
fn better(data_type: &Type, dialect: Dialect) -> Option<&'static str> {
    let rust = match data_type.for_dialect(dialect) {
        Type::SmallInteger => "i16",
        Type::UnsignedSmallInteger if dialect == Dialect::Mysql => "u16",
        Type::UnsignedInteger if dialect == Dialect::Mysql => "u32",
        Type::UnsignedBigInteger if dialect == Dialect::Mysql => "u64",
        Type::Integer | Type::UnsignedSmallInteger => "i32",
        Type::BigInteger | Type::UnsignedInteger => "i64",
        Type::Float => "f32",
        Type::Double => "f64",
        Type::Numeric(..) | Type::UnconstrainedNumeric if dialect != Dialect::Sqlite => {
            "rust_decimal::Decimal"
        }
        Type::Char(_) | Type::Varchar(_) | Type::UnconstrainedVarchar | Type::Text => "String",
        Type::Boolean => "bool",
        Type::Date => "chrono::NaiveDate",
        Type::Time => "chrono::NaiveTime",
        Type::Timestamp => "chrono::NaiveDateTime",
        Type::TimestampTz => "chrono::DateTime<Utc>",
        Type::Binary => "Vec<u8>",
        Type::Json | Type::Jsonb => "servicekit::Json<…>",
        Type::Uuid => "uuid::Uuid",
        Type::Ulid => "servicekit::Ulid",
        Type::WithPrecision { base, .. } => return better(base, dialect),
        _ => return None,
    };
    Some(rust)
}
