//! Plans that apply revisions.

use super::labels::{Lineage, is_in};
use super::rows::Rows;
use super::{Graph, PlanError};
use crate::target::{Identifier, Steps, Symbol};
use crate::{Heads, Plan, RevisionId, Target};

impl Graph {
    /// The steps that apply what the target needs and the version rows do not imply.
    ///
    /// A target that is applied already gives a plan without steps.
    ///
    /// # Errors
    /// A version row is unknown or implied by another, the target names nothing or is ambiguous.
    pub fn upgrade(&self, from: &Heads, to: &Target) -> Result<Plan, PlanError> {
        let rows = self.nodes_of(from)?;
        if let Some((row, implied)) = self.overlap(&rows) {
            return Err(PlanError::OverlappingRows { row, implied });
        }
        let mut targets = Vec::new();
        for identifier in to.identifiers() {
            targets.extend(self.upgrade_targets(identifier, &rows)?);
        }
        if let Some((target, implied)) = self.overlap(&targets) {
            return Err(PlanError::OverlappingTargets { target, implied });
        }
        let needed = self.needs.reach(targets);
        let applied = self.needs.reach(rows.iter().copied());
        let mut state = Rows::before_upgrade(self, &rows);
        // The numbers of the nodes are their order, so each comes after all it needs.
        let steps =
            needed.iter().filter(|&node| !applied.contains(node)).map(|node| state.apply(node)).collect();
        Ok(Plan { from: from.clone(), steps, to: state.heads(), notes: Vec::new() })
    }

    /// One of these nodes that needs others of them, and those others.
    fn overlap(&self, nodes: &[usize]) -> Option<(RevisionId, Vec<RevisionId>)> {
        let all_below = self.strictly_below(nodes.iter().copied());
        let implied = nodes.iter().copied().find(|&node| all_below.contains(node))?;
        let above = self.dependents.reach([implied]);
        let upper = nodes.iter().copied().find(|&node| node != implied && above.contains(node))?;
        let implied = self.strictly_below([upper]);
        let implied = self.sorted_ids(nodes.iter().copied().filter(|&node| implied.contains(node)));
        Some((self.id(upper).clone(), implied))
    }

    fn upgrade_targets(&self, identifier: &Identifier, rows: &[usize]) -> Result<Vec<usize>, PlanError> {
        match (&identifier.symbol, identifier.steps) {
            (Symbol::Current, Some(Steps { up: false, .. })) => {
                Err(PlanError::WrongDirection { given: identifier.to_string(), up: false })
            }
            (Symbol::Current, Some(Steps { up: true, .. })) => {
                let lineage = self.branch(identifier)?;
                let start = self.start_on_branch(identifier, rows, lineage.as_ref())?;
                Ok(self.walk(identifier, start, lineage.as_ref())?.into_iter().collect())
            }
            _ => Ok(self.resolve_all(identifier)?),
        }
    }

    /// Where `+N` or `label@+N` starts: the row of the branch, else the newest applied revision of the
    /// branch, else the base.
    pub(super) fn start_on_branch(
        &self,
        identifier: &Identifier,
        rows: &[usize],
        lineage: Option<&Lineage>,
    ) -> Result<Option<usize>, PlanError> {
        self.one_on_branch(identifier, rows, lineage, |lineage| self.newest_applied(rows, lineage))
    }

    /// The one row of a branch; without any, the one of those that `otherwise` gives.
    pub(super) fn one_on_branch(
        &self,
        identifier: &Identifier,
        rows: &[usize],
        lineage: Option<&Lineage>,
        otherwise: impl FnOnce(&Lineage) -> Vec<usize>,
    ) -> Result<Option<usize>, PlanError> {
        let mut starts: Vec<usize> = rows.iter().copied().filter(|&row| is_in(lineage, row)).collect();
        if let Some(lineage) = lineage.filter(|_| starts.is_empty()) {
            starts = otherwise(lineage);
        }
        match starts.as_slice() {
            [] => Ok(None),
            [start] => Ok(Some(*start)),
            _ => {
                let given = identifier.without_branch().to_string();
                Err(PlanError::SeveralRows { given, rows: self.sorted_ids(starts) })
            }
        }
    }

    /// The revisions of a lineage that these rows imply and that no other such revision of it needs.
    fn newest_applied(&self, rows: &[usize], lineage: &Lineage) -> Vec<usize> {
        let applied = self.needs.reach(rows.iter().copied());
        let is_active = |node: usize| applied.contains(node) && lineage.set.contains(node);
        let is_tip = |node: &usize| !self.dependents.of(*node).iter().any(|&above| is_active(above));
        applied.iter().filter(|&node| lineage.set.contains(node)).filter(is_tip).collect()
    }
}
