//! Operations as SQL: shared code is here, and each dialect has its own file.
//!
//! Everything is a pure function of the operation. `check` first finds errors that apply to every dialect; the file
//! of a dialect reports unsupported features and never ignores them.

mod check;
mod create_all;
mod mysql;
mod names;
mod parameters;
pub(crate) mod part_text;
mod postgres;
mod requirements;
mod shared;
mod sqlite;

use crate::operation::{
    AddColumn, AddConstraint, AlterColumn, AlterEnum, Batch, CreateEnum, CreateIndex, CreateTable,
    DropColumn, DropConstraint, DropEnum, DropIndex, DropTable, Operation, OperationError, OperationProblem,
    Operations, RecordedOperation, Recreate, RenameColumn, RenameIndex, RenameTable, Result, SetTableComment,
    ValidateConstraint, Work,
};
use crate::rebuild::Rebuild;
use crate::table::{Table, TableName, Value};
use servicekit_chain::digest::{DigestSection, digest_sql};
use servicekit_chain::sql::{LexicalMode, quote_name};
use servicekit_chain::{Dialect, Digest, Direction};

pub use part_text::type_text;
pub use requirements::requirements;

/// The statements of an operation, or why there are none.
type Rendered = Result<Vec<String>>;

/// An action for an operation: SQL, or work to do while the revision runs.
///
/// The enum is exhaustive on purpose: a runner must handle each kind.
#[derive(Debug, Clone)]
pub enum Action {
    /// One statement, or several in one text.
    Sql(String),
    /// Custom work in Rust.
    Work(Work),
    /// A rebuild of a SQLite table.
    Rebuild(Box<Rebuild>),
}

impl Action {
    /// The SQL, or a comment that describes it.
    pub fn into_text(self) -> String {
        match self {
            Self::Sql(sql) => sql,
            Self::Work(work) => format!("-- run: {}", work.name()),
            Self::Rebuild(rebuild) => rebuild.to_text(),
        }
    }

    /// All that it does, as a text that can be digested as SQL; of custom work only the name.
    fn into_whole_text(self) -> String {
        match self {
            Self::Sql(sql) => sql,
            Self::Work(work) => format!("RUN {}", quote_name(Dialect::Sqlite, work.name())),
            Self::Rebuild(rebuild) => rebuild.to_whole_text(),
        }
    }
}

impl Operations {
    /// The SQL for this kind of database, one text per statement (a text that was [given](Self::execute) with several
    /// statements stays one). Custom [work](Work) is a comment with its name.
    ///
    /// # Errors
    /// If this kind of database does not support the operation, or the operation is invalid.
    ///
    /// # Examples
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.drop_column("users", "age");
    /// assert_eq!(op.sql(Dialect::Sqlite).unwrap(), [r#"ALTER TABLE "users" DROP COLUMN "age""#]);
    /// ```
    pub fn sql(&self, dialect: Dialect) -> std::result::Result<Vec<String>, OperationError> {
        let mut statements = Vec::new();
        for recorded in self.recorded().iter().filter(|recorded| recorded.is_for(dialect)) {
            statements.extend(actions(recorded, dialect)?.into_iter().map(Action::into_text));
        }
        Ok(statements)
    }

    /// The digest of what is recorded for this kind of database, as SQL, without comments and layout.
    ///
    /// It stays the same as long as the same is recorded: what renders anew with each version of this crate renders the
    /// same. Of custom [work](Work) only the name is known.
    ///
    /// # Errors
    /// If this kind of database does not support an operation, or it is invalid.
    ///
    /// # Examples
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let digest = |name: &str| {
    ///     let mut op = Operations::default();
    ///     op.drop_column("users", name);
    ///     op.digest(Dialect::Sqlite).unwrap()
    /// };
    /// assert_eq!(digest("age"), digest("age"));
    /// assert_ne!(digest("age"), digest("name"));
    /// ```
    pub fn digest(&self, dialect: Dialect) -> std::result::Result<Digest, OperationError> {
        let mut sql = String::new();
        for recorded in self.recorded().iter().filter(|recorded| recorded.is_for(dialect)) {
            for action in actions(recorded, dialect)? {
                sql.push_str(&action.into_whole_text());
                // The newline ends a comment.
                sql.push_str("\n;\n");
            }
        }
        // Which side it is does not matter here.
        let section = DigestSection { direction: Direction::Upgrade, dialects: &[dialect], sql: &sql };
        Ok(digest_sql(true, [section]))
    }

    /// Whether custom [work](Work) is recorded for this kind of database.
    pub fn has_work(&self, dialect: Dialect) -> bool {
        let mut recorded = self.recorded().iter().filter(|recorded| recorded.is_for(dialect));
        recorded.any(|recorded| matches!(recorded.operation, Operation::Work(_)))
    }
}

/// The actions of an operation, with SQL for the mode of the session.
///
/// # Errors
/// If this kind of database does not support the operation, or the operation is invalid.
pub fn actions(
    recorded: &RecordedOperation,
    mode: impl Into<LexicalMode>,
) -> std::result::Result<Vec<Action>, OperationError> {
    render(mode.into(), &recorded.operation).map_err(|problem| recorded.error(problem))
}

/// Turns an operation into what a database of this dialect runs; a text that was given as several stays one.
fn render(mode: LexicalMode, operation: &Operation) -> Result<Vec<Action>> {
    match operation {
        Operation::Work(work) => check::name_of_work(work).map(|()| vec![Action::Work(work.clone())]),
        Operation::Batch(batch) => self::batch(mode, batch),
        other => single(mode, other),
    }
}

fn single(mode: LexicalMode, operation: &Operation) -> Result<Vec<Action>> {
    on(mode, |sql| {
        check::operation(sql, operation)?;
        match sql.rebuild(operation)? {
            Some(actions) => Ok(actions),
            None => Ok(statements(sql, operation)?.into_iter().map(Action::Sql).collect()),
        }
    })
}

/// What the dialect of this mode writes.
fn on<T>(mode: LexicalMode, write: impl FnOnce(&dyn Sql) -> T) -> T {
    match mode.dialect {
        Dialect::Postgres => write(&postgres::Postgres { mode }),
        Dialect::Mysql => write(&mysql::MySql { mode }),
        _ => write(&sqlite::Sqlite),
    }
}

/// Several changes of one table.
fn batch(mode: LexicalMode, batch: &Batch) -> Result<Vec<Action>> {
    if batch.operations.is_empty() {
        return Err(OperationProblem::new("nothing is changed")
            .help("say what changes on the value that the closure gets"));
    }
    let mut actions = Vec::new();
    for operation in &batch.operations {
        let rendered = render(mode, operation);
        actions.extend(rendered.map_err(|problem| problem.within(operation))?);
    }
    if mode.dialect != Dialect::Sqlite {
        return Ok(actions);
    }
    let rebuilds = actions.iter().any(|action| matches!(action, Action::Rebuild(_)));
    match batch.recreate {
        Recreate::Auto | Recreate::Never if !rebuilds => Ok(actions),
        Recreate::Auto | Recreate::Always => sqlite::rebuild::together(&sqlite::Sqlite, &batch.operations),
        Recreate::Never => {
            Err(OperationProblem::new("it takes a rebuild of the table, and `Recreate::Never` is set")
                .help("leave that out, or change only what SQLite's `ALTER TABLE` can"))
        }
    }
}

fn statements(sql: &dyn Sql, operation: &Operation) -> Rendered {
    Ok(vec![match operation {
        Operation::CreateTable(create) => {
            let remainders = create.table.remainders.iter().filter(|each| each.dialect == sql.dialect());
            let mut statements = sql.create_table(create)?;
            statements.extend(remainders.map(|remainder| remainder.sql.clone()));
            return Ok(statements);
        }
        Operation::AddColumn(add) => return sql.add_column(add),
        Operation::AlterColumn(alter) => return sql.alter_column(alter),
        Operation::DropColumn(drop) => return sql.drop_column(drop),
        Operation::CreateIndex(create) => return sql.create_index(create),
        Operation::CreateEnum(create) => return sql.create_enum(create),
        Operation::DropEnum(drop) => return sql.drop_enum(drop),
        Operation::AlterEnum(alter) => return sql.alter_enum(alter),
        Operation::BulkInsert(insert) => return shared::bulk_insert(sql, insert),
        Operation::Work(_) | Operation::Batch(_) => return Ok(Vec::new()),
        Operation::DropTable(drop) => sql.drop_table(drop),
        Operation::RenameTable(rename) => sql.rename_table(rename),
        Operation::RenameColumn(rename) => sql.rename_column(rename),
        Operation::DropIndex(drop) => sql.drop_index(drop)?,
        Operation::RenameIndex(rename) => sql.rename_index(rename)?,
        Operation::AddConstraint(add) => sql.add_constraint(add)?,
        Operation::DropConstraint(drop) => sql.drop_constraint(drop)?,
        Operation::ValidateConstraint(validate) => sql.validate_constraint(validate)?,
        Operation::SetTableComment(set) => sql.set_table_comment(set)?,
        Operation::Update(update) => shared::update(sql, update)?,
        Operation::Execute(execute) => parameters::fill(sql, &execute.sql, &execute.parameters)?,
        Operation::Irreversible(irreversible) => {
            let reason = format!("it cannot be reversed: {}", irreversible.reason);
            return Err(OperationProblem::new(reason).help(irreversible.help));
        }
    }])
}

/// What each dialect writes in its own way; what most write alike is given.
trait Sql {
    fn dialect(&self) -> Dialect;

    /// How the session reads what is written.
    fn mode(&self) -> LexicalMode {
        self.dialect().into()
    }

    /// A name in quotes.
    fn quote(&self, name: &str) -> String {
        quote_name(self.dialect(), name)
    }

    /// The name of a table in quotes, or of what stands beside it in its schema.
    fn table(&self, name: &TableName) -> String {
        match &name.schema {
            Some(schema) => format!("{}.{}", self.quote(schema), self.quote(&name.name)),
            None => self.quote(&name.name),
        }
    }

    /// Names in quotes, with commas between them.
    fn list(&self, names: &[String]) -> String {
        names.iter().map(|name| self.quote(name)).collect::<Vec<_>>().join(", ")
    }

    /// What stands after the closing parenthesis of a table.
    fn table_options(&self, table: &Table) -> String {
        let options = table.options.iter().filter(|(dialect, _)| *dialect == self.dialect());
        let texts: Vec<&str> = options.map(|(_, sql)| sql.as_str()).collect();
        // SQLite wants commas, the others blanks.
        if texts.is_empty() { String::new() } else { format!(" {}", texts.join(self.between_options())) }
    }

    /// What stands between two options of a table.
    fn between_options(&self) -> &'static str {
        " "
    }

    /// A column where a key of an index is due.
    fn index_column(&self, name: &str) -> String {
        self.quote(name)
    }

    /// A value where it could run into what stands beside it.
    fn operand(&self, value: &Value) -> Result<String> {
        let text = self.literal(value)?;
        // `a -:b` with a negative value would begin a comment.
        let is_apart = !text.starts_with('-') && !matches!(value, Value::Expression(_));
        Ok(if is_apart { text } else { format!("({text})") })
    }

    /// Why the database would not take this name, or not as it is.
    fn refuse_name(&self, _: &str) -> Option<String> {
        None
    }

    /// Whether two names of columns are one to the database.
    fn is_same_column(&self, one: &str, other: &str) -> bool {
        one.eq_ignore_ascii_case(other)
    }

    /// A value, standing where an expression could.
    fn literal(&self, value: &Value) -> Result<String>;

    /// What is run where the database can make this change only by a rebuild of the table.
    fn rebuild(&self, _: &Operation) -> Result<Option<Vec<Action>>> {
        Ok(None)
    }

    fn create_table(&self, create: &CreateTable) -> Rendered;

    fn drop_table(&self, drop: &DropTable) -> String {
        let if_exists = if drop.if_exists { "IF EXISTS " } else { "" };
        format!("DROP TABLE {if_exists}{}", self.table(&drop.table))
    }

    fn rename_table(&self, rename: &RenameTable) -> String {
        format!("ALTER TABLE {} RENAME TO {}", self.table(&rename.table), self.quote(&rename.to))
    }

    fn add_column(&self, add: &AddColumn) -> Rendered;

    fn alter_column(&self, alter: &AlterColumn) -> Rendered;

    fn drop_column(&self, drop: &DropColumn) -> Rendered;

    fn rename_column(&self, rename: &RenameColumn) -> String {
        format!(
            "ALTER TABLE {} RENAME COLUMN {} TO {}",
            self.table(&rename.table),
            self.quote(&rename.column),
            self.quote(&rename.to)
        )
    }

    fn create_index(&self, create: &CreateIndex) -> Rendered;

    fn drop_index(&self, drop: &DropIndex) -> Result<String>;

    fn rename_index(&self, rename: &RenameIndex) -> Result<String>;

    fn add_constraint(&self, add: &AddConstraint) -> Result<String>;

    fn drop_constraint(&self, drop: &DropConstraint) -> Result<String>;

    fn validate_constraint(&self, validate: &ValidateConstraint) -> Result<String>;

    fn set_table_comment(&self, set: &SetTableComment) -> Result<String>;

    /// Where an enum type is a list in each column, there is nothing to create.
    fn create_enum(&self, _: &CreateEnum) -> Rendered {
        Ok(Vec::new())
    }

    fn drop_enum(&self, _: &DropEnum) -> Rendered {
        Ok(Vec::new())
    }

    fn alter_enum(&self, alter: &AlterEnum) -> Rendered;
}
