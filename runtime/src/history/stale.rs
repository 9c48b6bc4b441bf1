//! Whether the folder on disk differs from the embedded one.

use crate::error::{Error, ErrorKind};
use crate::history::Migrations;
use servicekit_chain::directory::Listing;
use std::collections::BTreeSet;
use std::path::Path;

/// Compares the names of the files on disk with those that were compiled in.
///
/// Only debug builds know the folders; a folder that does not exist any more (the binary was moved) is not
/// compared.
pub(crate) fn check(migrations: Migrations) -> Result<(), Error> {
    let embedded = migrations.embedded();
    let mut listing = Listing::default();
    for folder in embedded.directories {
        let path = Path::new(folder);
        if !path.is_dir() {
            return Ok(());
        }
        listing.add(path, folder, false);
    }
    if listing.folders.is_empty() {
        return Ok(());
    }
    let on_disk: BTreeSet<&str> = listing.files.iter().map(|found| file_name(&found.name)).collect();
    let compiled_in: BTreeSet<&str> =
        embedded.revisions.iter().map(|revision| file_name(revision.path())).collect();
    if on_disk == compiled_in {
        return Ok(());
    }
    let names = |set: &BTreeSet<&str>, other| set.difference(other).map(|name| (*name).to_owned()).collect();
    Err(ErrorKind::Stale {
        folder: embedded.folder,
        added: names(&on_disk, &compiled_in),
        removed: names(&compiled_in, &on_disk),
    }
    .into())
}

/// The name of a file in its folder.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
