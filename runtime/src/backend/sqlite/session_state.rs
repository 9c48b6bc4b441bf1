//! A connection of SQLite, whose settings are pragmas.

use crate::backend::Answer;
use crate::backend::session_state::{changed, come};

/// Pragmas that set something for the connection and tell what it is: <https://www.sqlite.org/pragma.html>.
const PRAGMAS: [&str; 22] = [
    "automatic_index",
    "busy_timeout",
    "cache_size",
    "cell_size_check",
    "checkpoint_fullfsync",
    "foreign_keys",
    "fullfsync",
    "ignore_check_constraints",
    "journal_size_limit",
    "legacy_alter_table",
    "locking_mode",
    "query_only",
    "read_uncommitted",
    "recursive_triggers",
    "reverse_unordered_selects",
    "secure_delete",
    "synchronous",
    "temp_store",
    "threads",
    "trusted_schema",
    "wal_autocheckpoint",
    "writable_schema",
];

/// Of no pragma but this can nobody ask what it is.
const CASE_SENSITIVE_LIKE: &str = "case_sensitive_like";

/// Places of the answers; the pragmas follow.
const TEMPORARY: usize = 0;
const ATTACHED: usize = 1;

pub(in crate::backend) fn questions() -> Vec<String> {
    let fixed = [
        "SELECT upper(type) || ' IF EXISTS temp.\"' || replace(name, '\"', '\"\"') || '\"' FROM temp.sqlite_schema \
         WHERE type IN ('table', 'view', 'trigger') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
         ORDER BY type = 'table'",
        "SELECT '\"' || replace(name, '\"', '\"\"') || '\"' FROM pragma_database_list WHERE name NOT IN ('main', 'temp')",
    ];
    let pragmas = PRAGMAS.map(|name| format!("PRAGMA {name}"));
    fixed.map(str::to_owned).into_iter().chain(pragmas).collect()
}

pub(in crate::backend) fn put_back(statements: &[&str], before: &[Answer], after: &[Answer]) -> Vec<String> {
    let temporary = come(before, after, TEMPORARY).map(|what| format!("DROP {what}"));
    let attached = come(before, after, ATTACHED).map(|name| format!("DETACH {name}"));
    let (before, after) = (pragmas(before), pragmas(after));
    let pragmas = changed(&before, &after, 0)
        .filter_map(|(name, was)| Some(format!("PRAGMA {name} = {}", was?)))
        .collect::<Vec<_>>();
    let says_like = |sql: &&str| sql.to_ascii_lowercase().contains(CASE_SENSITIVE_LIKE);
    let like = statements.iter().any(says_like).then(|| format!("PRAGMA {CASE_SENSITIVE_LIKE} = OFF"));
    temporary.chain(attached).chain(pragmas).chain(like).collect()
}

/// The pragmas with their values, as one answer.
fn pragmas(answers: &[Answer]) -> [Answer; 1] {
    let values = answers.iter().skip(ATTACHED + 1).map(|answer| answer.first().map(str::to_owned));
    let rows = PRAGMAS.into_iter().zip(values).map(|(name, value)| vec![Some(name.to_owned()), value]);
    [Answer { rows: rows.collect(), affected: 0 }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::session_state::answer;

    #[test]
    fn what_came_goes_and_what_changed_changes_back() {
        let of = |temporary: &[&[&str]], foreign_keys: &str| {
            let value = |name: &str| {
                if name == "foreign_keys" { answer(&[&[foreign_keys]]) } else { answer(&[&["1"]]) }
            };
            let fixed = [answer(temporary), answer(&[])];
            fixed.into_iter().chain(PRAGMAS.map(value)).collect::<Vec<_>>()
        };
        let (before, after) = (of(&[], "1"), of(&[&["TABLE IF EXISTS temp.\"t\""]], "0"));
        let texts = put_back(&["PRAGMA case_sensitive_like = 1"], &before, &after);
        insta::assert_snapshot!(texts.join("\n"), @r#"
        DROP TABLE IF EXISTS temp."t"
        PRAGMA foreign_keys = 1
        PRAGMA case_sensitive_like = OFF
        "#);
    }
}
