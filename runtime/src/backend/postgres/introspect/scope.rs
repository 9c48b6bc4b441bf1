//! What of a database is to be read, and whether it is there.

use super::namespaces::Namespaces;
use super::row::{Read, Rows};
use crate::backend::engine::Scope;
use crate::error::IntrospectionError;
use servicekit_schema::table::TableName;

/// Refuses a schema that is not there.
pub(super) fn check_schemas(scope: &Scope, namespaces: &Namespaces<'_>, path: &str) -> Read<()> {
    let named = scope.tables.iter().filter_map(|table| table.schema.as_ref());
    if let Some(missing) = scope.schemas.iter().chain(named).find(|schema| !namespaces.has(schema)) {
        return Err(IntrospectionError::NoSchema { schema: missing.clone() });
    }
    if scope.reads_current() && namespaces.current().is_none() {
        return Err(IntrospectionError::NoSchema { schema: path.to_owned() });
    }
    Ok(())
}

/// Whether a table in this schema is to be read.
pub(super) fn is_wanted(scope: &Scope, namespaces: &Namespaces<'_>, schema: &str, name: &str) -> bool {
    let is_asked = |table: &TableName| table.name == name && is_in(scope, namespaces, table, schema);
    scope.tables.is_empty() || scope.tables.iter().any(is_asked)
}

/// Whether a table that is asked for would be in this schema.
fn is_in(scope: &Scope, namespaces: &Namespaces<'_>, table: &TableName, schema: &str) -> bool {
    match &table.schema {
        Some(own) => own == schema,
        None => {
            (scope.has_current() && namespaces.current() == Some(schema))
                || scope.schemas.iter().any(|read| read == schema)
        }
    }
}

/// Refuses a table that is not there.
pub(super) fn check_tables(
    scope: &Scope,
    namespaces: &Namespaces<'_>,
    found: &[(&str, &str)],
    names: Rows<'_>,
) -> Read<()> {
    let is_found = |table: &&TableName| {
        found.iter().any(|(schema, name)| *name == table.name && is_in(scope, namespaces, table, schema))
    };
    let Some(missing) = scope.tables.iter().find(|table| !is_found(table)) else { return Ok(()) };
    let all = names.map(|row| Ok((namespaces.schema(row.number()?), row.text()?)))?;
    let those = all.into_iter().filter(|(schema, _)| is_in(scope, namespaces, missing, schema));
    let tables = those.map(|(_, name)| name.to_owned()).collect();
    Err(IntrospectionError::NoTable { table: missing.clone(), tables })
}
