//! The reverse of what is recorded.

use crate::cases::topics;
use crate::catalogue::catalogue;
use crate::client::Client;
use crate::sqlite_runner;
use servicekit::revision::*;

#[tokio::test]
async fn a_case_and_its_reverse_leave_sqlite_as_it_was() {
    as_it_was(Dialect::Sqlite).await;
}

#[tokio::test]
async fn a_case_and_its_reverse_leave_postgresql_as_it_was() {
    as_it_was(Dialect::Postgres).await;
}

#[tokio::test]
async fn a_case_and_its_reverse_leave_mysql_as_it_was() {
    as_it_was(Dialect::Mysql).await;
}

async fn as_it_was(dialect: Dialect) {
    let Some(mut client) = Client::open(dialect).await else { return };
    let (mut reversed, mut irreversible, mut refused) = (0, 0, 0);
    for case in topics().into_iter().flat_map(|(_, cases)| cases) {
        let [mut before, mut forward, mut back] = [(); 3].map(|()| Operations::default());
        (case.before)(&mut before);
        (case.run)(&mut forward);
        back.reverse_of(case.run);
        let Ok(run) = forward.sql(dialect) else {
            refused += 1;
            continue;
        };
        // PostgreSQL makes no number of a text unless it is told how.
        let needs_using =
            dialect == Dialect::Postgres && case.name == "alter_column: set_type and set_default";
        let Ok(undo) =
            back.sql(dialect).map_err(drop).and_then(|undo| if needs_using { Err(()) } else { Ok(undo) })
        else {
            irreversible += 1;
            continue;
        };
        client.empty().await;
        let start;
        if let Client::Sqlite(connection) = &mut client {
            sqlite_runner::run(connection, case.before).await;
            start = catalogue(&mut client).await;
            let Client::Sqlite(connection) = &mut client else { return };
            sqlite_runner::run(connection, case.run).await;
            sqlite_runner::run_reverse(connection, case.run).await;
        } else {
            run_all(&mut client, &before.sql(dialect).unwrap()).await;
            start = catalogue(&mut client).await;
            run_all(&mut client, &run).await;
            run_all(&mut client, &undo).await;
        }
        let end = catalogue(&mut client).await;
        // The index that MySQL makes for a foreign key stays when that is dropped.
        let end: Vec<String> = end.iter().map(|table| without_foreign_key_indexes(table)).collect();
        assert_eq!(end, start, "{dialect}: {}: {undo:#?}", case.name);
        reversed += 1;
    }
    println!("{dialect}: {reversed} cases reversed, {irreversible} irreversible, {refused} refused");
}

fn without_foreign_key_indexes(table: &str) -> String {
    let lines: Vec<&str> = table.lines().filter(|line| !line.starts_with("  KEY `fk")).collect();
    let text = lines.join("\n");
    if lines.len() == table.lines().count() { text } else { text.replace(",\n)", "\n)") }
}

async fn run_all(client: &mut Client, statements: &[String]) {
    for sql in statements {
        let sql = sql.replace("SCHEMA`", &format!("{}`", client.schema()));
        client.run(&sql).await.unwrap_or_else(|error| panic!("{error}\n{sql}"));
    }
}

#[test]
fn the_last_operation_is_reversed_first_and_what_belongs_to_a_new_table_goes_with_it() {
    fn upgrade(op: &mut Operations) {
        op.create_table("teams", [integer("id").primary_key()]);
        op.create_index("ix_teams_id", "teams", ["id"]);
        op.bulk_insert("teams", ["id"], [[1]]);
        op.add_column("users", integer("team"));
        op.create_index("ix_users_team", "users", ["team"]);
    }
    let mut op = Operations::default();
    op.reverse_of(upgrade);
    assert_eq!(
        op.sql(Dialect::Sqlite).unwrap(),
        [
            r#"DROP INDEX "ix_users_team""#,
            r#"ALTER TABLE "users" DROP COLUMN "team""#,
            r#"DROP TABLE "teams""#,
        ]
    );
}

#[test]
fn the_reverse_of_a_reverse_is_the_operation() {
    fn upgrade(op: &mut Operations) {
        op.drop_table("a").existing(Table::new("a", [integer("id").primary_key()]));
        op.drop_column("users", "age").existing(integer("age").check("age > 0"));
        op.drop_index("ix", "users").existing(index(["name"]).unique());
        op.drop_check_constraint("ck", "users").existing(check("x > 0"));
        op.alter_column("users", "name").set_type(Type::Text).existing(string("name", 9).default("x"));
        op.execute("CREATE VIEW v AS SELECT 1").reversed_by("DROP VIEW v");
    }
    let [mut once, mut twice] = [(); 2].map(|()| Operations::default());
    once.reverse_of(upgrade);
    twice.reverse_of(|op| op.reverse_of(upgrade));
    insta::assert_snapshot!(once.sql(Dialect::Postgres).unwrap().join(";\n"), @r#"
    DROP VIEW v;
    ALTER TABLE "users" ALTER COLUMN "name" TYPE VARCHAR(9);
    ALTER TABLE "users" ADD CONSTRAINT "ck" CHECK (x > 0);
    CREATE UNIQUE INDEX "ix" ON "users" ("name");
    ALTER TABLE "users" ADD COLUMN "age" INTEGER CONSTRAINT "ck_users_age" CHECK (age > 0);
    CREATE TABLE "a" (
        "id" INTEGER NOT NULL,
        CONSTRAINT "pk_a" PRIMARY KEY ("id")
    )
    "#);
    insta::assert_snapshot!(twice.sql(Dialect::Postgres).unwrap().join(";\n"), @r#"
    DROP TABLE "a";
    ALTER TABLE "users" DROP COLUMN "age";
    DROP INDEX "ix";
    ALTER TABLE "users" DROP CONSTRAINT "ck";
    ALTER TABLE "users" ALTER COLUMN "name" TYPE TEXT;
    CREATE VIEW v AS SELECT 1
    "#);
}

#[test]
fn what_cannot_be_reversed_is_named() {
    let reasons: Vec<fn(&mut Operations)> = vec![
        |op| drop(op.drop_table("users")),
        |op| drop(op.create_table("users", [integer("id")]).if_not_exists()),
        |op| drop(op.drop_column("users", "age")),
        |op| drop(op.alter_column("users", "age").set_not_null()),
        |op| drop(op.drop_index("ix", "users")),
        |op| drop(op.drop_check_constraint("ck", "users")),
        |op| drop(op.validate_constraint("ck", "users")),
        |op| drop(op.update("users").set("age", 1)),
        |op| drop(op.bulk_insert("users", ["age"], [[1]])),
        |op| drop(op.execute("DELETE FROM users")),
    ];
    let texts: Vec<String> = reasons
        .into_iter()
        .map(|record| {
            let mut op = Operations::default();
            op.reverse_of(record);
            let error = op.sql(Dialect::Postgres).unwrap_err();
            format!("{}: {} ({})", error.operation, error.reason, error.help.unwrap_or_default())
        })
        .collect();
    insta::assert_snapshot!(texts.join("\n"), @"
    `drop_table` of `users`: it cannot be reversed: what the table is is not known (say what it is with `.existing(…)`, or write the downgrade by hand)
    `create_table` of `users`: it cannot be reversed: with `if_not_exists` the table may have been there before (write the downgrade by hand)
    `drop_column` of `users.age`: it cannot be reversed: what the column is is not known (say what it is with `.existing(…)`, or write the downgrade by hand)
    `alter_column` of `users.age`: it cannot be reversed: what the column was is not known (say what it is with `.existing(…)`, or write the downgrade by hand)
    `drop_index` of `users`: it cannot be reversed: what the index is is not known (say what it is with `.existing(…)`, or write the downgrade by hand)
    `drop_check_constraint` of `users`: it cannot be reversed: what the constraint is is not known (say what it is with `.existing(…)`, or write the downgrade by hand)
    `validate_constraint` of `users`: it cannot be reversed: a constraint cannot be made unchecked again (write the downgrade by hand)
    `update` of `users`: it cannot be reversed: the values before are not known (write the downgrade by hand)
    `bulk_insert` of `users`: it cannot be reversed: the rows cannot be told from others any more (write the downgrade by hand)
    `execute`: it cannot be reversed: nobody knows what undoes it (say what does with `.reversed_by(…)`)
    ");
}
