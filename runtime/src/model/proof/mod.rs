//! Whether what a column holds can be read into its field, without a server.
//!
//! sqlx decides by the type that a database reports whether it reads a value into a Rust type. [`check`] asks it that for
//! every field of every model, with a witness of what the database would report.

mod mismatch;
mod rust_name;
mod witness;

pub use mismatch::{Mismatch, check};

use super::{ColumnType, Hints};
use crate::Dialect;
use crate::schema::Type;
use witness::{Reading, is_read};

/// How each database reads the columns of models.
///
/// ```
/// use servicekit::model::proof::Proof;
/// let mut proof = Proof::default();
/// proof.column::<Option<i64>>("User", "age", "age");
/// ```
#[derive(Debug, Default)]
pub struct Proof {
    columns: Vec<ColumnReading>,
    /// The place of a column among them, a value that it has now, and the former one.
    renamed_values: Vec<(usize, &'static str, &'static str)>,
}

/// How a column's Rust type is read.
#[derive(Debug, Clone)]
pub(super) struct ColumnReading {
    pub(super) model: &'static str,
    pub(super) field: &'static str,
    pub(super) column: &'static str,
    /// The Rust type.
    pub(super) rust: &'static str,
    /// The type that it makes a column of by itself, if it is known.
    pub(super) own_type: Option<fn() -> Type>,
    /// Whether the type says how it is read.
    pub(super) is_known: bool,
    #[cfg(feature = "sqlite")]
    pub(super) sqlite: Option<fn(&sqlx::sqlite::SqliteTypeInfo) -> bool>,
    #[cfg(feature = "postgres")]
    pub(super) postgres: Option<fn(&sqlx::postgres::PgTypeInfo) -> bool>,
    #[cfg(feature = "mysql")]
    pub(super) mysql: Option<fn(&sqlx::mysql::MySqlTypeInfo) -> bool>,
}

impl Proof {
    /// Adds a column with the Rust type of its field.
    pub fn column<T: ColumnType + ?Sized>(
        &mut self,
        model: &'static str,
        field: &'static str,
        column: &'static str,
    ) {
        self.add::<T>(model, field, column);
        self.own_type(T::column_type);
        T::proof(self);
    }

    /// Adds a column of another type than that of its field, of which nothing is known yet.
    pub(crate) fn add<T: ?Sized>(&mut self, model: &'static str, field: &'static str, column: &'static str) {
        self.columns.push(ColumnReading {
            model,
            field,
            column,
            rust: std::any::type_name::<T>(),
            own_type: None,
            is_known: false,
            #[cfg(feature = "sqlite")]
            sqlite: None,
            #[cfg(feature = "postgres")]
            postgres: None,
            #[cfg(feature = "mysql")]
            mysql: None,
        });
    }

    /// What the type of the field makes a column of by itself.
    pub(crate) fn own_type(&mut self, own_type: fn() -> Type) {
        if let Some(column) = self.columns.last_mut() {
            column.own_type = Some(own_type);
        }
    }

    /// A value of the column had another name.
    ///
    /// ```
    /// use servicekit::model::proof::Proof;
    /// let mut proof = Proof::default();
    /// proof.column::<String>("Order", "state", "state");
    /// proof.value_renamed_from("shipped", "sent");
    /// ```
    pub fn value_renamed_from(&mut self, value: &'static str, before: &'static str) {
        if let Some(last) = self.columns.len().checked_sub(1) {
            self.renamed_values.push((last, value, before));
        }
    }

    /// Adds the former names of values.
    pub(super) fn hints(&self, hints: Hints) -> Hints {
        self.renamed_values.iter().fold(hints, |hints, (column, value, before)| {
            match self.columns.get(*column) {
                Some(reading) => hints.value_renamed_from(reading.column, *value, *before),
                None => hints,
            }
        })
    }

    /// The type is read from those databases that are said next, and from no others.
    pub fn known(&mut self) {
        if let Some(column) = self.columns.last_mut() {
            column.is_known = true;
        }
    }

    /// SQLite's values are read as `T` is.
    #[cfg(feature = "sqlite")]
    pub fn sqlite<T: sqlx::Type<sqlx::Sqlite>>(&mut self) {
        self.known();
        if let Some(column) = self.columns.last_mut() {
            column.sqlite = Some(T::compatible);
        }
    }

    /// PostgreSQL's values are read as `T` is.
    #[cfg(feature = "postgres")]
    pub fn postgres<T: sqlx::Type<sqlx::Postgres>>(&mut self) {
        self.known();
        if let Some(column) = self.columns.last_mut() {
            column.postgres = Some(T::compatible);
        }
    }

    /// MySQL's values are read as `T` is.
    #[cfg(feature = "mysql")]
    pub fn mysql<T: sqlx::Type<sqlx::MySql>>(&mut self) {
        self.known();
        if let Some(column) = self.columns.last_mut() {
            column.mysql = Some(T::compatible);
        }
    }

    /// Whether a column of this type is read into the field that stands for this column, where it is never null; nothing
    /// where that is not known.
    ///
    /// ```
    /// use servicekit::{Dialect, model::proof::Proof, schema::Type};
    /// let mut proof = Proof::default();
    /// proof.column::<String>("User", "name", "name");
    /// assert_eq!(proof.reads("name", &Type::Varchar(50), Dialect::Sqlite), Some(true));
    /// assert_eq!(proof.reads("name", &Type::Integer, Dialect::Sqlite), Some(false));
    /// ```
    pub fn reads(&self, column: &str, data_type: &Type, dialect: Dialect) -> Option<bool> {
        let reading = self.columns.iter().find(|reading| reading.column == column)?;
        Some(is_read(reading, data_type, false, dialect)? == Reading::Fits)
    }
}
