//! Putting a new file onto the disk, whole or not at all.

use super::{NewRevision, name, template};
use crate::failure::{Failure, NewFileFailure};
use crate::project::Project;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a revision into the folder and reads the folder again.
///
/// # Errors
/// The text would not say what it should, a file of that name is there, or the file cannot be written. When the
/// chain is broken with the new file, it is taken away again.
pub(crate) fn write(project: &Project, revision: &NewRevision) -> Result<Project, Failure> {
    let name = name::file_name(revision, &project.folder.config)?;
    let text = template::text(&project.location.directory, revision)?;
    let versions = &revision.folder;
    let path = versions.join(&name);
    let shown = format!("{}/{name}", project.shown_folder(versions));
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::AlreadyExists => NewFileFailure::FileExists { path: shown.clone() }.into(),
        _ => Failure::Write { path: shown.clone(), source },
    };
    let folder = path.parent().unwrap_or(versions);
    let made = make_folders(folder).map_err(failed)?;
    let written = create(folder, &path, &text)
        .map_err(failed)
        .and_then(|()| read_back(project, revision, &path, &shown));
    if written.is_err() {
        // Only folders that are empty go, so this takes nothing away that someone else put there.
        made.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
    }
    written
}

/// Makes a folder and what is missing above it; gives those that were made, the outermost first.
fn make_folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let missing = folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
    let mut missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
    missing.reverse();
    fs::create_dir_all(folder)?;
    Ok(missing)
}

/// Writes a file that is there with all its text or not at all, and is never written over another.
///
/// # Errors
/// When it is there already, or cannot be written.
pub(crate) fn create(folder: &Path, path: &Path, text: &str) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    // Files with this beginning are left alone when the folder is read meanwhile.
    builder.prefix(".new-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the mask of the process takes away what it must.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path).map(drop).map_err(|error| error.error)
}

/// Reads the folder with the new file in it.
fn read_back(
    project: &Project,
    revision: &NewRevision,
    path: &Path,
    shown: &str,
) -> Result<Project, Failure> {
    let after = project.read_again();
    let found = after.folder.graph.as_ref().and_then(|graph| graph.get(revision.id.as_str()));
    let is_ours = found.and_then(|found| after.file(found)).is_some_and(|file| file.source.path == path);
    let problems = after.problems();
    if is_ours && problems.is_empty() {
        return Ok(after);
    }
    let _ = fs::remove_file(path);
    Err(NewFileFailure::NotReadBack { path: shown.to_owned(), problems }.into())
}
