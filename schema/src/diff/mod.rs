//! The difference between two schemas, as facts.
//!
//! Everything here is pure: two [`Schema`]s go in, and what differs comes out, always in the same order. What nobody has
//! said anything about (storage options, the order of columns, what has no word) is not compared.

mod backfill;
mod candidates;
mod columns;
mod comparison;
mod constraints;
mod count;
mod elsewhere;
mod enum_checks;
mod enums;
mod expressions;
mod fact;
mod ignored;
mod indexes;
mod listed;
mod literals;
mod matching;
mod names;
mod normal;
mod plan;
mod renames;
mod scope;
mod tables;
mod types;
mod values;
mod verdict;

pub use backfill::{Backfill, BackfillProblem, NoValue};
pub use candidates::RenameCandidate;
pub use count::{CountQuery, Counted, Uncountable};
pub use elsewhere::Elsewhere;
pub use fact::{Alteration, Attribute, Description, Fact};
pub use plan::{Affected, Hazard, HazardKind, SchemaChange, Unplannable};
pub use renames::{Rename, RenameProblem};
pub use scope::ModelDifference;
pub use servicekit_chain::{Ignored, IgnoredKind, InvalidIgnored};
pub use verdict::{ExpressionPair, ExpressionPlace, RowColumn, UndecidedTable, Untold, Verdict};

use crate::table::Schema;
use comparison::Found;
use renames::Renamed;
use servicekit_chain::Dialect;
use verdict::Answers;

/// What differs between two schemas on one kind of database.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Difference {
    /// The kind of database.
    pub dialect: Dialect,
    /// Each thing that differs, once: first what gets another name, then the enum types and the tables by name.
    pub facts: Vec<Fact>,
    /// What differs or not, and the database cannot tell: no fact. Without a database that was asked, there is none.
    pub untold: Vec<Untold>,
    /// What there is no answer to yet, or none that tells.
    undecided: Vec<UndecidedTable>,
    answers: Answers,
    renamed: Renamed,
    /// Values for rows that have none, on the way there.
    backfills: Vec<Backfill>,
    /// The other kinds of databases that go through the same revisions.
    others: Vec<Dialect>,
    /// Both schemas, in the form in which they are compared, and with the later names.
    from: Schema,
    to: Schema,
}

impl Schema {
    /// What has to change so that this schema becomes another one.
    ///
    /// Names are compared as the database compares them, types by what the database calls them, expressions by their
    /// tokens until a database has [decided](Difference::decided) about them. A constraint or an index is known by its name; one without a name by what it says.
    ///
    /// ```
    /// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
    /// use servicekit::{Dialect, revision::*, schema::Schema};
    /// let schema = |columns: Vec<Column>| {
    ///     let mut schema = Schema::default();
    ///     schema.tables.push(Table::new("users", columns));
    ///     schema
    /// };
    /// let before = schema(vec![ulid("id").primary_key(), string("email", 40)]);
    /// let after = schema(vec![ulid("id").primary_key(), string("email", 254).unique()]);
    /// let difference = before.difference(&after, Dialect::Postgres);
    /// assert_eq!(
    ///     difference.to_string(),
    ///     "~ column users.email: type from VARCHAR(40) to VARCHAR(254)\n\
    ///      + unique constraint of users: UNIQUE (\"email\")"
    /// );
    /// ```
    #[must_use]
    pub fn difference(&self, to: &Self, dialect: Dialect) -> Difference {
        let (mut from, mut to) = (normal::schema(self), normal::schema(to));
        enum_checks::read_both(&mut from, &mut to, dialect);
        Difference::between(from, to, Answers::default(), Renamed::default(), (dialect, Vec::new()))
    }
}

impl Difference {
    /// The databases are the one that is compared, and the others.
    fn between(
        from: Schema,
        to: Schema,
        answers: Answers,
        renamed: Renamed,
        (dialect, others): (Dialect, Vec<Dialect>),
    ) -> Self {
        let mut facts: Vec<Fact> = renamed.list.iter().cloned().map(Fact::Renamed).collect();
        facts.extend(enums::facts(&from, &to, dialect));
        let (found, undecided) = tables::facts(&from, &to, &answers, (dialect, &others));
        let mut untold = Vec::new();
        for Found { fact, reasons } in found {
            if reasons.is_empty() {
                facts.push(fact);
            } else {
                untold.push(Untold { fact, reasons });
            }
        }
        Self { dialect, facts, untold, undecided, answers, renamed, backfills: Vec::new(), others, from, to }
    }

    /// The expressions whose tokens differ, and of which nobody has told yet whether they are one.
    ///
    /// What is not [decided](Self::decided) counts as different.
    pub fn undecided(&self) -> &[UndecidedTable] {
        &self.undecided
    }

    /// The same with answers to [`undecided`](Self::undecided), in the order of its pairs, table after table.
    ///
    /// Facts about nothing but expressions that are equal go, and those of which it cannot be told become
    /// [`untold`](Self::untold). A constraint or index without a name finds the one that says the same.
    ///
    /// ```
    /// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
    /// use servicekit::{Dialect, diff::Verdict, revision::*, schema::Schema};
    /// let schema = |condition: &str| {
    ///     let mut schema = Schema::default();
    ///     schema.tables.push(Table::new("users", [integer("age").check(condition)]));
    ///     schema
    /// };
    /// let difference = schema("age > 0").difference(&schema("0 < age"), Dialect::Postgres);
    /// assert_eq!(difference.undecided()[0].pairs.len(), 1);
    /// assert!(!difference.is_empty());
    /// assert!(difference.decided(&[Verdict::Equal]).is_empty());
    /// ```
    #[must_use]
    pub fn decided(self, verdicts: &[Verdict]) -> Self {
        let Self { dialect, undecided, mut answers, renamed, backfills, others, from, to, .. } = self;
        answers.add(undecided.into_iter().flat_map(|table| table.pairs), verdicts);
        Self { backfills, ..Self::between(from, to, answers, renamed, (dialect, others)) }
    }

    /// Whether nothing differs, as far as it can be told.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// What leads back.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let renamed = self.renamed.reversed();
        let others = self.facts.iter().filter(|fact| !matches!(fact, Fact::Renamed(_)));
        Self {
            dialect: self.dialect,
            facts: renamed
                .list
                .iter()
                .cloned()
                .map(Fact::Renamed)
                .chain(others.map(Fact::reversed))
                .collect(),
            untold: self.untold.iter().map(Untold::reversed).collect(),
            undecided: self.undecided.iter().map(UndecidedTable::reversed).collect(),
            answers: self.answers.reversed(),
            renamed,
            // Nothing has to be filled for what was there before.
            backfills: Vec::new(),
            others: self.others.clone(),
            from: self.to.clone(),
            to: self.from.clone(),
        }
    }

    /// Each fact in words.
    pub fn descriptions(&self) -> impl Iterator<Item = Description> {
        self.facts.iter().map(|fact| fact.describe(self.dialect))
    }
}

/// A line for each fact.
impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let lines: Vec<String> = self.descriptions().map(|description| description.to_string()).collect();
        f.write_str(&lines.join("\n"))
    }
}
