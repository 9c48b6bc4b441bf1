//! What holds for each case.

use crate::case::Case;
use crate::compiled::COMPILED;
use crate::database::Place;
use crate::head::Server;
use servicekit::diff::Difference;
use servicekit::operation::{CreateTable, Operation};
use servicekit::revision_script::Language;
use servicekit::schema::Schema;
use servicekit::{Dialect, Operations};
use std::fs;

/// Set to `always`, it writes the expected texts again.
const UPDATE: &str = "UPDATE_CHANGES";

pub(crate) fn is_update() -> bool {
    std::env::var(UPDATE).is_ok_and(|value| value == "always")
}

/// Writes the revision, runs it there and back; says what is wrong.
pub(crate) async fn check(
    case: &Case,
    server: &Server,
    [before, after]: [&str; 2],
    place: &mut Place,
) -> Result<(), String> {
    let dialect = server.dialect;
    place.empty().await;
    place.run(after).await?;
    let to = place.read().await;
    place.empty().await;
    place.run(before).await?;
    if let Some(rows) = case.sql("rows", server) {
        place.run(&rows).await?;
    }
    let from = place.read().await;
    let difference = from.difference(&to, dialect);
    compare(case, &difference, server)?;
    let (Ok(there), Ok(back)) = (difference.plan(), difference.reversed().plan()) else { return Ok(()) };
    let compiled = COMPILED.iter().find(|(name, of, ..)| *name == case.name && *of == dialect);
    let mut sides = [there.recorded(), back.recorded()];
    if let Some((.., upgrade, downgrade)) = compiled.filter(|_| !is_update()) {
        for (side, function) in sides.iter_mut().zip([upgrade, downgrade]) {
            let mut written = Operations::default();
            function(&mut written);
            if operations(&written) != operations(side) {
                let (written, planned) = (operations(&written), operations(side));
                return Err(format!("the file records {written:#?}\nand planned is {planned:#?}"));
            }
            *side = written;
        }
    } else if !is_update() && !difference.is_empty() {
        return Err("its file is not compiled".to_owned());
    }
    let kept = kept(&from, &to, dialect);
    let rows = rows(&kept, place).await;
    for (side, goal) in sides.into_iter().zip([&to, &from]) {
        let changed = place.change(side).await;
        if let Some(refused) = refused(case, dialect, changed.as_ref().err()) {
            return refused;
        }
        changed?;
        let left = place.read().await.difference(goal, dialect);
        if !left.is_empty() {
            return Err(format!("still there:\n{left}"));
        }
        if self::rows(&kept, place).await != rows {
            return Err("the rows are not the same".to_owned());
        }
    }
    Ok(())
}

/// For a case that the database refuses, because of what is not compared: whether it says what is expected.
fn refused(case: &Case, dialect: Dialect, why: Option<&String>) -> Option<Result<(), String>> {
    let path = case.expected(dialect, "refused.txt");
    let expected = fs::read_to_string(&path).ok()?;
    // The line is one of the server's own source.
    let why = why.map(|why| {
        let lines = why.lines().map(|line| line.split_once(" at line ").map_or(line, |(line, _)| line));
        lines.collect::<Vec<_>>().join("\n")
    });
    Some(match why {
        None => Err(format!("it is not refused, as {} says", path.display())),
        Some(why) if is_update() => fs::write(path, format!("{why}\n")).map_err(|error| error.to_string()),
        Some(why) if expected.trim_end() == why => Ok(()),
        Some(why) => Err(format!("it is refused with\n{why}\nand expected is\n{expected}")),
    })
}

fn operations(of: &Operations) -> Vec<Operation> {
    of.recorded().iter().map(|recorded| named(recorded.operation.clone())).collect()
}

/// A table that goes, with the names that it gets where it is created: MySQL does not tell that of a primary key.
fn named(operation: Operation) -> Operation {
    let Operation::DropTable(mut drop) = operation else { return operation };
    if let Some(existing) = drop.existing.take() {
        let mut created = Operations::default();
        created.push(CreateTable::new(existing));
        drop.existing = match &created.recorded()[0].operation {
            Operation::CreateTable(create) => Some(create.table.clone()),
            other => panic!("{other:?}"),
        };
    }
    drop.into()
}

/// Compares what is written with what is expected.
fn compare(case: &Case, difference: &Difference, server: &Server) -> Result<(), String> {
    // MySQL tells some things otherwise than MariaDB, which the texts are written for.
    if server.product == "mysql" {
        return Ok(());
    }
    let (extension, written) = match difference.script(Language::Rust) {
        _ if difference.is_empty() => ("txt", "nothing differs\n".to_owned()),
        Ok(script) => (
            "rs",
            format!(
                "//! {}\nuse servicekit::revision::*;\n\n{}\n{}",
                script.summary, script.upgrade, script.downgrade
            ),
        ),
        Err(error) => ("txt", format!("{error}\n")),
    };
    let path = case.expected(difference.dialect, extension);
    if is_update() {
        for extension in ["txt", "rs"] {
            // It need not be there.
            let _ = fs::remove_file(case.expected(difference.dialect, extension));
        }
        fs::write(path, written).unwrap();
        return Ok(());
    }
    match fs::read_to_string(&path) {
        Ok(expected) if expected == written => Ok(()),
        Ok(expected) => Err(format!("written is\n{written}\nand expected is\n{expected}")),
        Err(_) => Err(format!("there is no {}, and written is\n{written}", path.display())),
    }
}

/// Queries for what stays: the columns of both schemas that have the same type.
fn kept(from: &Schema, to: &Schema, dialect: Dialect) -> Vec<String> {
    let quote = dialect.select("\"", "\"", "`");
    let quoted = |name: &str| format!("{quote}{name}{quote}");
    let mut queries = Vec::new();
    for table in &from.tables {
        let Some(other) = to.tables.iter().find(|other| other.name == table.name) else { continue };
        let stays = table.columns.iter().filter(|column| {
            other.columns.iter().any(|other| {
                other.name == column.name
                    && other.data_type == column.data_type
                    && other.generated == column.generated
            })
        });
        let columns: Vec<String> = stays.map(|column| quoted(&column.name)).collect();
        if columns.is_empty() {
            continue;
        }
        let places: Vec<String> = (1..=columns.len()).map(|place| place.to_string()).collect();
        let (table, columns, places) = (quoted(&table.name.name), columns.join(", "), places.join(", "));
        queries.push(format!("SELECT {columns} FROM {table} ORDER BY {places}"));
    }
    queries
}

async fn rows(queries: &[String], place: &mut Place) -> Vec<Vec<Vec<Option<String>>>> {
    let mut rows = Vec::new();
    for query in queries {
        rows.push(place.rows(query).await);
    }
    rows
}
