//! How it is laid out, and that it is Rust whatever is in it.

use crate::random;
use proptest::prelude::*;
use servicekit::revision::*;
use servicekit::table::Schema;
use servicekit::{Operations, source};
use std::io::Write as _;
use std::process::{Command, Stdio};

#[test]
fn it_reads_as_if_a_person_had_written_it() {
    let mut op = Operations::default();
    let state = || enum_type("order_state", ["new", "paid"]);
    op.create_enum(state());
    op.create_table(
        "orders",
        [
            ulid("id").primary_key(),
            ulid("user_id").not_null().references("users", "id").on_delete(ForeignKeyAction::Cascade),
            enumeration("state", state()).not_null().default("new"),
            numeric("total", 12, 2).not_null().default(0).check("total >= 0"),
            timestamp_tz("placed_at").not_null().default(now()),
        ],
    )
    .with(unique(["user_id", "total"]))
    .with(index([key("user_id"), key("placed_at").desc()]));
    op.create_index(by_convention(), "orders", ["state"]);
    op.execute_for(Dialect::Postgres, r#"ALTER TABLE "orders" ENABLE ROW LEVEL SECURITY"#);
    op.drop_table("carts");
    insta::assert_snapshot!(source::function("upgrade", &op).unwrap(), @r##"
    pub fn upgrade(op: &mut Operations) {
        let order_state = || enum_type("order_state", ["new", "paid"]);
        op.create_enum(order_state());

        op.create_table(
            "orders",
            [
                ulid("id").primary_key(),
                ulid("user_id").not_null().references("users", "id").on_delete(ForeignKeyAction::Cascade),
                enumeration("state", order_state()).not_null().default("new"),
                numeric("total", 12, 2).not_null().default(0).check("total >= 0"),
                timestamp_tz("placed_at").not_null().default(now()),
            ],
        )
        .with(unique(["user_id", "total"]))
        .with(index([key("user_id"), key("placed_at").desc()]));
        op.create_index(by_convention(), "orders", ["state"]);
        op.execute_for(Dialect::Postgres, r#"ALTER TABLE "orders" ENABLE ROW LEVEL SECURITY"#);
        op.drop_table("carts");
    }
    "##);
}

#[test]
fn work_has_no_source() {
    let mut op = Operations::default();
    op.push(servicekit::operation::Work::new("make slugs", std::sync::Arc::new(())));
    let error = source::function("upgrade", &op).unwrap_err();
    assert_eq!(error.to_string(), "the work `make slugs` is Rust that is not known here");
    let mut op = Operations::default();
    op.reverse_of(|op| drop(op.drop_table("users")));
    let error = source::function("upgrade", &op).unwrap_err();
    assert_eq!(error.to_string(), "`drop_table` of `users` cannot be reversed");
}

#[test]
fn an_arranged_schema_says_in_its_columns_what_they_can_say() {
    let mut schema = Schema::default();
    schema.tables.push(
        Table::new("t", [ulid("id").not_null(), integer("a"), integer("b")])
            .with(foreign_key(["a"], "u", ["id"]).name("fk_t_a_u"))
            .with(unique(["b"]).name("uq_t_b"))
            .with(check("b > 1").name("odd name"))
            .with(check("b > 2").name("ck_t_b"))
            .with(primary_key(["id"]).name("pk_t"))
            .with(index(["b"]).name("ix_t_b"))
            .with(index([key("a").desc()]).name("by_a"))
            .with(index(["a"]).name("ix_t_a")),
    );
    let operations = source::arranged(&schema).operations(Dialect::Postgres);
    insta::assert_snapshot!(source::function("upgrade", &operations).unwrap(), @r#"
    pub fn upgrade(op: &mut Operations) {
        op.create_table(
            "t",
            [
                ulid("id").primary_key(),
                integer("a").indexed().references("u", "id"),
                integer("b").unique().indexed().check("b > 2"),
            ],
        )
        .with(check("b > 1").name("odd name"))
        .with(index([key("a").desc()]).name("by_a"));
    }
    "#);
}

#[test]
fn rustfmt_reads_it_and_keeps_most_lines() {
    let generated = include_str!("generated.rs");
    let Some(formatted) = rustfmt(generated) else {
        println!("there is no rustfmt here");
        return;
    };
    let before: Vec<&str> = generated.lines().collect();
    let after: std::collections::HashSet<&str> = formatted.lines().collect();
    let kept = before.iter().filter(|line| after.contains(*line)).count();
    println!("rustfmt keeps {kept} of {} lines", before.len());
    assert!(kept * 100 >= before.len() * 95, "rustfmt only keeps {kept} of {} lines", before.len());
}

/// Formats a text, where there is a rustfmt.
fn rustfmt(text: &str) -> Option<String> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config", "max_width=110,use_small_heuristics=Max"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    // A toolchain without this component has a program that only says so.
    let version = Command::new("rustfmt").arg("--version").output().ok()?;
    if !version.status.success() {
        return None;
    }
    assert!(output.status.success(), "rustfmt cannot read it");
    Some(String::from_utf8(output.stdout).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_source_of_any_operations_is_rust(operations in random::operations()) {
        let source = source::function("upgrade", &operations).unwrap();
        let file = syn::parse_file(&source);
        prop_assert!(file.is_ok(), "{}:\n{source}", file.err().unwrap());
    }

    #[test]
    fn an_arranged_schema_is_the_same_but_for_the_order_of_parts(table in random::table()) {
        let mut schema = Schema::default();
        schema.tables.push(table);
        let sorted = |schema: &Schema| {
            let mut operations = Vec::new();
            for recorded in schema.operations(Dialect::Sqlite).recorded() {
                let servicekit::Operation::CreateTable(create) = &recorded.operation else { unreachable!() };
                let mut parts: Vec<String> =
                    create.table.constraints.iter().map(|part| format!("{part:?}")).collect();
                parts.extend(create.table.indexes.iter().map(|part| format!("{part:?}")));
                parts.sort();
                operations.push((create.table.columns.clone(), parts));
            }
            operations
        };
        prop_assert_eq!(sorted(&source::arranged(&schema)), sorted(&schema));
    }
}
