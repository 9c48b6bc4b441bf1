//! A change in the history reaches the program.

use crate::project::{Project, manifest, rust, sql};

const BUILD: &str = "fn main() {\n    println!(\"cargo::rerun-if-changed=alembic/versions\");\n}\n";

/// Prints what is embedded, one revision a line.
const LIST: &str = r#"
servicekit::migrations!("alembic");

fn main() {
    for revision in MIGRATIONS.revisions() {
        println!("{} {} {}", revision.id(), revision.path(), revision.message());
    }
}
"#;

fn listed(project: &Project) -> Vec<String> {
    project.cargo(&["run", "--quiet"]).succeeded().stdout.lines().map(str::to_owned).collect()
}

/// Whether the next build has nothing to do.
fn is_fresh(project: &Project, package: &str) -> bool {
    let said = project.cargo(&["build", "--quiet", "--message-format=json"]).succeeded();
    said.stdout
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["target"]["name"] == package)
        .all(|message| message["fresh"] == true)
}

#[test]
fn adding_editing_renaming_and_deleting_a_revision_each_rebuild() {
    let project = Project::new("rebuilding");
    project.write("build.rs", BUILD).write("src/main.rs", LIST).sql("a1", "");
    assert_eq!(listed(&project), ["a1 alembic/versions/a1.sql make a1"]);
    assert!(is_fresh(&project, "rebuilding"), "nothing changed");

    project.sql("b2", "a1");
    project.write("alembic/versions/c3.rs", rust("c3", "b2"));
    let all = listed(&project);
    assert_eq!(
        all,
        [
            "a1 alembic/versions/a1.sql make a1",
            "b2 alembic/versions/b2.sql make b2",
            "c3 alembic/versions/c3.rs make c3",
        ],
        "two were added"
    );

    project.write("alembic/versions/b2.sql", sql("b2", "a1").replace("make b2", "make it better"));
    assert_eq!(listed(&project)[1], "b2 alembic/versions/b2.sql make it better", "one was edited");

    project.write("alembic/versions/c3.rs", rust("c3", "b2").replace("make c3", "make it best"));
    assert_eq!(listed(&project)[2], "c3 alembic/versions/c3.rs make it best", "one was edited");

    project.rename("alembic/versions/b2.sql", "alembic/versions/b2_better.sql");
    project.rename("alembic/versions/c3.rs", "alembic/versions/c3_best.rs");
    assert_eq!(
        listed(&project)[1..],
        ["b2 alembic/versions/b2_better.sql make it better", "c3 alembic/versions/c3_best.rs make it best"],
        "two were renamed"
    );

    project.remove("alembic/versions/c3_best.rs");
    project.remove("alembic/versions/b2_better.sql");
    assert_eq!(listed(&project), ["a1 alembic/versions/a1.sql make a1"], "two were deleted");
    assert!(is_fresh(&project, "rebuilding"), "nothing changed");
}

#[test]
fn an_edit_or_a_deletion_rebuilds_without_a_build_script() {
    let project = Project::new("without-script");
    project.write("src/main.rs", LIST).sql("a1", "").sql("b2", "a1");
    project.write("alembic.toml", "version_table = \"one\"\n");
    project.cargo(&["build", "--quiet"]).succeeded();
    assert!(is_fresh(&project, "without-script"), "nothing changed");

    project.write("alembic/versions/a1.sql", sql("a1", "").replace("make a1", "make it better"));
    assert!(!is_fresh(&project, "without-script"), "a revision was edited");

    project.write("alembic.toml", "version_table = \"two\"\n");
    assert!(!is_fresh(&project, "without-script"), "the configuration was edited");

    project.remove("alembic/versions/b2.sql");
    assert!(!is_fresh(&project, "without-script"), "a revision was deleted");
    assert!(is_fresh(&project, "without-script"), "nothing changed");
}

#[test]
fn a_broken_history_compiles_again_once_it_is_mended() {
    let project = Project::new("fixing");
    project.write("build.rs", BUILD).write("src/main.rs", LIST).sql("a1", "").sql("b2", "a1");
    project.cargo(&["build", "--quiet"]).succeeded();

    project.sql("b2", "a2");
    project.cargo(&["build", "--quiet"]).failed();

    project.sql("b2", "a1");
    assert_eq!(listed(&project).len(), 2);
}

/// Migrates a database in memory and says what came of it.
const START: &str = r#"
servicekit::migrations!("alembic");

fn main() {
    let database = servicekit::SqliteDatabaseBuilder::in_memory().with_migrations(MIGRATIONS).build();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    match runtime.block_on(database.init()) {
        Ok(report) => println!("{} applied", report.steps.len()),
        Err(error) => println!("{error}"),
    }
}
"#;

#[test]
fn without_a_build_script_a_stale_binary_says_so() {
    let project = Project::new("stale");
    let tokio = "tokio = { version = \"1\", default-features = false, features = [\"rt\"] }";
    project.write("Cargo.toml", format!("{}{tokio}\n\n[workspace]\n", manifest("stale")));
    project.write("src/main.rs", START).sql("a1", "").sql("b2", "a1");
    let started = || project.cargo(&["run", "--quiet"]).succeeded().stdout;
    assert_eq!(started(), "2 applied\n");

    project.sql("c3", "b2");
    let said = started();
    let first = said.lines().next();
    let stale = "this binary is stale: in `alembic`, `c3.sql` is on disk but was not compiled in";
    assert_eq!(first, Some(stale), "{said}");

    // Any change in the crate compiles it again.
    project.write("src/main.rs", format!("{START}\n"));
    assert_eq!(started(), "3 applied\n");
}
