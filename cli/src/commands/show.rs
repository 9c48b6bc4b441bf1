//! `show`: all about one revision.

use crate::answer::{Answer, Data};
use crate::arguments::Show;
use crate::chain::Chain;
use crate::failure::Failure;
use crate::revision::Revision;
use servicekit_chain::VersionFile;

pub(super) fn run(arguments: &Show, chain: &Chain) -> Result<Answer, Failure> {
    let given = &arguments.revision;
    let graph = match chain.graph() {
        Ok(graph) => graph,
        Err(failure) => return outside_graph(given, chain, failure),
    };
    match graph.resolve_one(given).map_err(|error| chain.unresolved(error))? {
        Some(revision) => Ok(Data::Details(Box::new(chain.revision(revision).into_details())).into()),
        None => Err(Failure::NothingToShow { given: given.clone() }),
    }
}

/// Without a graph, what the revision's own file says still helps to mend the chain.
fn outside_graph(given: &str, chain: &Chain, failure: Failure) -> Result<Answer, Failure> {
    let Some(file) = only(chain, |id| id == given).or_else(|| only(chain, |id| id.starts_with(given))) else {
        return Err(failure);
    };
    let details = Revision::outside_graph(file).into_details();
    Ok(Answer { failure: Some(failure), ..Answer::from(Data::Details(Box::new(details))) })
}

/// The one file whose id is this.
fn only(chain: &Chain, is_meant: impl Fn(&str) -> bool) -> Option<&VersionFile> {
    let mut files = chain.folder.files.iter().filter(|file| is_meant(file.id().as_str()));
    files.next().filter(|_| files.next().is_none())
}
