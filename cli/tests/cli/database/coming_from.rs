//! The pages for users of other tools: the commands that they name are known, and the databases and files of these tools are
//! taken over as they say.

use super::place::{Place, everywhere, on_sqlite};
use crate::guide::tells_the_truth;
use crate::project::{Project, shell};
use std::path::Path;

const PAGES: [&str; 5] = ["alembic", "diesel", "refinery", "sea-orm", "sqlx"];

/// The tables in which other tools keep what was applied, as these create them, and a row of each.
const HISTORIES: [(&str, &str, &str, &str); 4] = [
    (
        "sqlx",
        "_sqlx_migrations",
        "version BIGINT PRIMARY KEY, description TEXT NOT NULL, installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, \
         success BOOLEAN NOT NULL, checksum BLOB NOT NULL, execution_time BIGINT NOT NULL",
        "(version, description, success, checksum, execution_time) VALUES (20260301, 'create users', TRUE, 'abc', 17)",
    ),
    (
        "refinery",
        "refinery_schema_history",
        "version INT PRIMARY KEY, name VARCHAR(255), applied_on VARCHAR(255), checksum VARCHAR(255)",
        "VALUES (1, 'create_users', '2026-03-01T00:00:00Z', '17')",
    ),
    (
        "diesel",
        "__diesel_schema_migrations",
        "version VARCHAR(50) PRIMARY KEY NOT NULL, run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP",
        "(version) VALUES ('20260301000000')",
    ),
    (
        "sea-orm",
        "seaql_migrations",
        "version VARCHAR(255) NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL",
        "VALUES ('m20260301_000001_create_users', 17)",
    ),
];

/// What all of them have made.
const TABLES: [&str; 3] = [
    "CREATE TABLE users (id BIGINT NOT NULL PRIMARY KEY, email VARCHAR(254) NOT NULL)",
    "CREATE UNIQUE INDEX users_email ON users (email)",
    "CREATE TABLE orders (id BIGINT NOT NULL PRIMARY KEY, buyer BIGINT NOT NULL, \
     CONSTRAINT orders_buyer FOREIGN KEY (buyer) REFERENCES users (id))",
];

/// A folder without revisions, beside an empty file of SQLite.
fn nothing() -> Project {
    Project::new().file("app.db", "").file("alembic.toml", "database_url = \"sqlite://app.db\"\n")
}

/// Makes the tables of the application, and that of a tool.
fn fill(place: &Place, table: &str, columns: &str, row: &str) {
    for statement in TABLES {
        place.ask(statement);
    }
    let columns = if place.url().starts_with("postgres") {
        columns.replace("BLOB", "BYTEA")
    } else {
        columns.to_owned()
    };
    place.ask(&format!("CREATE TABLE {table} ({columns})"));
    place.ask(&format!("INSERT INTO {table} {row}"));
}

/// The text of a page.
fn page(name: &str) -> String {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide");
    std::fs::read_to_string(guide.join(name)).unwrap()
}

/// The console blocks of a page, on a database of SQLite that the tool has made.
fn tells_the_truth_of(tool: &str, table: &str, columns: &str, row: &str) {
    let place = on_sqlite(nothing());
    fill(&place, table, columns, row);
    tells_the_truth(&format!("coming-from-{tool}.md"), &place.project);
}

#[test]
fn the_pages_for_users_of_other_tools_tell_the_truth() {
    for (tool, table, columns, row) in HISTORIES {
        tells_the_truth_of(tool, table, columns, row);
    }
}

#[test]
fn the_page_for_users_of_alembic_tells_the_truth() {
    let columns =
        "version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)";
    tells_the_truth_of("alembic", "alembic_version", columns, "VALUES ('ae1027a6acf0')");
}

#[test]
fn a_database_that_another_tool_made_is_taken_over() {
    for (tool, table, columns, row) in HISTORIES {
        for (place, empty) in everywhere(nothing).into_iter().zip(everywhere(nothing)) {
            fill(&place, table, columns, row);
            let tables = "inspect --format sql --table users --table orders";
            let before = place.run(tables);
            place.run("revision --from-database --format sql -m before --rev-id aaaa1");
            let made = place.project.read("alembic/versions/aaaa1_before.sql");
            assert_eq!(made.matches(table).count(), 1, "{made}");
            assert!(
                made.contains(&format!(", without `{table}`, where {tool} keeps its history.\n")),
                "{made}"
            );

            assert!(place.run("stamp head").contains("was stamped at aaaa1"));
            let nothing_to_do = place.run("upgrade");
            assert!(nothing_to_do.contains("aaaa1: nothing to do"), "{nothing_to_do}");
            assert_eq!(place.run(tables), before);
            assert_eq!(place.ask(&format!("SELECT count(*) FROM {table}")), ["1"]);

            // An empty database gets the same by the revision.
            std::fs::write(empty.project.path("alembic/versions/aaaa1_before.sql"), made).unwrap();
            assert!(empty.run("upgrade").contains("aaaa1"));
            assert_eq!(empty.run(tables), before, "{}", empty.url());
        }
    }
}

#[test]
fn the_table_of_another_tool_can_be_named() {
    let (_, table, columns, row) = HISTORIES[0];
    let place = on_sqlite(nothing());
    fill(&place, table, columns, row);
    place.run(&format!("revision --from-database --format sql -m before --rev-id aaaa1 --table {table}"));
    let made = place.project.read("alembic/versions/aaaa1_before.sql");
    assert!(made.contains("CREATE TABLE \"_sqlx_migrations\"") && !made.contains("without"), "{made}");
}

/// Runs the script of a page on these files of the tool, which have made the database.
fn keeps_the_files(tool: &str, files: [(&str, &str); 5], heads: &str) -> Place {
    let page = page(&format!("coming-from-{tool}.md"));
    let script = page.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let project = files.into_iter().fold(nothing(), |project, (name, text)| project.file(name, text));
    let place = on_sqlite(project);
    for (name, text) in files {
        if !name.contains("down") {
            text.split_terminator(';').for_each(|statement| drop(place.ask(statement)));
        }
    }

    let output = shell(&place.project.path(""), script);

    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    assert_eq!(place.run("heads"), heads);
    assert!(place.run("stamp head").contains("was stamped"));
    assert!(place.run("upgrade").contains("nothing to do"));
    assert_eq!(place.run("diff"), "The schemas are the same\n");
    place
}

#[test]
fn the_files_of_sqlx_become_revisions() {
    let place = keeps_the_files(
        "sqlx",
        [
            ("migrations/20260301_create_users.up.sql", "-- no-transaction\nCREATE TABLE users (id INT);\n"),
            ("migrations/20260301_create_users.down.sql", "DROP TABLE users;\n"),
            ("migrations/20260302_add_email.up.sql", "ALTER TABLE users ADD COLUMN email TEXT;"),
            ("migrations/20260302_add_email.down.sql", "ALTER TABLE users DROP COLUMN email;"),
            ("migrations/README.md", ""),
        ],
        "20260302 (head), add email\n",
    );
    let history = "20260301 -> 20260302 (head), add email\n  <base> -> 20260301, create users\n";
    assert_eq!(place.run("history"), history);
    let url = format!("-x db=sqlite://{}", place.project.path("empty.db").display());
    for command in ["upgrade", "downgrade base"] {
        let output = place.run(&format!("{command} {url}"));
        assert!(output.contains("2 revisions in"), "{output}");
    }
}

#[test]
fn the_files_of_refinery_become_revisions_in_the_order_of_their_numbers() {
    let place = keeps_the_files(
        "refinery",
        [
            ("migrations/V1__create_users.sql", "CREATE TABLE users (id INT);\n"),
            ("migrations/V2__add_email.sql", "ALTER TABLE users ADD COLUMN email TEXT;\n"),
            ("migrations/V9__create_orders.sql", "CREATE TABLE orders (id INT);\n"),
            ("migrations/V10__add_note.sql", "ALTER TABLE orders ADD COLUMN note TEXT;\n"),
            ("migrations/README.md", ""),
        ],
        "V10 (head), add note\n",
    );
    assert_eq!(
        place.run("history"),
        "    V9 -> V10 (head), add note\n    V2 -> V9, create orders\n    V1 -> V2, add email\n<base> -> V1, create users\n"
    );
}

#[test]
fn the_files_of_diesel_become_revisions() {
    let place = keeps_the_files(
        "diesel",
        [
            ("migrations/2026-03-01-000000_create_users/up.sql", "CREATE TABLE users (id INT);\n"),
            ("migrations/2026-03-01-000000_create_users/down.sql", "DROP TABLE users;\n"),
            ("migrations/2026-03-02-000000_add_email/up.sql", "ALTER TABLE users ADD COLUMN email TEXT;\n"),
            ("migrations/2026-03-02-000000_add_email/down.sql", "ALTER TABLE users DROP COLUMN email;\n"),
            ("migrations/.keep", ""),
        ],
        "20260302000000 (head), add email\n",
    );
    assert!(place.run("show 20260301000000").contains("create users"));
}

/// The command lines of the program that a text names between backticks, outside its blocks.
fn command_lines(text: &str) -> Vec<String> {
    let outside: String = text.split("```").step_by(2).collect();
    let starts = ["servicekit migrations ", "servicekit completions ", "cargo alembic "];
    let spans = outside.split('`').skip(1).step_by(2);
    spans.filter(|span| starts.iter().any(|start| span.starts_with(start))).map(str::to_owned).collect()
}

#[test]
fn the_commands_that_the_guide_names_are_known_with_their_options() {
    let project = Project::empty();
    let is_known = |line: &str| {
        // What is no argument of a command is refused before its help is shown.
        shell(&project.path(""), &format!("{line} --help")).status.success()
    };
    let mut pages = PAGES.map(|tool| (format!("coming-from-{tool}.md"), 10)).to_vec();
    pages.push(("production.md".to_owned(), 5));
    for (name, at_least) in pages {
        let found = command_lines(&page(&name));
        assert!(found.len() > at_least, "{name}: {found:?}");
        let unknown: Vec<&String> = found.iter().filter(|line| !is_known(line)).collect();
        assert_eq!(unknown, Vec::<&String>::new(), "{name}");
    }
    for unknown in
        ["servicekit migrations redo", "servicekit migrations upgrade --fake", "cargo alembic edit"]
    {
        assert!(!is_known(unknown), "{unknown}");
    }
}
