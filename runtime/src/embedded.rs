//! Revisions as the macros embed them.

use crate::operation::Operations;
use servicekit_chain::{Label, RevisionId};

/// One revision of an embedded history, as data that the compiler has checked.
///
/// It is made by [`migrations!`](crate::migrations) and only read by programs.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_field_names, reason = "`down_revision` is the field's name in every revision file")]
pub struct Revision {
    id: &'static str,
    down_revision: &'static [&'static str],
    branch_labels: &'static [&'static str],
    depends_on: &'static [&'static str],
    message: &'static str,
    path: &'static str,
    digest: &'static [u8; 32],
    body: Body,
}

/// What a revision runs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Body {
    /// The whole text of the `.sql` file; its sections are found when the revision is due.
    Sql(&'static str),
    /// The functions of the `.rs` file.
    Rust(RustFunctions),
}

/// The functions of a `.rs` revision, which record operations.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct RustFunctions {
    pub(crate) upgrade: fn(&mut Operations),
    pub(crate) downgrade: Option<fn(&mut Operations)>,
}

impl RustFunctions {
    /// Made by `revision!` in the file of the revision.
    pub const fn new(upgrade: fn(&mut Operations), downgrade: Option<fn(&mut Operations)>) -> Self {
        Self { upgrade, downgrade }
    }
}

impl Revision {
    /// A revision of a `.sql` file; used by the macro, which has checked every argument.
    #[doc(hidden)]
    #[expect(
        clippy::too_many_arguments,
        reason = "called by the macro only, once per revision, for few tokens"
    )]
    pub const fn sql(
        id: &'static str,
        down_revision: &'static [&'static str],
        branch_labels: &'static [&'static str],
        depends_on: &'static [&'static str],
        message: &'static str,
        path: &'static str,
        digest: &'static [u8; 32],
        text: &'static str,
    ) -> Self {
        let body = Body::Sql(text);
        Self { id, down_revision, branch_labels, depends_on, message, path, digest, body }
    }

    /// A revision of a `.rs` file; used by the macro, which has checked every argument.
    #[doc(hidden)]
    #[expect(
        clippy::too_many_arguments,
        reason = "called by the macro only, once per revision, for few tokens"
    )]
    pub const fn rust(
        id: &'static str,
        down_revision: &'static [&'static str],
        branch_labels: &'static [&'static str],
        depends_on: &'static [&'static str],
        message: &'static str,
        path: &'static str,
        digest: &'static [u8; 32],
        functions: RustFunctions,
    ) -> Self {
        let body = Body::Rust(functions);
        Self { id, down_revision, branch_labels, depends_on, message, path, digest, body }
    }

    /// The identifier.
    pub const fn id(&self) -> RevisionId {
        RevisionId::from_static(self.id)
    }

    pub(crate) const fn id_str(&self) -> &'static str {
        self.id
    }

    /// The revisions that this one follows; none for a base, several for a merge.
    pub fn down_revision(&self) -> impl Iterator<Item = RevisionId> {
        self.down_revision.iter().copied().map(RevisionId::from_static)
    }

    /// The branch labels that its file gives it.
    pub fn branch_labels(&self) -> impl Iterator<Item = Label> {
        self.branch_labels.iter().copied().map(Label::from_static)
    }

    /// The revisions or labels that must be applied before it without being its parents.
    pub fn depends_on(&self) -> impl Iterator<Item = &'static str> {
        self.depends_on.iter().copied()
    }

    /// The first line of the file's comment: what the revision is for.
    pub const fn message(&self) -> &'static str {
        self.message
    }

    /// The file, as messages name it.
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// The digest of what the file runs, without comments, layout and header.
    pub(crate) const fn digest(&self) -> &'static [u8; 32] {
        self.digest
    }

    /// What it runs.
    pub(crate) const fn body(&self) -> Body {
        self.body
    }
}
