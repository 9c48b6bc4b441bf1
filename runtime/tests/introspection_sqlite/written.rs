//! Tables with random clauses, as somebody could write them: made again, they are the same to SQLite.

use crate::round_trip::{memory, round_trip, run};
use proptest::prelude::*;
use proptest::sample::select;
use servicekit::sqlx::{self, AssertSqlSafe};
use std::cell::Cell;

const CLAUSES: [&str; 24] = [
    "",
    "PRIMARY KEY",
    "CONSTRAINT n1 PRIMARY KEY DESC",
    "PRIMARY KEY ON CONFLICT IGNORE",
    "PRIMARY KEY AUTOINCREMENT",
    "UNIQUE",
    "CONSTRAINT n2 UNIQUE",
    "UNIQUE ON CONFLICT REPLACE",
    "CONSTRAINT n3 UNIQUE ON CONFLICT FAIL",
    "NOT NULL",
    "CONSTRAINT n4 NOT NULL ON CONFLICT ABORT",
    "NULL",
    "CHECK ((a > 1) /* c */ )",
    "CONSTRAINT n1 CHECK (b IN (')', 'x'))",
    "CONSTRAINT ck_t_1 CHECK (a <> b)",
    "DEFAULT -1",
    "DEFAULT (1 -- one\n + 2)",
    "DEFAULT 'x' CONSTRAINT unused",
    "COLLATE NOCASE",
    "REFERENCES t",
    "REFERENCES p (x) ON DELETE CASCADE MATCH FULL DEFERRABLE INITIALLY DEFERRED",
    "CONSTRAINT n5 REFERENCES gone ON UPDATE SET NULL",
    "AS (a || 1) STORED",
    "GENERATED ALWAYS AS (length(b))",
];

const CONSTRAINTS: [&str; 16] = [
    "PRIMARY KEY (a)",
    "CONSTRAINT n1 PRIMARY KEY (b, a DESC)",
    "PRIMARY KEY (A AUTOINCREMENT)",
    "PRIMARY KEY (a, b) ON CONFLICT REPLACE",
    "UNIQUE (a, b)",
    "UNIQUE (b COLLATE NOCASE, a)",
    "CONSTRAINT uq_t_a UNIQUE (b)",
    "UNIQUE (a, b) ON CONFLICT IGNORE",
    "CONSTRAINT n2 UNIQUE (c) ON CONFLICT IGNORE",
    "CHECK (a < c)",
    "CONSTRAINT ck_t_2 CHECK (c) CHECK (b) ON CONFLICT FAIL",
    "FOREIGN KEY (a, b) REFERENCES p",
    "FOREIGN KEY (a, b) REFERENCES p (y, x) ON DELETE SET DEFAULT",
    "CONSTRAINT n5 FOREIGN KEY (c) REFERENCES p (x)",
    "FOREIGN KEY (c) REFERENCES T (a) DEFERRABLE",
    "CONSTRAINT unused",
];

fn written() -> impl Strategy<Value = String> {
    let types = select(vec!["INTEGER", "INT", "TEXT", "", "VARCHAR (9)", "\"odd\""]);
    let column = (types, proptest::collection::vec(select(CLAUSES.to_vec()), 0..3));
    let columns = proptest::collection::vec(column, 3);
    let constraints = proptest::collection::vec(select(CONSTRAINTS.to_vec()), 0..4);
    let options = select(vec!["", "", "", "WITHOUT ROWID", "STRICT"]);
    let index = select(vec![
        "",
        "CREATE INDEX ix ON t (a DESC, lower(b) COLLATE NOCASE, c COLLATE NOCASE) WHERE (a) > (1)",
        "CREATE UNIQUE INDEX ix ON t (('x' || a), \"B\")",
    ]);
    (columns, constraints, options, index).prop_map(|(columns, constraints, options, index)| {
        let columns = columns.iter().zip(["a", "\"b\"", "[c]"]);
        let parts: Vec<String> = columns
            .map(|((data_type, clauses), name)| format!("{name} {data_type} {}", clauses.join(" ")))
            .chain(constraints.iter().map(|&each| each.to_owned()))
            .collect();
        format!("CREATE TABLE t ({}) {options};{index}", parts.join(", "))
    })
}

#[tokio::test]
async fn a_key_that_implies_not_null_is_made_again_beside_one_that_replaces() {
    let mut connection = memory().await;
    let sql = "CREATE TABLE t (a INTEGER UNIQUE ON CONFLICT REPLACE, b INTEGER PRIMARY KEY DESC) STRICT";
    run(&mut connection, sql).await;
    round_trip(&mut connection).await;
}

thread_local! {
    static COUNTS: Cell<(u32, u32)> = const { Cell::new((0, 0)) };
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_by_hand_is_made_again_as_it_is(sql in written()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut connection = memory().await;
            run(&mut connection, "CREATE TABLE p (x INT, y INT UNIQUE, PRIMARY KEY (y, x))").await;
            let is_accepted = sqlx::raw_sql(AssertSqlSafe(sql.as_str())).execute(&mut connection).await.is_ok();
            let (accepted, refused) = COUNTS.get();
            COUNTS.set(if is_accepted { (accepted + 1, refused) } else { (accepted, refused + 1) });
            if is_accepted {
                round_trip(&mut connection).await;
            }
        });
        let (accepted, refused) = COUNTS.get();
        if accepted + refused == 400 {
            println!("{accepted} tables made again, {refused} refused by SQLite");
        }
    }
}
