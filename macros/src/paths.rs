//! Paths as the expansion and the messages name them.

use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

/// An absolute path without `.` and `..`: editors do not find a module whose path holds them, and messages
/// repeat them.
///
/// Behind a symbolic link `..` is not what the text shows; then the path that the system resolves is taken.
pub(crate) fn normalised(path: &Path) -> PathBuf {
    let lexical = lexically_normalised(path);
    if lexical == path {
        return lexical;
    }
    match (path.canonicalize(), lexical.canonicalize()) {
        (Ok(real), Ok(by_text)) if real != by_text => real,
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

/// Whether a path with `/` has nothing to leave out; false when it is not clear.
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

pub(crate) fn with_slashes(path: &Path) -> String {
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
