//! Whether two expressions are one: `EXPLAIN` writes what the planner makes of them.
//!
//! It folds constants, resolves casts and names, and executes nothing but immutable functions of constants. What it leaves
//! out, the names of collations, is compared before.

use crate::backend::Answer;
use crate::backend::engine::Quoting as _;
use crate::backend::engine::equality::{Equality, compared, mentioned, unreadable};
use crate::backend::postgres::Postgres;
use nanoserde::DeJson;
use servicekit_chain::Dialect;
use servicekit_schema::diff::{ExpressionPair, ExpressionPlace, UndecidedTable, Verdict};

impl Equality for Postgres {
    fn settings_for_questions(&self, _settings: &[Answer]) -> Vec<String> {
        // The texts were looked at by these rules.
        vec!["SET LOCAL standard_conforming_strings = on".to_owned()]
    }

    fn equality_questions(&self, table: &UndecidedTable, pairs: &[&ExpressionPair]) -> Vec<String> {
        let targets = pairs.iter().flat_map(|pair| {
            let cast = cast(table, &pair.place);
            [&pair.from, &pair.to].map(|text| format!("({text}\n){cast}"))
        });
        let targets: Vec<String> = targets.collect();
        let columns = mentioned(table, pairs, Dialect::Postgres)
            .into_iter()
            .map(|column| format!("{} {}", self.quote(&column.name), column.data_type));
        let columns: Vec<String> = columns.collect();
        let source = match columns.as_slice() {
            [] => String::new(),
            some => {
                // By this name the expressions may call the row.
                let alias = self.quote(&table.table.name);
                format!(" FROM pg_catalog.json_to_record('{{}}') AS {alias}({})", some.join(", "))
            }
        };
        vec![format!("EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) SELECT {}{source}", targets.join(", "))]
    }

    fn verdicts(&self, pairs: &[&ExpressionPair], answers: &[Answer]) -> Vec<Verdict> {
        let output = answers.first().and_then(Answer::first).and_then(output).unwrap_or_default();
        let mut shown = output.chunks_exact(2);
        let verdict = |_: &&ExpressionPair| match shown.next() {
            Some([from, to]) => compared(from, to),
            _ => unreadable(),
        };
        pairs.iter().map(verdict).collect()
    }
}

/// What makes a value one of its column; a text that is too long stays too long.
fn cast(table: &UndecidedTable, place: &ExpressionPlace) -> String {
    let column = match place {
        ExpressionPlace::Condition => return "::pg_catalog.bool".to_owned(),
        place => place.column(),
    };
    let column = table.columns.iter().find(|known| Some(known.name.as_str()) == column);
    column.map(|column| format!("::{}", without_length(&column.data_type))).unwrap_or_default()
}

/// The type without the length at which a cast cuts, and a column does not.
fn without_length(name: &str) -> String {
    let (word, behind) = match name.split_once('(') {
        Some((word, rest)) => (word, rest.split_once(')').map_or("", |(_, behind)| behind)),
        None => name.split_once('[').map_or((name, ""), |(word, _)| (word, "[]")),
    };
    let unlimited = match word.trim().to_ascii_lowercase().as_str() {
        "varchar" | "character varying" => "varchar",
        "char" | "character" => "bpchar",
        "bit" | "bit varying" | "varbit" => "varbit",
        _ => return name.to_owned(),
    };
    format!("{unlimited}{behind}")
}

#[derive(DeJson)]
struct Explained {
    #[nserde(rename = "Plan")]
    plan: Plan,
}

#[derive(DeJson)]
struct Plan {
    #[nserde(rename = "Output")]
    output: Vec<String>,
}

/// What the plan gives, one text for each target.
fn output(answer: &str) -> Option<Vec<String>> {
    let explained: Vec<Explained> = DeJson::deserialize_json(answer).ok()?;
    explained.into_iter().next().map(|explained| explained.plan.output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cast_cuts_what_a_column_refuses() {
        assert_eq!(without_length("VARCHAR(40)"), "varchar");
        assert_eq!(without_length("character varying(3)[]"), "varchar[]");
        assert_eq!(without_length("CHAR"), "bpchar");
        assert_eq!(without_length("bit(3)"), "varbit");
        assert_eq!(without_length("NUMERIC(12, 2)"), "NUMERIC(12, 2)");
        assert_eq!(without_length("BIGINT[]"), "BIGINT[]");
    }

    #[test]
    fn the_plan_says_how_each_expression_is_read() {
        let answer =
            r#"[{"Plan": {"Node Type": "Result", "Parallel Aware": false, "Output": ["(a > 1)", "\"b\""]}}]"#;
        assert_eq!(output(answer), Some(vec!["(a > 1)".to_owned(), "\"b\"".to_owned()]));
        assert_eq!(output("distribution: local"), None);
    }
}
