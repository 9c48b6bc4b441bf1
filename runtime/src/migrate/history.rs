//! An embedded history made ready for planning.

use super::error::Error;
use crate::embedded::Revision;
use crate::migrations::Migrations;
use servicekit_chain::Heads;
use servicekit_chain::graph::{Graph, Node};
use std::collections::{HashMap, HashSet};

/// The embedded revisions with their graph: made when a run has something to do, never for a start that
/// has not.
#[derive(Debug)]
pub(super) struct History {
    migrations: Migrations,
    graph: Graph,
    by_id: HashMap<&'static str, &'static Revision>,
}

impl History {
    pub(super) fn new(migrations: Migrations) -> Result<Self, Error> {
        let nodes = migrations.revisions().iter().map(|revision| Node {
            id: revision.id(),
            down_revision: revision.down_revision().collect(),
            depends_on: revision.depends_on().map(str::to_owned).collect(),
            branch_labels: revision.branch_labels().collect(),
        });
        let graph = Graph::new(nodes.collect()).map_err(Error::Chain)?;
        let by_id = migrations.revisions().iter().map(|revision| (revision.id_str(), revision)).collect();
        Ok(Self { migrations, graph, by_id })
    }

    pub(super) fn migrations(&self) -> Migrations {
        self.migrations
    }

    pub(super) fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The revisions that are applied when the version table holds these rows.
    pub(super) fn applied(&self, rows: &Heads) -> HashSet<&str> {
        let mut applied = HashSet::new();
        let mut open: Vec<_> = rows.iter().filter_map(|id| self.graph.get(id.as_str())).collect();
        while let Some(revision) = open.pop() {
            if applied.insert(revision.id().as_str()) {
                open.extend(revision.parents().chain(revision.dependencies()));
            }
        }
        applied
    }

    pub(super) fn revision(&self, id: &str) -> Option<&'static Revision> {
        self.by_id.get(id).copied()
    }
}
