//! What a person says about a difference: what only got another name, and what rows get that have nothing.

use servicekit_schema::diff::{Backfill, BackfillProblem, Difference, Rename, RenameProblem};
use servicekit_schema::revision::*;
use servicekit_schema::script::Language;
use servicekit_schema::table::{Hints, Schema, TableName, Unique, Value, sql};

fn schema(tables: impl IntoIterator<Item = Table>) -> Schema {
    let mut schema = Schema::default();
    schema.tables.extend(tables);
    schema
}

fn users(columns: impl IntoIterator<Item = Column>) -> Schema {
    let id = ulid("id").primary_key();
    schema([Table::new("users", std::iter::once(id).chain(columns))])
}

fn statements(difference: &Difference) -> Vec<String> {
    difference.plan().unwrap().recorded().sql(difference.dialect).unwrap()
}

/// What leads there, and what leads back.
fn both_ways(difference: &Difference) -> String {
    let [there, back] = [difference, &difference.reversed()].map(|way| statements(way).join("\n"));
    format!("{difference}\n\n{there}\n\n{back}")
}

#[test]
fn a_table_and_its_columns_get_other_names_everywhere() {
    let notes = |table: &str, column: &str| {
        Table::new("notes", [ulid("id").primary_key(), ulid("owner").references(table, column)])
    };
    let clients = Table::new(
        "clients",
        [
            ulid("key").primary_key(),
            text("mail").check("clients.mail <> '' AND length(mail) > 2"),
            integer("age"),
        ],
    )
    .with(index([key("mail")]).name("ix_mail").filter("mail IS NOT NULL"));
    let people = Table::new(
        "people",
        [
            ulid("id").primary_key(),
            text("email").check("people.email <> '' AND length(email) > 2"),
            big_integer("age"),
        ],
    )
    .with(index([key("email")]).name("ix_mail").filter("email IS NOT NULL"));
    let renames = [
        Rename::column("people", "mail", "email"),
        Rename::table("clients", "people"),
        Rename::column("people", "key", "id"),
    ];
    let (from, to) = (schema([clients, notes("clients", "key")]), schema([people, notes("people", "id")]));
    let difference = from.difference_with(&to, Dialect::Postgres, &renames).unwrap();
    insta::assert_snapshot!(both_ways(&difference));
    let script = difference.script(Language::Rust).unwrap();
    insta::assert_snapshot!(format!("{}\n\n{}\n{}", script.summary, script.upgrade, script.downgrade));
}

#[test]
fn names_can_change_places() {
    let (from, to) =
        (users([text("a"), integer("b"), text("c")]), users([integer("a"), text("b"), text("d")]));
    let renames = [
        Rename::column("users", "a", "b"),
        Rename::column("users", "b", "a"),
        Rename::column("users", "c", "d"),
    ];
    let difference = from.difference_with(&to, Dialect::Sqlite, &renames).unwrap();
    insta::assert_snapshot!(both_ways(&difference));
}

#[test]
fn what_stands_in_the_way_on_mysql_goes_and_comes_again() {
    let of = |a: &str, b: &str| {
        users([
            integer(a).check(format!("`{a}` > 0")),
            integer(b),
            integer("sum").generated(format!("`{a}` + `{b}`")),
        ])
    };
    let named = |mut schema: Schema| {
        for table in &mut schema.tables {
            *table = table.clone().with(check(table.columns[1].checks[0].condition.clone()).name("ck_first"));
            table.columns[1].checks.clear();
        }
        schema
    };
    let renames = [Rename::column("users", "a", "c"), Rename::column("users", "b", "d")];
    let difference =
        named(of("a", "b")).difference_with(&named(of("c", "d")), Dialect::Mysql, &renames).unwrap();
    insta::assert_snapshot!(both_ways(&difference));
}

#[test]
fn rows_are_counted_by_the_names_that_they_have() {
    let (from, to) = (users([string("mail", 40)]), users([string("email", 20).not_null()]));
    let renames = [Rename::column("users", "mail", "email")];
    let difference = from.difference_with(&to, Dialect::Postgres, &renames).unwrap();
    let plan = difference.plan().unwrap();
    let counts: Vec<String> = plan
        .hazards
        .iter()
        .map(|hazard| match difference.count_query(hazard) {
            Ok(query) => format!("{hazard}: {}", query.sql),
            Err(why) => format!("{hazard}: {why}"),
        })
        .collect();
    insta::assert_snapshot!(counts.join("\n"));
}

#[test]
fn what_cannot_be_renamed_is_said() {
    let (from, to) = (users([text("mail"), text("email")]), users([text("email"), text("post")]));
    let ask =
        |renames: &[Rename]| from.difference_with(&to, Dialect::Sqlite, renames).unwrap_err().to_string();
    let all = [
        ask(&[Rename::column("users", "post", "email")]),
        ask(&[Rename::column("users", "mail", "email")]),
        ask(&[Rename::column("users", "mail", "letters")]),
        ask(&[Rename::column("users", "mail", "post"), Rename::column("users", "email", "post")]),
        ask(&[Rename::table("clients", "users")]),
        ask(&[Rename::table("users", ("shop", "users"))]),
    ];
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn hints_of_models_are_followed_once() {
    let hints = |hints: Hints| [(TableName::from("users"), hints)];
    let of_column = hints(Hints::default().column_renamed_from("email", "mail"));
    let (old, new) = (users([text("mail")]), users([text("email")]));
    let ask = |from: &Schema, to: &Schema| from.renames(to, &of_column, Dialect::Sqlite);
    assert_eq!(ask(&old, &new), Ok(vec![Rename::column("users", "mail", "email")]));
    assert_eq!(ask(&new, &new), Ok(vec![]));
    let both = users([text("mail"), text("email")]);
    assert_eq!(ask(&both, &both), Ok(vec![]));
    let rename = || Rename::column("users", "mail", "email");
    assert_eq!(ask(&both, &new), Err(RenameProblem::Taken(Box::new(rename()))));
    assert_eq!(ask(&users([]), &new), Err(RenameProblem::NotThere(Box::new(rename()))));
    // A table that comes has no past.
    assert_eq!(ask(&Schema::default(), &new), Ok(vec![]));

    let of_table = hints(Hints::default().renamed_from("clients").column_renamed_from("email", "mail"));
    let clients = schema([Table::new("clients", [ulid("id").primary_key(), text("mail")])]);
    assert_eq!(
        clients.renames(&new, &of_table, Dialect::Sqlite),
        Ok(vec![Rename::table("clients", "users"), rename()])
    );
    let none = Schema::default().renames(&new, &of_table, Dialect::Sqlite);
    assert_eq!(none, Err(RenameProblem::NotThere(Box::new(Rename::table("clients", "users")))));
}

#[test]
fn a_value_gets_another_name_in_its_type_or_between_its_checks() {
    let of = |value: &str| {
        let mood = enum_type("mood", ["glad", value]);
        let mut schema = users([
            enumeration("mood", mood.clone()).default(value),
            string("state", u32::try_from(value.len()).unwrap()).one_of(["glad", value]),
        ]);
        let table = &mut schema.tables[0];
        let mut state = std::mem::take(&mut table.columns[2].checks).remove(0);
        state.name = Some("ck_users_state".to_owned());
        table.constraints.push(state.into());
        schema.enums.push(mood);
        schema
    };
    let (from, to) = (of("sad"), of("gloomy"));
    let renames =
        [Rename::value("users", "mood", "sad", "gloomy"), Rename::value("users", "state", "sad", "gloomy")];
    for dialect in Dialect::ALL {
        let difference = from.difference_with(&to, dialect, &renames).unwrap();
        let script = difference.script(Language::Rust).unwrap();
        let sql = match dialect {
            Dialect::Sqlite => String::new(),
            _ => both_ways(&difference),
        };
        insta::assert_snapshot!(
            format!("renamed_value_{}", dialect.name()),
            format!("{difference}\n\n{}\n\n{}\n{}\n{sql}", script.summary, script.upgrade, script.downgrade)
        );
    }
    let everywhere = from.difference_with(&to, Dialect::Postgres, &renames).unwrap().serving(&Dialect::ALL);
    let script = everywhere.script(Language::Rust).unwrap();
    insta::assert_snapshot!("renamed_value_everywhere", format!("{}\n{}", script.upgrade, script.downgrade));
    let ask = |[old, new]: [&str; 2]| {
        let rename = Rename::value("users", "mood", old, new);
        from.difference_with(&to, Dialect::Postgres, &[rename]).unwrap_err().to_string()
    };
    let all = [["mad", "gloomy"], ["sad", "glad"], ["sad", "grim"]].map(ask);
    insta::assert_snapshot!("no_renamed_value", all.join("\n\n"));
}

#[test]
fn those_most_alike_are_asked_for_first() {
    let (from, to) = (
        users([text("mail"), integer("age"), boolean("on")]),
        users([integer("years"), text("e_mail"), text("nick")]),
    );
    let candidates = from.difference(&to, Dialect::Sqlite).rename_candidates();
    let shown: Vec<String> =
        candidates.iter().map(|candidate| format!("{} {}", candidate.rename, candidate.is_alike)).collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn rows_get_a_value_before_it_is_required() {
    let (from, to) = (
        users([string("country", 2), text("name")]),
        users([string("country", 2).not_null(), text("name"), text("slug").not_null().unique()]),
    );
    for dialect in Dialect::ALL {
        let difference = from.difference(&to, dialect);
        assert_eq!(
            difference.missing_values().map(|(_, column)| column.name.as_str()).collect::<Vec<_>>(),
            ["slug"]
        );
        let difference = difference
            .with_backfills([
                Backfill::new("users", "country", "NO"),
                Backfill::new("users", "slug", sql("lower(name) || id")),
            ])
            .unwrap();
        assert_eq!(difference.missing_values().count(), 0);
        let script = difference.script(Language::Rust).unwrap();
        insta::assert_snapshot!(
            format!("filled_{}", dialect.name()),
            format!("{}\n{}", script.upgrade, script.downgrade)
        );
    }
}

#[test]
fn a_unique_key_that_would_be_the_same_for_all_rows_is_not_filled() {
    let after = |key: Unique| {
        let mut schema = users([text("name").not_null(), text("note"), text("kind").default("new")]);
        schema.tables[0].constraints.push(key.into());
        schema
    };
    let is_refused = |key: Unique, value: Value| {
        let difference = users([]).difference(&after(key), Dialect::Postgres);
        let filled = difference.with_backfills([Backfill::new("users", "name", value)]);
        matches!(filled, Err(BackfillProblem::Unique(_)))
    };
    let same = || Value::Text("x".to_owned());
    assert!(is_refused(unique(["name"]), same()));
    assert!(is_refused(unique(["name", "kind"]), same()));
    assert!(is_refused(unique(["name", "note"]).nulls_not_distinct(), same()));
    assert!(!is_refused(unique(["name", "note"]), same()), "two nulls are not the same one");
    assert!(!is_refused(unique(["name", "id"]), same()));
    assert!(!is_refused(unique(["note", "kind"]).nulls_not_distinct(), same()), "it is about others");
    assert!(!is_refused(unique(["name", "kind"]), sql("lower(id)").into()));
}

#[test]
fn what_no_rows_can_be_given_is_said() {
    let (from, to) = (
        users([text("name"), integer("age")]),
        users([text("name").not_null(), big_integer("age").not_null(), text("slug").not_null().unique()]),
    );
    let ask = |backfill: Backfill| {
        from.difference(&to, Dialect::Sqlite).with_backfills([backfill]).unwrap_err().to_string()
    };
    let all = [
        ask(Backfill::new("users", "nam", "x")),
        ask(Backfill::new("users", "slug", "x")),
        ask(Backfill::new("users", "name", Value::Null)),
    ];
    insta::assert_snapshot!(all.join("\n\n"));
    let postgres = from.difference(&to, Dialect::Postgres).with_backfills([Backfill::new("users", "age", 1)]);
    insta::assert_snapshot!(postgres.unwrap_err());
}
