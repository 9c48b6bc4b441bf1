//! Foreign keys.

use crate::backend::mysql::introspect::catalogue::{Row, Server};
use crate::backend::mysql::introspect::parts::Parts;
use crate::backend::mysql::introspect::rows::Rows;
use crate::error::IntrospectionError;
use servicekit_chain::sql::backquoted;
use servicekit_schema::table::{ForeignKey, ForeignKeyAction, foreign_key};
use std::collections::BTreeMap;

/// Reads the foreign keys.
///
/// # Errors
/// If this user may see a foreign key and not its actions, as on MariaDB with no right but `SELECT`.
pub(super) fn read(
    server: &Server<'_>,
    rows: &mut Rows<'_>,
    parts: &mut Parts<'_>,
) -> Result<(), IntrospectionError> {
    rows.key_columns.sort_by_key(|row| row.number(3));
    let mut keys: BTreeMap<&str, Vec<Row<'_>>> = BTreeMap::new();
    for row in &rows.key_columns {
        keys.entry(row.text(2)).or_default().push(*row);
    }
    for (name, columns) in keys {
        let Some(rules) = rows.referential.get(name) else {
            return Err(IntrospectionError::HiddenForeignKey {
                table: parts.table.name.clone(),
                constraint: name.to_owned(),
            });
        };
        let Some(first) = columns.first() else { continue };
        let referred = server.table_name(first.text(5), first.text(6));
        let mut key = foreign_key(
            columns.iter().map(|row| row.text(4)),
            referred,
            columns.iter().map(|row| row.text(7)),
        )
        .name(name);
        key.on_delete = action(rules.text(3));
        key.on_update = action(rules.text(4));
        add(parts, key);
    }
    Ok(())
}

/// What the rule of a foreign key is in the vocabulary. The two that refuse are one to InnoDB, and the default.
fn action(rule: &str) -> Option<ForeignKeyAction> {
    match rule {
        "CASCADE" => Some(ForeignKeyAction::Cascade),
        "SET NULL" => Some(ForeignKeyAction::SetNull),
        "SET DEFAULT" => Some(ForeignKeyAction::SetDefault),
        _ => None,
    }
}

/// A foreign key is made by a statement of its own where the vocabulary could not name it, or where it needs an index of its own
/// table that is made by one.
fn add(parts: &mut Parts<'_>, key: ForeignKey) {
    let name = key.name.as_deref().unwrap_or_default();
    let is_taken = parts.table.constraints.iter().any(|constraint| constraint.name() == Some(name));
    let has_default = [key.on_delete, key.on_update].contains(&Some(ForeignKeyAction::SetDefault));
    let needs_remainder = key.referred_table == parts.table.name && parts.has_later_key;
    if !is_taken && !has_default && !needs_remainder {
        parts.table.constraints.push(key.into());
        return;
    }
    let list = |names: &[String]| names.iter().map(|name| backquoted(name)).collect::<Vec<_>>().join(", ");
    let schema = key.referred_table.schema.iter().map(|schema| format!("{}.", backquoted(schema)));
    let referred = schema.collect::<String>() + &backquoted(&key.referred_table.name);
    let rule = |event: &str, action: Option<ForeignKeyAction>| {
        let rule = match action? {
            ForeignKeyAction::Cascade => "CASCADE",
            ForeignKeyAction::SetNull => "SET NULL",
            ForeignKeyAction::SetDefault => "SET DEFAULT",
            _ => return None,
        };
        Some(format!(" ON {event} {rule}"))
    };
    let rules: String =
        rule("DELETE", key.on_delete).into_iter().chain(rule("UPDATE", key.on_update)).collect();
    let action = format!(
        "ADD CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {referred} ({}){rules}",
        backquoted(name),
        list(&key.columns),
        list(&key.referred_columns)
    );
    parts.alter(format!("foreign key {name}"), &action);
}
