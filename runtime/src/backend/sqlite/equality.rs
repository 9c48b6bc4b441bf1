//! Whether two expressions are one: the programs that SQLite makes of them.
//!
//! They are asked of a database in memory: whatever the file is, the same library reads its expressions. Functions and
//! collations that an application has registered are unknown there.

use crate::backend::Answer;
use crate::backend::engine::Quoting as _;
use crate::backend::engine::equality::{Equality, unreadable};
use crate::backend::sqlite::Sqlite;
use servicekit_schema::diff::{ExpressionPair, ExpressionPlace, RowColumn, UndecidedTable, Verdict};

impl Equality for Sqlite {
    fn equality_questions(&self, table: &UndecidedTable, pairs: &[&ExpressionPair]) -> Vec<String> {
        let name = self.quote(&table.table.name);
        let columns: Vec<String> = table.columns.iter().map(|column| self.row_column(column)).collect();
        let mut questions = vec![format!("CREATE TABLE IF NOT EXISTS {name} ({})", columns.join(", "))];
        for pair in pairs {
            questions.extend(if is_literal(pair) {
                self.stored(column(table, pair), pair)
            } else {
                // Not as a condition: there null would be the same as false.
                [&pair.from, &pair.to].map(|text| format!("EXPLAIN SELECT ({text}\n) FROM {name}")).to_vec()
            });
        }
        questions
    }

    fn verdicts(&self, pairs: &[&ExpressionPair], answers: &[Answer]) -> Vec<Verdict> {
        // The first one made the table.
        let mut rest = answers.get(1..).unwrap_or_default();
        let mut next = |count: usize| {
            let (now, later) = rest.split_at_checked(count)?;
            rest = later;
            Some(now)
        };
        let verdict = |pair: &&ExpressionPair| {
            let shown = if is_literal(pair) { stored_values(next(STORED)) } else { programs(next(2)) };
            match shown {
                Some((from, to)) if from == to => Verdict::Equal,
                Some(_) => Verdict::Different,
                None => unreadable(),
            }
        };
        pairs.iter().map(verdict).collect()
    }
}

/// How many statements show what two literals become.
const STORED: usize = 3;

impl Sqlite {
    /// A column without anything that could refuse a row.
    fn row_column(&self, column: &RowColumn) -> String {
        let collation = column.collation.as_ref().map(|name| format!(" COLLATE {}", self.quote(name)));
        format!("{} {}{}", self.quote(&column.name), column.data_type, collation.unwrap_or_default())
    }

    /// What both literals become in the column.
    fn stored(&self, column: Option<&RowColumn>, pair: &ExpressionPair) -> Vec<String> {
        let data_type = column.map(|column| column.data_type.as_str()).unwrap_or_default();
        let ExpressionPair { from, to, .. } = pair;
        // The end of the transaction takes all tables away: while programs are shown, none can be dropped.
        let name = self.quote(&format!("{}.{data_type}: {from} and {to}", pair.table.name));
        vec![
            format!(
                "CREATE TABLE {name} (z, a {data_type} DEFAULT ({from}\n), b {data_type} DEFAULT ({to}\n))"
            ),
            format!("INSERT INTO {name} (z) VALUES (1)"),
            format!("SELECT typeof(a) || quote(a), typeof(b) || quote(b) FROM {name}"),
        ]
    }
}

fn is_literal(pair: &ExpressionPair) -> bool {
    matches!(pair.place, ExpressionPlace::Default { literals: true, .. })
}

/// The column that gets the value.
fn column<'t>(table: &'t UndecidedTable, pair: &ExpressionPair) -> Option<&'t RowColumn> {
    table.columns.iter().find(|column| Some(column.name.as_str()) == pair.place.column())
}

type Shown = (Vec<Option<String>>, Vec<Option<String>>);

fn stored_values(answers: Option<&[Answer]>) -> Option<Shown> {
    let [_, _, values] = answers? else { return None };
    match values.rows.first()?.as_slice() {
        [one, other] => Some((vec![one.clone()], vec![other.clone()])),
        _ => None,
    }
}

/// Both programs without their comments.
fn programs(answers: Option<&[Answer]>) -> Option<Shown> {
    let [one, other] = answers? else { return None };
    let [one, other] = [one, other].map(|answer| {
        let rows = answer.rows.iter().flat_map(|row| row.iter().skip(1).take(6));
        rows.cloned().collect::<Vec<_>>()
    });
    (!one.is_empty() && !other.is_empty()).then_some((one, other))
}
