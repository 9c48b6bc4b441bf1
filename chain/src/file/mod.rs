//! Version files: what a revision says about itself, and where.
//!
//! Identity stands in the file and never in its name, so files may be renamed freely. Both kinds have the same
//! header; a `.sql` file writes it as comments, a `.rs` file as `revision! { … }`.

mod blank;
mod directive;
mod fold;
mod header;
mod key;
mod nesting;
mod rust;
mod sql;

pub(crate) use header::Partial;
pub(crate) use rust::read as read_rust;
pub(crate) use sql::read as read_sql;

use crate::diagnostic::Problem;
use crate::digest::{Digest, DigestSection, digest_rust, digest_sql};
use crate::{Dialect, Direction, Label, ModelChange, Place, RevisionId, Source};
use std::ops::Range;
use std::sync::Arc;

/// A value and the bytes of the file that hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands; in a `.rs` file the whole literal with its quotes.
    pub span: Range<usize>,
}

/// What a revision says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its id.
    pub id: Spanned<RevisionId>,
    /// The revisions it follows: none in a first revision, several in a merge.
    pub down_revision: Vec<Spanned<RevisionId>>,
    /// The labels it gives its branch.
    pub branch_labels: Vec<Spanned<Label>>,
    /// Revisions, by id or label, that must be applied before it without being its parents.
    pub depends_on: Vec<Spanned<String>>,
    /// When it was made, in whatever form the file has it.
    pub created: Option<Spanned<String>>,
    /// What it says of tables that belong to models.
    pub models: Vec<Spanned<ModelChange>>,
    /// The title: the first paragraph of `--` lines above the keys, or of `//!` lines, joined to one line.
    /// Empty when the file has none.
    pub message: String,
}

/// A version file that was read and is sound by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionFile {
    /// The file.
    pub source: Arc<Source>,
    /// What it says about itself.
    pub header: Header,
    /// What it does.
    pub body: Body,
}

impl VersionFile {
    /// The revision's id.
    pub fn id(&self) -> &RevisionId {
        &self.header.id.value
    }

    /// A place in this file.
    pub fn place(&self, span: Range<usize>) -> Place {
        Place::new(&self.source, span)
    }

    /// The digest of what the file does, whatever its comments, layout and header are.
    ///
    /// ```
    /// use servicekit_chain::{Source, file};
    /// let digest = |text: &str| file::parse_sql(&Source::new("a.sql", "a.sql", text).into()).unwrap().digest();
    /// let before = digest("-- revision: a1\n-- +upgrade\nDROP TABLE a;\n");
    /// assert_eq!(before, digest("-- drop a\n-- revision: a2\n\n-- +upgrade\n-- it is empty\nDROP  TABLE a\n"));
    /// assert_ne!(before, digest("-- revision: a1\n-- +upgrade\nDROP TABLE b;\n"));
    /// ```
    pub fn digest(&self) -> Digest {
        let text = &self.source.text;
        let body = match &self.body {
            Body::Sql(body) => body,
            Body::Rust(_) => return digest_rust(text),
        };
        let upgrade = body.upgrade.iter().map(|section| (Direction::Upgrade, section));
        let downgrade = body.downgrade.iter().map(|section| (Direction::Downgrade, section));
        let sections = upgrade.chain(downgrade).map(|(direction, section)| DigestSection {
            direction,
            dialects: &section.dialects,
            sql: text.get(section.span.clone()).unwrap_or_default(),
        });
        digest_sql(body.transaction, sections)
    }

    /// Whether it is a `.rs` file.
    pub fn is_rust(&self) -> bool {
        matches!(self.body, Body::Rust(_))
    }

    /// Whether the revision can be reverted.
    pub fn has_downgrade(&self) -> bool {
        match &self.body {
            Body::Sql(body) => !body.downgrade.is_empty(),
            Body::Rust(body) => body.downgrade,
        }
    }
}

/// What a revision does, by kind of file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// A `.sql` file.
    Sql(SqlBody),
    /// A `.rs` file.
    Rust(RustBody),
}

/// The sections of a `.sql` file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqlBody {
    /// False with `-- +transaction off`.
    pub transaction: bool,
    /// The sections that apply the revision; at least one.
    pub upgrade: Vec<Section>,
    /// The sections that revert it. None means that it cannot be reverted; one with no SQL in it reverts the
    /// revision by doing nothing.
    pub downgrade: Vec<Section>,
}

impl SqlBody {
    /// The section that serves this dialect: one that names it, else the one that names none.
    pub fn section(&self, direction: Direction, dialect: Dialect) -> Option<&Section> {
        let sections = match direction {
            Direction::Upgrade => &self.upgrade,
            Direction::Downgrade => &self.downgrade,
        };
        let own = sections.iter().find(|section| section.dialects.contains(&dialect));
        own.or_else(|| sections.iter().find(|section| section.dialects.is_empty()))
    }
}

/// One section of a `.sql` file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The dialects it names; empty when it serves all that have no section of their own.
    pub dialects: Vec<Dialect>,
    /// The SQL: everything from the line below the directive up to the next directive or the end of the file.
    pub span: Range<usize>,
}

/// What a `.rs` file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RustBody {
    /// Whether there is a function `downgrade`.
    pub downgrade: bool,
    /// The whole `revision! { … }`, path and delimiters included.
    pub invocation: Range<usize>,
}

/// Reads a `.sql` version file.
///
/// Above the first section stand only blank lines and `--` lines. Of those, the first paragraph above any key is
/// the title, `-- key: value` with a key of [`SQL_KEYS`] is the header, and the rest is comment. A list is
/// separated by commas.
///
/// A line `-- +upgrade` or `-- +downgrade`, with dialects behind it where the section is not for all, begins a
/// section and ends the one before. It does so wherever it stands, also within a string or a comment of SQL.
/// `-- +transaction off` holds for the whole file. Every other word behind `-- +` is an error, and so are the lines
/// with which other tools begin their sections (`-- migrate:up`, `-- down`, …).
///
/// Blanks around `--`, `:`, commas and at line ends do not matter; nor do a byte order mark and the kind of line
/// ends.
///
/// # Errors
/// Everything that is wrong with this file by itself, in order of place.
///
/// # Examples
/// ```
/// use servicekit_chain::{Dialect, Direction, Source, file};
/// let text = "-- create users\n-- revision: 3f2a9c41d07e\n-- +upgrade\nCREATE TABLE users (id INT);\n";
/// let file = file::parse_sql(&Source::new("a.sql", "a.sql", text).into()).unwrap();
/// assert_eq!(file.header.message, "create users");
/// let file::Body::Sql(body) = &file.body else { unreachable!() };
/// let section = body.section(Direction::Upgrade, Dialect::Sqlite).unwrap();
/// assert_eq!(&text[section.span.clone()], "CREATE TABLE users (id INT);\n");
/// ```
pub fn parse_sql(source: &Arc<Source>) -> Result<VersionFile, Vec<Problem>> {
    read_sql(source).finish().map_err(|broken| broken.problems)
}

/// Reads a `.rs` version file.
///
/// What counts stands at the top level of the file: one `revision! { … }` (by any path), `fn upgrade` and, when
/// the revision can be reverted, `fn downgrade`. The first paragraph of `//!` lines is the title. Attributes are
/// not evaluated: a function behind `#[cfg(…)]` counts as there, because the chain is the same in every build.
///
/// # Errors
/// Everything that is wrong with this file by itself, in order of place.
///
/// # Examples
/// ```
/// use servicekit_chain::{Source, file};
/// let text = r#"//! create users
/// revision! { id: "3f2a9c41d07e" }
/// pub fn upgrade(op: &mut Operations) {}
/// "#;
/// let file = file::parse_rust(&Source::new("a.rs", "a.rs", text).into()).unwrap();
/// assert_eq!(file.id().as_str(), "3f2a9c41d07e");
/// assert!(!file.has_downgrade());
/// ```
pub fn parse_rust(source: &Arc<Source>) -> Result<VersionFile, Vec<Problem>> {
    read_rust(source).finish().map_err(|broken| broken.problems)
}

/// The header keys of a `.sql` file.
pub const SQL_KEYS: [&str; 6] =
    ["revision", "down_revision", "branch_labels", "depends_on", "created", "models"];

/// The keys of `revision! { … }` in a `.rs` file.
pub const RUST_KEYS: [&str; 6] = ["id", "down_revision", "branch_labels", "depends_on", "created", "models"];

/// What reading one file gave: a file that is sound, or one with problems and what of its header is known all the same.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) source: Arc<Source>,
    pub(crate) header: Partial,
    pub(crate) body: Option<Body>,
    pub(crate) problems: Vec<Problem>,
}

impl Read {
    /// The file with what is wrong with its SQL alone, when nothing else is wrong with it: its place among the others
    /// is known all the same.
    pub(crate) fn finish_header(mut self) -> Result<(VersionFile, Vec<Problem>), Box<Self>> {
        let is_known = self.problems.iter().all(Problem::is_of_the_sql);
        let problems = if is_known { std::mem::take(&mut self.problems) } else { Vec::new() };
        Ok((self.finish()?, problems))
    }

    /// The file, when nothing is wrong with it.
    pub(crate) fn finish(mut self) -> Result<VersionFile, Box<Self>> {
        self.problems.sort_by_cached_key(Problem::sort_key);
        match (self.header.id.clone(), self.body.take()) {
            (Some(id), Some(body)) if self.problems.is_empty() => {
                let Partial { down_revision, branch_labels, depends_on, created, models, message, .. } =
                    self.header;
                let header =
                    Header { id, down_revision, branch_labels, depends_on, created, models, message };
                Ok(VersionFile { source: self.source, header, body })
            }
            _ => Err(Box::new(self)),
        }
    }
}
