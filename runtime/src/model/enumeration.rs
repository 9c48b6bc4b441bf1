//! What `#[derive(DbEnum)]` and `#[derive(ColumnType)]` refer to for enums.

use super::Proof;
use crate::schema::{TableName, Type, enum_type};
use sqlx::error::BoxDynError;

/// A value of the database that an enum has no variant for.
///
/// sqlx reports it as the source of [`sqlx::Error::ColumnDecode`].
///
/// ```
/// use servicekit::sqlx::{Error, error::BoxDynError};
/// use servicekit::model::UnknownValue;
/// fn is_newer_than_this_program(error: &Error) -> bool {
///     matches!(error, Error::ColumnDecode { source, .. } if source.is::<UnknownValue>())
/// }
/// # assert!(!is_newer_than_this_program(&Error::RowNotFound));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnknownValue {
    /// A text.
    #[error("`{value}` is no value of `{enumeration}`, which has {}\n{HELP}", list(known))]
    Text {
        /// The enum.
        enumeration: &'static str,
        /// The value.
        value: String,
        /// What its variants are stored as.
        known: &'static [&'static str],
    },
    /// A number.
    #[error("`{value}` is no value of `{enumeration}`, which has {}\n{HELP}", list(known))]
    Number {
        /// The enum.
        enumeration: &'static str,
        /// The value.
        value: i64,
        /// What its variants are stored as.
        known: &'static [i64],
    },
}

const HELP: &str =
    "help: add a variant for it, or change the row; a newer version of the program may have written it";

fn list<T: ToString>(values: &[T]) -> String {
    let quoted = values.iter().map(|value| format!("`{}`", value.to_string()));
    quoted.collect::<Vec<_>>().join(", ")
}

/// The error of a text that no variant is stored as.
pub fn unknown_text(enumeration: &'static str, value: &str, known: &'static [&'static str]) -> BoxDynError {
    UnknownValue::Text { enumeration, value: value.to_owned(), known }.into()
}

/// The error of a number that no variant is stored as.
pub fn unknown_number(enumeration: &'static str, value: i64, known: &'static [i64]) -> BoxDynError {
    UnknownValue::Number { enumeration, value, known }.into()
}

/// The type of a column of an enum that is a type of the database, by the name that sqlx looks up.
pub fn native_enum(name: &str, values: &[&str]) -> Type {
    Type::Enum(enum_type(type_name(name), values.iter().copied()))
}

/// PostgreSQL reads the name as SQL: without quotes in small letters, and a schema in front of a point.
fn type_name(name: &str) -> TableName {
    let mut parts = vec![String::new()];
    let mut is_quoted = false;
    for character in name.chars() {
        match (character, parts.last_mut()) {
            ('"', _) => is_quoted = !is_quoted,
            ('.', _) if !is_quoted => parts.push(String::new()),
            (character, Some(part)) if is_quoted => part.push(character),
            (character, Some(part)) => part.push(character.to_ascii_lowercase()),
            (_, None) => {}
        }
    }
    match parts.as_slice() {
        [schema, name] => (schema.as_str(), name.as_str()).into(),
        _ => parts.join(".").into(),
    }
}

/// A type that sqlx writes and reads on every database that is compiled in.
#[diagnostic::on_unimplemented(
    message = "sqlx does not read `{Self}`",
    label = "an enum of the database that is no type of sqlx",
    note = "`#[derive(servicekit::DbEnum)]` instead of `ColumnType` makes it a type of sqlx and a column",
    note = "`#[derive(ColumnType)]` is for an enum that has `#[derive(sqlx::Type)]` too"
)]
pub trait ReadBySqlx: OnSqlite + OnPostgres + OnMysql {}

impl<T: OnSqlite + OnPostgres + OnMysql> ReadBySqlx for T {}

/// A type of sqlx for a database, or any type where that database is not compiled in.
macro_rules! on_database {
    ($trait:ident, $feature:literal, $database:ident, $method:ident) => {
        #[diagnostic::on_unimplemented(
            message = "sqlx does not read `{Self}`",
            label = "an enum of the database that is no type of sqlx",
            note = "`#[derive(servicekit::DbEnum)]` instead of `ColumnType` makes it a type of sqlx and a column",
            note = "`#[derive(ColumnType)]` is for an enum that has `#[derive(sqlx::Type)]` too"
        )]
        pub trait $trait {
            fn noted(proof: &mut Proof);
        }

        #[cfg(feature = $feature)]
        #[diagnostic::do_not_recommend]
        impl<T: sqlx::Type<sqlx::$database>> $trait for T {
            fn noted(proof: &mut Proof) {
                proof.$method::<T>();
            }
        }

        #[cfg(not(feature = $feature))]
        impl<T> $trait for T {
            fn noted(_: &mut Proof) {}
        }
    };
}

on_database!(OnSqlite, "sqlite", Sqlite, sqlite);
on_database!(OnPostgres, "postgres", Postgres, postgres);
on_database!(OnMysql, "mysql", MySql, mysql);

/// Notes that each database reads it as sqlx says.
pub fn read_by_sqlx<T: ReadBySqlx>(proof: &mut Proof) {
    <T as OnSqlite>::noted(proof);
    <T as OnPostgres>::noted(proof);
    <T as OnMysql>::noted(proof);
}

/// sqlx's `Type` of an enum that is a type of PostgreSQL, a text on SQLite and an `ENUM` of MySQL, which is a text for sqlx.
#[doc(hidden)]
#[macro_export]
macro_rules! __servicekit_native_enum {
    ($type:ident, $name:literal) => {
        $crate::__servicekit_sqlite_text! { $type }
        $crate::__servicekit_mysql_text! { $type }
        $crate::__servicekit_postgres_enum! { $type, $name }
    };
}

/// For each database a macro that expands to nothing where the database is not compiled in.
macro_rules! per_feature {
    ($dollar:tt $name:ident, $feature:literal, ($($pattern:tt)*) => { $($body:tt)* }) => {
        #[cfg(feature = $feature)]
        #[doc(hidden)]
        #[macro_export]
        macro_rules! $name { ($($pattern)*) => { $($body)* }; }

        #[cfg(not(feature = $feature))]
        #[doc(hidden)]
        #[macro_export]
        macro_rules! $name { ($dollar($dollar any:tt)*) => {}; }
    };
}

per_feature! { $ __servicekit_sqlite_text, "sqlite", ($type:ident) => {
    #[automatically_derived]
    impl $crate::sqlx::Type<$crate::sqlx::Sqlite> for $type {
        fn type_info() -> $crate::sqlx::sqlite::SqliteTypeInfo {
            <str as $crate::sqlx::Type<$crate::sqlx::Sqlite>>::type_info()
        }

        fn compatible(of: &$crate::sqlx::sqlite::SqliteTypeInfo) -> bool {
            <str as $crate::sqlx::Type<$crate::sqlx::Sqlite>>::compatible(of)
        }
    }
} }

per_feature! { $ __servicekit_mysql_text, "mysql", ($type:ident) => {
    #[automatically_derived]
    impl $crate::sqlx::Type<$crate::sqlx::MySql> for $type {
        fn type_info() -> $crate::sqlx::mysql::MySqlTypeInfo {
            <str as $crate::sqlx::Type<$crate::sqlx::MySql>>::type_info()
        }

        fn compatible(of: &$crate::sqlx::mysql::MySqlTypeInfo) -> bool {
            <str as $crate::sqlx::Type<$crate::sqlx::MySql>>::compatible(of)
        }
    }
} }

per_feature! { $ __servicekit_postgres_enum, "postgres", ($type:ident, $name:literal) => {
    #[automatically_derived]
    impl $crate::sqlx::Type<$crate::sqlx::Postgres> for $type {
        fn type_info() -> $crate::sqlx::postgres::PgTypeInfo {
            $crate::sqlx::postgres::PgTypeInfo::with_name($name)
        }
    }

    #[automatically_derived]
    impl $crate::sqlx::postgres::PgHasArrayType for $type {
        fn array_type_info() -> $crate::sqlx::postgres::PgTypeInfo {
            $crate::sqlx::postgres::PgTypeInfo::array_of($name)
        }
    }
} }

per_feature! { $ __servicekit_array_like, "postgres", ($type:ident, $like:ty) => {
    #[automatically_derived]
    impl $crate::sqlx::postgres::PgHasArrayType for $type {
        fn array_type_info() -> $crate::sqlx::postgres::PgTypeInfo {
            <$like as $crate::sqlx::postgres::PgHasArrayType>::array_type_info()
        }

        fn array_compatible(of: &$crate::sqlx::postgres::PgTypeInfo) -> bool {
            <$like as $crate::sqlx::postgres::PgHasArrayType>::array_compatible(of)
        }
    }
} }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_value_is_told_with_the_known_ones() {
        let text = unknown_text("State", "lost", &["new", "paid"]);
        let number = unknown_number("Size", 7, &[1, 2]);
        insta::assert_snapshot!(format!("{text}\n\n{number}"));
    }

    #[test]
    fn the_name_of_a_type_is_read_as_postgresql_reads_it() {
        let names = ["OrderState", "\"OrderState\"", "Shop.state", "\"a.b\".\"C\""].map(type_name);
        let expected = [
            TableName::from("orderstate"),
            "OrderState".into(),
            ("shop", "state").into(),
            ("a.b", "C").into(),
        ];
        assert_eq!(names, expected);
    }
}
