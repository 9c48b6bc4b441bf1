//! Columns.

use super::catalogue::Catalogue;
use super::defaults::{value, without_parentheses};
use super::draft::Draft;
use super::namespaces::quote;
use super::row::Read;
use super::rows::{ColumnRow, Generation};
use super::tables::storage_options;
use super::types::ColumnType;
use crate::error::IntrospectionError;
use servicekit_chain::Dialect;
use servicekit_schema::table::{Column, Type};

impl Catalogue<'_> {
    /// Adds the columns of a table.
    pub(super) fn add_columns(&self, table: u32, is_unlogged: bool, draft: &mut Draft) -> Read<()> {
        for row in self.columns.get(&table).into_iter().flatten() {
            let column = self.column(table, is_unlogged, row, draft)?;
            draft.table.columns.push(column);
            self.remain(row, draft);
        }
        Ok(())
    }

    fn column(&self, table: u32, is_unlogged: bool, row: &ColumnRow<'_>, draft: &mut Draft) -> Read<Column> {
        let Some(data_type) = self.types.get(&row.data_type) else {
            return Err(IntrospectionError::Changing);
        };
        let mut column = Column::new(row.name, data_type.data_type.clone());
        column.nullable = !row.is_not_null;
        column.comment = row.comment.map(str::to_owned);
        column = self.with_collation(column, row, data_type);
        let expression = row.expression.map(without_parentheses).unwrap_or_default();
        match row.generation {
            Generation::None => self.set_default(table, is_unlogged, row, &mut column, data_type, draft),
            Generation::Stored => column = column.generated(expression),
            Generation::Virtual => column = column.generated_virtual(expression),
        }
        Ok(column)
    }

    fn with_collation(&self, column: Column, row: &ColumnRow<'_>, data_type: &ColumnType<'_>) -> Column {
        if row.collation == data_type.collation {
            return column;
        }
        match self.collations.get(&row.collation) {
            None => column,
            Some(collation) => match collation.schema {
                None => column.collate_on(Dialect::Postgres, collation.name),
                Some(schema) => {
                    let name = format!("{}.{}", quote(schema), quote(collation.name));
                    column.option(Dialect::Postgres, format!("COLLATE {name}"))
                }
            },
        }
    }

    /// Sets the default, or what else fills the column.
    fn set_default(
        &self,
        table: u32,
        is_unlogged: bool,
        row: &ColumnRow<'_>,
        column: &mut Column,
        data_type: &ColumnType<'_>,
        draft: &mut Draft,
    ) {
        column.identity = row.identity;
        let mut is_serial = false;
        for sequence in self.sequences.get(&(table, row.number)).into_iter().flatten() {
            if sequence.is_identity {
                column.sequence = sequence.identity(data_type.bare);
                sequence.remain_of_generator(draft, row.name);
                continue;
            }
            let serial = sequence.serial(&draft.table.name, data_type.bare, is_unlogged);
            let is_used = sequence.next.is_some() && row.expression == sequence.next && row.is_not_null;
            match serial.filter(|_| is_used) {
                Some(serial) => {
                    column.data_type = Type::custom(serial);
                    sequence.remain_of_generator(draft, row.name);
                    is_serial = true;
                }
                None => sequence.remain(draft, row.name),
            }
        }
        let Some(expression) = row.expression.filter(|_| !is_serial) else { return };
        let owner = self.owners.get(&(table, row.number));
        match owner.and_then(|owner| self.tables.get(owner)) {
            // The sequence is there when the table of its owner is.
            Some(owner) => {
                let default = format!(
                    "ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {expression}",
                    draft.sql,
                    quote(row.name)
                );
                draft.remain_late(owner, format!("default of {}", row.name), default);
            }
            None => column.default = Some(value(expression, data_type.bare)),
        }
    }

    /// Notes what a column has besides.
    fn remain(&self, row: &ColumnRow<'_>, draft: &mut Draft) {
        let usual = self.types.get(&row.data_type).map(|data_type| data_type.storage);
        remain(row, usual == Some(row.storage), draft);
    }
}

fn remain(row: &ColumnRow<'_>, has_usual_storage: bool, draft: &mut Draft) {
    let has_more = row.compression.is_some() || row.statistics.is_some() || !row.options.is_empty();
    if has_usual_storage && !has_more {
        return;
    }
    let alter = format!("ALTER TABLE {} ALTER COLUMN {}", draft.sql, quote(row.name));
    if !has_usual_storage {
        let storage = match row.storage {
            "p" => "PLAIN",
            "e" => "EXTERNAL",
            "m" => "MAIN",
            _ => "EXTENDED",
        };
        draft.remain(format!("storage of {}", row.name), format!("{alter} SET STORAGE {storage}"));
    }
    if let Some(compression) = row.compression {
        draft
            .remain(format!("compression of {}", row.name), format!("{alter} SET COMPRESSION {compression}"));
    }
    if let Some(statistics) = row.statistics {
        draft.remain(format!("statistics of {}", row.name), format!("{alter} SET STATISTICS {statistics}"));
    }
    if !row.options.is_empty() {
        let options = storage_options("", &row.options);
        draft.remain(format!("options of {}", row.name), format!("{alter} SET ({})", options.join(", ")));
    }
}
