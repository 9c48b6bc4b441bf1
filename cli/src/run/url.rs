//! Which database a command is about, and where it is named.

use crate::alembic_file::from_sqlalchemy;
use crate::arguments::{CommonArgs, DATABASE_VARIABLE, UrlSource};
use crate::failure::{DatabaseFailure, Failure};
use crate::project::{Project, shown};
use crate::secret;
use servicekit_chain::Dialect;
use std::ffi::OsString;
use std::fmt;

/// A URL of a kind of database that is known. It is not shown by `Debug`, because of its password.
#[derive(Clone)]
pub(crate) struct DatabaseUrl {
    /// Where it is named.
    pub(crate) source: UrlSource,
    pub(crate) dialect: Dialect,
    pub(super) text: String,
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DatabaseUrl").field(&self.shown()).finish()
    }
}

impl DatabaseUrl {
    /// The URL of the option, else of the section that was chosen, else of the environment, else of the configuration, else
    /// of a configuration of Python's Alembic.
    ///
    /// # Errors
    /// When none is named.
    pub(crate) fn find(common: &CommonArgs, project: &Project) -> Result<Self, Failure> {
        let environment = || Some((in_environment()?.to_string_lossy().into_owned(), UrlSource::Environment));
        let folder = &project.folder;
        let configured = || {
            let name = folder.config_path.as_deref().map(shown).unwrap_or_default();
            Some((folder.config.database_url.clone()?, UrlSource::Configuration(name)))
        };
        let alembic = &project.alembic;
        let of_alembic = || {
            let url = alembic.url.as_ref()?;
            Some((url.text.clone(), UrlSource::Alembic(url.file.clone())))
        };
        // A section that was chosen is a database that was chosen: another one must not be taken in its place.
        let chosen = || of_alembic().filter(|_| alembic.section.is_some());
        let configured = || configured().filter(|_| alembic.section.is_none());
        let given = common.database().map(|url| (url.to_owned(), UrlSource::Option));
        let Some((text, source)) =
            given.or_else(chosen).or_else(environment).or_else(configured).or_else(of_alembic)
        else {
            let config = project.configuration();
            let of_alembic = alembic.help_without_url();
            return Err(DatabaseFailure::NoUrl { config, instead: "", of_alembic }.into());
        };
        // Another database must not be taken because this name cannot be read.
        if text.contains(char::REPLACEMENT_CHARACTER) {
            let reason = "it holds bytes that are not UTF-8; in a URL they are written as `%XX`".to_owned();
            return Err(DatabaseFailure::BadUrl { source, reason }.into());
        }
        Self::read(&text, source)
    }

    /// The URL of a scratch database: of the option, else of the configuration; `None` when none is named.
    ///
    /// # Errors
    /// When it is no URL of a known kind of database.
    pub(crate) fn scratch(given: Option<&str>, project: &Project) -> Result<Option<Self>, Failure> {
        let folder = &project.folder;
        let configured = || {
            let name = folder.config_path.as_deref().map(shown).unwrap_or_default();
            Some((folder.config.scratch_url.clone()?, UrlSource::ScratchKey(name)))
        };
        let found = given.map(|url| (url.to_owned(), UrlSource::ScratchOption)).or_else(configured);
        found.map(|(text, source)| Self::read(&text, source)).transpose()
    }

    /// A database of SQLite in memory.
    pub(crate) fn in_memory() -> Self {
        Self {
            source: UrlSource::ScratchOption,
            dialect: Dialect::Sqlite,
            text: "sqlite::memory:".to_owned(),
        }
    }

    /// Whether the database is named for this run, so that the configuration does not matter.
    pub(crate) fn is_chosen(common: &CommonArgs) -> bool {
        common.database().is_some() || common.name.is_some() || in_environment().is_some()
    }

    /// The URL of an argument, which is named so in messages.
    ///
    /// # Errors
    /// When it is no URL of a known kind of database.
    pub(crate) fn argument(text: &str, which: &'static str) -> Result<Self, Failure> {
        Self::read(text, UrlSource::Argument(which))
    }

    fn read(text: &str, source: UrlSource) -> Result<Self, Failure> {
        let is_scheme = |scheme: &str| {
            !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        };
        // What has no scheme may be a password.
        let Some((scheme, _)) = text.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) else {
            let reason = "it does not begin with `sqlite:`, `postgres:` or `mysql:`".to_owned();
            return Err(DatabaseFailure::BadUrl { source, reason }.into());
        };
        let (database, driver) =
            scheme.split_once('+').map_or((scheme, None), |(name, driver)| (name, Some(driver)));
        let dialect = match database {
            "sqlite" => Dialect::Sqlite,
            "postgres" | "postgresql" => Dialect::Postgres,
            "mysql" | "mariadb" => Dialect::Mysql,
            _ => {
                let reason = format!(
                    "`{scheme}:` is not a supported database; a URL begins with `sqlite:`, `postgres:` or `mysql:`"
                );
                return Err(DatabaseFailure::BadUrl { source, reason }.into());
            }
        };
        let text = if driver.is_some() { from_sqlalchemy(text) } else { text.to_owned() };
        Ok(Self { source, dialect, text })
    }

    /// The URL without its password.
    pub(crate) fn shown(&self) -> String {
        secret::shown(&self.text)
    }

    /// A URL that sqlx cannot read.
    pub(super) fn bad(&self, reason: impl fmt::Display) -> DatabaseFailure {
        DatabaseFailure::BadUrl { source: self.source.clone(), reason: reason.to_string() }
    }
}

fn in_environment() -> Option<OsString> {
    std::env::var_os(DATABASE_VARIABLE).filter(|url| !url.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_of_sqlalchemy_are_understood() {
        let read = |text| DatabaseUrl::read(text, UrlSource::Option).map(|url| url.text).unwrap_or_default();
        let cases = [
            ("sqlite+aiosqlite:///app.db", "sqlite://app.db"),
            ("sqlite+aiosqlite:////srv/app.db", "sqlite:///srv/app.db"),
            ("postgresql+asyncpg://a:b@h/d", "postgresql://a:b@h/d"),
            ("mysql+pymysql://a@h/d", "mysql://a@h/d"),
            ("sqlite:///srv/app.db", "sqlite:///srv/app.db"),
            ("oracle+x://h/d", ""),
        ];
        for (text, url) in cases {
            assert_eq!(read(text), url);
        }
    }

    #[test]
    fn a_url_is_not_shown_with_its_password() {
        let url = DatabaseUrl::read("postgres://a:secret@h/d", UrlSource::Environment).unwrap();
        assert_eq!(format!("{url:?}"), "DatabaseUrl(\"postgres://a:***@h/d\")");
    }
}
