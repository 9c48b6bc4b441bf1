//! The Rust types that are columns, a file for what each crate brings.

/// Notes that a type is read from a database, where it is compiled in.
macro_rules! reads {
    (sqlite, $proof:ident, $type:ty) => {
        #[cfg(feature = "sqlite")]
        $proof.sqlite::<$type>();
    };
    (postgres, $proof:ident, $type:ty) => {
        #[cfg(feature = "postgres")]
        $proof.postgres::<$type>();
    };
    (mysql, $proof:ident, $type:ty) => {
        #[cfg(feature = "mysql")]
        $proof.mysql::<$type>();
    };
}

/// Types that are columns, with the databases that sqlx reads them from.
macro_rules! column_types {
    ($($type:ty: $kind:ident, $column:expr, [$($database:ident)*];)*) => {$(
        impl $crate::model::ColumnType for $type {
            const KIND: $crate::model::Kind = $crate::model::Kind::$kind;
            type Plain = Self;

            fn column_type() -> $crate::schema::Type {
                $column
            }

            fn proof(proof: &mut $crate::model::Proof) {
                proof.known();
                $(reads!($database, proof, $type);)*
            }
        }
    )*};
}

/// Types of which PostgreSQL has arrays.
macro_rules! elements {
    ($($type:ty),* $(,)?) => {$(
        impl $crate::model::Element for $type {
            fn list_proof(proof: &mut $crate::model::Proof) {
                proof.known();
                reads!(postgres, proof, Vec<$type>);
            }
        }
    )*};
}

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(any(feature = "rust_decimal", feature = "bigdecimal"))]
mod decimal;
#[cfg(feature = "json")]
mod json;
mod lists;
mod numbers;
mod text;
#[cfg(feature = "time")]
mod time;
#[cfg(feature = "uuid")]
mod uuid;
mod wrappers;
