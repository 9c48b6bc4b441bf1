//! From identifiers to revisions.

use super::labels::{Lineage, is_in};
use super::{Graph, ResolveError, RevisionRef};
use crate::Heads;
use crate::diagnostic::suggestions;
use crate::target::{Identifier, Steps, Symbol};
use std::fmt;

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
        let node = self.at_most_one(identifier, self.resolve_all(&identifier.parse()?)?)?;
        Ok(node.map(|at| RevisionRef { graph: self, at }))
    }

    /// The one of these revisions that an identifier names, if there is any.
    pub(super) fn at_most_one(
        &self,
        given: impl fmt::Display,
        nodes: Vec<usize>,
    ) -> Result<Option<usize>, ResolveError> {
        match nodes.as_slice() {
            [] => Ok(None),
            [node] => Ok(Some(*node)),
            _ => Err(ResolveError::NotOne { given: given.to_string(), revisions: self.sorted_ids(nodes) }),
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
        Ok(self.ids(self.base_nodes().filter(|&node| below.contains(node))))
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
                let heads: Vec<usize> =
                    (0..self.len()).filter(|&at| self.is_head(at) && is_in(lineage, at)).collect();
                if heads.len() > 1 {
                    let heads = self.sorted_ids(heads);
                    return Err(ResolveError::MultipleHeads { given: identifier.to_string(), heads });
                }
                Ok(heads)
            }
            Symbol::Name(name) => {
                let node = self.name(name, lineage)?;
                let Some(other) = lineage.filter(|lineage| !lineage.set.contains(node)) else {
                    return Ok(vec![node]);
                };
                let (revision, branch) = (self.id(node).clone(), other.name.clone());
                Err(ResolveError::NotInBranch { revision, branch })
            }
        }
    }

    /// All heads of a lineage; without one, the effective heads.
    fn head_nodes(&self, lineage: Option<&Lineage>) -> Vec<usize> {
        let all = 0..self.len();
        match lineage {
            Some(lineage) => all.filter(|&at| self.is_head(at) && lineage.set.contains(at)).collect(),
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
            .filter(|(_, node)| is_in(lineage, *node))
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
        let ids = self.by_id.partition_point(|&node| self.id(node).as_str() < prefix);
        let labels = self.by_label.partition_point(|(label, _)| label.as_str() < prefix);
        let ids = self.by_id.iter().skip(ids).map(|&node| (self.id(node).as_str(), node));
        let labels = self.by_label.iter().skip(labels).map(|(label, node)| (label.as_str(), *node));
        let begins = move |(name, _): &(&str, usize)| name.starts_with(prefix);
        ids.take_while(begins).chain(labels.take_while(begins))
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
        self.at_most_one(identifier, start)
    }

    /// Takes the steps of an identifier from `start`, within the lineage on the way up; nothing is the base.
    pub(super) fn walk(
        &self,
        identifier: &Identifier,
        start: Option<usize>,
        lineage: Option<&Lineage>,
    ) -> Result<Option<usize>, ResolveError> {
        let Some(Steps { up, count }) = identifier.steps else { return Ok(start) };
        (0..count).try_fold(start, |at, _| self.one_step(identifier, at, up, lineage))
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
        let mut ways: Vec<usize> = match at {
            Some(at) => self.children.of(at).to_vec(),
            None => self.base_nodes().collect(),
        };
        ways.retain(|&node| is_in(lineage, node));
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
            at: at.map(|at| self.id(at).clone()),
            up,
            choices: self.sorted_ids(ways),
        }
    }
}
