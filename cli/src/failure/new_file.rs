//! Why the file of a new revision could not be made.

use super::{Exit, Failure, FailureReport, failed, help_for_one, list};
use servicekit_chain::Problem;
use servicekit_chain::regular_file::Unreadable;

#[derive(Debug)]
pub(crate) enum NewFileFailure {
    /// The message would be read as a header line.
    MessageIsHeader,
    /// What a revision does would be read as something else.
    ContentIsDirective,
    /// A file made from the template is not read as the revision.
    Template {
        path: String,
    },
    TemplateRead {
        path: String,
        source: Unreadable,
    },
    /// The template for the names of files makes one that is not read.
    FileName {
        template: String,
        name: String,
        reason: &'static str,
    },
    /// The folder that is named is not read.
    VersionPath {
        given: String,
        known: Vec<String>,
        config: String,
    },
    FileExists {
        path: String,
    },
    /// The new file was removed again: the chain is broken with it.
    NotReadBack {
        path: String,
        problems: Vec<Problem>,
    },
}

impl NewFileFailure {
    pub(super) fn report(&self) -> FailureReport {
        match self {
            Self::MessageIsHeader => failed(
                "message_is_header",
                "the message would be read as a header line, and not as text",
            )
            .help("word it differently"),
            Self::ContentIsDirective => failed(
                "content_is_directive",
                "a line of a statement would be read as a directive of the file, such as `-- +downgrade`",
            )
            .help("write it in Rust with `--format rs`"),
            Self::Template { path } => failed(
                "bad_template",
                format!("the template `{path}` makes a file without the header or the message of the revision"),
            )
            .help(format!(
                "it needs `{{message}}` as its first paragraph and `{{header}}` below; without `{path}` the built-in one is used"
            )),
            Self::TemplateRead { path, source } => {
                failed("cannot_read", format!("cannot read the template `{path}`: {source}"))
            }
            Self::FileName { template, name, reason } => failed(
                "bad_file_name",
                format!("the file template `{template}` makes the name `{name}`, {reason}"),
            )
            .help("change `file_template` in the configuration; the default is `{rev}_{slug}`"),
            Self::VersionPath { given, known, config } => {
                let are = if known.len() == 1 { "is" } else { "are" };
                FailureReport::new(
                    "unknown_version_path",
                    Exit::Usage,
                    format!("`{given}` is not a folder of versions; there {are} {}", list(known, "and")),
                )
                .help(format!(
                    "create it, and add it to `version_locations` in `{config}`, as in `version_locations = [\"{given}\"]`"
                ))
            }
            Self::FileExists { path } => failed("file_exists", format!("`{path}` already exists"))
                .help("put `{rev}` into `file_template` in the configuration, or choose another message"),
            Self::NotReadBack { path, problems } => failed(
                "not_read_back",
                format!("the new file `{path}` was removed again: it breaks the chain"),
            )
            .maybe_help(help_for_one(problems)),
        }
    }
}

impl From<NewFileFailure> for Failure {
    fn from(failure: NewFileFailure) -> Self {
        Self::NewFile(Box::new(failure))
    }
}
