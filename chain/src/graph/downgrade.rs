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
        let steps = reverted.into_iter().filter_map(|node| state.revert(node)).collect();
        Ok(Plan { from: from.clone(), steps, to: state.heads(), notes })
    }

    /// Why nothing above this revision, which is no row, is applied.
    fn nothing_to_revert(&self, target: usize, rows: &[usize], applied: &NodeSet) -> PlanError {
        let id = self.revision_id(target);
        if !applied.contains(target) {
            return PlanError::NotBelow { target: id, from: self.ids(rows.iter().copied()) };
        }
        let above = self.dependents.reach([target]);
        let needed_by = self.ids(rows.iter().copied().filter(|&row| above.contains(row))).into_vec();
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
        let down = identifier.steps.is_some_and(|steps| !steps.up);
        match (&identifier.symbol, identifier.steps) {
            (Symbol::Current, Some(Steps { up: true, .. })) => {
                Err(PlanError::WrongDirection { given: identifier.to_string(), up: true })
            }
            (Symbol::Current, Some(_)) => {
                let row = self.row_on_branch(identifier, rows, applied, lineage.as_ref())?;
                let lineage = lineage.unwrap_or_else(|| self.lineage(row, self.text(row)));
                Ok((self.walk_down(identifier, Some(row))?, Some(lineage)))
            }
            (_, Some(_)) if down => {
                let start = self.walk_start(identifier, lineage.as_ref())?;
                Ok((self.walk_down(identifier, start)?, lineage))
            }
            _ => {
                let nodes = self.resolve_all(identifier)?;
                match nodes.as_slice() {
                    [] => Ok((Goal::Base, lineage)),
                    [node] => Ok((Goal::At(*node), lineage)),
                    _ => {
                        let revisions = self.ids(nodes).into_vec();
                        Err(ResolveError::NotOne { given: identifier.to_string(), revisions }.into())
                    }
                }
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
        let starts: Vec<usize> = match lineage {
            None => rows.to_vec(),
            Some(lineage) => {
                let on_branch: Vec<usize> =
                    rows.iter().copied().filter(|&row| lineage.set.contains(row)).collect();
                if on_branch.is_empty() {
                    // The branch has no row of its own because what is applied elsewhere depends on it.
                    let is_tip =
                        |node: &usize| !self.children.of(*node).iter().any(|&up| applied.contains(up));
                    applied.iter().filter(|&node| lineage.set.contains(node)).filter(is_tip).collect()
                } else {
                    on_branch
                }
            }
        };
        match starts.as_slice() {
            [] => Err(ResolveError::TooFar { given: identifier.to_string(), up: false }.into()),
            [row] => Ok(*row),
            _ => Err(self.several_rows(identifier, starts)),
        }
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
            Goal::Base => (0..self.len()).filter(|&node| self.parents.of(node).is_empty()).collect(),
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
                of_target = self.lineage(*node, self.text(*node));
                &of_target
            }
        };
        let outside = self.list(reverted.iter().copied().filter(|&node| !lineage.set.contains(node)));
        if outside.is_empty() {
            return Vec::new();
        }
        vec![Note::OtherBranch { lineage: lineage.name.clone(), revisions: outside }]
    }
}
