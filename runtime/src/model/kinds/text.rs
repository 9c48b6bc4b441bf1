//! Text.

use crate::model::{ColumnType, Kind, Proof, Ulid};
use crate::schema::Type;

impl ColumnType for str {
    const KIND: Kind = Kind::Text;
    type Plain = Self;

    fn column_type() -> Type {
        Type::Text
    }

    fn proof(proof: &mut Proof) {
        String::proof(proof);
    }
}

impl ColumnType for String {
    const KIND: Kind = Kind::Text;
    // As that of `&str` and `Cow<str>`, to which the compiler turns a `&String`.
    type Plain = str;

    fn column_type() -> Type {
        Type::Text
    }

    fn proof(proof: &mut Proof) {
        proof.known();
        reads!(sqlite, proof, Self);
        reads!(postgres, proof, Self);
        reads!(mysql, proof, Self);
    }
}

/// Any type that is written as text.
impl<T> ColumnType for sqlx::types::Text<T> {
    const KIND: Kind = Kind::Text;
    type Plain = Self;

    fn column_type() -> Type {
        Type::Text
    }

    fn proof(proof: &mut Proof) {
        String::proof(proof);
    }
}

column_types! {
    Ulid: Text, Type::Ulid, [sqlite postgres mysql];
}

elements!(String, Ulid);
