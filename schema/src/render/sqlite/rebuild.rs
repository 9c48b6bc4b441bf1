//! The changes that take a rebuild of a table, where SQLite's `ALTER TABLE` cannot make them.

use super::super::shared::{NOW_ON_UPDATE, OWN_CHECK, Stands, constraint};
use super::super::{Action, Sql as _};
use super::{Sqlite, comment, enumeration, refuse_constraint, types};
use crate::operation::{
    AddColumn, AddConstraint, AlterColumn, Change, DropColumn, DropConstraint, Operation, OperationProblem,
    Result, refuse,
};
use crate::rebuild::{AlterText, Edit, OldConstraint, Rebuild, TypeText};
use crate::table::{Constraint, ConstraintKind, Generated, Identity, TableName, Type, Value};

/// What an operation runs, where SQLite needs a rebuild for it.
pub(super) fn needed(sql: &Sqlite, operation: &Operation) -> Result<Option<Vec<Action>>> {
    let needs = match operation {
        Operation::AlterEnum(alter) => return enumeration::alter(sql, alter).map(Some),
        Operation::AddColumn(add) => add_needs(add),
        Operation::AlterColumn(alter) => !alter.only_renames(),
        Operation::DropColumn(drop) => !drop.constraints.is_empty(),
        Operation::AddConstraint(_) | Operation::DropConstraint(_) | Operation::SetTableComment(_) => true,
        _ => false,
    };
    if needs { together(sql, std::slice::from_ref(operation)).map(Some) } else { Ok(None) }
}

/// Several changes of one table in as few rebuilds as can be: one, unless a column is renamed in the middle.
pub(in crate::render) fn together(sql: &Sqlite, operations: &[Operation]) -> Result<Vec<Action>> {
    let mut group = Group::default();
    for operation in operations {
        group.add(sql, operation)?;
    }
    group.end();
    Ok(group.actions)
}

/// Changes while they are put together.
#[derive(Default)]
struct Group {
    actions: Vec<Action>,
    rebuild: Option<Rebuild>,
    /// What comes after it.
    after: Vec<String>,
}

impl Group {
    fn add(&mut self, sql: &Sqlite, operation: &Operation) -> Result {
        match operation {
            Operation::AddColumn(add) => {
                let (edit, indexes) = add_column(sql, add)?;
                self.edit(operation, &add.table, edit);
                self.after.extend(indexes);
            }
            Operation::AlterColumn(alter) if alter.only_renames() => {
                self.end();
                self.actions.extend(sql.alter_column(alter)?.into_iter().map(Action::Sql));
            }
            Operation::AlterColumn(alter) => {
                self.edit(operation, &alter.table, alter_column(sql, alter)?);
                if let Some(rename) = alter.renaming() {
                    self.after.push(sql.rename_column(&rename));
                    self.end();
                }
            }
            Operation::DropColumn(drop) => {
                let (indexes, edit) = drop_column(sql, drop)?;
                self.actions.extend(indexes.into_iter().map(Action::Sql));
                self.edit(operation, &drop.table, edit);
            }
            Operation::AddConstraint(add) => self.edit(operation, &add.table, add_constraint(sql, add)?),
            Operation::DropConstraint(drop) => self.edit(operation, &drop.table, drop_constraint(drop)?),
            Operation::SetTableComment(set) => {
                let text = set.comment.as_ref().map(|text| comment(text)).transpose()?;
                self.edit(operation, &set.table, Edit::SetComment(text));
            }
            // An index on what the rebuild makes comes after it, and one that goes can go before.
            Operation::CreateIndex(create) => {
                let statements = sql.create_index(create)?;
                if self.rebuild.is_some() {
                    self.after.extend(statements);
                } else {
                    self.actions.extend(statements.into_iter().map(Action::Sql));
                }
            }
            Operation::DropIndex(drop) => self.actions.push(Action::Sql(sql.drop_index(drop)?)),
            other => {
                self.end();
                self.actions.extend(super::super::render(sql.mode(), other)?);
            }
        }
        Ok(())
    }

    fn edit(&mut self, operation: &Operation, table: &TableName, edit: Edit) {
        let rebuild = self.rebuild.get_or_insert_with(|| Rebuild::new(table.clone()));
        rebuild.add(operation, edit);
    }

    fn end(&mut self) {
        self.actions.extend(self.rebuild.take().map(|rebuild| Action::Rebuild(Box::new(rebuild))));
        self.actions.extend(self.after.drain(..).map(Action::Sql));
    }
}

/// What `ADD COLUMN` does not take: <https://www.sqlite.org/lang_altertable.html#alter_table_add_column>.
fn add_needs(add: &AddColumn) -> bool {
    let column = &add.column;
    let is_computed = matches!(column.default, Some(Value::Expression(_) | Value::Now));
    let is_stored = matches!(column.generated, Some(Generated { stored: true, .. }));
    let has_value = column.default.as_ref().is_some_and(|value| *value != Value::Null);
    let is_empty = !column.nullable && !has_value && column.generated.is_none();
    let has_key = add.constraints.iter().any(|each| match each {
        Constraint::PrimaryKey(_) | Constraint::Unique(_) => true,
        // With foreign keys on, a row that is there must not refer to anything.
        Constraint::ForeignKey(_) => has_value,
        _ => false,
    });
    is_computed || is_stored || is_empty || has_key || column.identity.is_some()
}

fn add_column(sql: &Sqlite, add: &AddColumn) -> Result<(Edit, Vec<String>)> {
    refuse(add.if_not_exists, super::SQLITE, "`IF NOT EXISTS` for columns")?;
    if add.column.identity.is_some() {
        return Err(OperationProblem::new("on SQLite an autoincrement column is made with its table")
            .help("make a new table with it, and copy the rows"));
    }
    add.constraints.iter().try_for_each(refuse_constraint)?;
    let constraints = add.constraints.iter().map(|each| constraint(sql, each, Stands::ByItself)).collect();
    let indexes: Result<Vec<String>> =
        add.indexes.iter().map(|index| sql.index(&add.table, index, false)).collect();
    Ok((Edit::AddColumn { definition: sql.column(&add.column, None)?, constraints }, indexes?))
}

fn alter_column(sql: &Sqlite, alter: &AlterColumn) -> Result<Edit> {
    refuse(alter.now_on_update.is_some(), super::SQLITE, NOW_ON_UPDATE)?;
    refuse(!alter.own_check.is_kept(), super::SQLITE, OWN_CHECK)?;
    refuse(alter.sequence.is_some(), super::SQLITE, super::SEQUENCE)?;
    refuse(alter.identity == Change::To(Identity::Always), super::SQLITE, super::ALWAYS)?;
    Ok(Edit::AlterColumn(AlterText {
        collation: alter.collation.try_map(|name| Ok::<_, OperationProblem>(sql.quote(name)))?,
        is_counted: match alter.identity {
            Change::Keep => None,
            Change::Remove => Some(false),
            Change::To(_) => Some(true),
        },
        default: alter.default.try_map(|value| sql.default(value))?,
        comment: alter.comment.try_map(|text| comment(text))?,
        name: alter.column.clone(),
        data_type: alter.data_type.as_ref().map(|new| type_text(&alter.column, new)).transpose()?,
        using: alter.using.clone(),
        nullable: alter.nullable,
    }))
}

fn type_text(column: &str, data_type: &Type) -> Result<TypeText> {
    Ok(TypeText { name: types::name(data_type)?, check: types::check(column, data_type)? })
}

fn drop_column(sql: &Sqlite, drop: &DropColumn) -> Result<(Vec<String>, Edit)> {
    refuse(drop.if_exists, super::SQLITE, "`IF EXISTS` for columns")?;
    let constraints = drop.constraints.iter().map(old_constraint).collect();
    let edit = Edit::DropColumn { name: drop.column.clone(), constraints };
    Ok((sql.drop_indexes(drop), edit))
}

fn add_constraint(sql: &Sqlite, add: &AddConstraint) -> Result<Edit> {
    refuse_constraint(&add.constraint)?;
    Ok(Edit::AddConstraint(constraint(sql, &add.constraint, Stands::ByItself)))
}

fn drop_constraint(drop: &DropConstraint) -> Result<Edit> {
    refuse(drop.kind == ConstraintKind::Exclusion, super::SQLITE, "exclusion constraints")?;
    let columns = drop.existing.as_ref().map(old_constraint).and_then(|old| old.columns);
    let name = Some(drop.name.clone());
    Ok(Edit::DropConstraint(OldConstraint { name, kind: drop.kind, columns, if_exists: drop.if_exists }))
}

fn old_constraint(each: &Constraint) -> OldConstraint {
    let columns = each.columns().into_iter().map(str::to_owned).collect();
    let (name, kind) = (each.name().map(str::to_owned), each.kind());
    OldConstraint { name, kind, columns: Some(columns), if_exists: false }
}
