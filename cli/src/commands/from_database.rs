//! `revision --from-database`: a first revision that creates what a database has.

use super::{CommandContext, inspect};
use crate::arguments::{ChangeArgs, ExistingDatabaseArgs, Format};
use crate::failure::{Failure, NewRevisionFailure, list};
use crate::new_file::Content;
use crate::output::{CommandOutput, Data, Note, ids};
use crate::run::{MissingFile, OpenDatabase, parse_target};
use servicekit::Dialect;
use servicekit::revision_script::Script;
use servicekit::schema::Schema;

/// What was found in a database.
pub(super) enum Existing {
    /// There are no tables: the note says so.
    Nothing(Note),
    /// What it has in a few words, and the revision that creates it.
    Content(String, Content),
}

/// What creates the tables of the database.
///
/// # Errors
/// When the database cannot be read, or has version rows: then it was not there before its history.
pub(super) fn read(
    arguments: &ExistingDatabaseArgs,
    format: Format,
    context: CommandContext<'_>,
) -> Result<Existing, Failure> {
    let CommandContext { project, common, .. } = context;
    let database = OpenDatabase::open_for_first_revision(project, common)?;
    let status = database.status()?;
    if !status.rows.is_base() || status.partial.is_some() {
        return Err(NewRevisionFailure::AlreadyVersioned {
            database: database.shown_url(),
            at: if status.rows.is_base() {
                "a revision that is partially applied".to_owned()
            } else {
                list(project.describe_all(&ids(&status.rows)), "and")
            },
            location: project.location.clone(),
        }
        .into());
    }
    let mut schema = inspect::read(&database, &arguments.table, &arguments.schema, project)?;
    let are_named = !arguments.table.is_empty();
    let left_out = if are_named { String::new() } else { without_other_histories(&mut schema) };
    if schema.is_empty() {
        let message = format!("`{}` has no tables: no revision was written", database.shown_url());
        let help = "create an empty one with `revision -m`, without `--from-database`".to_owned();
        return Ok(Existing::Nothing(Note { message, help: Some(help) }));
    }
    let origin =
        format!("Made from the schema of an existing database, on {}{left_out}.", database.product()?);
    let (summary, made) = content(&schema, database.dialect(), format, origin)?;
    Ok(Existing::Content(summary, made))
}

/// The tables in which other tools keep what they have applied; that of Alembic is ours too.
const OTHER_HISTORIES: [(&str, &str); 4] = [
    ("_sqlx_migrations", "sqlx"),
    ("refinery_schema_history", "refinery"),
    ("__diesel_schema_migrations", "diesel"),
    ("seaql_migrations", "sea-orm"),
];

/// Takes the tables of other tools out of a schema, and says so: they are not part of what the application needs, and a new
/// database has none.
fn without_other_histories(schema: &mut Schema) -> String {
    let mut left_out = Vec::new();
    schema.tables.retain(|table| {
        let other = OTHER_HISTORIES.iter().find(|(name, _)| table.name.name == *name);
        left_out
            .extend(other.map(|(name, tool)| format!(", without `{name}`, where {tool} keeps its history")));
        other.is_none()
    });
    left_out.concat()
}

fn content(
    schema: &Schema,
    dialect: Dialect,
    format: Format,
    origin: String,
) -> Result<(String, Content), Failure> {
    let Script { summary, upgrade, downgrade, .. } =
        Script::creating(schema, dialect, format.into()).map_err(|error| inspect::unwritten(&error))?;
    Ok((summary, Content { origin, upgrade, downgrade, sections: Vec::new() }))
}

/// An answer where there is nothing to write.
pub(super) fn nothing(note: Note) -> CommandOutput {
    CommandOutput { notes: vec![note], ..CommandOutput::from(Data::NothingToCreate) }
}

/// Adds what comes after the revision was written: the stamp, or the command for it.
pub(super) fn follow_up(
    arguments: &ExistingDatabaseArgs,
    id: &str,
    output: &mut CommandOutput,
    context: CommandContext<'_>,
) {
    let command = context.project.location.command(format_args!("stamp {id}"));
    if !arguments.stamp {
        let message = "the database has these tables already, so the revision must not run there".to_owned();
        let help = Some(format!("review the file, then record it with `{command}`"));
        output.notes.push(Note { message, help });
        return;
    }
    match stamp(id, context) {
        Ok(database) => output.notes.push(Note {
            message: format!("`{database}` is stamped with `{id}`: the revision does not run there"),
            help: None,
        }),
        Err(failure) => {
            let message =
                format!("the revision was written, but is not recorded in the database: run `{command}`");
            output.notes.push(Note { message, help: None });
            output.failure = Some(failure);
        }
    }
}

/// Records the revision in the database, which is named.
fn stamp(id: &str, context: CommandContext<'_>) -> Result<String, Failure> {
    let project = &context.project.read_again();
    let target = parse_target(&[id.to_owned()], project)?;
    let database = OpenDatabase::open(project, context.common, MissingFile::Refuse)?;
    let settings = context.run_settings(&ChangeArgs { acquire_timeout: None });
    let stamp =
        async |migrator: &_, database: &_| servicekit::Migrator::stamp(migrator, database, target).await;
    let (_, database) = database.record(settings, stamp)?;
    Ok(database.shown_url())
}

#[cfg(test)]
mod tests {
    use super::*;
    use servicekit::revision::*;
    use servicekit::schema::Remainder;

    const REVERSE: &str = "pub fn downgrade(op: &mut Operations) {\n    op.reverse_of(upgrade);\n}\n";

    fn table(name: &str, other: &str) -> Table {
        Table::new(name, [integer("id").primary_key(), integer("other")])
            .with(foreign_key(["other"], other, ["id"]).name(format!("{name}_other")))
    }

    fn downgrade(tables: Vec<Table>, dialect: Dialect, format: Format) -> String {
        let mut schema = Schema::default();
        schema.enums.push(enum_type("mood", ["sad"]));
        schema.tables = tables;
        content(&schema, dialect, format, String::new()).unwrap().1.downgrade
    }

    #[test]
    fn the_tables_of_other_tools_are_left_out_and_named() {
        let keyed = |name: &str| Table::new(name, [integer("version").primary_key()]);
        let mut schema = Schema::default();
        schema.tables =
            ["_sqlx_migrations", "users", "seaql_migrations", "sqlx_migrations"].map(keyed).to_vec();
        assert_eq!(
            without_other_histories(&mut schema),
            ", without `_sqlx_migrations`, where sqlx keeps its history, without `seaql_migrations`, where sea-orm keeps \
             its history"
        );
        let left: Vec<String> = schema.tables.iter().map(|table| table.name.to_string()).collect();
        assert_eq!(left, ["users", "sqlx_migrations"]);
        assert_eq!(without_other_histories(&mut schema), "");
    }

    #[test]
    fn a_circle_of_tables_is_opened_before_they_are_dropped() {
        let circle = || vec![table("a", "b"), table("b", "a")];
        let on_postgres = downgrade(circle(), Dialect::Postgres, Format::Sql);
        assert_eq!(
            on_postgres,
            "ALTER TABLE \"a\" DROP CONSTRAINT \"a_other\";\nDROP TABLE \"b\";\nDROP TABLE \"a\";\nDROP TYPE \"mood\";\n"
        );
        let in_rust = downgrade(circle(), Dialect::Postgres, Format::Rs);
        assert!(in_rust.contains("op.drop_foreign_key(\"a_other\", \"a\");"), "{in_rust}");
        assert_eq!(downgrade(circle(), Dialect::Sqlite, Format::Rs), REVERSE);
    }

    #[test]
    fn what_there_is_no_word_for_goes_with_its_table() {
        let remainder = Remainder::new(Dialect::Postgres, "row level security", "ALTER TABLE a …");
        let in_rust = downgrade(vec![table("a", "a").remainder(remainder)], Dialect::Postgres, Format::Rs);
        assert!(in_rust.contains("op.drop_table(\"a\");") && !in_rust.contains("reverse_of"), "{in_rust}");
    }
}
