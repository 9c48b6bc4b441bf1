//! Revisions for several kinds of databases.

use crate::laws::two_schemas;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use servicekit::revision::*;
use servicekit::script::Language;
use servicekit::table::{Schema, Table, Type};

fn schema(tables: impl IntoIterator<Item = Table>) -> Schema {
    let mut schema = Schema::default();
    for table in tables {
        for column in &table.columns {
            match &column.data_type {
                Type::Enum(of) if !schema.enums.contains(of) => schema.enums.push(of.clone()),
                _ => {}
            }
        }
        schema.tables.push(table);
    }
    schema
}

fn users(columns: impl IntoIterator<Item = Column>) -> Schema {
    schema([Table::new("users", [ulid("id").primary_key()].into_iter().chain(columns))])
}

fn written(from: &Schema, to: &Schema, found_on: Dialect, databases: &[Dialect]) -> String {
    match from.difference(to, found_on).serving(databases).script(Language::Rust) {
        Ok(script) => script.upgrade + "\n" + &script.downgrade,
        Err(error) => format!("error: {error}\nhelp: {}\n", error.help().unwrap_or_default()),
    }
}

fn mood(values: &[&str]) -> Column {
    enumeration("mood", enum_type("mood", values.iter().copied()))
}

#[test]
fn what_is_the_same_everywhere_stands_once() {
    let [before, after] = [users([text("name")]), users([text("name").not_null(), text("email").unique()])];
    let texts = Dialect::ALL.map(|found_on| written(&before, &after, found_on, &Dialect::ALL));
    assert_eq!(texts[0], texts[1]);
    assert_eq!(texts[0], texts[2]);
    insta::assert_snapshot!(texts[0]);
}

#[test]
fn what_differs_stands_in_a_block_for_each() {
    let before = users([mood(&["sad"]), integer("number"), text("note").comment("old")]);
    let after = users([mood(&["sad", "happy"]), boolean("number"), text("note").comment("new")]);
    insta::assert_snapshot!(written(&before, &after, Dialect::Postgres, &Dialect::ALL));
}

#[test]
fn a_longer_text_is_found_on_sqlite_where_another_database_needs_it() {
    let [before, after] = [users([string("name", 40)]), users([string("name", 80)])];
    assert!(before.difference(&after, Dialect::Sqlite).is_empty());
    let pair = [Dialect::Sqlite, Dialect::Postgres];
    assert_eq!(
        written(&before, &after, Dialect::Sqlite, &pair),
        written(&before, &after, Dialect::Postgres, &pair)
    );
    // SQLite alone takes them for one.
    assert!(before.difference(&after, Dialect::Sqlite).serving(&[Dialect::Sqlite]).is_empty());
}

#[test]
fn an_enum_whose_name_only_postgres_knows_goes_there_if_it_is_found() {
    let before = users([enumeration("state", enum_type("users_state", ["new"]))]);
    let databases = [Dialect::Postgres, Dialect::Mysql];
    insta::assert_snapshot!(written(&before, &users([]), Dialect::Mysql, &databases));
}

#[test]
fn what_a_model_has_on_one_database_only_changes_there() {
    let model = |name: &str| users([text("name").type_on(Dialect::Postgres, Type::custom(name))]);
    let before = users([Column::new("name", Type::custom("citext"))]);
    insta::assert_snapshot!(written(&before, &model("ltree"), Dialect::Postgres, &Dialect::ALL));
}

#[test]
fn statements_stand_in_a_section_for_each_database() {
    let difference = users([]).difference(&users([text("name")]), Dialect::Postgres);
    let script = difference.serving(&Dialect::ALL).script(Language::Sql).unwrap();
    assert_eq!((script.upgrade.as_str(), script.downgrade.as_str()), ("", ""));
    let sections: Vec<String> = script
        .sections
        .iter()
        .map(|section| format!("{}\n{}{}", section.dialect, section.upgrade, section.downgrade))
        .collect();
    insta::assert_snapshot!(sections.join("\n"));
}

#[test]
fn what_cannot_serve_all_is_refused_by_name() {
    let custom = |name: &str| users([Column::new("name", Type::custom(name))]);
    let circle = users([text("name"), text("copy").generated("name || 'x'")]);
    let refused = [
        // Nobody knows what it is elsewhere.
        written(&custom("citext"), &users([text("name")]), Dialect::Postgres, &Dialect::ALL),
        written(&custom("citext"), &users([]), Dialect::Postgres, &[Dialect::Sqlite, Dialect::Postgres]),
        // One of them has no such thing.
        written(
            &users([]),
            &users([Column::new("tags", Type::Text.array())]),
            Dialect::Postgres,
            &Dialect::ALL,
        ),
        written(
            &users([]),
            &users([Column::new("tags", Type::Text.array())]),
            Dialect::Sqlite,
            &Dialect::ALL,
        ),
        written(
            &users([]),
            &users([interval("spent")]),
            Dialect::Postgres,
            &[Dialect::Postgres, Dialect::Mysql],
        ),
    ];
    assert!(!written(&users([]), &circle, Dialect::Postgres, &Dialect::ALL).starts_with("error"));
    insta::assert_snapshot!(refused.join("\n"));
}

/// The database that was compared does the same, whether others are served or not.
#[test]
fn the_compared_database_finds_the_plan_that_it_has_alone() {
    let environment = std::env::var("SERVICEKIT_TEST_CHANGES").ok().and_then(|text| text.parse().ok());
    let wanted = environment.unwrap_or(50);
    let mut runner = TestRunner::default();
    let (mut same, mut refused) = (0, 0);
    while same < wanted {
        let (one, other) = two_schemas().new_tree(&mut runner).unwrap().current();
        for (compared, served) in [(Dialect::Postgres, Dialect::Mysql), (Dialect::Mysql, Dialect::Postgres)] {
            let difference = one.difference(&other, compared);
            let alone = difference.recorded();
            let (Ok(alone), Ok(together)) = (alone, difference.serving(&[compared, served]).recorded())
            else {
                refused += 1;
                continue;
            };
            for (alone, together) in
                [(alone.upgrade, together.upgrade), (alone.downgrade, together.downgrade)]
            {
                let calls = |operations: Operations| -> Vec<String> {
                    operations.into_recorded(compared).map(|each| each.operation.to_string()).collect()
                };
                assert_eq!(calls(alone), calls(together), "from {one:?}\nto {other:?}\non {compared}");
            }
            same += 1;
        }
    }
    println!("{same} plans are the same, {refused} were refused");
}
