//! How the type of a field is read whose column has another type (`type = …`).
//!
//! Such a Rust type need be no column, nor a type of sqlx. Which of these it is the compiler finds out by the method that it
//! takes: one of `Asked<T>` with a condition on `T` goes before one of `&Asked<T>` without.

use crate::model::{ColumnType, Proof};
use std::marker::PhantomData;

/// What is asked about `T`.
#[derive(Debug)]
pub struct Asked<T: ?Sized>(PhantomData<T>);

impl<T: ?Sized> Asked<T> {
    /// Begins a column.
    pub fn column(proof: &mut Proof, model: &'static str, field: &'static str, column: &'static str) -> Self {
        proof.add::<T>(model, field, column);
        Self(PhantomData)
    }
}

/// A type that is a column by itself.
pub trait OwnType {
    /// Notes which.
    fn own_type(&self, proof: &mut Proof);
}

impl<T: ColumnType + ?Sized> OwnType for Asked<T> {
    fn own_type(&self, proof: &mut Proof) {
        proof.own_type(T::column_type);
    }
}

/// A type that is none, or of which that is not known.
pub trait NoOwnType {
    /// Notes nothing.
    fn own_type(&self, _: &mut Proof) {}
}

impl<T: ?Sized> NoOwnType for &Asked<T> {}

/// A type that sqlx reads from a database, and one that it does not.
macro_rules! on_database {
    ($feature:literal, $database:ident, $method:ident, $read:ident, $not_read:ident) => {
        /// A type that sqlx reads from this database.
        pub trait $read {
            /// Notes how.
            fn $method(&self, proof: &mut Proof);
        }

        #[cfg(feature = $feature)]
        impl<T: sqlx::Type<sqlx::$database>> $read for Asked<T> {
            fn $method(&self, proof: &mut Proof) {
                proof.$method::<T>();
            }
        }

        /// A type that it does not.
        pub trait $not_read {
            /// Notes nothing.
            fn $method(&self, _: &mut Proof) {}
        }

        impl<T: ?Sized> $not_read for &Asked<T> {}
    };
}

on_database!("sqlite", Sqlite, sqlite, OnSqlite, NotOnSqlite);
on_database!("postgres", Postgres, postgres, OnPostgres, NotOnPostgres);
on_database!("mysql", MySql, mysql, OnMysql, NotOnMysql);

/// Notes how a column is read whose type is not that of its field.
#[doc(hidden)]
#[macro_export]
macro_rules! __column_of_another_type {
    ($proof:ident, $type:ty, $model:literal, $field:literal, $column:literal) => {{
        // Without names: the type may have that of one of them. Which are used depends on the type, and no lint tells of
        // what another crate's macro imports.
        use $crate::__private::model::reading::{
            NoOwnType as _, NotOnMysql as _, NotOnPostgres as _, NotOnSqlite as _, OnMysql as _,
            OnPostgres as _, OnSqlite as _, OwnType as _,
        };
        let asked =
            $crate::__private::model::reading::Asked::<$type>::column($proof, $model, $field, $column);
        (&asked).own_type($proof);
        (&asked).sqlite($proof);
        (&asked).postgres($proof);
        (&asked).mysql($proof);
    }};
}
