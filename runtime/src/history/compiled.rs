//! An embedded history made ready for planning.

use crate::error::{Error, ErrorKind};
use crate::history::embedded::Revision;
use crate::history::migrations::Migrations;
use servicekit_chain::Heads;
use servicekit_chain::graph::{Graph, Node};
use std::collections::{HashMap, HashSet};

/// The embedded revisions with their graph: made when a run has something to do, never for a start that
/// has not.
#[derive(Debug)]
pub(crate) struct History {
    migrations: Migrations,
    graph: Graph,
    by_id: HashMap<&'static str, &'static Revision>,
}

impl History {
    pub(crate) fn new(migrations: Migrations) -> Result<Self, Error> {
        let nodes = migrations.revisions().iter().map(|revision| Node {
            id: revision.id(),
            down_revision: revision.down_revision().collect(),
            depends_on: revision.depends_on().map(str::to_owned).collect(),
            branch_labels: revision.branch_labels().collect(),
        });
        let graph = Graph::new(nodes.collect()).map_err(ErrorKind::Chain)?;
        let by_id = migrations.revisions().iter().map(|revision| (revision.id_str(), revision)).collect();
        Ok(Self { migrations, graph, by_id })
    }

    pub(crate) fn migrations(&self) -> Migrations {
        self.migrations
    }

    pub(crate) fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The revisions that are applied when the version table holds these rows.
    pub(crate) fn applied(&self, rows: &Heads) -> HashSet<&str> {
        let mut applied = HashSet::new();
        let mut open: Vec<_> = rows.iter().filter_map(|id| self.graph.get(id.as_str())).collect();
        while let Some(revision) = open.pop() {
            if applied.insert(revision.id().as_str()) {
                open.extend(revision.parents().chain(revision.dependencies()));
            }
        }
        applied
    }

    pub(crate) fn revision(&self, id: &str) -> Option<&'static Revision> {
        self.by_id.get(id).copied()
    }
}
