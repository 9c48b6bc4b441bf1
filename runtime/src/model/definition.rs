//! A struct that knows its table.

use super::{Hints, Proof};
use crate::schema::Table;

/// A struct that is a table: each field is a column.
///
/// `#[derive(servicekit::Table)]` implements it. By hand, for what an attribute cannot say:
///
/// ```
/// use servicekit::Model;
/// use servicekit::schema::{Table, big_integer, text};
///
/// struct User { id: i64, mail: String }
///
/// impl Model for User {
///     const NAME: &'static str = "users";
///     const SCHEMA: Option<&'static str> = None;
///     const FIELDS: &'static [(&'static str, &'static str)] = &[("id", "id"), ("mail", "email")];
///
///     fn table() -> Table {
///         Table::new(Self::NAME, [big_integer("id").primary_key(), text("email").not_null()])
///     }
/// }
/// # let tables = servicekit::models![User].tables().unwrap();
/// # assert_eq!(tables[0].columns[1].name, "email");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no table",
    label = "no table is known for this",
    note = "a model is a struct with `#[derive(servicekit::Table)]` or `#[servicekit::entity]`"
)]
pub trait Model {
    /// The name of the table.
    const NAME: &'static str;

    /// The schema that the table is in; none is the schema of the connection.
    const SCHEMA: Option<&'static str>;

    /// Each field with its column, fields of other structs that are flattened into this one included.
    const FIELDS: &'static [(&'static str, &'static str)];

    /// The table.
    fn table() -> Table;

    /// Former names of the table and of its columns.
    fn hints() -> Hints {
        Hints::default()
    }

    /// Names each column's Rust type, with [`Proof::column`].
    fn proof(_: &mut Proof) {}
}
