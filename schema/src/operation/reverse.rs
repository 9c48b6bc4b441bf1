//! The reverse of an operation.

use super::{
    AddColumn, AddConstraint, AlterColumn, Batch, Change, CreateEnum, CreateIndex, CreateTable, DropColumn,
    DropConstraint, DropEnum, DropIndex, DropTable, Execute, Operation, Operations, RecordedOperation,
    RenameColumn, RenameIndex, RenameTable, SetTableComment,
};
use crate::table::{Column, Constraint, Identity, TableName};

/// An operation that cannot be reversed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Irreversible {
    /// The operation.
    pub operation: Box<Operation>,
    /// Why.
    pub reason: &'static str,
    /// How to make it reversible.
    pub help: &'static str,
}

const EXISTING: &str = "describe it with `.existing(…)`, or write the downgrade by hand";
const BY_HAND: &str = "write the downgrade by hand";

impl Operations {
    /// Records the reverse of what a function records, the last operation first.
    ///
    /// Operations that create, add or rename can always be reversed; operations that drop or alter only with
    /// `.existing(…)`. Parts of a table that is created in the same function are dropped with the table; a foreign key to
    /// a table that is created later is dropped before. Any other operation is an error that names it, before anything
    /// runs.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    ///
    /// fn upgrade(op: &mut Operations) {
    ///     op.rename_column("users", "name", "full_name");
    ///     op.add_column("users", text("nickname"));
    /// }
    ///
    /// fn downgrade(op: &mut Operations) {
    ///     op.reverse_of(upgrade);
    /// }
    /// # let mut op = Operations::default();
    /// # downgrade(&mut op);
    /// # assert_eq!(
    /// #     op.sql(Dialect::Sqlite).unwrap(),
    /// #     [
    /// #         r#"ALTER TABLE "users" DROP COLUMN "nickname""#,
    /// #         r#"ALTER TABLE "users" RENAME COLUMN "full_name" TO "name""#,
    /// #     ]
    /// # );
    /// ```
    pub fn reverse_of(&mut self, record: impl FnOnce(&mut Self)) {
        let mut forward = self.clone_settings();
        record(&mut forward);
        let made = Made::new(&forward.list);
        for RecordedOperation { dialect, autocommit, operation, location } in forward.list.into_iter().rev() {
            let operation = if made.goes_with_its_table(&operation) {
                made.circles_of(operation)
            } else {
                Some(operation)
            };
            let Some(mut operation) = operation.map(Operation::reversed) else { continue };
            operation.assign_names(&self.naming);
            self.list.push(RecordedOperation { dialect, autocommit, operation, location });
        }
    }
}

/// What a function makes.
struct Made {
    /// The tables that are made and not renamed afterwards, in order.
    tables: Vec<TableName>,
    /// The constraints and columns that are dropped.
    dropped: Vec<(TableName, String)>,
}

impl Made {
    fn new(list: &[RecordedOperation]) -> Self {
        let renames = list.iter().any(|recorded| matches!(recorded.operation, Operation::RenameTable(_)));
        let tables = list.iter().filter_map(|recorded| match &recorded.operation {
            Operation::CreateTable(create)
                if !renames && !create.if_not_exists && recorded.dialect.is_none() =>
            {
                Some(create.table.name.clone())
            }
            _ => None,
        });
        let single = list.iter().flat_map(|recorded| match &recorded.operation {
            Operation::Batch(batch) => batch.operations.as_slice(),
            other => std::slice::from_ref(other),
        });
        let dropped = single.filter_map(|operation| match operation {
            Operation::DropConstraint(drop) => Some((drop.table.clone(), drop.name.clone())),
            Operation::DropColumn(drop) => Some((drop.table.clone(), drop.column.clone())),
            _ => None,
        });
        Self { tables: tables.collect(), dropped: dropped.collect() }
    }

    /// Whether an operation is about nothing but a table that is dropped anyway.
    fn goes_with_its_table(&self, operation: &Operation) -> bool {
        let belongs = !matches!(
            operation,
            Operation::CreateTable(_)
                | Operation::DropTable(_)
                | Operation::RenameTable(_)
                | Operation::Execute(_)
        );
        belongs && operation.table().is_some_and(|table| self.tables.contains(table))
    }

    /// What of an operation adds a foreign key to a table that is made later, and is dropped before this one.
    fn circles_of(&self, operation: Operation) -> Option<Operation> {
        let at = |name: &TableName| self.tables.iter().position(|made| made == name);
        let table = operation.table().cloned()?;
        let is_gone = |name: &str| self.dropped.iter().any(|(of, dropped)| *of == table && dropped == name);
        let closes = |constraint: &Constraint| match constraint {
            Constraint::ForeignKey(key) => {
                let stays = !key.name.as_deref().is_some_and(is_gone)
                    && !key.columns.iter().any(|column| is_gone(column));
                stays && at(&key.referred_table) > at(&table)
            }
            _ => false,
        };
        match operation {
            Operation::AddConstraint(add) => closes(&add.constraint).then(|| add.into()),
            Operation::AddColumn(add) => {
                add.constraints.iter().any(closes).then_some(Operation::AddColumn(add))
            }
            Operation::Batch(Batch { table, recreate, operations }) => {
                let kept = operations.into_iter().filter_map(|operation| self.circles_of(operation));
                let operations: Vec<Operation> = kept.collect();
                (!operations.is_empty()).then(|| Batch { table, recreate, operations }.into())
            }
            _ => None,
        }
    }
}

impl Operation {
    /// What undoes it.
    pub(crate) fn reversed(self) -> Self {
        match self {
            Self::CreateTable(create) if create.if_not_exists => {
                irreversible(create, "with `if_not_exists` the table may have been there before", BY_HAND)
            }
            Self::CreateTable(CreateTable { table, .. }) => {
                DropTable { existing: Some(table.clone()), ..DropTable::new(table.name) }.into()
            }
            Self::DropTable(drop) => match drop.existing.clone() {
                Some(table) if !drop.if_exists => CreateTable::new(table).into(),
                _ => irreversible(drop, "what the table was is not known", EXISTING),
            },
            Self::RenameTable(RenameTable { table, to }) => {
                RenameTable::new(table.in_same_schema(&to), table.name).into()
            }
            Self::AddColumn(add) => add_column(*add),
            Self::AlterColumn(alter) => alter_column(*alter),
            Self::DropColumn(drop) => drop_column(*drop),
            Self::RenameColumn(RenameColumn { table, column, to }) => {
                RenameColumn::new(table, to, column).into()
            }
            Self::RenameIndex(RenameIndex { table, name, to }) => RenameIndex::new(table, to, name).into(),
            Self::CreateIndex(_) | Self::DropIndex(_) => index(self),
            Self::AddConstraint(_) | Self::DropConstraint(_) => constraint(self),
            Self::SetTableComment(set @ SetTableComment { comment: None, existing: None, .. }) => {
                irreversible(set, "what the comment was is not known", EXISTING)
            }
            Self::SetTableComment(SetTableComment { table, comment, existing }) => {
                SetTableComment { table, comment: existing, existing: comment }.into()
            }
            Self::Execute(Execute { sql, parameters, reverse: Some(reverse) }) if parameters.is_empty() => {
                Execute { sql: reverse, parameters, reverse: Some(sql) }.into()
            }
            Self::CreateEnum(create) => DropEnum::new(create.enumeration).into(),
            Self::DropEnum(drop) if drop.if_exists => {
                irreversible(drop, "with `if_exists` the type may not have been there before", BY_HAND)
            }
            Self::DropEnum(drop) => CreateEnum::new(drop.enumeration).into(),
            Self::AlterEnum(alter) => match alter.clone().reversed() {
                Some(reversed) => Self::AlterEnum(Box::new(reversed)),
                None => Irreversible {
                    operation: Box::new(Self::AlterEnum(alter)),
                    reason: "the change does not fit the values of the type",
                    help: "give the type with the values that it has before the change",
                }
                .into(),
            },
            Self::Batch(batch) => reverse_batch(batch),
            Self::Work(work) => irreversible(work, "what undoes it is not known", BY_HAND),
            Self::Execute(execute) => {
                irreversible(execute, "what undoes it is not known", "say what does with `.reversed_by(…)`")
            }
            Self::ValidateConstraint(validate) => {
                irreversible(validate, "a constraint cannot be made unchecked again", BY_HAND)
            }
            Self::BulkInsert(insert) => {
                irreversible(insert, "the rows can no longer be distinguished from others", BY_HAND)
            }
            Self::Update(update) => irreversible(update, "the values before are not known", BY_HAND),
            Self::Irreversible(irreversible) => irreversible.into(),
        }
    }
}

fn irreversible(operation: impl Into<Operation>, reason: &'static str, help: &'static str) -> Operation {
    Irreversible { operation: Box::new(operation.into()), reason, help }.into()
}

fn add_column(add: AddColumn) -> Operation {
    if add.if_not_exists {
        return irreversible(add, "with `if_not_exists` the column may have been there before", BY_HAND);
    }
    let AddColumn { table, column, constraints, indexes, .. } = add;
    let name = column.name.clone();
    DropColumn { table, column: name, if_exists: false, existing: Some(column), constraints, indexes }.into()
}

fn drop_column(drop: DropColumn) -> Operation {
    match drop {
        DropColumn { table, existing: Some(column), constraints, indexes, if_exists: false, .. } => {
            AddColumn { table, column, constraints, indexes, if_not_exists: false }.into()
        }
        other => irreversible(other, "what the column was is not known", EXISTING),
    }
}

fn alter_column(alter: AlterColumn) -> Operation {
    if alter.using.is_some() {
        return irreversible(alter, "what makes the old values of the new ones is not known", BY_HAND);
    }
    let outcome = alter.outcome();
    // Where only the name changes, nothing else of the column counts.
    let renamed = || alter.only_renames().then(|| crate::table::text(&alter.column));
    let Some(existing) = alter.existing.clone().or_else(renamed) else {
        return irreversible(alter, "what the column was is not known", EXISTING);
    };
    let is_by_database = existing.collations.iter().any(|(database, _)| database.is_some());
    if is_by_database && !alter.collation.is_kept() {
        return irreversible(
            alter,
            "its collation was another one on each database",
            "record it with `op.only_for(…)`, and describe the column with `.collate(…)`",
        );
    }
    // Nothing has to say it of a `serial`.
    let gets_not_null = existing.nullable
        && existing.data_type.behind_serial().is_none()
        && outcome.as_ref().is_some_and(|outcome| !outcome.nullable);
    let loses_serial = existing.data_type.behind_serial().is_some() && !alter.identity.is_kept();
    let is_numbered = outcome.as_ref().is_some_and(|outcome| outcome.identity.is_some());
    let collation = existing.collations.last().map(|(_, name)| name.clone());
    let identity = identity_back(&alter, outcome.as_ref(), &existing);
    AlterColumn {
        sequence: existing.sequence.filter(|_| identity.value().is_some() && !is_numbered),
        identity,
        collation: back(&alter.collation, collation),
        now_on_update: alter.now_on_update.is_some().then_some(existing.now_on_update),
        own_check: back(&alter.own_check, existing.own_check().map(str::to_owned)),
        column: alter.rename.clone().unwrap_or_else(|| alter.column.clone()),
        rename: alter.rename.is_some().then_some(alter.column),
        data_type: (alter.data_type.is_some() || loses_serial).then_some(existing.data_type),
        using: None,
        nullable: (alter.nullable.is_some() || gets_not_null).then_some(existing.nullable),
        default: back(&alter.default, existing.default),
        comment: back(&alter.comment, existing.comment),
        existing: outcome,
        table: alter.table,
    }
    .into()
}

/// A `serial` generates numbers by its type.
fn identity_back(alter: &AlterColumn, outcome: Option<&Column>, existing: &Column) -> Change<Identity> {
    let becomes_serial = outcome.is_some_and(|outcome| outcome.data_type.behind_serial().is_some());
    let was_serial = existing.data_type.behind_serial().is_some();
    match existing.identity {
        _ if was_serial => Change::Keep,
        None if becomes_serial => Change::Remove,
        identity if becomes_serial => identity.map_or(Change::Keep, Change::To),
        identity => back(&alter.identity, identity),
    }
}

fn back<T>(change: &Change<T>, existing: Option<T>) -> Change<T> {
    match existing {
        _ if change.is_kept() => Change::Keep,
        Some(existing) => Change::To(existing),
        None => Change::Remove,
    }
}

fn index(operation: Operation) -> Operation {
    match operation {
        Operation::CreateIndex(CreateIndex { table, index, if_not_exists: false, concurrently }) => {
            let name = index.name.clone().unwrap_or_default();
            DropIndex { table, name, if_exists: false, concurrently, existing: Some(index) }.into()
        }
        Operation::CreateIndex(create) => {
            irreversible(create, "with `if_not_exists` the index may have been there before", BY_HAND)
        }
        Operation::DropIndex(DropIndex {
            table,
            name,
            if_exists: false,
            concurrently,
            existing: Some(index),
        }) => CreateIndex { table, index: index.name(name), if_not_exists: false, concurrently }.into(),
        other => irreversible(other, "what the index was is not known", EXISTING),
    }
}

fn constraint(operation: Operation) -> Operation {
    match operation {
        Operation::AddConstraint(AddConstraint { table, constraint, .. }) => {
            let (name, kind) = (constraint.name().unwrap_or_default().to_owned(), constraint.kind());
            DropConstraint { table, name, kind, if_exists: false, existing: Some(constraint) }.into()
        }
        Operation::DropConstraint(DropConstraint {
            table,
            name,
            if_exists: false,
            existing: Some(mut constraint),
            ..
        }) => {
            *constraint.name_mut() = Some(name);
            AddConstraint::new(table, constraint).into()
        }
        other => irreversible(other, "what the constraint was is not known", EXISTING),
    }
}

/// The reverse of each change, the last one first; what cannot be reversed makes all of it so.
fn reverse_batch(batch: Batch) -> Operation {
    let Batch { table, recreate, operations } = batch;
    let mut reversed = Vec::with_capacity(operations.len());
    for operation in operations.into_iter().rev() {
        match operation.reversed() {
            Operation::Irreversible(irreversible) => return irreversible.into(),
            operation => reversed.push(operation),
        }
    }
    Batch { table, recreate, operations: reversed }.into()
}
