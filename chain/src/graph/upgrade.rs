//! Plans that apply revisions.

use super::labels::Lineage;
use super::rows::Rows;
use super::sets::NodeSet;
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
        self.refuse_overlapping_rows(&rows)?;
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
        let steps = needed
            .iter()
            .filter(|&node| !applied.contains(node))
            .filter_map(|node| state.apply(node))
            .collect();
        Ok(Plan { from: from.clone(), steps, to: state.heads(), notes: Vec::new() })
    }

    fn refuse_overlapping_rows(&self, rows: &[usize]) -> Result<(), PlanError> {
        match self.overlap(rows) {
            Some((row, implied)) => Err(PlanError::OverlappingRows { row, implied }),
            None => Ok(()),
        }
    }

    /// One of these nodes that needs others of them, and those others.
    fn overlap(&self, nodes: &[usize]) -> Option<(RevisionId, Vec<RevisionId>)> {
        let all_below = self.strictly_below(nodes.iter().copied());
        let implied = nodes.iter().copied().find(|&node| all_below.contains(node))?;
        let above = self.dependents.reach([implied]);
        let upper = nodes.iter().copied().find(|&node| node != implied && above.contains(node))?;
        let implied = self.strictly_below([upper]);
        let implied = self.ids(nodes.iter().copied().filter(|&node| implied.contains(node)));
        Some((self.revision_id(upper), implied.into_vec()))
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
        let starts = match lineage {
            None => rows.to_vec(),
            Some(lineage) => {
                let on_branch: Vec<usize> =
                    rows.iter().copied().filter(|&row| lineage.set.contains(row)).collect();
                if on_branch.is_empty() { self.newest_applied(rows, lineage) } else { on_branch }
            }
        };
        match starts.as_slice() {
            [] => Ok(None),
            [start] => Ok(Some(*start)),
            _ => Err(self.several_rows(identifier, starts)),
        }
    }

    /// The revisions of a lineage that these rows imply and that no other such revision of it needs.
    fn newest_applied(&self, rows: &[usize], lineage: &Lineage) -> Vec<usize> {
        let applied = self.needs.reach(rows.iter().copied());
        let mut active = NodeSet::new(self.len());
        for node in applied.iter().filter(|&node| lineage.set.contains(node)) {
            active.insert(node);
        }
        let is_tip = |node: &usize| !self.dependents.of(*node).iter().any(|&above| active.contains(above));
        active.iter().filter(is_tip).collect()
    }

    pub(super) fn several_rows(&self, identifier: &Identifier, rows: Vec<usize>) -> PlanError {
        PlanError::SeveralRows {
            given: identifier.without_branch().to_string(),
            rows: self.ids(rows).into_vec(),
        }
    }
}
