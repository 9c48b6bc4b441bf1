//! Which operations need more than every server has that a dialect is for.

use crate::operation::{Operation, Operations};
use crate::requirement::{Product, Requirement, Since};
use crate::table::{Column, Constraint, Generated, Index, IndexKey, KeyOf};
use servicekit_chain::Dialect;

/// <https://www.postgresql.org/docs/18/release-18.html>
const VIRTUAL: Requirement =
    Requirement::new("virtual generated columns", &[Since(Product::Postgres, [18, 0, 0])]);
/// <https://www.postgresql.org/docs/12/release-12.html>
const STORED: Requirement = Requirement::new("generated columns", &[Since(Product::Postgres, [12, 0, 0])]);
/// <https://www.postgresql.org/docs/18/release-18.html>
const NOT_ENFORCED: Requirement =
    Requirement::new("`NOT ENFORCED` constraints", &[Since(Product::Postgres, [18, 0, 0])]);
/// <https://www.postgresql.org/docs/15/release-15.html>
const NULLS_NOT_DISTINCT: Requirement =
    Requirement::new("`NULLS NOT DISTINCT` indexes", &[Since(Product::Postgres, [15, 0, 0])]);
/// <https://www.postgresql.org/docs/15/release-15.html>
const COLUMNS_OF_ACTION: Requirement = Requirement::new(
    "columns of `ON DELETE SET NULL` and `SET DEFAULT`",
    &[Since(Product::Postgres, [15, 0, 0])],
);
/// <https://www.postgresql.org/docs/11/release-11.html>
const INCLUDE: Requirement = Requirement::new("`INCLUDE` columns", &[Since(Product::Postgres, [11, 0, 0])]);
/// <https://dev.mysql.com/doc/refman/8.0/en/create-index.html#create-index-functional-key-parts>
const EXPRESSION_INDEX: Requirement =
    Requirement::new("indexes of expressions", &[Since(Product::Mysql, [8, 0, 13])]);
/// <https://dev.mysql.com/doc/refman/8.0/en/create-table-check-constraints.html>
const CHECK_NOT_ENFORCED: Requirement =
    Requirement::new("`NOT ENFORCED` checks", &[Since(Product::Mysql, [8, 0, 16])]);
/// MariaDB has no such clause: <https://mariadb.com/kb/en/generated-columns/>
const GENERATED_NOT_NULL: Requirement =
    Requirement::new("`NOT NULL` generated columns", &[Since(Product::Mysql, [0; 3])]);
/// <https://mariadb.com/kb/en/alter-table/>
const IF_EXISTS: Requirement = Requirement::new(
    "`IF EXISTS` and `IF NOT EXISTS` of parts of a table",
    &[Since(Product::Mariadb, [0; 3])],
);

impl Operations {
    /// What the recorded operations need of a server, beyond what each has that this kind of database stands for; each
    /// once. A run looks at it before anything runs.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.drop_column("users", "age").if_exists();
    /// assert_eq!(
    ///     op.requirements(Dialect::Mysql)[0].to_string(),
    ///     "`IF EXISTS` and `IF NOT EXISTS` of parts of a table need MariaDB"
    /// );
    /// assert!(op.requirements(Dialect::Postgres).is_empty());
    /// ```
    pub fn requirements(&self, dialect: Dialect) -> Vec<Requirement> {
        let mut all = Vec::new();
        for recorded in self.recorded().iter().filter(|recorded| recorded.is_for(dialect)) {
            let new = requirements(&recorded.operation, dialect);
            let new: Vec<_> = new.into_iter().filter(|new| !all.contains(new)).collect();
            all.extend(new);
        }
        all
    }
}

/// What an operation needs of a server of this kind, each once.
pub fn requirements(operation: &Operation, dialect: Dialect) -> Vec<Requirement> {
    let mut found = Found { dialect, all: Vec::new() };
    found.operation(operation);
    found.all
}

struct Found {
    dialect: Dialect,
    all: Vec<Requirement>,
}

impl Found {
    fn add(&mut self, dialect: Dialect, requirement: Requirement, is_used: bool) {
        if is_used && dialect == self.dialect && !self.all.contains(&requirement) {
            self.all.push(requirement);
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let if_exists = match operation {
            Operation::CreateTable(create) => {
                let table = &create.table;
                self.parts(&table.columns, &table.constraints, &table.indexes);
                false
            }
            Operation::AddColumn(add) => {
                self.parts(std::slice::from_ref(&add.column), &add.constraints, &add.indexes);
                add.if_not_exists
            }
            Operation::AlterColumn(alter) => {
                // MySQL writes the whole column; the others only what changes, which is none of this.
                if let Some(column) = alter.outcome().filter(|_| self.dialect == Dialect::Mysql) {
                    self.column(&column);
                }
                false
            }
            Operation::CreateIndex(create) => {
                self.index(&create.index);
                create.if_not_exists
            }
            Operation::AddConstraint(add) => {
                self.constraint(&add.constraint);
                false
            }
            Operation::Batch(batch) => {
                for operation in &batch.operations {
                    self.operation(operation);
                }
                false
            }
            Operation::DropColumn(drop) => drop.if_exists,
            Operation::DropIndex(drop) => drop.if_exists,
            Operation::DropConstraint(drop) => drop.if_exists,
            _ => false,
        };
        self.add(Dialect::Mysql, IF_EXISTS, if_exists);
    }

    fn parts(&mut self, columns: &[Column], constraints: &[Constraint], indexes: &[Index]) {
        for column in columns {
            self.column(column);
        }
        for constraint in constraints {
            self.constraint(constraint);
        }
        for index in indexes {
            self.index(index);
        }
    }

    fn column(&mut self, column: &Column) {
        let Some(Generated { stored, .. }) = &column.generated else { return };
        self.add(Dialect::Postgres, STORED, *stored);
        self.add(Dialect::Postgres, VIRTUAL, !stored);
        self.add(Dialect::Mysql, GENERATED_NOT_NULL, !column.nullable);
    }

    fn constraint(&mut self, constraint: &Constraint) {
        match constraint {
            Constraint::PrimaryKey(key) => self.add(Dialect::Postgres, INCLUDE, !key.include.is_empty()),
            Constraint::Unique(unique) => {
                self.add(Dialect::Postgres, INCLUDE, !unique.include.is_empty());
                self.add(Dialect::Postgres, NULLS_NOT_DISTINCT, unique.nulls_not_distinct);
            }
            Constraint::Check(check) => {
                self.add(Dialect::Postgres, NOT_ENFORCED, check.not_enforced);
                self.add(Dialect::Mysql, CHECK_NOT_ENFORCED, check.not_enforced);
            }
            Constraint::ForeignKey(key) => {
                self.add(Dialect::Postgres, NOT_ENFORCED, key.not_enforced);
                self.add(Dialect::Postgres, COLUMNS_OF_ACTION, !key.on_delete_columns.is_empty());
            }
            Constraint::Exclusion(_) => {}
        }
    }

    fn index(&mut self, index: &Index) {
        let is_of_expression = |key: &IndexKey| matches!(key.of, KeyOf::Expression(_));
        self.add(Dialect::Postgres, INCLUDE, !index.include.is_empty());
        self.add(Dialect::Postgres, NULLS_NOT_DISTINCT, index.nulls_not_distinct);
        self.add(Dialect::Mysql, EXPRESSION_INDEX, index.keys.iter().any(is_of_expression));
    }
}
