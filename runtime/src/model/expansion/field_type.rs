//! The Rust type of a field, for the derive.

use crate::model::{ColumnType, Kind, Proof};
use crate::schema::{Column, Type};

/// What is known of a field's type.
#[derive(Debug, Clone, Copy)]
pub struct FieldType {
    is_nullable: bool,
    kind: Kind,
    column_type: fn() -> Type,
    described: fn(Column) -> Column,
    proof: fn(&mut Proof, &'static str, &'static str, &'static str),
}

/// What is known of `T`.
///
/// An expansion asks nothing but this of a field's type, so that the compiler tells once that a type is no column: it
/// leaves out a message that it has told with the same words at the same place.
pub const fn field_type<T: ColumnType + ?Sized>() -> FieldType {
    FieldType {
        is_nullable: T::NULLABLE,
        kind: T::KIND,
        column_type: T::column_type,
        described: T::described,
        proof: Proof::column::<T>,
    }
}

impl FieldType {
    /// A column of this type.
    pub fn column(self, name: &str) -> Column {
        self.column_as(name, (self.column_type)())
    }

    /// A column of another type, which can be null if this one can.
    pub fn column_as(self, name: &str, of: Type) -> Column {
        let mut column = Column::new(name, of);
        column.nullable = self.is_nullable;
        (self.described)(column)
    }

    /// Notes how the column is read.
    pub fn proof(self, proof: &mut Proof, model: &'static str, field: &'static str, column: &'static str) {
        (self.proof)(proof, model, field, column);
    }

    /// Whether the column can be null.
    pub const fn is_nullable(self) -> bool {
        self.is_nullable
    }

    /// Whether it is one of these kinds.
    pub const fn is_kind(self, wanted: &[Kind]) -> bool {
        super::is_kind(self.kind, wanted)
    }
}
