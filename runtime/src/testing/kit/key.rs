//! What a template is made of, as one name.

use super::TestDatabaseError;
use crate::Migrations;
use crate::history::{Body, Revision};
use servicekit_chain::{Dialect, Direction};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{LazyLock, Mutex, PoisonError};

/// Part of every key: changed when templates are made in another way.
const FORMAT: &str = "1";

/// The place of a history in this program, which tells histories apart as they are static data, and the server.
type Known = (usize, Dialect, String);

/// The keys that this process knows: a history is recorded once, not for each test.
static KNOWN: LazyLock<Mutex<HashMap<Known, String>>> = LazyLock::new(Mutex::default);

/// The key of the template that a history makes on this server: equal keys stand for equal databases.
pub(super) fn key(
    migrations: Migrations,
    dialect: Dialect,
    server: &str,
) -> Result<String, TestDatabaseError> {
    let place = std::ptr::from_ref(migrations.embedded()) as usize;
    let known = (place, dialect, server.to_owned());
    let mut keys = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(key) = keys.get(&known) {
        return Ok(key.clone());
    }
    let key = make(migrations, dialect, server)?;
    keys.insert(known, key.clone());
    Ok(key)
}

fn make(migrations: Migrations, dialect: Dialect, server: &str) -> Result<String, TestDatabaseError> {
    let mut parts = Parts::default();
    let embedded = migrations.embedded();
    for part in [FORMAT, env!("CARGO_PKG_VERSION"), server, embedded.application] {
        parts.add(part);
    }
    for part in [embedded.version_table, embedded.journal_table, embedded.schema.unwrap_or_default()] {
        parts.add(part);
    }
    parts.add(&embedded.current_schema.to_string());
    let mut has_work = false;
    for revision in migrations.revisions() {
        has_work |= parts.add_revision(revision, dialect);
    }
    if has_work {
        parts.add(&program().map_err(TestDatabaseError::Program)?);
    }
    Ok(parts.finish())
}

#[derive(Default)]
struct Parts(Sha256);

impl Parts {
    fn add(&mut self, part: &str) {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    /// Adds all of a revision that can be seen in a database; whether it has work in Rust, of which nothing can be added.
    fn add_revision(&mut self, revision: &Revision, dialect: Dialect) -> bool {
        // The id, what it follows, the message and the digest, which stand in the journal.
        self.add(revision.text_of_facts());
        let Body::Rust(functions) = revision.body else {
            if let Body::Sql(text) = revision.body {
                self.add(text);
            }
            return false;
        };
        let Some(recorded) = functions.record(Direction::Upgrade) else { return false };
        // What cannot be rendered is an error of the run that makes the template, which shows the place.
        if let Ok(digest) = recorded.digest(dialect) {
            self.add(&digest.to_string());
        }
        recorded.has_work(dialect)
    }

    fn finish(self) -> String {
        // Half of it tells them apart, and names of databases are short.
        self.0.finalize().iter().take(16).fold(String::with_capacity(32), |mut digits, byte| {
            // Writing to a string cannot fail.
            let _ = write!(digits, "{byte:02x}");
            digits
        })
    }
}

/// What tells builds of this program apart: cargo writes the file again when anything in it has changed.
fn program() -> std::io::Result<String> {
    let path = std::env::current_exe()?;
    let metadata = path.metadata()?;
    Ok(format!("{} {} {:?}", path.display(), metadata.len(), metadata.modified()?))
}
