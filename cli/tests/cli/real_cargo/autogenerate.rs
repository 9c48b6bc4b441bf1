//! From models to revisions and back: a library on SQLite, a program on PostgreSQL, a member of a workspace on MariaDB.

use super::{Crate, without_cargo, without_cargo_lines};
use insta::assert_snapshot;
use servicekit_test_servers::{mysql, postgres};
use std::process::Command;

const MODELS: &str = r#"use servicekit::{Table, Ulid};

#[derive(Table)]
pub struct User {
    #[column(primary_key)]
    pub id: Ulid,
    #[column(length = 254, unique)]
    pub email: String,
    #[column(index)]
    pub age: Option<i32>,
}

#[derive(Table)]
#[table(check("total >= 0"))]
pub struct Order {
    #[column(primary_key)]
    pub id: Ulid,
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: Ulid,
    #[column(default = 0)]
    pub total: i64,
}
"#;

/// A crate with models, and a database.
struct Shop {
    made: Crate,
    url: String,
}

impl Shop {
    /// A crate that `init` set up; its models are in `src/models.rs`.
    fn new(name: &str, kind: &str, feature: &str, url: Option<String>) -> Self {
        let made = Crate::new(name, kind);
        made.migrations(&["init"]);
        made.patch();
        let manifest = made.read("Cargo.toml");
        assert!(manifest.contains("\"models\""), "{manifest}");
        made.write("Cargo.toml", &manifest.replace("\"models\"", &format!("\"models\", \"{feature}\"")));
        let (file, rest) = match kind {
            "--lib" => ("src/lib.rs", ""),
            _ => ("src/main.rs", "\nfn main() {}\n"),
        };
        made.write(
            file,
            &format!("#![allow(dead_code)]\nmod models;\n\nservicekit::migrations!(\"alembic\");\n{rest}"),
        );
        made.write("src/models.rs", MODELS);
        let url = url.unwrap_or_else(|| format!("sqlite://{}", made.folder.join("app.db").display()));
        Self { made, url }
    }

    /// What these command lines print, one after the other.
    fn session(&self, lines: &[&str]) -> String {
        self.session_on(&self.url, lines)
    }

    /// The same on another database.
    fn session_on(&self, url: &str, lines: &[&str]) -> String {
        self.session_with(lines, |command| command.env("DATABASE_URL", url))
    }

    /// The same without a database.
    fn without_database(&self, lines: &[&str]) -> String {
        self.session_with(lines, |command| command.env_remove("DATABASE_URL"))
    }

    fn session_with(&self, lines: &[&str], set: impl Fn(&mut Command) -> &mut Command) -> String {
        let shown = lines.iter().map(|line| {
            let output = set(&mut self.made.command(line)).output().unwrap();
            format!("$ {line}\n{}", without_cargo(&output))
        });
        shown.collect()
    }

    fn change(&self, before: &str, after: &str) {
        let text = self.made.read("src/models.rs");
        assert!(text.contains(before), "no {before} in\n{text}");
        self.made.write("src/models.rs", &text.replace(before, after));
    }

    /// The written file, without its header.
    fn file(&self, name: &str) -> String {
        let text = self.made.read(&format!("alembic/versions/{name}"));
        text.split_once("\n\npub fn upgrade").map(|(_, rest)| format!("pub fn upgrade{rest}")).unwrap()
    }
}

#[test]
fn models_of_a_library_become_revisions_on_sqlite() {
    let shop = Shop::new("autogenerate_library", "--lib", "sqlite", None);
    assert_snapshot!(shop.session(&[
        "check",
        "revision --autogenerate --rev-id a1",
        "check",
        "revision --autogenerate --rev-id a2",
        "upgrade",
        "check",
        "revision --autogenerate --rev-id a2",
    ]));
    assert_snapshot!(
        shop.made.read("alembic/versions/a1_create_orders_and_1_more.rs").replace(&created(&shop), "[TIME]")
    );

    // Something goes, something comes, something is renamed, and rows need a value.
    shop.change("pub email: String", "pub mail: String");
    shop.change("    #[column(index)]\n    pub age: Option<i32>,\n", "    pub country: String,\n");
    assert_snapshot!(shop.session(&[
        "revision --autogenerate --rev-id b2",
        "revision --autogenerate --rev-id b2 --rename users.email=mail --allow-drop users.age",
        "revision --autogenerate --rev-id b2 --rename users.email=mail --allow-drop users.age --backfill users.country=NO",
        "check",
        "upgrade",
        "check",
        "downgrade -1 --yes",
        "upgrade",
        "check --json",
    ]));
    assert_snapshot!(shop.file("b2_rename_email_of_users_to_mail_and_3_more.rs"));

    // The history in the place of a database, of which there is none.
    shop.change("    pub country: String,\n", "    pub country: String,\n    pub note: Option<String>,\n");
    assert_snapshot!(shop.without_database(&[
        "check",
        "check --scratch",
        "check --scratch --scratch-url sqlite://app.db",
        "check --scratch-url sqlite://app.db",
        "revision --scratch -m nothing",
        "revision --autogenerate --scratch --rev-id c3 --allow-drop users.mail",
        "revision --autogenerate --scratch --rev-id c3",
        "check --scratch",
    ]));
    let written = shop.made.read("alembic/versions/c3_add_note_to_users.rs");
    assert!(written.contains("between the models and the history, on SQLite"), "{written}");

    // What is left as it is.
    shop.change("    pub note: Option<String>,\n", "    pub note: i64,\n    pub more: Option<i64>,\n");
    shop.change("#[column(length = 254, unique)]", "#[column(length = 254)]");
    shop.change("pub country: String", "pub country: i64");
    shop.made
        .write("alembic.toml", "ignore = [\"column users.more\", \"unique users\", \"colum users.note\"]\n");
    let before = shop.without_database(&["check --scratch"]);
    shop.made.write(
        "alembic.toml",
        "ignore = [\"column users.more\", \"unique users.*\", \"type users.note\", \"null users.note\"]\n",
    );
    let some = shop.without_database(&["check --scratch"]);
    let env = shop.made.read("alembic/env.rs");
    shop.made.write(
        "alembic/env.rs",
        "use servicekit::{Base, Metadata};\n\npub fn env() -> Metadata {\n    \
         Metadata::registered::<Base>().ignoring([\"type users.coun*\"])\n}\n",
    );
    let all = shop.without_database(&["check --scratch", "revision --autogenerate --scratch --rev-id d4"]);
    shop.made.write("alembic/env.rs", &shop.made.read("alembic/env.rs").replace("type users", "types users"));
    let wrong = shop.without_database(&["check --scratch"]);
    shop.made.write("alembic/env.rs", &env);
    assert_snapshot!([before, some, all, wrong].concat());
}

/// A person answers, one line after the other; the terminal shows what is typed at once.
#[cfg(target_os = "linux")]
#[test]
fn a_person_is_asked_what_cannot_be_known() {
    let shop = Shop::new("autogenerate_asked", "--lib", "sqlite", None);
    shop.session(&["revision --autogenerate -m first --rev-id a1", "upgrade"]);
    shop.change("pub email: String", "pub mail: String");
    shop.change("    #[column(index)]\n    pub age: Option<i32>,\n", "    pub since: i32,\n");
    let ask = |typed: &str| {
        let command = "revision --autogenerate -m second --rev-id b2 --color never";
        let line = format!(
            "printf '{typed}' | script -qec 'DATABASE_URL={} servicekit migrations {command}' /dev/null",
            shop.url
        );
        let seen = String::from_utf8(shop.made.shell(&line).stdout).unwrap().replace('\r', "");
        // The terminal shows what is typed before it is asked for.
        let asked = seen.find("  users.email goes").unwrap_or_default();
        seen[asked..].to_owned()
    };
    // Nothing is taken for granted: an empty line is no.
    let nothing = ask(&"\\n".repeat(9));
    assert!(nothing.contains("the revision would drop"), "{nothing}");
    let unanswered = ask(&["y\\n", "n\\n", "y\\n", &"\\n".repeat(9)].concat());
    assert!(unanswered.contains("rows that are there would get no value for `users.since`"), "{unanswered}");
    assert!(!shop.made.folder.join("alembic/versions/b2_second.rs").exists(), "nothing is written");
    assert_snapshot!(ask("y\\nn\\ny\\nlong\\n2020\\n\\n\\n"));
    assert_snapshot!(shop.file("b2_second.rs"));
    assert!(shop.session(&["upgrade", "check"]).contains("The models and the database are the same"));
}

fn created(shop: &Shop) -> String {
    let text = shop.made.read("alembic/versions/a1_create_orders_and_1_more.rs");
    let at = text.find("created: \"").unwrap() + "created: \"".len();
    text[at..].split('"').next().unwrap().to_owned()
}

#[test]
fn the_guide_to_autogenerate_tells_the_truth() {
    let shop = Crate::new("shop_guide", "--bin");
    shop.migrations(&["init"]);
    shop.patch();
    tells_the_truth("autogenerate.md", &shop, "");
}

#[test]
fn the_guide_to_several_databases_tells_the_truth() {
    let Some(server) = postgres() else { return };
    let database = server.create_database();
    let shop = Crate::new("shop_several", "--bin");
    shop.migrations(&["init"]);
    shop.patch();
    tells_the_truth("several-databases.md", &shop, database.url());
}

/// A page of the guide prints what its command lines print in this crate, with the URL of another database.
fn tells_the_truth(page: &str, shop: &Crate, production: &str) {
    crate::guide::compare(page, |command| {
        let output = shop.shell(&format!("export PRODUCTION='{production}'\n{command}"));
        let printed = without_cargo_lines(&String::from_utf8(output.stdout).unwrap());
        // What is written says when.
        let printed = printed
            .lines()
            .filter(|line| !line.starts_with("    created: "))
            .map(|line| line.to_owned() + "\n");
        let is_check = command.contains(" check");
        (printed.collect(), output.status.success() || (is_check && output.status.code() == Some(14)))
    });
}

#[test]
fn one_history_serves_two_databases_and_no_third_one() {
    let (Some(server), Some(other)) = (postgres(), mysql()) else { return };
    let (database, unlisted) = (server.create_database(), other.create_database());
    let features = "sqlite\", \"postgres\", \"mysql";
    let shop = Shop::new("autogenerate_several", "--lib", features, None);
    let config = shop.made.read("alembic.toml");
    shop.made.write("alembic.toml", &(config + "databases = [\"sqlite\", \"postgres\"]\n"));
    let on_postgres = ["upgrade", "check"];
    shop.session(&["revision --autogenerate -m first --rev-id a1", "upgrade"]);
    assert_snapshot!(shop.session_on(database.url(), &on_postgres));
    shop.change("length = 254", "length = 320");
    shop.change("pub age: Option<i32>", "pub age: i64");
    assert_snapshot!(shop.session(&[
        "check",
        "revision --autogenerate -m second --rev-id b2 --backfill users.age=18",
        "revision --autogenerate -m second --rev-id b2",
        "upgrade",
        "check",
    ]));
    assert_snapshot!(shop.file("b2_second.rs"));
    assert_snapshot!(
        shop.session_on(database.url(), &["upgrade", "check", "downgrade -1 --yes", "upgrade", "check"])
    );
    // Compared with PostgreSQL, in SQL: a section for each.
    shop.change("    pub total: i64,\n", "    pub total: i64,\n    pub note: Option<String>,\n");
    assert_snapshot!(shop.session_on(
        database.url(),
        &["revision --autogenerate -m third --rev-id c3 --format sql", "upgrade", "check"]
    ));
    let text = shop.made.read("alembic/versions/c3_third.sql");
    assert_snapshot!(text.split_once("\n\n").unwrap().1);
    assert_snapshot!(shop.session(&["upgrade", "check"]));
    // What SQLite has not, compared with PostgreSQL.
    shop.change("#[table(check", "#[table(index(total, using = \"brin\"), check");
    assert_snapshot!(shop.session_on(database.url(), &["check", "revision --autogenerate -m fourth"]));
    assert_snapshot!(shop.session_on(unlisted.url(), &["check", "revision --autogenerate -m fourth"]));
}

#[test]
fn the_second_example_of_the_readme_works() {
    let readme = std::fs::read_to_string(super::workspace().join("README.md")).unwrap();
    let (_, example) = readme.split_once("## Tables as structs").unwrap();
    let block =
        |kind: &str| example.split(&format!("```{kind}\n")).nth(1).unwrap().split("```").next().unwrap();
    let shop = Crate::new("readme_models", "--bin");
    shop.migrations(&["init"]);
    shop.patch();
    let model = block("rust");
    shop.write(
        "src/main.rs",
        &format!("#![allow(dead_code)]\nservicekit::migrations!(\"alembic\");\n{model}\nfn main() {{}}\n"),
    );
    let mut commands = 0;
    for command in block("console").lines().filter_map(|line| line.strip_prefix("$ ")) {
        let output = shop.shell(command);
        assert!(output.status.success(), "{command}\n{}", crate::project::shown(&output));
        commands += 1;
    }
    assert_eq!(commands, 3);
}

#[test]
fn what_a_person_would_regret_is_refused() {
    let shop = Shop::new("autogenerate_refused", "--lib", "sqlite", None);
    shop.session(&["revision --autogenerate --rev-id a1", "upgrade"]);
    // A table of others, and one that a model takes over.
    crate::database::answer(
        &shop.url,
        "CREATE TABLE of_others (id INTEGER); CREATE TABLE notes (id BIGINT NOT NULL PRIMARY KEY)",
    );
    assert_snapshot!(shop.session(&[
        "check",
        "revision --autogenerate --allow-drop users",
        "revision --autogenerate --rename users.nothing=mail",
        "revision --autogenerate --rename users.email=nothing",
        "revision --autogenerate --rename nowhere=users",
        "revision --autogenerate --rename users",
        "revision --autogenerate --backfill users",
        "revision --autogenerate --backfill users.nothing=1",
        "revision --autogenerate --backfill users.age=young",
        "revision --autogenerate --backfill users.age=1",
        "revision --allow-drop users -m nothing",
    ]));
    let models = shop.made.read("src/models.rs");
    let (user, order) = models.split_once("#[derive(Table)]\n#[table(check").unwrap();
    let notes = "#[derive(Table)]\npub struct Note {\n    #[column(primary_key)]\n    pub id: i64,\n}\n";
    shop.made.write("src/models.rs", &format!("{user}\n{notes}"));
    assert_snapshot!(shop.session(&[
        "revision --autogenerate --rev-id b2",
        "revision --autogenerate --rev-id b2 --allow-drop orders",
        "upgrade",
        "check",
    ]));
    // Nothing of what belonged to models is left: that is no wish of anybody.
    shop.made.write("src/models.rs", &format!("use servicekit::Table;\n{}", notes.replace("Note", "Other")));
    assert_snapshot!(
        shop.session(&["check", "revision --autogenerate --allow-drop users --allow-drop notes"])
    );
    assert!(!order.is_empty());
}

#[test]
fn models_of_a_program_become_revisions_on_postgres() {
    let Some(server) = postgres() else { return };
    let database = server.create_database();
    let shop = Shop::new("autogenerate_program", "--bin", "postgres", Some(database.url().to_owned()));
    shop.change("#[derive(Table)]\n#[table(check(\"total >= 0\"))]", "#[derive(servicekit::DbEnum, Clone, Copy)]\n#[db_enum(native)]\npub enum State {\n    New,\n    Paid,\n}\n\n#[derive(Table)]\n#[table(check(\"total >= 0\"))]");
    shop.change("    pub total: i64,\n", "    pub total: i64,\n    pub state: State,\n");
    assert_snapshot!(shop.session(&["revision --autogenerate -m first --rev-id a1", "upgrade", "check"]));
    crate::database::answer(
        database.url(),
        "INSERT INTO users VALUES ('01ARZ3NDEKTSV4RRFFQ69G5FAV', 'a@b', 4); \
         INSERT INTO orders VALUES ('01ARZ3NDEKTSV4RRFFQ69G5FAV', '01ARZ3NDEKTSV4RRFFQ69G5FAV', 7, 'Paid')",
    );
    shop.change("pub struct Order {", "#[table(renamed_from = \"orders\")]\npub struct Purchase {");
    shop.change("    Paid,\n", "    Paid,\n    Sent,\n");
    shop.change("    pub age: Option<i32>", "    pub age: Option<i64>");
    assert_snapshot!(shop.session(&[
        "revision --autogenerate -m second --rev-id b2",
        "upgrade",
        "check",
        "downgrade -1 --yes",
        "upgrade",
        "check",
    ]));
    assert_snapshot!(shop.file("b2_second.rs"));
    let scratch = server.create_database();
    let replayed = format!("check --scratch --scratch-url {}", scratch.url());
    assert_snapshot!(
        shop.session(&["check --scratch", &replayed, &replayed]).replace(scratch.url(), "[SCRATCH]")
    );
    crate::database::answer(scratch.url(), "CREATE TABLE in_the_way (id INTEGER)");
    assert_snapshot!(shop.session(&[&replayed]).replace(scratch.url(), "[SCRATCH]"));
}

#[test]
fn models_of_a_member_of_a_workspace_become_revisions_on_mariadb() {
    let Some(server) = mysql() else { return };
    let database = server.create_database();
    let shop = Shop::new("autogenerate_member", "--lib", "mysql", Some(database.url().to_owned()));
    let manifest =
        shop.made.read("Cargo.toml").replace("[workspace]\n", "[workspace]\nmembers = [\"other\"]\n");
    shop.made.write("Cargo.toml", &manifest);
    std::fs::create_dir_all(shop.made.folder.join("other/src")).unwrap();
    shop.made.write(
        "other/Cargo.toml",
        "[package]\nname = \"autogenerate_other\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
    );
    shop.made.write("other/src/lib.rs", "");
    assert_snapshot!(shop.session(&["revision --autogenerate -m first --rev-id a1", "upgrade", "check"]));
    shop.change("pub email: String", "pub mail: String");
    shop.change(
        "    pub total: i64,\n",
        "    pub total: i64,\n    #[column(default = now())]\n    pub placed_at: Option<Ulid>,\n",
    );
    shop.change("    #[column(default = now())]\n", "");
    assert_snapshot!(shop.session(&[
        "revision --autogenerate -m second --rev-id b2 --rename users.email=mail --format sql",
        "upgrade",
        "check",
        "downgrade base --yes",
        "upgrade",
        "check",
    ]));
}
