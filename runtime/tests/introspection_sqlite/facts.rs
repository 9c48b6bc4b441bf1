//! What SQLite itself tells of a database, whatever the layout of its texts.

use servicekit::sqlx::{self, AssertSqlSafe, Executor as _, Row as _, SqliteConnection};

pub(crate) async fn ask(connection: &mut SqliteConnection, sql: &str) -> Result<Vec<String>, sqlx::Error> {
    let rows = connection.fetch_all(sqlx::raw_sql(AssertSqlSafe(sql))).await?;
    let text = |row: &_, at| sqlx::Row::try_get_unchecked::<Option<String>, usize>(row, at).unwrap();
    let line = |row: &sqlx::sqlite::SqliteRow| {
        let values = (0..row.len()).map(|at| text(row, at).unwrap_or("NULL".to_owned()));
        values.collect::<Vec<_>>().join("|")
    };
    Ok(rows.iter().map(line).collect())
}

/// Columns, keys, indexes and foreign keys as the pragmas tell them, and the program of an insert into each table, which
/// has the checks, defaults, collations, generated columns and resolutions of conflicts.
pub(crate) async fn facts(connection: &mut SqliteConnection) -> Vec<String> {
    let own = "l.schema = 'main' AND l.type = 'table' AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    let questions = [
        format!("SELECT 'table', name, wr, strict FROM pragma_table_list AS l WHERE {own}"),
        format!(
            "SELECT 'column', l.name, c.cid, c.name, upper(replace(c.type, ' ', '')), c.\"notnull\", c.pk, c.hidden \
             FROM pragma_table_list AS l JOIN pragma_table_xinfo(l.name) AS c WHERE {own}"
        ),
        // Where a unique constraint and a descending key share an index, its direction is that of the first of them.
        format!(
            "SELECT 'index', l.name, iif(i.origin = 'c', i.name, 'by itself'), i.\"unique\", i.origin, i.partial, \
             (SELECT group_concat(coalesce(x.name, 'expression') || ' ' || iif(i.origin = 'c', x.desc, '') || ' ' || lower(x.coll)) \
             FROM pragma_index_xinfo(i.name) AS x WHERE x.key) \
             FROM pragma_table_list AS l JOIN pragma_index_list(l.name) AS i WHERE {own}"
        ),
        format!(
            "SELECT 'foreign key', l.name, group_concat(lower(concat_ws(' ', f.\"table\", f.\"from\", \
             coalesce(f.\"to\", (SELECT name FROM pragma_table_xinfo(f.\"table\") WHERE pk = f.seq + 1)), \
             f.on_update, f.on_delete))) \
             FROM pragma_table_list AS l JOIN pragma_foreign_key_list(l.name) AS f WHERE {own} GROUP BY l.name, f.id"
        ),
    ];
    // What was just made is kept otherwise than what is read from its text.
    ask(connection, "PRAGMA writable_schema = RESET").await.unwrap();
    let mut facts = Vec::new();
    for question in questions {
        facts.extend(ask(connection, &question).await.unwrap());
    }
    let names = format!("SELECT name FROM pragma_table_list AS l WHERE {own}");
    for name in ask(connection, &names).await.unwrap() {
        facts.extend(program(connection, &name).await);
    }
    facts.sort();
    // How often a step is done depends on the order of the constraints.
    facts.dedup();
    facts
}

/// The steps of an insert, without the numbers that depend on the order of what they do.
async fn program(connection: &mut SqliteConnection, table: &str) -> Vec<String> {
    let explain = format!("EXPLAIN INSERT INTO \"{}\" DEFAULT VALUES", table.replace('"', "\"\""));
    // Into some tables nothing can be inserted: a parent is not there.
    let steps = ask(connection, &explain).await.unwrap_or_default();
    let step = |(at, line): (usize, &String)| {
        let parts: Vec<&str> = line.splitn(6, '|').collect();
        let [_, code, p1, p2, _, rest] = parts.as_slice() else { return None };
        // Only a key that is not unique by itself needs the row number to be deleted.
        let is_next = |code: &str| steps.get(at + 1).and_then(|next| next.split('|').nth(1)) == Some(code);
        if *code == "Rowid" && is_next("IdxDelete") {
            return None;
        }
        let numbers = match *code {
            "Halt" => format!("{p1} {p2}"),
            "Integer" | "FkCounter" => (*p1).to_owned(),
            _ => String::new(),
        };
        // A check without a name is told by its text here; and whether a key is unique by itself depends on a NOT NULL
        // that is written, also where the key implies it. The pragmas tell the keys.
        let is_key = matches!(*code, "IdxInsert" | "NoConflict") || rest.starts_with("k(");
        let rest = if *code == "Halt" || is_key { "" } else { *rest };
        let is_told = !matches!(*code, "Goto" | "Init" | "Transaction" | "SCopy" | "Copy" | "Affinity");
        is_told.then(|| format!("insert|{table}|{code} {numbers} {rest}"))
    };
    steps.iter().enumerate().filter_map(step).collect()
}
