//! A document read back as the schema that it shows.

use super::Node;
use crate::source;
use crate::table::{
    Check, Column, Condition, Constraint, Deferrability, EnumType, Exclusion, ForeignKey, ForeignKeyAction,
    ForeignKeyMatch, Generated, Identity, Index, IndexKey, KeyOf, ListedValues, Nulls, Order, PrimaryKey,
    Remainder, Schema, SequenceOptions, Table, TableName, Type, Unique, Value, enum_type, exclusion,
    foreign_key, index, one_of, primary_key, unique,
};
use servicekit_chain::Dialect;
use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// Why a text is not the document of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidDocument {
    /// It is no JSON from this byte on.
    Syntax {
        /// The number of bytes before it.
        offset: usize,
    },
    /// A field is missing.
    Missing {
        /// Its name.
        field: &'static str,
    },
    /// There is a field that this version does not know.
    Unknown {
        /// Its name.
        field: String,
    },
    /// Something else stands where this is expected.
    Unexpected {
        /// What is expected.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
}

impl fmt::Display for InvalidDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { offset } => write!(f, "it is no JSON from byte {offset} on"),
            Self::Missing { field } => write!(f, "the field `{field}` is missing"),
            Self::Unknown { field } => write!(f, "no schema has a field `{field}`"),
            Self::Unexpected { expected, found } => write!(f, "there is `{found}` instead of {expected}"),
        }
    }
}

impl Error for InvalidDocument {}

type Read<T> = Result<T, InvalidDocument>;

/// The schema that a [`document`](super::document) shows.
///
/// ```
/// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
/// use servicekit::{document::{document, schema}, revision::*, schema::Schema};
/// let mut before = Schema::default();
/// before.tables.push(Table::new("users", [string("email", 254).not_null()]));
/// let text = document(&before).to_string();
/// assert_eq!(schema(text.parse().unwrap()).unwrap(), before);
/// ```
///
/// # Errors
/// When it is the document of something else, or of a schema in the words of another version.
pub fn schema(document: Node) -> Result<Schema, InvalidDocument> {
    let mut fields = Fields::of(document)?;
    let enums = fields.need("enums", |node| list(node, enumeration))?;
    let tables = fields.need("tables", |node| list(node, table))?;
    fields.end(Schema { enums, tables })
}

/// Fields that are not read yet.
struct Fields(Vec<(Cow<'static, str>, Node)>);

impl Fields {
    fn of(node: Node) -> Read<Self> {
        match node {
            Node::Fields(fields) => Ok(Self(fields)),
            other => Err(unexpected("an object", &other)),
        }
    }

    fn take(&mut self, name: &str) -> Option<Node> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(at).1)
    }

    fn maybe<T>(&mut self, name: &str, read: impl FnOnce(Node) -> Read<T>) -> Read<Option<T>> {
        self.take(name).map(read).transpose()
    }

    fn need<T>(&mut self, name: &'static str, read: impl FnOnce(Node) -> Read<T>) -> Read<T> {
        self.maybe(name, read)?.ok_or(InvalidDocument::Missing { field: name })
    }

    fn text(&mut self, name: &str) -> Read<Option<String>> {
        self.maybe(name, text)
    }

    fn flag(&mut self, name: &str) -> Read<bool> {
        Ok(self.maybe(name, boolean)?.unwrap_or(false))
    }

    fn list<T>(&mut self, name: &str, read: impl Fn(Node) -> Read<T>) -> Read<Vec<T>> {
        Ok(self.maybe(name, |node| list(node, read))?.unwrap_or_default())
    }

    /// What was read, if nothing is left.
    fn end<T>(self, read: T) -> Read<T> {
        match self.0.into_iter().next() {
            Some((field, _)) => Err(InvalidDocument::Unknown { field: field.into_owned() }),
            None => Ok(read),
        }
    }
}

fn unexpected(expected: &'static str, found: &Node) -> InvalidDocument {
    InvalidDocument::Unexpected { expected, found: found.to_string() }
}

fn text(node: Node) -> Read<String> {
    match node {
        Node::Text(text) => Ok(text),
        other => Err(unexpected("a text", &other)),
    }
}

fn boolean(node: Node) -> Read<bool> {
    match node {
        Node::Boolean(value) => Ok(value),
        other => Err(unexpected("true or false", &other)),
    }
}

fn number<T: TryFrom<i128>>(node: Node) -> Read<T> {
    match node {
        Node::Integer(number) => T::try_from(number).map_err(|_| unexpected("a smaller number", &node)),
        other => Err(unexpected("an integer", &other)),
    }
}

fn list<T>(node: Node, read: impl Fn(Node) -> Read<T>) -> Read<Vec<T>> {
    match node {
        Node::List(items) => items.into_iter().map(read).collect(),
        other => Err(unexpected("a list", &other)),
    }
}

fn texts(node: Node) -> Read<Vec<String>> {
    list(node, text)
}

/// The value of a word.
fn word<T: Copy>(node: Node, expected: &'static str, words: &[(&str, T)]) -> Read<T> {
    let word = text(node)?;
    let found = words.iter().find(|(known, _)| *known == word).map(|(_, value)| *value);
    found.ok_or(InvalidDocument::Unexpected { expected, found: word })
}

fn dialect(node: Node) -> Read<Dialect> {
    word(node, "a database", &Dialect::ALL.map(|dialect| (dialect.name(), dialect)))
}

fn name(node: Node) -> Read<TableName> {
    match node {
        Node::Text(name) => Ok(name.into()),
        other => match <[String; 2]>::try_from(texts(other)?) {
            Ok([schema, name]) => Ok((schema, name).into()),
            Err(found) => {
                Err(InvalidDocument::Unexpected { expected: "a schema and a name", found: found.join(".") })
            }
        },
    }
}

fn enumeration(node: Node) -> Read<EnumType> {
    let mut fields = Fields::of(node)?;
    let read = enum_type(fields.need("name", name)?, fields.need("values", texts)?);
    fields.end(read)
}

fn option(node: Node) -> Read<(Dialect, String)> {
    let mut fields = Fields::of(node)?;
    let read = (fields.need("dialect", dialect)?, fields.need("sql", text)?);
    fields.end(read)
}

fn remainder(node: Node) -> Read<Remainder> {
    let mut fields = Fields::of(node)?;
    let (on, what) = (fields.need("dialect", dialect)?, fields.need("what", text)?);
    let read = Remainder::new(on, what, fields.need("sql", text)?);
    fields.end(read)
}

fn table(node: Node) -> Read<Table> {
    let mut fields = Fields::of(node)?;
    let mut read = Table::new(fields.need("name", name)?, fields.need("columns", |node| list(node, column))?);
    read.constraints = fields.list("constraints", constraint)?;
    read.indexes = fields.list("indexes", index_of_table)?;
    read.comment = fields.text("comment")?;
    read.options = fields.list("options", option)?;
    read.remainders = fields.list("remainders", remainder)?;
    fields.end(read)
}

fn column(node: Node) -> Read<Column> {
    let mut fields = Fields::of(node)?;
    let mut read = Column::new(fields.need("name", text)?, fields.need("type", data_type)?);
    read.primary_key = fields.flag("primary_key")?;
    read.nullable = !fields.flag("not_null")?;
    let (by_default, always) = (fields.flag("autoincrement")?, fields.flag("identity_always")?);
    read.identity = always.then_some(Identity::Always).or(by_default.then_some(Identity::ByDefault));
    read.sequence = fields.maybe("sequence", sequence)?;
    read.default = fields.maybe("default", value)?;
    read.now_on_update = fields.flag("now_on_update")?;
    let stored = fields.text("generated")?.map(|expression| (expression, true));
    let computed = fields.text("generated_virtual")?.map(|expression| (expression, false));
    read.generated = stored.or(computed).map(|(expression, stored)| Generated { expression, stored });
    read.unique = fields.flag("unique")?;
    read.indexed = fields.flag("indexed")?;
    read.checks = fields.list("checks", check)?;
    read.references = fields.maybe("references", reference)?;
    read.collations = fields.list("collations", collation)?;
    read.comment = fields.text("comment")?;
    read.options = fields.list("options", option)?;
    fields.end(read)
}

fn collation(node: Node) -> Read<(Option<Dialect>, String)> {
    let mut fields = Fields::of(node)?;
    let read = (fields.maybe("dialect", dialect)?, fields.need("collation", text)?);
    fields.end(read)
}

fn sequence(node: Node) -> Read<SequenceOptions> {
    let mut fields = Fields::of(node)?;
    let read = SequenceOptions {
        start: fields.maybe("start", number)?,
        increment: fields.maybe("increment", number)?,
        minimum: fields.maybe("minimum", number)?,
        maximum: fields.maybe("maximum", number)?,
        cache: fields.maybe("cache", number)?,
        cycle: fields.flag("cycle")?,
    };
    fields.end(read)
}

fn data_type(node: Node) -> Read<Type> {
    if let Node::Text(function) = node {
        let found = source::type_of(&function);
        return found.ok_or(InvalidDocument::Unexpected { expected: "a type", found: function });
    }
    let mut fields = Fields::of(node)?;
    let kinds = [
        fields.maybe("char", number)?.map(Type::Char),
        fields.maybe("string", number)?.map(Type::Varchar),
        fields.maybe("numeric", numeric)?,
        fields.maybe("enumeration", enumeration)?.map(Type::Enum),
        fields.maybe("array", data_type)?.map(|element| Type::Array(Box::new(element))),
        fields.maybe("custom", text)?.map(Type::Custom),
        fields.maybe("precision", with_precision)?,
        fields.maybe("type_on", per_dialect)?,
    ];
    let read = kinds.into_iter().flatten().next();
    fields.end(read)?.ok_or(InvalidDocument::Unexpected { expected: "a type", found: "{}".to_owned() })
}

fn numeric(node: Node) -> Read<Type> {
    match <[u16; 2]>::try_from(list(node, number)?) {
        Ok([precision, scale]) => Ok(Type::Numeric(precision, scale)),
        Err(found) => {
            let found = format!("{found:?}");
            Err(InvalidDocument::Unexpected { expected: "a precision and a scale", found })
        }
    }
}

fn with_precision(node: Node) -> Read<Type> {
    let mut fields = Fields::of(node)?;
    let (base, digits) = (fields.need("type", data_type)?, fields.need("digits", number)?);
    fields.end(Type::WithPrecision { base: Box::new(base), digits })
}

fn per_dialect(node: Node) -> Read<Type> {
    let variant = |node| {
        let mut fields = Fields::of(node)?;
        let read = (fields.need("dialect", dialect)?, fields.need("type", data_type)?);
        fields.end(read)
    };
    let mut fields = Fields::of(node)?;
    let (base, variants) = (fields.need("type", data_type)?, fields.list("variants", variant)?);
    fields.end(Type::PerDialect { base: Box::new(base), variants })
}

fn value(node: Node) -> Read<Value> {
    Ok(match node {
        Node::Null => Value::Null,
        Node::Boolean(value) => Value::Boolean(value),
        Node::Integer(number) => Value::Integer(number),
        Node::Real(number) => Value::Real(number),
        Node::Text(text) => Value::Text(text),
        Node::List(_) => return Err(unexpected("a value", &node)),
        Node::Fields(_) => return value_by_kind(node),
    })
}

fn value_by_kind(node: Node) -> Read<Value> {
    let mut fields = Fields::of(node)?;
    let kinds = [
        fields.maybe("sql", text)?.map(Value::Expression),
        fields.maybe("now", boolean)?.map(|_| Value::Now),
        fields.maybe("binary", bytes)?.map(Value::Bytes),
        fields.maybe("real", endless)?.map(Value::Real),
    ];
    let read = kinds.into_iter().flatten().next();
    fields.end(read)?.ok_or(InvalidDocument::Unexpected { expected: "a value", found: "{}".to_owned() })
}

/// Two hexadecimal digits for each byte.
fn bytes(node: Node) -> Read<Vec<u8>> {
    let digits = text(node)?;
    let pairs = digits.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2);
        pair.and_then(|pair| u8::from_str_radix(pair, 16).ok())
    });
    let read = pairs.collect::<Option<Vec<u8>>>();
    read.ok_or(InvalidDocument::Unexpected { expected: "hexadecimal digits", found: digits })
}

/// A floating-point number that JSON has no word for.
fn endless(node: Node) -> Read<f64> {
    word(node, "a number", &[("NaN", f64::NAN), ("inf", f64::INFINITY), ("-inf", f64::NEG_INFINITY)])
}

fn constraint(node: Node) -> Read<Constraint> {
    let kind = match &node {
        Node::Fields(fields) => fields.first().map_or("", |(name, _)| name.as_ref()),
        other => return Err(unexpected("a constraint", other)),
    };
    Ok(match kind {
        "primary_key" => primary_key_of(node)?.into(),
        "unique" => unique_of(node)?.into(),
        "check" => check(node)?.into(),
        "foreign_key" => reference(node)?.into(),
        "exclusion" => exclusion_of(node)?.into(),
        _ => return Err(unexpected("a constraint", &node)),
    })
}

fn primary_key_of(node: Node) -> Read<PrimaryKey> {
    let mut fields = Fields::of(node)?;
    let mut read = primary_key(fields.need("primary_key", texts)?);
    read.name = fields.text("name")?;
    read.include = fields.list("include", text)?;
    read.deferrability = fields.maybe("deferrable", deferrable)?;
    fields.end(read)
}

fn unique_of(node: Node) -> Read<Unique> {
    let mut fields = Fields::of(node)?;
    let mut read = unique(fields.need("unique", texts)?);
    read.name = fields.text("name")?;
    read.include = fields.list("include", text)?;
    read.nulls_not_distinct = fields.flag("nulls_not_distinct")?;
    read.deferrability = fields.maybe("deferrable", deferrable)?;
    fields.end(read)
}

/// A text of SQL, or a column with its values.
fn condition(node: Node) -> Read<Condition> {
    if let Node::Text(sql) = node {
        return Ok(sql.into());
    }
    let mut fields = Fields::of(node)?;
    let column = fields.need("column", text)?;
    let values = fields.need("one_of", listed)?;
    fields.end(one_of(column, values))
}

/// Texts, or whole numbers.
fn listed(node: Node) -> Read<ListedValues> {
    let is_number = matches!(&node, Node::List(nodes) if matches!(nodes.first(), Some(Node::Integer(_))));
    if !is_number {
        return list(node, text).map(ListedValues::Texts);
    }
    let number = |node: Node| match node {
        Node::Integer(number) => {
            i64::try_from(number).map_err(|_| unexpected("a whole number of 64 bits", &node))
        }
        other => Err(unexpected("a whole number", &other)),
    };
    list(node, number).map(ListedValues::Integers)
}

fn check(node: Node) -> Read<Check> {
    let mut fields = Fields::of(node)?;
    let mut read = crate::table::check(fields.need("check", condition)?);
    read.name = fields.text("name")?;
    read.no_inherit = fields.flag("no_inherit")?;
    read.not_valid = fields.flag("not_valid")?;
    read.not_enforced = fields.flag("not_enforced")?;
    fields.end(read)
}

fn reference(node: Node) -> Read<ForeignKey> {
    let mut fields = Fields::of(node)?;
    let columns = fields.need("foreign_key", texts)?;
    let table = fields.need("referred_table", name)?;
    let mut read = foreign_key(columns, table, fields.need("referred_columns", texts)?);
    let matching = [("simple", ForeignKeyMatch::Simple), ("full", ForeignKeyMatch::Full)];
    read.name = fields.text("name")?;
    read.on_delete = fields.maybe("on_delete", action)?;
    read.on_delete_columns = fields.list("on_delete_columns", text)?;
    read.on_update = fields.maybe("on_update", action)?;
    read.matching = fields.maybe("matching", |node| word(node, "`simple` or `full`", &matching))?;
    read.deferrability = fields.maybe("deferrable", deferrable)?;
    read.not_valid = fields.flag("not_valid")?;
    read.not_enforced = fields.flag("not_enforced")?;
    fields.end(read)
}

fn exclusion_of(node: Node) -> Read<Exclusion> {
    let element = |node| {
        let mut fields = Fields::of(node)?;
        let read = (fields.need("key", key)?, fields.need("operator", text)?);
        fields.end(read)
    };
    let mut fields = Fields::of(node)?;
    let mut read = exclusion(fields.need("exclusion", |node| list(node, element))?);
    read.name = fields.text("name")?;
    read.method = fields.text("using")?;
    read.filter = fields.text("filter")?;
    read.deferrability = fields.maybe("deferrable", deferrable)?;
    fields.end(read)
}

fn deferrable(node: Node) -> Read<Deferrability> {
    let words = [("immediate", Deferrability::Immediate), ("deferred", Deferrability::Deferred)];
    word(node, "`immediate` or `deferred`", &words)
}

fn action(node: Node) -> Read<ForeignKeyAction> {
    let words = [
        ("no_action", ForeignKeyAction::NoAction),
        ("restrict", ForeignKeyAction::Restrict),
        ("cascade", ForeignKeyAction::Cascade),
        ("set_null", ForeignKeyAction::SetNull),
        ("set_default", ForeignKeyAction::SetDefault),
    ];
    word(node, "an action of a foreign key", &words)
}

fn index_of_table(node: Node) -> Read<Index> {
    let option = |node| {
        let mut fields = Fields::of(node)?;
        let read = (fields.need("name", text)?, fields.need("value", text)?);
        fields.end(read)
    };
    let mut fields = Fields::of(node)?;
    let mut read = index(fields.need("keys", |node| list(node, key))?);
    read.name = fields.text("name")?;
    read.unique = fields.flag("unique")?;
    read.filter = fields.text("filter")?;
    read.method = fields.text("using")?;
    read.include = fields.list("include", text)?;
    read.nulls_not_distinct = fields.flag("nulls_not_distinct")?;
    read.options = fields.list("options", option)?;
    read.comment = fields.text("comment")?;
    fields.end(read)
}

fn key(node: Node) -> Read<IndexKey> {
    let has_options = |fields: &[(Cow<'_, str>, Node)]| fields.iter().any(|(name, _)| name == "key");
    if !matches!(&node, Node::Fields(fields) if has_options(fields)) {
        return Ok(IndexKey::new(of_key(node)?));
    }
    let mut fields = Fields::of(node)?;
    let mut read = IndexKey::new(fields.need("key", of_key)?);
    let (ascending, descending) = (fields.flag("asc")?, fields.flag("desc")?);
    let nulls = [("first", Nulls::First), ("last", Nulls::Last)];
    read.order = ascending.then_some(Order::Ascending).or(descending.then_some(Order::Descending));
    read.nulls = fields.maybe("nulls", |node| word(node, "`first` or `last`", &nulls))?;
    read.collation = fields.text("collate")?;
    read.operator_class = fields.text("operator_class")?;
    read.mysql_length = fields.maybe("mysql_length", number)?;
    fields.end(read)
}

fn of_key(node: Node) -> Read<KeyOf> {
    if let Node::Text(column) = node {
        return Ok(KeyOf::Column(column));
    }
    let mut fields = Fields::of(node)?;
    let read = KeyOf::Expression(fields.need("sql", text)?);
    fields.end(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        text.parse().and_then(schema).unwrap_err().to_string()
    }

    fn error_of_column(column: &str) -> String {
        error(&format!(r#"{{"enums":[],"tables":[{{"name":"t","columns":[{column}]}}]}}"#))
    }

    #[test]
    fn what_is_no_schema_is_an_error_that_names_what() {
        insta::assert_snapshot!(
            [
                error("{"),
                error("[]"),
                error("{}"),
                error(r#"{"enums":[],"tables":[],"views":[]}"#),
                error(r#"{"enums":[],"tables":[{"name":["a","b","c"],"columns":[]}]}"#),
                error_of_column(r#"{"name":1,"type":"text"}"#),
                error_of_column(r#"{"name":"a","type":"txt"}"#),
                error_of_column(r#"{"name":"a","type":{}}"#),
                error_of_column(r#"{"name":"a","type":{"numeric":[12]}}"#),
                error_of_column(r#"{"name":"a","type":{"char":4294967296}}"#),
                error_of_column(r#"{"name":"a","type":"text","not_null":"yes"}"#),
                error_of_column(r#"{"name":"a","type":"text","default":{"binary":"0"}}"#),
                error_of_column(r#"{"name":"a","type":"text","default":{"real":"one"}}"#),
                error_of_column(r#"{"name":"a","type":"text","checks":{}}"#),
            ]
            .join("\n"),
            @r#"
        it is no JSON from byte 1 on
        there is `[]` instead of an object
        the field `enums` is missing
        no schema has a field `views`
        there is `a.b.c` instead of a schema and a name
        there is `1` instead of a text
        there is `txt` instead of a type
        there is `{}` instead of a type
        there is `[12]` instead of a precision and a scale
        there is `4294967296` instead of a smaller number
        there is `"yes"` instead of true or false
        there is `0` instead of hexadecimal digits
        there is `one` instead of a number
        there is `{}` instead of a list
        "#
        );
    }
}
