//! What a replay does not run, because it could reach beyond the scratch database.

/// How a statement could reach beyond the scratch database of a replay.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OutsideReason {
    /// A kind of statement that can act on other databases, on files or on the server, or that is unknown.
    #[non_exhaustive]
    Statement {
        /// How it begins.
        words: String,
    },
    /// A name with another schema or database before it.
    #[non_exhaustive]
    Name {
        /// The name.
        name: String,
    },
    /// A function that can act on other databases, on files or on the server.
    #[non_exhaustive]
    Function {
        /// The function.
        name: String,
    },
    /// Text that becomes SQL only while it runs.
    #[non_exhaustive]
    UnreadText {
        /// What runs it.
        words: String,
    },
    /// A setting that changes what names mean, or what the server does for others.
    #[non_exhaustive]
    Setting {
        /// The setting.
        name: String,
    },
    /// A language, extension, storage engine or module that can do more than SQL.
    #[non_exhaustive]
    Module {
        /// Its name.
        name: String,
    },
    /// `op.run`, which is Rust.
    Work,
}

impl OutsideReason {
    pub(super) fn title(&self) -> String {
        const RULE: &str = "a replay changes nothing but the scratch database";
        match self {
            Self::Statement { words } => {
                format!("{RULE}, and it is unknown whether `{words}` stays inside")
            }
            Self::Name { name } => format!("{RULE}, and `{name}` can be in another schema or database"),
            Self::Function { name } => format!("{RULE}, and `{name}` can act on something else"),
            Self::UnreadText { words } => {
                format!("{RULE}, and what `{words}` does is only known while it runs")
            }
            Self::Setting { name } => format!("{RULE}, and `{name}` has an effect beyond the revision"),
            Self::Module { name } => format!("{RULE}, and `{name}` can do more than SQL"),
            Self::Work => format!("{RULE}, and `op.run` is Rust, which cannot be checked"),
        }
    }

    pub(super) fn help(&self) -> &'static str {
        match self {
            Self::Work => "read it, and allow it with `--run-work` if it only uses its connection",
            _ => "upgrade an empty database where this does no harm, and compare with it: `diff URL`",
        }
    }
}
