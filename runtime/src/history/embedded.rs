//! Embedded revisions, as the macros create them.

use crate::operation::Operations;
use servicekit_chain::descriptor::Descriptor;
use servicekit_chain::file::parse_sql;
use servicekit_chain::{Digest, Direction, Label, RevisionId, Source};
use std::sync::Arc;

/// One revision of an embedded history, as data that the compiler has checked.
///
/// [`migrations!`](crate::migrations) creates it; programs only read it.
#[derive(Debug, Clone, Copy)]
pub struct Revision {
    /// What [`Descriptor`] reads.
    facts: &'static str,
    /// What it runs.
    pub(crate) body: Body,
}

/// What a revision runs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Body {
    /// The whole text of the `.sql` file; it is split into sections when the revision runs.
    Sql(&'static str),
    /// The functions of the `.rs` file.
    Rust(RustFunctions),
    /// A `.rs` file whose functions are in another program.
    Elsewhere,
}

/// The functions of a `.rs` revision, which record operations.
///
/// `revision!` names them as fields, so that a function of the wrong type is one short compiler error.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum RustFunctions {
    /// The revision cannot be reverted.
    OneWay {
        /// Applies it.
        upgrade: fn(&mut Operations),
    },
    /// The revision can be reverted.
    BothWays {
        /// Applies it.
        upgrade: fn(&mut Operations),
        /// Reverts it.
        downgrade: fn(&mut Operations),
    },
}

/// Without optimisation every table that a function records has a place of its own on the stack, some kilobytes for each: a
/// revision that creates 500 tables needs more than the two megabytes of a thread of tokio.
const STACK: usize = 64 * 1024 * 1024;
/// With this much left there is no need for another stack.
const ENOUGH_STACK: usize = 16 * 1024 * 1024;

impl RustFunctions {
    /// What one of them records; `None` where the revision cannot be reverted.
    pub(crate) fn record(self, direction: Direction) -> Option<Operations> {
        let record = match (self, direction) {
            (Self::OneWay { upgrade } | Self::BothWays { upgrade, .. }, Direction::Upgrade) => upgrade,
            (Self::BothWays { downgrade, .. }, Direction::Downgrade) => downgrade,
            (Self::OneWay { .. }, Direction::Downgrade) => return None,
        };
        let mut operations = Operations::default();
        stacker::maybe_grow(ENOUGH_STACK, STACK, || record(&mut operations));
        Some(operations)
    }
}

/// The revisions of a history, from the facts and the text of each in turn.
///
/// A `.rs` file has no text; its functions are the next of `functions`. The compiler reads one list of literals
/// several times faster than one call for each revision. If either list is too short, the remaining revisions are
/// empty.
#[doc(hidden)]
pub const fn revisions<const N: usize>(
    literals: &'static [&'static str],
    functions: &'static [RustFunctions],
) -> [Revision; N] {
    let mut revisions = [Revision::sql("", ""); N];
    let mut at = 0;
    let mut used = 0;
    while at < N && 2 * at + 1 < literals.len() {
        let (facts, text) = (literals[2 * at], literals[2 * at + 1]);
        revisions[at] = if text.is_empty() && used < functions.len() {
            used += 1;
            Revision::rust(facts, functions[used - 1])
        } else {
            Revision::sql(facts, text)
        };
        at += 1;
    }
    revisions
}

/// An id that the macro has checked; the compiler finds it faster than [`RevisionId::from_static`].
#[doc(hidden)]
pub const fn id(text: &'static str) -> RevisionId {
    RevisionId::from_static(text)
}

impl Revision {
    /// A revision of a `.sql` file; used by the macro, which has checked every fact.
    #[doc(hidden)]
    pub const fn sql(facts: &'static str, text: &'static str) -> Self {
        Self { facts, body: Body::Sql(text) }
    }

    /// A revision of a `.rs` file; used by the macro, which has checked every fact.
    #[doc(hidden)]
    pub const fn rust(facts: &'static str, functions: RustFunctions) -> Self {
        Self { facts, body: Body::Rust(functions) }
    }

    /// A revision of a `.rs` file whose functions are in another program.
    pub(crate) const fn elsewhere(facts: &'static str) -> Self {
        Self { facts, body: Body::Elsewhere }
    }

    fn facts(&self) -> Descriptor<'static> {
        Descriptor::parse(self.facts)
    }

    /// All that the macro says of it, as one text.
    #[cfg(feature = "testing")]
    pub(crate) const fn text_of_facts(&self) -> &'static str {
        self.facts
    }

    /// The id.
    pub fn id(&self) -> RevisionId {
        RevisionId::from_static(self.id_str())
    }

    pub(crate) fn id_str(&self) -> &'static str {
        self.facts().id
    }

    /// The revisions that this one follows; none for a base, several for a merge point.
    pub fn down_revision(&self) -> impl Iterator<Item = RevisionId> + use<> {
        self.facts().down_revision().map(RevisionId::from_static)
    }

    /// The branch labels in its file.
    pub fn branch_labels(&self) -> impl Iterator<Item = Label> + use<> {
        self.facts().branch_labels().map(Label::from_static)
    }

    /// The revisions or labels that must be applied before it but are not its parents.
    pub fn depends_on(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.facts().depends_on()
    }

    /// What it says of tables that belong to models.
    #[cfg(all(feature = "models", feature = "introspection", feature = "testing"))]
    pub(crate) fn models(&self) -> impl Iterator<Item = servicekit_chain::ModelChange> + use<> {
        self.facts().models()
    }

    /// The message of the revision.
    pub fn message(&self) -> &'static str {
        self.facts().message
    }

    /// The file, as shown in messages.
    pub fn path(&self) -> &'static str {
        self.facts().path
    }

    /// The digest of what the file runs, without comments, layout and header.
    ///
    /// That of a `.rs` file was made when it was compiled; that of a `.sql` file is made when it is asked for, which
    /// no start with nothing to do does.
    pub(crate) fn digest(&self) -> Option<Digest> {
        match self.body {
            Body::Sql(text) => {
                let source = Arc::new(Source::new(self.path(), self.path(), text));
                Some(parse_sql(&source).ok()?.digest())
            }
            Body::Rust(_) | Body::Elsewhere => self.facts().digest(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing(_: &mut Operations) {}

    #[test]
    fn functions_go_to_the_revisions_without_text_in_turn() {
        static REVISIONS: [Revision; 4] = revisions(
            &["a", "", "b", "-- b", "c", "", "d", "-- d"],
            &[
                RustFunctions::OneWay { upgrade: nothing },
                RustFunctions::BothWays { upgrade: nothing, downgrade: nothing },
            ],
        );
        let shown: Vec<_> = REVISIONS
            .iter()
            .map(|revision| match revision.body {
                Body::Sql(text) => (revision.id_str(), text),
                Body::Rust(RustFunctions::OneWay { .. }) => (revision.id_str(), "one way"),
                Body::Rust(RustFunctions::BothWays { .. }) => (revision.id_str(), "both ways"),
                Body::Elsewhere => (revision.id_str(), "elsewhere"),
            })
            .collect();
        assert_eq!(shown, [("a", "one way"), ("b", "-- b"), ("c", "both ways"), ("d", "-- d")]);
    }

    /// More than a thread has, as the temporaries of many tables are without optimisation.
    #[allow(clippy::large_stack_arrays, reason = "it is what is tried")]
    fn much(operations: &mut Operations) {
        let table = std::hint::black_box([b'a'; 3 * 1024 * 1024]);
        operations.execute(String::from_utf8_lossy(&table[..3]).into_owned());
    }

    #[test]
    fn a_function_that_records_much_has_a_stack_that_is_large_enough() {
        let small = std::thread::Builder::new().stack_size(512 * 1024);
        let functions = RustFunctions::OneWay { upgrade: much };
        let recorded = small.spawn(move || functions.record(Direction::Upgrade)).unwrap().join().unwrap();
        assert_eq!(recorded.unwrap().sql(servicekit_chain::Dialect::Sqlite).unwrap(), ["aaa"]);
    }
}
