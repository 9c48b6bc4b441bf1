//! The SQL of every case on every database, and how the runner takes each statement.

use crate::cases::{Case, topics};
use servicekit::{Dialect, Operations};
use servicekit_chain::sql::{classify, split};

#[test]
fn every_operation_and_option_has_its_sql_or_is_refused_on_every_database() {
    for (topic, cases) in topics() {
        for dialect in Dialect::ALL {
            let texts: Vec<String> = cases.iter().map(|case| shown(case, dialect)).collect();
            insta::assert_snapshot!(format!("sql_{topic}_{dialect}"), texts.join("\n\n"));
        }
    }
}

fn shown(case: &Case, dialect: Dialect) -> String {
    let mut op = Operations::default();
    (case.run)(&mut op);
    let body = match op.sql(dialect) {
        Ok(statements) => statements.iter().map(|sql| statement(dialect, sql)).collect::<Vec<_>>().join("\n"),
        Err(error) => {
            let help = error.help.map(|help| format!("\nhelp: {help}")).unwrap_or_default();
            format!("refused: {}{help}", error.reason)
        }
    };
    format!("# {}\n{body}", case.name)
}

/// A statement, with how it goes with transactions where that is not the usual way.
fn statement(dialect: Dialect, sql: &str) -> String {
    let whole = |sql: &str| {
        let behavior = format!("{:?}", classify(dialect, sql).behavior);
        let name = behavior.split(['{', ' ']).next().unwrap_or_default().to_owned();
        format!(
            "{sql};  -- {}",
            if behavior.starts_with("NonTransactional(Build") { name + "…)" } else { behavior }
        )
    };
    if sql.starts_with("--") {
        return sql.to_owned();
    }
    split(dialect, sql).iter().map(|statement| whole(statement.text)).collect::<Vec<_>>().join("\n")
}
