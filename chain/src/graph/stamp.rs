//! Plans that only write version rows.

use super::sets::NodeSet;
use super::{Graph, PlanError};
use crate::target::{Identifier, Symbol};
use crate::{Direction, Heads, RowChange, StampPlan, StampStep, Target};
use std::collections::HashSet;

impl Graph {
    /// The changes of version rows that make the database count as being at the target, with nothing run.
    ///
    /// Rows in the same lineages as the target give way to it, dependencies counted; other rows stay. `base`
    /// removes all rows, `label@base` those related to the label.
    ///
    /// # Errors
    /// A version row is unknown, or the target names nothing, is ambiguous, or is relative to what is
    /// applied.
    pub fn stamp(&self, from: &Heads, to: &Target) -> Result<StampPlan, PlanError> {
        let rows = self.nodes_of(from)?;
        let base = [Identifier::plain(Symbol::Base)];
        let identifiers = if to.identifiers().is_empty() { &base } else { to.identifiers() };
        let mut goals: Vec<Option<usize>> = Vec::new();
        let mut related = NodeSet::new(self.len());
        for identifier in identifiers {
            if identifier.symbol == Symbol::Current {
                return Err(PlanError::RelativeStamp { given: identifier.to_string() });
            }
            let nodes = self.resolve_all(identifier)?;
            let named = self.branch(identifier)?.map(|lineage| lineage.of);
            related.extend(self.related(&rows, named.into_iter().chain(nodes.iter().copied()).collect()));
            if nodes.is_empty() {
                goals.push(None);
            }
            goals.extend(nodes.into_iter().map(Some));
        }
        let rows_below_goals: Vec<usize> =
            rows.iter().copied().filter(|&row| related.contains(row)).collect();
        let steps = self.stamp_steps(&goals, &rows_below_goals);
        Ok(self.with_row_changes(from, &rows, steps))
    }

    /// The rows that are above, below or at one of these nodes; all rows when there are no nodes.
    fn related(&self, rows: &[usize], nodes: Vec<usize>) -> Vec<usize> {
        if nodes.is_empty() {
            return rows.to_vec();
        }
        let below = self.needs.reach(nodes.iter().copied());
        let above = self.dependents.reach(nodes);
        rows.iter().copied().filter(|&row| below.contains(row) || above.contains(row)).collect()
    }

    /// For each goal the rows that it takes the place of, the goal, and the direction.
    fn stamp_steps(&self, goals: &[Option<usize>], related: &[usize]) -> Vec<Move> {
        let below_rows = self.needs.reach(related.iter().copied());
        let above_rows = self.dependents.reach(related.iter().copied());
        let is_row: HashSet<usize> = related.iter().copied().collect();
        let named: HashSet<usize> = goals.iter().copied().flatten().collect();
        let below_goals = self.strictly_below(named.iter().copied());
        let above_goals =
            self.dependents.reach(named.iter().flat_map(|&goal| self.dependents.of(goal)).copied());
        // A row that was asked for stays, unless another goal stands above or below it.
        let stays = |row| named.contains(&row) && !below_goals.contains(row) && !above_goals.contains(row);
        let giving_way: Vec<usize> = related.iter().copied().filter(|&row| !stays(row)).collect();
        let below_other_rows = self.strictly_below(related.iter().copied());
        let implied_rows: Vec<usize> =
            giving_way.iter().copied().filter(|&row| below_other_rows.contains(row)).collect();
        let mut steps = Vec::new();
        let mut seen = HashSet::new();
        for goal in goals.iter().filter(|goal| seen.insert(**goal)) {
            let Some(goal) = *goal else {
                let gone = |&row| Move { from: vec![row], to: None, direction: Direction::Downgrade };
                steps.extend(related.iter().map(gone));
                continue;
            };
            let is_there = is_row.contains(&goal);
            let is_below = !is_there && below_rows.contains(goal);
            let direction = if is_below { Direction::Downgrade } else { Direction::Upgrade };
            let from = if is_there {
                // Only rows that it implies have to go, and few tables have such.
                let implied =
                    if implied_rows.is_empty() { NodeSet::default() } else { self.strictly_below([goal]) };
                implied_rows.iter().copied().filter(|&row| implied.contains(row)).collect()
            } else if is_below || above_rows.contains(goal) {
                giving_way.clone()
            } else {
                Vec::new()
            };
            if !from.is_empty() || !is_there {
                steps.push(Move { from, to: Some(goal), direction });
            }
        }
        steps
    }

    /// Follows the rows through the steps: an earlier step may have moved the rows of a later one.
    fn with_row_changes(&self, from: &Heads, rows: &[usize], moves: Vec<Move>) -> StampPlan {
        let mut now = NodeSet::new(self.len());
        now.extend(rows.iter().copied());
        let mut steps = Vec::with_capacity(moves.len());
        for Move { from, to, direction } in moves {
            let mut gone: Vec<usize> = from.iter().copied().filter(|&row| now.remove(row)).collect();
            let to = to.map(|to| (to, now.insert(to)));
            let change = match to {
                Some((to, true)) => {
                    let to = self.id(to).clone();
                    match gone.pop() {
                        Some(last) => {
                            RowChange::new(self.ids(gone), Some((self.id(last).clone(), to)), Vec::new())
                        }
                        None => RowChange::new(Vec::new(), None, vec![to]),
                    }
                }
                // The goal is a row already: an earlier step made it one.
                Some((_, false)) | None => RowChange::new(self.ids(gone), None, Vec::new()),
            };
            let (from, to) = (self.ids(from), self.ids(to.map(|(to, _)| to)));
            steps.push(StampStep { direction, from, to, rows: change });
        }
        StampPlan { from: from.clone(), steps, to: self.ids(now.iter()) }
    }
}

/// A change of rows before it is known which of them are still there.
struct Move {
    from: Vec<usize>,
    to: Option<usize>,
    direction: Direction,
}
