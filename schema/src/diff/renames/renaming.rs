//! A schema with other names, everywhere where they occur.

use super::Rename;
use super::values::{rename_in, with_value_renamed};
use crate::diff::enums::enum_of;
use crate::diff::names::{is_same, is_same_table};
use crate::table::{
    Column, Condition, Constraint, EnumType, Index, IndexKey, KeyOf, Schema, Table, TableName, Value,
};
use servicekit_chain::Dialect;
use servicekit_chain::sql::{Token, TokenKind, literal, quote_name, significant};

/// Other names for tables and columns, all at once.
#[derive(Debug, Clone)]
pub(in crate::diff) struct Renaming<'r> {
    dialect: Dialect,
    tables: Vec<(&'r TableName, &'r TableName)>,
    /// By the later name of the table.
    columns: Vec<(&'r TableName, &'r str, &'r str)>,
    /// A value of an enum type of PostgreSQL: the type, the old value and the new one.
    value: Option<(&'r TableName, &'r str, &'r str)>,
    /// Whether it leads from the later names to the earlier ones.
    is_back: bool,
}

impl<'r> Renaming<'r> {
    pub(in crate::diff) fn new(renames: &'r [Rename], dialect: Dialect) -> Self {
        let mut renaming = Self::nothing(dialect);
        for rename in renames {
            match rename {
                Rename::Table { from, to } => renaming.tables.push((from, to)),
                Rename::Column { table, from, to } => renaming.columns.push((table, from, to)),
                // Nothing else speaks of them by name: see `values` and `parts`.
                Rename::Value { .. } | Rename::Part { .. } => {}
            }
        }
        renaming
    }

    /// Another name for a value of an enum type: PostgreSQL.
    pub(super) fn of_value(value: (&'r TableName, &'r str, &'r str), dialect: Dialect) -> Self {
        Self { value: Some(value), ..Self::nothing(dialect) }
    }

    fn nothing(dialect: Dialect) -> Self {
        Self { dialect, tables: Vec::new(), columns: Vec::new(), value: None, is_back: false }
    }

    /// From the later names to the earlier ones.
    pub(in crate::diff) fn reversed(self) -> Self {
        let tables = self.tables.into_iter().map(|(from, to)| (to, from)).collect();
        let columns = self.columns.into_iter().map(|(table, from, to)| (table, to, from)).collect();
        Self { tables, columns, is_back: !self.is_back, ..self }
    }

    pub(in crate::diff) fn schema(&self, schema: &Schema) -> Schema {
        if self.tables.is_empty() && self.columns.is_empty() && self.value.is_none() {
            return schema.clone();
        }
        let tables = schema.tables.iter().map(|table| self.table(table)).collect();
        Schema { enums: schema.enums.iter().map(|of| self.enumeration(of)).collect(), tables }
    }

    fn enumeration(&self, of: &EnumType) -> EnumType {
        match self.value {
            Some((name, from, to)) if *name == of.name => with_value_renamed(of, from, to),
            _ => of.clone(),
        }
    }

    pub(in crate::diff) fn table_name(&self, name: &TableName) -> TableName {
        let found = self.tables.iter().find(|(from, _)| is_same_table(from, name, self.dialect));
        found.map_or(name, |(_, to)| to).clone()
    }

    pub(in crate::diff) fn column_name(&self, table: &TableName, name: &str) -> String {
        let mut own = self.columns_of(table);
        let found = own.find(|(from, _)| is_same(from, name, self.dialect));
        found.map_or(name, |(_, to)| to).to_owned()
    }

    /// The columns of a table, by the name that it has before.
    fn columns_of(&self, table: &TableName) -> impl Iterator<Item = (&'r str, &'r str)> {
        let later = if self.is_back { table.clone() } else { self.table_name(table) };
        let own = move |of: &TableName| is_same_table(of, &later, self.dialect);
        self.columns.iter().filter(move |(of, ..)| own(of)).map(|(_, from, to)| (*from, *to))
    }

    fn table(&self, table: &Table) -> Table {
        let mut renamed = table.clone();
        renamed.name = self.table_name(&table.name);
        for column in &mut renamed.columns {
            *column = self.column(&table.name, column);
        }
        for constraint in &mut renamed.constraints {
            *constraint = self.constraint(&table.name, constraint);
        }
        for index in &mut renamed.indexes {
            *index = self.index(&table.name, index);
        }
        renamed
    }

    pub(in crate::diff) fn column(&self, table: &TableName, column: &Column) -> Column {
        let mut renamed = column.clone();
        renamed.name = self.column_name(table, &column.name);
        if let Some((of, from, to)) = self.value
            && enum_of(column.data_type.for_dialect(self.dialect)).is_some_and(|own| own.name == *of)
        {
            rename_in(&mut renamed, from, to, self.dialect);
        }
        if let Some(Value::Expression(text)) = &mut renamed.default {
            *text = self.text(table, text);
        }
        if let Some(generated) = &mut renamed.generated {
            generated.expression = self.text(table, &generated.expression);
        }
        for check in &mut renamed.checks {
            check.condition = self.condition(table, &check.condition);
        }
        for (_, text) in &mut renamed.options {
            *text = self.text(table, text);
        }
        renamed
    }

    pub(in crate::diff) fn constraint(&self, table: &TableName, constraint: &Constraint) -> Constraint {
        let mut renamed = constraint.clone();
        let names = |names: &mut Vec<String>, of: &TableName| {
            for name in names {
                *name = self.column_name(of, name);
            }
        };
        match &mut renamed {
            Constraint::PrimaryKey(key) => {
                names(&mut key.columns, table);
                names(&mut key.include, table);
            }
            Constraint::Unique(unique) => {
                names(&mut unique.columns, table);
                names(&mut unique.include, table);
            }
            Constraint::Check(check) => check.condition = self.condition(table, &check.condition),
            Constraint::ForeignKey(key) => {
                names(&mut key.columns, table);
                names(&mut key.on_delete_columns, table);
                let referred = key.referred_table.clone();
                names(&mut key.referred_columns, &referred);
                key.referred_table = self.table_name(&referred);
            }
            Constraint::Exclusion(exclusion) => {
                for (key, _) in &mut exclusion.elements {
                    self.key(table, key);
                }
                exclusion.filter = exclusion.filter.as_deref().map(|text| self.text(table, text));
            }
        }
        renamed
    }

    pub(in crate::diff) fn index(&self, table: &TableName, index: &Index) -> Index {
        let mut renamed = index.clone();
        renamed.keys.iter_mut().for_each(|key| self.key(table, key));
        renamed.include.iter_mut().for_each(|name| *name = self.column_name(table, name));
        renamed.filter = index.filter.as_deref().map(|text| self.text(table, text));
        renamed
    }

    fn key(&self, table: &TableName, key: &mut IndexKey) {
        match &mut key.of {
            KeyOf::Column(name) => *name = self.column_name(table, name),
            KeyOf::Expression(text) => *text = self.text(table, text),
        }
    }

    fn condition(&self, table: &TableName, condition: &Condition) -> Condition {
        match condition {
            Condition::Sql(text) => Condition::Sql(self.text(table, text)),
            Condition::OneOf { column, values } => {
                Condition::OneOf { column: self.column_name(table, column), values: values.clone() }
            }
        }
    }

    /// An expression about the rows of a table.
    fn text(&self, table: &TableName, text: &str) -> String {
        let own: Vec<(&str, &str)> = self.columns_of(table).collect();
        let new_table = self.table_name(table);
        if own.is_empty() && new_table == *table && self.value.is_none() {
            return text.to_owned();
        }
        let tokens = significant(self.dialect, text);
        let mut renamed = String::with_capacity(text.len());
        let mut copied = 0;
        for (at, token) in tokens.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| tokens.get(at));
            let new = if let Some(value) = self.value_text(token, tokens.get(at + 1..).unwrap_or_default()) {
                renamed.push_str(text.get(copied..token.start).unwrap_or_default());
                renamed.push_str(&literal(self.dialect, value));
                copied = token.end();
                None
            } else if !Self::can_be_name(token, before, tokens.get(at + 1)) {
                None
            } else if tokens.get(at + 1).is_some_and(|next| next.is_sign(".")) {
                token.says(&table.name).then_some(new_table.name.as_str())
            } else {
                own.iter().find(|(from, _)| token.says(from)).map(|(_, to)| *to)
            };
            if let Some(new) = new {
                renamed.push_str(text.get(copied..token.start).unwrap_or_default());
                renamed.push_str(&quote_name(self.dialect, new));
                copied = token.end();
            }
        }
        renamed.push_str(text.get(copied..).unwrap_or_default());
        renamed
    }

    /// The new text of a value that is cast to its enum type, as PostgreSQL writes each of them.
    fn value_text(&self, token: &Token<'_>, rest: &[Token<'_>]) -> Option<&'r str> {
        let (of, from, to) = self.value?;
        let [cast, name, rest @ ..] = rest else { return None };
        // With a schema in front, where that is not the current one.
        let name = match rest {
            [dot, name, ..] if dot.is_sign(".") => name,
            _ => name,
        };
        let is_it = token.kind == TokenKind::String && token.unquoted() == from;
        (is_it && cast.is_sign("::") && name.says(&of.name)).then_some(to)
    }

    /// A function is not, and no type behind a cast.
    fn can_be_name(token: &Token<'_>, before: Option<&Token<'_>>, after: Option<&Token<'_>>) -> bool {
        let is_cast = before.is_some_and(|before| before.is_sign("::") || before.is("AS"));
        let is_call = token.kind == TokenKind::Word && after.is_some_and(|after| after.is_sign("("));
        token.is_name() && !is_cast && !is_call
    }
}
