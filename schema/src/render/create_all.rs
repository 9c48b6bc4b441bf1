//! What creates a whole schema, and what drops it.

use crate::operation::{
    AddConstraint, CreateEnum, CreateTable, DropConstraint, DropEnum, DropTable, Operation, Operations,
};
use crate::table::{Constraint, ForeignKey, Schema, Table, TableName};
use servicekit_chain::Dialect;
use std::collections::HashSet;

impl Schema {
    /// What creates all of it in an empty database: the enum types, then each table after those that it refers to.
    ///
    /// Where tables refer to each other in a circle, a foreign key is added when both are there; on SQLite it is
    /// created with its table, which need not be there before.
    pub fn operations(&self, dialect: Dialect) -> Operations {
        let mut operations = Operations::default();
        for enumeration in &self.enums {
            operations.push(CreateEnum::new(enumeration.clone()));
        }
        let mut later = Vec::new();
        let mut waiting: Vec<&Table> = self.tables.iter().collect();
        let mut names: HashSet<&TableName> = waiting.iter().map(|table| &table.name).collect();
        while !waiting.is_empty() {
            // In a circle, the first one goes without what is not there.
            let at = waiting.iter().position(|table| !refers_to(table, &names)).unwrap_or(0);
            let original = waiting.remove(at);
            names.remove(&original.name);
            let mut table = original.clone();
            if dialect != Dialect::Sqlite {
                later.extend(take_keys_to(&mut table, &names));
            }
            operations.push(CreateTable::new(table));
        }
        for add in later {
            operations.push(add);
        }
        operations
    }

    /// What drops all of it, the other way round than it is [created](Self::operations): each table after those that
    /// refer to it, and the enum types at the end.
    pub fn drops(&self, dialect: Dialect) -> Operations {
        let mut drops = Operations::default();
        for recorded in self.operations(dialect).recorded().iter().rev() {
            match &recorded.operation {
                Operation::CreateTable(create) => drops.push(DropTable::new(&create.table.name)),
                Operation::CreateEnum(create) => drops.push(DropEnum::new(create.enumeration.clone())),
                Operation::AddConstraint(add) => {
                    let (name, kind) = (add.constraint.name().unwrap_or_default(), add.constraint.kind());
                    drops.push(DropConstraint::new(&add.table, name, kind));
                }
                // A schema has nothing else.
                _ => {}
            }
        }
        drops
    }
}

/// Whether a table refers to one of these, other than itself.
fn refers_to(table: &Table, others: &HashSet<&TableName>) -> bool {
    let own = table.columns.iter().filter_map(|column| column.references.as_ref());
    let keys = table.constraints.iter().filter_map(|constraint| match constraint {
        Constraint::ForeignKey(key) => Some(key),
        _ => None,
    });
    keys.chain(own).any(|key| key.referred_table != table.name && others.contains(&key.referred_table))
}

/// Takes the foreign keys to these tables out of a table, as operations that add them.
fn take_keys_to(table: &mut Table, others: &HashSet<&TableName>) -> Vec<AddConstraint<Constraint>> {
    let is_taken = |key: &ForeignKey| others.contains(&key.referred_table);
    let mut taken = Vec::new();
    for column in &mut table.columns {
        if column.references.as_ref().is_some_and(is_taken) {
            taken.extend(column.references.take().map(Constraint::ForeignKey));
        }
    }
    let constraints = std::mem::take(&mut table.constraints);
    let (later, kept): (Vec<_>, Vec<_>) = constraints
        .into_iter()
        .partition(|each| matches!(each, Constraint::ForeignKey(key) if is_taken(key)));
    table.constraints = kept;
    taken.extend(later);
    taken.into_iter().map(|constraint| AddConstraint::new(&table.name, constraint)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::revision::{foreign_key, integer};

    fn table(name: &str, referred: &[&str]) -> Table {
        let mut table = Table::new(name, [integer("id").primary_key(), integer("other")]);
        for other in referred {
            table = table.with(foreign_key(["other"], *other, ["id"]));
        }
        table
    }

    fn sql(tables: &[Table], dialect: Dialect) -> Vec<String> {
        let schema = Schema { enums: Vec::new(), tables: tables.to_vec() };
        let sql = schema.operations(dialect).sql(dialect).expect("a schema");
        let head = |statement: &String| statement.lines().next().unwrap_or_default().to_owned();
        sql.iter().map(head).collect()
    }

    #[test]
    fn a_table_comes_after_those_that_it_refers_to() {
        let tables = [table("a", &["b", "a"]), table("b", &["c"]), table("c", &[])];
        insta::assert_snapshot!(sql(&tables, Dialect::Postgres).join("\n"), @r#"
        CREATE TABLE "c" (
        CREATE TABLE "b" (
        CREATE TABLE "a" (
        "#);
    }

    #[test]
    fn a_circle_is_closed_at_the_end() {
        let tables = [table("a", &["b"]), table("b", &["c"]), table("c", &["a", "d"]), table("d", &[])];
        insta::assert_snapshot!(sql(&tables, Dialect::Mysql).join("\n"), @r"
        CREATE TABLE `d` (
        CREATE TABLE `a` (
        CREATE TABLE `c` (
        CREATE TABLE `b` (
        ALTER TABLE `a` ADD CONSTRAINT `fk_a_other_b` FOREIGN KEY (`other`) REFERENCES `b` (`id`)
        ");
        assert_eq!(sql(&tables, Dialect::Sqlite).len(), 4);
    }
}
