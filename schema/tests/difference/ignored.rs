//! What is left as it is: a difference without it, for every kind.

use servicekit_schema::Dialect;
use servicekit_schema::diff::{Difference, Ignored};
use servicekit_schema::revision::*;
use servicekit_schema::table::{Schema, sql};

/// Two schemas that differ in one thing of each kind.
fn difference() -> Difference {
    let mut from = Schema::default();
    from.enums.push(enum_type("mood", ["sad", "happy"]));
    from.tables.push(
        Table::new(
            "users",
            [
                integer("id").not_null(),
                string("email", 40),
                text("name").not_null(),
                integer("age").default(1),
                text("note").collate("C"),
                text("old").comment("old"),
                enumeration("mood", enum_type("mood", ["sad", "happy"])),
            ],
        )
        .with(primary_key(["id"]).name("pk_users"))
        .with(unique(["email"]).name("uq_users_email"))
        .with(check("age > 0").name("ck_age"))
        .with(exclusion([(key("age"), "=")]).using("gist").name("ex_age"))
        .with(index(["age"]).name("ix_age")),
    );
    from.tables.push(Table::new("audit_log", [integer("id")]));
    from.tables.push(Table::new(("shop", "orders"), [integer("id")]));
    let mut to = Schema::default();
    to.enums.push(enum_type("mood", ["sad", "happy", "both"]));
    to.tables.push(
        Table::new(
            "users",
            [
                integer("id").not_null(),
                string("email", 50),
                text("name"),
                integer("age").default(sql("1 + 2")),
                text("note"),
                text("old").comment("new"),
                enumeration("mood", enum_type("mood", ["sad", "happy", "both"])),
                integer("fresh").indexed(),
            ],
        )
        .with(primary_key(["id", "age"]).name("pk_users"))
        .with(unique(["email", "age"]).name("uq_users_email"))
        .with(check("age > 1").name("ck_age"))
        .with(foreign_key(["age"], "ages", ["id"]).name("fk_age"))
        .with(index(["age", "id"]).name("ix_age")),
    );
    to.tables.push(Table::new("audit_more", [integer("id")]));
    from.difference(&to, Dialect::Postgres)
}

fn ignoring(difference: &Difference, texts: &[&str]) -> Difference {
    let ignored: Vec<Ignored> = texts.iter().map(|text| text.parse().unwrap()).collect();
    difference.clone().ignoring(&ignored)
}

fn lines(difference: &Difference) -> Vec<String> {
    difference.descriptions().map(|fact| fact.to_string()).collect()
}

#[test]
fn each_kind_goes_and_nothing_else_does() {
    let all = difference();
    let shown = [
        "audit_*",
        "schema shop",
        "enum mood",
        "column users.fresh",
        "type users.email",
        "null users.name",
        "default users.*",
        "collation users",
        "comment",
        "index users.ix_*",
        "primary_key users",
        "unique users.uq_users_email",
        "foreign_key users.fk_*",
        "check",
        "exclusion *.ex_age",
    ]
    .map(|text| {
        let rest = lines(&ignoring(&all, &[text]));
        assert!(rest.iter().all(|line| lines(&all).contains(line)), "{text} brings {rest:#?}");
        let gone: Vec<String> = lines(&all).into_iter().filter(|line| !rest.contains(line)).collect();
        format!("{text}\n  {}", gone.join("\n  "))
    });
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn nothing_is_left_where_everything_is_ignored() {
    let everything = ["*", "*.*", "enum"];
    let rest = ignoring(&difference(), &everything);
    assert!(rest.is_empty(), "{rest}");
    assert!(rest.plan().unwrap().recorded().is_empty());
}

#[test]
fn what_is_ignored_is_in_no_statement() {
    let rest = ignoring(&difference(), &["users", "enum", "audit_more"]);
    let statements = rest.plan().unwrap().recorded().sql(Dialect::Postgres).unwrap();
    assert_eq!(statements, [r#"DROP TABLE "shop"."orders""#, r#"DROP TABLE "audit_log""#]);
    // A table that is rebuilt keeps what is ignored of it.
    let table = |columns: Vec<Column>| {
        let mut schema = Schema::default();
        schema.tables.push(Table::new("users", columns));
        schema
    };
    let from = table(vec![integer("id").primary_key(), text("name"), text("search")]);
    let to = table(vec![integer("id").primary_key(), text("name").not_null()]);
    let rest = ignoring(&from.difference(&to, Dialect::Sqlite), &["column users.search"]);
    insta::assert_snapshot!(rest.plan().unwrap().recorded().sql(Dialect::Sqlite).unwrap().join("\n"));
}
