//! Whether two expressions are one: the note behind `EXPLAIN` has them as the server understands them.

use crate::backend::answer::{Answer, value};
use crate::backend::engine::Quoting as _;
use crate::backend::engine::equality::{Equality, compared, mentioned, unreadable};
use crate::backend::mysql::MySql;
use servicekit_chain::Dialect;
use servicekit_schema::diff::{ExpressionPair, UndecidedTable, Verdict};

/// The number of the note that has the statement (`ER_YES`).
const NOTE: &str = "1003";

impl Equality for MySql {
    fn settings_for_questions(&self, settings: &[Answer]) -> Vec<String> {
        // What the application writes with it is stored as a call, in which nothing is left of it.
        let concatenates = value(settings, 0, 0).is_some_and(|mode| mode.contains("PIPES_AS_CONCAT"));
        let set = concatenates.then(|| "SET SESSION sql_mode = 'PIPES_AS_CONCAT'".to_owned());
        set.into_iter().collect()
    }

    fn equality_questions(&self, table: &UndecidedTable, pairs: &[&ExpressionPair]) -> Vec<String> {
        let targets = pairs.iter().enumerate().map(|(at, pair)| {
            let [one, other] = [0, 1].map(|side| alias(2 * at + side));
            format!("({}\n) AS {one}, ({}\n) AS {other}", pair.from, pair.to)
        });
        let targets: Vec<String> = targets.collect();
        // MariaDB leaves out the one comment, MySQL the other; the tree that MySQL 9 shows by default comes without a note.
        let columns = mentioned(table, pairs, Dialect::Mysql)
            .into_iter()
            .map(|column| format!("{} {} PATH '$'", self.quote(&column.name), row_type(&column.data_type)));
        let columns: Vec<String> = columns.collect();
        let source = match columns.as_slice() {
            [] => String::new(),
            some => {
                let alias = self.quote(&table.table.name);
                format!(" FROM JSON_TABLE('[]', '$[*]' COLUMNS ({})) AS {alias}", some.join(", "))
            }
        };
        // MariaDB leaves out the one comment, MySQL the other; the tree that MySQL 9 shows by default comes without a note.
        let question = format!(
            "EXPLAIN /*!80000 FORMAT=TRADITIONAL */ /*M! EXTENDED */ SELECT {}{source}",
            targets.join(", ")
        );
        vec![question, "SHOW WARNINGS".to_owned()]
    }

    fn verdicts(&self, pairs: &[&ExpressionPair], answers: &[Answer]) -> Vec<Verdict> {
        let rows = answers.last().map(|answer| answer.rows.as_slice()).unwrap_or_default();
        let note = rows.iter().find_map(|row| match row.as_slice() {
            [_, Some(number), Some(message)] if number == NOTE => Some(message.as_str()),
            _ => None,
        });
        let Some(shown) = note.and_then(|note| targets(note, 2 * pairs.len())) else {
            return pairs.iter().map(|_| unreadable()).collect();
        };
        let mut shown = shown.chunks_exact(2);
        let verdict = |_: &&ExpressionPair| match shown.next() {
            Some([from, to]) => compared(from, to),
            _ => unreadable(),
        };
        pairs.iter().map(verdict).collect()
    }
}

/// The type of a column in a row of `JSON_TABLE`, which takes only some; others are shown in no other way.
fn row_type(name: &str) -> &str {
    const TAKEN: [&str; 26] = [
        "tinyint",
        "smallint",
        "mediumint",
        "int",
        "integer",
        "bigint",
        "decimal",
        "numeric",
        "float",
        "double",
        "bit",
        "boolean",
        "bool",
        "char",
        "varchar",
        "tinytext",
        "text",
        "mediumtext",
        "longtext",
        "binary",
        "varbinary",
        "date",
        "time",
        "datetime",
        "timestamp",
        "year",
    ];
    const SPATIAL: [&str; 8] = [
        "geometry",
        "point",
        "linestring",
        "polygon",
        "multipoint",
        "multilinestring",
        "multipolygon",
        "geometrycollection",
    ];
    let word = name.split(['(', ' ']).next().unwrap_or_default().to_ascii_lowercase();
    match word.as_str() {
        word if TAKEN.contains(&word) || word.ends_with("blob") || word == "json" => name,
        word if SPATIAL.contains(&word) => "LONGBLOB",
        _ => "LONGTEXT",
    }
}

/// The name of a target, which no expression has in it.
fn alias(at: usize) -> String {
    format!("`servicekit_{at}`")
}

/// The targets of the statement in a note.
fn targets(note: &str, count: usize) -> Option<Vec<&str>> {
    let start = note.to_ascii_lowercase().find("select ")? + "select ".len();
    // `/* select#1 */` stands before it.
    let mut rest = note.get(start..)?;
    let mut targets = Vec::with_capacity(count);
    for at in 0..count {
        let end = format!(" AS {}", alias(at));
        let (target, behind) = rest.split_once(&end)?;
        targets.push(target);
        rest = behind.strip_prefix(',').unwrap_or(behind);
    }
    Some(targets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_what_it_takes() {
        assert_eq!(row_type("INT UNSIGNED"), "INT UNSIGNED");
        assert_eq!(row_type("mediumblob"), "mediumblob");
        assert_eq!(row_type("ENUM('a', 'b')"), "LONGTEXT");
        assert_eq!(row_type("POINT"), "LONGBLOB");
        assert_eq!(row_type("INET6"), "LONGTEXT");
    }

    #[test]
    fn the_note_says_how_each_expression_is_read() {
        let note =
            "/* select#1 */ select (`t`.`a` > 1) AS `servicekit_0`,lower(`t`.`b`) AS `servicekit_1` from `t`";
        assert_eq!(targets(note, 2), Some(vec!["(`t`.`a` > 1)", "lower(`t`.`b`)"]));
        assert_eq!(targets("select 1 AS `servicekit_0`", 1), Some(vec!["1"]));
        assert_eq!(targets("select 1 AS `servicekit_0`", 2), None);
        assert_eq!(targets("", 1), None);
    }
}
