//! Bytes and arrays.

use crate::model::{ColumnType, Element, Kind, Proof};
use crate::schema::Type;

impl Element for u8 {
    const LIST_KIND: Kind = Kind::Bytes;

    fn list_type() -> Type {
        Type::Binary
    }

    fn list_proof(proof: &mut Proof) {
        proof.known();
        reads!(sqlite, proof, Vec<u8>);
        reads!(postgres, proof, Vec<u8>);
        reads!(mysql, proof, Vec<u8>);
    }
}

impl<T: Element> ColumnType for Vec<T> {
    const KIND: Kind = T::LIST_KIND;
    type Plain = Self;

    fn column_type() -> Type {
        T::list_type()
    }

    fn proof(proof: &mut Proof) {
        T::list_proof(proof);
    }
}

impl<T: Element> ColumnType for [T] {
    const KIND: Kind = T::LIST_KIND;
    type Plain = Self;

    fn column_type() -> Type {
        T::list_type()
    }

    fn proof(proof: &mut Proof) {
        T::list_proof(proof);
    }
}
