//! Ranges of revisions, as `history -r` shows them.

use super::labels::is_in;
use super::{Graph, PlanError, ResolveError};
use crate::target::{Identifier, Steps, Symbol};
use crate::{Heads, RevisionId};

impl Graph {
    /// The revisions of a range `a:b`, both ends included, the oldest first.
    ///
    /// `a:` ends at the heads and `:b` begins at the base. `current` stands for the version rows, `+N` as the
    /// end counts from the beginning, and `-N` as the beginning counts from the end; these stop at the last
    /// and the first revision when there are fewer. Between two named ends only descendants of the first are
    /// in the range; from the base on, also what is depended on.
    ///
    /// # Errors
    /// The text is no range, an end names nothing or is ambiguous, `current` is used and no rows are given, a
    /// row is unknown, or the beginning is not below the end.
    pub fn range(&self, range: &str, current: Option<&Heads>) -> Result<Vec<RevisionId>, PlanError> {
        let ends = range.trim().split_once(':').filter(|(_, end)| !end.contains(':'));
        let Some((start, end)) = ends else {
            return Err(ResolveError::NotARange { given: range.to_owned() }.into());
        };
        let rows = current.map(|rows| self.nodes_of(rows)).transpose()?;
        let start: Identifier =
            if start.is_empty() { Identifier::plain(Symbol::Base) } else { parse(start)? };
        let end: Identifier = if end.is_empty() { Identifier::plain(Symbol::Heads) } else { parse(end)? };
        let (lower, upper) = self.ends(&start, &end, rows.as_deref())?;

        let reach = self.needs.reach(upper.iter().copied());
        if let Some(&outside) = lower.iter().find(|&&node| !reach.contains(node)) {
            return Err(PlanError::NotAncestor {
                lower: self.id(outside).clone(),
                upper: self.sorted_ids(upper),
            });
        }
        if lower.is_empty() {
            return Ok(self.ids(reach.iter()));
        }
        let descendants = self.children.reach(lower);
        Ok(self.ids(reach.iter().filter(|node| descendants.contains(*node))))
    }

    /// The revisions at both ends; none at the lower one is the base.
    fn ends(
        &self,
        start: &Identifier,
        end: &Identifier,
        rows: Option<&[usize]>,
    ) -> Result<(Vec<usize>, Vec<usize>), PlanError> {
        // A branch before the beginning holds for the end too, which may name all heads.
        let lineage = self.branch(start)?;
        let lower = if is_relative(start) { None } else { Some(self.end(start, None, rows)?) };
        let mut upper = self.end(end, lower.as_deref(), rows)?;
        upper.retain(|&node| is_in(lineage.as_ref(), node));
        Ok((lower.map_or_else(|| self.below(start, &upper), Ok)?, upper))
    }

    /// The revisions at one end; `+N` counts from `below`.
    fn end(
        &self,
        identifier: &Identifier,
        below: Option<&[usize]>,
        rows: Option<&[usize]>,
    ) -> Result<Vec<usize>, PlanError> {
        let lineage = self.branch(identifier)?;
        let lineage = lineage.as_ref();
        let start = match (&identifier.symbol, identifier.steps, below) {
            (Symbol::Current, Some(Steps { up: true, .. }), Some(below)) => {
                self.start_on_branch(identifier, below, lineage)?
            }
            (Symbol::Current, None, _) => {
                let rows =
                    rows.ok_or_else(|| ResolveError::NeedsCurrent { given: identifier.to_string() })?;
                return Ok(rows.iter().copied().filter(|&row| is_in(lineage, row)).collect());
            }
            (Symbol::Current, _, _) | (_, None, _) => return Ok(self.resolve_all(identifier)?),
            (_, Some(_), _) => self.walk_start(identifier, lineage)?,
        };
        Ok(self.walk_as_far_as_possible(identifier, start, lineage)?.into_iter().collect())
    }

    /// Where `-N` as the beginning leads from each end of the range; none is the base.
    fn below(&self, identifier: &Identifier, upper: &[usize]) -> Result<Vec<usize>, PlanError> {
        let walk = |&node: &usize| self.walk_as_far_as_possible(identifier, Some(node), None);
        let ends: Option<Vec<usize>> = upper.iter().map(walk).collect::<Result<_, _>>()?;
        Ok(ends.unwrap_or_default())
    }
}

/// Whether this is `-N` or `label@-N`.
fn is_relative(identifier: &Identifier) -> bool {
    identifier.symbol == Symbol::Current && identifier.steps.is_some_and(|steps| !steps.up)
}

fn parse(text: &str) -> Result<Identifier, ResolveError> {
    Ok(text.parse()?)
}
