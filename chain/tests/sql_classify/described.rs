//! A class in a few words.

use servicekit_chain::Dialect;
use servicekit_chain::sql::{Object, ObjectName, Recovery, StatementClass, TransactionBehavior, classify};

/// A class in a few words, such as `compare Table a, Table b`.
pub(crate) fn describe(class: &StatementClass) -> String {
    let recovery = match &class.behavior {
        TransactionBehavior::Transactional => return "transactional".to_owned(),
        TransactionBehavior::SetsVariable => return "sets variable".to_owned(),
        TransactionBehavior::Session => return "session".to_owned(),
        TransactionBehavior::TransactionControl => return "control".to_owned(),
        TransactionBehavior::ReleasesLocks => return "releases locks".to_owned(),
        TransactionBehavior::CopyStream => return "stream".to_owned(),
        TransactionBehavior::NonTransactional(recovery) => recovery,
        other => return format!("{other:?}"),
    };
    let objects = class.objects.iter().map(object).collect::<Vec<_>>().join(", ");
    match recovery {
        Recovery::Compare => format!("compare {objects}"),
        Recovery::Repeat => "repeat".to_owned(),
        Recovery::Ask => "ask".to_owned(),
        Recovery::BuildIndex { index, table, if_not_exists } => {
            let index = index.as_ref().map_or("unnamed".to_owned(), name);
            let sure = if *if_not_exists { " unless it exists" } else { "" };
            format!("build {index} on {}{sure}", name(table))
        }
        Recovery::DropIndex { index } => format!("drop {}", name(index)),
        other => format!("{other:?}"),
    }
}

fn object(object: &Object) -> String {
    format!("{:?} {}", object.kind, name(&object.name))
}

fn name(name: &ObjectName) -> String {
    name.schema.iter().chain([&name.name]).map(String::as_str).collect::<Vec<_>>().join(".")
}

/// Checks each statement of a table, and shows all that are not as expected.
pub(crate) fn assert_class(dialect: Dialect, expected: &str, statements: &[&str]) {
    let wrong: Vec<_> = statements
        .iter()
        .map(|sql| (*sql, describe(&classify(dialect, sql))))
        .filter(|(_, described)| described != expected)
        .collect();
    assert!(wrong.is_empty(), "{dialect}: not {expected}: {wrong:#?}");
}

/// Checks each row of a table: a statement, and its class.
pub(crate) fn assert_rows(dialect: Dialect, rows: &[(&str, &str)]) {
    let wrong: Vec<_> = rows
        .iter()
        .map(|(sql, expected)| (*sql, *expected, describe(&classify(dialect, sql))))
        .filter(|(_, expected, described)| described != expected)
        .collect();
    assert!(wrong.is_empty(), "{dialect}: (statement, expected, described): {wrong:#?}");
}
