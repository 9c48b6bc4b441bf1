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

mod attributes;
mod cache;
mod call_site;
mod column_type;
mod db_enum;
mod entity;
mod migration_tests;
mod migrations;
mod paths;
mod report;
mod revision;
mod table;
mod test;

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

/// Makes an enum a column, and a type that sqlx writes and reads.
///
/// ```ignore
/// #[derive(Debug, Clone, Copy, PartialEq, servicekit::DbEnum)]
/// #[sqlx(rename_all = "snake_case")]
/// enum State { New, PaidInFull, #[sqlx(rename = "sent")] Shipped }
/// ```
///
/// | | the column | on PostgreSQL | on MySQL |
/// |---|---|---|---|
/// | by default | text, with a check of its values | the same | the same |
/// | `#[db_enum(native)]` | text, with a check of its values | an enum type, `state` or `#[sqlx(type_name = "…")]` | `ENUM(…)` |
/// | `#[repr(i16)]`, `i32`, `i64` | a number, with a check of its values | the same | the same |
///
/// A variant is stored by its name, spelt by `rename_all` or replaced by `rename`; of numbers each variant has its own
/// written out. `#[column(renamed_from = "…")]` above a variant is the text that it had before. Do not derive `sqlx::Type`
/// too.
///
/// `#[db_enum(crate = path)]` says where servicekit is, if not at `::servicekit`.
#[proc_macro_derive(DbEnum, attributes(column, db_enum, sqlx))]
pub fn db_enum(input: TokenStream) -> TokenStream {
    db_enum::expand(input.into()).into()
}

/// Makes a type that sqlx writes and reads a column.
///
/// ```ignore
/// #[derive(Debug, Clone, sqlx::Type, servicekit::ColumnType)]
/// #[sqlx(transparent)]
/// struct Email(String);
/// ```
///
/// A struct around one value has that value's column; with `#[sqlx(type_name = "citext")]` it is of that type on
/// PostgreSQL. An enum that derives `sqlx::Type` has the column that sqlx needs: an enum of the database, or a number with
/// `#[repr(…)]`. For other enums there is [`DbEnum`].
///
/// `#[column_type(crate = path)]` says where servicekit is, if not at `::servicekit`.
#[proc_macro_derive(ColumnType, attributes(column, column_type, sqlx))]
pub fn column_type(input: TokenStream) -> TokenStream {
    column_type::expand(input.into()).into()
}

/// Makes a struct a table with an id, times and tags.
///
/// ```ignore
/// #[servicekit::entity(comment = "who may sign in")]
/// #[derive(Debug, Clone, sqlx::FromRow)]
/// pub struct User {
///     #[column(length = 50, unique)]
///     pub username: String,
/// }
/// ```
///
/// It must stand above every derive: one above it does not see the fields that it adds. These come first and are `pub`:
///
/// | field | type | column |
/// |---|---|---|
/// | `id` | `servicekit::Ulid` | the primary key |
/// | `created_at`, `updated_at` | `DateTime<Utc>` of chrono | by default now |
/// | `tags` | `servicekit::Json<Vec<String>>` | JSON |
///
/// A field of the struct with one of these names replaces the common one: `id` may be a type around a `Ulid` with
/// `impl From<&UserId> for Ulid`, a time a `NaiveDateTime` of UTC, and `tags` a `Vec<String>`.
///
/// The struct gets `#[derive(servicekit::Table)]`, with what is said in parentheses as its `#[table(…)]`, and implements
/// `servicekit::Entity`. Only `Entity::touch` changes `updated_at`.
#[proc_macro_attribute]
pub fn entity(arguments: TokenStream, item: TokenStream) -> TokenStream {
    entity::expand(&arguments.into(), item.into()).into()
}

/// Makes a struct a table: implements `Model`, and registers it.
///
/// ```ignore
/// #[derive(sqlx::FromRow, servicekit::Table)]
/// #[table(unique(user_id, number), index(user_id, placed_at.desc()))]
/// pub struct Order {
///     #[column(primary_key)]
///     pub id: Ulid,
///     #[column(references = User::id, on_delete = cascade)]
///     pub user_id: Ulid,
///     pub number: i32,
///     #[column(default = now())]
///     pub placed_at: DateTime<Utc>,
///     pub note: Option<String>,
/// }
/// ```
///
/// A column has the type of its field, and can be null when the field is an `Option`. The table has the plural of the
/// struct's name: `orders`. sqlx's attributes `rename`, `rename_all`, `skip`, `flatten`, `json` and `try_from` are
/// understood, so that the table and `FromRow` agree.
///
/// # `#[table(…)]`
///
/// Fields are named, not columns.
///
/// - `name = "…"`, `schema = "…"`, `comment = "…"`; `doc_comments` makes comments of the struct's and its fields' docs.
/// - `primary_key(a, b)` with `name`, `deferrable = deferred` or `immediate`.
/// - `unique(a, b)` with `name`, `nulls_not_distinct`, `deferrable`.
/// - `index(a, b.desc(), sql("lower(c)"))` with `name`, `unique`, `filter`, `using`, `include(d)`, `nulls_not_distinct`. A
///   key has `.asc()`, `.desc()`, `.nulls(first)`, `.collate("…")`, `.operator_class("…")`, `.mysql_length(n)`.
/// - `check("…")` with `name`.
/// - `foreign_key(a, b, references(Order::year, Order::number))` with `on_delete`, `on_update`, `matching = full` or
///   `simple`, `deferrable`, `name`; without a model `references("orders", ["year", "number"])`.
/// - `exclude(a = "&&", using = "gist")` with `filter`, `name`, `deferrable`.
/// - `sqlite(option = "…")`, `postgres(…)`, `mysql(…)`: SQL at the end of `CREATE TABLE`.
/// - `renamed_from = "…"`: the name that the table had.
/// - `base = Analytics`: the registry, otherwise `Base`; `unregistered`: none, for parts of tables and generic models.
/// - `crate = path`: where servicekit is.
///
/// # `#[column(…)]`
///
/// - `name = "…"`, `comment = "…"`, `collate = "…"`, `check = "…"`, `renamed_from = "…"`.
/// - `length = 50`; `precision = 12, scale = 2`; `type = numeric(12, 2)`, which needs no `ColumnType` of the field;
///   `sqlite(type = …, collate = "…", option = "…")`, `postgres(…)`, `mysql(…)`.
/// - `primary_key`, `autoincrement`, `identity = always` or `by_default`, `unique`, `index`.
/// - `default = …`: a literal, `now()` or `sql("…")`; `generated = "…"`, `generated_virtual = "…"`.
/// - `references = User::id`, or `references("users", "id")`, with `on_delete`, `on_update` (`no_action`, `restrict`,
///   `cascade`, `set_null`, `set_default`), `matching`, `deferrable`.
/// - `nullable` with `type`, where the field is an alias of an `Option`; `flatten`, `skip` and `json` as sqlx's.
///
/// # Compile errors
///
/// Every mistake is told in one build, at its token. What depends on a Rust type is checked too: `length` on a number, a
/// text as the default of a number, a key whose type is not that of the column that it refers to.
#[proc_macro_derive(Table, attributes(table, column, sqlx))]
pub fn table(input: TokenStream) -> TokenStream {
    table::expand(input.into()).into()
}

/// Makes an `async fn` a test with a migrated database of its own.
///
/// ```ignore
/// use shop::MIGRATIONS;
/// use sqlx::SqlitePool;
///
/// #[servicekit::test(fixtures("users"))]
/// async fn a_user_is_found(pool: SqlitePool) -> sqlx::Result<()> {
///     assert!(shop::find(&pool, "ann").await?.is_some());
///     Ok(())
/// }
/// ```
///
/// The type of the argument says which database it is, and how the test gets it:
///
/// | argument | |
/// |---|---|
/// | `SqlitePool`, `PgPool`, `MySqlPool` | a pool |
/// | `PoolConnection<Sqlite>` | a connection of the pool |
/// | `&mut SqliteConnection`, `Transaction<'_, Sqlite>` | a connection inside a transaction, which is rolled back at the end |
/// | `servicekit::Database<Sqlite>` | a database that is open |
///
/// The history is applied once: to a template, which all test processes share, and of which every test gets a copy. When
/// a revision changes there is another template. The database is dropped when the test succeeds. When it fails, the test
/// prints where its database is, and it is kept until the same test runs again.
///
/// # `#[test(…)]`
///
/// - `migrations = shop::MIGRATIONS`: the history; by default `MIGRATIONS`, which must be in scope. `migrations = false` is
///   an empty database.
/// - `fixtures("users", "rows/orders.sql")`: files whose SQL runs before the test, in this order. A name stands for
///   `fixtures/users.sql`, a path with the ending `.sql` for itself; both are seen from the file of the test.
///   `fixtures(path = "../rows", scripts("users"))` names the folder.
/// - `crate = path`: where servicekit is.
///
/// Tests on servers need `SERVICEKIT_TEST_POSTGRES_URL` or `SERVICEKIT_TEST_MYSQL_URL`. Copies are made ahead there, so that the
/// next test need not wait for its own; `SERVICEKIT_TEST_READY_COPIES` says how many are kept ready, and 0 keeps none.
#[proc_macro_attribute]
pub fn test(arguments: TokenStream, item: TokenStream) -> TokenStream {
    test::expand(arguments.into(), &item.into(), &call_site()).into()
}

/// Makes tests of a whole history, as an item of a test file or at the end of a module.
///
/// ```ignore
/// servicekit::migration_tests!(shop::MIGRATIONS, models = servicekit::Base, databases = [sqlite, postgres]);
/// ```
///
/// It is a module `migration_tests` with these tests; those with a database are there for each of `databases`, such as
/// `migration_tests::sqlite::up_down_up`, and each takes an empty database of its own:
///
/// | test | |
/// |---|---|
/// | `single_head` | no two revisions are the last one |
/// | `every_file_is_embedded` | the program has every file that the folder has |
/// | `recordings_are_repeatable` | a revision in Rust records the same operations each time |
/// | `upgrade_to_head` | the history can be applied |
/// | `up_down_up` | the last 20 revisions, and all that are on no other branch of git: each is applied, reverted, and applied again, and the schema is what it was each time |
/// | `downgrade_to_base` | nothing is left when all revisions are reverted |
/// | `models_match_head` | with `models`: they are what the history makes |
/// | `seeded_rows_survive` | with `seeds`: rows that were inserted on the way are there at head |
///
/// A revision without a downgrade is not reverted; the test prints it.
///
/// # Arguments
///
/// - the history first;
/// - `databases = [sqlite, postgres, mysql]`: by default SQLite alone;
/// - `models = servicekit::Base`, or another list of models;
/// - `seeds = [users()]`: values of `servicekit::testing::Seed`;
/// - `revisions = 50`, or `all`: how many of the last revisions `up_down_up` reverts besides those of this branch;
/// - `name = shop_migrations`: another name of the module;
/// - `crate = path`: where servicekit is.
#[proc_macro]
pub fn migration_tests(input: TokenStream) -> TokenStream {
    migration_tests::expand(input.into()).into()
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
