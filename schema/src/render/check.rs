//! What is wrong in every dialect, or by a rule that every dialect has.

use super::Sql;
use super::names::Names;
use crate::operation::{
    AddValue, AlterColumn, AlterEnum, BulkInsert, EnumChange, Operation, OperationProblem, RemoveValue,
    RenameValue, Result, Update, ValuePosition, Work,
};
use crate::table::{
    Check, Column, Condition, Constraint, ConstraintKind, EnumType, ForeignKey, Index, Table, TableName,
    Type, Value,
};
use servicekit_chain::sql::{Token, TokenKind, tokens};

pub(super) fn operation(sql: &dyn Sql, operation: &Operation) -> Result {
    match operation {
        Operation::CreateTable(create) => table(sql, &create.table)?,
        Operation::AddColumn(add) => {
            column(&add.column)?;
            add.constraints.iter().try_for_each(constraint)?;
        }
        Operation::AlterColumn(alter) => alteration(alter)?,
        Operation::CreateIndex(create) => index(&create.index)?,
        Operation::AddConstraint(add) => constraint(&add.constraint)?,
        Operation::CreateEnum(create) => enum_type(&create.enumeration)?,
        Operation::AlterEnum(alter) => enum_change(alter)?,
        Operation::BulkInsert(insert) => rows(sql, insert)?,
        Operation::Update(update) => assignments(sql, update)?,
        _ => {}
    }
    let names = Names::new(operation, sql.dialect());
    names.identifiers.iter().try_for_each(|(of, name)| self::name(sql, of, name))?;
    names.fragments.iter().try_for_each(|(of, text)| fragment(sql, of, text))
}

/// The name of work stands in messages and in a comment.
pub(super) fn name_of_work(work: &Work) -> Result {
    if work.name().trim().is_empty() {
        return Err(OperationProblem::new("it has no name").help("describe it in a few words"));
    }
    if work.name().chars().any(char::is_control) {
        return Err(OperationProblem::new(format!("its name {:?} is not one line of text", work.name())));
    }
    Ok(())
}

fn name(sql: &dyn Sql, of: &str, name: &str) -> Result {
    if name.is_empty() {
        return Err(OperationProblem::new(format!("the name of a {of} is empty")));
    }
    if name.contains('\0') {
        return Err(OperationProblem::new(format!("the name of a {of} has a NUL character in it: {name:?}")));
    }
    match sql.refuse_name(name) {
        Some(reason) => Err(OperationProblem::new(format!("the {of} cannot be called `{name}`: {reason}"))),
        None => Ok(()),
    }
}

/// A piece of SQL must end where it ends: no parenthesis, quote or comment may reach beyond it.
fn fragment(sql: &dyn Sql, of: &str, text: &str) -> Result {
    let all: Vec<Token<'_>> = tokens(sql.mode(), text).collect();
    let wrong = |what: &str| Err(OperationProblem::new(format!("the {of} `{text}` {what}")));
    if all.iter().all(|token| token.kind.is_trivia()) {
        return wrong("is empty");
    }
    if all.iter().any(|token| matches!(token.kind, TokenKind::Semicolon | TokenKind::Delimiter)) {
        return wrong("has a semicolon in it");
    }
    let mut depth = 0_i32;
    for token in &all {
        depth += match token.text {
            "(" => 1,
            ")" => -1,
            _ => 0,
        };
        if depth < 0 || !token.closed {
            break;
        }
    }
    if depth != 0 {
        return wrong("has an unbalanced parenthesis");
    }
    let last = all.last();
    if last.is_some_and(|token| !token.closed) {
        return wrong("has an unclosed quote or comment");
    }
    if last.is_some_and(|token| token.kind == TokenKind::Comment && !token.text.starts_with("/*")) {
        return wrong("ends in a line comment, which would hide what comes after it");
    }
    Ok(())
}

fn table(sql: &dyn Sql, table: &Table) -> Result {
    if table.columns.is_empty() {
        return Err(OperationProblem::new("a table needs at least one column"));
    }
    twice(sql, table.columns.iter().map(|column| column.name.as_str()))?;
    table.columns.iter().try_for_each(column)?;
    table.constraints.iter().try_for_each(constraint)?;
    table.indexes.iter().try_for_each(index)?;
    let keys = table.constraints.iter().filter(|constraint| constraint.kind() == ConstraintKind::PrimaryKey);
    if keys.count() > 1 {
        return Err(OperationProblem::new("it has two primary keys")
            .help("use `.primary_key()` of the columns or `primary_key([…])`, not both"));
    }
    same_name("constraints", table.constraints.iter().filter_map(Constraint::name))?;
    same_name("indexes", table.indexes.iter().filter_map(|index| index.name.as_deref()))?;
    for constraint in &table.constraints {
        let kind = constraint.kind().to_string();
        let listed = listed_column(constraint).into_iter();
        known(
            sql,
            table,
            &kind,
            constraint.name(),
            constraint.columns().into_iter().chain(listed).collect(),
        )?;
    }
    for index in &table.indexes {
        let keys = index.keys.iter().filter_map(|key| key.column());
        let columns = keys.chain(index.include.iter().map(String::as_str)).collect();
        known(sql, table, "index", index.name.as_deref(), columns)?;
    }
    Ok(())
}

/// What the table is made with must be about its columns.
fn known(sql: &dyn Sql, table: &Table, kind: &str, name: Option<&str>, columns: Vec<&str>) -> Result {
    let has = |wanted: &str| table.columns.iter().any(|column| sql.is_same_column(&column.name, wanted));
    let Some(column) = columns.into_iter().find(|column| !has(column)) else { return Ok(()) };
    let all = listed(table.columns.iter().map(|column| &column.name));
    let named = name.map(|name| format!(" `{name}`")).unwrap_or_default();
    let reason = format!("the {kind}{named} names a column `{column}` that the table does not have");
    Err(OperationProblem::new(reason).help(format!("its columns are {all}")))
}

fn twice<'a>(sql: &dyn Sql, names: impl Iterator<Item = &'a str>) -> Result {
    let mut seen: Vec<&str> = Vec::new();
    for name in names {
        if seen.iter().any(|known| sql.is_same_column(known, name)) {
            return Err(OperationProblem::new(format!("the column `{name}` is given twice")));
        }
        seen.push(name);
    }
    Ok(())
}

/// Two constraints, or two indexes, cannot share a name.
fn same_name<'a>(of: &str, names: impl Iterator<Item = &'a str>) -> Result {
    let mut seen = Vec::new();
    for name in names {
        if seen.contains(&name) {
            return Err(OperationProblem::new(format!("two {of} are called `{name}`"))
                .help("name one with `.name(…)`"));
        }
        seen.push(name);
    }
    Ok(())
}

fn column(column: &Column) -> Result {
    let sources = [column.default.is_some(), column.generated.is_some(), column.identity.is_some()];
    if sources.iter().filter(|is_set| **is_set).count() > 1 {
        return Err(OperationProblem::new(format!(
            "the column `{}` has more than one of a default, a generation expression and autoincrement",
            column.name
        )));
    }
    if column.sequence.is_some() && column.identity.is_none() {
        return Err(OperationProblem::new(format!(
            "the column `{}` has options of a sequence, and the database does not generate its numbers",
            column.name
        ))
        .help("add `.autoincrement()`"));
    }
    if let (Type::Enum(of), Some(Value::Text(default))) = (&column.data_type, &column.default)
        && !of.values.contains(default)
    {
        return Err(OperationProblem::new(format!(
            "the default of the column `{}` is `{default}`, which is no value of the enum `{}`",
            column.name, of.name
        ))
        .help(format!("its values are {}", listed(&of.values))));
    }
    data_type(&column.data_type)
}

/// What a type says must fit together on every database that it is for.
fn data_type(data_type: &Type) -> Result {
    match data_type {
        Type::WithPrecision { base, digits } => {
            let has_time =
                matches!(**base, Type::Time | Type::Timestamp | Type::TimestampTz | Type::Interval);
            if !has_time {
                return Err(OperationProblem::new(format!("`precision` is set for the type {base}"))
                    .help("it is for times, timestamps and intervals"));
            }
            if *digits > 6 {
                return Err(OperationProblem::new(format!(
                    "a time has at most 6 digits after the second, not {digits}"
                )));
            }
            Ok(())
        }
        Type::Enum(of) => enum_type(of),
        Type::Array(element) => self::data_type(element),
        Type::PerDialect { base, variants } => {
            self::data_type(base)?;
            variants.iter().try_for_each(|(_, variant)| self::data_type(variant))
        }
        _ => Ok(()),
    }
}

fn enum_type(of: &EnumType) -> Result {
    let mut seen = Vec::new();
    for value in &of.values {
        if value.contains('\0') {
            return Err(OperationProblem::new(format!(
                "a value of the enum `{}` has a NUL character in it: {value:?}",
                of.name
            )));
        }
        if seen.contains(&value) {
            return Err(OperationProblem::new(format!(
                "the enum `{}` has the value `{value}` twice",
                of.name
            )));
        }
        seen.push(value);
    }
    Ok(())
}

fn enum_change(alter: &AlterEnum) -> Result {
    let AlterEnum { enumeration, change, columns } = alter;
    enum_type(enumeration)?;
    let has = |value: &String| {
        if enumeration.values.contains(value) {
            return Ok(());
        }
        Err(OperationProblem::new(format!("the enum `{}` has no value `{value}`", enumeration.name))
            .help(format!("its values are {}", listed(&enumeration.values))))
    };
    match change {
        EnumChange::Add(AddValue { position, .. }) => match position {
            Some(ValuePosition::Before(value) | ValuePosition::After(value)) => has(value)?,
            None => {}
        },
        EnumChange::Rename(RenameValue { value, .. }) => has(value)?,
        EnumChange::Remove(RemoveValue { value, replacement }) => {
            has(value)?;
            replacement.iter().try_for_each(has)?;
            if replacement.as_ref() == Some(value) {
                return Err(OperationProblem::new(format!(
                    "the value `{value}` goes and is its own replacement"
                )));
            }
            let default = Value::Text(value.clone());
            let keeps = |(_, column): &&(TableName, Column)| column.default.as_ref() == Some(&default);
            if let Some((table, column)) = columns.iter().find(keeps) {
                return Err(OperationProblem::new(format!(
                    "the value `{value}` goes, and it is the default of `{table}.{}`",
                    column.name
                ))
                .help("change the default before, with `alter_column`"));
            }
        }
        EnumChange::Reorder(_) => {}
    }
    alter.outcome().iter().try_for_each(enum_type)?;
    if let (EnumChange::Reorder(_), None) = (change, alter.outcome()) {
        return Err(OperationProblem::new(format!(
            "the new order of the enum `{}` must have each of its values once",
            enumeration.name
        ))
        .help(format!("its values are {}", listed(&enumeration.values))));
    }
    columns.iter().try_for_each(|(_, column)| self::column(column))
}

fn listed<'a>(names: impl IntoIterator<Item = &'a String>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The column of which a check lists the values.
fn listed_column(constraint: &Constraint) -> Option<&str> {
    match constraint {
        Constraint::Check(Check { condition: Condition::OneOf { column, .. }, .. }) => Some(column),
        _ => None,
    }
}

fn constraint(constraint: &Constraint) -> Result {
    if let Constraint::Check(Check { condition: Condition::OneOf { column, values }, .. }) = constraint
        && values.is_empty()
    {
        return Err(OperationProblem::new(format!(
            "the list of the values that `{column}` may have is empty, so no row could have one"
        )));
    }
    if let Constraint::ForeignKey(ForeignKey { columns, referred_table, referred_columns, .. }) = constraint {
        if referred_table.name.is_empty() {
            return Err(OperationProblem::new("a column has an action of a foreign key, and no foreign key")
                .help("add `.references(table, column)`"));
        }
        if columns.len() != referred_columns.len() {
            return Err(OperationProblem::new(format!(
                "the foreign key has {} columns and refers to {}",
                columns.len(),
                referred_columns.len()
            )));
        }
    }
    let is_empty = match constraint {
        Constraint::Check(_) => false,
        Constraint::Exclusion(exclusion) => exclusion.elements.is_empty(),
        other => other.columns().is_empty(),
    };
    if is_empty {
        return Err(OperationProblem::new(format!("the {} has no columns", constraint.kind())));
    }
    Ok(())
}

fn index(index: &Index) -> Result {
    if index.keys.is_empty() {
        return Err(OperationProblem::new("the index has no columns"));
    }
    if index.nulls_not_distinct && !index.unique {
        return Err(
            OperationProblem::new("`nulls_not_distinct` is for unique indexes").help("add `.unique()`")
        );
    }
    Ok(())
}

fn alteration(alter: &AlterColumn) -> Result {
    if alter.rename.is_none() && alter.only_renames() {
        return Err(
            OperationProblem::new("nothing is changed").help("say what changes, as in `.set_not_null()`")
        );
    }
    if alter.using.is_some() && alter.data_type.is_none() {
        return Err(OperationProblem::new("`using` is for a new type").help("add `.set_type(…)`"));
    }
    if alter.sequence.is_some() && alter.identity.value().is_none() {
        return Err(OperationProblem::new("`sequence` is for a column whose numbers the database generates")
            .help("add `.set_autoincrement()`"));
    }
    if alter.sequence.is_some() && !alter.begins_to_count() {
        return Err(OperationProblem::new(
            "`sequence` is for numbers that begin, and the database generates those of this column already",
        ));
    }
    alter.data_type.iter().try_for_each(data_type)?;
    alter.existing.iter().try_for_each(column)?;
    match alter.outcome() {
        Some(outcome) if alter.begins_to_count() => column(&outcome),
        _ => Ok(()),
    }
}

fn rows(sql: &dyn Sql, insert: &BulkInsert) -> Result {
    let columns = insert.columns.len();
    if columns == 0 {
        return Err(OperationProblem::new("no columns are given"));
    }
    twice(sql, insert.columns.iter().map(String::as_str))?;
    match insert.rows.iter().position(|row| row.len() != columns) {
        Some(at) => Err(OperationProblem::new(format!(
            "row {} has {} values for {columns} columns",
            at + 1,
            insert.rows.get(at).map_or(0, Vec::len)
        ))),
        None => Ok(()),
    }
}

fn assignments(sql: &dyn Sql, update: &Update) -> Result {
    if update.set.is_empty() {
        return Err(
            OperationProblem::new("nothing is set").help("say what changes, as in `.set(\"name\", \"new\")`")
        );
    }
    if update.filter.is_none() && !update.parameters.is_empty() {
        return Err(OperationProblem::new("values are bound, and there is no `filter` with parameters"));
    }
    twice(sql, update.set.iter().map(|(column, _)| column.as_str()))
}
