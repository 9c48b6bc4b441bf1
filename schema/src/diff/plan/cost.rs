//! What an operation costs that grows with the table: a rebuild, or a lock that others wait for meanwhile.
//!
//! PostgreSQL: manual, ALTER TABLE (Notes) and 13.3. MySQL: manual, 17.12.1; MariaDB: InnoDB Online DDL Overview.
//! Only what is always so is said; an instant change is no hazard.

use super::{Affected, Hazard, HazardKind, conversion};
use crate::operation::{AddColumn, AddConstraint, AlterColumn, Change, Operation, Operations};
use crate::render::{self, Action};
use crate::table::{Column, Constraint, ConstraintKind, TableName, Value};
use servicekit_chain::Dialect;

/// Functions that PostgreSQL calls once for a column that is added: they are not volatile.
const NOT_VOLATILE: [&str; 14] = [
    "now",
    "current_timestamp",
    "localtimestamp",
    "current_time",
    "localtime",
    "transaction_timestamp",
    "statement_timestamp",
    "timezone",
    "lower",
    "upper",
    "md5",
    "concat",
    "coalesce",
    "make_interval",
];

/// What an operation on a table with rows costs.
pub(super) fn of(operation: &Operation, dialect: Dialect) -> Option<Hazard> {
    match dialect {
        Dialect::Sqlite => on_sqlite(operation),
        Dialect::Postgres => on_postgres(operation),
        _ => on_mysql(operation),
    }
}

fn rebuilds(table: &TableName) -> Hazard {
    Hazard::new(HazardKind::Rebuilds, table, format!("table {table}"), Affected::Rows)
}

fn locks(table: &TableName, what: String) -> Hazard {
    Hazard::new(HazardKind::TakesLock, table, what, Affected::Rows)
}

fn on_sqlite(operation: &Operation) -> Option<Hazard> {
    let mut alone = Operations::default();
    alone.push(operation.clone());
    let is_rebuild = |recorded| {
        let actions = render::actions(recorded, Dialect::Sqlite).unwrap_or_default();
        actions.iter().any(|action| matches!(action, Action::Rebuild(_)))
    };
    alone.recorded().iter().any(is_rebuild).then_some(())?;
    operation.table().map(rebuilds)
}

fn on_postgres(operation: &Operation) -> Option<Hazard> {
    match operation {
        Operation::CreateIndex(create) if !create.concurrently => {
            let (table, name) = (&create.table, named("index", create.index.name.as_deref()));
            Some(locks(table, format!("writes to {table} wait until the {name} is built")))
        }
        Operation::AddConstraint(add) if add.constraint.checks_rows() => Some(of_constraint(add)),
        Operation::AlterColumn(alter) => rewritten(alter).or_else(|| {
            let AlterColumn { table, column, .. } = &**alter;
            (alter.nullable == Some(false)).then(|| {
                locks(table, format!("{table} waits while each row is looked through for a null in {column}"))
            })
        }),
        Operation::AddColumn(add) => filled(add).then(|| rebuilds(&add.table)),
        _ => None,
    }
}

fn of_constraint(add: &AddConstraint) -> Hazard {
    let (table, constraint) = (&add.table, &add.constraint);
    let name = named(&constraint.kind().to_string(), constraint.name());
    match constraint {
        Constraint::ForeignKey(key) if key.referred_table != *table => {
            let other = &key.referred_table;
            locks(table, format!("writes to {table} and {other} wait until the {name} is checked"))
        }
        Constraint::ForeignKey(_) => {
            locks(table, format!("writes to {table} wait until the {name} is checked"))
        }
        Constraint::Check(_) => locks(table, format!("{table} waits until the {name} is checked")),
        _ => locks(table, format!("{table} waits until the index of the {name} is built")),
    }
}

fn named(kind: &str, name: Option<&str>) -> String {
    name.map_or_else(|| kind.to_owned(), |name| format!("{kind} {name}"))
}

/// A change of the type, unless the values stay as they are stored.
fn rewritten(alter: &AlterColumn) -> Option<Hazard> {
    let (new, existing) = (alter.data_type.as_ref()?, alter.existing.as_ref()?);
    let mut to = existing.clone();
    to.data_type = new.clone();
    let stays = alter.using.is_none() && conversion::is_stored_alike(existing, &to);
    (!stays).then(|| rebuilds(&alter.table))
}

/// Whether each row gets a value of its own.
fn filled(add: &AddColumn) -> bool {
    let Column { data_type, identity, generated, default, .. } = &add.column;
    data_type.behind_serial().is_some()
        || identity.is_some()
        || generated.as_ref().is_some_and(|generated| generated.stored)
        || default.as_ref().is_some_and(is_volatile)
}

/// What is not known to be stable is called for each row.
fn is_volatile(default: &Value) -> bool {
    let Value::Expression(expression) = default else { return false };
    let lower = expression.to_lowercase();
    lower.match_indices('(').any(|(at, _)| {
        let before = lower[..at].trim_end();
        let function = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        !function.is_empty() && !NOT_VOLATILE.contains(&function)
    })
}

fn on_mysql(operation: &Operation) -> Option<Hazard> {
    match operation {
        Operation::AddConstraint(add) => {
            let copies = !matches!(add.constraint.kind(), ConstraintKind::Unique | ConstraintKind::Exclusion);
            (copies && add.constraint.checks_rows()).then(|| rebuilds(&add.table))
        }
        Operation::AlterColumn(alter) => {
            let copies = alter.nullable == Some(false)
                || alter.collation != Change::Keep
                || matches!(alter.own_check, Change::To(_))
                || changes_type_on_mysql(alter);
            copies.then(|| rebuilds(&alter.table))
        }
        Operation::AddColumn(add) => {
            let is_stored = add.column.generated.as_ref().is_some_and(|generated| generated.stored);
            (is_stored || add.column.identity.is_some()).then(|| rebuilds(&add.table))
        }
        _ => None,
    }
}

fn changes_type_on_mysql(alter: &AlterColumn) -> bool {
    let (Some(new), Some(existing)) = (&alter.data_type, &alter.existing) else { return false };
    let mut to = existing.clone();
    to.data_type = new.clone();
    !conversion::is_extended_on_mysql(existing, &to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::sql;

    #[test]
    fn the_function_that_is_called_is_found_behind_any_character() {
        for (expression, calls) in [
            ("now()", false),
            ("1 + (2)", false),
            ("é🦀 (1)", false),
            ("'🦀'||gen_random_uuid()", true),
            ("\u{88f4a}×random ()", true),
        ] {
            assert_eq!(is_volatile(&Value::from(sql(expression))), calls, "{expression}");
        }
    }
}
