//! The settings, and where each comes from.

use crate::commands::CommandContext;
use crate::output::Fact;
use crate::project::shown;
use servicekit_chain::Config;
use servicekit_chain::config::Format;

pub(super) fn facts(CommandContext { project, common, .. }: CommandContext<'_>) -> Vec<Fact> {
    let folder = &project.folder;
    let file = folder.config_path.as_deref().map(shown);
    let alembic = &project.alembic;
    let directory = match (&common.directory, &alembic.directory, &common.config) {
        (Some(_), ..) => "`--directory`".to_owned(),
        (None, Some((_, file)), _) => format!("`{file}`"),
        (None, None, Some(config)) => format!("beside `{}`", shown(config)),
        (None, None, None) => "default".to_owned(),
    };
    let mut facts = vec![Fact::good("directory", shown(&project.location.directory)).with_source(directory)];
    facts.push(match (&file, &project.location.config) {
        (Some(file), Some(_)) => Fact::good("configuration", file).with_source("`--config`"),
        (Some(file), None) => Fact::good("configuration", file).with_source("beside the directory"),
        (None, _) => Fact::note("configuration", "none").with_source("default"),
    });
    facts.extend(
        alembic
            .sources
            .iter()
            .map(|source| Fact::good("configuration", source.name.clone()).with_source("Python's Alembic")),
    );
    let source = |key: &str| match (&file, alembic.origins.iter().find(|(known, _)| *known == key)) {
        (Some(file), _) if folder.config_keys.contains(key) => format!("`{file}`"),
        (_, Some((_, file))) => format!("`{file}`"),
        _ => "default".to_owned(),
    };
    facts.extend(
        values(&folder.config)
            .into_iter()
            .map(|(key, value)| Fact::good(key, value).with_source(source(key))),
    );
    facts.extend(
        alembic
            .not_read()
            .into_iter()
            .map(|(file, names)| Fact::note("not read", names).with_source(format!("`{file}`"))),
    );
    facts
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
        (
            "format",
            match config.format {
                None => none(),
                Some(Format::Sql) => "sql".to_owned(),
                Some(Format::Rs) => "rs".to_owned(),
            },
        ),
        ("version_locations", listed(locations.join(", "))),
        ("recursive", if config.recursive { "yes" } else { "no" }.to_owned()),
        ("allow", listed(allowed.join(", "))),
    ]
}
