//! Revision files, the graph they form, and the plans that lead from one set of version rows to another.
//!
//! This crate knows no database and does nothing asynchronous: the compile-time macro, the runtime and the
//! command line all read a folder, check it and plan with the same code.
//!
//! It is for servicekit's own crates, which come in one version. Other programs use the crate `servicekit`: there is no promise
//! that what is public here stays as it is.
//!
//! - [`folder`] reads `alembic/versions/` and finds everything that is wrong with it in one go,
//! - [`graph`] holds the revisions and plans upgrades, downgrades and stamps,
//! - [`sql`] reads SQL as each dialect does: tokens, quotes, statements, and what a statement does to a transaction,
//! - [`digest`] tells an edit of a revision from a reformatting,
//! - [`regular_file`] reads what others have put there without waiting for ever,
//! - [`characters`] knows which characters are not seen as they are,
//! - [`diagnostic`] names each thing that can be wrong, with its place, and renders it.

pub mod characters;
pub mod config;
pub mod descriptor;
pub mod diagnostic;
pub mod digest;
pub mod directory;
pub mod file;
pub mod folder;
pub mod graph;
mod heads;
pub mod id;
mod ignored;
mod models;
mod plan;
pub mod regular_file;
pub mod rust_tokens;
mod source;
pub mod sql;
mod target;

pub use config::Config;
pub use diagnostic::Problem;
pub use digest::Digest;
pub use file::VersionFile;
pub use folder::Folder;
pub use graph::{Graph, GraphError, Node, PlanError, ResolveError, RevisionRef, UnknownRevision};
pub use heads::Heads;
pub use id::{InvalidId, Label, RevisionId};
pub use ignored::{Ignored, IgnoredKind, InvalidIgnored};
pub use models::{InvalidModelChange, ModelChange};
pub use plan::{Direction, Note, Plan, RowChange, StampPlan, StampStep, Step};
pub use source::{LineColumn, Place, Source};
pub use sql::Dialect;
pub use target::{Target, TargetError};
