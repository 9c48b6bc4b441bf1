//! The reverse of what is recorded.

use servicekit::revision::*;

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
fn a_foreign_key_that_closes_a_circle_of_new_tables_goes_before_them() {
    fn upgrade(op: &mut Operations) {
        op.create_table("a", [integer("id").primary_key(), integer("b")]);
        op.create_table("b", [integer("id").primary_key(), integer("a").references("a", "id")]);
        op.create_foreign_key("to_old", "a", "old", ["b"], ["id"]);
        op.create_foreign_key("for_now", "a", "b", ["b"], ["id"]);
        op.drop_foreign_key("for_now", "a").existing(foreign_key(["b"], "b", ["id"]));
        op.batch_alter_table("a", |batch| {
            batch.alter_column("b").set_not_null();
            batch.create_foreign_key("circle", "b", ["b"], ["id"]);
        });
    }
    let mut op = Operations::default();
    op.reverse_of(upgrade);
    insta::assert_snapshot!(op.sql(Dialect::Postgres).unwrap().join(";\n"), @r#"
    ALTER TABLE "a" DROP CONSTRAINT "circle";
    DROP TABLE "b";
    DROP TABLE "a"
    "#);
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
        |op| {
            let existing = text("name").collate_on(Dialect::Mysql, "utf8mb4_bin");
            op.alter_column("users", "name").set_collation("C").existing(existing);
        },
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
    `drop_table` of `users`: it cannot be reversed: what the table was is not known (describe it with `.existing(…)`, or write the downgrade by hand)
    `create_table` of `users`: it cannot be reversed: with `if_not_exists` the table may have been there before (write the downgrade by hand)
    `drop_column` of `users.age`: it cannot be reversed: what the column was is not known (describe it with `.existing(…)`, or write the downgrade by hand)
    `alter_column` of `users.age`: it cannot be reversed: what the column was is not known (describe it with `.existing(…)`, or write the downgrade by hand)
    `alter_column` of `users.name`: it cannot be reversed: its collation was another one on each database (record it with `op.only_for(…)`, and describe the column with `.collate(…)`)
    `drop_index` of `users`: it cannot be reversed: what the index was is not known (describe it with `.existing(…)`, or write the downgrade by hand)
    `drop_check_constraint` of `users`: it cannot be reversed: what the constraint was is not known (describe it with `.existing(…)`, or write the downgrade by hand)
    `validate_constraint` of `users`: it cannot be reversed: a constraint cannot be made unchecked again (write the downgrade by hand)
    `update` of `users`: it cannot be reversed: the values before are not known (write the downgrade by hand)
    `bulk_insert` of `users`: it cannot be reversed: the rows can no longer be distinguished from others (write the downgrade by hand)
    `execute`: it cannot be reversed: what undoes it is not known (say what does with `.reversed_by(…)`)
    ");
}

type Change = Box<dyn Fn(&mut Operations)>;

#[test]
fn the_reverse_of_a_change_of_an_enum_leads_back_to_its_values() {
    const VALUES: [&str; 3] = ["a", "b", "c"];
    fn e() -> EnumType {
        enum_type("e", VALUES)
    }
    let column = || enumeration("x", e()).default("b");
    let mut changes: Vec<Change> =
        vec![Box::new(move |op| drop(op.add_enum_value(e(), "new").used_by("t", column())))];
    for value in VALUES {
        changes.push(Box::new(move |op| {
            op.add_enum_value(e(), "new").before(value).used_by("t", column());
        }));
        changes.push(Box::new(move |op| {
            op.add_enum_value(e(), "new").after(value).used_by("t", column());
        }));
        changes.push(Box::new(move |op| {
            op.rename_enum_value(e(), value, "new").used_by("t", column());
        }));
        let default = if value == "b" { "c" } else { "b" };
        changes.push(Box::new(move |op| {
            let column = enumeration("x", e()).default(default);
            op.remove_enum_value(e(), value).replaced_by(default).used_by("t", column);
        }));
    }
    for change in changes {
        let [mut forward, mut reversed, mut again] = [(); 3].map(|()| Operations::default());
        change(&mut forward);
        reversed.reverse_of(&change);
        again.reverse_of(|op| op.reverse_of(&change));
        let last = |op: &Operations| op.sql(Dialect::Mysql).unwrap().pop().unwrap();
        let values = |sql: &str| sql.split(" DEFAULT").next().unwrap().to_owned();
        assert_eq!(values(&last(&reversed)), "ALTER TABLE `t` MODIFY COLUMN `x` ENUM('a', 'b', 'c') NULL");
        assert_eq!(values(&last(&again)), values(&last(&forward)));
    }
}
