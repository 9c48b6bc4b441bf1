//! Changes of a table, made to its text.

use super::counter;
use super::mentions::mentions;
use crate::operation::{Change, OperationProblem, Result};
use crate::stored::{Clause, ClauseKind, ColumnText, ConstraintText, StoredTable};
use crate::table::ConstraintKind;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{TokenKind, quote_name, significant};

/// A change of a table, with what is new in it as SQL.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Edit {
    AddColumn {
        definition: String,
        /// Constraints that come with it, as SQL.
        constraints: Vec<String>,
    },
    DropColumn {
        name: String,
        /// Constraints that go with it.
        constraints: Vec<OldConstraint>,
    },
    AlterColumn(AlterText),
    /// The constraint as SQL.
    AddConstraint(String),
    DropConstraint(OldConstraint),
    SetComment(Option<String>),
}

/// What changes of a column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AlterText {
    pub(crate) name: String,
    pub(crate) data_type: Option<TypeText>,
    /// What is copied instead of the old value.
    pub(crate) using: Option<String>,
    pub(crate) nullable: Option<bool>,
    pub(crate) default: Change<String>,
    /// The name in quotes.
    pub(crate) collation: Change<String>,
    /// Whether it gets `AUTOINCREMENT` or loses it.
    pub(crate) is_counted: Option<bool>,
    pub(crate) comment: Change<String>,
}

/// A new type of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TypeText {
    pub(crate) name: String,
    /// The check of its list of values, if the type is an enum.
    pub(crate) check: Option<String>,
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
    pub(super) fn apply(&mut self, edit: &Edit) -> Result {
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
                self.table.comment.clone_from(comment);
                Ok(())
            }
        }
    }

    fn column(&self, name: &str) -> Result<usize> {
        self.table.position(name).ok_or_else(|| {
            let all: Vec<String> =
                self.table.columns.iter().map(|column| format!("`{}`", column.name)).collect();
            OperationProblem::new(format!("the table has no column `{name}`"))
                .help(format!("its columns are {}", all.join(", ")))
        })
    }

    fn add_column(&mut self, definition: &str) -> Result {
        let Some(column) = ColumnText::parse(definition) else {
            return Err(OperationProblem::new(format!("`{definition}` is no column")));
        };
        if self.table.position(&column.name).is_some() {
            return Err(OperationProblem::new(format!("the table has a column `{}`", column.name)));
        }
        let columns = &mut self.table.columns;
        let column = if let Some(last) = columns.last() { column.standing_like(last) } else { column };
        columns.push(column);
        Ok(())
    }

    fn drop_column(&mut self, at: usize, name: &str) -> Result {
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
        let in_clause = |clause: &Clause| {
            matches!(clause.kind, ClauseKind::Check | ClauseKind::Generated) && mentions(&clause.text, name)
        };
        let needs_it = |column: &&ColumnText| column.clauses.iter().any(in_clause);
        if let Some(ColumnText { name: other, .. }) = self.table.columns.iter().find(needs_it) {
            return Err(OperationProblem::new(format!("the column `{other}` needs the column `{name}`")));
        }
        self.dropped.push(name.to_owned());
        Ok(())
    }

    fn alter_column(&mut self, alter: &AlterText) -> Result {
        let at = self.column(&alter.name)?;
        let Some(column) = self.table.columns.get_mut(at) else { return Ok(()) };
        if let Some(data_type) = &alter.data_type {
            column.data_type = format!(" {}", data_type.name);
            let at = column.clauses.iter().position(|clause| is_list_of_values(clause, &column.name));
            column.replace(at, ClauseKind::Check, data_type.check.as_deref());
        }
        match alter.nullable {
            Some(true) => column.clauses.retain(|clause| clause.kind != ClauseKind::NotNull),
            Some(false) if !column.has(ClauseKind::NotNull) => {
                column.clauses.retain(|clause| clause.kind != ClauseKind::Null);
                column.add(ClauseKind::NotNull, "NOT NULL");
            }
            _ => {}
        }
        if !alter.default.is_kept() {
            let at = column.clauses.iter().position(|clause| clause.kind == ClauseKind::Default);
            let new = alter.default.value().map(|default| format!("DEFAULT {default}"));
            column.replace(at, ClauseKind::Default, new.as_deref());
        }
        if !alter.collation.is_kept() {
            column.collate(alter.collation.value());
        }
        if !alter.comment.is_kept() {
            column.comment = alter.comment.value().cloned();
        }
        if let Some(using) = &alter.using {
            let name = &alter.name;
            let copied = self.copied.iter_mut().filter(|(column, _)| column.eq_ignore_ascii_case(name));
            copied.for_each(|(_, source)| *source = format!("({using})"));
        }
        match alter.is_counted {
            Some(true) => counter::start(&mut self.table, at),
            Some(false) => {
                counter::stop(&mut self.table, at);
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn add_constraint(&mut self, text: &str) -> Result {
        let parsed = StoredTable::parse(&format!("CREATE TABLE t (c, {text})"));
        let Some(mut new) = parsed.and_then(|mut table| table.constraints.pop()) else {
            return Err(OperationProblem::new(format!("`{text}` is no constraint")));
        };
        let has_key = self.table.constraints.iter().any(|each| each.kind == ConstraintKind::PrimaryKey)
            || self.table.columns.iter().any(|column| column.has(ClauseKind::PrimaryKey));
        if new.kind == ConstraintKind::PrimaryKey && has_key {
            return Err(OperationProblem::new("the table has a primary key").help("drop that one first"));
        }
        let is_taken = |name: &String| self.constraint_names().any(|taken| taken.eq_ignore_ascii_case(name));
        if let Some(name) = new.name.as_ref().filter(|name| is_taken(name)) {
            return Err(OperationProblem::new(format!("the table has a constraint `{name}`")));
        }
        new.text = format!("\n    {text}");
        self.table.constraints.push(new);
        Ok(())
    }

    fn constraint_names(&self) -> impl Iterator<Item = &String> {
        let in_columns = self.table.columns.iter().flat_map(|column| &column.clauses);
        let names = in_columns.filter_map(|clause| clause.name.as_ref());
        names.chain(self.table.constraints.iter().filter_map(|constraint| constraint.name.as_ref()))
    }

    fn drop_constraint(&mut self, old: &OldConstraint) -> Result {
        let kind = old.kind;
        // One without a name is known by its columns; of primary keys there is only one.
        let is_it = |by_name: bool, name: &Option<String>, columns: &[String]| match (name, &old.columns) {
            (Some(name), _) => by_name && old.name.as_ref().is_some_and(|old| name.eq_ignore_ascii_case(old)),
            (None, Some(wanted)) => !by_name && same(columns, wanted),
            (None, None) => !by_name && kind == ConstraintKind::PrimaryKey,
        };
        for by_name in [true, false] {
            let mut constraints = self.table.constraints.iter();
            let found =
                constraints.position(|each| each.kind == kind && is_it(by_name, &each.name, &each.columns));
            if let Some(at) = found {
                self.table.constraints.remove(at);
                return Ok(());
            }
            let in_column = clause_kind(kind).filter(|kind| by_name || *kind != ClauseKind::Check);
            for column in &mut self.table.columns {
                let own = [column.name.clone()];
                let is_own =
                    |clause: &Clause| Some(clause.kind) == in_column && is_it(by_name, &clause.name, &own);
                if let Some(at) = column.clauses.iter().position(is_own) {
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

    /// Writes a collation, which stands right behind the type in a new table.
    fn collate(&mut self, name: Option<&String>) {
        let old = self.clauses.iter().position(|clause| clause.kind == ClauseKind::Collate);
        let new = name.map(|name| format!("COLLATE {name}"));
        self.replace(old, ClauseKind::Collate, new.as_deref());
        if old.is_none() && new.is_some() {
            let is_numbered = self.clauses.first().is_some_and(|first| counter::is_in(&first.text));
            let behind = self.clauses.get_mut(usize::from(is_numbered)..).unwrap_or_default();
            behind.rotate_right(1);
        }
    }

    /// Writes a clause in the place of an old one, if there is one.
    fn replace(&mut self, old: Option<usize>, kind: ClauseKind, new: Option<&str>) {
        let new = new.map(|text| Clause { name: None, kind, text: format!(" {text}") });
        match old {
            Some(at) => drop(self.clauses.splice(at..=at, new)),
            None => self.clauses.extend(new),
        }
    }
}

/// Whether a clause is the check of an enum: no name, and nothing but a list of texts for its own column.
fn is_list_of_values(clause: &Clause, column: &str) -> bool {
    let all = significant(Dialect::Sqlite, &clause.text);
    let [check, open, name, list, values @ .., end, close] = all.as_slice() else { return false };
    clause.name.is_none()
        && check.is("CHECK")
        && name.says(column)
        && list.is("IN")
        && [open.text, end.text, close.text] == ["(", ")", ")"]
        && values.iter().all(|token| matches!(token.text, "(" | ",") || token.kind == TokenKind::String)
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
