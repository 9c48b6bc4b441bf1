//! JSON.

use crate::model::{ColumnType, Element, Kind, Proof};
use crate::schema::Type;
use sqlx::types::{Json, JsonValue};

impl<T> ColumnType for Json<T> {
    const KIND: Kind = Kind::Json;
    type Plain = Self;

    fn column_type() -> Type {
        Type::Jsonb
    }

    fn proof(proof: &mut Proof) {
        JsonValue::proof(proof);
    }
}

impl<T> Element for Json<T> {
    fn list_proof(proof: &mut Proof) {
        JsonValue::list_proof(proof);
    }
}

column_types! {
    JsonValue: Json, Type::Jsonb, [sqlite postgres mysql];
}

elements!(JsonValue);
