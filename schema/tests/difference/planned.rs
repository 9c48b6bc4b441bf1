//! What becomes of facts that need more than one operation.

use servicekit::Dialect::{self, Postgres};
use servicekit::revision::*;
use servicekit::table::Schema;
use servicekit::table::{enum_type, index};

fn schema(values: &[&str], column: Column) -> Schema {
    let mut schema = Schema::default();
    schema.enums.push(enum_type("mood", values.iter().copied()));
    let table = Table::new("users", [integer("id").not_null(), column]);
    schema.tables.push(table.with(check("m <> 'happy'").name("ck")).with(index(["m"]).name("ix")));
    schema
}

fn statements(from: &Schema, to: &Schema, dialect: Dialect) -> String {
    let change = from.difference(to, dialect).plan().unwrap();
    change.recorded().sql(dialect).unwrap().join(";\n")
}

#[test]
fn a_value_of_an_enum_goes_after_what_compares_with_it_and_before_what_has_another_default() {
    let column = |values: &[&str], default: &str| {
        enumeration("m", enum_type("mood", values.iter().copied())).default(default)
    };
    let before = schema(&["sad", "calm", "happy"], column(&["sad", "calm", "happy"], "calm"));
    let after = schema(&["sad", "happy"], column(&["sad", "happy"], "sad"));
    insta::assert_snapshot!(statements(&before, &after, Postgres), @r#"
    ALTER TABLE "users" DROP CONSTRAINT "ck";
    ALTER TABLE "users" ALTER COLUMN "m" DROP DEFAULT;
    ALTER TYPE "mood" RENAME TO "mood_before";
    CREATE TYPE "mood" AS ENUM ('sad', 'happy');
    ALTER TABLE "users" ALTER COLUMN "m" TYPE "mood" USING "m"::TEXT::"mood";
    DROP TYPE "mood_before";
    ALTER TABLE "users" ALTER COLUMN "m" SET DEFAULT 'sad';
    ALTER TABLE "users" ADD CONSTRAINT "ck" CHECK (m <> 'happy')
    "#);
    insta::assert_snapshot!(statements(&after, &before, Postgres), @r#"
    ALTER TYPE "mood" ADD VALUE 'calm' AFTER 'sad';
    ALTER TABLE "users" ALTER COLUMN "m" SET DEFAULT 'calm'
    "#);
}

#[test]
fn values_of_an_enum_change_places_in_a_new_type() {
    let column =
        |values: &[&str]| enumeration("m", enum_type("mood", values.iter().copied())).default("calm");
    let schema = |values: &[&str]| schema(values, column(values));
    let (before, after) = (schema(&["sad", "calm", "happy"]), schema(&["happy", "new", "sad", "calm"]));
    insta::assert_snapshot!(statements(&before, &after, Postgres), @r#"
    ALTER TABLE "users" DROP CONSTRAINT "ck";
    ALTER TYPE "mood" RENAME TO "mood_before";
    CREATE TYPE "mood" AS ENUM ('happy', 'sad', 'calm');
    ALTER TABLE "users" ALTER COLUMN "m" DROP DEFAULT, ALTER COLUMN "m" TYPE "mood" USING "m"::TEXT::"mood", ALTER COLUMN "m" SET DEFAULT 'calm';
    DROP TYPE "mood_before";
    ALTER TYPE "mood" ADD VALUE 'new' AFTER 'happy';
    ALTER TABLE "users" ADD CONSTRAINT "ck" CHECK (m <> 'happy')
    "#);
    insta::assert_snapshot!(statements(&after, &before, Postgres), @r#"
    ALTER TABLE "users" DROP CONSTRAINT "ck";
    ALTER TYPE "mood" RENAME TO "mood_before";
    CREATE TYPE "mood" AS ENUM ('happy', 'sad', 'calm');
    ALTER TABLE "users" ALTER COLUMN "m" DROP DEFAULT, ALTER COLUMN "m" TYPE "mood" USING "m"::TEXT::"mood", ALTER COLUMN "m" SET DEFAULT 'calm';
    DROP TYPE "mood_before";
    ALTER TYPE "mood" RENAME TO "mood_before";
    CREATE TYPE "mood" AS ENUM ('sad', 'calm', 'happy');
    ALTER TABLE "users" ALTER COLUMN "m" DROP DEFAULT, ALTER COLUMN "m" TYPE "mood" USING "m"::TEXT::"mood", ALTER COLUMN "m" SET DEFAULT 'calm';
    DROP TYPE "mood_before";
    ALTER TABLE "users" ADD CONSTRAINT "ck" CHECK (m <> 'happy')
    "#);
}

#[test]
fn what_no_operation_can_do_is_said_with_its_reason() {
    let why = |from: Column, to: Column| {
        let values = ["sad", "happy"];
        let difference = schema(&values, from).difference(&schema(&values, to), Postgres);
        difference.plan().unwrap_err().to_string()
    };
    insta::assert_snapshot!(why(timestamp("m"), timestamp("m").now_on_update()), @"
    no operations can be written for this: PostgreSQL has no `ON UPDATE CURRENT_TIMESTAMP`; a trigger can do that
    ~ column users.m: on update from none to the current time
    help: write the revision by hand
    ");
}

/// A table with a column, which is the key if its numbers are generated.
fn counted(column: Column) -> Schema {
    let mut schema = Schema::default();
    let key = column.identity.is_some().then(|| primary_key([&column.name]).name("pk"));
    let mut table = Table::new("users", [column, integer("other")]);
    table.constraints.extend(key.map(Into::into));
    schema.tables.push(table);
    schema
}

#[test]
fn numbers_are_generated_while_the_column_is_a_key_and_begin_behind_those_that_are_there() {
    let (plain, numbered) = (counted(big_integer("id")), counted(integer("id").not_null().autoincrement()));
    insta::assert_snapshot!(statements(&plain, &numbered, Postgres), @r#"
    ALTER TABLE "users" ALTER COLUMN "id" TYPE INTEGER, ALTER COLUMN "id" SET NOT NULL;
    ALTER TABLE "users" ADD CONSTRAINT "pk" PRIMARY KEY ("id");
    ALTER TABLE "users" ALTER COLUMN "id" ADD GENERATED BY DEFAULT AS IDENTITY;
    SELECT setval(pg_get_serial_sequence('"users"', 'id'), max("id")) FROM "users" HAVING max("id") >= 1
    "#);
    insta::assert_snapshot!(statements(&numbered, &plain, Postgres), @r#"
    ALTER TABLE "users" ALTER COLUMN "id" DROP IDENTITY;
    ALTER TABLE "users" DROP CONSTRAINT "pk";
    ALTER TABLE "users" ALTER COLUMN "id" TYPE BIGINT, ALTER COLUMN "id" DROP NOT NULL
    "#);
    insta::assert_snapshot!(statements(&plain, &numbered, Dialect::Mysql), @"
    ALTER TABLE `users` MODIFY COLUMN `id` INT NOT NULL;
    ALTER TABLE `users` ADD CONSTRAINT `pk` PRIMARY KEY (`id`);
    ALTER TABLE `users` MODIFY COLUMN `id` INT NOT NULL AUTO_INCREMENT
    ");
    insta::assert_snapshot!(statements(&numbered, &plain, Dialect::Mysql), @"
    ALTER TABLE `users` MODIFY COLUMN `id` INT NOT NULL;
    ALTER TABLE `users` DROP PRIMARY KEY;
    ALTER TABLE `users` MODIFY COLUMN `id` BIGINT NULL
    ");
    let always = counted(integer("id").not_null().identity_always());
    insta::assert_snapshot!(statements(&numbered, &always, Postgres), @r#"ALTER TABLE "users" ALTER COLUMN "id" SET GENERATED ALWAYS"#);
}

#[test]
fn a_serial_is_an_integer_with_a_sequence_and_becomes_another_one() {
    let table = |id: Column| {
        let mut schema = counted(id.not_null());
        let key = foreign_key(["other"], "users", ["id"]).name("fk");
        schema.tables[0].constraints = vec![primary_key(["id"]).name("pk").into(), key.into()];
        schema
    };
    let (serial, big) = (table(custom("id", "serial")), table(custom("id", "bigserial")));
    let (plain, numbered) = (table(integer("id")), table(integer("id").autoincrement()));
    insta::assert_snapshot!(statements(&serial, &plain, Postgres), @r#"
    ALTER TABLE "users" ALTER COLUMN "id" DROP DEFAULT;
    DO 'BEGIN EXECUTE ''DROP SEQUENCE '' || pg_get_serial_sequence(''"users"'', ''id''); END'
    "#);
    insta::assert_snapshot!(statements(&plain, &serial, Postgres), @r#"
    CREATE SEQUENCE "users_id_seq" AS INTEGER OWNED BY "users"."id";
    ALTER TABLE "users" ALTER COLUMN "id" SET DEFAULT nextval('"users_id_seq"');
    SELECT setval(pg_get_serial_sequence('"users"', 'id'), max("id")) FROM "users" HAVING max("id") >= 1
    "#);
    insta::assert_snapshot!(statements(&serial, &numbered, Postgres), @r#"
    ALTER TABLE "users" ALTER COLUMN "id" DROP DEFAULT;
    DO 'DECLARE number bigint; used boolean; BEGIN EXECUTE ''SELECT last_value, is_called FROM '' || pg_get_serial_sequence(''"users"'', ''id'') INTO number, used; EXECUTE ''DROP SEQUENCE '' || pg_get_serial_sequence(''"users"'', ''id''); ALTER TABLE "users" ALTER COLUMN "id" ADD GENERATED BY DEFAULT AS IDENTITY; PERFORM setval(pg_get_serial_sequence(''"users"'', ''id''), number, used); END'
    "#);
    insta::assert_snapshot!(statements(&numbered, &serial, Postgres), @r#"
    ALTER TABLE "users" ALTER COLUMN "id" DROP IDENTITY;
    CREATE SEQUENCE "users_id_seq" AS INTEGER OWNED BY "users"."id";
    ALTER TABLE "users" ALTER COLUMN "id" SET DEFAULT nextval('"users_id_seq"');
    SELECT setval(pg_get_serial_sequence('"users"', 'id'), max("id")) FROM "users" HAVING max("id") >= 1
    "#);
    insta::assert_snapshot!(statements(&serial, &big, Postgres), @r#"
    ALTER TABLE "users" DROP CONSTRAINT "fk";
    ALTER TABLE "users" ALTER COLUMN "id" TYPE BIGINT;
    DO 'BEGIN EXECUTE ''ALTER SEQUENCE '' || pg_get_serial_sequence(''"users"'', ''id'') || '' AS BIGINT''; END';
    ALTER TABLE "users" ADD CONSTRAINT "fk" FOREIGN KEY ("other") REFERENCES "users" ("id")
    "#);
    let text = table(text("id"));
    insta::assert_snapshot!(statements(&text, &serial, Postgres), @r#"
    ALTER TABLE "users" DROP CONSTRAINT "fk";
    CREATE SEQUENCE "users_id_seq" AS INTEGER OWNED BY "users"."id";
    ALTER TABLE "users" ALTER COLUMN "id" TYPE INTEGER USING ("id"::text::INTEGER), ALTER COLUMN "id" SET DEFAULT nextval('"users_id_seq"');
    SELECT setval(pg_get_serial_sequence('"users"', 'id'), max("id")) FROM "users" HAVING max("id") >= 1;
    ALTER TABLE "users" ADD CONSTRAINT "fk" FOREIGN KEY ("other") REFERENCES "users" ("id")
    "#);
    for (from, to) in [(&serial, &plain), (&plain, &serial), (&serial, &numbered), (&numbered, &serial)] {
        let change = from.difference(to, Postgres).plan().unwrap();
        assert_eq!(change.hazards, [], "values stay as they are");
    }
}

#[test]
fn a_column_of_mysql_that_stays_numbered_is_not_while_its_key_changes() {
    let numbered = |comment: Option<&str>, key: &[&str]| {
        let mut schema = counted(integer("id").not_null().autoincrement());
        let table = &mut schema.tables[0];
        table.constraints = vec![primary_key(key.iter().copied()).into()];
        table.columns[0].comment = comment.map(str::to_owned);
        table.columns[1].nullable = false;
        schema
    };
    let (one, two) = (numbered(None, &["id"]), numbered(None, &["id", "other"]));
    insta::assert_snapshot!(statements(&one, &two, Dialect::Mysql), @"
    ALTER TABLE `users` MODIFY COLUMN `id` INT NOT NULL;
    ALTER TABLE `users` DROP PRIMARY KEY;
    ALTER TABLE `users` ADD CONSTRAINT `pk_users` PRIMARY KEY (`id`, `other`);
    ALTER TABLE `users` MODIFY COLUMN `id` INT NOT NULL AUTO_INCREMENT
    ");
    let two = numbered(Some("of the user"), &["id", "other"]);
    insta::assert_snapshot!(statements(&one, &two, Dialect::Mysql), @"
    ALTER TABLE `users` MODIFY COLUMN `id` INT NOT NULL;
    ALTER TABLE `users` DROP PRIMARY KEY;
    ALTER TABLE `users` MODIFY COLUMN `id` INT NOT NULL COMMENT 'of the user';
    ALTER TABLE `users` ADD CONSTRAINT `pk_users` PRIMARY KEY (`id`, `other`);
    ALTER TABLE `users` MODIFY COLUMN `id` INT NOT NULL AUTO_INCREMENT COMMENT 'of the user'
    ");
}

#[test]
fn collations_and_times_change_with_what_is_in_their_way() {
    let said = |from: Column, to: Column, dialect| {
        statements(&schema(&["happy"], from), &schema(&["happy"], to), dialect)
    };
    insta::assert_snapshot!(said(text("m"), text("m").collate("C"), Postgres), @r#"ALTER TABLE "users" ALTER COLUMN "m" TYPE TEXT COLLATE "C""#);
    insta::assert_snapshot!(said(text("m").collate("C"), string("m", 9), Postgres), @r#"ALTER TABLE "users" ALTER COLUMN "m" TYPE VARCHAR(9)"#);
    let [plain, moved] = [timestamp("m"), timestamp("m").now_on_update()];
    insta::assert_snapshot!(said(plain, moved, Dialect::Mysql), @"ALTER TABLE `users` MODIFY COLUMN `m` DATETIME(6) NULL ON UPDATE CURRENT_TIMESTAMP(6)");

    let with = |title: Column| {
        let mut schema = Schema::default();
        let shout = text("shout").generated("upper(title)");
        schema.tables.push(Table::new("books", [title, shout]).with(unique(["title"]).name("uq")));
        schema
    };
    let (plain, collated) = (with(text("title")), with(text("title").collate("C")));
    insta::assert_snapshot!(statements(&plain, &collated, Postgres), @r#"
    ALTER TABLE "books" DROP COLUMN "shout";
    ALTER TABLE "books" ALTER COLUMN "title" TYPE TEXT COLLATE "C";
    ALTER TABLE "books" ADD COLUMN "shout" TEXT GENERATED ALWAYS AS (upper(title)) STORED
    "#);
}

#[test]
fn what_can_go_wrong_with_numbers_and_collations_is_said() {
    let hazards = |from: Column, to: Column, dialect| {
        let change = counted(from).difference(&counted(to), dialect).plan().unwrap();
        change.hazards.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let numbered = || integer("id").not_null().autoincrement();
    insta::assert_snapshot!(hazards(integer("id").not_null(), numbered(), Dialect::Mysql), @"
    rebuilds: table users
    can fail: rows of users that the primary key pk does not take
    loses data: rows where users.id is 0, which get the next number
    ");
    insta::assert_snapshot!(hazards(integer("id").not_null(), numbered(), Postgres), @"
    takes a lock: users waits until the index of the primary key pk is built
    can fail: rows of users that the primary key pk does not take
    ");
    let bounded = numbered().sequence(sequence().maximum(9));
    insta::assert_snapshot!(hazards(integer("id").not_null(), bounded, Postgres), @"
    takes a lock: users waits until the index of the primary key pk is built
    can fail: rows of users that the primary key pk does not take
    can fail: values of users.id beyond the last number of its sequence
    ");
    let computed = integer("id").generated("other + 1");
    insta::assert_snapshot!(hazards(computed.clone(), integer("id").not_null(), Postgres), @"
    loses data: column users.id
    can fail: rows of users, which get no value for id
    ");
    insta::assert_snapshot!(hazards(integer("id"), computed, Postgres), @"
    loses data: column users.id
    rebuilds: table users
    ");
    let named = |collation: &str| text("id").collate(collation).unique();
    insta::assert_snapshot!(hazards(named("BINARY"), named("NOCASE"), Dialect::Sqlite), @"
    rebuilds: table users
    can fail: values of users.id that are one to the new collation
    ");
}

#[test]
fn tables_go_after_those_that_refer_to_them() {
    let table = |name: &str, referred: &str| {
        let key = foreign_key(["other"], referred, ["id"]).name(format!("fk_{name}"));
        Table::new(name, [integer("id").primary_key(), integer("other")]).with(key)
    };
    let mut before = Schema::default();
    before.tables = vec![table("a", "a"), table("b", "a"), table("c", "d"), table("d", "c")];
    for dialect in [Postgres, Dialect::Mysql] {
        let statements = statements(&before, &Schema::default(), dialect).replace('`', "\"");
        let at = |part: &str| statements.find(part).unwrap_or_else(|| panic!("{part} in {statements}"));
        assert!(at("DROP TABLE \"b\"") < at("DROP TABLE \"a\""), "{statements}");
        let first_of_circle = at("DROP TABLE \"c\"").min(at("DROP TABLE \"d\""));
        let opened = statements.find("\"fk_c\"").or_else(|| statements.find("\"fk_d\""));
        assert!(opened.is_some_and(|opened| opened < first_of_circle), "{statements}");
    }
    insta::assert_snapshot!(statements(&before, &Schema::default(), Postgres), @r#"
    ALTER TABLE "c" DROP CONSTRAINT "fk_c";
    DROP TABLE "d";
    DROP TABLE "c";
    DROP TABLE "b";
    DROP TABLE "a"
    "#);
}

/// There it is a text with a check of its column.
#[test]
fn an_enum_of_a_model_is_the_text_with_a_check_that_sqlite_has() {
    let schema = |columns: Vec<Column>, checks: &[&str]| {
        let mut table = Table::new("users", columns);
        for condition in checks {
            table = table.with(check(*condition));
        }
        let mut schema = Schema::default();
        schema.tables.push(table);
        schema
    };
    let sqlite = Dialect::Sqlite;
    let mood = |values: &[&str]| enumeration("mood", enum_type("Mood", values.iter().copied()));
    let read = schema(vec![integer("id"), text("mood")], &["\"mood\" IN ('sad', 'it''s')"]);
    let same = schema(vec![integer("id"), mood(&["sad", "it's"])], &[]);
    assert!(read.difference(&same, sqlite).is_empty());
    assert!(same.difference(&read, sqlite).is_empty());
    assert!(read.difference(&read, sqlite).is_empty());

    let gone = read.difference(&Schema::default(), sqlite).reversed().plan().unwrap();
    insta::assert_snapshot!(gone.recorded().sql(sqlite).unwrap().join(";\n"), @r#"
    CREATE TABLE "users" (
        "id" INTEGER,
        "mood" TEXT CHECK ("mood" IN ('sad', 'it''s'))
    )
    "#);

    let more = schema(vec![integer("id"), mood(&["sad", "it's", "happy"])], &[]);
    let none = schema(vec![integer("id")], &[]);
    let any = schema(vec![integer("id"), text("mood")], &[]);
    let all = [&more, &none, &any].map(|to| {
        let there = read.difference(to, sqlite);
        format!("{there}\n{}", there.script(servicekit::script::Language::Rust).unwrap().upgrade)
    });
    insta::assert_snapshot!(all.join("\n"), @r#"
    ~ column users.mood: type from TEXT of sad, it's to TEXT of sad, it's, happy
    pub fn upgrade(op: &mut Operations) {
        // rebuilds: table users
        op.alter_column("users", "mood")
            .set_type(Type::Enum(enum_type("Mood", ["sad", "it's", "happy"])))
            .existing(enumeration("mood", enum_type("Mood", ["sad", "it's"])));
    }

    - column users.mood: "mood" TEXT CHECK ("mood" IN ('sad', 'it''s'))
    pub fn upgrade(op: &mut Operations) {
        // loses data: column users.mood
        op.drop_column("users", "mood").existing(enumeration("mood", enum_type("mood", ["sad", "it's"])));
    }

    ~ column users.mood: type from TEXT of sad, it's to TEXT
    pub fn upgrade(op: &mut Operations) {
        // rebuilds: table users
        op.alter_column("users", "mood")
            .set_type(Type::Text)
            .existing(enumeration("mood", enum_type("mood", ["sad", "it's"])));
    }
    "#);
}

/// It keeps it when the key goes; a model says nothing of it.
#[test]
fn the_index_that_mysql_makes_for_a_foreign_key_goes_with_it() {
    let schema = |team: Column| {
        let mut schema = Schema::default();
        schema.tables.push(Table::new("teams", [integer("id").primary_key()]));
        schema.tables.push(Table::new("users", [integer("id").primary_key(), team]));
        schema
    };
    let before = schema(integer("team"));
    let statements = |to: &Schema| {
        let there = before.difference(to, Dialect::Mysql);
        let of = |difference: servicekit::diff::Difference| {
            difference.plan().unwrap().recorded().sql(Dialect::Mysql).unwrap().join(";\n")
        };
        format!("{}\n-- back\n{}", of(there.clone()), of(there.reversed()))
    };
    insta::assert_snapshot!(statements(&schema(integer("team").references("teams", "id"))), @r#"
    ALTER TABLE `users` ADD CONSTRAINT `fk_users_team_teams` FOREIGN KEY (`team`) REFERENCES `teams` (`id`)
    -- back
    ALTER TABLE `users` DROP FOREIGN KEY `fk_users_team_teams`;
    DROP INDEX `fk_users_team_teams` ON `users`
    "#);
    // One that serves the key already stays, also without it.
    let mut served = before.clone();
    served.tables[1].indexes.push(index(["team"]).name("by team").comment("of old"));
    let there = served.difference(&schema(integer("team").references("teams", "id")), Dialect::Mysql);
    insta::assert_snapshot!(there.reversed().plan().unwrap().recorded().sql(Dialect::Mysql).unwrap().join(";\n"), @"ALTER TABLE `users` DROP FOREIGN KEY `fk_users_team_teams`");
    let indexed = schema(integer("team").references("teams", "id").indexed());
    insta::assert_snapshot!(statements(&indexed), @r#"
    CREATE INDEX `ix_users_team` ON `users` (`team`);
    ALTER TABLE `users` ADD CONSTRAINT `fk_users_team_teams` FOREIGN KEY (`team`) REFERENCES `teams` (`id`)
    -- back
    ALTER TABLE `users` DROP FOREIGN KEY `fk_users_team_teams`;
    DROP INDEX `ix_users_team` ON `users`
    "#);
}
