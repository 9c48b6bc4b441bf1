//! From identifiers to revisions.

use super::labels::Lineage;
use super::{Graph, ResolveError, RevisionRef};
use crate::diagnostic::suggestions;
use crate::target::{Identifier, Steps, Symbol};
use crate::{Heads, RevisionId};

/// A beginning of an id is only looked for among names longer than this, as Alembic does: names shorter than
/// four characters are written out.
const LONGEST_UNABBREVIATED: usize = 3;

impl Graph {
    /// The revisions that an identifier names: none for `base`, several for `heads` or `label@heads`.
    ///
    /// `-N` and `label@-N` count from the heads. Identifiers that depend on what is applied are not known
    /// here.
    ///
    /// # Errors
    /// The text is no identifier, names nothing or is ambiguous.
    pub fn resolve(&self, identifier: &str) -> Result<Heads, ResolveError> {
        Ok(self.ids(self.resolve_all(&identifier.parse()?)?))
    }

    /// The one revision that an identifier names; nothing for `base`.
    ///
    /// # Errors
    /// As [`Graph::resolve`], and when it names several.
    pub fn resolve_one(&self, identifier: &str) -> Result<Option<RevisionRef<'_>>, ResolveError> {
        let nodes = self.resolve_all(&identifier.parse()?)?;
        match nodes.as_slice() {
            [] => Ok(None),
            [at] => Ok(Some(RevisionRef { graph: self, at: *at })),
            _ => Err(ResolveError::NotOne {
                given: identifier.to_owned(),
                revisions: self.ids(nodes).into_vec(),
            }),
        }
    }

    /// The revisions without a parent in the lineage of what an identifier names; for `base` all of them.
    ///
    /// In `branch@…` the branch counts as well: `billing@base` gives the bases that lead to `billing`.
    ///
    /// # Errors
    /// As [`Graph::resolve`].
    pub fn bases_in(&self, identifier: &str) -> Result<Heads, ResolveError> {
        let identifier: Identifier = identifier.parse()?;
        let mut named = self.resolve_all(&identifier)?;
        named.extend(self.branch(&identifier)?.map(|lineage| lineage.of));
        if named.is_empty() {
            return Ok(self.bases());
        }
        let below = self.parents.reach(named);
        Ok(self.ids(below.iter().filter(|&node| self.parents.of(node).is_empty())))
    }

    /// The numbers of the revisions that an identifier names, without knowing what is applied.
    pub(super) fn resolve_all(&self, identifier: &Identifier) -> Result<Vec<usize>, ResolveError> {
        let lineage = self.branch(identifier)?;
        let lineage = lineage.as_ref();
        match (&identifier.symbol, identifier.steps) {
            (Symbol::Current, Some(Steps { up: false, .. })) => {
                let heads = self.head_nodes(lineage);
                let ends = heads.into_iter().map(|head| self.walk(identifier, Some(head), lineage));
                Ok(ends.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
            }
            (Symbol::Current, _) => Err(ResolveError::NeedsCurrent { given: identifier.to_string() }),
            (symbol, None) => self.symbol(identifier, symbol, lineage),
            (_, Some(_)) => {
                let start = self.walk_start(identifier, lineage)?;
                Ok(self.walk(identifier, start, lineage)?.into_iter().collect())
            }
        }
    }

    /// The lineage before `@`, when there is one.
    pub(super) fn branch(&self, identifier: &Identifier) -> Result<Option<Lineage>, ResolveError> {
        let Some(name) = &identifier.branch else { return Ok(None) };
        let of = self.name(name, None).map_err(|error| match error {
            ResolveError::Unknown { name, near } => ResolveError::UnknownBranch { name, near },
            other => other,
        })?;
        Ok(Some(self.lineage(of, name)))
    }

    /// The revisions that a symbol names by itself.
    fn symbol(
        &self,
        identifier: &Identifier,
        symbol: &Symbol,
        lineage: Option<&Lineage>,
    ) -> Result<Vec<usize>, ResolveError> {
        match symbol {
            Symbol::Current => Err(ResolveError::NeedsCurrent { given: identifier.to_string() }),
            Symbol::Base => Ok(Vec::new()),
            Symbol::Heads => Ok(self.head_nodes(lineage)),
            Symbol::Head => {
                let is_in = |at: &usize| lineage.is_none_or(|lineage| lineage.set.contains(*at));
                let heads: Vec<usize> =
                    (0..self.len()).filter(|&at| self.children.of(at).is_empty()).filter(is_in).collect();
                if heads.len() > 1 {
                    let heads = self.ids(heads).into_vec();
                    return Err(ResolveError::MultipleHeads { given: identifier.to_string(), heads });
                }
                Ok(heads)
            }
            Symbol::Name(name) => {
                let node = self.name(name, lineage)?;
                match lineage {
                    Some(lineage) if !lineage.set.contains(node) => Err(ResolveError::NotInBranch {
                        revision: self.revision_id(node),
                        branch: lineage.name.clone(),
                    }),
                    _ => Ok(vec![node]),
                }
            }
        }
    }

    /// All heads of a lineage; without one, the effective heads.
    fn head_nodes(&self, lineage: Option<&Lineage>) -> Vec<usize> {
        let all = 0..self.len();
        match lineage {
            Some(lineage) => {
                all.filter(|&at| self.children.of(at).is_empty() && lineage.set.contains(at)).collect()
            }
            None => all.filter(|&at| self.dependents.of(at).is_empty()).collect(),
        }
    }

    /// The revision that an id, the beginning of one, or a label names.
    pub(super) fn name(&self, name: &str, lineage: Option<&Lineage>) -> Result<usize, ResolveError> {
        if let Some(node) = self.find(name).or_else(|| self.find_label(name)) {
            return Ok(node);
        }
        let mut matches: Vec<(&str, usize)> = self
            .beginning_with(name)
            .filter(|(other, _)| other.chars().count() > LONGEST_UNABBREVIATED)
            .filter(|(_, node)| lineage.is_none_or(|lineage| lineage.set.contains(*node)))
            .collect();
        match matches.as_slice() {
            [(_, node)] => Ok(*node),
            [] => Err(ResolveError::Unknown { name: name.to_owned(), near: self.near(name) }),
            _ => {
                matches.sort_unstable();
                let matches = matches.into_iter().map(|(other, _)| other.to_owned()).collect();
                Err(ResolveError::Ambiguous { prefix: name.to_owned(), matches })
            }
        }
    }

    /// The ids and labels that begin so.
    fn beginning_with<'g>(&'g self, prefix: &'g str) -> impl Iterator<Item = (&'g str, usize)> {
        let ids = self.by_id.partition_point(|&node| self.text(node) < prefix);
        let labels = self.by_label.partition_point(|(label, _)| label.as_str() < prefix);
        let ids = self.by_id.get(ids..).unwrap_or_default().iter().map(|&node| (self.text(node), node));
        let labels = self
            .by_label
            .get(labels..)
            .unwrap_or_default()
            .iter()
            .map(|(label, node)| (label.as_str(), *node));
        ids.take_while(move |(id, _)| id.starts_with(prefix))
            .chain(labels.take_while(move |(label, _)| label.starts_with(prefix)))
    }

    /// The names that a misspelt one could stand for.
    fn near(&self, name: &str) -> Vec<String> {
        let ids = self.nodes.iter().map(|node| node.id.as_str());
        let labels = self.by_label.iter().map(|(label, _)| label.as_str());
        let words = ["head", "heads", "base", "current"];
        suggestions(name, ids.chain(labels).chain(words)).into_iter().map(str::to_owned).collect()
    }

    /// Where a walk relative to a named revision starts; nothing is the base.
    ///
    /// A walk up may start beside its branch and lead into it, so only a walk down must start inside.
    pub(super) fn walk_start(
        &self,
        identifier: &Identifier,
        lineage: Option<&Lineage>,
    ) -> Result<Option<usize>, ResolveError> {
        let start = match &identifier.symbol {
            Symbol::Name(name) if identifier.steps.is_some_and(|steps| steps.up) => {
                vec![self.name(name, None)?]
            }
            symbol => self.symbol(identifier, symbol, lineage)?,
        };
        match start.as_slice() {
            [] => Ok(None),
            [node] => Ok(Some(*node)),
            _ => Err(ResolveError::NotOne {
                given: identifier.to_string(),
                revisions: self.ids(start).into_vec(),
            }),
        }
    }

    /// Takes the steps of an identifier from `start`, within the lineage on the way up; nothing is the base.
    pub(super) fn walk(
        &self,
        identifier: &Identifier,
        start: Option<usize>,
        lineage: Option<&Lineage>,
    ) -> Result<Option<usize>, ResolveError> {
        let Some(Steps { up, count }) = identifier.steps else { return Ok(start) };
        let mut at = start;
        for _ in 0..count {
            at = self.one_step(identifier, at, up, lineage)?;
        }
        Ok(at)
    }

    /// Like [`Graph::walk`], but stays at the last or first revision when there are no more.
    pub(super) fn walk_as_far_as_possible(
        &self,
        identifier: &Identifier,
        start: Option<usize>,
        lineage: Option<&Lineage>,
    ) -> Result<Option<usize>, ResolveError> {
        let Some(Steps { up, count }) = identifier.steps else { return Ok(start) };
        let mut at = start;
        for _ in 0..count {
            match self.one_step(identifier, at, up, lineage) {
                Ok(next) => at = next,
                Err(ResolveError::TooFar { .. }) => break,
                Err(other) => return Err(other),
            }
        }
        Ok(at)
    }

    fn one_step(
        &self,
        identifier: &Identifier,
        at: Option<usize>,
        up: bool,
        lineage: Option<&Lineage>,
    ) -> Result<Option<usize>, ResolveError> {
        if up { self.step_up(identifier, at, lineage).map(Some) } else { self.step_down(identifier, at) }
    }

    fn step_up(
        &self,
        identifier: &Identifier,
        at: Option<usize>,
        lineage: Option<&Lineage>,
    ) -> Result<usize, ResolveError> {
        let is_in = |node: &usize| lineage.is_none_or(|lineage| lineage.set.contains(*node));
        let ways: Vec<usize> = match at {
            Some(at) => self.children.of(at).iter().copied().filter(is_in).collect(),
            None => (0..self.len()).filter(|&node| self.parents.of(node).is_empty()).filter(is_in).collect(),
        };
        match ways.as_slice() {
            [] => Err(ResolveError::TooFar { given: identifier.to_string(), up: true }),
            [way] => Ok(*way),
            _ => Err(self.ambiguous_walk(identifier, at, true, ways)),
        }
    }

    /// One step down; nothing is the base, below which there is no step.
    pub(super) fn step_down(
        &self,
        identifier: &Identifier,
        at: Option<usize>,
    ) -> Result<Option<usize>, ResolveError> {
        let Some(at) = at else {
            return Err(ResolveError::TooFar { given: identifier.to_string(), up: false });
        };
        match self.parents.of(at) {
            [] => Ok(None),
            [parent] => Ok(Some(*parent)),
            parents => Err(self.ambiguous_walk(identifier, Some(at), false, parents.to_vec())),
        }
    }

    fn ambiguous_walk(
        &self,
        identifier: &Identifier,
        at: Option<usize>,
        up: bool,
        ways: Vec<usize>,
    ) -> ResolveError {
        ResolveError::AmbiguousWalk {
            given: identifier.to_string(),
            at: at.map(|at| self.revision_id(at)),
            up,
            choices: self.ids(ways).into_vec(),
        }
    }

    /// The id of a node that is known to be there.
    pub(super) fn revision_id(&self, node: usize) -> RevisionId {
        self.id(node).cloned().unwrap_or_else(|| RevisionId::from_static(""))
    }
}
