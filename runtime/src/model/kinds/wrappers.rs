//! Types around another one, whose column they are.

use crate::model::{ColumnType, Element, Kind, Proof};
use crate::schema::{Column, Type};
use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

/// What forwards to `T`.
macro_rules! forward {
    () => {
        const KIND: Kind = T::KIND;
        type Plain = T::Plain;

        fn column_type() -> Type {
            T::column_type()
        }

        fn proof(proof: &mut Proof) {
            T::proof(proof);
        }

        fn described(column: Column) -> Column {
            T::described(column)
        }
    };
}

impl<T: ColumnType> ColumnType for Option<T> {
    const NULLABLE: bool = true;
    forward!();
}

/// An array with nulls in it.
impl<T: Element> Element for Option<T> {
    const LIST_KIND: Kind = T::LIST_KIND;

    fn list_type() -> Type {
        T::column_type().array()
    }

    fn list_proof(proof: &mut Proof) {
        T::list_proof(proof);
    }
}

macro_rules! pointers {
    ($($pointer:ty),*) => {$(
        impl<T: ColumnType + ?Sized> ColumnType for $pointer {
            const NULLABLE: bool = T::NULLABLE;
            forward!();
        }
    )*};
}

pointers!(Box<T>, Rc<T>, Arc<T>, &T);

impl<T: ColumnType + ToOwned + ?Sized> ColumnType for Cow<'_, T> {
    const NULLABLE: bool = T::NULLABLE;
    forward!();
}
