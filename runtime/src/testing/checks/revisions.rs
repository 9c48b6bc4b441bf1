//! Which revisions are applied, reverted and applied again.

use super::own_branch::files_of_other_branches;
use crate::Migrations;
use crate::history::Revision;
use crate::history::stale::file_name;
use servicekit_chain::RevisionId;
use std::collections::BTreeSet;

/// Which revisions are applied, reverted and applied again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CheckedRevisions {
    /// So many at the end of the history, and all whose files are on no other branch of git: older ones do not change any
    /// more.
    ///
    /// Another branch is each of the repository but the current one, and each of a remote but those of the same name. The
    /// default branch of a remote is another one in any case: on the trunk, those count that were not pushed. Where no branch
    /// is checked out, those at the same commit are the current one.
    ///
    /// The program `git` is asked. Where it is not there or does not answer, in a build that is not a debug build, and where
    /// no other branch has the folder, only those at the end are taken.
    Last(usize),
    /// All of them.
    All,
}

impl CheckedRevisions {
    /// For each revision of this order, whether it is checked.
    pub(super) async fn of(self, order: &[RevisionId], migrations: Migrations) -> Vec<bool> {
        let skipped = match self {
            Self::Last(last) => order.len().saturating_sub(last),
            Self::All => 0,
        };
        let own = if skipped == 0 { BTreeSet::new() } else { of_own_branch(migrations).await };
        order
            .iter()
            .enumerate()
            .map(|(at, revision)| at >= skipped || own.contains(revision.as_str()))
            .collect()
    }
}

/// The revisions whose files are on no other branch; none where that is not known.
async fn of_own_branch(migrations: Migrations) -> BTreeSet<&'static str> {
    let others = match files_of_other_branches(migrations.embedded().directories).await {
        Ok(others) => others,
        Err(why) => {
            tracing::debug!(%why, "only the last revisions are checked");
            return BTreeSet::new();
        }
    };
    let is_own = |revision: &&Revision| !others.contains(file_name(revision.path()));
    migrations.revisions().iter().filter(is_own).map(Revision::id_str).collect()
}
