//! What tells that a statement was done: what it makes and removes.

use servicekit_chain::Dialect;
use servicekit_chain::sql::{Change, Effect, Recovery, TransactionBehavior, classify};

fn describe(change: &Change) -> String {
    let sign = if change.effect == Effect::Created { "+" } else { "-" };
    let object = format!("{:?} {}", change.object.kind, change.object.name.name);
    match &change.part {
        Some(part) => format!("{sign}{:?} {} of {object}", part.kind, part.name),
        None => format!("{sign}{object}"),
    }
}

#[test]
fn what_comes_and_goes_is_known_for_each_kind() {
    let mut wrong = Vec::new();
    for (dialect, sql, expected) in CHANGES {
        let class = classify(*dialect, sql);
        assert_eq!(class.behavior, TransactionBehavior::NonTransactional(Recovery::Compare), "{sql}");
        let described: Vec<String> = class.changes.iter().map(describe).collect();
        if described.join(", ") != *expected {
            wrong.push((sql, expected, described));
        }
    }
    assert!(wrong.is_empty(), "(statement, expected, described): {wrong:#?}");
}

const CHANGES: &[(Dialect, &str, &str)] = &[
    // Whole objects.
    (Dialect::Mysql, "CREATE TABLE d.t (a int)", "+Table t"),
    (Dialect::Mysql, "CREATE VIEW v AS SELECT 1", "+View v"),
    (Dialect::Mysql, "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET @a = 1", "+Trigger g"),
    (Dialect::Mysql, "CREATE PROCEDURE p() SELECT 1", "+Procedure p"),
    (Dialect::Mysql, "CREATE FUNCTION f() RETURNS INT RETURN 1", "+Function f"),
    (Dialect::Mysql, "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1", "+Event e"),
    (Dialect::Mysql, "CREATE SEQUENCE s", "+Sequence s"),
    (Dialect::Mysql, "CREATE DATABASE d", "+Database d"),
    (Dialect::Mysql, "DROP TABLE a, b", "-Table a, -Table b"),
    (Dialect::Mysql, "DROP VIEW v", "-View v"),
    (Dialect::Mysql, "DROP TRIGGER g", "-Trigger g"),
    (Dialect::Mysql, "DROP PROCEDURE p", "-Procedure p"),
    (Dialect::Mysql, "DROP EVENT e", "-Event e"),
    (Dialect::Mysql, "DROP SEQUENCE s", "-Sequence s"),
    (Dialect::Mysql, "DROP DATABASE d", "-Database d"),
    (Dialect::Mysql, "RENAME TABLE a TO b", "-Table a, +Table b"),
    (Dialect::Mysql, "RENAME TABLE a TO b, c TO d", "-Table a, +Table b, -Table c, +Table d"),
    (Dialect::Mysql, "ALTER TABLE a RENAME TO b, ADD c int", "-Table a, +Table b"),
    (Dialect::Mysql, "ALTER EVENT e RENAME TO f", "-Event e, +Event f"),
    (Dialect::Postgres, "CREATE DATABASE d", "+Database d"),
    (Dialect::Postgres, "DROP TABLESPACE s", "-Tablespace s"),
    (Dialect::Postgres, "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p", "+Subscription s"),
    // Parts of a table.
    (Dialect::Mysql, "CREATE UNIQUE INDEX i ON t (a)", "+Index i of Table t"),
    (Dialect::Mysql, "DROP INDEX i ON t", "-Index i of Table t"),
    (Dialect::Mysql, "ALTER TABLE t ADD a int", "+Column a of Table t"),
    (Dialect::Mysql, "ALTER TABLE t ADD COLUMN (a int, b int)", "+Column a of Table t, +Column b of Table t"),
    (Dialect::Mysql, "ALTER TABLE t DROP a, MODIFY b text", "-Column a of Table t"),
    (Dialect::Mysql, "ALTER TABLE t CHANGE a b int", "-Column a of Table t, +Column b of Table t"),
    (Dialect::Mysql, "ALTER TABLE t RENAME COLUMN a TO b", "-Column a of Table t, +Column b of Table t"),
    (Dialect::Mysql, "ALTER TABLE t ADD INDEX i (a), ALGORITHM = INPLACE", "+Index i of Table t"),
    (Dialect::Mysql, "ALTER TABLE t ADD FULLTEXT `i` (a)", "+Index i of Table t"),
    (Dialect::Mysql, "ALTER TABLE t ADD VECTOR INDEX i (a)", "+Index i of Table t"),
    (Dialect::Mysql, "ALTER TABLE t ADD VECTOR INT", "+Column VECTOR of Table t"),
    (Dialect::Mysql, "ALTER TABLE t ADD UNIQUE KEY i (a)", "+Index i of Table t"),
    (Dialect::Mysql, "ALTER TABLE t ADD PRIMARY KEY (a)", "+Index PRIMARY of Table t"),
    (Dialect::Mysql, "ALTER TABLE t ADD CONSTRAINT x PRIMARY KEY (a)", "+Index PRIMARY of Table t"),
    (
        Dialect::Mysql,
        "ALTER TABLE t ADD CONSTRAINT x FOREIGN KEY (a) REFERENCES u (a)",
        "+Constraint x of Table t",
    ),
    (Dialect::Mysql, "ALTER TABLE t ADD CONSTRAINT x CHECK (a > 0)", "+Constraint x of Table t"),
    (Dialect::Mysql, "ALTER TABLE t DROP FOREIGN KEY x", "-Constraint x of Table t"),
    (Dialect::Mysql, "ALTER TABLE t DROP CONSTRAINT IF EXISTS x", "-Constraint x of Table t"),
    (
        Dialect::Mysql,
        "ALTER TABLE t DROP KEY i, DROP PRIMARY KEY",
        "-Index i of Table t, -Index PRIMARY of Table t",
    ),
    (Dialect::Mysql, "ALTER TABLE t RENAME INDEX i TO j", "-Index i of Table t, +Index j of Table t"),
    (
        Dialect::Mysql,
        "ALTER TABLE t ADD PARTITION (PARTITION p VALUES LESS THAN (9))",
        "+Partition p of Table t",
    ),
    (Dialect::Mysql, "ALTER TABLE t DROP PARTITION p", "-Partition p of Table t"),
    // Nothing that could be looked up by name: a change of the definition is asked about.
    (Dialect::Mysql, "ALTER TABLE t ADD INDEX (a)", ""),
    (Dialect::Mysql, "ALTER TABLE t ADD CONSTRAINT UNIQUE (a)", ""),
    (Dialect::Mysql, "ALTER TABLE t MODIFY a int UNIQUE", ""),
    (Dialect::Mysql, "ALTER TABLE t DROP INDEX i, ADD INDEX i (b)", ""),
    (Dialect::Mysql, "ALTER EVENT e DISABLE", ""),
    (Dialect::Mysql, "CREATE OR REPLACE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1", ""),
    (Dialect::Postgres, "ALTER SUBSCRIPTION s ADD PUBLICATION p", ""),
];
