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
fn what_no_operation_can_do_is_said_with_its_reason() {
    let why = |from: Column, to: Column| {
        let values = ["sad", "happy"];
        let difference = schema(&values, from).difference(&schema(&values, to), Postgres);
        difference.plan().unwrap_err().to_string()
    };
    insta::assert_snapshot!(why(custom("m", "serial"), custom("m", "bigserial")), @"
    no operations can be written for this: `serial` is an integer with a sequence of its own, which stays as it is
    ~ column users.m: type from serial to bigserial
    help: write the revision by hand
    ");
    insta::assert_snapshot!(why(text("m"), text("m").collate("C")), @"
    no operations can be written for this: `alter_column` has no word for what is `collation`
    ~ column users.m: collation from none to C
    help: write the revision by hand
    ");
    let mut moved = schema(&["happy", "sad"], text("m"));
    moved.enums[0].values.push("calm".to_owned());
    let unplannable = schema(&["sad", "happy"], text("m")).difference(&moved, Postgres).plan().unwrap_err();
    insta::assert_snapshot!(unplannable.to_string(), @"
    no operations can be written for this: values of an enum type keep their order
    ~ enum mood
        from sad, happy
        to   happy, sad, calm
    help: write the revision by hand
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
