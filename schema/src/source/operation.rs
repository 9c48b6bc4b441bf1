//! The source of operations.

use super::SourceError;
use super::column::{column, sequence};
use super::enums::EnumNames;
use super::layout::{Expr, Statement, call, text, texts, word};
use super::literal;
use super::names::{data_type, dialect, enumeration, table_name};
use super::{batch, parts, short, table};
use crate::operation::{
    AddColumn, AddConstraint, AlterColumn, AlterEnum, Change, CreateIndex, DropColumn, DropConstraint,
    DropIndex, EnumChange, Execute, Operation, SetTableComment, Update, ValuePosition,
};
use crate::table::{Constraint, Identity, TableName};
use servicekit_chain::Dialect;

/// What records an operation that is for this database, or for all.
pub(super) fn statements(
    operation: &Operation,
    only: Option<Dialect>,
    names: &EnumNames,
) -> Result<Vec<Statement>, SourceError> {
    let about = operation.table().map(TableName::to_string);
    let mut statements = vec![statement(operation, names)?];
    if let Operation::CreateTable(create) = operation {
        let remainders = &create.table.remainders;
        let meant = remainders.iter().filter(|each| only.is_none_or(|only| only == each.dialect));
        statements.extend(meant.map(|remainder| Statement {
            comments: vec![literal::comment(&remainder.what)],
            ..execute_for(remainder.dialect, &remainder.sql).into()
        }));
    }
    for statement in &mut statements {
        statement.about.clone_from(&about);
    }
    Ok(statements)
}

pub(super) fn execute_for(on: Dialect, sql: &str) -> Expr {
    word("op").method("execute_for", [dialect(on), text(sql)])
}

fn statement(operation: &Operation, names: &EnumNames) -> Result<Statement, SourceError> {
    let op = || word("op");
    let recording = match operation {
        Operation::CreateTable(create) => table::create(op(), create, names),
        Operation::DropTable(drop) => {
            let made = op().method("drop_table", [table_name(&drop.table)]).flag("if_exists", drop.if_exists);
            made.maybe("existing", drop.existing.as_ref().map(|existing| table::table(existing, names)))
        }
        Operation::RenameTable(rename) => {
            op().method("rename_table", [table_name(&rename.table), text(&rename.to)])
        }
        Operation::RenameIndex(rename) => {
            let names = [text(&rename.name), table_name(&rename.table), text(&rename.to)];
            op().method("rename_index", names)
        }
        Operation::ValidateConstraint(validate) => {
            op().method("validate_constraint", [text(&validate.name), table_name(&validate.table)])
        }
        Operation::CreateEnum(create) => {
            op().method("create_enum", [enumeration(&create.enumeration, names)])
        }
        Operation::DropEnum(drop) => op()
            .method("drop_enum", [enumeration(&drop.enumeration, names)])
            .flag("if_exists", drop.if_exists),
        Operation::AlterEnum(alter) => alter_enum(alter, names),
        Operation::BulkInsert(insert) => {
            let parts = [table_name(&insert.table), texts(&insert.columns), literal::rows(&insert.rows)];
            op().method("bulk_insert", parts)
        }
        Operation::Batch(changes) => batch::batch(changes, names)?,
        Operation::Update(change) => update(change),
        Operation::Execute(execute) => execute_sql(execute),
        Operation::Work(work) => return Err(SourceError::Work { name: work.name().to_owned() }),
        Operation::Irreversible(of) => {
            return Err(SourceError::Irreversible { operation: of.operation.to_string() });
        }
        of_table => of_one_table(of_table, Receiver::OfAll, names)?,
    };
    Ok(recording.into())
}

/// What an operation on a part of a table is called on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Receiver {
    /// `op`, which has to be told the table.
    OfAll,
    /// `batch`, which knows it.
    OfTable,
}

impl Receiver {
    fn variable(self) -> Expr {
        match self {
            Self::OfAll => word("op"),
            Self::OfTable => word("batch"),
        }
    }

    fn call(self, method: &str, before: Vec<Expr>, table: &TableName, after: Vec<Expr>) -> Expr {
        let table = (self == Self::OfAll).then(|| table_name(table));
        self.variable().method(method, before.into_iter().chain(table).chain(after))
    }
}

/// The operations that a batch has too.
pub(super) fn of_one_table(
    operation: &Operation,
    on: Receiver,
    names: &EnumNames,
) -> Result<Expr, SourceError> {
    Ok(match operation {
        Operation::AddColumn(add) => match short::added(add) {
            Some(short) => on
                .call("add_column", vec![], &add.table, vec![column(&short.column, names)])
                .flag("if_not_exists", add.if_not_exists),
            None => pushed_column(add, on, names),
        },
        Operation::DropColumn(drop) => match short::dropped(drop) {
            Some(short) => on
                .call("drop_column", vec![], &drop.table, vec![text(&drop.column)])
                .flag("if_exists", drop.if_exists)
                .maybe("existing", short.existing.as_ref().map(|existing| column(existing, names))),
            None => pushed_drop(drop, on, names),
        },
        Operation::AlterColumn(alter) => alter_column(alter, on, names),
        Operation::RenameColumn(rename) => {
            on.call("rename_column", vec![], &rename.table, vec![text(&rename.column), text(&rename.to)])
        }
        Operation::CreateIndex(create) => create_index(create, on),
        Operation::DropIndex(drop) => drop_index(drop, on),
        Operation::AddConstraint(add) => add_constraint(add, on),
        Operation::DropConstraint(drop) => drop_constraint(operation, drop, on),
        Operation::SetTableComment(set) => table_comment(set, on),
        other => return Err(SourceError::in_batch(other)),
    })
}

fn table_comment(set: &SetTableComment, on: Receiver) -> Expr {
    let made = match &set.comment {
        Some(comment) => on.call("create_table_comment", vec![], &set.table, vec![text(comment)]),
        None => on.call("drop_table_comment", vec![], &set.table, vec![]),
    };
    made.maybe("existing", set.existing.as_deref().map(text))
}

fn alter_enum(alter: &AlterEnum, names: &EnumNames) -> Expr {
    let of = enumeration(&alter.enumeration, names);
    let made = match &alter.change {
        EnumChange::Add(add) => {
            let made = word("op").method("add_enum_value", [of, text(&add.value)]);
            match &add.position {
                Some(ValuePosition::Before(next)) => made.method("before", [text(next)]),
                Some(ValuePosition::After(previous)) => made.method("after", [text(previous)]),
                None => made,
            }
        }
        EnumChange::Rename(rename) => {
            word("op").method("rename_enum_value", [of, text(&rename.value), text(&rename.to)])
        }
        EnumChange::Remove(remove) => word("op")
            .method("remove_enum_value", [of, text(&remove.value)])
            .maybe("replaced_by", remove.replacement.as_deref().map(text)),
        EnumChange::Reorder(reorder) => {
            word("op").method("reorder_enum_values", [of, texts(&reorder.values)])
        }
    };
    alter
        .columns
        .iter()
        .fold(made, |made, (table, each)| made.method("used_by", [table_name(table), column(each, names)]))
}

fn update(update: &Update) -> Expr {
    let made = word("op").method("update", [table_name(&update.table)]);
    let set =
        |made: Expr, (column, value): &(String, _)| made.method("set", [text(column), literal::value(value)]);
    let made = update.set.iter().fold(made, set).maybe("filter", update.filter.as_deref().map(text));
    update.parameters.iter().fold(made, bind)
}

fn execute_sql(execute: &Execute) -> Expr {
    let made = word("op").method("execute", [text(&execute.sql)]);
    let made = execute.parameters.iter().fold(made, bind);
    made.maybe("reversed_by", execute.reverse.as_deref().map(text))
}

fn bind(made: Expr, (name, value): &(String, crate::table::Value)) -> Expr {
    made.method("bind", [text(name), literal::value(value)])
}

fn alter_column(alter: &AlterColumn, on: Receiver, names: &EnumNames) -> Expr {
    let made = on.call("alter_column", vec![], &alter.table, vec![text(&alter.column)]);
    let made = made
        .maybe("rename_to", alter.rename.as_deref().map(text))
        .maybe("set_type", alter.data_type.as_ref().map(|of| data_type(of, names)))
        .maybe("using", alter.using.as_deref().map(text))
        .flag("set_not_null", alter.nullable == Some(false))
        .flag("drop_not_null", alter.nullable == Some(true));
    let made = match &alter.default {
        Change::Keep => made,
        Change::Remove => made.method("drop_default", []),
        Change::To(value) => made.method("set_default", [literal::value(value)]),
    };
    let made = match &alter.collation {
        Change::Keep => made,
        Change::Remove => made.method("drop_collation", []),
        Change::To(name) => made.method("set_collation", [text(name)]),
    };
    let made = match alter.identity {
        Change::Keep => made,
        Change::Remove => made.method("drop_identity", []),
        Change::To(Identity::ByDefault) => made.method("set_autoincrement", []),
        Change::To(Identity::Always) => made.method("set_identity_always", []),
    };
    let made = made
        .maybe("sequence", alter.sequence.as_ref().map(sequence))
        .flag("set_now_on_update", alter.now_on_update == Some(true))
        .flag("drop_now_on_update", alter.now_on_update == Some(false));
    let made = match &alter.own_check {
        Change::Keep => made,
        Change::Remove => made.method("drop_own_check", []),
        Change::To(condition) => made.method("set_own_check", [text(condition)]),
    };
    let made = match &alter.comment {
        Change::Keep => made,
        Change::Remove => made.method("drop_comment", []),
        Change::To(comment) => made.method("set_comment", [text(comment)]),
    };
    made.maybe("existing", alter.existing.as_ref().map(|existing| column(existing, names)))
}

fn create_index(create: &CreateIndex, on: Receiver) -> Expr {
    let mut index = create.index.clone();
    short::unname_index(&mut index, &create.table);
    let name = vec![name_or_convention(index.name.as_deref())];
    let made = on.call("create_index", name, &create.table, vec![parts::keys(&index)]);
    parts::index_options(&index, made)
        .flag("concurrently", create.concurrently)
        .flag("if_not_exists", create.if_not_exists)
}

fn drop_index(drop: &DropIndex, on: Receiver) -> Expr {
    on.call("drop_index", vec![text(&drop.name)], &drop.table, vec![])
        .flag("concurrently", drop.concurrently)
        .flag("if_exists", drop.if_exists)
        .maybe("existing", drop.existing.as_ref().map(parts::index))
}

fn name_or_convention(name: Option<&str>) -> Expr {
    name.map_or_else(|| call("by_convention", []), text)
}

fn add_constraint(add: &AddConstraint, on: Receiver) -> Expr {
    let short = short::unnamed(&add.constraint, &add.table);
    let name = vec![name_or_convention(short.name())];
    match &short {
        Constraint::PrimaryKey(key) => {
            let made = on.call("create_primary_key", name, &add.table, vec![texts(&key.columns)]);
            parts::primary_key_options(key, made)
        }
        Constraint::Unique(unique) => {
            let made = on.call("create_unique_constraint", name, &add.table, vec![texts(&unique.columns)]);
            parts::unique_options(unique, made)
        }
        Constraint::Check(check) => {
            // The convention has no name for it.
            if check.name.is_none() {
                return pushed_constraint(add, on);
            }
            let made = on.call(
                "create_check_constraint",
                name,
                &add.table,
                vec![parts::condition(&check.condition)],
            );
            parts::check_options(check, made)
        }
        Constraint::ForeignKey(key) => {
            let columns =
                vec![table_name(&key.referred_table), texts(&key.columns), texts(&key.referred_columns)];
            parts::foreign_key_options(key, on.call("create_foreign_key", name, &add.table, columns))
        }
        Constraint::Exclusion(exclusion) => {
            let elements = vec![parts::elements(exclusion)];
            let made = on.call("create_exclude_constraint", name, &add.table, elements);
            parts::exclusion_options(exclusion, made)
        }
    }
}

fn drop_constraint(operation: &Operation, drop: &DropConstraint, on: Receiver) -> Expr {
    on.call(operation.call(), vec![text(&drop.name)], &drop.table, vec![])
        .flag("if_exists", drop.if_exists)
        .maybe("existing", drop.existing.as_ref().map(parts::constraint))
}

/// A column with parts that no column says, as a value that is recorded as it is.
fn pushed_column(add: &AddColumn, on: Receiver, names: &EnumNames) -> Expr {
    let made =
        call("servicekit::operation::AddColumn::new", [table_name(&add.table), column(&add.column, names)]);
    let mut set = vec![("let mut add = ", made)];
    set.extend(pushed_parts("add", &add.constraints, &add.indexes));
    set.extend(add.if_not_exists.then(|| ("add.if_not_exists = ", word("true"))));
    push(set, "add", on)
}

/// The same of a column that is dropped.
fn pushed_drop(drop: &DropColumn, on: Receiver, names: &EnumNames) -> Expr {
    let made = call("servicekit::operation::DropColumn::new", [table_name(&drop.table), text(&drop.column)]);
    let mut set = vec![("let mut drop = ", made)];
    if let Some(existing) = &drop.existing {
        set.push(("drop.existing = ", call("Some", [column(existing, names)])));
    }
    set.extend(pushed_parts("drop", &drop.constraints, &drop.indexes));
    set.extend(drop.if_exists.then(|| ("drop.if_exists = ", word("true"))));
    push(set, "drop", on)
}

fn pushed_parts<'p>(
    variable: &'p str,
    constraints: &'p [Constraint],
    indexes: &'p [crate::table::Index],
) -> impl Iterator<Item = (&'static str, Expr)> + 'p {
    let list = move |name: &str| word(format!("{variable}.{name}"));
    let constraints = constraints.iter().map(move |constraint| {
        let part = parts::constraint(constraint).method("into", []);
        ("", list("constraints").method("push", [part]))
    });
    constraints
        .chain(indexes.iter().map(move |index| ("", list("indexes").method("push", [parts::index(index)]))))
}

fn pushed_constraint(add: &AddConstraint, on: Receiver) -> Expr {
    let arguments = [table_name(&add.table), parts::constraint(&add.constraint)];
    on.variable().method("push", [call("servicekit::operation::AddConstraint::new", arguments)])
}

fn push(set: Vec<(&str, Expr)>, value: &str, on: Receiver) -> Expr {
    let statements = set.into_iter().map(|(before, expression)| Statement {
        before: before.to_owned(),
        about: Some(String::new()),
        ..expression.into()
    });
    let block =
        Expr::Block { head: "", statements: statements.collect(), value: Some(Box::new(word(value))) };
    on.variable().method("push", [block])
}
