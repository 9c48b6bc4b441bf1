//! The tables of a database.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use servicekit::Dialect;
use servicekit::document::{Node, document};
use servicekit::schema::Schema;

/// What was read of a database.
#[derive(Debug)]
pub(crate) struct InspectOutput {
    pub(crate) schema: Schema,
    pub(crate) text: InspectText,
}

/// How it is printed for people.
#[derive(Debug)]
pub(crate) enum InspectText {
    /// Rust, ready to be printed.
    Rust(String),
    /// Statements for this kind of database, without the semicolons that end them.
    Sql { statements: Vec<String>, dialect: Dialect },
    /// As for programs.
    Document,
}

impl Serialize for InspectOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written(&document(&self.schema)).serialize(serializer)
    }
}

/// A value of the document.
pub(super) struct Written<'n>(pub(super) &'n Node);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Node::Null => serializer.serialize_unit(),
            Node::Boolean(value) => serializer.serialize_bool(*value),
            Node::Integer(number) => serializer.serialize_i128(*number),
            Node::Real(number) => serializer.serialize_f64(*number),
            Node::Text(text) => serializer.serialize_str(text),
            Node::List(list) => serializer.collect_seq(list.iter().map(Written)),
            Node::Fields(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, node) in fields {
                    map.serialize_entry(name, &Written(node))?;
                }
                map.end()
            }
        }
    }
}
