//! The whole schema, put together.

use super::answers::Answers;
use super::catalogue::{Catalogue, Referred};
use super::constraints::Surroundings;
use super::draft::Draft;
use super::indexes::TableColumns;
use super::namespaces::{Namespaces, quoted};
use super::row::{Read, Row, Rows};
use super::rows::{ConstraintRow, IndexRow};
use super::scope::{check_schemas, check_tables, is_wanted};
use super::tables::TableRow;
use crate::backend::engine::Scope;
use crate::error::IntrospectionError;
use servicekit_chain::Dialect;
use servicekit_chain::sql::literal;
use servicekit_schema::Operation;
use servicekit_schema::table::{Remainder, Schema, Table, TableName};
use std::collections::{HashMap, HashSet};

/// What the answers mean.
pub(super) fn read(scope: &Scope, answers: &Answers<'_>) -> Read<Schema> {
    let (current, path) = server(answers.server)?;
    let namespaces = Namespaces::read(answers.namespaces, current)?;
    check_schemas(scope, &namespaces, path)?;
    let mut rows = answers.tables.map(|row| TableRow::read(row, &namespaces))?;
    let described = rows.iter().map(|row| (row.number, Referred::from(row))).collect();
    rows.retain(|row| is_wanted(scope, &namespaces, row.schema, &row.name.name));
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    let found: Vec<(&str, &str)> = rows.iter().map(|row| (row.schema, row.name.name.as_str())).collect();
    check_tables(scope, &namespaces, &found, answers.names)?;
    let tables = rows.iter().map(|row| (row.number, row.name.clone())).collect();
    let catalogue = Catalogue::read(answers, &namespaces, tables, described)?;
    let mut drafts = rows.iter().map(|row| catalogue.draft(row)).collect::<Read<Vec<Draft>>>()?;
    let used = catalogue.remain_comments_of_enums(&rows, &mut drafts);
    let is_in = |number: u32| scope.tables.is_empty() || used.contains(&number);
    let mut schema = Schema::default();
    let enums = catalogue.enums.into_iter().filter(|each| each.is_own && is_in(each.number));
    schema.enums = enums.map(|each| each.enumeration).collect();
    schema.enums.sort_by(|one, other| one.name.cmp(&other.name));
    let mut late = Vec::new();
    for draft in drafts {
        late.extend(draft.late.into_iter().map(|(other, what)| (draft.table.name.clone(), other, what)));
        schema.tables.push(draft.table);
    }
    add_late(&mut schema, late);
    Ok(schema)
}

/// The current schema and the search path.
fn server(rows: Rows<'_>) -> Read<(Option<&str>, &str)> {
    let found = rows.map(|row: &mut Row<'_>| {
        let version = row.text()?;
        let others = ["CockroachDB", "Redshift", "Materialize", "RisingWave"];
        if others.iter().any(|other| version.contains(other)) {
            return Err(row.unknown(version));
        }
        Ok((row.optional()?, row.text()?))
    })?;
    found.first().copied().ok_or_else(|| IntrospectionError::UnknownCatalogue {
        catalogue: rows.catalogue,
        found: "no row".to_owned(),
    })
}

impl<'a> Catalogue<'a> {
    /// A table with all that belongs to it.
    fn draft(&self, row: &TableRow<'a>) -> Read<Draft> {
        let mut draft = row.draft();
        self.add_columns(row.number, row.is_unlogged, &mut draft)?;
        let own = self.columns.get(&row.number).into_iter().flatten();
        let columns: TableColumns<'a> =
            own.map(|column| (column.number, (column.name, column.collation))).collect();
        let mut indexes: Vec<&IndexRow<'a>> = self.indexes.get(&row.number).into_iter().flatten().collect();
        indexes.sort_by_key(|index| index.name);
        let constraints = self.constraints.get(&row.number).into_iter().flatten();
        let of_constraints: HashSet<u32> = constraints.filter_map(ConstraintRow::own_index).collect();
        let (own, free): (Vec<_>, Vec<_>) =
            indexes.into_iter().partition(|index| of_constraints.contains(&index.number));
        let free: Vec<_> = free.into_iter().filter(|index| index.is_valid).collect();
        self.add_indexes(&free, &columns, &mut draft)?;
        let by_number = own.iter().map(|index| (index.number, *index)).collect();
        let around = Surroundings {
            table: row.number,
            is_unlogged: row.is_unlogged,
            columns: &columns,
            indexes: &by_number,
        };
        self.add_constraints(around, &mut draft)?;
        for index in own.iter().chain(&free) {
            self.remain_of_index(index, &mut draft);
        }
        for (name, definition) in self.statistics.get(&row.number).into_iter().flatten() {
            draft.remain(format!("statistics {name}"), *definition);
        }
        row.remain(&mut draft);
        Ok(draft)
    }

    /// Notes the comments of enums with the first table that has a column of each, and says which enums are used.
    fn remain_comments_of_enums(&self, rows: &[TableRow<'_>], drafts: &mut [Draft]) -> HashSet<u32> {
        let comments: HashMap<u32, (&TableName, &str)> = self
            .enums
            .iter()
            .filter(|each| each.is_own)
            .filter_map(|each| Some((each.number, (&each.enumeration.name, each.comment?))))
            .collect();
        let mut used = HashSet::new();
        for (row, draft) in rows.iter().zip(drafts) {
            let columns = self.columns.get(&row.number).into_iter().flatten();
            let enums = columns.filter_map(|column| self.types.get(&column.data_type)?.enumeration);
            for number in enums {
                if let (true, Some((name, comment))) = (used.insert(number), comments.get(&number)) {
                    let sql = format!(
                        "COMMENT ON TYPE {} IS {}",
                        quoted(name),
                        literal(Dialect::Postgres, comment)
                    );
                    draft.remain(format!("comment of the type {name}"), sql);
                }
            }
        }
        used
    }
}

/// Adds what needs two tables to the one that is created later.
fn add_late(schema: &mut Schema, late: Vec<(TableName, TableName, Remainder)>) {
    if late.is_empty() {
        return;
    }
    let operations = schema.operations(Dialect::Postgres);
    let created = operations.recorded().iter().filter_map(|recorded| match &recorded.operation {
        Operation::CreateTable(create) => Some(&create.table.name),
        _ => None,
    });
    let places: HashMap<&TableName, usize> = created.zip(0..).collect();
    let mut tables: HashMap<TableName, &mut Table> =
        schema.tables.iter_mut().map(|table| (table.name.clone(), table)).collect();
    for (own, other, remainder) in late {
        let last = if places.get(&own) > places.get(&other) { own } else { other };
        if let Some(table) = tables.get_mut(&last) {
            table.remainders.push(remainder);
        }
    }
}
