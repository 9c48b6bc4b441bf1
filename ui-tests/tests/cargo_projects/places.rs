//! Where a crate and its history may live.

use crate::project::{Project, manifest, rust, sql};

const LIBRARY: &str = "servicekit::migrations!(\"alembic\");\npub use rev::R_B2;\n";

#[test]
fn a_path_with_blanks_and_letters_beyond_ascii_is_a_path() {
    let project = Project::in_folder("odd-path", "mit Leerzeichen, Ümläut & 'quotes' {x}");
    project.write("src/lib.rs", LIBRARY);
    project.write("alembic/versions/2024-01-02 Première.sql", sql("a1", ""));
    project.write("alembic/versions/2024-01-03 Deuxième.rs", rust("b2", "a1"));
    project.cargo(&["check", "--quiet"]).succeeded();

    project.write("alembic/versions/2024-01-03 Deuxième.rs", rust("b2", "a2"));
    project.write("alembic/versions/2024-01-04 Troisième.sql", sql("c3", "a3"));
    let said = project.cargo(&["check", "--quiet"]).failed();
    assert_eq!(said.errors().len(), 2, "{}", said.stderr);
    let in_rust = format!("--> {}:6:20", project.path("alembic/versions/2024-01-03 Deuxième.rs").display());
    assert!(said.stderr.contains(&in_rust), "{}", said.stderr);
    assert!(said.stderr.contains("--> alembic/versions/2024-01-04 Troisième.sql:4:19"), "{}", said.stderr);
}

#[test]
fn members_of_a_workspace_share_a_history_and_messages_name_it_from_the_root() {
    let project = Project::empty("shared");
    project.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n");
    project.write("crates/owner/Cargo.toml", manifest("owner"));
    project.write("crates/owner/src/lib.rs", LIBRARY);
    project.write("crates/owner/alembic/versions/a1.sql", sql("a1", ""));
    project.write("crates/owner/alembic/versions/b2.rs", rust("b2", "a1"));
    project.write("crates/guest/Cargo.toml", manifest("guest"));
    project.write(
        "crates/guest/src/main.rs",
        "servicekit::migrations!(\"../owner/alembic\");\n\nfn main() {\n    \
         for revision in MIGRATIONS.revisions() {\n        println!(\"{}\", revision.path());\n    }\n}\n",
    );
    let said = project.cargo(&["run", "--quiet", "-p", "guest"]).succeeded();
    assert_eq!(said.stdout, "../owner/alembic/versions/a1.sql\n../owner/alembic/versions/b2.rs\n");
    project.cargo(&["check", "--quiet", "--workspace"]).succeeded();

    project.write("crates/owner/alembic/versions/a1.sql", sql("a1", "zz"));
    let said = project.cargo(&["check", "--quiet", "-p", "guest"]).failed();
    assert!(said.stderr.contains("--> crates/owner/alembic/versions/a1.sql:4:19"), "{}", said.stderr);
}

#[test]
fn remapped_paths_change_nothing() {
    let project = Project::new("remapped");
    project.write("src/lib.rs", LIBRARY).sql("a1", "");
    project.write("alembic/versions/b2.rs", rust("b2", "a1"));
    let flags = format!("--remap-path-prefix={}=/remapped", project.path("").display());
    let remapped = [("RUSTFLAGS", flags.trim_end_matches('/'))];
    project.cargo_with(&["check", "--quiet"], &remapped).succeeded();

    project.write("alembic/versions/b2.rs", rust("b2", "a2"));
    let said = project.cargo_with(&["check", "--quiet"], &remapped).failed();
    assert_eq!(said.errors().len(), 1, "{}", said.stderr);
    assert!(said.stderr.contains("alembic/versions/b2.rs:6:20"), "{}", said.stderr);
}

#[test]
fn one_folder_may_be_embedded_twice_and_reports_each_problem_once() {
    let project = Project::new("twice");
    project.write("src/lib.rs", "pub mod one {\n    servicekit::migrations!(\"alembic\");\n}\npub mod two {\n    servicekit::migrations!(\"alembic\");\n}\n");
    project.sql("a1", "").write("alembic/versions/b2.rs", rust("b2", "a1"));
    project.cargo(&["check", "--quiet"]).succeeded();

    project.write("alembic/versions/b2.rs", rust("b2", "a2"));
    let said = project.cargo(&["check", "--quiet"]).failed();
    assert_eq!(said.errors().len(), 1, "{}", said.stderr);
}
