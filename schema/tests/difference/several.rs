//! Revisions for several kinds of databases.

use servicekit::revision::*;
use servicekit::script::Language;
use servicekit::table::{Schema, Table, Type};
use servicekit_schema as servicekit;

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
