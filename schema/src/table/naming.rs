//! Names by convention.

use super::{Check, Column, Constraint, Index, Table, TableName};
use sha2::{Digest as _, Sha256};
use std::collections::HashSet;

/// The naming convention for indexes and constraints without a name, so that later revisions can refer to them.
///
/// In a pattern, `{table}` is the name of the table, `{columns}` the names of the columns joined with `_`, and
/// `{referred_table}` the table that a foreign key references. A name longer than 63 bytes, the limit of PostgreSQL
/// (manual, 4.1.1), is shortened and ends with a part of its hash, on every database.
///
/// Explicit names are never changed.
///
/// ```
/// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
/// use servicekit::{revision::*, schema::NamingConvention};
/// let mut op = Operations::default();
/// op.naming(NamingConvention::default().unique("{table}_{columns}_key"));
/// op.create_unique_constraint(by_convention(), "users", ["email"]);
/// assert_eq!(
///     op.sql(Dialect::Postgres).unwrap(),
///     [r#"ALTER TABLE "users" ADD CONSTRAINT "users_email_key" UNIQUE ("email")"#]
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamingConvention {
    index: String,
    unique: String,
    check: String,
    foreign_key: String,
    primary_key: String,
    exclusion: String,
}

/// `ix_{table}_{columns}`, `uq_{table}_{columns}`, `ck_{table}_{columns}`,
/// `fk_{table}_{columns}_{referred_table}`, `pk_{table}`, `ex_{table}_{columns}`.
impl Default for NamingConvention {
    fn default() -> Self {
        Self {
            index: "ix_{table}_{columns}".to_owned(),
            unique: "uq_{table}_{columns}".to_owned(),
            check: "ck_{table}_{columns}".to_owned(),
            foreign_key: "fk_{table}_{columns}_{referred_table}".to_owned(),
            primary_key: "pk_{table}".to_owned(),
            exclusion: "ex_{table}_{columns}".to_owned(),
        }
    }
}

setters! {
    NamingConvention:
    /// The pattern for indexes; an expression appears as `expression` in the columns.
    index(pattern: impl Into<String>) => index = pattern.into();
    /// The pattern for unique constraints.
    unique(pattern: impl Into<String>) => unique = pattern.into();
    /// The pattern for checks of a column. Checks of a table use their number instead of columns.
    check(pattern: impl Into<String>) => check = pattern.into();
    /// The pattern for foreign keys.
    foreign_key(pattern: impl Into<String>) => foreign_key = pattern.into();
    /// The pattern for primary keys.
    primary_key(pattern: impl Into<String>) => primary_key = pattern.into();
    /// The pattern for exclusion constraints.
    exclusion(pattern: impl Into<String>) => exclusion = pattern.into();
}

impl NamingConvention {
    /// The table with a name for each constraint and index that has none; those of columns stand beside the others then.
    ///
    /// ```
    /// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
    /// use servicekit::{revision::*, schema::NamingConvention};
    /// let users = Table::new("users", [text("email").unique()]);
    /// let named = NamingConvention::default().unique("{table}_{columns}_key").named(users);
    /// assert_eq!(named.constraints[0].name(), Some("users_email_key"));
    /// ```
    #[must_use]
    pub fn named(&self, mut table: Table) -> Table {
        self.assign_names(&mut table);
        table
    }

    /// Names what a table has and moves what its columns have by themselves beside it.
    pub(crate) fn assign_names(&self, table: &mut Table) {
        let mut constraints = Vec::new();
        constraints.extend(table.key_of_columns());
        for column in &mut table.columns {
            let (own, index) = self.split(&table.name, column);
            constraints.extend(own.into_iter().filter(|own| !matches!(own, Constraint::PrimaryKey(_))));
            table.indexes.extend(index);
        }
        constraints.append(&mut table.constraints);
        let taken: HashSet<String> =
            constraints.iter().filter_map(|each| each.name().map(str::to_owned)).collect();
        let mut number = 0;
        for constraint in &mut constraints {
            let is_check = matches!(constraint, Constraint::Check(Check { name: None, .. }));
            let part = is_check.then(|| self.free_number(&table.name, &mut number, &taken));
            self.name(&table.name, constraint, part.as_deref());
        }
        table.constraints = constraints;
        for index in &mut table.indexes {
            self.name_index(&table.name, index);
        }
    }

    /// The next number for a check whose name no other constraint has.
    fn free_number(&self, table: &TableName, number: &mut usize, taken: &HashSet<String>) -> String {
        *number += 1;
        // In so many tries one is free, if the pattern has the number in it.
        for _ in 0..taken.len() {
            if !taken.contains(&fill(&self.check, table, &number.to_string(), "")) {
                break;
            }
            *number += 1;
        }
        number.to_string()
    }

    /// Takes from a column what it has by itself, named.
    pub(crate) fn split(&self, table: &TableName, column: &mut Column) -> (Vec<Constraint>, Option<Index>) {
        let several = column.checks.len() > 1;
        let (mut constraints, mut index) = column.take_parts();
        let mut number = 0;
        for constraint in &mut constraints {
            let is_check = matches!(constraint, Constraint::Check(_));
            number += usize::from(is_check);
            let part = if several { format!("{}_{number}", column.name) } else { column.name.clone() };
            self.name(table, constraint, is_check.then_some(part.as_str()));
        }
        if let Some(index) = &mut index {
            self.name_index(table, index);
        }
        (constraints, index)
    }

    /// Names a constraint that has no name; a check only when its part of the name is given.
    pub(crate) fn name(&self, table: &TableName, constraint: &mut Constraint, check: Option<&str>) {
        if constraint.name().is_some() {
            return;
        }
        let columns = constraint.columns().join("_");
        let name = match constraint {
            Constraint::PrimaryKey(_) => fill(&self.primary_key, table, &columns, ""),
            Constraint::Unique(_) => fill(&self.unique, table, &columns, ""),
            Constraint::Exclusion(_) => fill(&self.exclusion, table, &columns, ""),
            Constraint::ForeignKey(key) => fill(&self.foreign_key, table, &columns, &key.referred_table.name),
            Constraint::Check(_) => match check {
                Some(part) => fill(&self.check, table, part, ""),
                None => return,
            },
        };
        *constraint.name_mut() = Some(name);
    }

    /// Names an index that has no name.
    pub(crate) fn name_index(&self, table: &TableName, index: &mut Index) {
        if index.name.is_none() {
            let columns: Vec<&str> =
                index.keys.iter().map(|key| key.column().unwrap_or("expression")).collect();
            index.name = Some(fill(&self.index, table, &columns.join("_"), ""));
        }
    }
}

/// What PostgreSQL keeps of a name.
const LONGEST: usize = 63;
/// A hash in a name, with the `_` before it.
const HASH: usize = 9;

fn fill(pattern: &str, table: &TableName, columns: &str, referred_table: &str) -> String {
    // Piece by piece, so that a name that looks like a placeholder is left alone.
    let mut name = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        name.push_str(before);
        let (value, left) = match after.split_once('}') {
            Some(("table", left)) => (table.name.as_str(), left),
            Some(("columns", left)) => (columns, left),
            Some(("referred_table", left)) => (referred_table, left),
            _ => ("{", after),
        };
        name.push_str(value);
        rest = left;
    }
    name.push_str(rest);
    shortened(name)
}

/// A name that PostgreSQL keeps whole.
pub(crate) fn shortened(name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    let digest: [u8; 32] = Sha256::digest(name.as_bytes()).into();
    let [first, second, third, fourth, ..] = digest;
    let hash = u32::from_be_bytes([first, second, third, fourth]);
    let kept = name.floor_char_boundary(LONGEST - HASH);
    format!("{}_{hash:08x}", name.get(..kept).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_at_a_character_and_told_apart_by_its_hash() {
        let table = TableName::from("é".repeat(40));
        let [one, other] = ["a", "b"].map(|column| fill("ix_{table}_{columns}", &table, column, ""));
        assert!(one.len() <= 63 && one.starts_with("ix_é"));
        assert_ne!(one, other);
    }

    /// Names that differed from those of an earlier version would be differences in every database.
    #[test]
    fn a_long_name_stays_the_same_for_ever() {
        let (table, column) = (TableName::from("t".repeat(40)), "c".repeat(40));
        let name = fill("ix_{table}_{columns}", &table, &column, "");
        assert_eq!(name, "ix_tttttttttttttttttttttttttttttttttttttttt_cccccccccc_47a5d1dc");
    }

    #[test]
    fn a_check_without_a_name_gets_one_that_is_free() {
        let mut table = Table::new("t", [])
            .with(crate::table::check("a"))
            .with(crate::table::check("b").name("ck_t_1"))
            .with(crate::table::check("c"));
        NamingConvention::default().assign_names(&mut table);
        let names: Vec<Option<&str>> = table.constraints.iter().map(Constraint::name).collect();
        assert_eq!(names, [Some("ck_t_2"), Some("ck_t_1"), Some("ck_t_3")]);
        NamingConvention::default().check("ck_t_1").assign_names(&mut table.with(crate::table::check("d")));
    }

    #[test]
    fn placeholders_in_names_are_left_alone() {
        assert_eq!(
            fill("{x}_{table}_{columns}", &"{columns}".into(), "{table}", ""),
            "{x}_{columns}_{table}"
        );
    }
}
