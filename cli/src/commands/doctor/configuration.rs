//! The settings, and where each comes from.

use crate::commands::CommandContext;
use crate::output::Fact;
use crate::project::shown;
use servicekit_chain::Config;
use servicekit_chain::regular_file::{self, LARGEST_TEXT};
use std::collections::BTreeSet;
use std::path::Path;

pub(super) fn facts(CommandContext { project, common, .. }: CommandContext<'_>) -> Vec<Fact> {
    let folder = &project.folder;
    let file = folder.config_path.as_deref().map(shown);
    let directory = match (&common.directory, &common.config) {
        (Some(_), _) => "`--directory`".to_owned(),
        (None, Some(config)) => format!("beside `{}`", shown(config)),
        (None, None) => "default".to_owned(),
    };
    let mut facts = vec![Fact::good("directory", shown(&project.location.directory)).with_source(directory)];
    facts.push(match (&file, &common.config) {
        (Some(file), Some(_)) => Fact::good("configuration", file).with_source("`--config`"),
        (Some(file), None) => Fact::good("configuration", file).with_source("beside the directory"),
        (None, _) => Fact::note("configuration", "none").with_source("default"),
    });
    let set = file.as_ref().and_then(|file| keys(file)).unwrap_or_default();
    let source = |key: &str| match &file {
        Some(file) if set.contains(key) => format!("`{file}`"),
        _ => "default".to_owned(),
    };
    facts.extend(
        values(&folder.config)
            .into_iter()
            .map(|(key, value)| Fact::good(key, value).with_source(source(key))),
    );
    facts
}

/// The keys that a file sets.
fn keys(file: &str) -> Option<BTreeSet<String>> {
    let text = regular_file::read_text(Path::new(file), LARGEST_TEXT).ok()?;
    let document: toml_edit::DocumentMut = text.parse().ok()?;
    Some(document.iter().map(|(key, _)| key.to_owned()).collect())
}

fn values(config: &Config) -> Vec<(&'static str, String)> {
    let none = || "none".to_owned();
    let locations: Vec<String> = config.version_locations.iter().map(|path| shown(path)).collect();
    let allowed =
        [("multiple_heads", config.allow_multiple_heads), ("multiple_bases", config.allow_multiple_bases)];
    let allowed: Vec<&str> =
        allowed.into_iter().filter(|(_, is_allowed)| *is_allowed).map(|(name, _)| name).collect();
    let listed = |items: String| if items.is_empty() { none() } else { items };
    vec![
        ("version_table", config.version_table.clone()),
        ("journal_table", config.journal_table.clone()),
        match &config.schema {
            None if config.current_schema => ("version_table_schema", "current".to_owned()),
            schema => ("schema", schema.clone().unwrap_or_else(none)),
        },
        ("file_template", config.file_template.clone()),
        ("version_locations", listed(locations.join(", "))),
        ("recursive", if config.recursive { "yes" } else { "no" }.to_owned()),
        ("allow", listed(allowed.join(", "))),
    ]
}
