//! A history that is read from its folder at run time.

use crate::history::{Compiled, Embedded, Migrations, Revision};
use servicekit_chain::diagnostic::Diagnostic;
use servicekit_chain::{Folder, Problem, VersionFile, descriptor, file};
use std::fmt;
use std::path::Path;

/// The revisions of a folder form no valid chain; the text shows every problem as the compiler does.
#[derive(Debug, Clone)]
pub struct BrokenFolder {
    problems: Vec<Problem>,
}

impl BrokenFolder {
    /// All problems.
    pub fn diagnostics(&self) -> impl Iterator<Item = Diagnostic> {
        self.problems.iter().map(Problem::diagnostic)
    }
}

impl fmt::Display for BrokenFolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problems: Vec<String> = self.problems.iter().map(|problem| problem.render(false)).collect();
        f.write_str(&problems.join("\n\n"))
    }
}

impl std::error::Error for BrokenFolder {}

impl Migrations {
    /// The history in a folder as it is on disk now, for programs that run a history that is not compiled into them:
    /// the command line, a deployment job.
    ///
    /// Each call keeps what it reads until the process ends. The functions of `.rs` files are not available: a run
    /// that includes one fails with [`ErrorKind::NeedsApplication`](crate::ErrorKind::NeedsApplication) before
    /// anything runs; a stamp works. The numbers of heads and bases are not checked. `application` is the name and
    /// version for the journal.
    ///
    /// ```
    /// # let root = tempfile::tempdir()?;
    /// # let folder = root.path().join("alembic");
    /// # std::fs::create_dir_all(folder.join("versions"))?;
    /// # std::fs::write(folder.join("versions/a1.sql"), "-- revision: a1\n-- +upgrade\nSELECT 1;\n")?;
    /// use servicekit::Migrations;
    /// let migrations = Migrations::from_folder(&folder, "deploy 1.0")?;
    /// assert_eq!(migrations.revisions().len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If anything else is wrong with the folder.
    pub fn from_folder(folder: impl AsRef<Path>, application: &str) -> Result<Self, BrokenFolder> {
        let here = std::env::current_dir().unwrap_or_default();
        Self::from_read_folder(&Folder::read(folder.as_ref(), &here), application)
    }

    /// The same for a folder that was read before.
    ///
    /// # Errors
    /// If anything else is wrong with the folder.
    #[doc(hidden)]
    pub fn from_read_folder(folder: &Folder, application: &str) -> Result<Self, BrokenFolder> {
        let graph = folder.graph.as_ref().filter(|_| folder.problems.iter().all(Problem::is_policy));
        let Some(graph) = graph else { return Err(BrokenFolder { problems: folder.problems.clone() }) };
        let heads: Vec<&'static str> = graph.effective_heads().iter().map(|id| keep(id.as_str())).collect();
        let revisions: Vec<Revision> = folder.files.iter().map(revision).collect();
        let config = &folder.config;
        let embedded = Embedded {
            folder: keep(&folder.name),
            heads: heads.leak(),
            revisions: revisions.leak(),
            version_table: keep(&config.version_table),
            journal_table: keep(&config.journal_table),
            schema: config.schema.as_deref().map(keep),
            // It was read just now, so it is not stale.
            directories: &[],
            application: keep(application),
            current_schema: config.current_schema,
            ignore: config.ignore.iter().map(|ignored| keep(&ignored.to_string())).collect::<Vec<_>>().leak(),
            databases: config.databases.iter().map(|dialect| dialect.name()).collect::<Vec<_>>().leak(),
            compiled: Compiled::new(),
        };
        Ok(Self::new(Box::leak(Box::new(embedded))))
    }
}

fn revision(file: &VersionFile) -> Revision {
    let facts = keep(&descriptor::write(file, &file.source.name));
    match file.body {
        file::Body::Sql(_) => Revision::sql(facts, keep(&file.source.text)),
        file::Body::Rust(_) => Revision::elsewhere(facts),
    }
}

/// What a history holds lives as long as the program.
fn keep(text: &str) -> &'static str {
    text.to_owned().leak()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ErrorKind, Target};

    fn read(files: &[(&str, &str)], then: impl AsyncFnOnce(&Folder)) {
        let place = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = place.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let folder = Folder::read(&place.path().join("alembic"), place.path());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(then(&folder));
    }

    const A1: (&str, &str) = (
        "alembic/versions/a1.sql",
        "-- first\n-- revision: a1\n-- +upgrade\nCREATE TABLE a (x INT);\n-- +downgrade\nDROP TABLE a;\n",
    );
    const B2: (&str, &str) = (
        "alembic/versions/b2.rs",
        "//! second\nrevision! { id: \"b2\", down_revision: \"a1\" }\npub fn upgrade(op: &mut Operations) {}\n",
    );

    #[test]
    fn what_is_compiled_in_and_what_is_read_say_the_same() {
        read(
            &[A1, B2, ("alembic.toml", "version_table = \"v\"\njournal_table = \"j\"\nschema = \"s\"\n")],
            async |folder| {
                let migrations = Migrations::from_read_folder(folder, "app 1.0").unwrap();
                let embedded = migrations.embedded();
                assert_eq!((embedded.folder, embedded.application), ("alembic", "app 1.0"));
                assert_eq!(
                    (embedded.version_table, embedded.journal_table, embedded.schema),
                    ("v", "j", Some("s"))
                );
                assert_eq!((embedded.heads, embedded.directories), (["b2"].as_slice(), [].as_slice()));
                let shown: Vec<_> = migrations
                    .revisions()
                    .iter()
                    .map(|revision| (revision.id_str(), revision.message(), revision.path()))
                    .collect();
                assert_eq!(shown, [("a1", "first", A1.0), ("b2", "second", B2.0)]);
                for (revision, file) in migrations.revisions().iter().zip(&folder.files) {
                    assert_eq!(revision.digest(), Some(file.digest()));
                }
            },
        );
    }

    #[cfg(feature = "sqlite")]
    #[test]
    fn a_revision_in_rust_is_stamped_and_never_run() {
        use sqlx::Connection as _;
        read(&[A1, B2], async |folder| {
            let migrations = Migrations::from_read_folder(folder, "app 1.0").unwrap();
            let mut connection = sqlx::SqliteConnection::connect("sqlite::memory:").await.unwrap();
            let error = migrations.upgrade(&mut connection).await.unwrap_err();
            insta::assert_snapshot!(format!("{}: {error}", error.code()), @"
            needs_application: revision `b2` cannot be run here: `alembic/versions/b2.rs` is Rust, which is compiled into the application
            now: nothing was run; the database is at base
            help: start the application, which runs it
            ");
            migrations.upgrade_to(&mut connection, "a1").await.unwrap();
            migrations.migrator().stamp(&mut connection, Target::heads()).await.unwrap();
            assert_eq!(migrations.current(&mut connection).await.unwrap().to_string(), "b2");
            let error = migrations.downgrade_to(&mut connection, "base").await.unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::NeedsApplication { .. }), "{error}");
        });
    }

    #[test]
    fn a_folder_that_is_broken_is_no_history_and_one_with_two_heads_is() {
        read(&[B2], async |folder| {
            insta::assert_snapshot!(Migrations::from_read_folder(folder, "").unwrap_err(), @r#"
            error: revision `b2` follows `a1`, which is not in `alembic/versions`
             --> alembic/versions/b2.rs:2:38
              |
            2 | revision! { id: "b2", down_revision: "a1" }
              |                                      ^^^^ no revision has this id
              |
            help: restore the missing file, or name an existing revision
            "#);
        });
        let second =
            ("alembic/versions/c3.sql", "-- revision: c3\n-- down_revision: a1\n-- +upgrade\nSELECT 1;\n");
        read(&[A1, B2, second], async |folder| {
            assert_eq!(Migrations::from_read_folder(folder, "").unwrap().embedded().heads, ["b2", "c3"]);
        });
        let missing = Folder::read(Path::new("nowhere/alembic"), Path::new("nowhere"));
        assert_eq!(Migrations::from_read_folder(&missing, "").unwrap_err().diagnostics().count(), 1);
    }
}
