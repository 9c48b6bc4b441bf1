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
        |op| drop(op.alter_column("t", "a").set_not_null().sequence(sequence().start(5))),
        |op| {
            let existing = integer("a").not_null().autoincrement();
            let alter = op.alter_column("t", "a").set_identity_always().existing(existing);
            alter.sequence(sequence().start(5));
        },
        |op| drop(op.alter_column("t", "a").set_autoincrement().existing(integer("a").default(1))),
        |op| drop(op.alter_column("t", "a").set_collation("").existing(text("a"))),
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
        |op| drop(op.create_check_constraint("ck", "t", one_of("a", [] as [&str; 0]))),
        |op| drop(op.create_table("t", [text("a")]).with(check(one_of("b", ["x"])))),
        |op| drop(op.create_table("t", [custom("a", "TEXT); DROP TABLE u")])),
        |op| drop(op.create_table("t", [text("a").precision(3)])),
        |op| drop(op.create_table("t", [time("a").precision(7)])),
        |op| drop(op.create_table("t", [array("a", Type::Date.precision(3))])),
        |op| drop(op.alter_column("t", "a").set_type(Type::Uuid.precision(1))),
        |op| drop(op.create_table("t", [integer("a").sequence(sequence().start(5))])),
        |op| drop(op.create_table("t", [enumeration("a", enum_type("e", ["x", "y", "x"]))])),
        |op| drop(op.create_enum(enum_type("e", ["x", "x"]))),
        |op| drop(op.create_enum(enum_type("e", ["x\0"]))),
        |op| drop(op.create_enum(enum_type("", ["x"]))),
        |op| drop(op.create_table("t", [enumeration("a", enum_type("e", ["x", "y"])).default("z")])),
        |op| drop(op.add_enum_value(enum_type("e", ["x"]), "x")),
        |op| drop(op.add_enum_value(enum_type("e", ["x"]), "y").after("z")),
        |op| drop(op.rename_enum_value(enum_type("e", ["x"]), "y", "z")),
        |op| drop(op.rename_enum_value(enum_type("e", ["x", "y"]), "x", "y")),
        |op| drop(op.remove_enum_value(enum_type("e", ["x"]), "y")),
        |op| drop(op.remove_enum_value(enum_type("e", ["x", "y"]), "x").replaced_by("z")),
        |op| drop(op.remove_enum_value(enum_type("e", ["x", "y"]), "x").replaced_by("x")),
        |op| drop(op.reorder_enum_values(enum_type("e", ["x", "y"]), ["y"])),
        |op| drop(op.reorder_enum_values(enum_type("e", ["x", "y"]), ["y", "y"])),
        |op| {
            let e = enum_type("e", ["x", "y"]);
            op.remove_enum_value(e.clone(), "x")
                .replaced_by("y")
                .used_by("t", enumeration("a", e).default("x"));
        },
    ];
    let texts: Vec<String> = cases.into_iter().map(said).collect();
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn what_one_database_could_not_do_is_refused_by_it() {
    let cases: Vec<fn(&mut Operations)> = vec![
        |op| drop(op.create_table("t", [text("a").one_of([r"C:\\", "x"])])),
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
        |op| drop(op.create_table("t", [text("a").now_on_update()])),
        |op| drop(op.alter_column("t", "a").set_now_on_update().existing(text("a"))),
        |op| drop(op.alter_column("t", "a").drop_now_on_update()),
        |op| drop(op.alter_column("t", "a").set_own_check("a > 0")),
        |op| drop(op.alter_column("t", "a").drop_own_check().existing(integer("a"))),
        |op| drop(op.alter_column("t", "a").set_own_check("a > (0").existing(integer("a"))),
        |op| drop(op.alter_column("t", "a").set_collation("c")),
        |op| drop(op.alter_column("t", "a").set_autoincrement().existing(integer("a"))),
        |op| drop(op.alter_column("t", "a").set_identity_always().existing(integer("a").not_null())),
        |op| {
            let existing = integer("a").not_null();
            op.alter_column("t", "a").set_autoincrement().sequence(sequence().start(5)).existing(existing);
        },
        |op| drop(op.create_table("t", [enumeration("a", enum_type("e", [] as [&str; 0]))])),
        |op| drop(op.create_table("t", [enumeration("a", enum_type("e", ["x "]))])),
        |op| drop(op.create_enum(enum_type("e", ["x".repeat(64)]))),
        |op| drop(op.create_table("t", [enumeration("a", enum_type("e", ["é".repeat(256)]))])),
        |op| {
            let e = enum_type("e", ["x", "y"]);
            let column = array("a", e.clone().into());
            op.remove_enum_value(e, "x").replaced_by("y").used_by("t", column);
        },
    ];
    let texts: Vec<String> = cases.into_iter().map(said).collect();
    insta::assert_snapshot!(texts.join("\n\n"));
}
