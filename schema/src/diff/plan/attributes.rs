//! What changes of columns that stay.

use super::columns;
use super::conversion::{self, using};
use super::disturbed::{Disturbed, stays};
use super::{Affected, Draft, HazardKind, Stage, Unplannable};
use crate::diff::names::is_same;
use crate::diff::{Attribute, Difference, Fact};
use crate::operation::{AlterColumn, Change, Operations};
use crate::table::{Check, Column, Constraint, Identity, KeyOf, Table, TableName};
use servicekit_chain::Dialect;

/// All of one column together.
pub(super) fn plan(
    difference: &Difference,
    disturbed: &Disturbed<'_>,
    draft: &mut Draft,
) -> Result<(), Box<Unplannable>> {
    let mut rest = difference.facts.iter().peekable();
    while let Some(fact) = rest.next() {
        let Fact::Attribute { table, attribute, from, to } = fact else { continue };
        let mut attributes = vec![*attribute];
        while let Some(Fact::Attribute { table: other, attribute, from: of, .. }) = rest.peek() {
            if other != table || of.name != from.name {
                break;
            }
            attributes.push(*attribute);
            rest.next();
        }
        if disturbed.is_replaced(table, &from.name) {
            // It goes and comes again, with what is in its way.
            continue;
        }
        let uncounted = disturbed.is_uncounted(table, &from.name);
        let altered = Altered { difference, table, from, to, uncounted };
        altered.plan(&attributes, draft).map_err(|reason| difference.unplannable(fact, reason))?;
    }
    plan_own_checks(difference, disturbed, draft)
}

/// Columns of which nothing changes but the check that stands in them.
fn plan_own_checks(
    difference: &Difference,
    disturbed: &Disturbed<'_>,
    draft: &mut Draft,
) -> Result<(), Box<Unplannable>> {
    if difference.dialect != Dialect::Mysql {
        return Ok(());
    }
    for (table, other) in stays(difference) {
        for from in &table.columns {
            let is_it = |to: &&Column| is_same(&to.name, &from.name, difference.dialect);
            let Some(to) = other.columns.iter().find(is_it) else { continue };
            let is_planned = disturbed.is_replaced(&table.name, &from.name)
                || difference.facts.iter().any(|fact| {
                    matches!(fact, Fact::Attribute { table: of, from: column, .. }
                        if *of == other.name && column.name == from.name)
                });
            let uncounted = disturbed.is_uncounted(&table.name, &from.name);
            let altered = Altered { difference, table: &other.name, from, to, uncounted };
            if let Some(fact) = altered.own_check_facts().next().filter(|_| !is_planned) {
                altered.plan(&[], draft).map_err(|reason| difference.unplannable(fact, reason))?;
            }
        }
    }
    Ok(())
}

/// A column that is altered.
struct Altered<'d> {
    difference: &'d Difference,
    table: &'d TableName,
    from: &'d Column,
    to: &'d Column,
    /// Whether it generates no numbers meanwhile.
    uncounted: bool,
}

impl Altered<'_> {
    fn plan(&self, attributes: &[Attribute], draft: &mut Draft) -> Result<(), String> {
        let Self { from, to, .. } = *self;
        if self.is_about_serial() {
            return self.plan_serial(attributes, draft);
        }
        let goes = from.identity.is_some() && (to.identity.is_none() || self.uncounted);
        let comes = to.identity.is_some() && (from.identity.is_none() || self.uncounted);
        // The keys that a number needs go after it, and come before it.
        let existing = if goes { drop_identity(self.table, from, draft) } else { from.clone() };
        let mut alter = self.start(existing);
        for attribute in attributes {
            self.set(*attribute, &mut alter, draft)?;
        }
        self.set_own_check(&mut alter, draft);
        let outcome = alter.outcome().unwrap_or_else(|| from.clone());
        if !alter.only_renames() {
            self.push(Stage::AlterColumns, alter, draft)?;
        }
        if comes {
            self.push(Stage::AddIdentities, add_identity(self.table, outcome, to), draft)?;
            if from.identity.is_none() {
                self.warn_of_numbers(draft);
            }
        }
        Ok(())
    }

    fn is_about_serial(&self) -> bool {
        let is_serial = |column: &Column| column.data_type.behind_serial().is_some();
        self.difference.dialect == Dialect::Postgres && (is_serial(self.from) || is_serial(self.to))
    }

    /// What generates the numbers is a part of the type on one side, and no key is needed for it.
    fn plan_serial(&self, attributes: &[Attribute], draft: &mut Draft) -> Result<(), String> {
        let Self { from, to, .. } = *self;
        let mut alter = self.start(from.clone());
        for attribute in attributes {
            self.set(*attribute, &mut alter, draft)?;
        }
        if from.data_type.behind_serial().is_some() && to.data_type.behind_serial().is_none() {
            alter.identity = to.identity.map_or(Change::Remove, Change::To);
            alter.sequence = to.sequence.filter(|_| to.identity.is_some());
        }
        let begins = alter.identity.value().is_some();
        self.push(Stage::AlterColumns, alter, draft)?;
        if begins {
            self.warn_of_numbers(draft);
        }
        Ok(())
    }

    fn start(&self, mut existing: Column) -> AlterColumn {
        // What it is on other databases is not asked here, and has to be known on the way back.
        let collation = existing.collation(self.difference.dialect).map(str::to_owned);
        existing.collations = collation.map(|name| (None, name)).into_iter().collect();
        let mut alter = AlterColumn::new(self.table, &self.from.name);
        alter.existing = Some(existing);
        alter
    }

    fn set(&self, attribute: Attribute, alter: &mut AlterColumn, draft: &mut Draft) -> Result<(), String> {
        let Self { difference, table, from, to, .. } = *self;
        let dialect = difference.dialect;
        let column = format!("{table}.{}", from.name);
        let default = to.default.clone().map_or(Change::Remove, Change::To);
        let fails = |draft: &mut Draft, what: String, affected| {
            draft.warn_of_next(HazardKind::CanFail, table, what, affected);
        };
        match attribute {
            Attribute::Type => {
                alter.data_type = Some(to.data_type.clone());
                alter.using = using(dialect, from, to)?;
                // The old one need not be a value of the new type.
                if dialect == Dialect::Postgres && (from.default.is_some() || to.default.is_some()) {
                    alter.default = default;
                }
                let takes_all =
                    conversion::is_same(from, to, dialect) || conversion::takes_all(from, to, dialect);
                if !takes_all {
                    let affected = Affected::Unfit { from: Box::new(from.clone()), to: Box::new(to.clone()) };
                    fails(draft, format!("values of {column} that the new type does not take"), affected);
                }
            }
            Attribute::Collation => {
                let collation = to.collation(dialect).map(str::to_owned);
                alter.collation = collation.map_or(Change::Remove, Change::To);
                if self.is_unique() {
                    let affected = Affected::Untold("only the new collation tells which values are one");
                    fails(draft, format!("values of {column} that are one to the new collation"), affected);
                }
            }
            Attribute::Nullable => {
                alter.nullable = Some(to.nullable);
                if let Some(backfill) = difference.backfill(table, &to.name) {
                    columns::fill(dialect, backfill, draft);
                } else if !to.nullable {
                    fails(draft, format!("rows where {column} is null"), Affected::Null(from.name.clone()));
                }
            }
            Attribute::Default => alter.default = default,
            Attribute::Identity => {
                if let (Some(_), Some(to)) = (from.identity, to.identity) {
                    alter.identity = Change::To(to);
                }
            }
            Attribute::NowOnUpdate => alter.now_on_update = Some(to.now_on_update),
            Attribute::Comment => alter.comment = to.comment.clone().map_or(Change::Remove, Change::To),
            // Such a column goes and comes again.
            Attribute::Generated => {}
        }
        Ok(())
    }

    /// What differs about the check that stands in the column.
    fn own_check_facts(&self) -> impl Iterator<Item = &Fact> {
        self.difference.facts.iter().filter(|fact| {
            let Fact::Constraint { table, constraint } = fact else { return false };
            let (gone, new) = constraint.sides();
            table == self.table && (is_own_check(self.from, gone) || is_own_check(self.to, new))
        })
    }

    fn set_own_check(&self, alter: &mut AlterColumn, draft: &mut Draft) {
        let mut facts = self.own_check_facts().peekable();
        if self.difference.dialect != Dialect::Mysql || facts.peek().is_none() {
            return;
        }
        let is_new = facts.any(|fact| {
            matches!(fact, Fact::Constraint { constraint, .. } if is_own_check(self.to, constraint.sides().1))
        });
        alter.own_check = match self.to.own_check() {
            Some(condition) if is_new => {
                let what = format!("rows of {} that the check of {} does not take", self.table, self.to.name);
                let affected = Affected::Violating(crate::table::check(condition).into());
                draft.warn_of_next(HazardKind::CanFail, self.table, what, affected);
                Change::To(condition.to_owned())
            }
            _ => Change::Remove,
        };
    }

    /// What the database does not have is no operation.
    fn push(&self, stage: Stage, alter: AlterColumn, draft: &mut Draft) -> Result<(), String> {
        let mut alone = Operations::default();
        alone.push(alter.clone());
        alone.sql(self.difference.dialect).map_err(|error| error.reason)?;
        draft.push(stage, self.table, alter);
        Ok(())
    }

    fn warn_of_numbers(&self, draft: &mut Draft) {
        let column = format!("{}.{}", self.table, self.to.name);
        let options = self.to.sequence.unwrap_or_default();
        let is_bounded = options.minimum.is_some() || options.maximum.is_some();
        match self.difference.dialect {
            Dialect::Mysql => {
                let what = format!("rows where {column} is 0, which get the next number");
                let affected = Affected::Zeros(self.from.name.clone());
                draft.warn_of_last(HazardKind::LosesData, self.table, what, affected);
            }
            Dialect::Postgres if is_bounded => {
                let what = format!("values of {column} beyond the last number of its sequence");
                let affected = Affected::Untold("the sequence is made by the change");
                draft.warn_of_last(HazardKind::CanFail, self.table, what, affected);
            }
            _ => {}
        }
    }

    /// Whether a key or a unique index is about it.
    fn is_unique(&self) -> bool {
        let is_it = |name: &str| is_same(name, &self.to.name, self.difference.dialect);
        let of_constraint = |each: &Constraint| {
            let is_key = matches!(each, Constraint::PrimaryKey(_) | Constraint::Unique(_));
            is_key && each.columns().into_iter().any(is_it)
        };
        let mut tables = self.difference.to.tables.iter().filter(|table| table.name == *self.table);
        tables.any(|Table { constraints, indexes, .. }| {
            let unique = indexes.iter().filter(|index| index.unique);
            let keys = unique.flat_map(|index| &index.keys);
            constraints.iter().any(of_constraint)
                || keys.into_iter().any(|key| matches!(&key.of, KeyOf::Column(name) if is_it(name)))
        })
    }
}

/// Whether a constraint is the check that stands in this column.
fn is_own_check(column: &Column, constraint: Option<&Constraint>) -> bool {
    matches!(constraint, Some(Constraint::Check(Check { name: None, condition, .. }))
        if column.own_check() == Some(&*condition.sql(Dialect::Mysql)))
}

/// Lets a column generate no numbers; the column as it is then.
pub(super) fn drop_identity(table: &TableName, column: &Column, draft: &mut Draft) -> Column {
    let mut alter = AlterColumn::new(table, &column.name);
    alter.identity = Change::Remove;
    alter.existing = Some(column.clone());
    let outcome = alter.outcome();
    draft.push(Stage::DropIdentities, table, alter);
    outcome.unwrap_or_else(|| column.clone())
}

/// Lets a column generate numbers that did not.
pub(super) fn add_identity(table: &TableName, existing: Column, to: &Column) -> AlterColumn {
    let mut alter = AlterColumn::new(table, &existing.name);
    alter.identity = Change::To(to.identity.unwrap_or(Identity::ByDefault));
    alter.sequence = to.sequence;
    alter.existing = Some(existing);
    alter
}
