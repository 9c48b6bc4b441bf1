//! Parts of a URL that are refused.

use super::known;
use servicekit_chain::Dialect;
use servicekit_chain::diagnostic::suggestions;

/// A part of a URL that would have no effect, or not the intended one.
///
/// Its text follows the name of the URL. It never contains the value of a parameter, which can be a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UrlError {
    /// An unknown parameter.
    #[error("has the parameter `{name}`, which is not known for {dialect} and would have no effect")]
    UnknownParameter {
        /// Its name.
        name: String,
        /// The kind of the database.
        dialect: Dialect,
    },
    /// An unknown parameter whose name may be a part of a password.
    #[error(
        "has a parameter that is not known for {dialect} and would have no effect; it is not shown, for it may be \
         part of a password"
    )]
    UnnamedParameter {
        /// The kind of the database.
        dialect: Dialect,
    },
    /// Two parameters for the same setting: one of them would have no effect.
    #[error("{}, and only the last would have an effect", repeated(.first, .second))]
    Repeated {
        /// The first.
        first: String,
        /// The second; often the same name.
        second: String,
    },
    /// A `#` fragment.
    #[error("has a `#`, and what follows it would have no effect")]
    Fragment,
    /// It is for another kind of database than the builder.
    #[error("is not for {dialect}")]
    OtherDatabase {
        /// The kind of database that is wanted.
        dialect: Dialect,
    },
    /// A URL in place of the path of a file.
    #[error("stands where the path of a file is wanted")]
    InPlaceOfPath,
}

impl UrlError {
    /// What to write instead.
    pub fn help(&self) -> String {
        match self {
            Self::UnknownParameter { name, dialect } => {
                let near = suggestions(name, known::names(*dialect));
                let first = match (known::instead(*dialect, name), near.first()) {
                    (Some(instead), _) => instead,
                    (None, Some(near)) => format!("did you mean `{near}`?"),
                    (None, None) => "leave it out".to_owned(),
                };
                let end = if first.ends_with('?') { " Known are" } else { "; known are" };
                format!("{first}{end} {}", known::listed(*dialect))
            }
            Self::UnnamedParameter { dialect } => format!(
                "in a password or a name `?` is written `%3F`, `#` `%23`, `&` `%26` and `@` `%40`; known parameters are {}",
                known::listed(*dialect)
            ),
            Self::Repeated { .. } => "leave one of them out".to_owned(),
            Self::Fragment => "in a password or a name `#` is written `%23`".to_owned(),
            Self::OtherDatabase { dialect } => format!(
                "write `{}://user@host/name`, or use `Database::from_url`, which takes a URL of any kind",
                dialect.select("sqlite", "postgres", "mysql")
            ),
            Self::InPlaceOfPath => {
                "leave out the `sqlite:`, or use `Database::from_url`, which takes a URL".to_owned()
            }
        }
    }
}

fn repeated(first: &str, second: &str) -> String {
    if first == second {
        format!("has the parameter `{first}` twice")
    } else {
        format!("has the parameters `{first}` and `{second}`, which say the same thing")
    }
}
