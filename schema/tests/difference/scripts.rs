//! What a difference is written as.

use crate::laws::{any_schema, two_schemas};
use crate::written::{Written, compiled_they_record_what_is_planned};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use servicekit::Dialect;
use servicekit::revision::*;
use servicekit::script::{Language, Script, ScriptError};
use servicekit::table::Schema;

fn schema(columns: Vec<Column>) -> Schema {
    let mut schema = Schema::default();
    schema.tables.push(Table::new("users", columns));
    schema
}

#[test]
fn hazards_stand_at_their_operations_and_a_downgrade_says_what_comes_back_empty() {
    let before = schema(vec![integer("id"), integer("age"), text("note")]);
    let after = schema(vec![integer("id"), text("note").not_null()]);
    let script = before.difference(&after, Dialect::Sqlite).script(Language::Rust).unwrap();
    assert_eq!(script.summary, "remove age from users and 1 more");
    assert_eq!(script.hazards.len(), 3);
    let at = |text: &str| script.upgrade.find(text).unwrap_or_else(|| panic!("{text} in {}", script.upgrade));
    assert!(at("// rebuilds: table users") < at("batch_alter_table"));
    assert!(at("batch_alter_table") < at("// can fail: rows where users.note is null"));
    assert!(at("// can fail: rows where users.note is null") < at("set_not_null"));
    assert!(at("set_not_null") < at("// loses data: column users.age"));
    assert!(at("// loses data: column users.age") < at("drop_column"));
    assert!(script.downgrade.contains("    // comes back empty: column users.age\n"), "{}", script.downgrade);
}

#[test]
fn a_rebuild_of_sqlite_is_no_plain_sql_and_is_named() {
    let difference = schema(vec![integer("a")]).difference(&schema(vec![text("a")]), Dialect::Sqlite);
    let error = difference.script(Language::Sql).unwrap_err();
    assert!(matches!(error, ScriptError::NotSql { .. }), "{error:?}");
    assert_eq!(
        error.to_string(),
        "`alter_column` of `users.a` is no plain SQL: SQLite needs a rebuild of the table, which reads it first"
    );
    let on_postgres = schema(vec![integer("a")]).difference(&schema(vec![text("a")]), Dialect::Postgres);
    let script = on_postgres.script(Language::Sql).unwrap();
    let beginning = "-- rebuilds: table users\n-- can fail: values of users.a";
    assert!(script.upgrade.starts_with(beginning), "{}", script.upgrade);
    assert!(script.upgrade.ends_with(";\n"));
}

#[test]
fn a_creation_is_summed_up_by_its_tables() {
    let mut all = schema(vec![integer("id")]);
    all.tables.push(Table::new("orders", [integer("id")]));
    let summary = |schema| Script::creating(schema, Dialect::Mysql, Language::Rust).unwrap().summary;
    assert_eq!(summary(&all), "create orders and 1 more");
    assert_eq!(summary(&schema(vec![integer("id")])), "create users");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_input_gives_the_same_file(one in any_schema(), other in any_schema()) {
        for dialect in Dialect::ALL {
            let write = || one.difference(&other, dialect).script(Language::Rust);
            let text = |script: Result<Script, ScriptError>| script.map_err(|error| error.to_string());
            let first = text(write());
            prop_assert_eq!(&first, &text(write()));
            if let Ok(script) = first {
                prop_assert_eq!(script.upgrade.matches("// ").count() >= script.hazards.len(), true);
            }
        }
    }
}

/// How many revisions are compiled; more where `SERVICEKIT_TEST_CHANGES` says so.
const COMPILED: usize = 300;

#[test]
fn what_is_written_for_random_differences_compiles_and_records_the_plan() {
    let environment = std::env::var("SERVICEKIT_TEST_CHANGES").ok().and_then(|text| text.parse().ok());
    let wanted = environment.unwrap_or(COMPILED);
    let mut runner = TestRunner::default();
    let (mut written, mut unplanned) = (Vec::new(), 0);
    while written.len() < wanted {
        let schemas = prop_oneof![2 => two_schemas(), 1 => (any_schema(), any_schema())];
        let (one, other) = schemas.new_tree(&mut runner).unwrap().current();
        let dialect = Dialect::ALL[written.len() % Dialect::ALL.len()];
        let what = format!("from {one:?}\nto {other:?}\non {dialect}");
        // Some for one database, some for two or for all.
        let databases = Dialect::ALL.get(..written.len() % 4).unwrap_or_default();
        let difference = one.difference(&other, dialect).serving(databases);
        match Written::of_difference(what, &difference) {
            Some(revision) => written.push(revision),
            None => unplanned += 1,
        }
    }
    compiled_they_record_what_is_planned("servicekit-written-differences", &written);
    println!(
        "{} revisions were compiled and record their plans, {unplanned} could not be planned",
        written.len()
    );
}

#[test]
fn a_check_that_comes_with_its_table_has_the_name_of_its_column() {
    let total = integer("total").not_null().check("total >= 0");
    let table = Table::new("orders", [ulid("id").primary_key(), total, integer("paid")]);
    let mut orders = Schema::default();
    orders.tables.push(table.with(check("paid <= total")).with(check("paid >= 0")));
    let difference = Schema::default().difference(&orders, Dialect::Postgres);
    let script = difference.script(Language::Rust).unwrap();
    insta::assert_snapshot!(script.upgrade + "\n" + &script.downgrade, @r#"
    pub fn upgrade(op: &mut Operations) {
        op.create_table("orders", [ulid("id").primary_key(), integer("total").not_null(), integer("paid")])
            .with(check("paid <= total"))
            .with(check("paid >= 0").name("ck_orders_paid"))
            .with(check("total >= 0").name("ck_orders_total"));
    }

    pub fn downgrade(op: &mut Operations) {
        // loses data: table orders
        op.reverse_of(upgrade);
    }
    "#);
    // As the same table has it where it is created without a comparison.
    let has_name = |sql: &[String]| sql.iter().any(|sql| sql.contains("\"ck_orders_total\""));
    let planned = difference.plan().unwrap().recorded();
    assert!(has_name(&planned.sql(Dialect::Postgres).unwrap()));
    assert!(has_name(&orders.operations(Dialect::Postgres).sql(Dialect::Postgres).unwrap()));
}

#[test]
fn an_index_without_a_name_is_shown_without_one() {
    let users = |column: Column| schema(vec![ulid("id").primary_key(), column]);
    let facts = Dialect::ALL.map(|dialect| {
        users(integer("age")).difference(&users(integer("age").indexed()), dialect).to_string()
    });
    insta::assert_snapshot!(facts.join("\n"), @r#"
    + index of users: CREATE INDEX ON "users" (`age`)
    + index of users: CREATE INDEX ON "users" ("age")
    + index of users: CREATE INDEX ON `users` (`age`)
    "#);
}

/// As models declare it; the database knows two of them by names of its own.
#[test]
fn what_comes_without_a_name_is_dropped_by_the_one_that_it_gets() {
    let schema = |table: Table| {
        let mut schema = Schema::default();
        schema.tables.push(table);
        schema
    };
    let columns = || [ulid("id").primary_key(), integer("age"), text("mail")];
    let before = schema(
        Table::new("users", columns())
            .with(check("age < 150").name("ck_users_1"))
            .with(index(["age"]).name("by age")),
    );
    let [id, age, mail] = columns();
    let after = schema(
        Table::new("users", [id, age.check("age > 0").indexed(), mail.unique().indexed()])
            .with(check("age < length(mail)"))
            .with(check("age < 150"))
            .with(check("age <> 7")),
    );
    let difference = before.difference(&after, Dialect::Postgres);
    let script = difference.script(Language::Rust).unwrap();
    insta::assert_snapshot!([script.upgrade, script.downgrade].concat(), @r#"
    pub fn upgrade(op: &mut Operations) {
        // takes a lock: users waits until the index of the unique constraint uq_users_mail is built
        // can fail: rows of users that the unique constraint uq_users_mail does not take
        op.create_unique_constraint(by_convention(), "users", ["mail"]);
        // takes a lock: users waits until the check constraint ck_users_2 is checked
        // can fail: rows of users that the check constraint ck_users_2 does not take
        op.create_check_constraint("ck_users_2", "users", "age < length(mail)");
        // takes a lock: users waits until the check constraint ck_users_age is checked
        // can fail: rows of users that the check constraint ck_users_age does not take
        op.create_check_constraint("ck_users_age", "users", "age <> 7");
        // takes a lock: users waits until the check constraint ck_users_3 is checked
        // can fail: rows of users that the check constraint ck_users_3 does not take
        op.create_check_constraint("ck_users_3", "users", "age > 0");
        // takes a lock: writes to users wait until the index ix_users_mail is built
        op.create_index(by_convention(), "users", ["mail"]);
    }
    pub fn downgrade(op: &mut Operations) {
        op.drop_unique_constraint("uq_users_mail", "users").existing(unique(["mail"]).name("uq_users_mail"));
        op.drop_check_constraint("ck_users_2", "users").existing(check("age < length(mail)").name("ck_users_2"));
        op.drop_check_constraint("ck_users_age", "users").existing(check("age <> 7").name("ck_users_age"));
        op.drop_check_constraint("ck_users_3", "users").existing(check("age > 0").name("ck_users_3"));
        op.drop_index("ix_users_mail", "users").existing(index(["mail"]).name("ix_users_mail"));
    }
    "#);
}
