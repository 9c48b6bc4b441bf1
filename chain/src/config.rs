//! The configuration beside a folder: `alembic.toml` beside `alembic/`.
//!
//! It holds what the macro, the runtime and the command line must agree on. Every key stands at the top level.

use crate::characters::escaped;
use crate::diagnostic::{self, Problem, suggestions};
use crate::{Dialect, Ignored, Place, Source};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use toml_span::value::{Key, ValueInner};
use toml_span::{ErrorKind, Value};

/// Every key of the configuration, each with a value as an example.
const EXAMPLES: [(&str, &str); 14] = [
    ("recursive", "true"),
    ("version_locations", "[\"more/versions\"]"),
    ("allow", "[\"multiple_heads\"]"),
    ("version_table", "\"alembic_version\""),
    ("journal_table", "\"alembic_journal\""),
    ("schema", "\"public\""),
    ("file_template", "\"{rev}_{slug}\""),
    ("format", "\"sql\""),
    ("database_url", "\"sqlite://app.db\""),
    ("version_table_schema", "\"current\""),
    ("scratch_url", "\"postgres://user@other-host/scratch\""),
    ("features", "[\"admin\"]"),
    ("ignore", "[\"audit_*\", \"index users.ix_search\"]"),
    ("databases", "[\"sqlite\", \"postgres\"]"),
];

/// Every key of the configuration.
pub(crate) fn keys() -> [&'static str; 14] {
    EXAMPLES.map(|(key, _)| key)
}

/// A line that sets a key.
pub(crate) fn example(key: &str) -> String {
    let value = EXAMPLES.iter().find(|(known, _)| *known == key).map_or("", |(_, value)| value);
    format!("{key} = {value}")
}

/// The names that a file template may hold in braces.
pub(crate) const TEMPLATE_NAMES: [&str; 9] =
    ["rev", "slug", "epoch", "year", "month", "day", "hour", "minute", "second"];

/// What the file beside the folder says, or the defaults.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools, reason = "each is true or false by itself")]
pub struct Config {
    /// Whether folders inside the folders of versions are read too (`recursive`, false).
    pub recursive: bool,
    /// Further folders of versions, relative to the configuration file (`version_locations`, none).
    pub version_locations: Vec<PathBuf>,
    /// Whether several heads are allowed (`allow = ["multiple_heads"]`, no).
    pub allow_multiple_heads: bool,
    /// Whether several first revisions are allowed (`allow = ["multiple_bases"]`, no).
    pub allow_multiple_bases: bool,
    /// The table that holds the version rows (`version_table`, `alembic_version`).
    pub version_table: String,
    /// The table that holds the journal (`journal_table`, `alembic_journal`).
    pub journal_table: String,
    /// The schema that holds both tables (`schema`, the database's own default).
    pub schema: Option<String>,
    /// How a new file is named, without its extension (`file_template`, `{rev}_{slug}`).
    pub file_template: String,
    /// The kind of file of a new revision (`format`, what the command writes by itself).
    pub format: Option<Format>,
    /// The database (`database_url`, none).
    pub database_url: Option<String>,
    /// An empty database of another server, for replays (`scratch_url`, none).
    pub scratch_url: Option<String>,
    /// The features with which the command line builds the application (`features`, none besides its defaults).
    pub features: Vec<String>,
    /// What autogenerate leaves as it is (`ignore`, nothing).
    pub ignore: Vec<Ignored>,
    /// The kinds of databases that go through the same revisions (`databases`, whichever a revision was written for).
    pub databases: Vec<Dialect>,
    /// Whether both tables are in whichever schema the session is in, and those in other schemas are of other histories, as
    /// with a schema per tenant (`version_table_schema = "current"`, no).
    pub current_schema: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            recursive: false,
            version_locations: Vec::new(),
            allow_multiple_heads: false,
            allow_multiple_bases: false,
            version_table: "alembic_version".to_owned(),
            journal_table: "alembic_journal".to_owned(),
            schema: None,
            file_template: "{rev}_{slug}".to_owned(),
            format: None,
            database_url: None,
            scratch_url: None,
            features: Vec::new(),
            ignore: Vec::new(),
            databases: Vec::new(),
            current_schema: false,
        }
    }
}

/// A kind of revision file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// SQL in sections.
    Sql,
    /// Rust that records operations.
    Rs,
}

/// A configuration with the places that later checks speak of, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Parsed {
    /// What it says; the default where it is wrong.
    pub config: Config,
    /// The keys that it sets, as far as they are known.
    pub keys: BTreeSet<&'static str>,
    /// Where each of [`Config::version_locations`] stands.
    pub locations: Vec<Place>,
    /// Everything that is wrong with it, in order of place.
    pub problems: Vec<Problem>,
}

/// Reads a configuration.
///
/// ```
/// use servicekit_chain::{Source, config};
/// let text = "version_table = \"versions\"\nallow = [\"multiple_heads\"]\n";
/// let parsed = config::parse(&Source::new("alembic.toml", "alembic.toml", text).into());
/// assert!(parsed.problems.is_empty() && parsed.config.allow_multiple_heads);
/// assert_eq!(parsed.config.version_table, "versions");
/// ```
pub fn parse(source: &Arc<Source>) -> Parsed {
    let mut reader = Reader { source, parsed: Parsed::default() };
    match toml_span::parse(&source.text) {
        Ok(value) => reader.root(&value),
        Err(error) => reader.syntax(&error),
    }
    reader.parsed.problems.sort_by_cached_key(Problem::sort_key);
    reader.parsed
}

struct Reader<'s> {
    source: &'s Arc<Source>,
    parsed: Parsed,
}

impl Reader<'_> {
    fn place(&self, span: toml_span::Span) -> Place {
        // For some mistakes the parser reaches beyond the end or into a character.
        let span = diagnostic::fit(&self.source.text, span.start..span.end);
        // Behind the last line there is none that could be shown.
        let end = self.source.text.trim_end_matches(['\r', '\n']).len();
        let span = if span.start > end { end..end } else { span };
        Place::new(self.source, span)
    }

    fn syntax(&mut self, error: &toml_span::Error) {
        let first = match &error.kind {
            ErrorKind::DuplicateKey { first, .. }
            | ErrorKind::DuplicateTable { first, .. }
            | ErrorKind::DottedKeyInvalidType { first } => Some(self.place(*first)),
            _ => None,
        };
        let (place, reason) = (self.place(error.span), error.to_string());
        self.parsed.problems.push(Problem::ConfigSyntax { place, reason, first });
    }

    fn root(&mut self, root: &Value<'_>) {
        let Some(table) = root.as_table() else { return };
        for (key, value) in table {
            self.key(key, value);
        }
        let config = &self.parsed.config;
        let is_one_table = config.version_table.to_lowercase() == config.journal_table.to_lowercase();
        let are_two_schemas = config.current_schema && config.schema.is_some();
        let named = table.get("journal_table").or_else(|| table.get("version_table"));
        if let Some(value) = named.filter(|_| is_one_table) {
            let reason = "the version table and the journal are two tables";
            self.wrong_value("journal_table", value, reason, "give each a name of its own");
        }
        if let Some(value) = table.get("version_table_schema").filter(|_| are_two_schemas) {
            let reason = "`schema` names one schema, and `current` is whichever the session is in";
            self.wrong_value("version_table_schema", value, reason, "leave one of the two out");
        }
    }

    fn key(&mut self, key: &Key<'_>, value: &Value<'_>) {
        self.parsed.keys.extend(keys().into_iter().find(|known| *known == key.name));
        let mut config = std::mem::take(&mut self.parsed.config);
        match key.name.as_ref() {
            "recursive" => match value.as_bool() {
                Some(recursive) => config.recursive = recursive,
                None => self.wrong_type("recursive", "true or false", value),
            },
            "version_locations" => self.locations(value, &mut config),
            "allow" => self.allow(value, &mut config),
            "version_table" => self.name("version_table", value, &mut config.version_table),
            "journal_table" => self.name("journal_table", value, &mut config.journal_table),
            "schema" => self.name("schema", value, &mut config.schema),
            "file_template" => self.template(value, &mut config.file_template),
            "database_url" => self.name("database_url", value, &mut config.database_url),
            "format" => config.format = self.format(value),
            "scratch_url" => self.name("scratch_url", value, &mut config.scratch_url),
            "features" => self.features(value, &mut config),
            "ignore" => self.ignore(value, &mut config),
            "databases" => self.databases(value, &mut config),
            "version_table_schema" => config.current_schema = self.is_current(value),
            other => self.unknown(other, key),
        }
        self.parsed.config = config;
    }

    fn unknown(&mut self, name: &str, key: &Key<'_>) {
        let near = match name {
            // The names that Alembic has for these.
            "recursive_version_locations" => vec!["recursive"],
            "sqlalchemy.url" | "sqlalchemy" | "url" => vec!["database_url"],
            name => suggestions(name, keys()),
        };
        self.parsed.problems.push(Problem::ConfigUnknownKey { place: self.place(key.span), near });
    }

    fn wrong_type(&mut self, key: &'static str, expected: &'static str, value: &Value<'_>) {
        let found = match value.as_ref() {
            ValueInner::String(_) => "a string",
            ValueInner::Integer(_) => "an integer",
            ValueInner::Float(_) => "a float",
            ValueInner::Boolean(_) => "true or false",
            ValueInner::Array(_) => "a list",
            ValueInner::Table(_) => "a table",
        };
        let place = self.place(value.span);
        self.parsed.problems.push(Problem::ConfigType { key, place, expected, found });
    }

    fn wrong_value(
        &mut self,
        key: &'static str,
        value: &Value<'_>,
        reason: impl Into<String>,
        instead: impl Into<String>,
    ) {
        let (place, reason, instead) = (self.place(value.span), reason.into(), instead.into());
        self.parsed.problems.push(Problem::ConfigValue { key, place, reason, instead });
    }

    /// A string with something in it.
    fn name<S: From<String>>(&mut self, key: &'static str, value: &Value<'_>, slot: &mut S) {
        match value.as_str() {
            None => self.wrong_type(key, "a string", value),
            Some(text) if text.trim().is_empty() => {
                let instead = "give it a value or leave the key out";
                self.wrong_value(key, value, format!("`{key}` is empty"), instead);
            }
            Some(text) => *slot = text.to_owned().into(),
        }
    }

    /// Whether it is `current`, the only value of the key; Python's Alembic names a schema by it.
    fn is_current(&mut self, value: &Value<'_>) -> bool {
        const KEY: &str = "version_table_schema";
        let mut name = String::new();
        self.name(KEY, value, &mut name);
        if !name.is_empty() && name != "current" {
            let reason =
                "`version_table_schema` has one value, `current`: whichever schema the session is in";
            self.wrong_value(KEY, value, reason, format!("to name a schema, write `schema = \"{name}\"`"));
        }
        name == "current"
    }

    fn format(&mut self, value: &Value<'_>) -> Option<Format> {
        let mut name: Option<String> = None;
        self.name("format", value, &mut name);
        match name?.as_str() {
            "sql" => Some(Format::Sql),
            "rs" => Some(Format::Rs),
            other => {
                let reason = format!("no revision file is `{other}`");
                self.wrong_value("format", value, reason, "the kinds are `sql` and `rs`");
                None
            }
        }
    }

    /// The strings of a list.
    fn strings<'v, 'de>(
        &mut self,
        key: &'static str,
        value: &'v Value<'de>,
    ) -> Vec<(&'v str, &'v Value<'de>)> {
        let Some(items) = value.as_array() else {
            self.wrong_type(key, "a list of strings", value);
            return Vec::new();
        };
        let mut strings = Vec::new();
        for item in items {
            match item.as_str() {
                Some(text) => strings.push((text, item)),
                None => self.wrong_type(key, "a list of strings", item),
            }
        }
        strings
    }

    fn locations(&mut self, value: &Value<'_>, config: &mut Config) {
        for (text, item) in self.strings("version_locations", value) {
            if text.trim().is_empty() {
                let instead = "name a folder, or leave it out";
                self.wrong_value("version_locations", item, "a version location is empty", instead);
            } else {
                config.version_locations.push(PathBuf::from(text));
                let place = self.place(item.span);
                self.parsed.locations.push(place);
            }
        }
    }

    /// As cargo takes them: `admin`, or `shop-models/admin`.
    fn features(&mut self, value: &Value<'_>, config: &mut Config) {
        for (text, item) in self.strings("features", value) {
            if text.is_empty() || text.contains(|c: char| c == ',' || c.is_whitespace()) {
                let reason = match text {
                    "" => "the name of a feature is empty".to_owned(),
                    text => format!("`{}` is not the name of a feature", escaped(text)),
                };
                self.wrong_value("features", item, reason, "name each feature in a string of its own");
            } else {
                config.features.push(text.to_owned());
            }
        }
    }

    fn ignore(&mut self, value: &Value<'_>, config: &mut Config) {
        for (text, item) in self.strings("ignore", value) {
            match text.parse::<Ignored>() {
                Ok(ignored) => config.ignore.push(ignored),
                Err(error) => {
                    self.wrong_value("ignore", item, escaped(&error.to_string()), escaped(&error.help()));
                }
            }
        }
    }

    fn databases(&mut self, value: &Value<'_>, config: &mut Config) {
        const KEY: &str = "databases";
        const NAMES: [&str; 4] = ["sqlite", "postgres", "mysql", "mariadb"];
        let named = self.strings(KEY, value);
        if value.as_array().is_some_and(Vec::is_empty) {
            self.wrong_value(KEY, value, "`databases` is empty", "give it a value or leave the key out");
        }
        for (text, item) in named {
            match Dialect::from_name(text) {
                Some(dialect) if config.databases.contains(&dialect) => {
                    let reason = format!("`{dialect}` is named twice");
                    let reason = if text == dialect.name() {
                        reason
                    } else {
                        format!("{reason}: `{text}` is another name for it")
                    };
                    self.wrong_value(KEY, item, reason, "leave one of the two out");
                }
                Some(dialect) => config.databases.push(dialect),
                None => {
                    let instead = match suggestions(text, NAMES).first() {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "the kinds are `sqlite`, `postgres` and `mysql`, which is `mariadb` too"
                            .to_owned(),
                    };
                    let reason = format!("no kind of database is `{}`", escaped(text));
                    self.wrong_value(KEY, item, reason, instead);
                }
            }
        }
    }

    fn allow(&mut self, value: &Value<'_>, config: &mut Config) {
        for (text, item) in self.strings("allow", value) {
            match text {
                "multiple_heads" => config.allow_multiple_heads = true,
                "multiple_bases" => config.allow_multiple_bases = true,
                other => {
                    let instead = match suggestions(other, ["multiple_heads", "multiple_bases"]).first() {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "`multiple_heads` and `multiple_bases` can be allowed".to_owned(),
                    };
                    self.wrong_value("allow", item, format!("`{other}` cannot be allowed"), instead);
                }
            }
        }
    }

    fn template(&mut self, value: &Value<'_>, slot: &mut String) {
        let mut template: Option<String> = None;
        self.name("file_template", value, &mut template);
        let Some(template) = template else { return };
        let names = || TEMPLATE_NAMES.map(|name| format!("`{{{name}}}`")).join(", ");
        if template.contains("%(") {
            let reason = "a file template has its names in braces";
            let instead = format!("as in `{{rev}}_{{slug}}`; the names are {}", names());
            return self.wrong_value("file_template", value, reason, instead);
        }
        if let Some(name) = unknown_name(&template) {
            let reason = format!("a file template has no `{{{name}}}`");
            let instead = match suggestions(name, TEMPLATE_NAMES).first() {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => format!("the names are {}", names()),
            };
            return self.wrong_value("file_template", value, reason, instead);
        }
        *slot = template;
    }
}

/// The first name in braces that is not one of [`TEMPLATE_NAMES`].
fn unknown_name(template: &str) -> Option<&str> {
    let mut names = template.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(rest));
    names.find(|name| !TEMPLATE_NAMES.contains(name))
}
