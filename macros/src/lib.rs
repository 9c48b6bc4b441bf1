//! The compile-time half of servicekit: [`migrations!`] and [`revision!`].
//!
//! Use them through the crate `servicekit`, which has the types that they expand to.
//!
//! # Overview
//!
//! Both macros work together in one run of the compiler. `migrations!` reads the folder of revisions with
//! `servicekit-chain`, as the command line does, and lists the revisions. Each `.rs` revision becomes a hidden
//! module, and its `revision!` reports the problems of that file, because only a macro in the file can point at the
//! wrong literal.
//!
//! ```text
//! migrations!("alembic")                        revision! { id: "b2", … }
//!        │ tokens, CallSite                             │ tokens, CallSite
//!        ▼                                              ▼
//! migrations::Argument                          revision::Arguments
//!        │ folder                                       │ file
//!        ▼                                              ▼
//! cache::folder ───► Analysis { Folder, Report } ───► cache::reports_on
//!        │                                              │ FileReport
//!        ▼                                              ▼
//! modules, MIGRATIONS, rev, errors              REVISION, errors
//! ```
//!
//! - `CallSite` is the information that only the compiler and cargo have: the file of the invocation, the folder of
//!   its crate, and the place of a token. This file creates it; everything below works on plain data and on the
//!   tokens of `proc_macro2`, and is tested without a compiler.
//! - `Argument` and `Arguments` are the arguments of the macros, parsed by `syn`. They keep the spans, so that an
//!   error points at the wrong argument.
//! - `Analysis` is a folder that was read, with its `Report`: every problem, assigned to the one macro that can point
//!   at it. The cache keeps it for the whole process, so that a thousand `revision!` read the folder once.
//! - `quote` creates the output; only lists with an element for every revision go through text, in
//!   `migrations::list`.

mod cache;
mod call_site;
mod migrations;
mod paths;
mod report;
mod revision;

use call_site::{CallSite, Extent};
use proc_macro::TokenStream;
use servicekit_chain::LineColumn;
use std::env;
use std::path::PathBuf;

/// Checks a folder of revisions at compile time, and embeds it.
///
/// Use it as an item, at module level:
///
/// ```ignore
/// servicekit::migrations!("alembic");
/// ```
///
/// The argument is the folder that holds `versions/`. The macro looks for it next to the crate's `Cargo.toml`, then
/// next to the source file with the macro. It also reads a configuration such as `alembic.toml` next to the folder.
///
/// # Output
///
/// - `pub static MIGRATIONS: servicekit::Migrations`, the history, a small `Copy` value;
/// - `pub mod rev` with a constant for every revision, named after its id in capitals: `rev::R_7F3C2B1A9D4E`.
///   Characters that are not allowed in an identifier become `_`; if two ids have the same name, `_x` and the bytes
///   of the id in hexadecimal are appended. The message gives a second name, such as
///   `rev::ADD_EMAIL_COLUMN_TO_USERS`, unless another revision has the same message;
/// - in test builds, a test `servicekit_env`, which the command line uses to run revisions in Rust. It does nothing
///   unless the command line starts it; then it first calls the function `env` of `alembic/env.rs`, if that file
///   exists.
///
/// For several histories, put each macro into its own module.
///
/// # Compile errors
///
/// One build reports every problem of the folder: a missing parent, a duplicate id, a cycle, two heads, a misspelt
/// header, a file that is not a revision. A problem of a `.rs` revision is shown at the literal in that file; a
/// problem of a `.sql` file is shown with its line.
///
/// # Rebuilding
///
/// The compiler watches every file that was read. To make it notice new files, write a `build.rs`:
///
/// ```
/// println!("cargo::rerun-if-changed=alembic/versions");
/// ```
///
/// # Limits
///
/// The macro refers to the crate as `::servicekit`, so do not rename it in `Cargo.toml`. In a `.rs` revision,
/// `crate::` is the crate that embeds it. If two crates of a workspace embed a folder, it is compiled twice. The
/// macro also works inside a function, but the command line does not find the history there, and the compiler warns
/// in test builds (`unnameable_test_items`).
#[proc_macro]
pub fn migrations(input: TokenStream) -> TokenStream {
    migrations::expand(input.into(), &call_site()).into()
}

/// Declares the revision of a `.rs` file.
///
/// ```ignore
/// //! add email column to users
/// use servicekit::revision::*;
///
/// revision! {
///     id: "7f3c2b1a9d4e",
///     down_revision: "3f2a9c41d07e",
/// }
///
/// pub fn upgrade(op: &mut Operations) {
///     op.execute("ALTER TABLE users ADD COLUMN email TEXT");
/// }
///
/// pub fn downgrade(op: &mut Operations) {
///     op.execute("ALTER TABLE users DROP COLUMN email");
/// }
/// ```
///
/// The keys are `id`, `down_revision` (omitted for the first revision, a list such as `["a1", "b2"]` for a merge),
/// `branch_labels`, `depends_on` and `created`. The file has a function `upgrade` and, if the revision can be
/// reverted, a function `downgrade`; both take a `&mut Operations` and need not be public.
///
/// [`migrations!`] includes the file as a module. Problems of the file, also in relation to the other files of the
/// folder, are errors here.
#[proc_macro]
pub fn revision(input: TokenStream) -> TokenStream {
    revision::expand(input.into(), &call_site()).into()
}

/// What the compiler and cargo know of the invocation that is being expanded.
fn call_site() -> CallSite {
    CallSite {
        manifest_dir: env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from),
        file: proc_macro::Span::call_site().local_file(),
        working_dir: env::current_dir().unwrap_or_default(),
        application: match (env::var("CARGO_PKG_NAME"), env::var("CARGO_PKG_VERSION")) {
            (Ok(name), Ok(version)) => format!("{name} {version}"),
            _ => String::new(),
        },
        extent,
    }
}

/// The place of a token. `proc_macro2` has it only with a feature that would slow down its other users.
fn extent(span: proc_macro2::Span) -> Extent {
    let position = |span: proc_macro::Span| {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        LineColumn::new(number(span.line()), number(span.column()))
    };
    let span = span.unwrap();
    Extent { start: position(span.start()), end: position(span.end()) }
}
