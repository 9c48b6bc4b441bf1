//! Tables as MySQL and MariaDB show them, without what is not read and how it is spelled.

/// The lines of a `CREATE TABLE`, or of another statement.
///
/// Taken out are the counter, which rows move; an index method that is the only one of the engine; and what is so
/// without a word. A check of MariaDB in its column is one of the table with the name of the column.
pub(crate) fn lines(statement: &str) -> Vec<String> {
    let methods: &[&str] = match statement.split_once(" ENGINE=") {
        Some((_, engine)) if engine.starts_with("InnoDB") => &[" USING BTREE", " USING HASH"],
        Some((_, engine)) if engine.starts_with("MEMORY") => &[],
        _ => &[" USING BTREE"],
    };
    let (mut keys, mut lines) = (Vec::new(), Vec::new());
    for line in statement.lines().map(|line| line.trim_end_matches(',').trim_end()) {
        let column = line.strip_prefix("  `").and_then(|rest| rest.split_once("` ")).map(|(name, _)| name);
        match (column, line.rsplit_once(" CHECK ")) {
            (Some(column), Some((rest, check))) if !check.starts_with("(json_valid") => {
                keys.push(format!("  CONSTRAINT `{column}` CHECK {check}"));
                lines.push(without_spelling(rest));
            }
            (Some(_), _) => lines.push(without_spelling(line)),
            _ if line.starts_with("  CONSTRAINT ") => keys.push(without_default_actions(line)),
            _ if line.contains("KEY `") => {
                keys.push(methods.iter().fold(line.to_owned(), |line, method| line.replace(method, "")));
            }
            _ => lines.push(without_counter(line)),
        }
    }
    keys.sort();
    lines.append(&mut keys);
    lines
}

fn without_counter(line: &str) -> String {
    let Some((before, after)) = line.split_once(" AUTO_INCREMENT=") else { return line.to_owned() };
    format!("{before}{}", after.trim_start_matches(|digit: char| digit.is_ascii_digit()))
}

/// The actions of InnoDB where none is written are shown where they are.
fn without_default_actions(line: &str) -> String {
    ["NO ACTION", "RESTRICT"].iter().fold(line.to_owned(), |line, action| {
        line.replace(&format!(" ON DELETE {action}"), "").replace(&format!(" ON UPDATE {action}"), "")
    })
}

/// A literal in parentheses is a default like the literal alone, which MySQL shows in quotes; and `NULL` is one like none.
fn without_spelling(line: &str) -> String {
    let line = line.replace(" DEFAULT NULL", "").replace(" DEFAULT (NULL)", "");
    let Some((before, after)) = line.split_once(" DEFAULT ") else { return line };
    let after = after
        .replace("(now())", "CURRENT_TIMESTAMP")
        .replace("(now(6))", "CURRENT_TIMESTAMP(6)")
        .replace("(true)", "1");
    let unquoted: String = after.chars().filter(|letter| !matches!(letter, '(' | ')' | '\'')).collect();
    format!("{before} DEFAULT {}", unquoted.replace("_utf8mb4", ""))
}
