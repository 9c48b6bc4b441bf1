//! What is said to rebuild a table does, and nothing else.

use crate::database::Place;
use servicekit::Dialect;
use servicekit::diff::HazardKind;
use servicekit::revision::*;
use servicekit::schema::{Constraint, Schema};

/// A table before and after, by what changes.
struct Change {
    name: &'static str,
    from: Table,
    to: Table,
    only: &'static [Dialect],
}

const EVERYWHERE: &[Dialect] = &[Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql];
const SERVERS: &[Dialect] = &[Dialect::Postgres, Dialect::Mysql];
const POSTGRES: &[Dialect] = &[Dialect::Postgres];

fn table(columns: impl IntoIterator<Item = Column>) -> Table {
    let key = integer("id").primary_key();
    Table::new("t", std::iter::once(key).chain(columns))
}

/// A text of another character set on MySQL.
fn latin(name: &str, length: u32) -> Column {
    string(name, length).collate_on(Dialect::Mysql, "latin1_swedish_ci")
}

fn changes() -> Vec<Change> {
    let retyped = |name, from: Column, to: Column| Change {
        name,
        from: table([from]),
        to: table([to]),
        only: EVERYWHERE,
    };
    let added = |name, column: Column, only| Change { name, from: table([]), to: table([column]), only };
    let with = |name, part: Constraint| {
        let before = table([integer("c"), integer("d").not_null()]);
        Change { name, from: before.clone(), to: before.with(part), only: EVERYWHERE }
    };
    vec![
        retyped("longer text", string("c", 20), string("c", 40)),
        retyped("longer text than one byte counts", string("c", 20), string("c", 400)),
        retyped("longer text, by the one that matters", string("c", 63), string("c", 64)),
        retyped("longer text that two bytes count", string("c", 64), string("c", 400)),
        retyped("longer text of one byte each", latin("c", 64), latin("c", 255)),
        retyped("longer text of one byte each, past one byte", latin("c", 200), latin("c", 256)),
        retyped("shorter text", string("c", 40), string("c", 20)),
        retyped("text without limit", string("c", 20), text("c")),
        retyped("text with limit", text("c"), string("c", 20)),
        retyped("wider integer", integer("c"), big_integer("c")),
        retyped("narrower integer", big_integer("c"), small_integer("c")),
        retyped("more digits", numeric("c", 10, 2), numeric("c", 12, 2)),
        retyped("more digits after the point", numeric("c", 10, 2), numeric("c", 12, 4)),
        retyped("time zone", timestamp("c"), date("c")),
        retyped("integer as text", integer("c"), text("c")),
        retyped("text as integer", text("c"), integer("c")),
        retyped("default", integer("c"), integer("c").default(1)),
        retyped("not null", integer("c"), integer("c").not_null()),
        retyped("comment", integer("c"), integer("c").comment("said")),
        added("nullable column", integer("c"), EVERYWHERE),
        added("column with a constant", integer("c").not_null().default(5), EVERYWHERE),
        added("column with the current time", timestamp("c").default(now()), SERVERS),
        added("column with a volatile default", double("c").default(sql("random()")), POSTGRES),
        added("stored column", integer("c").generated("id + 1"), SERVERS),
        added(
            "computed column",
            integer("c").generated_virtual("id + 1"),
            &[Dialect::Sqlite, Dialect::Mysql],
        ),
        with("unique", unique(["c"]).name("uq").into()),
        with("check", check("c > 0").name("ck").into()),
        with("foreign key", foreign_key(["c"], "t", ["id"]).name("fk").into()),
    ]
}

fn schema(table: Table) -> Schema {
    let mut schema = Schema::default();
    schema.tables.push(table);
    schema
}

/// Where the rows are stored: a rebuild puts them elsewhere.
async fn place_of_rows(place: &mut Place, dialect: Dialect) -> Vec<Vec<Option<String>>> {
    place
        .rows(match dialect {
            Dialect::Postgres => "SELECT pg_relation_filenode('t')::text",
            _ => "SELECT CAST(rootpage AS TEXT) FROM sqlite_schema WHERE name = 't'",
        })
        .await
}

/// Whether a change needs the table to be built anew, or copied: it is refused then with the algorithm that does not.
async fn is_refused_with(algorithm: &str, place: &mut Place, statements: &[String]) -> bool {
    let mut is_refused = false;
    for statement in statements {
        let separator = if statement.starts_with("ALTER TABLE") { "," } else { "" };
        let without = format!("{statement}{separator} ALGORITHM={algorithm}");
        if let Err(error) = place.run(&without).await {
            assert!(error.contains(&format!("ALGORITHM={algorithm} is not supported")), "{error}");
            is_refused = true;
            place.run(statement).await.unwrap();
        }
    }
    is_refused
}

async fn what_is_said_to_rebuild_does(dialect: Dialect) {
    let Some(mut place) = Place::open(dialect).await else { return };
    let is_mysql = dialect == Dialect::Mysql && place.server().await.product == "mysql";
    // MySQL has no word for what is neither a copy nor a rebuild in place, but texts are copied or nothing is done.
    let algorithm = if is_mysql { "INPLACE" } else { "NOCOPY" };
    let (mut rebuilt, mut kept) = (0, 0);
    for Change { name, from, to, only } in changes() {
        if !only.contains(&dialect) || is_mysql && !name.starts_with("longer text") {
            continue;
        }
        let (from, to) = (schema(from), schema(to));
        place.empty().await;
        for sql in from.operations(dialect).sql(dialect).unwrap() {
            place.run(&sql).await.unwrap();
        }
        let difference = from.difference(&to, dialect);
        if difference.is_empty() {
            continue;
        }
        let change = difference.plan().unwrap();
        let is_said = change.hazards.iter().any(|hazard| hazard.kind == HazardKind::Rebuilds);
        let is_rebuilt = if dialect == Dialect::Mysql {
            is_refused_with(algorithm, &mut place, &change.recorded().sql(dialect).unwrap()).await
        } else {
            let before = place_of_rows(&mut place, dialect).await;
            place.change(change.recorded()).await.unwrap();
            before != place_of_rows(&mut place, dialect).await
        };
        // MariaDB stores a short text so that its length can grow.
        let is_spared = dialect == Dialect::Mysql && !is_mysql && name == "longer text than one byte counts";
        assert_eq!(
            is_said,
            is_rebuilt || is_spared,
            "{dialect}, {name}: {:?}",
            change.recorded().sql(dialect)
        );
        if is_rebuilt { rebuilt += 1 } else { kept += 1 }
    }
    println!("{rebuilt} changes rebuild a table of {dialect}, {kept} do not");
    assert!((rebuilt > 4 || is_mysql && rebuilt > 2) && kept > 2, "{rebuilt} {kept}");
}

#[tokio::test]
async fn what_is_said_to_rebuild_does_on_sqlite() {
    what_is_said_to_rebuild_does(Dialect::Sqlite).await;
}

#[tokio::test]
async fn what_is_said_to_rebuild_does_on_postgres() {
    what_is_said_to_rebuild_does(Dialect::Postgres).await;
}

#[tokio::test]
async fn what_is_said_to_rebuild_does_on_mysql() {
    what_is_said_to_rebuild_does(Dialect::Mysql).await;
}
