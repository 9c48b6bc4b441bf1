//! The statements of a plan, without a database.
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

mod support;

use servicekit::plan::Heads;
use servicekit::revision::*;
use servicekit::{Destination, Migrations};
use support::{history, rust, sql, sql_text};

fn users(op: &mut Operations) {
    op.create_table("users", [integer("id").primary_key(), string("name", 40)]);
    op.create_index("ix_users_name", "users", ["name"]).unique();
}

fn change(op: &mut Operations) {
    op.alter_column("users", "name").set_not_null().existing(string("name", 40));
    op.run("tidy up", async |_| Ok(()));
}

fn migrations() -> Migrations {
    history(&[
        rust("a", &[], users, None),
        sql("b", &["a"], "INSERT INTO users VALUES (1, 'a;b');\n-- said\nDELETE FROM users;", "SELECT 1;"),
        rust("c", &["b"], change, None),
        sql_text(
            "d",
            &["c"],
            "-- +upgrade postgres\nCREATE INDEX CONCURRENTLY ix ON users (id);\n\n-- +upgrade\nCREATE INDEX ix ON users (id);\n",
        ),
    ])
}

fn told(dialect: Dialect) -> String {
    let plan = migrations().plan_from(&Heads::base(), &Destination::head()).unwrap();
    let mut lines = Vec::new();
    for step in migrations().preview(&plan, dialect).unwrap() {
        let how = if step.is_one_transaction { "" } else { ", stage by stage" };
        lines.push(format!("# {} {} ({}){how}", step.direction, step.revision, step.message));
        for statement in step.statements {
            let alone = if statement.is_alone { " alone" } else { "" };
            // The line of a call is that of this file.
            let place = if statement.file.ends_with("plans.rs") {
                statement.file
            } else {
                format!("{}:{}", statement.file, statement.position)
            };
            lines.push(format!("{place}{alone}\n    {}", statement.sql.replace('\n', "\n    ")));
        }
    }
    lines.join("\n")
}

#[test]
fn every_step_has_its_statements_with_their_places() {
    insta::assert_snapshot!("plan_sqlite", told(Dialect::Sqlite));
    insta::assert_snapshot!("plan_postgres", told(Dialect::Postgres));
    insta::assert_snapshot!("plan_mysql", told(Dialect::Mysql));
}

#[test]
fn what_cannot_be_planned_says_why() {
    let error =
        migrations().plan_from(&Heads::base(), &Destination::upgrade("nothing").unwrap()).unwrap_err();
    assert!(matches!(error.kind(), servicekit::ErrorKind::Plan { .. }), "{error}");
    let one = history(&[sql_text("a", &[], "-- +upgrade mysql\nSELECT 1;\n")]);
    let plan = one.plan_from(&Heads::base(), &Destination::head()).unwrap();
    insta::assert_snapshot!(one.preview(&plan, Dialect::Sqlite).unwrap_err().to_string(), @"
    revision `a` cannot run on sqlite: `alembic/versions/a.sql` has no upgrade section for it
    now: nothing was run; the database is at base
    help: add a section `-- +upgrade sqlite`, or one without a database, for all databases
    ");
}
