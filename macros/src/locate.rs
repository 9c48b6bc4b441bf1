//! Where the folder of a `migrations!` is, and how messages name paths.

use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

/// Where an invocation stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Surroundings {
    /// The folder of the crate's `Cargo.toml`; absent when no cargo runs the compiler.
    pub(crate) manifest_dir: Option<PathBuf>,
    /// The file that holds the invocation; absent where the compiler does not say.
    pub(crate) invoking_file: Option<PathBuf>,
    /// The folder in which the compiler runs: messages are relative to it.
    pub(crate) working_dir: PathBuf,
}

impl Surroundings {
    /// The folder (or file, if there is no folder) that `literal` names: under the manifest, else beside the
    /// invoking file.
    ///
    /// Under trybuild, Bazel or Buck the manifest is elsewhere or there is none, hence the second place.
    ///
    /// # Errors
    /// The places that were looked at, in order, without repetition.
    pub(crate) fn find(&self, literal: &str) -> Result<PathBuf, Vec<PathBuf>> {
        let beside = self.invoking_file.as_deref().and_then(Path::parent);
        let mut looked_at: Vec<PathBuf> = Vec::new();
        for base in [self.manifest_dir.as_deref(), beside].into_iter().flatten() {
            let candidate = normalised(&self.working_dir.join(base).join(literal));
            if candidate.is_dir() {
                return Ok(candidate);
            }
            if !looked_at.contains(&candidate) {
                looked_at.push(candidate);
            }
        }
        // A file is not what was meant, but worth more than a list of places.
        match looked_at.iter().find(|candidate| candidate.exists()) {
            Some(file) => Ok(file.clone()),
            None => Err(looked_at),
        }
    }

    /// A path as messages name it: relative to where the compiler runs when it is inside, with `/`.
    pub(crate) fn shown(&self, path: &Path) -> String {
        with_slashes(path.strip_prefix(&self.working_dir).unwrap_or(path))
    }
}

/// An absolute path without `.` and `..`: editors do not find a module whose path holds them, and messages
/// repeat them.
///
/// Behind a symbolic link `..` is not what the text says; there the path that the system resolves is taken.
pub(crate) fn normalised(path: &Path) -> PathBuf {
    let lexical = lexically_normalised(path);
    if lexical == path {
        return lexical;
    }
    match (path.canonicalize(), lexical.canonicalize()) {
        (Ok(real), Ok(of_lexical)) if real != of_lexical => real,
        _ => lexical,
    }
}

/// The path without `.` and `..`, by its text alone.
pub(crate) fn lexically_normalised(path: &Path) -> PathBuf {
    // Nearly every path is as it should be, and taking it apart is slow in a build without optimisation.
    if path.to_str().is_some_and(|text| text.starts_with('/') && is_normal(text)) {
        return path.to_owned();
    }
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            // Above the root there is nothing else.
            Component::ParentDir if out.has_root() => {}
            other => out.push(other),
        }
    }
    out
}

/// Whether there is nothing in a path with `/` to leave out; false when it is not clear.
fn is_normal(path: &str) -> bool {
    let bytes = path.as_bytes();
    let mut at = 0;
    let mut after_slash = false;
    while at < bytes.len() {
        if after_slash && (bytes[at] == b'.' || bytes[at] == b'/') {
            return false;
        }
        after_slash = bytes[at] == b'/';
        at += 1;
    }
    MAIN_SEPARATOR == '/' && !after_slash
}

/// The name of a file of the history for the embedded list: it starts with the folder as the program names
/// it, so that it is the same on every machine.
pub(crate) fn embedded_name(literal: &str, folder: &Path, file: &Path) -> String {
    if let (Some(inside), Some(path)) = (folder.to_str(), file.to_str())
        && let Some(rest) = path.strip_prefix(inside)
        && rest.starts_with('/')
        && !literal.is_empty()
        && !literal.starts_with('.')
        && is_normal(literal)
        && is_normal(rest)
    {
        return [literal, rest].concat();
    }
    let mut base = folder;
    let mut up = PathBuf::new();
    loop {
        if let Ok(rest) = file.strip_prefix(base) {
            return with_slashes(&lexically_normalised(&Path::new(literal).join(up).join(rest)));
        }
        up.push("..");
        match base.parent() {
            Some(parent) => base = parent,
            None => return with_slashes(file),
        }
    }
}

fn with_slashes(path: &Path) -> String {
    let text = path.display().to_string();
    if MAIN_SEPARATOR == '/' { text } else { text.replace(MAIN_SEPARATOR, "/") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn dots_leave_a_path() {
        let cases = ["/a/./b/../c", "/a/../../b", "a/../../b", "/a/b/.", "/a/b/", "/a//b", "/"];
        let normal: Vec<String> =
            cases.iter().map(|case| lexically_normalised(Path::new(case)).display().to_string()).collect();
        assert_eq!(normal, ["/a/c", "/b", "../b", "/a/b", "/a/b", "/a/b", "/"]);
    }

    #[test]
    fn the_folder_under_the_manifest_comes_first_and_the_one_beside_the_file_second() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        let here = Surroundings {
            manifest_dir: Some(root.join("app")),
            invoking_file: Some("app/src/db/mod.rs".into()),
            working_dir: root.clone(),
        };
        fs::create_dir_all(root.join("app/src/db")).unwrap();
        assert_eq!(
            here.find("alembic"),
            Err(vec![root.join("app/alembic"), root.join("app/src/db/alembic")])
        );

        fs::create_dir_all(root.join("app/src/db/alembic")).unwrap();
        assert_eq!(here.find("alembic"), Ok(root.join("app/src/db/alembic")));

        fs::create_dir_all(root.join("app/alembic")).unwrap();
        assert_eq!(here.find("alembic"), Ok(root.join("app/alembic")));
        assert_eq!(here.find("./src/../alembic/"), Ok(root.join("app/alembic")));
    }

    #[test]
    fn a_place_that_both_bases_lead_to_is_named_once() {
        let here = Surroundings {
            manifest_dir: Some("/nowhere".into()),
            invoking_file: Some("/nowhere/build.rs".into()),
            working_dir: "/".into(),
        };
        assert_eq!(here.find("alembic"), Err(vec!["/nowhere/alembic".into()]));
        assert_eq!(here.find("/absolute/alembic"), Err(vec!["/absolute/alembic".into()]));
    }

    #[cfg(unix)]
    #[test]
    fn a_parent_behind_a_symbolic_link_is_where_the_system_says() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("real/app")).unwrap();
        fs::create_dir_all(root.join("real/alembic")).unwrap();
        std::os::unix::fs::symlink(root.join("real/app"), root.join("app")).unwrap();
        assert_eq!(normalised(&root.join("app/../alembic")), root.join("alembic"));
        fs::create_dir_all(root.join("alembic")).unwrap();
        assert_eq!(normalised(&root.join("app/../alembic")), root.join("real/alembic"));
    }

    #[test]
    fn messages_name_paths_from_where_the_compiler_runs() {
        let here = Surroundings { working_dir: "/srv".into(), ..Surroundings::default() };
        assert_eq!(here.shown(Path::new("/srv/app/alembic")), "app/alembic");
        assert_eq!(here.shown(Path::new("/elsewhere/alembic")), "/elsewhere/alembic");
    }

    #[test]
    fn embedded_names_do_not_depend_on_the_machine() {
        let name = |literal, file| embedded_name(literal, Path::new("/home/me/app/alembic"), Path::new(file));
        assert_eq!(
            [
                name("alembic", "/home/me/app/alembic/versions/a.sql"),
                name("../app/alembic", "/home/me/app/alembic/versions/a.sql"),
                name("alembic", "/home/me/app/more/a.sql"),
                name("alembic", "/home/me/shared/a.sql"),
            ],
            ["alembic/versions/a.sql", "../app/alembic/versions/a.sql", "more/a.sql", "../shared/a.sql"]
        );
    }
}
