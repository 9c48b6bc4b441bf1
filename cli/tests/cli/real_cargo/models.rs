//! The models of an application, asked by `servicekit migrations models`: one workspace, whose files change.

use super::{Crate, without_cargo};
use insta::assert_snapshot;
use servicekit::worker::PROTOCOL;
use std::fs;

const MANIFEST: &str = r#"[workspace]
resolver = "2"
members = ["shop", "shop-models", "shop-till"]

[patch.crates-io]
servicekit = { path = "RUNTIME" }
"#;

const SHOP: &str = r#"[package]
name = "shop"
version = "0.1.0"
edition = "2024"

[features]
wishes = []

[dependencies]
servicekit = { version = "0.1.0", features = ["models"] }
shop-models = { path = "../shop-models" }
"#;

const SHOP_LIBRARY: &str = r#"#![forbid(unsafe_code)]
#![deny(warnings)]
#![allow(dead_code)]

mod models;

mod main_database {
    servicekit::migrations!("alembic");
}
mod analytics {
    servicekit::migrations!("alembic_analytics");
}
"#;

// Private, and named by nothing.
const SHOP_TABLES: &str = r#"use servicekit::{Registry, Table, Ulid};

#[derive(Table)]
#[table(renamed_from = "purchases")]
pub struct Order {
    #[column(primary_key)]
    pub id: Ulid,
    #[column(references = shop_models::User::id, on_delete = cascade)]
    pub user_id: Ulid,
    #[column(length = 2, renamed_from = "nation")]
    pub country: Option<String>,
}

#[cfg(feature = "wishes")]
#[derive(Table)]
pub struct Wish {
    #[column(primary_key)]
    pub id: Ulid,
}

pub struct Analytics;
impl Registry for Analytics {}

#[derive(Table)]
#[table(base = Analytics)]
pub struct Visit {
    #[column(primary_key)]
    pub id: i64,
}

#[cfg(test)]
mod tests {
    #[derive(servicekit::Table)]
    pub struct Fixture {
        #[column(primary_key)]
        pub id: i64,
    }
}
"#;

// Of an older edition, with another name for this crate.
const SHOP_MODELS: &str = r#"[package]
name = "shop-models"
version = "0.1.0"
edition = "2021"

[dependencies]
sk = { package = "servicekit", version = "0.1.0", features = ["models"] }
"#;

const SHOP_MODELS_LIBRARY: &str = "mod user {
    #[derive(sk::Table)]
    #[table(crate = sk)]
    pub struct User {
        #[column(primary_key)]
        pub id: sk::Ulid,
        #[column(length = 254, unique)]
        pub email: String,
    }
}
pub use user::User;
";

// Nothing but a program; no source of it names the crate with the other models.
const TILL: &str = r#"[package]
name = "shop-till"
version = "0.1.0"
edition = "2024"

[dependencies]
servicekit = { version = "0.1.0", features = ["models"] }
other-models = { path = "../shop-models", package = "shop-models" }
"#;

const TILL_PROGRAM: &str = r#"#![allow(dead_code)]

servicekit::migrations!("alembic");

mod receipt {
    #[derive(servicekit::Table)]
    pub struct Receipt {
        #[column(primary_key)]
        pub id: i64,
        pub lines: Vec<u8>,
    }
}

fn main() {}
"#;

const ENV: &str = "pub fn env() {}\n";

/// With `name` for `shop`: cargo gives packages of one name one place among what it has built.
fn workspace(name: &str) -> Crate {
    let temporary = tempfile::tempdir().unwrap();
    let root = temporary.path().canonicalize().unwrap();
    let made = Crate { folder: root, _temporary: temporary };
    let runtime = super::workspace().join("runtime").display().to_string();
    let files = [
        ("Cargo.toml", MANIFEST.replace("RUNTIME", &runtime)),
        ("shop/Cargo.toml", SHOP.to_owned()),
        ("shop/src/lib.rs", SHOP_LIBRARY.to_owned()),
        ("shop/src/models.rs", SHOP_TABLES.to_owned()),
        ("shop/alembic/versions/.gitkeep", String::new()),
        ("shop/alembic/env.rs", ENV.to_owned()),
        ("shop/alembic_analytics/versions/.gitkeep", String::new()),
        (
            "shop/alembic_analytics/env.rs",
            "use crate::models::Analytics;\n\npub fn env() -> Analytics {\n    Analytics\n}\n".to_owned(),
        ),
        ("shop-models/Cargo.toml", SHOP_MODELS.to_owned()),
        ("shop-models/src/lib.rs", SHOP_MODELS_LIBRARY.to_owned()),
        ("shop-till/Cargo.toml", TILL.to_owned()),
        ("shop-till/src/main.rs", TILL_PROGRAM.to_owned()),
        ("shop-till/alembic/versions/.gitkeep", String::new()),
        ("shop-till/alembic/env.rs", ENV.to_owned()),
    ];
    for (path, text) in files {
        let path = path.replace("shop", name);
        fs::create_dir_all(made.folder.join(&path).parent().unwrap()).unwrap();
        made.write(&path, &text.replace("shop", name));
    }
    // What is looked up is what this workspace has.
    fs::copy(super::workspace().join("Cargo.lock"), made.folder.join("Cargo.lock")).unwrap();
    made
}

impl Crate {
    /// What `models` with these arguments says in the folder of a member.
    fn models_of(&self, member: &str, arguments: &str) -> String {
        let arguments: Vec<&str> =
            ["migrations", "models"].into_iter().chain(arguments.split_whitespace()).collect();
        without_cargo(
            &Self::command_in(&self.folder.join(member), "servicekit", &arguments).output().unwrap(),
        )
    }

    fn replace(&self, path: &str, before: &str, after: &str) {
        let text = self.read(path);
        assert!(text.contains(before), "{path} has no {before}");
        self.write(path, &text.replace(before, after));
    }
}

#[test]
fn what_is_registered_is_shown_wherever_it_is() {
    let all = workspace("shop");
    let said = all.models_of("shop", "");
    let guide = fs::read_to_string(super::workspace().join("docs/guide/models.md")).unwrap();
    let tables = said.split("[stderr]").next().unwrap();
    assert!(guide.contains(&format!("$ servicekit migrations models\n{tables}```")), "{tables}");
    assert_snapshot!(said, @"
    orders  shop::models::Order at shop/src/models.rs:5, formerly purchases
      id       ulid, primary key
      user_id  ulid, references users.id
      country  string(2), null, formerly nation

    users  shop_models::user::User at shop-models/src/lib.rs:4
      id     ulid, primary key
      email  string(254), unique
    [stderr]
    note: `shop::models::tests::Fixture` at shop/src/models.rs:34 is left out: its module is one of tests; name it in `models![…]` to have it
    ");
    assert_snapshot!("models_as_json", all.models_of("shop", "--format json"));
    // The second database.
    assert_snapshot!(all.models_of("shop", "--directory alembic_analytics"), @"
    visits  shop::models::Visit at shop/src/models.rs:26, in shop::models::Analytics
      id  big integer, primary key
    [stderr]
    ");
    // Nothing but a program, and a crate that nothing names.
    assert_snapshot!(all.models_of("shop-till", ""), @"
    receipts  shop_till::receipt::Receipt at shop-till/src/main.rs:7
      id     big integer, primary key
      lines  binary
    [stderr]
    note: `shop-models` is a dependency that has models, and no source file of `shop-till` names it, so it is not linked
    help: write `use other_models as _;` into `alembic/env.rs`
    ");
    all.write("shop-till/alembic/env.rs", "use other_models as _;\n\npub fn env() {}\n");
    assert_snapshot!(all.models_of("shop-till", ""), @"
    receipts  shop_till::receipt::Receipt at shop-till/src/main.rs:7
      id     big integer, primary key
      lines  binary

    users  shop_models::user::User at shop-models/src/lib.rs:4
      id     ulid, primary key
      email  string(254), unique
    [stderr]
    ");

    // A crate that comes once more, below one that its tests use, has its models once.
    all.replace("Cargo.toml", "\"shop-till\"", "\"shop-till\", \"shop-fixtures\"");
    fs::create_dir_all(all.folder.join("shop-fixtures/src")).unwrap();
    all.write(
        "shop-fixtures/Cargo.toml",
        "[package]\nname = \"shop-fixtures\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nshop = { path = \"../shop\" }\n",
    );
    all.write("shop-fixtures/src/lib.rs", "use shop as _;\n");
    all.write(
        "shop/Cargo.toml",
        &format!("{SHOP}\n[dev-dependencies]\nshop-fixtures = {{ path = \"../shop-fixtures\" }}\n"),
    );
    all.write("shop/alembic/env.rs", "use shop_fixtures as _;\n\npub fn env() {}\n");
    assert_eq!(all.models_of("shop", ""), said);

    // Features: from the arguments, and from the configuration.
    assert!(all.models_of("shop", "--features wishes").contains("\nwishes  shop::models::Wish at"));
    all.write("shop/alembic.toml", "features = [\"wishes\"]\n");
    assert!(all.models_of("shop", "").contains("\nwishes  shop::models::Wish at"));
    assert_snapshot!(all.models_of("shop", "--features nosuch"), @"
    [stderr]
    error: the package `shop` has no feature `nosuch`
    now: nothing was run
    help: it has `wishes`
    [exit 2]
    ");
}

#[test]
fn what_keeps_the_command_line_from_the_models_is_told() {
    let all = workspace("bakery");
    // No model of its own, and the others are not linked.
    let program = all.read("bakery-till/src/main.rs");
    let plain = program.replace("#[derive(servicekit::Table)]", "").replace("#[column(primary_key)]", "");
    all.write("bakery-till/src/main.rs", &plain);
    assert_snapshot!(all.models_of("bakery-till", ""), @"
    [stderr]
    error: no models are linked into the tests of `bakery-till`
    note: a model is a struct with `#[derive(servicekit::Table)]` or `#[servicekit::entity]`
    note: `bakery-models` is a dependency that has models, and no source file of `bakery-till` names it, so it is not linked
    help: write `use other_models as _;` into `alembic/env.rs`
    [exit 15]
    ");
    // Not there at all.
    all.replace(
        "bakery-till/Cargo.toml",
        "other-models = { path = \"../bakery-models\", package = \"bakery-models\" }\n",
        "",
    );
    assert_snapshot!(all.models_of("bakery-till", ""), @"
    [stderr]
    error: no models are linked into the tests of `bakery-till`
    note: a model is a struct with `#[derive(servicekit::Table)]` or `#[servicekit::entity]`
    help: derive it for a struct, or name the crate that has the models in `alembic/env.rs`: `use shop_models as _;`
    [exit 15]
    ");
    // In a registry that is not wanted.
    let based = program.replace("Table)]", "Table)]\n    #[table(base = Till)]");
    all.write(
        "bakery-till/src/main.rs",
        &based.replace(
            "mod receipt {",
            "mod receipt {\n    pub struct Till;\n    impl servicekit::Registry for Till {}\n",
        ),
    );
    assert_snapshot!(all.models_of("bakery-till", ""), @"
    [stderr]
    error: no models are linked into the tests of `bakery-till`
    note: a model is a struct with `#[derive(servicekit::Table)]` or `#[servicekit::entity]`
    note: `bakery_till::receipt::Receipt` has the base `bakery_till::receipt::Till`, and `env()` of `alembic/env.rs` gives another one
    help: write `pub fn env() -> crate::receipt::Till { crate::receipt::Till }` into `alembic/env.rs`, or leave out `base = …` of the models
    [exit 15]
    ");
    // In a file that no `mod` names.
    all.write("bakery-till/src/main.rs", &plain);
    all.write("bakery-till/src/lost.rs", "#[derive(servicekit::Table)]\npub struct Lost {}\n");
    assert_snapshot!(all.models_of("bakery-till", ""), @"
    [stderr]
    error: no models are linked into the tests of `bakery-till`
    note: a model is a struct with `#[derive(servicekit::Table)]` or `#[servicekit::entity]`
    note: `src/lost.rs` has models that are not compiled into the tests of `bakery-till`
    help: name its module in the library or program that has `servicekit::migrations!`, or turn on the feature that it is behind
    [exit 15]
    ");
    // Without the feature.
    all.replace("bakery-till/Cargo.toml", ", features = [\"models\"]", "");
    assert_snapshot!(all.models_of("bakery-till", ""), @r#"
    [stderr]
    error: the application `bakery-till` was built without the feature `models` of `servicekit`, so it has no models
    help: turn it on in the application's Cargo.toml: `features = ["models"]`
    [exit 15]
    "#);
}

#[test]
fn what_is_wrong_with_the_models_is_told() {
    let all = workspace("market");
    let env = |text: &str| all.write("market/alembic/env.rs", text);
    env(
        "pub struct Other;\nimpl servicekit::Registry for Other {}\n\npub fn env() -> Other {\n    Other\n}\n",
    );
    assert_snapshot!(all.models_of("market", ""), @"
    [stderr]
    error: no models are linked into the tests of `market`
    note: a model is a struct with `#[derive(servicekit::Table)]` or `#[servicekit::entity]`
    note: `market::models::Visit` has the base `market::models::Analytics`, and `env()` of `alembic/env.rs` gives another one
    note: `market::models::Order`, `market::models::tests::Fixture` and `market_models::user::User` have the base `servicekit::Base`, and `env()` of `alembic/env.rs` gives another one
    help: write `pub fn env() {}` into `alembic/env.rs`, which gives `servicekit::Base`
    [exit 15]
    ");
    // One table twice, and a key that leads nowhere.
    all.replace("market/src/models.rs", "#[table(base = Analytics)]", "#[table(name = \"orders\")]");
    env(ENV);
    assert_snapshot!(all.models_of("market", ""), @"
    [stderr]
    error: the table `orders` has 2 models
      `market::models::Order` at market/src/models.rs:5
      `market::models::Visit` at market/src/models.rs:26
    help: one struct is the model; the others are for reading and derive `sqlx::FromRow` only
    [exit 15]
    ");
    env(
        "use crate::models::{Order, Visit};\n\npub fn env() -> servicekit::Metadata {\n    servicekit::models![Order, Visit]\n}\n",
    );
    assert_snapshot!(all.models_of("market", ""), @"
    [stderr]
    error: the models have 2 problems

    the table `orders` has 2 models
      `market::models::Order` at market/src/models.rs:5
      `market::models::Visit` at market/src/models.rs:26
    help: one struct is the model; the others are for reading and derive `sqlx::FromRow` only

    `orders.user_id` refers to the table `users`, which has no model here
      `market::models::Order` at market/src/models.rs:5
    help: add its model, or name the crate that has it in `env.rs`, so that it is linked
    [exit 15]
    ");
    env("pub fn env() -> Result<(), std::io::Error> {\n    std::fs::read(\"no.env\").map(drop)\n}\n");
    assert_snapshot!(all.models_of("market", ""), @"
    [stderr]
    error: `env()` of `alembic/env.rs` failed: No such file or directory (os error 2)
    now: nothing was run
    help: fix what it returns as the error
    [exit 12]
    ");
    assert_snapshot!(all.models_of("market", "--json"), @r#"
    {
      "error": {
        "code": "env_failed",
        "message": "`env()` of `alembic/env.rs` failed: No such file or directory (os error 2)",
        "help": "fix what it returns as the error",
        "state": "nothing was run"
      }
    }
    [stderr]
    [exit 12]
    "#);
}

/// What an application of the next version says first; nothing of it is built but this.
const NEXT_VERSION: &str = r#"#[test]
fn servicekit_env() {
    use std::io::{Read as _, Write as _};
    let place = std::env::var("SERVICEKIT_WORKER").unwrap();
    let (port, rest) = place.split_once(' ').unwrap();
    let token = rest.split_once(' ').unwrap().0;
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port.parse().unwrap())).unwrap();
    let hello = format!("{{\"token\":\"{token}\",\"protocol\":PROTOCOL,\"version\":\"0.2.0\",\"revisions\":[]}}\n");
    stream.write_all(hello.as_bytes()).unwrap();
    stream.read_to_end(&mut Vec::new()).unwrap();
}
"#;

#[test]
fn an_application_of_another_version_is_told() {
    let next = Crate::new("next_version", "--lib");
    let manifest = next.read("Cargo.toml");
    next.write("Cargo.toml", &format!("{manifest}servicekit = {{ path = \"stand-in\" }}\n\n[workspace]\n"));
    fs::create_dir_all(next.folder.join("stand-in/src")).unwrap();
    next.write(
        "stand-in/Cargo.toml",
        "[package]\nname = \"servicekit\"\nversion = \"0.2.0\"\nedition = \"2024\"\n",
    );
    next.write("stand-in/src/lib.rs", "");
    fs::create_dir_all(next.folder.join("alembic/versions")).unwrap();
    // It is the version that counts, and that both speak the same protocol.
    let [same, other] = [PROTOCOL, PROTOCOL + 1].map(|protocol| {
        next.write("src/lib.rs", &NEXT_VERSION.replace("PROTOCOL", &protocol.to_string()));
        next.models_of("", "")
    });
    assert_eq!(same, other);
    assert_snapshot!(same, @"
    [stderr]
    error: the application has another version of `servicekit`, 0.2.0; this program has 0.1.0
    now: nothing was run
    help: install the command line of that version
    [exit 12]
    ");
}
