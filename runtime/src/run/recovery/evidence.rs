//! What a database shows of a statement that may have been done: what it makes and removes, before and now.
//!
//! Why that is enough, for each kind of statement that is compared:
//!
//! - `CREATE` of a table, view, trigger, routine, event, sequence or database: the name was free, or the database would have
//!   refused the statement. Something of that name is there now, so that the statement would be refused now.
//! - `DROP`: the name was taken and is free. With several names all must be gone, because MariaDB drops one after the other.
//! - `RENAME`, also as an action of `ALTER TABLE` or `ALTER EVENT`: both together.
//! - `ALTER TABLE`: is done as a whole or not at all, so a column, index, constraint or partition that one of its actions
//!   makes or removes tells about all of them. All that can be looked up must agree, and the table must still be there.
//! - `CREATE INDEX` and `DROP INDEX`: the same with the index.
//!
//! What only changes a definition (`MODIFY … UNIQUE`, `ALTER EVENT`, an index without a name) makes nothing that can be
//! looked up by name, and another change of the same object looks the same: unchanged is not done, and changed tells
//! nothing. What sets a definition to a value (`ALTER VIEW`, `MODIFY`, `ENGINE =`) is run again instead.

use crate::run::recovery::fingerprint::{ABSENT, Definition, KINDS, PARTS, word};
use servicekit_chain::sql::{Change, Effect, Object};

/// What was there before a stage, and what is there now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) effect: Effect,
    pub(crate) before: &'a str,
    pub(crate) now: &'a str,
    /// Whether the table is there that it is a part of.
    pub(crate) has_table: bool,
}

/// What one change says about the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// It was done.
    Done,
    /// It was not.
    NotDone,
    /// Nothing: it was before as it would be afterwards.
    Nothing,
    /// Another session was at work.
    Contradiction,
}

impl Seen<'_> {
    pub(crate) fn evidence(self) -> Evidence {
        let (was_there, is_there) = (self.before != ABSENT, self.now != ABSENT);
        if !self.has_table {
            return Evidence::Contradiction;
        }
        match (self.effect, was_there, is_there) {
            (Effect::Created, false, true) | (Effect::Dropped, true, false) => Evidence::Done,
            (Effect::Created, false, false) | (Effect::Dropped, true, true) => Evidence::NotDone,
            (Effect::Created, true, true) if self.before == self.now => Evidence::Nothing,
            (Effect::Dropped, false, false) => Evidence::Nothing,
            (Effect::Created, true, _) | (Effect::Dropped, false, true) => Evidence::Contradiction,
        }
    }
}

/// What all changes of a stage say together; `None` where a person must be asked.
pub(crate) fn agreed(all: &[Evidence]) -> Option<Evidence> {
    let told = || all.iter().filter(|evidence| **evidence != Evidence::Nothing);
    match told().next() {
        None => Some(Evidence::Nothing),
        Some(Evidence::Contradiction) => None,
        Some(first) => told().all(|evidence| evidence == first).then_some(*first),
    }
}

/// Whether what was there before can tell anything.
pub(crate) fn can_tell(change: &Change, before: &Definition) -> bool {
    (before == ABSENT) == (change.effect == Effect::Created)
}

/// ``expected column `email` of table `users` to be there, and it is absent as before`` and so on.
pub(crate) fn describe(change: &Change, seen: Seen<'_>) -> String {
    let object = described(&change.object);
    let what = match &change.part {
        Some(part) => format!("{} `{}` of {object}", word(&PARTS, part.kind), part.name),
        None => object.clone(),
    };
    let expected = match change.effect {
        Effect::Created => "to be there",
        Effect::Dropped => "to be gone",
    };
    let found = match (seen.before != ABSENT, seen.now != ABSENT) {
        _ if !seen.has_table => return format!("expected {what} {expected}, but {object} itself is gone"),
        (false, false) => "it is absent, as before",
        (false, true) => "it exists, and did not exist before",
        (true, false) => "it is gone, and existed before",
        (true, true) if seen.before == seen.now => "it exists, as before",
        (true, true) => "it exists, and has changed",
    };
    format!("expected {what} {expected}, and {found}")
}

/// ``expected the definition of table `users` to change, and it has changed, by this stage or by another session``
pub(crate) fn describe_definition(object: &Object, before: &str, now: &str) -> String {
    let found = match (before == ABSENT, now == ABSENT) {
        (_, true) => "it is gone",
        (true, false) => "it exists, and did not exist before",
        (false, false) if before == now => "it has not changed",
        (false, false) => "it has changed, which another session may have done",
    };
    format!("expected the definition of {} to change, and {found}", described(object))
}

fn described(object: &Object) -> String {
    let name = match &object.name.schema {
        Some(schema) => format!("{schema}.{}", object.name.name),
        None => object.name.name.clone(),
    };
    format!("{} `{name}`", word(&KINDS, object.kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each effect with all that can be before and after: absent, there, there and changed.
    #[test]
    fn only_the_direction_of_the_statement_counts_as_done() {
        use Effect::{Created, Dropped};
        use Evidence::{Contradiction, Done, NotDone, Nothing};
        let rows = [
            (Created, ABSENT, "1", Done),
            (Created, ABSENT, ABSENT, NotDone),
            (Created, "1", "1", Nothing),
            (Created, "1", "2", Contradiction),
            (Created, "1", ABSENT, Contradiction),
            (Dropped, "1", ABSENT, Done),
            (Dropped, "1", "1", NotDone),
            // Whatever another session has done to it, it is still there.
            (Dropped, "1", "2", NotDone),
            (Dropped, ABSENT, ABSENT, Nothing),
            (Dropped, ABSENT, "1", Contradiction),
        ];
        for (effect, before, now, expected) in rows {
            let seen = Seen { effect, before, now, has_table: true };
            assert_eq!(seen.evidence(), expected, "{seen:?}");
            assert_eq!(Seen { has_table: false, ..seen }.evidence(), Contradiction);
        }
    }

    #[test]
    fn all_that_tells_must_agree() {
        use Evidence::{Contradiction, Done, NotDone, Nothing};
        assert_eq!(agreed(&[Done, Nothing, Done]), Some(Done));
        assert_eq!(agreed(&[Nothing, NotDone]), Some(NotDone));
        assert_eq!(agreed(&[Nothing]), Some(Nothing));
        assert_eq!(agreed(&[]), Some(Nothing));
        assert_eq!(agreed(&[Done, NotDone]), None);
        assert_eq!(agreed(&[Nothing, Contradiction]), None);
        assert_eq!(agreed(&[Done, Contradiction]), None);
    }
}
