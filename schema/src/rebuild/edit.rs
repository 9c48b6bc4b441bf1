//! Changes of a table, made to its text.

use super::mentions::mentions;
use super::stored::{Clause, ClauseKind, ColumnText, ConstraintText, StoredTable};
use crate::operation::{Change, OperationProblem};
use crate::table::ConstraintKind;
use servicekit_chain::Dialect;
use servicekit_chain::sql::quote_name;

/// A change of a table, with what is new in it as SQL.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Edit {
    AddColumn {
        definition: String,
        constraints: Vec<NewConstraint>,
    },
    DropColumn {
        name: String,
        /// Constraints that go with it.
        constraints: Vec<OldConstraint>,
    },
    AlterColumn(AlterText),
    AddConstraint(NewConstraint),
    DropConstraint(OldConstraint),
    SetComment(Option<String>),
}

/// What changes of a column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AlterText {
    pub(crate) name: String,
    pub(crate) data_type: Option<String>,
    /// What is copied instead of the old value.
    pub(crate) using: Option<String>,
    pub(crate) nullable: Option<bool>,
    pub(crate) default: Change<String>,
    pub(crate) comment: Change<String>,
}

/// A constraint that a table gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewConstraint {
    pub(crate) text: String,
    pub(crate) kind: ConstraintKind,
}

/// A constraint that a table loses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OldConstraint {
    pub(crate) name: Option<String>,
    pub(crate) kind: ConstraintKind,
    /// Its columns, where they are known: one without a name is found by them.
    pub(crate) columns: Option<Vec<String>>,
    pub(crate) if_exists: bool,
}

/// A table that is being changed, and where its rows come from.
#[derive(Debug, Clone)]
pub(super) struct Changing {
    pub(super) table: StoredTable,
    /// A column of the new table, and what is copied into it.
    pub(super) copied: Vec<(String, String)>,
    /// Columns that are gone.
    pub(super) dropped: Vec<String>,
}

impl Changing {
    pub(super) fn new(table: StoredTable) -> Self {
        let plain = table.columns.iter().filter(|column| !column.is_generated());
        let copied =
            plain.map(|column| (column.name.clone(), quote_name(Dialect::Sqlite, &column.name))).collect();
        Self { table, copied, dropped: Vec::new() }
    }

    /// Makes a change.
    pub(super) fn apply(&mut self, edit: &Edit) -> Result<(), OperationProblem> {
        match edit {
            Edit::AddColumn { definition, constraints } => {
                self.add_column(definition)?;
                constraints.iter().try_for_each(|constraint| self.add_constraint(constraint))
            }
            Edit::DropColumn { name, constraints } => {
                let at = self.column(name)?;
                // They may stand in the column itself, which goes anyway.
                for constraint in constraints {
                    self.drop_constraint(&OldConstraint { if_exists: true, ..constraint.clone() })?;
                }
                self.drop_column(at, name)
            }
            Edit::AlterColumn(alter) => self.alter_column(alter),
            Edit::AddConstraint(constraint) => self.add_constraint(constraint),
            Edit::DropConstraint(constraint) => self.drop_constraint(constraint),
            Edit::SetComment(comment) => {
                self.table.comment = comment.as_ref().map(|comment| format!(" {comment}"));
                Ok(())
            }
        }
    }

    fn column(&self, name: &str) -> Result<usize, OperationProblem> {
        self.table.position(name).ok_or_else(|| {
            let all: Vec<String> =
                self.table.columns.iter().map(|column| format!("`{}`", column.name)).collect();
            OperationProblem::new(format!("the table has no column `{name}`"))
                .help(format!("its columns are {}", all.join(", ")))
        })
    }

    fn add_column(&mut self, definition: &str) -> Result<(), OperationProblem> {
        let Some(column) = ColumnText::parse(definition) else {
            return Err(OperationProblem::new(format!("`{definition}` is no column")));
        };
        if self.table.position(&column.name).is_some() {
            return Err(OperationProblem::new(format!("the table has a column `{}`", column.name)));
        }
        let last = self.table.columns.last().cloned();
        self.table.columns.push(match &last {
            Some(last) => column.standing_like(last),
            None => column,
        });
        Ok(())
    }

    fn drop_column(&mut self, at: usize, name: &str) -> Result<(), OperationProblem> {
        if self.table.columns.len() == 1 {
            return Err(OperationProblem::new(format!("`{name}` is the only column of the table")));
        }
        self.table.columns.remove(at);
        self.copied.retain(|(column, _)| !column.eq_ignore_ascii_case(name));
        let columns = &self.table.columns;
        let is_about_it_alone = |constraint: &ConstraintText| match constraint.kind {
            ConstraintKind::Check => {
                mentions(&constraint.text, name)
                    && !columns.iter().any(|column| mentions(&constraint.text, &column.name))
            }
            _ => matches!(constraint.columns.as_slice(), [only] if only.eq_ignore_ascii_case(name)),
        };
        self.table.constraints.retain(|constraint| !is_about_it_alone(constraint));
        let needs_it = |constraint: &&ConstraintText| match constraint.kind {
            // The table that it refers to can have a column of this name.
            ConstraintKind::ForeignKey => {
                constraint.columns.iter().any(|column| column.eq_ignore_ascii_case(name))
            }
            _ => mentions(&constraint.text, name),
        };
        if let Some(constraint) = self.table.constraints.iter().find(needs_it) {
            let called = constraint.name.as_ref().map(|name| format!(" `{name}`")).unwrap_or_default();
            return Err(OperationProblem::new(format!(
                "the {}{called} needs the column `{name}`",
                constraint.kind
            ))
            .help("drop the constraint too, in the same `batch_alter_table`"));
        }
        let in_clause = |clause: &&Clause| {
            matches!(clause.kind, ClauseKind::Check | ClauseKind::Generated) && mentions(&clause.text, name)
        };
        for column in &self.table.columns {
            if column.clauses.iter().any(|clause| in_clause(&clause)) {
                return Err(OperationProblem::new(format!(
                    "the column `{}` needs the column `{name}`",
                    column.name
                )));
            }
        }
        self.dropped.push(name.to_owned());
        Ok(())
    }

    fn alter_column(&mut self, alter: &AlterText) -> Result<(), OperationProblem> {
        let at = self.column(&alter.name)?;
        let Some(column) = self.table.columns.get_mut(at) else { return Ok(()) };
        if let Some(data_type) = &alter.data_type {
            column.data_type = format!(" {data_type}");
        }
        match alter.nullable {
            Some(true) => column.clauses.retain(|clause| clause.kind != ClauseKind::NotNull),
            Some(false) if !column.has(ClauseKind::NotNull) => {
                column.clauses.retain(|clause| clause.kind != ClauseKind::Null);
                column.add(ClauseKind::NotNull, "NOT NULL");
            }
            _ => {}
        }
        match &alter.default {
            Change::Keep => {}
            Change::Remove => column.clauses.retain(|clause| clause.kind != ClauseKind::Default),
            Change::To(default) => {
                column.clauses.retain(|clause| clause.kind != ClauseKind::Default);
                column.add(ClauseKind::Default, &format!("DEFAULT {default}"));
            }
        }
        match &alter.comment {
            Change::Keep => {}
            Change::Remove => column.comment = None,
            Change::To(comment) => column.comment = Some(format!(" {comment}")),
        }
        if let Some(using) = &alter.using {
            let name = &alter.name;
            let copied = self.copied.iter_mut().filter(|(column, _)| column.eq_ignore_ascii_case(name));
            copied.for_each(|(_, source)| *source = format!("({using})"));
        }
        Ok(())
    }

    fn add_constraint(&mut self, constraint: &NewConstraint) -> Result<(), OperationProblem> {
        let mut parsed = StoredTable::parse(&format!("CREATE TABLE t (c, {})", constraint.text))
            .map(|table| table.constraints)
            .unwrap_or_default();
        let Some(mut new) = parsed.pop() else {
            return Err(OperationProblem::new(format!("`{}` is no constraint", constraint.text)));
        };
        let has_key = self.table.constraints.iter().any(|each| each.kind == ConstraintKind::PrimaryKey)
            || self.table.columns.iter().any(|column| column.has(ClauseKind::PrimaryKey));
        if constraint.kind == ConstraintKind::PrimaryKey && has_key {
            return Err(OperationProblem::new("the table has a primary key").help("drop that one first"));
        }
        let is_taken = |name: &String| self.constraint_names().any(|taken| taken.eq_ignore_ascii_case(name));
        if let Some(name) = new.name.as_ref().filter(|name| is_taken(name)) {
            return Err(OperationProblem::new(format!("the table has a constraint `{name}`")));
        }
        new.text = format!("\n    {}", constraint.text);
        self.table.constraints.push(new);
        Ok(())
    }

    fn constraint_names(&self) -> impl Iterator<Item = &String> {
        let in_columns = self.table.columns.iter().flat_map(|column| &column.clauses);
        let names = in_columns.filter_map(|clause| clause.name.as_ref());
        names.chain(self.table.constraints.iter().filter_map(|constraint| constraint.name.as_ref()))
    }

    fn drop_constraint(&mut self, old: &OldConstraint) -> Result<(), OperationProblem> {
        let kind = old.kind;
        let by_name = |name: Option<&String>| match (name, &old.name) {
            (Some(name), Some(wanted)) => name.eq_ignore_ascii_case(wanted),
            _ => false,
        };
        // One without a name is known by its columns; of primary keys there is only one.
        let by_columns = |name: Option<&String>, columns: &[String]| {
            name.is_none()
                && match &old.columns {
                    Some(wanted) => same(columns, wanted),
                    None => kind == ConstraintKind::PrimaryKey,
                }
        };
        let is_it = |each: &ConstraintText, any_name: bool| {
            each.kind == kind
                && if any_name {
                    by_name(each.name.as_ref())
                } else {
                    by_columns(each.name.as_ref(), &each.columns)
                }
        };
        for any_name in [true, false] {
            if let Some(at) = self.table.constraints.iter().position(|each| is_it(each, any_name)) {
                self.table.constraints.remove(at);
                return Ok(());
            }
            let in_column = clause_kind(kind);
            for column in &mut self.table.columns {
                let own = [column.name.clone()];
                let found = column.clauses.iter().position(|clause| {
                    Some(clause.kind) == in_column
                        && if any_name {
                            by_name(clause.name.as_ref())
                        } else {
                            kind != ConstraintKind::Check && by_columns(clause.name.as_ref(), &own)
                        }
                });
                if let Some(at) = found {
                    column.clauses.remove(at);
                    return Ok(());
                }
            }
        }
        if old.if_exists {
            return Ok(());
        }
        let named = old.name.as_ref().map(|name| format!(" called `{name}`")).unwrap_or_default();
        let all: Vec<String> = self.constraint_names().map(|name| format!("`{name}`")).collect();
        let help = match all.as_slice() {
            [] => "its constraints have no names: describe it with `.existing(…)`".to_owned(),
            all => format!(
                "those with a name are {}; for one without, describe it with `.existing(…)`",
                all.join(", ")
            ),
        };
        Err(OperationProblem::new(format!("the table has no {kind}{named}")).help(help))
    }
}

impl ColumnText {
    fn has(&self, kind: ClauseKind) -> bool {
        self.clauses.iter().any(|clause| clause.kind == kind)
    }

    fn add(&mut self, kind: ClauseKind, text: &str) {
        self.clauses.push(Clause { name: None, kind, text: format!(" {text}") });
    }
}

fn clause_kind(kind: ConstraintKind) -> Option<ClauseKind> {
    Some(match kind {
        ConstraintKind::PrimaryKey => ClauseKind::PrimaryKey,
        ConstraintKind::Unique => ClauseKind::Unique,
        ConstraintKind::Check => ClauseKind::Check,
        ConstraintKind::ForeignKey => ClauseKind::References,
        ConstraintKind::Exclusion => return None,
    })
}

fn same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.eq_ignore_ascii_case(other))
}
