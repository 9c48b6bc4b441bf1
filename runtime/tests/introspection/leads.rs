//! What the difference of two schemas says is what makes one of the other.

use crate::rows::{Rows, Side};
use crate::turned::turned;
use proptest::prop_assert_eq;
use proptest::test_runner::TestCaseError;
use servicekit::Dialect;
use servicekit::diff::{Difference, Rename, SchemaChange};
use servicekit::revision_script::Language;
use servicekit::schema::Schema;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// A database that a change can be made in.
pub(crate) trait Changeable {
    /// Its kind.
    const DIALECT: Dialect;

    async fn read(&mut self) -> Schema;

    /// Empties it, and makes what a schema says.
    async fn make(&mut self, schema: &Schema);

    /// Asks it about expressions.
    async fn decide(&mut self, difference: Difference) -> Difference;

    /// Makes a change; false where the database takes no such schema from any change, and why not where it should.
    async fn change(&mut self, change: SchemaChange) -> Result<bool, String>;

    /// Puts in a row; false where the database does not take it.
    async fn insert(&mut self, sql: &str) -> bool;

    /// The rows of a query, each as a text.
    async fn ask(&mut self, sql: &str) -> Vec<String>;

    /// Makes objects that no schema has.
    async fn make_others(&mut self);

    /// The texts of the objects that no schema has, as the database keeps them.
    async fn others(&mut self) -> Vec<String>;
}

/// How many changes led there, and how many could not be planned, by the reason.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    planned: Cell<usize>,
    renamed: Cell<usize>,
    renamed_values: Cell<usize>,
    reordered: Cell<usize>,
    with_rows: Cell<usize>,
    values: Cell<usize>,
    others: Cell<usize>,
    filled: Cell<usize>,
    unplanned: RefCell<BTreeMap<String, usize>>,
}

impl Counts {
    pub(crate) fn print(&self) {
        let unplanned = self.unplanned.borrow();
        let all: usize = unplanned.values().sum();
        println!("{} changes led there, {all} could not be planned", self.planned.get());
        println!("{} files are the same for databases created in another order", self.reordered.get());
        let (with_rows, values, others) = (self.with_rows.get(), self.values.get(), self.others.get());
        println!(
            "{with_rows} of them had rows; {values} rows and {others} texts of other objects were compared"
        );
        let (names, of_enums) = (self.renamed.get(), self.renamed_values.get());
        println!("{names} tables and columns, and {of_enums} values of enums, only got another name");
        println!("{} columns were filled", self.filled.get());
        for (reason, count) in unplanned.iter() {
            println!("    {count}: {reason}");
        }
    }

    fn unplanned(&self, reason: String) {
        *self.unplanned.borrow_mut().entry(reason).or_default() += 1;
    }

    /// A change that led there, with the values that are the same.
    pub(crate) fn led(&self, renames: &[Rename], filled: usize, rows: &Rows, values: &[Vec<String>]) {
        self.planned.set(self.planned.get() + 1);
        let of_enums = renames.iter().filter(|rename| matches!(rename, Rename::Value { .. })).count();
        self.renamed.set(self.renamed.get() + renames.len() - of_enums);
        self.renamed_values.set(self.renamed_values.get() + of_enums);
        self.filled.set(self.filled.get() + filled);
        self.with_rows.set(self.with_rows.get() + usize::from(rows.len() > 0));
        self.values.set(self.values.get() + values.iter().map(Vec::len).sum::<usize>());
    }
}

/// How many changes are tried: more where the environment says so.
pub(crate) fn cases(usual: u32) -> u32 {
    std::env::var("SERVICEKIT_TEST_CHANGES").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Whether the same is planned and written, byte for byte, for databases in which everything was created in another order.
///
/// The first schema is in the database afterwards.
pub(crate) async fn the_same_in_another_order<D: Changeable>(
    database: &mut D,
    (from, to): (&Schema, &Schema),
    turn: usize,
    counts: &Counts,
) -> Result<(), TestCaseError> {
    database.make(&turned(to, turn)).await;
    let other_to = database.read().await;
    database.make(&turned(from, turn)).await;
    let other_from = database.read().await;
    for ((from, to), (other_from, other_to)) in
        [((from, to), (&other_from, &other_to)), ((to, from), (&other_to, &other_from))]
    {
        let first = from.difference(to, D::DIALECT);
        let second = other_from.difference(other_to, D::DIALECT);
        prop_assert_eq!(&first.facts, &second.facts);
        prop_assert_eq!(first.plan(), second.plan());
        let [first, second] =
            [first, second].map(|each| each.script(Language::Rust).map_err(|error| error.to_string()));
        counts.reordered.set(counts.reordered.get() + usize::from(first.is_ok()));
        prop_assert_eq!(first, second);
    }
    Ok(())
}

/// Leads from the schema that is there to another one, and back, until nothing differs.
pub(crate) async fn there_and_back<D: Changeable>(
    database: &mut D,
    (from, to): (&Schema, &Schema),
    renames: &[Rename],
    mut rows: Rows,
    counts: &Counts,
) -> Result<(), TestCaseError> {
    let dialect = D::DIALECT;
    assert!(from.difference(from, dialect).is_empty());
    rows.settle(database, (from, to)).await;
    database.make_others().await;
    let (values, others) = (rows.values(Side::Before, database).await, database.others().await);
    let there = from.difference_with(to, dialect, renames);
    let there = there.map_err(|problem| TestCaseError::fail(problem.to_string()))?;
    let back = there.reversed();
    for (difference, goal, side) in [(there, to, Side::After), (back, from, Side::Before)] {
        let Some(statements) = lead(database, &difference, counts).await? else { return Ok(()) };
        let fail = |why: String| TestCaseError::fail(format!("{why}\n{statements:#?}\nfor\n{difference}"));
        let left = database.read().await.difference(goal, dialect);
        if !left.is_empty() {
            return Err(fail(format!("still there:\n{left}")));
        }
        if rows.values(side, database).await != values {
            return Err(fail(format!("the rows are not the same: {values:#?}")));
        }
        if database.others().await != others {
            return Err(fail(format!("other objects are not the same: {others:#?}")));
        }
        counts.others.set(counts.others.get() + others.len());
        counts.led(renames, 0, &rows, &values);
    }
    Ok(())
}

/// Makes what differs, as it is recorded, and gives back the statements; `None` where there is no such change, which is
/// counted.
pub(crate) async fn lead<D: Changeable>(
    database: &mut D,
    difference: &Difference,
    counts: &Counts,
) -> Result<Option<Vec<String>>, TestCaseError> {
    let change = match difference.plan() {
        Ok(change) => change,
        Err(unplannable) => {
            counts.unplanned(unplannable.reason);
            return Ok(None);
        }
    };
    let fail = |why: String| TestCaseError::fail(format!("{why}\nfor\n{difference}"));
    let statements = change.recorded().sql(D::DIALECT).map_err(|error| fail(error.to_string()))?;
    let done = database.change(change).await;
    if !done.map_err(|why| fail(format!("{why}\n{statements:#?}")))? {
        counts.unplanned("the database takes no such schema from any change".to_owned());
        return Ok(None);
    }
    Ok(Some(statements))
}

/// Some of what may have got another name from one schema to the other one: tables, then columns.
pub(crate) fn some_renames(from: &Schema, to: &Schema, dialect: Dialect) -> Vec<Rename> {
    let mut renames: Vec<Rename> = Vec::new();
    for is_of_table in [true, false] {
        let Ok(difference) = from.difference_with(to, dialect, &renames) else { return Vec::new() };
        for candidate in difference.rename_candidates() {
            if candidate.rename.is_of_table() != is_of_table {
                continue;
            }
            let mut more = renames.clone();
            more.push(candidate.rename);
            // One of two that exclude each other is left out.
            if from.difference_with(to, dialect, &more).is_ok() {
                renames = more;
            }
        }
    }
    renames
}
