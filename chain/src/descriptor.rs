//! What a revision says of itself, in one text.
//!
//! A program holds a thousand revisions; the compiler reads one literal for each many times faster than eight,
//! and the program needs most of them never.

use crate::file::{Header, Spanned};
use crate::{Digest, ModelChange, VersionFile};

/// The facts of one embedded revision, apart from what it runs.
///
/// ```
/// use servicekit_chain::descriptor::Descriptor;
/// let text = "b2\na1 a2\n\ncore\n\n+users\nadd email\nalembic/versions/b2.sql";
/// let descriptor = Descriptor::parse(text);
/// assert_eq!(descriptor.id, "b2");
/// assert_eq!(descriptor.down_revision().collect::<Vec<_>>(), ["a1", "a2"]);
/// assert_eq!(descriptor.depends_on().collect::<Vec<_>>(), ["core"]);
/// assert_eq!((descriptor.message, descriptor.path), ("add email", "alembic/versions/b2.sql"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Descriptor<'t> {
    /// The id.
    pub id: &'t str,
    /// The parents, with a blank between two.
    down_revision: &'t str,
    /// The branch labels, with a blank between two.
    branch_labels: &'t str,
    /// The dependencies, with a blank between two.
    depends_on: &'t str,
    /// The digest in hexadecimal; empty where it can be made from the text that is embedded too.
    digest: &'t str,
    /// What it says of tables that belong to models, with a comma between two.
    models: &'t str,
    /// The title.
    pub message: &'t str,
    /// The file, as messages name it.
    pub path: &'t str,
}

impl<'t> Descriptor<'t> {
    /// Reads what [`write()`] wrote; what is missing is empty.
    pub fn parse(text: &'t str) -> Self {
        // The path comes last because a path may hold a line break.
        let mut lines = text.splitn(8, '\n');
        let mut next = || lines.next().unwrap_or_default();
        Self {
            id: next(),
            down_revision: next(),
            branch_labels: next(),
            depends_on: next(),
            digest: next(),
            models: next(),
            message: next(),
            path: next(),
        }
    }

    /// The revisions that it follows.
    pub fn down_revision(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        list(self.down_revision)
    }

    /// The labels that it gives its branch.
    pub fn branch_labels(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        list(self.branch_labels)
    }

    /// The revisions or labels that it depends on.
    pub fn depends_on(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        list(self.depends_on)
    }

    /// What it says of tables that belong to models.
    pub fn models(&self) -> impl Iterator<Item = ModelChange> + use<'t> {
        self.models.split(',').filter_map(|change| change.parse().ok())
    }

    /// The digest, where it is among the descriptor.
    pub fn digest(&self) -> Option<Digest> {
        self.digest.parse().ok()
    }
}

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').filter(|item| !item.is_empty())
}

/// The facts of a file that a program knows as `path`.
///
/// A `.rs` file has its digest among them, because its text is not embedded.
pub fn write(file: &VersionFile, path: &str) -> String {
    let Header { id, down_revision, branch_labels, depends_on, models, message, .. } = &file.header;
    let (parents, labels, needs) = (joined(down_revision), joined(branch_labels), joined(depends_on));
    let digest = if file.is_rust() { file.digest().to_string() } else { String::new() };
    let models = models.iter().map(|change| change.value.to_string()).collect::<Vec<_>>().join(",");
    [id.value.as_str(), &parents, &labels, &needs, &digest, &models, message, path].join("\n")
}

fn joined<T: AsRef<str>>(items: &[Spanned<T>]) -> String {
    items.iter().map(|item| item.value.as_ref()).collect::<Vec<&str>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Source, file};

    #[test]
    fn what_is_written_is_read() {
        let sql = "-- add email\n-- revision: c3\n-- down_revision: a1, b2\n-- branch_labels: mail\n\
                   -- depends_on: core, a1\n-- models: +users, a -> b\n-- +upgrade\nSELECT 1;\n";
        let file = file::parse_sql(&Source::new("c3.sql", "c3.sql", sql).into()).unwrap();
        let text = write(&file, "odd\npath.sql");
        insta::assert_snapshot!(text, @r"
        c3
        a1 b2
        mail
        core a1

        +users,a -> b
        add email
        odd
        path.sql
        ");
        let descriptor = Descriptor::parse(&text);
        assert_eq!(
            (descriptor.id, descriptor.message, descriptor.path),
            ("c3", "add email", "odd\npath.sql")
        );
        assert_eq!(descriptor.down_revision().collect::<Vec<_>>(), ["a1", "b2"]);
        assert_eq!(descriptor.branch_labels().collect::<Vec<_>>(), ["mail"]);
        assert_eq!(descriptor.depends_on().collect::<Vec<_>>(), ["core", "a1"]);
        let models: Vec<String> = descriptor.models().map(|change| change.to_string()).collect();
        assert_eq!(models, ["+users", "a -> b"]);
        assert_eq!(descriptor.digest(), None);
    }

    #[test]
    fn a_rust_file_has_its_digest_and_a_first_revision_no_parents() {
        let rust = "revision! { id: \"a1\" }\nfn upgrade(op: &mut Operations) {}\n";
        let file = file::parse_rust(&Source::new("a1.rs", "a1.rs", rust).into()).unwrap();
        let text = write(&file, "a1.rs");
        let descriptor = Descriptor::parse(&text);
        assert_eq!((descriptor.id, descriptor.message, descriptor.path), ("a1", "", "a1.rs"));
        assert_eq!(descriptor.down_revision().count(), 0);
        assert_eq!(descriptor.digest(), Some(file.digest()));
    }

    #[test]
    fn what_is_missing_is_empty() {
        let descriptor = Descriptor::parse("a1");
        assert_eq!((descriptor.id, descriptor.message, descriptor.digest()), ("a1", "", None));
    }
}
