//! What answers of a database make of a difference.

use servicekit::Dialect;
use servicekit::diff::{Difference, Verdict};
use servicekit::revision::*;
use servicekit::table::{Schema, exclusion};

fn schema(table: Table) -> Schema {
    let mut schema = Schema::default();
    schema.tables.push(table);
    schema
}

/// A table with one of each place where an expression stands.
fn orders(more: &str) -> Schema {
    let text = |text: &str| format!("{text}{more}");
    let columns = [
        integer("a"),
        integer("twice").generated(text("a * 2")),
        integer("late").default(sql(text("random()"))),
    ];
    let mut excluded = exclusion([(key("a"), "=")]).name("ex");
    excluded.filter = Some(text("a > 1"));
    schema(
        Table::new("orders", columns)
            .with(check(text("a > 0")).name("ck"))
            .with(excluded)
            .with(index([key(sql(text("abs(a)")))]).filter(text("a > 2")).name("ix")),
    )
}

fn difference() -> Difference {
    orders("").difference(&orders(" + 0"), Dialect::Postgres)
}

/// Gives every pair the same answer.
fn decided(difference: Difference, verdict: &Verdict) -> Difference {
    let count = difference.undecided().iter().map(|table| table.pairs.len()).sum();
    difference.decided(&vec![verdict.clone(); count])
}

#[test]
fn every_place_of_an_expression_is_asked_about() {
    let difference = difference();
    let table = &difference.undecided()[0];
    let columns: Vec<_> = table.columns.iter().map(|column| (&*column.name, &*column.data_type)).collect();
    assert_eq!(columns, [("a", "INTEGER"), ("twice", "INTEGER"), ("late", "INTEGER")]);
    let pairs: Vec<_> = table.pairs.iter().map(|pair| format!("{:?} {pair}", pair.place)).collect();
    insta::assert_snapshot!(pairs.join("\n"), @r#"
    Generated("twice") orders: a * 2 and a * 2 + 0
    Default { column: "late", literals: false } orders: random() and random() + 0
    Condition orders: a > 0 and a > 0 + 0
    Condition orders: a > 1 and a > 1 + 0
    Key orders: abs(a) and abs(a) + 0
    Condition orders: a > 2 and a > 2 + 0
    "#);
}

#[test]
fn what_is_equal_is_no_fact_and_what_is_different_is_one() {
    assert!(decided(difference(), &Verdict::Equal).is_empty());
    let different = decided(difference(), &Verdict::Different);
    assert_eq!(different.facts, difference().facts);
    assert!(different.undecided().is_empty() && different.untold.is_empty());
}

#[test]
fn what_cannot_be_told_stands_apart_and_can_be_asked_of_another_database() {
    let untold = decided(difference(), &Verdict::unknown("no such function"));
    assert!(untold.is_empty() && untold.plan().unwrap().operations.is_empty());
    assert_eq!(untold.untold.len(), difference().facts.len());
    let described: Vec<_> =
        untold.untold.iter().map(|each| each.describe(Dialect::Postgres).to_string()).collect();
    insta::assert_snapshot!(described.join("\n"), @r#"
    ? column orders.twice: generated from stored a * 2 to stored a * 2 + 0
    ? column orders.late: default from random() to random() + 0
    ? check constraint ck of orders
        from CONSTRAINT "ck" CHECK (a > 0)
        to   CONSTRAINT "ck" CHECK (a > 0 + 0)
    ? exclusion constraint ex of orders
        from CONSTRAINT "ex" EXCLUDE ("a" WITH =) WHERE (a > 1)
        to   CONSTRAINT "ex" EXCLUDE ("a" WITH =) WHERE (a > 1 + 0)
    ? index ix of orders
        from CREATE INDEX "ix" ON "orders" ((abs(a))) WHERE (a > 2)
        to   CREATE INDEX "ix" ON "orders" ((abs(a) + 0)) WHERE (a > 2 + 0)
    "#);
    assert_eq!(untold.undecided(), difference().undecided());
    assert_eq!(untold.reversed().reversed(), untold);
    assert!(decided(untold, &Verdict::Equal).untold.is_empty());
}

#[test]
fn what_differs_besides_is_a_fact_whatever_the_expressions_are() {
    let (mut from, to) = (orders(""), orders(" + 0"));
    from.tables[0].indexes[0].unique = true;
    let untold = decided(from.difference(&to, Dialect::Postgres), &Verdict::unknown("no such function"));
    insta::assert_snapshot!(untold.to_string(), @r#"
    ~ index ix of orders
        from CREATE UNIQUE INDEX "ix" ON "orders" ((abs(a))) WHERE (a > 2)
        to   CREATE INDEX "ix" ON "orders" ((abs(a) + 0)) WHERE (a > 2 + 0)
    "#);
}

#[test]
fn a_check_without_a_name_finds_the_one_that_is_equal() {
    let named = |conditions: [&str; 2]| {
        let [one, other] = conditions.map(check);
        Table::new("t", [integer("a")]).with(one.name("t_a_check")).with(other.name("t_a_check1"))
    };
    let from = schema(named(["a > 0", "a < 9"]));
    let to = schema(Table::new("t", [integer("a")]).with(check("9 > a")).with(check("0 < a")));
    let difference = from.difference(&to, Dialect::Postgres);
    let pairs = difference.undecided()[0].pairs.clone();
    assert_eq!(pairs.len(), 4);
    let verdict = |from: &str, to: &str| match (from, to) {
        ("a > 0", "0 < a") | ("a < 9", "9 > a") => Verdict::Equal,
        _ => Verdict::Different,
    };
    let verdicts: Vec<_> = pairs.iter().map(|pair| verdict(&pair.from, &pair.to)).collect();
    let difference = difference.decided(&verdicts);
    assert!(difference.is_empty(), "{difference}");
}

#[test]
fn nothing_is_asked_that_tokens_tell() {
    let t =
        |column: Column, condition: &str| schema(Table::new("t", [column]).with(check(condition).name("ck")));
    for (from, to, facts) in [
        // `EXPLAIN` would leave the names of the collations out.
        (t(text("a"), "a COLLATE \"C\" > 'x'"), t(text("a"), "a COLLATE \"POSIX\" > 'x'"), 1),
        (t(text("a"), "a > now()"), t(text("a"), "a > CURRENT_TIMESTAMP"), 0),
        // A default is set again with the type.
        (t(text("a").default(sql("f()")), "true"), t(integer("a").default(sql("g()")), "true"), 2),
        (t(text("a").default("x"), "true"), t(text("a").default("y"), "true"), 1),
    ] {
        let difference = from.difference(&to, Dialect::Postgres);
        assert_eq!((difference.facts.len(), difference.undecided()), (facts, &[][..]), "{difference}");
    }
}

/// PostgreSQL has no such type outside of a column that is made.
#[test]
fn a_serial_is_asked_about_as_the_integer_that_it_is() {
    let numbers = |condition: &str| {
        let columns = ["smallserial", "SERIAL", "bigserial"].map(|name| custom(name, name));
        schema(Table::new("numbers", columns).with(check(condition).name("ck")))
    };
    let difference = numbers("serial > 0").difference(&numbers("0 < serial"), Dialect::Postgres);
    let types: Vec<&str> =
        difference.undecided()[0].columns.iter().map(|column| &*column.data_type).collect();
    assert_eq!(types, ["SMALLINT", "INTEGER", "BIGINT"]);
}
