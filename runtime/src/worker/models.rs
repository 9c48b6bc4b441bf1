//! The models of the application, for the command line.

use super::environment::Gathered;
use super::wire::Models;

/// What the command line gets to know.
#[cfg(feature = "models")]
pub(super) fn found(metadata: &Gathered) -> Models {
    use super::wire::{ModelFacts, RegistryFacts, RenameFacts};
    use crate::model::registries;
    use crate::schema::Schema;
    use servicekit_schema::{document, source};

    let (tables, mut problems) = match metadata.tables() {
        Ok(tables) => (tables, Vec::new()),
        Err(invalid) => (Vec::new(), invalid.problems().iter().map(ToString::to_string).collect()),
    };
    let tables = match metadata.naming_convention() {
        Some(naming) => tables.into_iter().map(|table| naming.named(table)).collect(),
        None => tables,
    };
    let schema = Schema::from(tables);
    let operations = source::arranged(&schema).operations(servicekit_chain::Dialect::Sqlite);
    let rust = source::function("upgrade", &operations).unwrap_or_else(|error| {
        problems.push(error.to_string());
        String::new()
    });
    let left_out = metadata.in_test_modules().iter().map(|place| {
        format!("{place} is left out: its module is one of tests; name it in `models![…]` to have it")
    });
    Models {
        is_compiled: true,
        document: document::document(&schema).to_string(),
        rust,
        models: metadata
            .places()
            .into_iter()
            .map(|(table, place)| ModelFacts {
                table: table.to_string(),
                rust: place.rust.to_owned(),
                file: place.file.to_owned(),
                line: place.line,
            })
            .collect(),
        renames: metadata
            .hints()
            .into_iter()
            .map(|(table, hints)| RenameFacts {
                table: table.to_string(),
                table_before: hints.table,
                columns: hints.columns,
                values: hints.values.into_iter().map(|of| (of.column, of.value, of.before)).collect(),
            })
            .collect(),
        ignored: metadata.ignored().iter().map(ToString::to_string).collect(),
        registries: registries()
            .into_iter()
            .map(|(name, places)| RegistryFacts {
                name: name.to_owned(),
                models: places.iter().map(|place| place.rust.to_owned()).collect(),
            })
            .collect(),
        notes: left_out.collect(),
        problems,
    }
}

/// Without the feature `models` there are none.
#[cfg(not(feature = "models"))]
pub(super) fn found(_: &Gathered) -> Models {
    Models::default()
}
