//! What is wrong is said before anything runs.

use servicekit::revision::*;

/// What each database says to an operation.
fn said(record: fn(&mut Operations)) -> String {
    let mut op = Operations::default();
    record(&mut op);
    let answer = |dialect| match op.sql(dialect) {
        Ok(sql) => format!("{dialect}: {}", sql.join("; ")),
        Err(error) => {
            let help = error.help.map(|help| format!(" (help: {help})")).unwrap_or_default();
            format!("{dialect}: {}: {}{help}", error.operation, error.reason)
        }
    };
    let answers = Dialect::ALL.map(answer);
    let plain = answers.clone().map(|answer| answer.split_once(": ").unwrap().1.to_owned());
    if plain.iter().all(|answer| *answer == plain[0]) {
        format!("all: {}", plain[0])
    } else {
        answers.join("\n")
    }
}

#[test]
fn what_no_database_could_do_is_refused_by_all() {
    let cases: Vec<fn(&mut Operations)> = vec![
        |op| drop(op.create_table("t", [])),
        |op| drop(op.create_table("t", [text("a"), integer("a")])),
        |op| drop(op.create_table("t", [text("a")]).with(index(["b"]))),
        |op| drop(op.create_table("t", [text("a")]).with(index(["a"]).include(["c"]))),
        |op| drop(op.create_table("t", [text("a")]).with(primary_key(["b"]))),
        |op| drop(op.create_table("t", [text("a")]).with(unique([] as [&str; 0]))),
        |op| drop(op.create_table("t", [integer("a").primary_key()]).with(primary_key(["a"]))),
        |op| drop(op.create_table("t", [integer("a").unique()]).with(unique(["a"]))),
        |op| drop(op.create_table("t", [integer("a").indexed()]).with(index([key("a").desc()]))),
        |op| drop(op.create_table("t", [integer("a").default(1).autoincrement()])),
        |op| drop(op.create_table("t", [integer("a").on_delete(ForeignKeyAction::Cascade)])),
        |op| drop(op.create_table("t", [integer("a")]).with(foreign_key(["a"], "u", ["b", "c"]))),
        |op| drop(op.create_table("", [integer("a")])),
        |op| drop(op.create_table("t", [integer("a\0b")])),
        |op| drop(op.create_index("ix", "t", [] as [&str; 0])),
        |op| drop(op.create_index("ix", "t", ["a"]).nulls_not_distinct()),
        |op| drop(op.alter_column("t", "a")),
        |op| drop(op.alter_column("t", "a").set_not_null().using("1")),
        |op| drop(op.update("t")),
        |op| drop(op.update("t").set("a", 1).set("a", 2)),
        |op| drop(op.update("t").set("a", 1).bind("b", 2)),
        |op| drop(op.bulk_insert("t", ["a", "b"], [vec![1, 2], vec![3]])),
        |op| drop(op.bulk_insert("t", [] as [&str; 0], [[1]])),
        |op| drop(op.execute("SELECT :a").bind("b", 1)),
        |op| drop(op.execute("SELECT :a").bind("a", 1).bind("a", 2)),
        |op| drop(op.create_check_constraint("ck", "t", "a > 0) NOT VALID; --")),
        |op| drop(op.create_check_constraint("ck", "t", "a > 0)")),
        |op| drop(op.create_check_constraint("ck", "t", "(a > 0")),
        |op| drop(op.create_check_constraint("ck", "t", "a > 0 -- always")),
        |op| drop(op.create_check_constraint("ck", "t", "a > 'x")),
        |op| drop(op.create_check_constraint("ck", "t", " ")),
        |op| drop(op.create_table("t", [custom("a", "TEXT); DROP TABLE u")])),
    ];
    let texts: Vec<String> = cases.into_iter().map(said).collect();
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn what_one_database_could_not_do_is_refused_by_it() {
    let cases: Vec<fn(&mut Operations)> = vec![
        |op| drop(op.drop_table("é".repeat(32))),
        |op| drop(op.drop_table("é".repeat(65))),
        |op| drop(op.drop_column("t", "a ")),
        |op| drop(op.create_table("t", [text("a"), text("A")])),
        |op| drop(op.create_table("t", [integer("a").autoincrement()])),
        |op| drop(op.create_table("t", [integer("a").autoincrement().unique()])),
        |op| drop(op.create_table("t", [integer("a")]).comment("a */ b")),
        |op| drop(op.bulk_insert("t", ["a"], [[u64::MAX]])),
        |op| drop(op.bulk_insert("t", ["a"], [[f64::NAN]])),
        |op| drop(op.bulk_insert("t", ["a"], [["\0"]])),
        |op| drop(op.create_table_comment("t", "x".repeat(2049))),
    ];
    let texts: Vec<String> = cases.into_iter().map(said).collect();
    insta::assert_snapshot!(texts.join("\n\n"));
}
