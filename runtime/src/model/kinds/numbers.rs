//! Numbers and booleans.

use crate::Dialect;
use crate::schema::Type;

column_types! {
    bool: Boolean, Type::Boolean, [sqlite postgres mysql];
    // sqlx reads an `i8` from these only.
    i8: Integer,
        Type::SmallInteger.on(Dialect::Postgres, Type::custom("\"char\"")).on(Dialect::Mysql, Type::custom("TINYINT")),
        [sqlite postgres mysql];
    i16: Integer, Type::SmallInteger, [sqlite postgres mysql];
    i32: Integer, Type::Integer, [sqlite postgres mysql];
    i64: Integer, Type::BigInteger, [sqlite postgres mysql];
    // Unsigned ones do not exist for PostgreSQL in sqlx.
    u8: Integer, Type::SmallInteger.on(Dialect::Mysql, Type::custom("TINYINT UNSIGNED")), [sqlite mysql];
    u16: Integer, Type::UnsignedSmallInteger, [sqlite mysql];
    u32: Integer, Type::UnsignedInteger, [sqlite mysql];
    u64: Integer, Type::UnsignedBigInteger, [sqlite mysql];
    f32: Real, Type::Float, [sqlite postgres mysql];
    f64: Real, Type::Double, [sqlite postgres mysql];
}

elements!(bool, i8, i16, i32, i64, f32, f64);
