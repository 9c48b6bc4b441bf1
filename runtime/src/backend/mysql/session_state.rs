//! A session of MySQL or MariaDB. Neither lists variables of the user, temporary tables and prepared statements everywhere,
//! so that these are known by the names that a revision says.

use crate::backend::Answer;
use crate::backend::engine::{Quoting as _, Sessions as _};
use crate::backend::mysql::MySql;
use crate::backend::session_state::{changed, rows};
use servicekit_chain::sql::Named;

/// What statements leave there by the way, and what follows from other settings.
const NOT_SET: [&str; 17] = [
    "character_set_database",
    "collation_database",
    "error_count",
    "gtid_current_pos",
    "gtid_executed",
    "identity",
    "in_transaction",
    "insert_id",
    "last_gtid",
    "last_insert_id",
    "pseudo_thread_id",
    "rand_seed1",
    "rand_seed2",
    "sql_select_limit",
    "statement_id",
    "timestamp",
    "warning_count",
];

/// Places of the answers.
const VARIABLES: usize = 1;
const DATABASE: usize = 2;
const LIMIT: usize = 3;

pub(in crate::backend) fn questions() -> Vec<String> {
    // The limit is one for `SHOW` too.
    let texts = [
        "SET @`servicekit limit` = @@SESSION.sql_select_limit, SESSION sql_select_limit = 18446744073709551615",
        "SHOW SESSION VARIABLES",
        "SELECT DATABASE()",
        "SELECT 'sql_select_limit', @`servicekit limit`",
        "SET SESSION sql_select_limit = @`servicekit limit`",
    ];
    texts.map(str::to_owned).into()
}

/// The variables under other names, so that each keeps its type.
pub(in crate::backend) fn keep(named: &[Named]) -> Vec<String> {
    let pairs: Vec<String> =
        variables(named).map(|(copy, variable)| format!("{copy} = {variable}")).collect();
    if pairs.is_empty() { pairs } else { vec![format!("SET {}", pairs.join(", "))] }
}

/// Each variable with the one that its value is kept in.
fn variables(named: &[Named]) -> impl Iterator<Item = (String, &str)> {
    let variables = named.iter().filter_map(|named| match named {
        Named::Variable(name) => Some(name.as_str()),
        _ => None,
    });
    variables.enumerate().map(|(number, name)| (format!("@`servicekit {number}`"), name))
}

pub(in crate::backend) fn put_back(
    mysql: &MySql,
    named: &[Named],
    before: &[Answer],
    after: &[Answer],
) -> Vec<String> {
    let mut texts = Vec::new();
    for each in named {
        texts.extend(match each {
            Named::TemporaryTable(table) => {
                Some(format!("DROP TEMPORARY TABLE IF EXISTS {}", mysql.quote_object(table)))
            }
            Named::Prepared(name) => Some(format!("DEALLOCATE PREPARE {}", mysql.quote(name))),
            _ => None,
        });
    }
    texts.extend(variables(named).map(|(copy, variable)| format!("SET {variable} = {copy}, {copy} = NULL")));
    let is_set = |(name, _): &(&str, Option<&str>)| !NOT_SET.contains(name);
    let variables = changed(before, after, VARIABLES).filter(is_set);
    for (name, was) in variables.chain(changed(before, after, LIMIT)) {
        texts.extend(match was.unwrap_or_default() {
            // The server sends what it has.
            "" if name == "character_set_results" => Some(format!("SET SESSION {name} = NULL")),
            was => mysql.set(name, was),
        });
    }
    let database = |answers| rows(answers, DATABASE).first().and_then(|row| row.first()).cloned().flatten();
    let (was, now) = (database(before), database(after));
    texts.extend(was.filter(|was| now.as_ref() != Some(was)).map(|was| format!("USE {}", mysql.quote(&was))));
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::session_state::answer;

    #[test]
    fn what_has_a_name_is_put_back_and_what_changed_changes_back() {
        let named = [Named::Variable("@unit".to_owned()), Named::Prepared("p".to_owned())];
        insta::assert_snapshot!(keep(&named).join("\n"), @"SET @`servicekit 0` = @unit");
        let answers = |mode, timestamp, database, limit| {
            let variables: [&[&str]; 2] = [&["sql_mode", mode], &["timestamp", timestamp]];
            let limit: [&[&str]; 1] = [&["sql_select_limit", limit]];
            [answer(&[]), answer(&variables), answer(&[&[database]]), answer(&limit)]
        };
        let (before, after) = (answers("ANSI", "1", "shop", "18"), answers("", "2", "other", "1"));
        let texts = put_back(&MySql, &named, &before, &after);
        insta::assert_snapshot!(texts.join("\n"), @r"
        DEALLOCATE PREPARE `p`
        SET @unit = @`servicekit 0`, @`servicekit 0` = NULL
        SET SESSION sql_mode = 'ANSI'
        SET SESSION sql_select_limit = 18
        USE `shop`
        ");
    }
}
