//! `serial` of PostgreSQL: an integer whose default is the next number of a sequence that goes with the column.

use super::{TableName, Type};
use servicekit_chain::Dialect;

/// What PostgreSQL keeps of a name.
const LONGEST: usize = 63;

/// The name that PostgreSQL gives to the sequence of a `serial`, or of an identity: the longer of the two parts is cut.
///
/// ```
/// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
/// use servicekit::schema::name_of_sequence;
/// assert_eq!(name_of_sequence(&("app", "users").into(), "id").to_string(), "app.users_id_seq");
/// ```
pub fn name_of_sequence(table: &TableName, column: &str) -> TableName {
    const FIXED: usize = "__seq".len();
    let (mut of_table, mut of_column) = (table.name.len(), column.len());
    while of_table + of_column > LONGEST - FIXED {
        if of_table > of_column {
            of_table -= 1;
        } else {
            of_column -= 1;
        }
    }
    let cut = |name: &str, length: usize| {
        name.get(..name.floor_char_boundary(length)).unwrap_or_default().to_owned()
    };
    table.in_same_schema(&format!("{}_{}_seq", cut(&table.name, of_table), cut(column, of_column)))
}

impl Type {
    /// The integer that a `serial` of PostgreSQL is.
    pub(crate) fn behind_serial(&self) -> Option<Self> {
        let Self::Custom(name) = self.for_dialect(Dialect::Postgres) else { return None };
        Some(match name.trim().to_ascii_lowercase().as_str() {
            "smallserial" | "serial2" => Self::SmallInteger,
            "serial" | "serial4" => Self::Integer,
            "bigserial" | "serial8" => Self::BigInteger,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_sequence_is_cut_as_postgresql_does_it() {
        let name_for = |table: &str, column: &str| name_of_sequence(&table.into(), column).name;
        assert_eq!(name_for("users", "id"), "users_id_seq");
        let long = name_for(&"t".repeat(60), &"c".repeat(60));
        assert_eq!(long, format!("{}_{}_seq", "t".repeat(29), "c".repeat(29)));
        assert_eq!(name_for(&"é".repeat(30), "id"), format!("{}_id_seq", "é".repeat(28)));
    }
}
