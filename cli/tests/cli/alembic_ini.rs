//! `alembic.ini` and `pyproject.toml` of Python's Alembic, read by the command line.

use crate::project::Project;

/// What `alembic init` writes with its templates `generic`, which is that of `async` too, `multidb` and `pyproject`, without comments.
const GENERIC: &str = include_str!("alembic_ini/generic.ini");
const MULTIDB: &str = include_str!("alembic_ini/multidb.ini");
const PYPROJECT: &str = include_str!("alembic_ini/pyproject.toml");
const PYPROJECT_INI: &str = include_str!("alembic_ini/pyproject.ini");

/// A revision of the folder `migrations`.
const REVISION: &str = "-- create users\n-- revision: aaaa1\n-- +upgrade\nCREATE TABLE users (id INTEGER);\n-- +downgrade\nDROP TABLE users;\n";

/// Files, and the folder `migrations` with a revision.
fn project(files: &[(&str, &str)]) -> Project {
    let project = Project::empty().file("migrations/versions/aaaa1.sql", REVISION);
    files.iter().fold(project, |project, (name, text)| project.file(name, text))
}

/// Runs the commands one after the other.
fn run(project: &Project, commands: &[&str]) -> String {
    let run = |command: &&str| format!("$ {command}\n{}", project.run(command));
    commands.iter().map(run).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_ini_beside_the_folder_names_the_folder_and_the_database() {
    let ini =
        "[alembic]\nscript_location = %(here)s/migrations\nsqlalchemy.url = sqlite+aiosqlite:///./app.db\n";
    let project = project(&[("alembic.ini", ini)]);
    let commands = [
        "upgrade head",
        "current",
        "-c alembic.ini history",
        "--directory migrations current",
        "downgrade base --yes",
    ];
    insta::assert_snapshot!(run(&project, &commands));
    assert!(project.path("app.db").is_file());
}

#[test]
fn one_ini_for_each_database_works_as_the_guide_of_python_says() {
    let ini = |name: &str| {
        format!("[alembic]\nscript_location = alembic_{name}\nsqlalchemy.url = sqlite:///{name}.db\n")
    };
    let project = Project::empty()
        .file("alembic_main/versions/aaaa1.sql", REVISION)
        .file("alembic_analytics/versions/bbbb1.sql", &REVISION.replace("aaaa1", "bbbb1"))
        .file("alembic_main.ini", &ini("main"))
        .file("alembic_analytics.ini", &ini("analytics"));
    let commands = [
        "-c alembic_main.ini upgrade head",
        "-c alembic_analytics.ini upgrade head",
        "current -c alembic_main.ini",
        "current --directory alembic_analytics",
        "upgrade head -c alembic_other.ini",
    ];
    insta::assert_snapshot!(run(&project, &commands));
    assert!(project.path("main.db").is_file() && project.path("analytics.db").is_file());
}

#[test]
fn a_section_is_chosen_by_its_name() {
    let ini = "[DEFAULT]\nfolder = %(here)s\n[alembic:users]\nscript_location = %(folder)s/migrations\n\
               sqlalchemy.url = sqlite:///users.db\n[orders]\nscript_location = %(folder)s/orders\n\
               sqlalchemy.url = sqlite:///orders.db\n";
    let orders = REVISION.replace("aaaa1", "bbbb1");
    let project = project(&[("alembic.ini", ini), ("orders/versions/bbbb1.sql", &orders)]);
    let commands = [
        "-n users upgrade head",
        "-n alembic:users current",
        "--name orders upgrade",
        "-n order upgrade",
        "--name orders current --check-heads",
    ];
    insta::assert_snapshot!(run(&project, &commands));
}

#[test]
fn the_template_for_several_databases_shares_its_revisions() {
    let ini = MULTIDB.replace("driver://user:pass@localhost/dbname2", "sqlite:///two.db");
    let toml = "database_url = \"sqlite://other.db\"\n";
    let project = project(&[("alembic.ini", &ini), ("migrations.toml", toml)]);
    let first = run(&project, &["-n engine2 upgrade", "-n engine2 current", "-n engine1 current"]);
    std::fs::remove_file(project.path("migrations.toml")).unwrap();
    insta::assert_snapshot!(first + &run(&project, &["current"]));
    assert!(!project.path("other.db").exists());
}

#[test]
fn what_alembic_init_writes_is_read_and_names_no_database() {
    let generic = project(&[("alembic.ini", GENERIC)]);
    let pyproject = project(&[("pyproject.toml", PYPROJECT), ("alembic.ini", PYPROJECT_INI)]);
    let commands = ["heads", "current", "doctor"];
    insta::assert_snapshot!([run(&generic, &commands), run(&pyproject, &commands)].join("\n----\n\n"));
}

#[test]
fn the_configuration_of_the_folder_goes_first() {
    let ini = "[alembic]\nscript_location = migrations\nsqlalchemy.url = sqlite:///ini.db\n\
               recursive_version_locations = true\nfile_template = %%(year)d_%%(rev)s\n";
    let toml = "database_url = \"sqlite://toml.db\"\nfile_template = \"{rev}\"\n";
    let project = project(&[("alembic.ini", ini), ("migrations.toml", toml)]);
    let commands =
        ["upgrade", "revision -m x --rev-id bbbb1", "doctor", "current --database-url sqlite://option.db"];
    insta::assert_snapshot!(run(&project, &commands));
    assert!(project.path("toml.db").is_file() && !project.path("ini.db").exists());
}

#[test]
fn further_folders_are_read_and_the_macro_is_told() {
    let ini = "[alembic]\nscript_location = %(here)s/migrations\nsqlalchemy.url = sqlite:///app.db\npath_separator = :\n\
               version_locations = %(here)s/migrations/versions:%(here)s/more\n";
    let more = REVISION.replace("revision: aaaa1", "revision: bbbb1\n-- down_revision: aaaa1");
    let project = project(&[("alembic.ini", ini), ("more/bbbb1.sql", &more)]);
    let alone = run(&project, &["heads"]);
    let project = project.file("migrations.toml", "version_locations = [\"more\"]\n");
    let the_same = run(&project, &["heads"]);
    let project = project.file("migrations.toml", "version_locations = []\n");
    insta::assert_snapshot!([alone, the_same, run(&project, &["heads"])].join("\n"));
}

#[test]
fn a_folder_with_a_configuration_of_its_own_is_not_left_for_an_ini() {
    let ini = "[alembic]\nscript_location = migrations\n";
    let usual = REVISION.replace("aaaa1", "cccc1");
    let project = project(&[("alembic.ini", ini), ("alembic/versions/cccc1.sql", &usual)]);
    let before = run(&project, &["heads"]);
    let project = project.file("alembic.toml", "");
    insta::assert_snapshot!(before + &run(&project, &["heads", "heads --directory migrations"]));
}

#[test]
fn names_of_new_files_follow_the_template_of_the_ini() {
    let ini = "[alembic]\nscript_location = migrations\nfile_template = %%(rev)s-%%(slug)s\n";
    let project = project(&[("alembic.ini", ini)]);
    let first = run(&project, &["revision -m 'add email' --rev-id bbbb1"]);
    let project = project.file("alembic.ini", &ini.replace("%%(rev)s", "%%(month)d"));
    insta::assert_snapshot!(first + &run(&project, &["revision -m 'add more' --rev-id cccc1"]));
}

#[test]
fn the_password_of_an_ini_is_not_shown() {
    let ini = "[alembic]\nscript_location = migrations\nword = h4%%unted\n\
               sqlalchemy.url: postgresql+psycopg2://ann:%(word)s@127.0.0.1:1/shop?made_up=1\n";
    let project = project(&[("alembic.ini", ini)]);
    let first = run(&project, &["current", "doctor"]);
    let twice = format!("{ini}sqlalchemy.url : postgresql://ann:h4unted@127.0.0.1:1/shop\n");
    let project = project.file("alembic.ini", &twice);
    let shown = first + &run(&project, &["current"]);
    assert!(!shown.contains("unted"), "{shown}");
    insta::assert_snapshot!(shown);
}

#[test]
fn json_of_a_command_is_the_same_with_an_ini() {
    let ini = "[alembic]\nscript_location = migrations\nrecursive_version_locations = true\n";
    let project = project(&[("alembic.ini", ini)]);
    let with = project.json("heads");
    std::fs::remove_file(project.path("alembic.ini")).unwrap();
    assert_eq!(with, project.json("heads --directory migrations"));
}

#[test]
fn an_ini_goes_before_a_pyproject_as_in_alembic() {
    let ini = "[alembic]\nscript_location = migrations\nsqlalchemy.url = sqlite:///app.db\n";
    let pyproject = "[tool.alembic]\nscript_location = \"other\"\n\"sqlalchemy.url\" = \"sqlite:///b.db\"\n\
                     file_template = \"%%(rev)s\"\n";
    let project = project(&[("alembic.ini", ini), ("pyproject.toml", pyproject)]);
    let commands = [
        "upgrade",
        "revision -m 'add email' --rev-id bbbb1",
        "current -c pyproject.toml",
        "current -c other.cfg",
    ];
    insta::assert_snapshot!(run(&project, &commands));
    assert!(project.path("app.db").is_file() && !project.path("b.db").exists());
}

#[test]
fn what_cannot_be_read_keeps_a_command_from_another_folder() {
    let project = project(&[("alembic.ini", "[alembic]\nscript_location\n"), ("Cargo.toml", "")]);
    let first = run(&project, &["heads", "upgrade", "heads --directory migrations"]);
    let project = project.file("alembic.ini", "[alembic]\nscript_location = shop:migrations\n");
    insta::assert_snapshot!(first + &run(&project, &["heads", "heads --directory migrations"]));
}

#[test]
fn a_section_needs_a_file_that_has_sections() {
    let project = project(&[("migrations.toml", ""), ("setup.ini", "[metadata]\nname = x\n")]);
    let commands = [
        "-n users current --directory migrations",
        "-n users current",
        "-c setup.ini current",
        "-c pyproject.toml heads",
    ];
    insta::assert_snapshot!(run(&project, &commands));
}
