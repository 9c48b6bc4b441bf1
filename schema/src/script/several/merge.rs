//! The plans for several databases as one list: each database finds its own plan in it.

use super::Plan;
use crate::operation::{Operation, Operations, Recreate};
use servicekit_chain::Dialect;

/// Operations of which some are for one database only, with the comments at them.
#[derive(Debug, Default)]
pub(super) struct Merged {
    pub(super) operations: Operations,
    /// The place of an operation, its place in the batch there if it is in one, the comment.
    pub(super) comments: Vec<(usize, Option<usize>, String)>,
}

/// The plan for one database, and how far it is merged.
struct Track<'p> {
    dialect: Dialect,
    operations: Vec<Operation>,
    hazards: &'p [crate::diff::Hazard],
    at: usize,
}

/// Operations of one plan that stand together: from one place up to another.
type Range = std::ops::Range<usize>;

impl Merged {
    /// Merges plans, that of SQLite first: changes that are single operations elsewhere are a batch there, and a batch is the
    /// same as its operations elsewhere.
    pub(super) fn of(plans: &[Plan]) -> Self {
        let mut tracks: Vec<Track<'_>> = plans.iter().map(Track::new).collect();
        let mut merged = Self::default();
        while let Some(common) = next_common(&tracks) {
            for (track, range) in tracks.iter_mut().zip(&common) {
                merged.push_own(track, range.start);
            }
            merged.push_common(&mut tracks, &common);
        }
        for track in &mut tracks {
            let end = track.operations.len();
            merged.push_own(track, end);
        }
        merged
    }

    /// What one database alone does before a place of its plan.
    fn push_own(&mut self, track: &mut Track<'_>, end: usize) {
        let begin = self.operations.len();
        for hazard in track.hazards.iter().filter(|hazard| (track.at..end).contains(&hazard.operation)) {
            let place = begin + hazard.operation - track.at;
            self.comments.push((place, hazard.part, hazard.to_string()));
        }
        let own = track.operations.get(track.at..end).unwrap_or_default();
        self.operations.only_for(track.dialect, |op| own.iter().for_each(|each| op.push(each.clone())));
        track.at = end;
    }

    /// What all of them do; the first one says it.
    fn push_common(&mut self, tracks: &mut [Track<'_>], common: &[Range]) {
        let place = self.operations.len();
        let Some((first, range)) = tracks.first().zip(common.first()) else { return };
        let Some(operation) = first.operations.get(range.start).cloned() else { return };
        let is_batch = matches!(operation, Operation::Batch(_));
        let mut said: Vec<(Option<usize>, String, Vec<Dialect>)> = Vec::new();
        for (track, range) in tracks.iter().zip(common) {
            for (part, text) in track.hazards_in(range) {
                let part = part.filter(|_| is_batch);
                match said.iter_mut().find(|(known, of, _)| *known == part && *of == text) {
                    Some((.., on)) => on.push(track.dialect),
                    None => said.push((part, text, vec![track.dialect])),
                }
            }
        }
        for (part, text, on) in said {
            let text = if on.len() == tracks.len() { text } else { format!("{text} ({})", products(&on)) };
            self.comments.push((place, part, text));
        }
        self.operations.push(operation);
        for (track, range) in tracks.iter_mut().zip(common) {
            track.at = range.end;
        }
    }
}

impl<'p> Track<'p> {
    fn new((dialect, change): &'p Plan) -> Self {
        // With the names that recording gives.
        let recorded = change.recorded().into_recorded(*dialect);
        let operations = recorded.map(|recorded| recorded.operation).collect();
        Self { dialect: *dialect, operations, hazards: &change.hazards, at: 0 }
    }

    /// The hazards of some operations, each with its place among their parts if it has one.
    fn hazards_in(&self, range: &Range) -> Vec<(Option<usize>, String)> {
        let mut found = Vec::new();
        let mut before = 0;
        for (at, operation) in self.operations.iter().enumerate().take(range.end).skip(range.start) {
            for hazard in self.hazards.iter().filter(|hazard| hazard.operation == at) {
                let is_whole = matches!(operation, Operation::Batch(_)) && hazard.part.is_none();
                let part = before + hazard.part.unwrap_or_default();
                found.push(((!is_whole).then_some(part), hazard.to_string()));
            }
            before += parts(operation).len();
        }
        found
    }

    /// The operations from a place on that do these changes, neither more nor less.
    fn range_of(&self, changes: &[Operation], start: usize) -> Option<Range> {
        let (mut rest, mut end) = (changes, start);
        while !rest.is_empty() {
            rest = rest.strip_prefix(parts(self.operations.get(end)?))?;
            end += 1;
        }
        Some(start..end)
    }
}

/// The next change that all plans have: of each what does it.
fn next_common(tracks: &[Track<'_>]) -> Option<Vec<Range>> {
    let (first, others) = tracks.split_first()?;
    (first.at..first.operations.len()).find_map(|at| {
        let changes = parts(first.operations.get(at)?);
        let found = others
            .iter()
            .map(|other| (other.at..other.operations.len()).find_map(|start| other.range_of(changes, start)));
        let found: Option<Vec<Range>> = found.collect();
        Some(std::iter::once(at..at + 1).chain(found?).collect())
    })
}

/// What an operation does, one by one.
fn parts(operation: &Operation) -> &[Operation] {
    match operation {
        Operation::Batch(batch) if batch.recreate == Recreate::Auto && !batch.operations.is_empty() => {
            &batch.operations
        }
        other => std::slice::from_ref(other),
    }
}

fn products(dialects: &[Dialect]) -> String {
    let names: Vec<&str> =
        dialects.iter().map(|dialect| dialect.select("SQLite", "PostgreSQL", "MySQL")).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::SchemaChange;
    use crate::table::{Column, Schema, Table, enum_type, enumeration, index, integer, string, text};

    fn plans(from: Vec<Column>, to: Vec<Column>) -> Vec<Plan> {
        let schema = |columns: Vec<Column>| {
            let mut schema = Schema::default();
            for column in &columns {
                if let crate::table::Type::Enum(of) = &column.data_type {
                    schema.enums.push(of.clone());
                }
            }
            let table = Table::new("users", [integer("id").primary_key()].into_iter().chain(columns));
            schema.tables.push(table.with(index(["id"]).name("ix_users_id")));
            schema
        };
        let difference = schema(from).difference(&schema(to), Dialect::Mysql).serving(&Dialect::ALL);
        let on = |dialect| (dialect, difference.on(dialect).unwrap().plan().unwrap());
        Dialect::ALL.map(on).to_vec()
    }

    fn flat(operations: impl IntoIterator<Item = Operation>) -> Vec<Operation> {
        operations.into_iter().flat_map(|operation| parts(&operation).to_vec()).collect()
    }

    #[test]
    fn each_database_finds_its_own_plan() {
        let mood = |values: &[&str]| enumeration("mood", enum_type("mood", values.iter().copied()));
        let before = vec![string("one", 40), integer("two"), text("three"), mood(&["a"])];
        let after = vec![string("one", 80).unique(), text("two").not_null(), mood(&["a", "b"]), text("four")];
        let mut plans = plans(before, after);
        plans.push((Dialect::Sqlite, SchemaChange { operations: Vec::new(), hazards: Vec::new() }));
        for count in 1..=3 {
            let merged = Merged::of(&plans[..count]);
            for (dialect, change) in &plans[..count] {
                let own = merged.operations.clone().into_recorded(*dialect);
                let planned = change.recorded().into_recorded(*dialect);
                assert_eq!(
                    flat(own.map(|each| each.operation)),
                    flat(planned.map(|each| each.operation)),
                    "{dialect} of {count}"
                );
            }
        }
    }

    #[test]
    fn what_all_of_them_do_stands_once() {
        let merged = Merged::of(&plans(vec![text("one")], vec![text("two"), text("three").not_null()]));
        let own = merged.operations.recorded().iter().filter(|recorded| recorded.dialect.is_some());
        assert_eq!(own.count(), 0, "{merged:?}");
        assert_eq!(merged.operations.len(), 1);
    }
}
