//! Operations that only some servers know: refused by the others before anything runs, and told of by a preview.

use crate::place::{Place, on, places};
use crate::support::{history, rust, sql};
use servicekit::plan::Heads;
use servicekit::requirement::{Product, ServerVersion};
use servicekit::revision::{Dialect, Operations, integer};
use servicekit::sqlx::{self, Connection as _};
use servicekit::{Destination, Migrations};

/// What only the newest PostgreSQL has; MariaDB lacks the index, and MySQL the option of the column.
fn later(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.add_column("a", integer("twice").generated_virtual("x * 2"));
    });
    op.only_for(Dialect::Mysql, |op| {
        op.create_index("ix", "a", [servicekit::schema::sql("(x + 1)")]);
        op.add_column("a", integer("x")).if_not_exists();
    });
    op.create_index("ix_a_x", "a", ["x"]);
}

fn migrations() -> Migrations {
    let before = sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;");
    history(&[before, rust("b", &["a"], later, None)])
}

async fn version(place: &Place) -> ServerVersion {
    let told = place.ask("SELECT version()").await.concat();
    let (product, text) = match told.strip_prefix("PostgreSQL ") {
        Some(text) => (Product::Postgres, text),
        None if told.contains("MariaDB") => (Product::Mariadb, told.as_str()),
        None => (Product::Mysql, told.as_str()),
    };
    ServerVersion::parse(product, text).unwrap()
}

#[tokio::test]
async fn an_operation_that_this_server_lacks_is_refused_before_anything_runs() {
    for place in places() {
        let server = version(&place).await;
        let mut op = Operations::default();
        later(&mut op);
        let dialect = if place.is_postgres() { Dialect::Postgres } else { Dialect::Mysql };
        let is_known = op.requirements(dialect).iter().all(|needed| needed.is_met_by(&server));
        let outcome = on!(place, migrations(), upgrade);
        if is_known {
            outcome.unwrap();
            continue;
        }
        let error = outcome.unwrap_err();
        assert_eq!(error.code(), "statement_refused");
        let schema = if place.is_postgres() { "current_schema()" } else { "DATABASE()" };
        let question =
            "SELECT count(*) FROM information_schema.tables WHERE table_name = 'a' AND table_schema =";
        let told = place.ask(&format!("{question} {schema}")).await;
        assert_eq!(told, ["0"], "nothing ran");
        let text = error.to_string().replace(&server.to_string(), &format!("{} [VERSION]", server.product));
        match server.product {
            Product::Postgres => insta::assert_snapshot!(text, @r#"
            the upgrade of revision `b` is refused: virtual generated columns need PostgreSQL 18 or later, and this is PostgreSQL [VERSION]
             --> runtime/tests/servers/lacking.rs:14:12
              |
            1 | ALTER TABLE "a" ADD COLUMN "twice" INTEGER GENERATED ALWAYS AS (x * 2) VIRTUAL
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ refused
            now: nothing was run
            help: run it on such a server, or write an operation that this one has too
            "#),
            Product::Mariadb => insta::assert_snapshot!(text, @"
            the upgrade of revision `b` is refused: indexes of expressions need MySQL 8.0.13 or later, and this is MariaDB [VERSION]
             --> runtime/tests/servers/lacking.rs:17:12
              |
            1 | CREATE INDEX `ix` ON `a` (((x + 1)))
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ refused
            now: nothing was run
            help: run it on such a server, or write an operation that this one has too
            "),
            // Which of them a MySQL lacks is seen on MySQL alone.
            _ => assert!(text.contains("need MariaDB, and this is MySQL"), "{text}"),
        }
    }
}

#[test]
fn a_preview_says_what_a_server_needs() {
    let plan = migrations().plan_from(&Heads::base(), &Destination::head()).unwrap();
    let needs = |dialect| {
        let steps = migrations().preview(&plan, dialect).unwrap();
        let statements = steps.into_iter().flat_map(|step| step.statements);
        statements
            .map(|statement| format!("{}: {}", statement.sql, statement.needs.join(", ")))
            .collect::<Vec<_>>()
    };
    insta::assert_snapshot!(needs(Dialect::Postgres).join("\n"), @r#"
    CREATE TABLE a (x INT): 
    ALTER TABLE "a" ADD COLUMN "twice" INTEGER GENERATED ALWAYS AS (x * 2) VIRTUAL: virtual generated columns need PostgreSQL 18 or later
    CREATE INDEX "ix_a_x" ON "a" ("x"):
    "#);
    insta::assert_snapshot!(needs(Dialect::Mysql).join("\n"), @"
    CREATE TABLE a (x INT): 
    CREATE INDEX `ix` ON `a` (((x + 1))): indexes of expressions need MySQL 8.0.13 or later
    ALTER TABLE `a` ADD COLUMN IF NOT EXISTS `x` INT NULL: `IF EXISTS` and `IF NOT EXISTS` of parts of a table need MariaDB
    CREATE INDEX `ix_a_x` ON `a` (`x`):
    ");
    insta::assert_snapshot!(needs(Dialect::Sqlite).join("\n"), @r#"
    CREATE TABLE a (x INT): 
    CREATE INDEX "ix_a_x" ON "a" (`x`):
    "#);
}
