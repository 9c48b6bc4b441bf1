//! The names and SQL texts of an operation, so that one place checks all of them.

use crate::operation::Operation;
use crate::table::{
    Check, Column, Condition, Constraint, EnumType, Exclusion, ForeignKey, Index, IndexKey, KeyOf,
    PrimaryKey, Table, TableName, Type, Unique, Value,
};
use servicekit_chain::Dialect;

/// What an operation holds.
#[derive(Debug)]
pub(super) struct Names<'a> {
    /// What is for another database is left out.
    dialect: Dialect,
    /// What each is the name of, and the name.
    pub(super) identifiers: Vec<(&'static str, &'a str)>,
    /// What each is, and its SQL.
    pub(super) fragments: Vec<(&'static str, &'a str)>,
}

impl<'a> Names<'a> {
    pub(super) fn new(operation: &'a Operation, dialect: Dialect) -> Self {
        let mut all = Self { dialect, identifiers: Vec::new(), fragments: Vec::new() };
        all.operation(operation);
        all
    }

    fn operation(&mut self, operation: &'a Operation) {
        if let Some(table) = operation.table() {
            self.table_name(table);
        }
        operation.enumeration().into_iter().for_each(|of| self.enum_type(of));
        match operation {
            Operation::CreateTable(create) => self.table(&create.table),
            Operation::RenameTable(rename) => self.name("table", &rename.to),
            Operation::AddColumn(add) => {
                self.column(&add.column);
                add.constraints.iter().for_each(|constraint| self.constraint(constraint));
                add.indexes.iter().for_each(|index| self.index(index));
            }
            Operation::AlterColumn(alter) => {
                self.name("column", &alter.column);
                alter.rename.iter().for_each(|name| self.name("column", name));
                alter.data_type.iter().for_each(|data_type| self.data_type(data_type));
                alter.using.iter().for_each(|sql| self.fragment("expression", sql));
                alter.own_check.value().into_iter().for_each(|sql| self.fragment("condition", sql));
                alter.default.value().into_iter().for_each(|value| self.value(value));
                alter.collation.value().into_iter().for_each(|name| self.name("collation", name));
                alter.existing.iter().for_each(|column| self.column(column));
            }
            Operation::DropColumn(drop) => {
                self.name("column", &drop.column);
                drop.constraints.iter().for_each(|constraint| self.constraint(constraint));
                drop.indexes.iter().for_each(|index| self.index(index));
            }
            Operation::RenameColumn(rename) => {
                self.name("column", &rename.column);
                self.name("column", &rename.to);
            }
            Operation::CreateIndex(create) => self.index(&create.index),
            Operation::DropIndex(drop) => self.name("index", &drop.name),
            Operation::RenameIndex(rename) => {
                self.name("index", &rename.name);
                self.name("index", &rename.to);
            }
            Operation::AddConstraint(add) => self.constraint(&add.constraint),
            Operation::DropConstraint(drop) => self.name("constraint", &drop.name),
            Operation::ValidateConstraint(validate) => self.name("constraint", &validate.name),
            Operation::AlterEnum(alter) => {
                for (table, column) in &alter.columns {
                    self.table_name(table);
                    self.column(column);
                }
            }
            Operation::BulkInsert(insert) => {
                self.columns(&insert.columns);
                insert.rows.iter().flatten().for_each(|value| self.value(value));
            }
            Operation::Update(update) => {
                for (column, value) in &update.set {
                    self.name("column", column);
                    self.value(value);
                }
                update.filter.iter().for_each(|sql| self.fragment("condition", sql));
                update.parameters.iter().for_each(|(_, value)| self.value(value));
            }
            Operation::Execute(execute) => {
                execute.parameters.iter().for_each(|(_, value)| self.value(value));
            }
            Operation::DropTable(_)
            | Operation::SetTableComment(_)
            | Operation::CreateEnum(_)
            | Operation::DropEnum(_)
            | Operation::Work(_)
            | Operation::Batch(_)
            | Operation::Irreversible(_) => {}
        }
    }

    fn name(&mut self, of: &'static str, name: &'a str) {
        self.identifiers.push((of, name));
    }

    fn fragment(&mut self, of: &'static str, sql: &'a str) {
        self.fragments.push((of, sql));
    }

    fn table_name(&mut self, table: &'a TableName) {
        table.schema.iter().for_each(|schema| self.name("schema", schema));
        self.name("table", &table.name);
    }

    fn enum_type(&mut self, of: &'a EnumType) {
        of.name.schema.iter().for_each(|schema| self.name("schema", schema));
        self.name("type", &of.name.name);
    }

    fn table(&mut self, table: &'a Table) {
        table.columns.iter().for_each(|column| self.column(column));
        table.constraints.iter().for_each(|constraint| self.constraint(constraint));
        table.indexes.iter().for_each(|index| self.index(index));
        let options = table.options.iter().filter(|(dialect, _)| *dialect == self.dialect);
        self.fragments.extend(options.map(|(_, sql)| ("table option", sql.as_str())));
    }

    fn columns(&mut self, columns: &'a [String]) {
        self.identifiers.extend(columns.iter().map(|column| ("column", column.as_str())));
    }

    fn column(&mut self, column: &'a Column) {
        self.name("column", &column.name);
        self.data_type(&column.data_type);
        column.default.iter().for_each(|value| self.value(value));
        column.generated.iter().for_each(|generated| self.fragment("expression", &generated.expression));
        self.identifiers.extend(column.collation(self.dialect).map(|name| ("collation", name)));
        self.fragments.extend(column.options_for(self.dialect).map(|sql| ("column option", sql)));
    }

    fn data_type(&mut self, data_type: &'a Type) {
        match data_type.for_dialect(self.dialect) {
            // A column of SQLite needs no type.
            Type::Custom(sql) if sql.is_empty() && self.dialect == Dialect::Sqlite => {}
            Type::Custom(sql) => self.fragment("type", sql),
            Type::Enum(of) => self.enum_type(of),
            Type::Array(element) => self.data_type(element),
            _ => {}
        }
    }

    fn value(&mut self, value: &'a Value) {
        if let Value::Expression(sql) = value {
            self.fragment("expression", sql);
        }
    }

    fn constraint(&mut self, constraint: &'a Constraint) {
        constraint.name().into_iter().for_each(|name| self.name("constraint", name));
        match constraint {
            Constraint::PrimaryKey(PrimaryKey { columns, include, .. })
            | Constraint::Unique(Unique { columns, include, .. }) => {
                self.columns(columns);
                self.columns(include);
            }
            Constraint::Check(Check { condition: Condition::Sql(sql), .. }) => {
                self.fragment("condition", sql);
            }
            Constraint::Check(Check { condition: Condition::OneOf { column, .. }, .. }) => {
                self.name("column", column);
            }
            Constraint::ForeignKey(ForeignKey {
                columns,
                referred_table,
                referred_columns,
                on_delete_columns,
                ..
            }) => {
                self.columns(columns);
                self.columns(on_delete_columns);
                self.columns(referred_columns);
                // What refers to nowhere is found by a check of its own.
                if !referred_table.name.is_empty() {
                    self.table_name(referred_table);
                }
            }
            Constraint::Exclusion(Exclusion { method, elements, filter, .. }) => {
                self.identifiers.extend(method.iter().map(|method| ("index method", method.as_str())));
                for (key, operator) in elements {
                    self.key(key);
                    self.fragment("operator", operator);
                }
                self.fragments.extend(filter.iter().map(|sql| ("condition", sql.as_str())));
            }
        }
    }

    fn index(&mut self, index: &'a Index) {
        index.name.iter().for_each(|name| self.name("index", name));
        index.keys.iter().for_each(|key| self.key(key));
        index.filter.iter().for_each(|sql| self.fragment("condition", sql));
        index.method.iter().for_each(|method| self.name("index method", method));
        self.columns(&index.include);
        index.options.iter().for_each(|(name, _)| self.name("storage option", name));
    }

    fn key(&mut self, key: &'a IndexKey) {
        match &key.of {
            KeyOf::Column(name) => self.name("column", name),
            KeyOf::Expression(sql) => self.fragment("expression", sql),
        }
        key.collation.iter().for_each(|name| self.name("collation", name));
        key.operator_class.iter().for_each(|name| self.name("operator class", name));
    }
}
