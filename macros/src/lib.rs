//! The compile-time half of servicekit: [`migrations!`] and [`revision!`].
//!
//! Use them through the crate `servicekit`, which has the types they expand to.
//!
//! The two work together in one run of the compiler. `migrations!` reads the folder of revisions with
//! `servicekit-chain`, as the command line does, and lists what it found; each `.rs` revision becomes a hidden
//! module, and the `revision!` in it reports what is wrong with that file, because only a macro in the file can point
//! at the literal that is wrong.

mod arguments;
mod cache;
mod expansion;
mod locate;
mod migrations;
mod names;
mod report;
mod revision;
mod tokens;

use proc_macro::TokenStream;

/// Checks a folder of revisions while the crate is compiled, and embeds it.
///
/// It is an item and stands at module level:
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
/// - in a build for tests, a test `servicekit_env` by which the command line gets at revisions in Rust. It does nothing unless
///   the command line has started it; then it calls the function `env` of `alembic/env.rs` first, where there is that file.
///
/// For several histories put each into a module of its own.
///
/// # What does not compile
///
/// Everything that is wrong with a folder, all of it at once: a revision that follows one that is not there, two
/// with the same id, a circle, two heads, a misspelt header, a file that is none. What is wrong with a `.rs`
/// revision is shown in that file, at the very literal; what is wrong with a `.sql` file is shown with its line.
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
    tokens::migrations(input)
}

/// Says which revision a `.rs` file is.
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
    tokens::revision(input)
}
