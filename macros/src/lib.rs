//! The compile-time half of servicekit: [`migrations!`] and [`revision!`].
//!
//! Use them through the crate `servicekit`, which has the types they expand to.
//!
//! # Overview
//!
//! The two work together in one run of the compiler. `migrations!` reads the folder of revisions with
//! `servicekit-chain`, as the command line does, and lists what it found; each `.rs` revision becomes a hidden
//! module, and the `revision!` in it reports what is wrong with that file, because only a macro in the file can point
//! at the literal that is wrong.
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
//! - `CallSite` is all that only the compiler and cargo know: the file of the invocation, the folder of its crate, and
//!   the place of a token. This file makes it; everything below works on plain data and on the tokens of `proc_macro2`, and
//!   is tested without a compiler.
//! - `Argument` and `Arguments` are what is written between the brackets, parsed by `syn`. They keep the spans, so that
//!   an error points at the argument that is wrong.
//! - `Analysis` is a folder that was read, with its `Report`: every problem, given to the one macro that can point at it.
//!   The cache keeps it for as long as the process lives, so that a thousand `revision!` read the folder once.
//! - What is emitted is made by `quote`; only lists with an element for every revision go through text, in
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

/// Checks a folder of revisions while the crate is compiled, and embeds it.
///
/// It is an item, at module level:
///
/// ```ignore
/// servicekit::migrations!("alembic");
/// ```
///
/// The folder is the one that holds `versions/`. It is looked for beside the crate's `Cargo.toml`, then beside the
/// file with the macro. A configuration such as `alembic.toml` beside it is read too.
///
/// # What it gives
///
/// - `pub static MIGRATIONS: servicekit::Migrations`, the history, a small value that can be copied;
/// - `pub mod rev` with a constant for every revision, named after its id in capitals: `rev::R_7F3C2B1A9D4E`. A
///   character that cannot be in an identifier becomes `_`; ids that come out the same get an `_x` and the bytes of
///   the id in hexadecimal behind their name. The words of the message give a second name, such as
///   `rev::ADD_EMAIL_COLUMN_TO_USERS`, unless another revision has the same. A name that does not exist does not
///   compile;
/// - in a build for tests, a test `servicekit_env` by which the command line runs revisions in Rust. It does nothing unless
///   the command line has started it; then it first calls the function `env` of `alembic/env.rs`, if that file exists.
///
/// For several histories put each into a module of its own.
///
/// # What does not compile
///
/// Everything that is wrong with a folder, all of it at once: a revision that follows one that does not exist, two
/// with the same id, a circle, two heads, a misspelt header, a file that is not a revision. What is wrong with a `.rs`
/// revision is shown in that file, at the literal itself; what is wrong with a `.sql` file is shown with its line.
///
/// # Rebuilding
///
/// The compiler watches every file that was read. For it to see a new file, write a `build.rs`:
///
/// ```
/// println!("cargo::rerun-if-changed=alembic/versions");
/// ```
///
/// # Limits
///
/// The macro names the crate as `::servicekit`, so that crate may not be renamed in `Cargo.toml`. In a `.rs`
/// revision, `crate::` is the crate that embeds it. A folder that two crates of a workspace embed is compiled twice.
/// Inside of a function the macro works too, but the command line does not find the history there, and in a build for tests
/// the compiler warns of it (`unnameable_test_items`).
#[proc_macro]
pub fn migrations(input: TokenStream) -> TokenStream {
    migrations::expand(input.into(), &call_site()).into()
}

/// Declares which revision a `.rs` file is.
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
/// The keys are `id`, `down_revision` (left out for the first revision, a list such as `["a1", "b2"]` for a merge),
/// `branch_labels`, `depends_on` and `created`. The file has a function `upgrade` and, when the revision can be
/// reverted, a function `downgrade`; both take a `&mut Operations` and need not be public.
///
/// [`migrations!`] names the file as a module. What is wrong with it, also in relation to the other files of the
/// folder, is an error here.
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
