//! Everything that can be wrong with a folder of revisions: one variant each, with its places.
//!
//! Reading a folder collects all of them. Each renders itself as one message that says what, where and the way
//! out; the macro, the command line and the running service show the same text.

mod config;
mod folder;
mod graph;
mod header;
mod sections;
mod text;
mod wording;

pub(crate) use wording::joined;
pub use wording::{NAMED, list};

use super::{Diagnostic, PlaceLabel};
use crate::characters::escaped;
use crate::sql::{Client, UnterminatedKind};
use crate::{Dialect, Direction, InvalidId, InvalidModelChange, Label, Place, RevisionId};
use std::borrow::Cow;
use std::fmt;

/// Something that is wrong with a folder of revisions, a file in it or its configuration.
///
/// [`Problem::diagnostic`] has the whole message: [`Problem::message`] says what, [`Problem::labels`] where,
/// [`Problem::help`] the help, and [`Problem::render`] puts the three together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    // ---- the folder -------------------------------------------------------------------------------------
    /// There is no such folder.
    MissingFolder {
        /// The folder as it was named.
        folder: String,
        /// Where the configuration names it, when it does.
        configured: Option<Place>,
    },
    /// The folder is there but holds no folder `versions`.
    MissingVersions {
        /// The folder as it was named.
        folder: String,
        /// Whether `versions` is there and is a file.
        is_file: bool,
    },
    /// What should be a folder is a file.
    NotAFolder {
        /// The path as it was named.
        folder: String,
        /// Where the configuration names it, when it does.
        configured: Option<Place>,
    },
    /// A folder cannot be listed.
    UnreadableFolder {
        /// The folder.
        place: Place,
        /// The error of the operating system.
        reason: String,
    },
    /// A file cannot be read.
    UnreadableFile {
        /// The file; it has no text.
        place: Place,
        /// The error of the operating system.
        reason: String,
    },
    /// A file is not UTF-8.
    NotUtf8 {
        /// The first bytes that are not; the text of the source has replacement characters in their place.
        place: Place,
        /// The offset of the first such byte.
        offset: usize,
        /// Whether the file begins as UTF-16 does.
        utf16: bool,
    },
    /// A file name is not UTF-8, so no compiler or message could name the file.
    FileNameNotUtf8 {
        /// The file.
        place: Place,
    },
    /// A file that is neither a revision nor on the list of accepted ignores.
    StrayFile {
        /// The file.
        place: Place,
    },
    /// A folder inside the versions folder while `recursive` is not set.
    StrayFolder {
        /// The folder.
        place: Place,
    },

    // ---- the header, in both kinds of file --------------------------------------------------------------
    /// A `.sql` file that says nothing about itself.
    MissingHeader {
        /// The start of the file.
        place: Place,
        /// An id for the example: the start of the file's name when that is a valid one.
        example: String,
    },
    /// A header without the key that names the revision.
    MissingRevision {
        /// The header or the `revision!` invocation.
        place: Place,
        /// The key that is missing: `revision` in `.sql`, `id` in `.rs`.
        key: &'static str,
    },
    /// A header key that does not exist.
    UnknownKey {
        /// The key.
        place: Place,
        /// The key that was probably meant.
        meant: Option<&'static str>,
        /// The keys there are in this kind of file.
        known: &'static [&'static str],
    },
    /// A header key that appears twice.
    KeyTwice {
        /// The key.
        key: &'static str,
        /// Its first place.
        first: Place,
        /// Its second place.
        second: Place,
    },
    /// A header key with no value.
    EmptyValue {
        /// The key.
        key: &'static str,
        /// Where the value should be.
        place: Place,
    },
    /// A value that appears twice in one list.
    ValueTwice {
        /// The value.
        value: String,
        /// The key.
        key: &'static str,
        /// The value's first place.
        first: Place,
        /// Its second place.
        second: Place,
    },
    /// A value that cannot be a revision id or a label.
    InvalidId {
        /// The value as it is written.
        value: String,
        /// The key.
        key: &'static str,
        /// The value.
        place: Place,
        /// What is wrong with it.
        reason: InvalidId,
    },
    /// A value of `models` that says nothing of a table.
    InvalidModelChange {
        /// The value as it is written.
        value: String,
        /// The value.
        place: Place,
        /// What is expected.
        reason: InvalidModelChange,
    },

    // ---- `.sql` files -----------------------------------------------------------------------------------
    /// A header key below the header, where it would be a mere comment.
    KeyInSection {
        /// The key.
        key: &'static str,
        /// The key in the file.
        place: Place,
    },
    /// A header key that is not in a `--` comment, or spelt as in an Alembic revision.
    KeyNotInComment {
        /// The text of the line.
        place: Place,
        /// The line as it should be.
        instead: Instead,
    },
    /// A comment that looks like a header key and is not read as one.
    DisguisedKey {
        /// The key that it looks like.
        key: &'static str,
        /// The text of the line.
        place: Place,
        /// The line as it should be.
        instead: String,
    },
    /// A directive that does not exist, or another tool's.
    UnknownDirective {
        /// The directive.
        place: Place,
        /// What to write for it.
        instead: Instead,
    },
    /// A directive for a database that is not known.
    UnknownDialect {
        /// The name.
        place: Place,
        /// The dialect that was probably meant.
        meant: Option<Dialect>,
    },
    /// `+transaction` with anything but `off`.
    TransactionValue {
        /// The value, or the directive when it has none.
        place: Place,
    },
    /// SQL before the first section.
    TextOutsideSections {
        /// The first line of it.
        place: Place,
        /// How many lines there are.
        lines: usize,
    },
    /// No `+upgrade` section.
    MissingUpgrade {
        /// The revision, when it can be read.
        revision: Option<RevisionId>,
        /// The revision's id, or the first line that was understood.
        place: Place,
    },
    /// Two sections of one direction that serve the same dialect.
    SectionTwice {
        /// Upgrade or downgrade.
        direction: Direction,
        /// The dialect, or nothing when both name none.
        dialect: Option<Dialect>,
        /// The first section's directive.
        first: Place,
        /// The second section's directive.
        second: Place,
    },

    /// A string, comment or the like that is still open at the end of its section, or of a `.rs` file.
    Unterminated {
        /// What is open.
        kind: UnterminatedKind,
        /// Where it begins.
        place: Place,
        /// The section, or nothing in a `.rs` file.
        section: Option<Direction>,
    },

    /// `COPY … FROM STDIN`, whose data only a client could send.
    CopyData {
        /// The statement.
        place: Place,
        /// The section.
        section: Direction,
    },
    /// A command for the client of a database.
    ClientCommand {
        /// Whose command it is.
        client: Client,
        /// The command.
        place: Place,
        /// The section.
        section: Direction,
        /// What to do instead.
        instead: &'static str,
    },

    // ---- `.rs` files ------------------------------------------------------------------------------------
    /// No `revision! { … }` at the top level of the file.
    MissingInvocation {
        /// The start of the file.
        place: Place,
        /// An id for the example: the start of the file's name when that is a valid one.
        example: String,
    },
    /// Two `revision! { … }` in one file.
    InvocationTwice {
        /// The first.
        first: Place,
        /// The second.
        second: Place,
    },
    /// Something in `revision! { … }` that is not `key: value,`.
    InvocationSyntax {
        /// What stands there.
        place: Place,
        /// What was expected.
        expected: &'static str,
    },
    /// No function `upgrade` at the top level of the file.
    MissingUpgradeFunction {
        /// The revision, when it can be read.
        revision: Option<RevisionId>,
        /// The revision's id, or the invocation.
        place: Place,
    },

    // ---- the graph --------------------------------------------------------------------------------------
    /// A revision follows one that is nowhere.
    DanglingParent {
        /// The revision.
        revision: RevisionId,
        /// The id that it names.
        parent: RevisionId,
        /// Where it names its parent.
        place: Place,
        /// Ids that were probably meant, with their messages.
        near: Vec<Named>,
        /// The folders that were searched.
        folders: Vec<String>,
    },
    /// A revision depends on a revision or label that is nowhere.
    DanglingDependency {
        /// The revision.
        revision: RevisionId,
        /// The id or label that it names.
        name: String,
        /// Where it names what it depends on.
        place: Place,
        /// Ids and labels that were probably meant, with the revisions' messages.
        near: Vec<Named>,
        /// The folders that were searched.
        folders: Vec<String>,
    },
    /// A revision follows itself.
    SelfLoop {
        /// The revision.
        revision: RevisionId,
        /// Where it does.
        place: Place,
    },
    /// A revision depends on itself.
    DependencySelfLoop {
        /// The revision.
        revision: RevisionId,
        /// Where it does.
        place: Place,
    },
    /// Revisions that follow each other in a circle.
    Cycle {
        /// The revisions on it in order, each with the place where it names the next; the last names the first.
        members: Vec<Member>,
    },
    /// Revisions that depend on each other in a circle.
    DependencyCycle {
        /// The revisions on it in order, each with the place where it names the next; the last names the first.
        members: Vec<Member>,
    },
    /// Several files with the same id.
    DuplicateId {
        /// The id.
        id: RevisionId,
        /// Every place of it, two or more.
        places: Vec<Place>,
    },
    /// Several revisions with the same branch label.
    DuplicateLabel {
        /// The label.
        label: Label,
        /// Every place of it, two or more.
        places: Vec<Place>,
    },
    /// A branch label that is the id of a revision.
    LabelClashesWithId {
        /// The label.
        label: Label,
        /// The label in its file.
        place: Place,
        /// The id in its file.
        id: Place,
    },
    /// Several heads where the configuration allows one.
    SeveralHeads {
        /// The folder as it was named.
        folder: String,
        /// Each head with the place of its id, two or more.
        heads: Vec<Named>,
        /// The name of the configuration file, where they can be allowed.
        config: String,
    },
    /// Several first revisions where the configuration allows one.
    SeveralBases {
        /// The folder as it was named.
        folder: String,
        /// Each base with the place of its id, two or more.
        bases: Vec<Named>,
        /// The name of the configuration file, where they can be allowed.
        config: String,
    },

    // ---- the configuration ------------------------------------------------------------------------------
    /// The configuration is not TOML.
    ConfigSyntax {
        /// Where it goes wrong.
        place: Place,
        /// What is wrong.
        reason: String,
        /// Where the other of two equal keys or tables stands.
        first: Option<Place>,
    },
    /// An `alembic.ini` or another file that is configured for Python's Alembic cannot be taken apart.
    AlembicFileSyntax {
        /// Where it goes wrong.
        place: Place,
        /// What is wrong.
        reason: String,
        /// Where the other of two equal names stands.
        first: Option<Place>,
    },
    /// A key that the configuration does not have.
    ConfigUnknownKey {
        /// The key.
        place: Place,
        /// The keys that were probably meant.
        near: Vec<&'static str>,
    },
    /// A value of the wrong type.
    ConfigType {
        /// The key.
        key: &'static str,
        /// The value.
        place: Place,
        /// What was expected.
        expected: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// A value of the right type that means nothing.
    ConfigValue {
        /// The key.
        key: &'static str,
        /// The value.
        place: Place,
        /// What is wrong with it.
        reason: String,
        /// What to write.
        instead: String,
    },
}

/// What to write in place of a directive that does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Instead {
    /// This line.
    Write(String),
    /// This line, which has to begin with it.
    OwnLine(String),
    /// Nothing, because it is not needed here; the text says why.
    Nothing(&'static str),
    /// Not known.
    Unknown,
}

/// A revision named in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The id, or the label that was found instead.
    pub name: String,
    /// The revision's message.
    pub message: String,
    /// Where the name is given.
    pub place: Place,
}

/// One revision of a circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The revision.
    pub id: RevisionId,
    /// Whether it depends on the next one rather than follows it.
    pub depends: bool,
    /// Where it names the next one.
    pub place: Place,
}

impl Problem {
    /// The whole message, as plain text with its places.
    pub fn diagnostic(&self) -> Diagnostic {
        let mut diagnostic = self.topic()(self).unwrap_or_else(|| {
            debug_assert!(false, "another topic describes {self:?}");
            Diagnostic::new("problem", "")
        });
        diagnostic.message = escaped(&diagnostic.message).into_owned();
        diagnostic.help = diagnostic.help.map(|help| escaped(&help).into_owned());
        diagnostic
    }

    /// Which module describes it. Every variant stands here, so that none is forgotten.
    fn topic(&self) -> fn(&Self) -> Option<Diagnostic> {
        match self {
            Self::MissingFolder { .. }
            | Self::MissingVersions { .. }
            | Self::NotAFolder { .. }
            | Self::UnreadableFolder { .. }
            | Self::UnreadableFile { .. }
            | Self::NotUtf8 { .. }
            | Self::FileNameNotUtf8 { .. }
            | Self::StrayFile { .. }
            | Self::StrayFolder { .. } => folder::describe,
            Self::MissingHeader { .. }
            | Self::MissingRevision { .. }
            | Self::UnknownKey { .. }
            | Self::KeyTwice { .. }
            | Self::EmptyValue { .. }
            | Self::ValueTwice { .. }
            | Self::InvalidId { .. }
            | Self::InvalidModelChange { .. } => header::describe,
            Self::KeyInSection { .. }
            | Self::KeyNotInComment { .. }
            | Self::DisguisedKey { .. }
            | Self::UnknownDirective { .. }
            | Self::UnknownDialect { .. }
            | Self::TransactionValue { .. }
            | Self::TextOutsideSections { .. }
            | Self::MissingUpgrade { .. }
            | Self::SectionTwice { .. } => sections::describe,
            Self::Unterminated { .. }
            | Self::CopyData { .. }
            | Self::ClientCommand { .. }
            | Self::MissingInvocation { .. }
            | Self::InvocationTwice { .. }
            | Self::InvocationSyntax { .. }
            | Self::MissingUpgradeFunction { .. } => text::describe,
            Self::DanglingParent { .. }
            | Self::DanglingDependency { .. }
            | Self::SelfLoop { .. }
            | Self::DependencySelfLoop { .. }
            | Self::Cycle { .. }
            | Self::DependencyCycle { .. }
            | Self::DuplicateId { .. }
            | Self::DuplicateLabel { .. }
            | Self::LabelClashesWithId { .. }
            | Self::SeveralHeads { .. }
            | Self::SeveralBases { .. } => graph::describe,
            Self::ConfigSyntax { .. }
            | Self::AlembicFileSyntax { .. }
            | Self::ConfigUnknownKey { .. }
            | Self::ConfigType { .. }
            | Self::ConfigValue { .. } => config::describe,
        }
    }

    /// A short name for programs, the same in every release: the variant in snake case.
    pub fn code(&self) -> &'static str {
        match self.diagnostic().code {
            Cow::Borrowed(code) => code,
            // The code of each problem is a literal.
            Cow::Owned(_) => "problem",
        }
    }

    /// What is wrong, in one line.
    pub fn message(&self) -> String {
        self.diagnostic().message
    }

    /// The help, in one line.
    pub fn help(&self) -> Option<String> {
        self.diagnostic().help
    }

    /// Every place with its text; the first is the primary one.
    ///
    /// Empty when nothing was read, as for a missing folder.
    pub fn labels(&self) -> Vec<PlaceLabel> {
        self.diagnostic().labels
    }

    /// The primary place: where the message points.
    pub fn place(&self) -> Option<Place> {
        self.diagnostic().labels.into_iter().next().map(|label| label.place)
    }

    /// Whether this is a matter of policy: the graph is sound, but the configuration does not allow its shape.
    pub fn is_policy(&self) -> bool {
        matches!(self, Self::SeveralHeads { .. } | Self::SeveralBases { .. })
    }

    /// Whether it is the SQL of a section that is wrong, so that it cannot be run: what the revision follows and is
    /// called is known.
    pub fn is_of_the_sql(&self) -> bool {
        matches!(
            self,
            Self::Unterminated { section: Some(_), .. } | Self::CopyData { .. } | Self::ClientCommand { .. }
        )
    }

    /// The message with the lines it speaks of, as the compiler would show it; ends without a line feed.
    ///
    /// `color` adds the escape codes for a terminal.
    pub fn render(&self, color: bool) -> String {
        self.diagnostic().render(color)
    }

    /// What problems are sorted by when they are reported: by file, by place, then by kind.
    pub(crate) fn sort_key(&self) -> (Option<(String, usize, usize)>, Cow<'static, str>, String) {
        let diagnostic = self.diagnostic();
        let at =
            diagnostic.place().map(|place| (place.source.name.clone(), place.span.start, place.span.end));
        (at, diagnostic.code, diagnostic.message)
    }
}

/// How a message begins that is about one revision.
fn subject(revision: Option<&RevisionId>) -> String {
    revision.map_or_else(|| "this file".to_owned(), |id| format!("revision `{id}`"))
}

impl fmt::Display for Problem {
    /// The message alone; [`Problem::render`] shows the places and the help too.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for Problem {}
