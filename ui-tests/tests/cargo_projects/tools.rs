//! What clippy and rustdoc say of a crate with a history.

use crate::project::{Project, rust, sql};

/// The strictest crate: what a user may have switched on, in code that follows it.
const STRICT: &str = r#"//! A library.
#![deny(warnings, missing_docs, unreachable_pub, missing_debug_implementations, unused)]
#![deny(rust_2018_idioms, rust_2024_compatibility, unused_qualifications, single_use_lifetimes)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery, clippy::cargo)]
#![allow(clippy::cargo_common_metadata, clippy::multiple_crate_versions)]
#![forbid(unsafe_code)]

servicekit::migrations!("alembic");

/// A history of our own.
mod inner {
    servicekit::migrations!("inner");
}

/// Both.
#[must_use]
pub const fn histories() -> [servicekit::Migrations; 2] {
    [MIGRATIONS, inner::MIGRATIONS]
}
"#;

fn strict(name: &str) -> Project {
    let project = Project::new(name);
    project.write("src/lib.rs", STRICT);
    for folder in ["alembic", "inner"] {
        let message = "make <users> ['of'] `created_at`, see https://example.org/a_b and foo_bar";
        let more = "\n//! - with more of it\n//! than one line, and no full stop";
        let spoken = |text: String, more| {
            text.replacen("make a1", message, 1).replacen("make b2", &format!("{message}{more}"), 1)
        };
        project.write(&format!("{folder}/versions/a1.sql"), spoken(sql("a1", ""), ""));
        project.write(&format!("{folder}/versions/b2.rs"), spoken(rust("b2", "a1"), more));
        let c3 = sql("c3", "b2").replacen("make c3", "make_c3: *all* <T> [x](y) & \\ | ~ of $it #1", 1);
        project.write(&format!("{folder}/versions/c3.sql"), c3);
    }
    project
}

#[test]
fn clippy_has_nothing_to_say_with_everything_switched_on() {
    strict("strict-clippy")
        .cargo(&["clippy", "--quiet", "--all-targets", "--", "-D", "warnings"])
        .succeeded();
}

#[test]
fn rustdoc_has_nothing_to_say_and_shows_ids_with_their_messages() {
    let project = strict("strict-doc");
    let strictest = [("RUSTDOCFLAGS", "-D warnings -D rustdoc::all")];
    project.cargo_with(&["doc", "--quiet", "--no-deps"], &strictest).succeeded();
}

#[test]
fn a_program_that_uses_little_of_its_history_has_no_warnings() {
    let project = Project::new("bin-only");
    project.write(
        "src/main.rs",
        "#![deny(warnings)]\nmod db {\n    servicekit::migrations!(\"alembic\");\n}\n\nfn main() {\n    \
         println!(\"{}\", db::MIGRATIONS.revisions().len());\n}\n",
    );
    project.sql("a1", "").write("alembic/versions/b2.rs", rust("b2", "a1"));
    let said = project.cargo(&["check", "--quiet"]).succeeded();
    assert_eq!(said.stderr, "");
}
