//! Facts: what differs.

use super::Rename;
use crate::operation::Result;
use crate::render::part_text;
use crate::table::{Column, Constraint, EnumType, Identity, Index, Table, TableName};
use servicekit_chain::Dialect;
use std::fmt;

/// What becomes of one thing.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Alteration<T> {
    /// It comes.
    Added(T),
    /// It goes.
    Dropped(T),
    /// It becomes another one.
    Changed {
        /// What it is.
        from: T,
        /// What it becomes.
        to: T,
    },
}

/// One thing that differs between two schemas.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Fact {
    /// A table, a column or a value gets another name. All other facts call it by its later name.
    Renamed(Rename),
    /// An enum type: PostgreSQL.
    Enum(Alteration<EnumType>),
    /// A whole table comes or goes, with all of its parts.
    Table(Alteration<Box<Table>>),
    /// The comment of a table.
    TableComment {
        /// The table.
        table: TableName,
        /// The comments.
        comment: Alteration<String>,
    },
    /// A column comes or goes.
    Column {
        /// The table.
        table: TableName,
        /// The column.
        column: Alteration<Box<Column>>,
    },
    /// One attribute of a column is another one.
    Attribute {
        /// The table.
        table: TableName,
        /// What it is of the column.
        attribute: Attribute,
        /// The column with all of its attributes as they are.
        from: Box<Column>,
        /// The column with all of its attributes as they become.
        to: Box<Column>,
    },
    /// A constraint.
    Constraint {
        /// The table.
        table: TableName,
        /// The constraint.
        constraint: Alteration<Constraint>,
    },
    /// An index.
    Index {
        /// The table.
        table: TableName,
        /// The index.
        index: Alteration<Index>,
    },
}

/// An attribute of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Attribute {
    /// The type.
    Type,
    /// The collation.
    Collation,
    /// Whether null is allowed.
    Nullable,
    /// The default.
    Default,
    /// Whether the database generates numbers for it, and how.
    Identity,
    /// Whether it becomes the current time with each update.
    NowOnUpdate,
    /// Whether it is computed, and how.
    Generated,
    /// The comment.
    Comment,
}

impl Attribute {
    /// All of them, in the order in which they are compared.
    pub const ALL: [Self; 8] = [
        Self::Type,
        Self::Collation,
        Self::Nullable,
        Self::Default,
        Self::Identity,
        Self::NowOnUpdate,
        Self::Generated,
        Self::Comment,
    ];

    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Collation => "collation",
            Self::Nullable => "null",
            Self::Default => "default",
            Self::Identity => "identity",
            Self::NowOnUpdate => "on update",
            Self::Generated => "generated",
            Self::Comment => "comment",
        }
    }

    /// Makes one column in this respect like another one.
    pub(super) fn copy(self, from: &Column, to: &mut Column) {
        match self {
            Self::Type => to.data_type = from.data_type.clone(),
            Self::Collation => to.collations.clone_from(&from.collations),
            Self::Nullable => to.nullable = from.nullable,
            Self::Default => to.default.clone_from(&from.default),
            Self::Identity => {
                to.identity = from.identity;
                to.sequence = from.sequence;
            }
            Self::NowOnUpdate => to.now_on_update = from.now_on_update,
            Self::Generated => to.generated.clone_from(&from.generated),
            Self::Comment => to.comment.clone_from(&from.comment),
        }
    }

    /// Its value in a column.
    fn text(self, dialect: Dialect, column: &Column) -> Result<String> {
        let no = || "none".to_owned();
        Ok(match self {
            Self::Type => {
                let name = part_text::type_text(dialect, &column.data_type)?;
                let values = column.data_type.values_beside_name(dialect);
                values.map_or(name.clone(), |values| format!("{name} of {}", values.join(", ")))
            }
            Self::Collation => column.collation(dialect).map_or_else(no, str::to_owned),
            Self::Nullable => if column.nullable { "NULL" } else { "NOT NULL" }.to_owned(),
            Self::Default => match &column.default {
                Some(value) => part_text::value_text(dialect, value)?,
                None => no(),
            },
            Self::Identity => match column.identity {
                None => "none",
                Some(Identity::ByDefault) => "by default",
                Some(Identity::Always) => "always",
            }
            .to_owned(),
            Self::NowOnUpdate => if column.now_on_update { "the current time" } else { "none" }.to_owned(),
            Self::Generated => column.generated.as_ref().map_or_else(no, |generated| {
                let kept = if generated.stored { "stored" } else { "virtual" };
                format!("{kept} {}", generated.expression)
            }),
            Self::Comment => column.comment.clone().unwrap_or_else(no),
        })
    }
}

impl<T: Clone> Alteration<T> {
    fn reversed(&self) -> Self {
        match self {
            Self::Added(it) => Self::Dropped(it.clone()),
            Self::Dropped(it) => Self::Added(it.clone()),
            Self::Changed { from, to } => Self::Changed { from: to.clone(), to: from.clone() },
        }
    }
}

impl<T> Alteration<T> {
    /// What it is of these; nothing where they are alike.
    pub(super) fn of(from: Option<T>, to: Option<T>) -> Option<Self> {
        match (from, to) {
            (None, None) => None,
            (None, Some(to)) => Some(Self::Added(to)),
            (Some(from), None) => Some(Self::Dropped(from)),
            (Some(from), Some(to)) => Some(Self::Changed { from, to }),
        }
    }

    fn sign(&self) -> char {
        match self {
            Self::Added(_) => '+',
            Self::Dropped(_) => '-',
            Self::Changed { .. } => '~',
        }
    }

    /// The later one, if there is one, else the earlier one.
    pub(super) fn last(&self) -> &T {
        match self {
            Self::Added(it) | Self::Dropped(it) | Self::Changed { to: it, .. } => it,
        }
    }

    /// What is, and what becomes.
    pub(super) fn sides(&self) -> (Option<&T>, Option<&T>) {
        match self {
            Self::Added(to) => (None, Some(to)),
            Self::Dropped(from) => (Some(from), None),
            Self::Changed { from, to } => (Some(from), Some(to)),
        }
    }

    /// The same as texts.
    fn texts(&self, text: impl Fn(&T) -> String) -> (Option<String>, Option<String>) {
        let (from, to) = self.sides();
        (from.map(&text), to.map(&text))
    }
}

/// A fact in words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Description {
    /// `+` comes, `-` goes, `~` becomes another one, `→` gets another name.
    pub sign: char,
    /// `enum`, `table`, `column`, `value`, `index`, or the kind of constraint.
    pub what: String,
    /// The table; the type for an enum.
    pub table: TableName,
    /// The column, constraint or index, if it has a name; for a value its column.
    pub name: Option<String>,
    /// The attribute, where it is one.
    pub attribute: Option<&'static str>,
    /// What it is, as SQL.
    pub from: Option<String>,
    /// What it becomes, as SQL.
    pub to: Option<String>,
}

impl Description {
    /// Whether something gets another name.
    fn is_rename(&self) -> bool {
        self.sign == '→'
    }
}

impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sign, what, table, name, attribute, from, to } = self;
        write!(f, "{sign} {what} ")?;
        match (what.as_str(), name) {
            ("column", Some(name)) => write!(f, "{table}.{name}")?,
            ("value", Some(column)) => {
                write!(f, "{} of {table}.{column}", from.as_deref().unwrap_or_default())?;
            }
            (_, Some(name)) => write!(f, "{name} of {table}")?,
            ("enum" | "table", None) => write!(f, "{table}")?,
            (_, None) => write!(f, "of {table}")?,
        }
        if let Some(attribute) = attribute {
            write!(f, ": {attribute}")?;
        } else if from.is_some() != to.is_some() {
            f.write_str(":")?;
        }
        match (from, to) {
            (_, Some(to)) if self.is_rename() => write!(f, " to {to}"),
            // Those of parts are long, and stand below each other.
            (Some(from), Some(to)) if attribute.is_none() => write!(f, "\n    from {from}\n    to   {to}"),
            (Some(from), Some(to)) => write!(f, " from {from} to {to}"),
            (Some(only), None) | (None, Some(only)) => write!(f, " {only}"),
            (None, None) => Ok(()),
        }
    }
}

impl Fact {
    /// What leads back.
    #[must_use]
    pub fn reversed(&self) -> Self {
        match self {
            Self::Renamed(rename) => Self::Renamed(rename.reversed()),
            Self::Enum(of) => Self::Enum(of.reversed()),
            Self::Table(table) => Self::Table(table.reversed()),
            Self::TableComment { table, comment } => {
                Self::TableComment { table: table.clone(), comment: comment.reversed() }
            }
            Self::Column { table, column } => {
                Self::Column { table: table.clone(), column: column.reversed() }
            }
            Self::Attribute { table, attribute, from, to } => Self::Attribute {
                table: table.clone(),
                attribute: *attribute,
                from: to.clone(),
                to: from.clone(),
            },
            Self::Constraint { table, constraint } => {
                Self::Constraint { table: table.clone(), constraint: constraint.reversed() }
            }
            Self::Index { table, index } => Self::Index { table: table.clone(), index: index.reversed() },
        }
    }

    /// The fact in words, with parts as SQL for this kind of database.
    pub fn describe(&self, dialect: Dialect) -> Description {
        let describe = |sign, what: &str, table: &TableName, name: Option<String>, (from, to)| Description {
            sign,
            what: what.to_owned(),
            table: table.clone(),
            name,
            attribute: None,
            from,
            to,
        };
        match self {
            Self::Renamed(rename) => rename.describe(),
            Self::Enum(of) => {
                let values = |of: &EnumType| of.values.join(", ");
                describe(of.sign(), "enum", &of.last().name, None, of.texts(values))
            }
            Self::Table(table) => {
                let columns = |table: &Table| {
                    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
                    format!("({})", names.join(", "))
                };
                describe(table.sign(), "table", &table.last().name, None, table.texts(|table| columns(table)))
            }
            Self::TableComment { table, comment } => {
                let (from, to) = comment.texts(String::clone);
                let or_none = |text: Option<String>| Some(text.unwrap_or_else(|| "none".to_owned()));
                Description {
                    attribute: Some(Attribute::Comment.name()),
                    ..describe('~', "table", table, None, (or_none(from), or_none(to)))
                }
            }
            Self::Column { table, column } => {
                let text = |column: &Column| readable(part_text::column_text(dialect, column));
                let name = Some(column.last().name.clone());
                describe(column.sign(), "column", table, name, column.texts(|column| text(column)))
            }
            Self::Attribute { table, attribute, from, to } => {
                let [from, to] = [from, to].map(|column| (column, readable(attribute.text(dialect, column))));
                Description {
                    attribute: Some(attribute.name()),
                    ..describe('~', "column", table, Some(to.0.name.clone()), (Some(from.1), Some(to.1)))
                }
            }
            Self::Constraint { table, constraint } => {
                let text = |each: &Constraint| {
                    let text = part_text::constraint_text(dialect, each);
                    if each.is_not_valid() { text + " NOT VALID" } else { text }
                };
                let (kind, name) = (constraint.last().kind(), constraint.last().name().map(str::to_owned));
                describe(constraint.sign(), &kind.to_string(), table, name, constraint.texts(text))
            }
            Self::Index { table, index } => {
                let text = |index: &Index| readable(part_text::index_text(dialect, table, index));
                describe(index.sign(), "index", table, index.last().name.clone(), index.texts(text))
            }
        }
    }
}

/// What this kind of database does not have is said in its place.
fn readable(text: Result<String>) -> String {
    text.unwrap_or_else(|problem| format!("({})", problem.reason))
}
