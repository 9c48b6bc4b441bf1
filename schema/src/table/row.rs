//! Rows of values.

use super::Value;

/// The values of one row, in the order of the columns: a tuple of up to sixteen, an array or a vector.
///
/// ```
/// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
/// use servicekit::schema::{IntoRow, Value};
/// assert_eq!(("tea", 450).into_row(), [Value::from("tea"), Value::from(450)]);
/// ```
pub trait IntoRow {
    /// The values.
    fn into_row(self) -> Vec<Value>;
}

impl<T: Into<Value>, const N: usize> IntoRow for [T; N] {
    fn into_row(self) -> Vec<Value> {
        self.into_iter().map(Into::into).collect()
    }
}

impl<T: Into<Value>> IntoRow for Vec<T> {
    fn into_row(self) -> Vec<Value> {
        self.into_iter().map(Into::into).collect()
    }
}

macro_rules! tuples {
    ($first:ident $($rest:ident)*) => {
        impl<$first: Into<Value>, $($rest: Into<Value>),*> IntoRow for ($first, $($rest,)*) {
            fn into_row(self) -> Vec<Value> {
                #[allow(non_snake_case, reason = "a variable for each type")]
                let ($first, $($rest,)*) = self;
                vec![$first.into(), $($rest.into()),*]
            }
        }
        tuples!($($rest)*);
    };
    () => {};
}

tuples!(A B C D E F G H I J K L M N O P);
