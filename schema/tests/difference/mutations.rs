//! One change of one attribute is one fact, for every attribute of the vocabulary.
#![allow(clippy::assigning_clones, reason = "a change is an assignment")]

use servicekit::diff::{Attribute, Fact};
use servicekit::revision::*;
use servicekit::table::{
    Check, Column, Constraint, Exclusion, ForeignKey, ForeignKeyMatch, Identity, Index, Order, PrimaryKey,
    Schema, Unique, enum_type, exclusion, sequence,
};
use servicekit::{Dialect, Dialect::Mysql, Dialect::Postgres, Dialect::Sqlite};

/// A table with one of each.
fn users() -> Table {
    let mut table = Table::new(
        "users",
        [
            integer("id").not_null(),
            string("name", 40).not_null().default("x"),
            integer("age"),
            integer("twice").generated("age * 2"),
            timestamp("seen_at"),
            integer("team"),
        ],
    );
    table.comment = Some("people".to_owned());
    table
        .with(primary_key(["id"]).name("pk"))
        .with(unique(["name"]).name("uq"))
        .with(check("age > 1").name("ck"))
        .with(foreign_key(["team"], "teams", ["id"]).name("fk"))
        .with(exclusion([(key("team"), "="), (key("name"), "=")]).name("ex"))
        .with(index(["age"]).name("ix"))
}

fn schema(table: Table) -> Schema {
    let mut schema = Schema::default();
    schema.enums.push(enum_type("mood", ["sad", "happy"]));
    schema.tables = vec![table, Table::new("teams", [integer("id").primary_key()])];
    schema
}

fn column<'t>(table: &'t mut Table, name: &str) -> &'t mut Column {
    table.columns.iter_mut().find(|column| column.name == name).unwrap()
}

macro_rules! part {
    ($name:ident, $variant:ident, $type:ty) => {
        fn $name(table: &mut Table) -> &mut $type {
            let found = table.constraints.iter_mut().find_map(|each| match each {
                Constraint::$variant(found) => Some(found),
                _ => None,
            });
            found.unwrap()
        }
    };
}

part!(the_key, PrimaryKey, PrimaryKey);
part!(the_unique, Unique, Unique);
part!(the_check, Check, Check);
part!(the_reference, ForeignKey, ForeignKey);
part!(the_exclusion, Exclusion, Exclusion);

fn the_index(table: &mut Table) -> &mut Index {
    &mut table.indexes[0]
}

/// A change, and where it is one.
type Mutation = (&'static str, &'static [Dialect], fn(&mut Table));

const ALL: &[Dialect] = &[Sqlite, Postgres, Mysql];

const MUTATIONS: &[Mutation] = &[
    ("column: type", ALL, |t| column(t, "age").data_type = Type::Text),
    ("column: collation", ALL, |t| column(t, "name").collations.push((None, "c".to_owned()))),
    ("column: nullable", ALL, |t| column(t, "age").nullable = false),
    ("column: not null any more", ALL, |t| column(t, "name").nullable = true),
    ("column: default", ALL, |t| column(t, "name").default = Some("y".into())),
    ("column: default comes", ALL, |t| column(t, "age").default = Some(0.into())),
    ("column: default goes", ALL, |t| column(t, "name").default = None),
    ("column: identity", ALL, |t| column(t, "id").identity = Some(Identity::ByDefault)),
    ("column: identity always", ALL, |t| column(t, "id").identity = Some(Identity::Always)),
    ("column: now on update", ALL, |t| column(t, "seen_at").now_on_update = true),
    ("column: generated", ALL, |t| {
        column(t, "twice").generated.as_mut().unwrap().expression = "age * 3".to_owned();
    }),
    ("column: generated, stored", ALL, |t| column(t, "twice").generated.as_mut().unwrap().stored = false),
    ("column: generated no more", ALL, |t| column(t, "twice").generated = None),
    ("column: comment", ALL, |t| column(t, "age").comment = Some("in years".to_owned())),
    ("column: comes", ALL, |t| t.columns.push(text("bio"))),
    ("column: goes", ALL, |t| t.columns.retain(|column| column.name != "seen_at")),
    ("column: unique", ALL, |t| column(t, "age").unique = true),
    ("column: indexed", ALL, |t| column(t, "name").indexed = true),
    ("column: check", ALL, |t| column(t, "age").checks.push(check("age < 200"))),
    ("column: references", ALL, |t| {
        column(t, "age").references = Some(foreign_key(["age"], "teams", ["id"]));
    }),
    ("table: comment", ALL, |t| t.comment = Some("users".to_owned())),
    ("table: comment goes", ALL, |t| t.comment = None),
    ("primary key: columns", ALL, |t| the_key(t).columns.push("name".to_owned())),
    ("primary key: name", &[Sqlite, Postgres], |t| the_key(t).name = Some("other".to_owned())),
    ("primary key: include", ALL, |t| the_key(t).include.push("age".to_owned())),
    ("primary key: deferrable", ALL, |t| the_key(t).deferrability = Some(Deferrability::Deferred)),
    ("primary key: goes", ALL, |t| t.constraints.retain(|each| each.name() != Some("pk"))),
    ("unique: columns", ALL, |t| the_unique(t).columns = vec!["age".to_owned()]),
    ("unique: order of columns", ALL, |t| the_unique(t).columns.insert(0, "age".to_owned())),
    ("unique: include", ALL, |t| the_unique(t).include.push("age".to_owned())),
    ("unique: nulls", ALL, |t| the_unique(t).nulls_not_distinct = true),
    ("unique: deferrable", ALL, |t| the_unique(t).deferrability = Some(Deferrability::Immediate)),
    ("unique: comes", ALL, |t| t.constraints.push(unique(["age"]).name("uq2").into())),
    ("check: condition", ALL, |t| the_check(t).condition = "age > 2".into()),
    ("check: no inherit", ALL, |t| the_check(t).no_inherit = true),
    ("check: not enforced", ALL, |t| the_check(t).not_enforced = true),
    ("foreign key: columns", ALL, |t| the_reference(t).columns = vec!["age".to_owned()]),
    ("foreign key: table", ALL, |t| the_reference(t).referred_table = "users".into()),
    ("foreign key: referred columns", ALL, |t| the_reference(t).referred_columns = vec!["other".to_owned()]),
    ("foreign key: on delete", ALL, |t| the_reference(t).on_delete = Some(ForeignKeyAction::Cascade)),
    ("foreign key: on delete columns", ALL, |t| the_reference(t).on_delete_columns = vec!["team".to_owned()]),
    ("foreign key: on update", ALL, |t| the_reference(t).on_update = Some(ForeignKeyAction::SetNull)),
    ("foreign key: restrict", &[Sqlite, Postgres], |t| {
        the_reference(t).on_update = Some(ForeignKeyAction::Restrict);
    }),
    ("foreign key: match", ALL, |t| the_reference(t).matching = Some(ForeignKeyMatch::Full)),
    ("foreign key: deferrable", ALL, |t| the_reference(t).deferrability = Some(Deferrability::Deferred)),
    ("foreign key: not enforced", ALL, |t| the_reference(t).not_enforced = true),
    ("exclusion: operator", ALL, |t| the_exclusion(t).elements[0].1 = "<>".to_owned()),
    ("exclusion: element", ALL, |t| {
        the_exclusion(t).elements.pop();
    }),
    ("exclusion: method", ALL, |t| the_exclusion(t).method = Some("gist".to_owned())),
    ("exclusion: filter", ALL, |t| the_exclusion(t).filter = Some("age > 1".to_owned())),
    ("exclusion: deferrable", ALL, |t| the_exclusion(t).deferrability = Some(Deferrability::Deferred)),
    ("index: columns", ALL, |t| the_index(t).keys.push(key("name"))),
    ("index: expression", ALL, |t| the_index(t).keys = vec![key(sql("lower(name)"))]),
    ("index: unique", ALL, |t| the_index(t).unique = true),
    ("index: filter", ALL, |t| the_index(t).filter = Some("age > 1".to_owned())),
    ("index: method", ALL, |t| the_index(t).method = Some("hash".to_owned())),
    ("index: include", ALL, |t| the_index(t).include.push("name".to_owned())),
    ("index: nulls", ALL, |t| the_index(t).nulls_not_distinct = true),
    ("index: comment", ALL, |t| the_index(t).comment = Some("for the list".to_owned())),
    ("index: descending", ALL, |t| the_index(t).keys[0].order = Some(Order::Descending)),
    ("index: nulls first", ALL, |t| the_index(t).keys[0].nulls = Some(Nulls::First)),
    ("index: collation", ALL, |t| the_index(t).keys[0].collation = Some("c".to_owned())),
    ("index: operator class", ALL, |t| the_index(t).keys[0].operator_class = Some("o".to_owned())),
    ("index: length", &[Mysql], |t| the_index(t).keys[0].mysql_length = Some(3)),
    ("index: goes", ALL, |t| t.indexes.clear()),
];

/// What changes nothing that is compared.
const SILENT: &[Mutation] = &[
    ("order of columns", ALL, |t| t.columns.reverse()),
    ("option of a table", ALL, |t| t.options.push((Mysql, "ENGINE = Aria".to_owned()))),
    ("option of a column", ALL, |t| column(t, "age").options.push((Postgres, "STORAGE MAIN".to_owned()))),
    ("option of an index", ALL, |t| the_index(t).options.push(("fillfactor".to_owned(), "70".to_owned()))),
    ("numbers of a sequence", ALL, |t| column(t, "id").sequence = Some(sequence().start(7))),
    ("rows that were not looked at", ALL, |t| the_check(t).not_valid = true),
    ("references that were not looked at", ALL, |t| the_reference(t).not_valid = true),
    ("no action", ALL, |t| the_reference(t).on_delete = Some(ForeignKeyAction::NoAction)),
    ("restrict", &[Mysql], |t| the_reference(t).on_delete = Some(ForeignKeyAction::Restrict)),
    ("ascending", ALL, |t| the_index(t).keys[0].order = Some(Order::Ascending)),
    ("nulls last", ALL, |t| the_index(t).keys[0].nulls = Some(Nulls::Last)),
    ("btree", ALL, |t| the_index(t).method = Some("btree".to_owned())),
    ("default null", ALL, |t| column(t, "age").default = Some(servicekit::table::Value::Null)),
    ("layout of a check", ALL, |t| the_check(t).condition = "(age  >  1)".into()),
    ("no name", ALL, |t| the_unique(t).name = None),
    ("name of the key", &[Mysql], |t| the_key(t).name = Some("other".to_owned())),
    ("what there is no word for", ALL, |t| {
        t.remainders.push(servicekit::table::Remainder::new(Postgres, "x", "SELECT 1"));
    }),
];

#[test]
fn one_change_is_one_fact() {
    let mut count = 0;
    for (what, dialects, mutate) in MUTATIONS {
        let mut changed = users();
        mutate(&mut changed);
        for dialect in *dialects {
            let there = schema(users()).difference(&schema(changed.clone()), *dialect);
            assert_eq!(there.facts.len(), 1, "{what} on {dialect}: {there}");
            let back = schema(changed.clone()).difference(&schema(users()), *dialect);
            assert_eq!(there.reversed().facts, back.facts, "{what} on {dialect}");
            count += 1;
        }
    }
    println!("{count} changes of one attribute are one fact each");
}

#[test]
fn what_is_not_asked_for_is_no_fact() {
    for (what, dialects, mutate) in SILENT {
        let mut changed = users();
        mutate(&mut changed);
        for dialect in *dialects {
            let difference = schema(users()).difference(&schema(changed.clone()), *dialect);
            assert!(difference.is_empty(), "{what} on {dialect}: {difference}");
        }
    }
}

#[test]
fn an_enum_type_is_compared_by_its_values() {
    let difference = |values: &[&str], dialect| {
        let mut changed = schema(users());
        changed.enums = vec![enum_type("mood", values.iter().copied())];
        schema(users()).difference(&changed, dialect).to_string()
    };
    insta::assert_snapshot!(difference(&["sad", "calm", "happy"], Postgres), @r"
    ~ enum mood
        from sad, happy
        to   sad, calm, happy
    ");
    insta::assert_snapshot!(difference(&["happy", "sad"], Postgres), @r"
    ~ enum mood
        from sad, happy
        to   happy, sad
    ");
    assert_eq!(difference(&["sad"], Mysql), "");
}

#[test]
fn every_attribute_of_a_column_has_a_change() {
    let mut missing = Attribute::ALL.to_vec();
    for (_, dialects, mutate) in MUTATIONS {
        let mut changed = users();
        mutate(&mut changed);
        let facts = schema(users()).difference(&schema(changed), dialects[0]).facts;
        missing.retain(|attribute| {
            !facts
                .iter()
                .any(|fact| matches!(fact, Fact::Attribute { attribute: found, .. } if found == attribute))
        });
    }
    assert_eq!(missing, []);
}

#[test]
fn facts_are_shown_with_both_of_their_sides() {
    let shown: Vec<String> = MUTATIONS
        .iter()
        .map(|(what, dialects, mutate)| {
            let mut changed = users();
            mutate(&mut changed);
            let dialect = if dialects.contains(&Postgres) { Postgres } else { dialects[0] };
            format!("{what}: {}", schema(users()).difference(&schema(changed), dialect))
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
}
