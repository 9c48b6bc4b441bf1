//! The files of an Alembic project.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// A revision of a Python project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PythonRevision<'a> {
    /// Its id.
    pub id: &'a str,
    /// The ids it follows; none for a first one, two for a merge.
    pub follows: &'a [&'a str],
    /// What it does, in words.
    pub message: &'a str,
    /// The SQL of its upgrade, one statement each.
    pub upgrade: &'a [&'a str],
    /// The SQL of its downgrade, one statement each.
    pub downgrade: &'a [&'a str],
}

/// A small history with a branch and a merge, in SQL that every database understands.
pub const HISTORY: &[PythonRevision<'static>] = &[
    PythonRevision {
        id: "1a4c8e02b7d3",
        follows: &[],
        message: "create users",
        upgrade: &["CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(100) NOT NULL)"],
        downgrade: &["DROP TABLE users"],
    },
    PythonRevision {
        id: "7f3c2b1a9d4e",
        follows: &["1a4c8e02b7d3"],
        message: "add email to users",
        upgrade: &["ALTER TABLE users ADD COLUMN email VARCHAR(200)"],
        downgrade: &["ALTER TABLE users DROP COLUMN email"],
    },
    PythonRevision {
        id: "2c9e51f7a6b0",
        follows: &["1a4c8e02b7d3"],
        message: "create products",
        upgrade: &["CREATE TABLE products (id INTEGER PRIMARY KEY, name VARCHAR(100) NOT NULL)"],
        downgrade: &["DROP TABLE products"],
    },
    PythonRevision {
        id: "c41d07e3f2a9",
        follows: &["7f3c2b1a9d4e", "2c9e51f7a6b0"],
        message: "merge users and products",
        upgrade: &[],
        downgrade: &[],
    },
];

const INI: &str = "\
[alembic]
script_location = %(here)s/migrations
sqlalchemy.url = DATABASE_URL
";

const ENV: &str = r"from alembic import context
from sqlalchemy import create_engine, pool

url = context.config.get_main_option('sqlalchemy.url')

if context.is_offline_mode():
    context.configure(url=url, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine(url, poolclass=pool.NullPool).connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()
";

const TEMPLATE: &str = r#""""${message}"""
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade():
    ${upgrades if upgrades else "pass"}


def downgrade():
    ${downgrades if downgrades else "pass"}
"#;

pub(super) fn write(folder: &Path, database_url: &str, revisions: &[PythonRevision<'_>]) {
    let versions = folder.join("migrations/versions");
    fs::create_dir_all(&versions)
        .unwrap_or_else(|error| panic!("{} cannot be made: {error}", versions.display()));
    // The file's format gives `%` a meaning.
    let url = sqlalchemy_url(database_url).replace('%', "%%");
    write_file(&folder.join("alembic.ini"), &INI.replace("DATABASE_URL", &url));
    write_file(&folder.join("migrations/env.py"), ENV);
    write_file(&folder.join("migrations/script.py.mako"), TEMPLATE);
    for revision in revisions {
        let name = format!("{}_{}.py", revision.id, revision.message.replace(' ', "_"));
        write_file(&versions.join(name), &python(revision));
    }
}

fn write_file(path: &Path, text: &str) {
    fs::write(path, text).unwrap_or_else(|error| panic!("{} cannot be written: {error}", path.display()));
}

/// The URL with the drivers that are installed.
pub(super) fn sqlalchemy_url(url: &str) -> String {
    let (scheme, rest) =
        url.split_once(':').unwrap_or_else(|| panic!("`{url}` is not the URL of a database"));
    match scheme {
        "postgres" | "postgresql" => format!("postgresql+psycopg2:{rest}"),
        "mysql" | "mariadb" => format!("mysql+pymysql:{rest}"),
        "sqlite" => format!("sqlite:///{}", rest.strip_prefix("//").unwrap_or(rest)),
        _ => panic!("Alembic is not set up for `{url}`"),
    }
}

fn python(revision: &PythonRevision<'_>) -> String {
    let follows = match revision.follows {
        [] => "None".to_owned(),
        [one] => format!("{one:?}"),
        several => format!("{several:?}").replace('[', "(").replace(']', ")"),
    };
    let mut text = format!(
        "\"\"\"{}\"\"\"\nfrom alembic import op\n\nrevision = {:?}\ndown_revision = {follows}\n\
         branch_labels = None\ndepends_on = None\n",
        revision.message, revision.id
    );
    for (function, statements) in [("upgrade", revision.upgrade), ("downgrade", revision.downgrade)] {
        let _ = write!(text, "\n\ndef {function}():\n    pass\n");
        for statement in statements {
            // Rust's escapes are Python's too, for the characters that SQL is written in.
            let _ = writeln!(text, "    op.execute({statement:?})");
        }
    }
    text
}
