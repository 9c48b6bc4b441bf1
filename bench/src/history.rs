//! One history, and how each peer wants it on disk.

use std::path::PathBuf;

/// One revision of the history that all peers share.
pub struct Revision {
    /// From 1 on.
    number: usize,
    /// Twelve hexadecimal digits, as servicekit names revisions; in no order, as real ones are.
    id: String,
    /// `create account_0007`
    message: String,
    /// SQL.
    pub upgrade: String,
    /// SQL.
    downgrade: String,
}

/// How a peer wants a history on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// `alembic/versions/{id}_{slug}.sql`
    Servicekit,
    /// `alembic/versions/{id}_{slug}.rs`
    ServicekitRust,
    /// `functions/{id}_{slug}.rs`: the functions of the `.rs` revisions without their `revision!`.
    Functions,
    /// `history/{number}_{slug}.sql`
    Sqlx,
    /// `history/V{number}__{slug}.sql`
    Refinery,
    /// `history/{number}_{slug}/up.sql`
    Diesel,
    /// `history/{number}-{slug}/up.sql`
    RusqliteMigration,
}

/// A file and its text.
pub type File = (PathBuf, String);

/// A linear history in which tables are made, altered, indexed and filled in turn.
pub fn history(count: usize) -> Vec<Revision> {
    (1..=count)
        .map(|number| {
            let table = format!("account_{:04}", (number - 1) / 4);
            let (what, upgrade, downgrade) = match (number - 1) % 4 {
                0 => (
                    "create",
                    format!(
                        "CREATE TABLE {table} (\n    id INTEGER PRIMARY KEY,\n    name TEXT NOT NULL,\n    \
                         created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP\n);\n"
                    ),
                    format!("DROP TABLE {table};\n"),
                ),
                1 => (
                    "add email to",
                    format!("ALTER TABLE {table} ADD COLUMN email TEXT;\n"),
                    format!("ALTER TABLE {table} DROP COLUMN email;\n"),
                ),
                2 => (
                    "index email of",
                    format!("CREATE INDEX {table}_email ON {table} (email);\n"),
                    format!("DROP INDEX {table}_email;\n"),
                ),
                _ => (
                    "fill",
                    format!(
                        "INSERT INTO {table} (name) VALUES ('first; not the last'), ('second');\n\
                         UPDATE {table} SET email = name || '@example.com' WHERE email IS NULL;\n"
                    ),
                    format!("DELETE FROM {table};\n"),
                ),
            };
            Revision { number, id: id(number), message: format!("{what} {table}"), upgrade, downgrade }
        })
        .collect()
}

/// How many tables and indexes the first `count` revisions make.
pub fn expected(count: usize) -> (usize, usize) {
    (count.div_ceil(4), (count + 1) / 4)
}

/// An odd multiplier permutes the 48 bits, so no two numbers share an id.
fn id(number: usize) -> String {
    format!("{:012x}", (number as u64).wrapping_mul(0x5_deec_e66d) & 0xffff_ffff_ffff)
}

impl Layout {
    /// The folder that holds nothing but the history.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Servicekit | Self::ServicekitRust => "alembic",
            Self::Functions => "functions",
            Self::Sqlx | Self::Refinery | Self::Diesel | Self::RusqliteMigration => "history",
        }
    }

    /// The files of a history.
    pub fn files(self, history: &[Revision]) -> Vec<File> {
        let parents = std::iter::once(None).chain(history.iter().map(Some));
        history.iter().zip(parents).map(|(revision, parent)| self.file(revision, parent)).collect()
    }

    fn file(self, revision: &Revision, parent: Option<&Revision>) -> File {
        let Revision { number, id, upgrade, .. } = revision;
        let slug = revision.message.replace(' ', "_");
        let (name, text) = match self {
            Self::Servicekit => (format!("versions/{id}_{slug}.sql"), sql(revision, parent)),
            Self::ServicekitRust => (format!("versions/{id}_{slug}.rs"), rust(revision, parent)),
            Self::Functions => (format!("{id}_{slug}.rs"), functions(revision, "servicekit::Operations")),
            Self::Sqlx => (format!("{number:04}_{slug}.sql"), upgrade.clone()),
            Self::Refinery => (format!("V{number}__{slug}.sql"), upgrade.clone()),
            Self::Diesel => (format!("{number:014}_{slug}/up.sql"), upgrade.clone()),
            Self::RusqliteMigration => (format!("{number:04}-{slug}/up.sql"), upgrade.clone()),
        };
        (PathBuf::from(self.folder()).join(name), text)
    }
}

/// A `.sql` revision.
fn sql(revision: &Revision, parent: Option<&Revision>) -> String {
    let Revision { id, message, upgrade, downgrade, .. } = revision;
    let down_revision = parent.map(|parent| format!("-- down_revision: {}\n", parent.id)).unwrap_or_default();
    format!(
        "-- {message}\n--\n-- revision: {id}\n{down_revision}\n-- +upgrade\n{upgrade}\n-- +downgrade\n{downgrade}"
    )
}

/// A `.rs` revision.
fn rust(revision: &Revision, parent: Option<&Revision>) -> String {
    let Revision { id, message, .. } = revision;
    let down_revision =
        parent.map(|parent| format!("    down_revision: \"{}\",\n", parent.id)).unwrap_or_default();
    let functions = functions(revision, "Operations");
    format!(
        "//! {message}\nuse servicekit::revision::*;\n\nrevision! {{\n    id: \"{id}\",\n{down_revision}}}\n\n{functions}"
    )
}

/// The two functions of a `.rs` revision.
fn functions(revision: &Revision, operations: &str) -> String {
    let Revision { upgrade, downgrade, .. } = revision;
    format!(
        "pub fn upgrade(op: &mut {operations}) {{\n    op.execute({upgrade:?});\n}}\n\n\
         pub fn downgrade(op: &mut {operations}) {{\n    op.execute({downgrade:?});\n}}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_layout_gives_each_revision_a_file_of_its_own() {
        let history = history(1000);
        for layout in [
            Layout::Servicekit,
            Layout::ServicekitRust,
            Layout::Functions,
            Layout::Sqlx,
            Layout::Refinery,
            Layout::Diesel,
            Layout::RusqliteMigration,
        ] {
            let paths: BTreeSet<PathBuf> = layout.files(&history).into_iter().map(|(path, _)| path).collect();
            assert_eq!(paths.len(), 1000, "{layout:?}");
        }
    }

    #[test]
    fn each_servicekit_revision_follows_the_one_before() {
        let history = history(2);
        let (path, text) = Layout::Servicekit.files(&history).remove(1);
        assert_eq!(path, PathBuf::from("alembic/versions/000bbdd9ccda_add_email_to_account_0000.sql"));
        assert_eq!(
            text,
            "-- add email to account_0000\n--\n-- revision: 000bbdd9ccda\n-- down_revision: 0005deece66d\n\n\
             -- +upgrade\nALTER TABLE account_0000 ADD COLUMN email TEXT;\n\n\
             -- +downgrade\nALTER TABLE account_0000 DROP COLUMN email;\n"
        );
    }

    #[test]
    fn the_expected_tables_and_indexes_are_those_that_the_revisions_make() {
        for count in 0..20 {
            let script: String = history(count).iter().map(|revision| revision.upgrade.as_str()).collect();
            let made = (script.matches("CREATE TABLE").count(), script.matches("CREATE INDEX").count());
            assert_eq!(expected(count), made, "{count}");
        }
    }
}
