//! Plans that revert revisions.

use super::labels::Lineage;
use super::rows::Rows;
use super::sets::NodeSet;
use super::{Graph, PlanError, ResolveError};
use crate::plan::Note;
use crate::target::{Identifier, Steps, Symbol};
use crate::{Heads, Plan, Target};

/// Where a downgrade ends.
enum Goal {
    /// Before the first revision.
    Base,
    /// At this revision: what follows it is reverted.
    At(usize),
    /// Just below this revision: it is reverted, and what follows it.
    Below(usize),
}

impl Graph {
    /// The steps that revert what is applied above the target, and everything that needs it.
    ///
    /// `-N` reverts the last revisions of the one branch that is applied; when the last of these is a merge,
    /// the merge is undone and its parents become rows. A branch before `@` says which of several ways up
    /// from the target is reverted; where that way and others have a common root that must go, the others go
    /// with it, as with Alembic, and the plan has a [`Note`] that says so.
    ///
    /// # Errors
    /// A version row is unknown; the target names nothing, is ambiguous, or is not below what is applied; a
    /// target relative to what is applied when several branches are.
    pub fn downgrade(&self, from: &Heads, to: &Target) -> Result<Plan, PlanError> {
        let rows = self.nodes_of(from)?;
        let base = Identifier::plain(Symbol::Base);
        let identifier = match to.identifiers() {
            [] => &base,
            [identifier] => identifier,
            several => return Err(PlanError::SeveralTargets { count: several.len() }),
        };
        let applied = self.needs.reach(rows.iter().copied());
        let (goal, lineage) = self.goal(identifier, &rows, &applied)?;
        let roots = self.roots(&goal, lineage.as_ref());
        let above = self.dependents.reach(roots);
        let reverted: Vec<usize> = applied.iter().rev().filter(|&node| above.contains(node)).collect();
        if let Goal::At(node) | Goal::Below(node) = goal
            && reverted.is_empty()
            && !rows.contains(&node)
        {
            return Err(self.nothing_to_revert(node, &rows, &applied));
        }
        let notes = self.notes(&goal, lineage.as_ref(), &reverted);
        let mut state = Rows::before_downgrade(self, &rows, &applied);
        let steps = reverted.into_iter().map(|node| state.revert(node)).collect();
        Ok(Plan { from: from.clone(), steps, to: state.heads(), notes })
    }

    /// Why nothing above this revision, which is no row, is applied.
    fn nothing_to_revert(&self, target: usize, rows: &[usize], applied: &NodeSet) -> PlanError {
        let id = self.id(target).clone();
        if !applied.contains(target) {
            return PlanError::NotBelow { target: id, from: self.ids(rows.iter().copied()) };
        }
        let above = self.dependents.reach([target]);
        let needed_by = self.sorted_ids(rows.iter().copied().filter(|&row| above.contains(row)));
        PlanError::NothingAbove { target: id, needed_by }
    }

    /// Where the downgrade ends, and the lineage that it is asked to stay in.
    fn goal(
        &self,
        identifier: &Identifier,
        rows: &[usize],
        applied: &NodeSet,
    ) -> Result<(Goal, Option<Lineage>), PlanError> {
        let lineage = self.branch(identifier)?;
        match (&identifier.symbol, identifier.steps) {
            (Symbol::Current, Some(Steps { up: true, .. })) => {
                Err(PlanError::WrongDirection { given: identifier.to_string(), up: true })
            }
            (Symbol::Current, Some(_)) => {
                let row = self.row_on_branch(identifier, rows, applied, lineage.as_ref())?;
                let lineage = lineage.unwrap_or_else(|| self.own_lineage(row));
                Ok((self.walk_down(identifier, Some(row))?, Some(lineage)))
            }
            (_, Some(Steps { up: false, .. })) => {
                let start = self.walk_start(identifier, lineage.as_ref())?;
                Ok((self.walk_down(identifier, start)?, lineage))
            }
            _ => {
                let node = self.at_most_one(identifier, self.resolve_all(identifier)?)?;
                Ok((node.map_or(Goal::Base, Goal::At), lineage))
            }
        }
    }

    /// The revision that `-N` or `label@-N` counts from.
    fn row_on_branch(
        &self,
        identifier: &Identifier,
        rows: &[usize],
        applied: &NodeSet,
        lineage: Option<&Lineage>,
    ) -> Result<usize, PlanError> {
        // A branch has no row of its own when what is applied elsewhere depends on it.
        let is_tip = |node: &usize| !self.children.of(*node).iter().any(|&up| applied.contains(up));
        let tips = |lineage: &Lineage| {
            applied.iter().filter(|&node| lineage.set.contains(node)).filter(is_tip).collect()
        };
        let row = self.one_on_branch(identifier, rows, lineage, tips)?;
        Ok(row.ok_or_else(|| ResolveError::TooFar { given: identifier.to_string(), up: false })?)
    }

    /// Walks down; a merge as the last step is undone instead of choosing one of its parents.
    fn walk_down(&self, identifier: &Identifier, start: Option<usize>) -> Result<Goal, ResolveError> {
        let count = identifier.steps.map_or(0, |steps| steps.count);
        let mut at = start;
        for step in 1..=count {
            match at {
                Some(node) if step == count && self.parents.of(node).len() > 1 => {
                    return Ok(Goal::Below(node));
                }
                _ => at = self.step_down(identifier, at)?,
            }
        }
        Ok(at.map_or(Goal::Base, Goal::At))
    }

    /// The lowest revisions that must be reverted. A branch chooses among several ways up from the goal;
    /// where there is only one way, it is taken even when another branch shares it.
    fn roots(&self, goal: &Goal, lineage: Option<&Lineage>) -> Vec<usize> {
        let mut roots: Vec<usize> = match goal {
            Goal::Base => self.base_nodes().collect(),
            Goal::At(node) => self.children.of(*node).to_vec(),
            Goal::Below(node) => vec![*node],
        };
        if let Some(lineage) = lineage.filter(|_| roots.len() > 1) {
            roots.retain(|&root| lineage.set.contains(root));
        }
        roots
    }

    /// Says which reverted revisions are outside the lineage that was named.
    fn notes(&self, goal: &Goal, lineage: Option<&Lineage>, reverted: &[usize]) -> Vec<Note> {
        let of_target;
        let lineage = match (lineage, goal) {
            (Some(lineage), _) => lineage,
            (None, Goal::Base) => return Vec::new(),
            (None, Goal::At(node) | Goal::Below(node)) => {
                of_target = self.own_lineage(*node);
                &of_target
            }
        };
        let revisions: Vec<_> =
            self.ids(reverted.iter().copied().filter(|&node| !lineage.set.contains(node)));
        if revisions.is_empty() {
            return Vec::new();
        }
        vec![Note::OtherBranch { lineage: lineage.name.clone(), revisions }]
    }
}
