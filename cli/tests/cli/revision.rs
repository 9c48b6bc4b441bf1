//! `revision`.

use crate::project::{Project, without_times};
use insta::assert_snapshot;
use servicekit_chain::Folder;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// The folder as the compiler would read it, which must be sound.
fn sound(project: &Project) -> Folder {
    let folder = Folder::read(&project.path("alembic"), &project.path(""));
    assert!(folder.is_sound(), "{}", folder.render_problems(false));
    folder
}

#[test]
fn a_new_sql_revision_follows_the_head() {
    let project = Project::with_a_line();
    assert_snapshot!(project.run("revision -m 'Add e-mail to users' --rev-id dddd1"), @"
    Created alembic/versions/dddd1_add_e_mail_to_users.sql
      cccc1 -> dddd1 (head), Add e-mail to users
    ");
    let text = project.read("alembic/versions/dddd1_add_e_mail_to_users.sql");
    assert_snapshot!(without_times(&text), @"
    -- Add e-mail to users
    --
    -- revision: dddd1
    -- down_revision: cccc1
    -- created: [TIME]

    -- +upgrade
    -- The SQL that makes the change.

    -- +downgrade
    -- The SQL that reverts it. Delete this section if the revision cannot be reverted.
    ");
    assert_eq!(sound(&project).graph.unwrap().heads().to_string(), "dddd1");
}

#[test]
fn a_new_rust_revision_follows_the_head_and_is_formatted() {
    let project = Project::with_a_line();
    assert_snapshot!(project.run("revision -m 'fill users' --format rs --rev-id dddd1 --depends-on aaaa1"), @"
    Created alembic/versions/dddd1_fill_users.rs
      cccc1 (aaaa1) -> dddd1 (head), fill users
    ");
    let name = "alembic/versions/dddd1_fill_users.rs";
    assert_snapshot!(without_times(&project.read(name)), @r#"
    //! fill users
    use servicekit::revision::*;

    revision! {
        id: "dddd1",
        down_revision: "cccc1",
        depends_on: "aaaa1",
        created: "[TIME]",
    }

    pub fn upgrade(op: &mut Operations) {
        // Make the change here, for example `op.execute("CREATE TABLE …");`.
        let _ = op;
    }

    pub fn downgrade(op: &mut Operations) {
        // Revert it here. Delete this function if the revision cannot be reverted.
        let _ = op;
    }
    "#);
    assert_eq!(sound(&project).graph.unwrap().heads().to_string(), "dddd1");
    let formatted =
        Command::new("rustfmt").args(["--check", "--edition", "2024"]).arg(project.path(name)).output();
    let formatted = formatted.expect("rustfmt is part of the toolchain");
    assert!(formatted.status.success(), "{}", String::from_utf8_lossy(&formatted.stdout));
}

#[test]
fn a_new_file_has_the_permissions_of_any_new_file_and_nothing_stands_beside_it() {
    let project = Project::new().file("other", "");
    project.run("revision -m one --rev-id aaaa1");
    let mode = |name: &str| fs::metadata(project.path(name)).unwrap().permissions().mode();
    assert_eq!(mode("alembic/versions/aaaa1_one.sql"), mode("other"));
    assert_eq!(project.list("alembic/versions"), ["aaaa1_one.sql"]);
}

#[test]
fn a_new_id_is_12_hexadecimal_digits() {
    let project = Project::new();
    let (first, _) = project.json("revision -m one");
    let (second, _) = project.json("revision -m two");
    let id = first["revision"].as_str().unwrap();
    assert!(id.len() == 12 && id.bytes().all(|b| b.is_ascii_hexdigit()), "{id}");
    assert_eq!(second["down_revision"], serde_json::json!([id]));
    assert_eq!(project.list("alembic/versions").len(), 2);
}

#[test]
fn any_message_gives_a_file_that_is_read_back() {
    let messages = [
        "it's \"odd\" */ /* -- ; \\ {rev} %s $x `y`",
        "two\nlines\r\n\tand a tab",
        "revision: 7f3c2b1a9d4e",
        "down_revision:",
        "+upgrade",
        "+downgrade sqlite",
        "upgrade",
        "migrate:up",
        "-- +transaction off",
        "---",
        "! } pub fn upgrade() { \u{7} \u{202e}abc\u{0}",
        "größe 大きさ 🦀",
        "\"quoted\"",
        &"long ".repeat(200),
    ];
    let project = Project::new();
    for message in messages {
        for format in ["sql", "rs"] {
            let answer = project.run_exactly(&[
                "revision",
                "-m",
                message.replace('\0', "").as_str(),
                "--format",
                format,
            ]);
            assert!(answer.starts_with("Created "), "{message:?}: {answer}");
        }
    }
    let folder = sound(&project);
    let graph = folder.graph.as_ref().unwrap();
    let read = graph.revisions().map(|revision| {
        let file = &folder.files[revision.index()];
        let kind = file.source.name.rsplit('.').next().unwrap();
        let message: String = file.header.message.chars().take(60).collect();
        format!("{kind:3} {message}\n")
    });
    let read = read.collect::<Vec<_>>().concat();
    assert_eq!(graph.len(), 2 * messages.len());
    assert_snapshot!(read, @r#"
    sql it's "odd" */ /* -- ; \ {rev} %s $x `y`
    rs  it's "odd" */ /* -- ; \ {rev} %s $x `y`
    sql two lines and a tab
    rs  two lines and a tab
    sql "revision: 7f3c2b1a9d4e"
    rs  revision: 7f3c2b1a9d4e
    sql "down_revision:"
    rs  down_revision:
    sql "+upgrade"
    rs  +upgrade
    sql "+downgrade sqlite"
    rs  +downgrade sqlite
    sql "upgrade"
    rs  upgrade
    sql "migrate:up"
    rs  migrate:up
    sql -- +transaction off
    rs  -- +transaction off
    sql ---
    rs  ---
    sql ! } pub fn upgrade() { abc
    rs  ! } pub fn upgrade() { abc
    sql größe 大きさ 🦀
    rs  größe 大きさ 🦀
    sql "quoted"
    rs  "quoted"
    sql long long long long long long long long long long long long 
    rs  long long long long long long long long long long long long
    "#);
}

#[test]
fn a_message_is_needed() {
    let project = Project::new();
    assert_snapshot!(project.run("revision -m ' '"), @r#"
    [stderr]
    error: the message is empty
    help: say what the revision does, as in `-m "create users"`
    [exit 2]
    "#);
    assert_snapshot!(project.run("revision"), @"
    [stderr]
    error: the following required arguments were not provided:
      --message <TEXT>

    Usage: servicekit migrations revision --message <TEXT>

    For more information, try '--help'.
    [exit 2]
    ");
}

#[test]
fn with_two_heads_one_must_be_chosen() {
    let project = Project::with_two_heads();
    assert_snapshot!(project.run("revision -m x"), @"
    [stderr]
    error: there are 2 heads, and a new revision follows one: `cccc1` (create orders) and `dddd1` (index users)
    help: choose one, as in `--head cccc1`, or join them first with `servicekit migrations merge heads`
    [exit 4]
    ");
    assert_snapshot!(project.run("revision -m bill --rev-id eeee1 --head sales@head"), @r#"
    Created alembic/versions/eeee1_bill.sql
      cccc1 -> eeee1 (sales) (head), bill
    [stderr]
    note: `alembic/versions` has two heads: `dddd1` and `eeee1`
    help: join them with `servicekit migrations merge heads`, or set `allow = ["multiple_heads"]` in `alembic.toml`
    "#);
}

#[test]
fn a_branch_begins_only_on_request() {
    let project = Project::with_a_line();
    assert_snapshot!(project.run("revision -m bill --head bbbb1"), @"
    [stderr]
    error: `bbbb1` (add email) is not a head: `cccc1` (create orders) follows it
    help: pass `--splice` to begin a branch here, or follow a head
    [exit 1]
    ");
    assert_snapshot!(project.run("revision -m bill --head bbbb1 --splice --branch-label billing --rev-id dddd1"), @r#"
    Created alembic/versions/dddd1_bill.sql
      bbbb1 -> dddd1 (billing) (head), bill
    [stderr]
    note: `alembic/versions` has two heads: `cccc1` and `dddd1`
    help: join them with `servicekit migrations merge heads`, or set `allow = ["multiple_heads"]` in `alembic.toml`
    "#);
}

#[test]
fn a_history_of_its_own_begins_at_base() {
    let project = Project::with_a_line().file("alembic.toml", "allow = [\"multiple_heads\"]\n");
    assert_snapshot!(project.run("revision -m bill --head base --depends-on bbbb --depends-on bbbb1 --rev-id dddd1"), @r#"
    Created alembic/versions/dddd1_bill.sql
      <base> (bbbb1) -> dddd1 (head), bill
    [stderr]
    note: `alembic/versions` has two first revisions: `aaaa1` and `dddd1`
    help: give all but one a `down_revision`, or set `allow = ["multiple_bases"]` in `alembic.toml`
    "#);
}

#[test]
fn a_dependency_may_be_a_label_which_is_kept() {
    let project = Project::with_two_heads();
    project.run("revision -m bill --head dddd1 --depends-on sales --depends-on sales@head --rev-id eeee1");
    let text = project.read("alembic/versions/eeee1_bill.sql");
    assert_eq!(text.lines().find(|line| line.contains("depends_on")), Some("-- depends_on: sales, cccc1"));
}

#[test]
fn names_that_are_taken_or_cannot_be_names_are_refused() {
    let project = Project::with_two_heads();
    for command in [
        "revision -m x --head dddd1 --rev-id cccc1",
        "revision -m x --head dddd1 --rev-id sales",
        "revision -m x --head dddd1 --branch-label sales",
        "revision -m x --head dddd1 --branch-label aaaa1",
        "revision -m x --head dddd1 --branch-label new --rev-id new",
        "revision -m x --head dddd1 --rev-id 2026-11",
        "revision -m x --head dddd1 --rev-id head",
        "revision -m x --head dddd1 --branch-label 'a b'",
        "revision -m x --head nosuch",
        "revision -m x --head dddd1 --depends-on nosuch",
        "revision -m x --head dddd1 --depends-on base",
    ] {
        let answer = project.run(command);
        assert!(answer.contains("[exit "), "{command}: {answer}");
    }
    assert_eq!(project.list("alembic/versions").len(), 4);
    assert_snapshot!(project.run("revision -m x --head dddd1 --rev-id sales"), @"
    [stderr]
    error: the id `sales` is taken: `alembic/versions/cccc1.sql` has it
    help: leave `--rev-id` out for a new one
    [exit 1]
    ");
    assert_snapshot!(project.run("revision -m x --head dddd1 --branch-label aaaa1"), @"
    [stderr]
    error: the branch label `aaaa1` is taken: `aaaa1` (create users) has it
    help: choose another label
    [exit 1]
    ");
    assert_snapshot!(project.run("revision -m x --head dddd1 --branch-label new --rev-id new"), @"
    [stderr]
    error: `new` is given both as the id and as a branch label
    help: choose another label
    [exit 1]
    ");
    assert_snapshot!(project.run("revision -m x --head dddd1 --rev-id 2026-11"), @"
    [stderr]
    error: `2026-11` cannot be a revision id: the character '-' is not allowed in it
    help: use letters, digits, `_` and `.`
    [exit 2]
    ");
    assert_snapshot!(project.run("revision -m x --head dddd1 --depends-on base"), @"
    [stderr]
    error: `base` is before the first revision, so nothing can depend on it
    help: name a revision or a branch label
    [exit 4]
    ");
}

#[test]
fn the_file_is_named_by_the_template_and_nothing_is_written_over() {
    let project = Project::new().file("alembic.toml", "file_template = \"{slug}\"\n");
    assert_snapshot!(project.run("revision -m 'Create users' --rev-id aaaa1"), @"
    Created alembic/versions/create_users.sql
      <base> -> aaaa1 (head), Create users
    ");
    let before = project.read("alembic/versions/create_users.sql");
    assert_snapshot!(project.run("revision -m 'create users' --rev-id bbbb1"), @"
    [stderr]
    error: `alembic/versions/create_users.sql` already exists
    help: put `{rev}` into `file_template` in the configuration, or choose another message
    [exit 1]
    ");
    assert_eq!(project.read("alembic/versions/create_users.sql"), before);
    assert_eq!(project.list("alembic/versions"), ["create_users.sql"]);
}

#[test]
fn a_template_may_name_folders_when_they_are_read() {
    let config = "file_template = \"{rev}/{slug}\"\n";
    let project = Project::new().file("alembic.toml", config);
    assert_snapshot!(project.run("revision -m one --rev-id aaaa1"), @"
    [stderr]
    error: the file template `{rev}/{slug}` makes the name `aaaa1/one.sql`, which is in a folder, and folders are read with `recursive = true` only
    help: change `file_template` in the configuration; the default is `{rev}_{slug}`
    [exit 1]
    ");
    assert_eq!(project.list("alembic/versions"), [""; 0]);
    let project = project.file("alembic.toml", &format!("recursive = true\n{config}"));
    assert_snapshot!(project.run("revision -m one --rev-id aaaa1"), @"
    Created alembic/versions/aaaa1/one.sql
      <base> -> aaaa1 (head), one
    ");
    sound(&project);
}

#[test]
fn the_first_revision_makes_the_folder_in_a_package() {
    let project = Project::empty().file("Cargo.toml", "");
    assert_snapshot!(project.run("revision -m 'create users' --rev-id aaaa1"), @"
    Created alembic/versions/aaaa1_create_users.sql
      <base> -> aaaa1 (head), create users
    ");
    assert_eq!(project.list("alembic/versions"), ["aaaa1_create_users.sql"]);
}

#[test]
fn the_first_revision_makes_versions_in_a_folder_that_is_there() {
    let project = Project::empty().file("db/env.rs", "");
    assert_snapshot!(project.run("revision -m 'create users' --rev-id aaaa1 --directory db"), @"
    Created db/versions/aaaa1_create_users.sql
      <base> -> aaaa1 (head), create users
    ");
}

#[test]
fn no_folder_is_made_anywhere_else_and_none_is_left_behind_by_a_failure() {
    let project = Project::empty();
    assert_snapshot!(project.run("revision -m x"), @"
    [stderr]
    error: there is no folder `alembic`
    help: create it with `mkdir -p alembic/versions`, or name the folder that holds `versions/` with `--directory`
    [exit 3]
    ");
    let project = project.file("Cargo.toml", "").file("alembic.toml", "file_template = \".{rev}\"\n");
    assert_snapshot!(project.run("revision -m x --rev-id aaaa1"), @"
    [stderr]
    error: the file template `.{rev}` makes the name `.aaaa1.sql`, which is left alone when revisions are read
    help: change `file_template` in the configuration; the default is `{rev}_{slug}`
    [exit 1]
    ");
    assert_eq!(project.list(""), ["Cargo.toml", "alembic.toml"]);
}

#[test]
fn a_folder_that_cannot_be_written_is_said() {
    let project = Project::new();
    let long = "x".repeat(250);
    assert_snapshot!(project.run(&format!("revision -m one --rev-id {long}")).replace(&long, "[250 x]"), @"
    [stderr]
    error: cannot write `alembic/versions/[250 x]_one.sql`: File name too long (os error 36)
    [exit 1]
    ");
    assert_eq!(project.list("alembic/versions"), [""; 0]);
}

#[test]
fn a_file_goes_into_the_folder_of_the_revision_it_follows_or_the_one_that_is_named() {
    let config = "version_locations = [\"billing\"]\nallow = [\"multiple_heads\", \"multiple_bases\"]\n";
    let project = Project::with_a_line()
        .file("alembic.toml", config)
        .file("billing/.gitkeep", "")
        .file("elsewhere/.gitkeep", "");
    let run = |arguments: &str| project.run(&format!("revision -m x {arguments}"));
    assert_snapshot!([
        run("--head base --rev-id m1 --version-path billing"),
        run("--head m1 --rev-id m2"),
        run("--head cccc1 --rev-id n1"),
        run("--head n1 --rev-id n2 --version-path ./billing/"),
        run("--head m2 --rev-id m3 --version-path elsewhere"),
        run("--head m2 --rev-id m3 --version-path nosuch --json"),
        project.run("merge m2 n2 --rev-id z1 -m together"),
    ].concat(), @r#"
    Created billing/m1_x.sql
      <base> -> m1 (head), x
    Created billing/m2_x.sql
      m1 -> m2 (head), x
    Created alembic/versions/n1_x.sql
      cccc1 -> n1 (head), x
    Created billing/n2_x.sql
      n1 -> n2 (head), x
    [stderr]
    error: `elsewhere` is not a folder of versions; there are `alembic/versions` and `billing`
    help: create it, and add it to `version_locations` in `alembic.toml`, as in `version_locations = ["elsewhere"]`
    [exit 2]
    {
      "error": {
        "code": "unknown_version_path",
        "message": "`nosuch` is not a folder of versions; there are `alembic/versions` and `billing`",
        "help": "create it, and add it to `version_locations` in `alembic.toml`, as in `version_locations = [\"nosuch\"]`"
      }
    }
    [exit 2]
    Created billing/z1_together.sql
      m2, n2 -> z1 (head) (mergepoint), together
    "#);
    assert!(sound(&project).is_sound());
}

#[test]
fn a_template_of_the_folder_is_filled_and_must_say_what_it_should() {
    let template =
        "-- {message}\n--\n-- owner: the shop team\n{header}\n\n-- +upgrade postgres\n\n-- +upgrade\n";
    let project = Project::with_a_line()
        .file("alembic/revision.sql.template", template)
        .file("alembic/revision.rs.template", "//! {message}\nuse shop::helpers::*;\n");
    assert_snapshot!(project.run("revision -m 'add {header} and {message}' --rev-id d1"), @"
    Created alembic/versions/d1_add_header_and_message.sql
      cccc1 -> d1 (head), add {header} and {message}
    ");
    assert_snapshot!(without_times(&project.read("alembic/versions/d1_add_header_and_message.sql")), @"
    -- add {header} and {message}
    --
    -- owner: the shop team
    -- revision: d1
    -- down_revision: cccc1
    -- created: [TIME]

    -- +upgrade postgres

    -- +upgrade
    ");
    assert!(sound(&project).is_sound());
    assert_snapshot!(project.run("revision -m 'in Rust' --rev-id e1 --format rs"), @"
    [stderr]
    error: the template `alembic/revision.rs.template` makes a file without the header or the message of the revision
    help: it needs `{message}` as its first paragraph and `{header}` below; without `alembic/revision.rs.template` the built-in one is used
    [exit 1]
    ");
    // A merge changes nothing, and has no use for it.
    project.run("revision -m other --rev-id e1 --head cccc1 --splice");
    project.run("merge --rev-id f1 -m together");
    assert_snapshot!(without_times(&project.read("alembic/versions/f1_together.sql")), @"
    -- together
    --
    -- revision: f1
    -- down_revision: d1, e1
    -- created: [TIME]

    -- +upgrade

    -- +downgrade
    ");
    let project = project.file("alembic/revision.sql.template", "\u{0}");
    assert_snapshot!(project.run("revision -m more --rev-id g1 --json"), @r#"
    {
      "error": {
        "code": "bad_template",
        "message": "the template `alembic/revision.sql.template` makes a file without the header or the message of the revision",
        "help": "it needs `{message}` as its first paragraph and `{header}` below; without `alembic/revision.sql.template` the built-in one is used"
      }
    }
    [exit 1]
    "#);
    std::fs::remove_file(project.path("alembic/revision.sql.template")).unwrap();
    std::fs::create_dir(project.path("alembic/revision.sql.template")).unwrap();
    assert_snapshot!(project.run("revision -m more --rev-id g1"), @"
    [stderr]
    error: cannot read the template `alembic/revision.sql.template`: it is a folder
    [exit 1]
    ");
}
