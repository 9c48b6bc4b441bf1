//! `inspect`: the tables of a database, as what creates them.

use super::CommandContext;
use crate::arguments::{InspectArgs, InspectFormat};
use crate::failure::{DatabaseFailure, Failure};
use crate::output::{CommandOutput, Data, InspectOutput, InspectText, Note};
use crate::project::Project;
use crate::run::{MissingFile, OpenDatabase};
use servicekit::introspection::Introspection;
use servicekit::revision_script::{self as script, ScriptError};
use servicekit::schema::{Schema, TableName};
use servicekit::{Dialect, Operations, source};

pub(super) fn run(arguments: &InspectArgs, context: CommandContext<'_>) -> Result<CommandOutput, Failure> {
    let project = context.project;
    let database = OpenDatabase::open(project, context.common, MissingFile::Refuse)?;
    let schema = read(&database, &arguments.table, &arguments.schema, project)?;
    let text = match arguments.format {
        _ if context.common.json => InspectText::Document,
        InspectFormat::Json => InspectText::Document,
        InspectFormat::Rs => InspectText::Rust(rust(&schema, database.dialect())?),
        InspectFormat::Sql => {
            let dialect = database.dialect();
            let statements = statements(&schema.operations(dialect), dialect)?;
            InspectText::Sql { statements, dialect }
        }
    };
    let is_empty = schema.is_empty();
    let data = Data::Inspected(Box::new(InspectOutput { schema, text }));
    let note = is_empty.then(|| Note { message: "there are no tables".to_owned(), help: None });
    Ok(CommandOutput { notes: note.into_iter().collect(), ..CommandOutput::from(data) })
}

/// The schema of a database: these tables of these schemas, or all of the current one; never the tables that hold the versions.
pub(super) fn read(
    database: &OpenDatabase<'_>,
    tables: &[TableName],
    schemas: &[String],
    project: &Project,
) -> Result<Schema, Failure> {
    let wanted = introspection(tables, schemas, project);
    database.ask(async |_, database| wanted.read(database).await)
}

/// What is read of a database.
pub(super) fn introspection(tables: &[TableName], schemas: &[String], project: &Project) -> Introspection {
    let config = &project.folder.config;
    let mut wanted =
        Introspection::new().without([config.version_table.clone(), config.journal_table.clone()]);
    for schema in schemas {
        wanted = wanted.schema(schema);
    }
    for table in tables {
        wanted = wanted.table(table);
    }
    wanted
}

/// The current schema, and these.
pub(super) fn with_schemas(schemas: &[String], project: &Project) -> Introspection {
    schemas.iter().fold(introspection(&[], &[], project), Introspection::and_schema)
}

/// The function of a revision that creates everything.
fn rust(schema: &Schema, dialect: Dialect) -> Result<String, Failure> {
    let operations = source::arranged(schema).operations(dialect);
    let function =
        source::function("upgrade", &operations).map_err(|error| unwritten(&ScriptError::Rust(error)))?;
    Ok(format!("use servicekit::revision::*;\n\n{function}"))
}

/// The statements of these operations.
fn statements(operations: &Operations, dialect: Dialect) -> Result<Vec<String>, Failure> {
    script::statements(operations, dialect).map_err(|error| unwritten(&error))
}

/// Why there is no text for what a database has.
pub(super) fn unwritten(error: &ScriptError) -> Failure {
    DatabaseFailure::Unwritable { reason: error.to_string(), help: error.help() }.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use servicekit::revision::*;
    use servicekit::schema::Remainder;

    fn schema() -> Schema {
        let mut schema = Schema::default();
        schema.enums.push(enum_type("mood", ["sad", "happy"]));
        schema.tables.push(
            Table::new(
                "people",
                [
                    big_integer("id").not_null().autoincrement(),
                    string("email", 254).not_null(),
                    enumeration("mood", enum_type("mood", ["sad", "happy"])).default("happy"),
                    big_integer("boss"),
                ],
            )
            .with(primary_key(["id"]).name("pk_people"))
            .with(foreign_key(["boss"], "people", ["id"]).name("fk_people_boss_people"))
            .with(unique(["email"]).name("people_email_key"))
            .with(index([key(sql("lower(email)"))]).name("by_email"))
            .comment("who works here")
            .remainder(Remainder::new(
                Dialect::Postgres,
                "row level security",
                "ALTER TABLE \"people\" ENABLE ROW LEVEL SECURITY",
            )),
        );
        schema
    }

    #[test]
    fn a_schema_is_the_function_of_a_revision() {
        insta::assert_snapshot!(rust(&schema(), Dialect::Postgres).unwrap(), @r##"
        use servicekit::revision::*;

        pub fn upgrade(op: &mut Operations) {
            let mood = || enum_type("mood", ["sad", "happy"]);
            op.create_enum(mood());

            op.create_table(
                "people",
                [
                    big_integer("id").primary_key().autoincrement(),
                    string("email", 254).not_null(),
                    enumeration("mood", mood()).default("happy"),
                    big_integer("boss").references("people", "id"),
                ],
            )
            .with(unique(["email"]).name("people_email_key"))
            .with(index([sql("lower(email)")]).name("by_email"))
            .comment("who works here");
            // row level security
            op.execute_for(Dialect::Postgres, r#"ALTER TABLE "people" ENABLE ROW LEVEL SECURITY"#);
        }
        "##);
    }

    #[test]
    fn a_schema_is_statements() {
        insta::assert_snapshot!(statements(&schema().operations(Dialect::Postgres), Dialect::Postgres).unwrap().join(";\n"), @r##"
        CREATE TYPE "mood" AS ENUM ('sad', 'happy');
        CREATE TABLE "people" (
            "id" BIGINT NOT NULL GENERATED BY DEFAULT AS IDENTITY,
            "email" VARCHAR(254) NOT NULL,
            "mood" "mood" DEFAULT 'happy',
            "boss" BIGINT,
            CONSTRAINT "pk_people" PRIMARY KEY ("id"),
            CONSTRAINT "fk_people_boss_people" FOREIGN KEY ("boss") REFERENCES "people" ("id"),
            CONSTRAINT "people_email_key" UNIQUE ("email")
        );
        CREATE INDEX "by_email" ON "people" ((lower(email)));
        COMMENT ON TABLE "people" IS 'who works here';
        ALTER TABLE "people" ENABLE ROW LEVEL SECURITY
        "##);
    }

    #[test]
    fn a_schema_is_a_document() {
        let output = InspectOutput { schema: schema(), text: InspectText::Document };
        insta::assert_snapshot!(serde_json::to_string_pretty(&output).unwrap(), @r##"
        {
          "enums": [
            {
              "name": "mood",
              "values": [
                "sad",
                "happy"
              ]
            }
          ],
          "tables": [
            {
              "name": "people",
              "columns": [
                {
                  "name": "id",
                  "type": "big_integer",
                  "not_null": true,
                  "autoincrement": true
                },
                {
                  "name": "email",
                  "type": {
                    "string": 254
                  },
                  "not_null": true
                },
                {
                  "name": "mood",
                  "type": {
                    "enumeration": {
                      "name": "mood",
                      "values": [
                        "sad",
                        "happy"
                      ]
                    }
                  },
                  "default": "happy"
                },
                {
                  "name": "boss",
                  "type": "big_integer"
                }
              ],
              "constraints": [
                {
                  "primary_key": [
                    "id"
                  ],
                  "name": "pk_people"
                },
                {
                  "foreign_key": [
                    "boss"
                  ],
                  "name": "fk_people_boss_people",
                  "referred_table": "people",
                  "referred_columns": [
                    "id"
                  ]
                },
                {
                  "unique": [
                    "email"
                  ],
                  "name": "people_email_key"
                }
              ],
              "indexes": [
                {
                  "name": "by_email",
                  "keys": [
                    {
                      "sql": "lower(email)"
                    }
                  ]
                }
              ],
              "comment": "who works here",
              "remainders": [
                {
                  "dialect": "postgres",
                  "what": "row level security",
                  "sql": "ALTER TABLE \"people\" ENABLE ROW LEVEL SECURITY"
                }
              ]
            }
          ]
        }
        "##);
    }

    #[test]
    fn every_kind_of_value_and_type_has_its_form() {
        let mut schema = Schema::default();
        schema.tables.push(
            Table::new(
                ("shop", "odd"),
                [
                    integer("a")
                        .default(i64::MIN)
                        .unique()
                        .check("a > 0")
                        .sequence(sequence().start(1).cycle()),
                    double("b").default(f64::NAN).indexed(),
                    double("c").default(0.5),
                    text("d").default(None::<&str>).collate("C").collate_on(Dialect::Mysql, "utf8mb4_bin"),
                    binary("e").default(b"\x00\xff"),
                    timestamp("f").precision(3).default(now()).now_on_update(),
                    boolean("g").default(true).option(Dialect::Mysql, "INVISIBLE"),
                    numeric("h", 12, 2).default(sql("1 + 1")).generated("a * 2"),
                    array("i", Type::Text).type_on(Dialect::Mysql, Type::Json),
                    custom("j", "tsvector").references("other", "id").on_delete(ForeignKeyAction::SetNull),
                ],
            )
            .with(primary_key(["a", "b"]).include(["c"]).deferrable(Deferrability::Deferred))
            .with(check("a > b").not_valid())
            .with(exclusion([(key("a").desc(), "=")]).using("gist"))
            .with(
                index([key("a").desc().nulls(Nulls::Last)])
                    .unique()
                    .filter("a > 0")
                    .option("fillfactor", "70"),
            )
            .option(Dialect::Sqlite, "STRICT"),
        );
        let output = InspectOutput { schema, text: InspectText::Document };
        insta::assert_snapshot!(serde_json::to_string(&output).unwrap(), @r##"{"enums":[],"tables":[{"name":["shop","odd"],"columns":[{"name":"a","type":"integer","sequence":{"start":1,"cycle":true},"default":-9223372036854775808,"unique":true,"checks":[{"check":"a > 0"}]},{"name":"b","type":"double","default":{"real":"NaN"},"indexed":true},{"name":"c","type":"double","default":0.5},{"name":"d","type":"text","default":null,"collations":[{"collation":"C"},{"dialect":"mysql","collation":"utf8mb4_bin"}]},{"name":"e","type":"binary","default":{"binary":"00ff"}},{"name":"f","type":{"precision":{"type":"timestamp","digits":3}},"default":{"now":true},"now_on_update":true},{"name":"g","type":"boolean","default":true,"options":[{"dialect":"mysql","sql":"INVISIBLE"}]},{"name":"h","type":{"numeric":[12,2]},"default":{"sql":"1 + 1"},"generated":"a * 2"},{"name":"i","type":{"type_on":{"type":{"array":"text"},"variants":[{"dialect":"mysql","type":"json"}]}}},{"name":"j","type":{"custom":"tsvector"},"references":{"foreign_key":["j"],"referred_table":"other","referred_columns":["id"],"on_delete":"set_null"}}],"constraints":[{"primary_key":["a","b"],"include":["c"],"deferrable":"deferred"},{"check":"a > b","not_valid":true},{"exclusion":[{"key":{"key":"a","desc":true},"operator":"="}],"using":"gist"}],"indexes":[{"keys":[{"key":"a","desc":true,"nulls":"last"}],"unique":true,"filter":"a > 0","options":[{"name":"fillfactor","value":"70"}]}],"options":[{"dialect":"sqlite","sql":"STRICT"}]}]}"##);
    }

    #[test]
    fn what_cannot_be_created_is_said() {
        let mut schema = Schema::default();
        schema.tables.push(Table::new("spans", [interval("length")]));
        let report = statements(&schema.operations(Dialect::Sqlite), Dialect::Sqlite).unwrap_err().report();
        insta::assert_snapshot!(report.message(), @r##"what the database has cannot be written: `create_table` of `spans`: SQLite has no type for interval"##);
    }
}
