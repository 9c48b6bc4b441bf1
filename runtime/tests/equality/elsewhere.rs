//! A change that was found on one kind of database, made on all of them by the same revision.

use crate::bench::Bench;
use crate::support::{history, rust};
use servicekit::diff::{Backfill, Difference, Rename};
use servicekit::revision::*;
use servicekit::schema::Schema;
use servicekit::{Dialect, Operations, sqlx};
use std::cell::RefCell;

/// Models before and after, the same for all databases.
struct Case {
    what: &'static str,
    from: Schema,
    to: Schema,
    renames: Vec<Rename>,
    backfills: Vec<Backfill>,
}

/// What is answered to a comparison.
type Answers<'a> = (&'a [Rename], &'a [Backfill]);

fn schema(tables: Vec<Table>) -> Schema {
    let mut schema = Schema::default();
    for table in &tables {
        for column in &table.columns {
            if let Type::Enum(of) = &column.data_type {
                schema.enums.push(of.clone());
            }
        }
    }
    schema.tables = tables;
    schema
}

fn case(what: &'static str, from: Vec<Column>, to: Vec<Column>) -> Case {
    let table = |columns: Vec<Column>| {
        let id = big_integer("id").not_null().primary_key();
        Table::new(what, [id].into_iter().chain(columns).collect::<Vec<_>>())
    };
    Case {
        what,
        from: schema(vec![table(from)]),
        to: schema(vec![table(to)]),
        renames: Vec::new(),
        backfills: Vec::new(),
    }
}

/// A column of each type that all of them have.
fn types() -> Vec<Column> {
    vec![
        small_integer("small"),
        integer("number").default(7),
        big_integer("big").not_null().default(0),
        double("double"),
        numeric("price", 12, 2),
        string("name", 40).not_null().default("it's"),
        text("body"),
        boolean("done").not_null().default(false),
        date("day"),
        timestamp("at"),
        timestamp_tz("seen_at"),
        binary("bytes"),
        json("data"),
        uuid("token"),
        ulid("sort"),
    ]
}

fn mood(values: &[&str]) -> Column {
    enumeration("mood", enum_type("mood", values.iter().copied()))
}

fn cases() -> Vec<Case> {
    let mut all = vec![
        case("columns_come", vec![], types()),
        case("columns_go", types(), vec![]),
        case(
            "longer",
            vec![string("name", 40), integer("number")],
            vec![string("name", 80), big_integer("number")],
        ),
        case("other_types", vec![integer("number")], vec![text("number")]),
        case("nothing_else", types(), types().into_iter().chain([text("more")]).collect()),
        case(
            "null",
            vec![text("name"), integer("number").not_null()],
            vec![text("name").not_null(), integer("number")],
        ),
        case(
            "defaults",
            vec![integer("one"), integer("two").default(1), text("three").default("a")],
            vec![integer("one").default(2), integer("two"), text("three").default("b")],
        ),
        case(
            "unique",
            vec![string("one", 40), string("two", 40).unique()],
            vec![string("one", 40).unique(), string("two", 40)],
        ),
        case(
            "indexes",
            vec![string("one", 40), string("two", 40).indexed()],
            vec![string("one", 40).indexed(), string("two", 40)],
        ),
        case(
            "checks",
            vec![integer("one"), integer("two").check("two > 0"), integer("three").check("three > 0")],
            vec![integer("one").check("one > 0"), integer("two"), integer("three").check("three > 1")],
        ),
        case(
            "references",
            vec![big_integer("one"), big_integer("two").references("references", "id")],
            vec![big_integer("one").references("references", "id"), big_integer("two")],
        ),
        case(
            "comments",
            vec![text("one"), text("two").comment("old")],
            vec![text("one").comment("new"), text("two")],
        ),
        case("computed", vec![integer("one")], vec![integer("one"), integer("two").generated("one + 1")]),
        case("an_enum_comes", vec![], vec![enumeration("kind", enum_type("kind", ["a", "b"]))]),
        case("an_enum_goes", vec![enumeration("state", enum_type("state", ["a", "b"]))], vec![]),
        case("an_enum_grows", vec![mood(&["a", "b"])], vec![mood(&["a", "b", "c"])]),
    ];
    let mut renamed = case("renamed", vec![text("old")], vec![text("new").not_null()]);
    renamed.renames.push(Rename::column("renamed", "old", "new"));
    let mut filled = case("filled", vec![], vec![string("country", 2).not_null()]);
    filled.backfills.push(Backfill::new("filled", "country", "NO"));
    let feeling = |values: &[&str]| {
        enumeration("feeling", enum_type("feeling", values.iter().copied())).default(values[1])
    };
    let mut native = case("native", vec![feeling(&["a", "b"])], vec![feeling(&["a", "c"])]);
    native.renames.push(Rename::value("native", "feeling", "b", "c"));
    let state = |values: &[&str], length| string("state", length).one_of(values).default(values[1]);
    let mut listed = case("listed", vec![state(&["new", "sent"], 4)], vec![state(&["new", "shipped"], 7)]);
    listed.renames.push(Rename::value("listed", "state", "sent", "shipped"));
    all.extend([native, listed]);
    let mut made = case("made", types(), vec![]);
    made.to = std::mem::take(&mut made.from);
    let mut gone = case("gone", types(), vec![]);
    gone.to = Schema::default();
    all.extend([renamed, filled, made, gone]);
    all
}

thread_local! {
    /// What the revision records, which is a function without captures.
    static CHANGE: RefCell<Operations> = RefCell::default();
}

fn record(op: &mut Operations) {
    CHANGE.with_borrow(|change| op.clone_from(change));
}

/// What differs between what was read of the tables of a case and its other models.
async fn found(
    bench: &mut Bench,
    case: &Case,
    (renames, backfills): Answers<'_>,
    dialect: Dialect,
) -> Difference {
    let mut read = bench.read().await;
    read.tables.retain(|table| table.name.name == case.what);
    // As with models: a type that no table has any more is left alone.
    let managed = [case.what.to_owned()].into();
    let found = read.difference_from_models(&case.to, &managed, renames, dialect).unwrap();
    bench.decide(found.difference.serving(&Dialect::ALL)).await.with_backfills(backfills.to_vec()).unwrap()
}

/// Makes it; why not, where it cannot be made.
pub(crate) async fn make(bench: &mut Bench, change: &Operations, dialect: Dialect) -> Result<(), String> {
    if let Bench::Sqlite(connection) = bench {
        CHANGE.set(change.clone());
        let done = history(&[rust("x", &[], record, None)]).upgrade(&mut *connection).await;
        done.map_err(|error| error.to_string())?;
        bench.run("DROP TABLE alembic_version; DROP TABLE alembic_journal").await;
        return Ok(());
    }
    for sql in change.sql(dialect).map_err(|error| error.to_string())? {
        // Without the place in the source of the server, which differs from version to version.
        let message = |error: sqlx::Error| match error.as_database_error() {
            Some(error) => error.message().to_owned(),
            None => error.to_string(),
        };
        bench.try_run(&sql).await.map_err(|error| format!("{}: {sql}", message(error)))?;
    }
    Ok(())
}

async fn with_tables(dialect: Dialect) -> Option<Bench> {
    let mut bench = Bench::open(dialect).await?;
    for case in cases() {
        for sql in case.from.operations(dialect).sql(dialect).unwrap() {
            bench.run(&sql).await;
        }
    }
    Some(bench)
}

#[tokio::test]
async fn what_was_found_on_one_database_is_made_on_another_one() {
    let (mut led, mut failed) = (0, Vec::new());
    for origin in Dialect::ALL {
        let Some(mut first) = with_tables(origin).await else { return };
        let mut changes = Vec::new();
        for case in cases() {
            let answers: Answers<'_> = (&case.renames, &case.backfills);
            changes.push(found(&mut first, &case, answers, origin).await.recorded().unwrap().upgrade);
        }
        for target in Dialect::ALL {
            let Some(mut bench) = with_tables(target).await else { return };
            for (case, change) in cases().iter().zip(&changes) {
                let made = make(&mut bench, change, target).await;
                let left = match made {
                    Ok(()) => found(&mut bench, case, (&[], &[]), target).await.to_string(),
                    Err(why) => why,
                };
                if left.is_empty() {
                    led += 1;
                } else {
                    let left = left.lines().next().unwrap_or_default();
                    failed.push(format!("{origin} on {target}, {}: {left}", case.what));
                }
            }
        }
    }
    println!("{led} changes led there, {} did not", failed.len());
    assert_eq!(failed, [] as [&str; 0]);
}
