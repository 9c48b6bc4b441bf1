//! Whether every revision records the same operations each time.

use crate::history::{Body, Migrations};
use crate::operation::RecordedOperation;
use servicekit_chain::{Direction, RevisionId};

/// A revision that recorded other operations the second time.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the {direction} of revision `{revision}` ({path}) records something else each time: operation {number} was {first}, and then \
     {second}\nhelp: record the same operations whatever the time, the environment or a counter says; what has to look at the \
     database belongs into `op.run`"
)]
#[non_exhaustive]
pub struct Unrepeatable {
    /// The revision.
    pub revision: RevisionId,
    /// Its file.
    pub path: &'static str,
    /// Upgrade or downgrade.
    pub direction: Direction,
    /// The number of the first operation that differs, from 1.
    pub number: usize,
    /// The operation of the first time, with the place of the call.
    pub first: String,
    /// The operation of the second time.
    pub second: String,
}

crate::error::debug_as_display!(Unrepeatable);

/// Records every `.rs` revision twice, upgrade and downgrade, and compares.
///
/// A revision that records other operations each time can be neither planned nor resumed. One test is enough:
///
/// ```
/// # fn example(migrations: &servicekit::Migrations) {
/// use servicekit::testing::check_repeatable;
///
/// check_repeatable(migrations).unwrap();
/// # }
/// ```
///
/// # Errors
/// The first revision that differs.
pub fn check_repeatable(migrations: &Migrations) -> Result<(), Unrepeatable> {
    for revision in migrations.revisions() {
        let Body::Rust(functions) = revision.body else { continue };
        for direction in [Direction::Upgrade, Direction::Downgrade] {
            let sides = functions.record(direction).zip(functions.record(direction));
            let difference = sides.and_then(|(one, other)| difference(one.recorded(), other.recorded()));
            if let Some((number, first, second)) = difference {
                let (revision, path) = (revision.id(), revision.path());
                return Err(Unrepeatable { revision, path, direction, number, first, second });
            }
        }
    }
    Ok(())
}

/// The first operation that differs: its number, and what it was each time.
fn difference(first: &[RecordedOperation], second: &[RecordedOperation]) -> Option<(usize, String, String)> {
    (0..first.len().max(second.len())).find_map(|index| {
        let (one, other) = (first.get(index), second.get(index));
        (one != other).then(|| {
            let (mut one, mut other) = (describe(one), describe(other));
            if one == other {
                // What differs is among their options.
                (one, other) = (detailed(first.get(index)), detailed(second.get(index)));
            }
            (index + 1, one, other)
        })
    })
}

fn describe(recorded: Option<&RecordedOperation>) -> String {
    match recorded {
        Some(recorded) => {
            let place = recorded.location;
            format!("{} at {}:{}:{}", recorded.operation, place.file(), place.line(), place.column())
        }
        None => "missing".to_owned(),
    }
}

fn detailed(recorded: Option<&RecordedOperation>) -> String {
    recorded.map_or_else(|| "missing".to_owned(), |recorded| format!("{:?}", recorded.operation))
}
