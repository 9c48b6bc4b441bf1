//! An embedded history, prepared for planning.

use crate::error::{Error, ErrorKind};
use crate::history::{Destination, Embedded, Migrations, Revision};
use once_cell::sync::OnceCell;
use servicekit_chain::graph::{Graph, Node};
use servicekit_chain::{Direction, Heads, Plan};
#[cfg(all(feature = "models", feature = "introspection", feature = "testing"))]
use std::collections::BTreeSet;
use std::collections::{HashMap, HashSet};

/// The graph of the embedded revisions. It is built once, when a run has something to do.
#[derive(Debug)]
pub struct Compiled(OnceCell<Revisions>);

#[derive(Debug)]
struct Revisions {
    graph: Graph,
    by_id: HashMap<&'static str, &'static Revision>,
}

impl Compiled {
    /// Not built yet.
    #[allow(clippy::new_without_default, reason = "what the macro emits is a static")]
    pub const fn new() -> Self {
        Self(OnceCell::new())
    }
}

/// A history with its graph.
#[derive(Debug, Clone, Copy)]
pub(crate) struct History {
    /// What the macro handed over.
    pub(crate) embedded: &'static Embedded,
    revisions: &'static Revisions,
}

impl History {
    pub(crate) fn new(migrations: Migrations) -> Result<Self, Error> {
        let embedded = migrations.embedded();
        let revisions = embedded.compiled.0.get_or_try_init(|| Revisions::new(embedded.revisions))?;
        Ok(Self { embedded, revisions })
    }

    pub(crate) fn graph(&self) -> &'static Graph {
        &self.revisions.graph
    }

    /// The plan that leads from these version rows to a destination.
    pub(crate) fn plan(&self, heads: &Heads, to: &Destination) -> Result<Plan, Error> {
        let plan = match to.direction {
            Direction::Upgrade => self.graph().upgrade(heads, &to.target),
            Direction::Downgrade => self.graph().downgrade(heads, &to.target),
        };
        let folder = self.embedded.folder;
        plan.map_err(|source| Error::from(ErrorKind::Plan { source, folder }).at(heads))
    }

    /// The revisions that are applied when the version table holds these rows.
    pub(crate) fn applied(&self, rows: &Heads) -> HashSet<&str> {
        let mut applied = HashSet::new();
        let mut open: Vec<_> = rows.iter().filter_map(|id| self.graph().get(id.as_str())).collect();
        while let Some(revision) = open.pop() {
            if applied.insert(revision.id().as_str()) {
                open.extend(revision.parents().chain(revision.dependencies()));
            }
        }
        applied
    }

    /// The tables that belong to models when all revisions are applied.
    #[cfg(all(feature = "models", feature = "introspection", feature = "testing"))]
    pub(crate) fn managed_tables(&self) -> BTreeSet<String> {
        let changes: HashMap<&str, Vec<servicekit_chain::ModelChange>> =
            self.revisions.by_id.iter().map(|(id, revision)| (*id, revision.models().collect())).collect();
        self.graph()
            .managed_tables(|revision| changes.get(revision.id().as_str()).into_iter().flatten().collect())
    }

    pub(crate) fn revision(&self, id: &str) -> Option<&'static Revision> {
        self.revisions.by_id.get(id).copied()
    }
}

impl Revisions {
    fn new(revisions: &'static [Revision]) -> Result<Self, Error> {
        let nodes = revisions.iter().map(|revision| Node {
            id: revision.id(),
            down_revision: revision.down_revision().collect(),
            depends_on: revision.depends_on().map(str::to_owned).collect(),
            branch_labels: revision.branch_labels().collect(),
        });
        let graph = Graph::new(nodes.collect()).map_err(ErrorKind::Chain)?;
        let by_id = revisions.iter().map(|revision| (revision.id_str(), revision)).collect();
        Ok(Self { graph, by_id })
    }
}
