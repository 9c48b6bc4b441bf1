//! Reading the schema of SQLite.
//!
//! The catalogue tells the columns, keys and indexes; what only the text of a table says is taken from there. Where
//! both do not fit together, the catalogue is right, and the text is kept whole.
//!
//! - Words: types, `NOT NULL`, defaults, collations, generated columns, `AUTOINCREMENT`, comments as this program
//!   writes them, constraints with or without a name, indexes with their order, collations, expressions and condition.
//! - [Options](servicekit_schema::table::Column::option) of a column: the name of a `NOT NULL`, `ON CONFLICT`, a
//!   primary key with an order or a collation, a foreign key to a table that is not there. A constraint of the table
//!   that there is no word for is an option of its last column, with a comma before it.
//! - Options of a table: `WITHOUT ROWID`, `STRICT`.
//! - Remainders: an index that cannot be read, and the text of a table that cannot be taken apart.
//! - Left out: other comments, `MATCH` and the names of defaults, which mean nothing to SQLite; views, triggers,
//!   virtual and shadow tables, and tables of SQLite itself.

mod catalogue;
mod columns;
mod constraints;
mod indexes;
mod packed;
mod questions;
mod tables;
mod types;
mod values;

use crate::backend::Answer;
use crate::backend::engine::{Introspection, Scope};
use crate::backend::sqlite::{Sqlite, primary_code};
use crate::error::{IntrospectionError, error_message};
use catalogue::Catalogue;
use servicekit_schema::table::{Schema, Table, TableName};
use std::collections::HashSet;

impl Introspection for Sqlite {
    fn begin_snapshot(&self) -> Vec<String> {
        // It reads only, and so works in a file and on a connection that allow nothing else.
        vec!["BEGIN DEFERRED".to_owned()]
    }

    #[cfg(feature = "testing")]
    fn stored_texts(&self) -> Option<&'static str> {
        // In the order in which they were made; an index of a constraint comes with its table.
        Some(
            "SELECT tbl_name, sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql NOT LIKE 'CREATE VIRTUAL%' \
             AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type = 'index', rowid",
        )
    }

    #[cfg(feature = "testing")]
    fn contents(&self) -> &'static str {
        // The text of a view, a trigger or a virtual table tells what no schema does; indexes belong to their tables.
        "SELECT CASE WHEN sql LIKE 'CREATE VIRTUAL%' THEN 'virtual table' ELSE type END, name || CASE WHEN \
         type IN ('view', 'trigger') OR sql LIKE 'CREATE VIRTUAL%' THEN ': ' || sql ELSE '' END, '' FROM sqlite_schema WHERE type <> 'index' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1, 2"
    }

    fn is_over_limit(&self, error: &sqlx::Error) -> bool {
        // SQLITE_INTERRUPT: the progress handler ended it.
        primary_code(error) == Some(9)
    }

    fn schema_questions(&self, scope: &Scope) -> Vec<String> {
        questions::all(&schemas(scope))
    }

    fn read_schema(&self, scope: &Scope, answers: &[Answer]) -> Result<Schema, IntrospectionError> {
        let catalogue = Catalogue::new(answers)?;
        if let Some(schema) = schemas(scope).into_iter().find(|schema| !catalogue.has_schema(schema)) {
            return Err(IntrospectionError::NoSchema { schema });
        }
        let wanted = wanted(scope, &catalogue)?;
        let mut schema = Schema::default();
        for (at, found) in catalogue.tables.iter().enumerate() {
            let is_left_out = scope.left_out.iter().any(|name| name.eq_ignore_ascii_case(&found.name));
            let is_wanted = wanted.as_ref().map_or(!is_left_out, |wanted| wanted.contains(&at));
            if is_wanted {
                schema.tables.push(tables::table(&catalogue, found));
            }
        }
        schema.tables.sort_by(|one: &Table, other| one.name.cmp(&other.name));
        Ok(schema)
    }

    fn missing_schema(&self, scope: &Scope, error: &sqlx::Error) -> Option<IntrospectionError> {
        let message = error_message(error);
        let missing = message.strip_prefix("no such table: ")?.strip_suffix(".sqlite_schema")?;
        let schema = schemas(scope).into_iter().find(|schema| schema.eq_ignore_ascii_case(missing))?;
        Some(IntrospectionError::NoSchema { schema })
    }
}

/// The schemas that are asked for, and those of tables that are.
fn schemas(scope: &Scope) -> Vec<String> {
    let mut schemas = current(scope);
    for table in &scope.tables {
        schemas.extend(table.schema.clone());
    }
    let mut seen = HashSet::new();
    schemas.retain(|schema| seen.insert(schema.to_ascii_lowercase()));
    schemas
}

/// The schemas in which a table without one is looked for.
fn current(scope: &Scope) -> Vec<String> {
    let main = scope.has_current().then(|| "main".to_owned());
    main.into_iter().chain(scope.schemas.iter().cloned()).collect()
}

/// The places of the tables that are asked for; `None` when all are.
fn wanted(scope: &Scope, catalogue: &Catalogue) -> Result<Option<HashSet<usize>>, IntrospectionError> {
    if scope.tables.is_empty() {
        return Ok(None);
    }
    let mut wanted = HashSet::new();
    for table in &scope.tables {
        let schemas = table.schema.clone().map_or_else(|| current(scope), |schema| vec![schema]);
        let found: Vec<usize> =
            schemas.iter().filter_map(|schema| catalogue.position(schema, &table.name)).collect();
        if found.is_empty() {
            return Err(no_table(table, &schemas, catalogue));
        }
        wanted.extend(found);
    }
    Ok(Some(wanted))
}

fn no_table(table: &TableName, schemas: &[String], catalogue: &Catalogue) -> IntrospectionError {
    let is_there = |schema: &str| schemas.iter().any(|wanted| wanted.eq_ignore_ascii_case(schema));
    let there = catalogue.tables.iter().filter(|found| is_there(&found.schema));
    let mut tables: Vec<String> = there.map(|found| found.name.clone()).collect();
    tables.sort();
    IntrospectionError::NoTable { table: table.clone(), tables }
}
