//! A schema as a document of plain values, which any format can hold: the command line prints it as JSON, and reads that of an
//! application.
//!
//! The fields are the words of the builders: `not_null`, `unique`, `on_delete`. A field that is not there has its default; the
//! order of fields is always the same. Each value has one form:
//!
//! | | |
//! |---|---|
//! | the schema | `{"enums": [{"name", "values"}], "tables"}` |
//! | a table | `{"name", "columns", "constraints", "indexes", "comment", "options", "remainders"}` |
//! | a name of a table or an enum | `"users"`, in a schema `["shop", "users"]` |
//! | a column | `{"name", "type", "not_null", …}`, with a field for each method of [`Column`] |
//! | a type | the function that makes such a column: `"integer"`, `{"string": 50}`, `{"numeric": [12, 2]}`, `{"array": type}`, `{"custom": sql}`, `{"enumeration": {"name", "values"}}`, `{"precision": {"type", "digits"}}`, `{"type_on": {"type", "variants": [{"dialect", "type"}]}}` |
//! | a value | a text, a number, true, false, null; else `{"sql": text}`, `{"now": true}`, `{"binary": hexadecimal}`, `{"real": "NaN"}` |
//! | a constraint | by its kind: `{"primary_key": [column], "name", …}`, `{"unique": …}`, `{"check": sql, …}` (a list of values is `{"check": {"column", "one_of": [value]}, …}`), `{"foreign_key": [column], "referred_table", "referred_columns", …}`, `{"exclusion": [{"key", "operator"}], …}` |
//! | an index | `{"name", "keys", "unique", …}` |
//! | a key | the name of a column or `{"sql": text}`; with options `{"key": key, "desc": true, …}` |
//! | an option | `{"dialect", "sql"}`; of an index `{"name", "value"}` |
//! | a remainder | `{"dialect", "what", "sql"}` |
//!
//! ```
//! # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
//! use servicekit::{document::{Node, document}, revision::*, schema::Schema};
//!
//! let mut schema = Schema::default();
//! schema.tables.push(Table::new("users", [string("email", 254).not_null()]));
//! let Node::Fields(fields) = document(&schema) else { panic!() };
//! assert_eq!(fields[0], ("enums".into(), Node::List(vec![])));
//! ```

use crate::source;
use crate::table::{
    Check, Column, Condition, Constraint, Deferrability, EnumType, Exclusion, ForeignKey, ForeignKeyAction,
    ForeignKeyMatch, Identity, Index, IndexKey, KeyOf, ListedValues, Nulls, Order, PrimaryKey, Schema,
    SequenceOptions, Table, TableName, Type, Unique, Value,
};
use servicekit_chain::Dialect;
use std::borrow::Cow;
use std::fmt;

mod parse;
mod read;

pub use read::{InvalidDocument, schema};

/// A value of a document.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::exhaustive_enums, reason = "a format has to know them all")]
pub enum Node {
    /// Nothing.
    Null,
    /// True or false.
    Boolean(bool),
    /// An integer.
    Integer(i128),
    /// A finite floating-point number.
    Real(f64),
    /// A text.
    Text(String),
    /// Values in order.
    List(Vec<Node>),
    /// Values by name, in order.
    Fields(Vec<(Cow<'static, str>, Node)>),
}

/// As JSON, on one line.
///
/// ```
/// use servicekit_schema::document::Node;
/// let text = Node::Text("a \"b\" \\ \n".to_owned());
/// let node = Node::Fields(vec![("x".into(), Node::List(vec![text, Node::Real(1.0), Node::Null])), ("y".into(), Node::Boolean(true))]);
/// assert_eq!(node.to_string(), r#"{"x":["a \"b\" \\ \u000a",1.0,null],"y":true}"#);
/// ```
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => value.fmt(f),
            Self::Integer(number) => number.fmt(f),
            // With a point or an exponent, so that it is read as what it is.
            Self::Real(number) => write!(f, "{number:?}"),
            Self::Text(text) => quoted(f, text),
            Self::List(list) => {
                f.write_str("[")?;
                for (index, node) in list.iter().enumerate() {
                    write!(f, "{}{node}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
            Self::Fields(fields) => {
                f.write_str("{")?;
                for (index, (name, node)) in fields.iter().enumerate() {
                    write!(f, "{}\"{name}\":{node}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("}")
            }
        }
    }
}

/// A text of JSON (RFC 8259, 7).
fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for character in text.chars() {
        match character {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            control if control < ' ' => write!(f, "\\u{:04x}", u32::from(control))?,
            other => write!(f, "{other}")?,
        }
    }
    f.write_str("\"")
}

/// The document of a schema.
pub fn document(schema: &Schema) -> Node {
    let enums = schema.enums.iter().map(enumeration).collect();
    let tables = schema.tables.iter().map(table).collect();
    Node::Fields(vec![("enums".into(), Node::List(enums)), ("tables".into(), Node::List(tables))])
}

/// Fields of which only those are there that differ from the default.
#[derive(Default)]
struct Fields(Vec<(Cow<'static, str>, Node)>);

impl Fields {
    fn with(mut self, name: &'static str, node: Node) -> Self {
        self.0.push((name.into(), node));
        self
    }

    fn maybe(self, name: &'static str, node: Option<Node>) -> Self {
        match node {
            Some(node) => self.with(name, node),
            None => self,
        }
    }

    fn flag(self, name: &'static str, is_set: bool) -> Self {
        self.maybe(name, is_set.then_some(Node::Boolean(true)))
    }

    fn text(self, name: &'static str, text: Option<&String>) -> Self {
        self.maybe(name, text.map(self::text))
    }

    fn list(self, name: &'static str, list: Vec<Node>) -> Self {
        self.maybe(name, (!list.is_empty()).then_some(Node::List(list)))
    }

    fn node(self) -> Node {
        Node::Fields(self.0)
    }
}

fn text(text: impl Into<String>) -> Node {
    Node::Text(text.into())
}

fn texts(texts: &[String]) -> Vec<Node> {
    texts.iter().map(text).collect()
}

fn one(name: &'static str, node: Node) -> Node {
    Node::Fields(vec![(name.into(), node)])
}

fn name(name: &TableName) -> Node {
    match &name.schema {
        None => text(&name.name),
        Some(schema) => Node::List(vec![text(schema), text(&name.name)]),
    }
}

fn dialect(dialect: Dialect) -> Node {
    text(dialect.to_string())
}

fn enumeration(of: &EnumType) -> Node {
    Fields::default().with("name", name(&of.name)).with("values", Node::List(texts(&of.values))).node()
}

fn options(options: &[(Dialect, String)]) -> Vec<Node> {
    let option = |(on, sql): &(Dialect, String)| {
        Fields::default().with("dialect", dialect(*on)).with("sql", text(sql)).node()
    };
    options.iter().map(option).collect()
}

fn table(table: &Table) -> Node {
    let remainders = table.remainders.iter().map(|remainder| {
        let fields = Fields::default().with("dialect", dialect(remainder.dialect));
        fields.with("what", text(&remainder.what)).with("sql", text(&remainder.sql)).node()
    });
    Fields::default()
        .with("name", name(&table.name))
        .with("columns", Node::List(table.columns.iter().map(column).collect()))
        .list("constraints", table.constraints.iter().map(constraint).collect())
        .list("indexes", table.indexes.iter().map(index).collect())
        .text("comment", table.comment.as_ref())
        .list("options", options(&table.options))
        .list("remainders", remainders.collect())
        .node()
}

fn column(column: &Column) -> Node {
    let fields = Fields::default()
        .with("name", text(&column.name))
        .with("type", data_type(&column.data_type))
        .flag("primary_key", column.primary_key)
        .flag("not_null", !column.nullable)
        .flag("autoincrement", column.identity == Some(Identity::ByDefault))
        .flag("identity_always", column.identity == Some(Identity::Always))
        .maybe("sequence", column.sequence.as_ref().map(sequence))
        .maybe("default", column.default.as_ref().map(value))
        .flag("now_on_update", column.now_on_update);
    let fields = match &column.generated {
        Some(generated) if generated.stored => fields.with("generated", text(&generated.expression)),
        Some(generated) => fields.with("generated_virtual", text(&generated.expression)),
        None => fields,
    };
    let check = |check: &Check| constraint(&Constraint::Check(check.clone()));
    let collation = |(on, collation): &(Option<Dialect>, String)| {
        Fields::default().maybe("dialect", on.map(dialect)).with("collation", text(collation)).node()
    };
    fields
        .flag("unique", column.unique)
        .flag("indexed", column.indexed)
        .list("checks", column.checks.iter().map(check).collect())
        .maybe(
            "references",
            column.references.as_ref().map(|key| constraint(&Constraint::ForeignKey(key.clone()))),
        )
        .list("collations", column.collations.iter().map(collation).collect())
        .text("comment", column.comment.as_ref())
        .list("options", options(&column.options))
        .node()
}

fn sequence(options: &SequenceOptions) -> Node {
    let SequenceOptions { start, increment, minimum, maximum, cache, cycle } = *options;
    let number = |number: Option<i64>| number.map(|number| Node::Integer(number.into()));
    Fields::default()
        .maybe("start", number(start))
        .maybe("increment", number(increment))
        .maybe("minimum", number(minimum))
        .maybe("maximum", number(maximum))
        .maybe("cache", number(cache))
        .flag("cycle", cycle)
        .node()
}

fn data_type(of: &Type) -> Node {
    let number = |number: u32| Node::Integer(number.into());
    match of {
        Type::Char(length) => one("char", number(*length)),
        Type::Varchar(length) => one("string", number(*length)),
        Type::Numeric(precision, scale) => {
            one("numeric", Node::List(vec![number((*precision).into()), number((*scale).into())]))
        }
        Type::Enum(of) => one("enumeration", enumeration(of)),
        Type::Array(element) => one("array", data_type(element)),
        Type::Custom(sql) => one("custom", text(sql)),
        Type::WithPrecision { base, digits } => {
            let fields = Fields::default().with("type", data_type(base));
            one("precision", fields.with("digits", Node::Integer((*digits).into())).node())
        }
        Type::PerDialect { base, variants } => {
            let variant = |(on, variant): &(Dialect, Type)| {
                Fields::default().with("dialect", dialect(*on)).with("type", data_type(variant)).node()
            };
            let fields = Fields::default().with("type", data_type(base));
            one("type_on", fields.list("variants", variants.iter().map(variant).collect()).node())
        }
        plain => text(source::function_of(plain).unwrap_or_default()),
    }
}

fn value(value: &Value) -> Node {
    match value {
        Value::Null => Node::Null,
        Value::Boolean(value) => Node::Boolean(*value),
        Value::Integer(number) => Node::Integer(*number),
        Value::Real(number) if number.is_finite() => Node::Real(*number),
        Value::Real(number) => one("real", text(number.to_string())),
        Value::Text(value) => text(value),
        Value::Bytes(bytes) => {
            one("binary", text(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()))
        }
        Value::Expression(sql) => one("sql", text(sql)),
        Value::Now => one("now", Node::Boolean(true)),
    }
}

fn constraint(constraint: &Constraint) -> Node {
    let fields = Fields::default();
    match constraint {
        Constraint::PrimaryKey(PrimaryKey { name, columns, include, deferrability }) => fields
            .with("primary_key", Node::List(texts(columns)))
            .text("name", name.as_ref())
            .list("include", texts(include))
            .maybe("deferrable", deferrability.map(deferrable)),
        Constraint::Unique(Unique { name, columns, include, nulls_not_distinct, deferrability }) => fields
            .with("unique", Node::List(texts(columns)))
            .text("name", name.as_ref())
            .list("include", texts(include))
            .flag("nulls_not_distinct", *nulls_not_distinct)
            .maybe("deferrable", deferrability.map(deferrable)),
        Constraint::Check(Check { name, condition, no_inherit, not_valid, not_enforced }) => fields
            .with("check", self::condition(condition))
            .text("name", name.as_ref())
            .flag("no_inherit", *no_inherit)
            .flag("not_valid", *not_valid)
            .flag("not_enforced", *not_enforced),
        Constraint::ForeignKey(key) => foreign_key(key),
        Constraint::Exclusion(Exclusion { name, method, elements, filter, deferrability }) => {
            let element = |(of, operator): &(IndexKey, String)| {
                Fields::default().with("key", key(of)).with("operator", text(operator)).node()
            };
            fields
                .with("exclusion", Node::List(elements.iter().map(element).collect()))
                .text("name", name.as_ref())
                .text("using", method.as_ref())
                .text("filter", filter.as_ref())
                .maybe("deferrable", deferrability.map(deferrable))
        }
    }
    .node()
}

/// A text of SQL, or a column with its values.
fn condition(condition: &Condition) -> Node {
    match condition {
        Condition::Sql(sql) => text(sql),
        Condition::OneOf { column, values } => {
            let values = match values {
                ListedValues::Texts(values) => texts(values),
                ListedValues::Integers(numbers) => {
                    numbers.iter().map(|number| Node::Integer((*number).into())).collect()
                }
            };
            Fields::default().with("column", text(column)).with("one_of", Node::List(values)).node()
        }
    }
}

fn foreign_key(of: &ForeignKey) -> Fields {
    let matching = |matching| match matching {
        ForeignKeyMatch::Simple => text("simple"),
        ForeignKeyMatch::Full => text("full"),
    };
    Fields::default()
        .with("foreign_key", Node::List(texts(&of.columns)))
        .text("name", of.name.as_ref())
        .with("referred_table", name(&of.referred_table))
        .with("referred_columns", Node::List(texts(&of.referred_columns)))
        .maybe("on_delete", of.on_delete.map(action))
        .list("on_delete_columns", texts(&of.on_delete_columns))
        .maybe("on_update", of.on_update.map(action))
        .maybe("matching", of.matching.map(matching))
        .maybe("deferrable", of.deferrability.map(deferrable))
        .flag("not_valid", of.not_valid)
        .flag("not_enforced", of.not_enforced)
}

fn deferrable(deferrability: Deferrability) -> Node {
    text(match deferrability {
        Deferrability::Immediate => "immediate",
        Deferrability::Deferred => "deferred",
    })
}

fn action(action: ForeignKeyAction) -> Node {
    text(match action {
        ForeignKeyAction::NoAction => "no_action",
        ForeignKeyAction::Restrict => "restrict",
        ForeignKeyAction::Cascade => "cascade",
        ForeignKeyAction::SetNull => "set_null",
        ForeignKeyAction::SetDefault => "set_default",
    })
}

fn index(index: &Index) -> Node {
    let option = |(name, value): &(String, String)| {
        Fields::default().with("name", text(name)).with("value", text(value)).node()
    };
    Fields::default()
        .text("name", index.name.as_ref())
        .with("keys", Node::List(index.keys.iter().map(key).collect()))
        .flag("unique", index.unique)
        .text("filter", index.filter.as_ref())
        .text("using", index.method.as_ref())
        .list("include", texts(&index.include))
        .flag("nulls_not_distinct", index.nulls_not_distinct)
        .list("options", index.options.iter().map(option).collect())
        .text("comment", index.comment.as_ref())
        .node()
}

fn key(key: &IndexKey) -> Node {
    let IndexKey { of, order, nulls, collation, operator_class, mysql_length } = key;
    let of = match of {
        KeyOf::Column(name) => text(name),
        KeyOf::Expression(sql) => one("sql", text(sql)),
    };
    let nulls = nulls.map(|nulls| match nulls {
        Nulls::First => text("first"),
        Nulls::Last => text("last"),
    });
    let options = Fields::default()
        .flag("asc", *order == Some(Order::Ascending))
        .flag("desc", *order == Some(Order::Descending))
        .maybe("nulls", nulls)
        .text("collate", collation.as_ref())
        .text("operator_class", operator_class.as_ref())
        .maybe("mysql_length", mysql_length.map(|length| Node::Integer(length.into())));
    if options.0.is_empty() {
        return of;
    }
    let mut fields = vec![("key".into(), of)];
    fields.extend(options.0);
    Node::Fields(fields)
}
