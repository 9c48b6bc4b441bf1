//! The table in the guide is what both tools are recorded to say.

use crate::changed::CHANGES;
use crate::recorded::{below, read};
use servicekit::Dialect;
use std::path::Path;

/// In the order in which the guide names them.
const DATABASES: [(Dialect, &str); 3] =
    [(Dialect::Postgres, "PostgreSQL"), (Dialect::Sqlite, "SQLite"), (Dialect::Mysql, "MariaDB")];

/// What Alembic does on each database; once, where it is the same on all.
fn told(each: &[(&str, String)]) -> String {
    match each {
        [(_, first), rest @ ..] if rest.iter().all(|(_, other)| other == first) => first.clone(),
        _ => each.iter().map(|(name, told)| format!("{name}: {told}")).collect::<Vec<_>>().join(", "),
    }
}

fn rows() -> Vec<String> {
    let row = |(name, on): (&str, &[Dialect])| {
        let databases: Vec<_> = DATABASES.iter().filter(|(dialect, _)| on.contains(dialect)).collect();
        let (first, _) = databases[0];
        let ours = read("servicekit", *first, "txt");
        let facts: Vec<String> = below(&ours, name).into_iter().map(|fact| format!("`{fact}`")).collect();
        let facts = if facts.is_empty() { "nothing".to_owned() } else { facts.join("<br>") };
        let theirs = databases.iter().map(|(dialect, database)| {
            (*database, below(&read("alembic", *dialect, "txt"), name).join(", "))
        });
        let names: Vec<&str> = databases.iter().map(|(_, name)| *name).collect();
        format!("| {name} | {} | {facts} | {} |", names.join(", "), told(&theirs.collect::<Vec<_>>()))
    };
    let every: Vec<Dialect> = DATABASES.iter().map(|(dialect, _)| *dialect).collect();
    let changes = CHANGES.iter().map(|change| (change.name, change.on));
    std::iter::once(("nothing changes", every.as_slice())).chain(changes).map(row).collect()
}

#[test]
fn the_guide_tells_what_each_says_of_a_change() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide/beside-alembic.md");
    let text = std::fs::read_to_string(&guide).unwrap();
    let (before, rest) = text.split_once("|---|---|---|---|\n").unwrap();
    let end = rest.find("\n\n").unwrap_or(rest.len());
    let (told, after) = rest.split_at(end + 1);
    let rows = rows().join("\n") + "\n";
    if std::env::var_os("UPDATE_GUIDE").is_some() {
        std::fs::write(&guide, format!("{before}|---|---|---|---|\n{rows}{after}")).unwrap();
        return;
    }
    assert_eq!(told, rows, "set UPDATE_GUIDE=1 to write the guide again");
}

#[test]
fn the_guide_names_things_as_the_tables_of_sqlalchemy_do() {
    let read = |path: &str| {
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()
    };
    let guide = read("docs/guide/beside-alembic.md");
    let (_, block) = guide.split_once("```python\n").unwrap();
    let (naming, _) = block.split_once("```").unwrap();
    assert!(read("cases/beside/models.py").contains(naming));
    assert!(read("bench/src/check/models.py").contains(naming));
}
