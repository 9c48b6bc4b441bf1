//! What a person must know of these files: where they and `alembic.toml` differ, and what is not read.

use super::{AlembicFiles, paths};
use crate::output::Note;
use servicekit_chain::Folder;
use servicekit_chain::folder::absolute;
use std::path::Path;

/// What a key of ours is called there.
pub(super) fn name_in_alembic(key: &'static str) -> &'static str {
    match key {
        "recursive" => "recursive_version_locations",
        "database_url" => "sqlalchemy.url",
        other => other,
    }
}

impl AlembicFiles {
    /// What differs from the configuration of the folder, and what the macro does not know.
    pub(crate) fn notes(&self, folder: &Folder, here: &Path, about: impl Fn(&str) -> bool) -> Vec<Note> {
        let mut notes = self.notes.clone();
        let config = servicekit_chain::folder::configuration_of(&folder.path);
        let config = paths::shown(folder.config_path.as_deref().unwrap_or(&config), here);
        for (key, file) in self.origins.iter().filter(|(key, _)| about(key)) {
            let name = name_in_alembic(key);
            if folder.config_keys.contains(key) {
                if self.differs(key, folder, here) {
                    notes.push(differs(key, name, file, &config, self.section.is_some()));
                }
            } else if let Some(line) = self.line_for_the_macro(key, &config, here) {
                let message = format!(
                    "`{name}` in `{file}` is read by the command line alone: `migrations!` reads `{config}`, which has no `{key}`"
                );
                notes.push(Note { message, help: Some(format!("add `{line}` to `{config}`")) });
            }
        }
        notes
    }

    /// Whether the configuration of the folder, which sets the key, sets something else.
    fn differs(&self, key: &str, folder: &Folder, here: &Path) -> bool {
        let (config, inherited) = (&folder.config, &self.inherited);
        match key {
            "recursive" => inherited.recursive != Some(config.recursive),
            "file_template" => inherited.file_template.as_ref() != Some(&config.file_template),
            "database_url" => self.url.as_ref().map(|url| &url.text) != config.database_url.as_ref(),
            _ => {
                let versions = folder.path.join("versions");
                let mut ours: Vec<_> =
                    folder.further_locations().iter().map(|path| absolute(&here.join(path))).collect();
                let mut theirs: Vec<_> =
                    inherited.version_locations.iter().map(|(path, _)| path.clone()).collect();
                for list in [&mut ours, &mut theirs] {
                    list.retain(|path| !paths::are_same(path, &versions, here));
                    list.sort();
                    list.dedup();
                }
                ours != theirs
            }
        }
    }

    /// The line that tells the macro the same, for what it must know.
    fn line_for_the_macro(&self, key: &str, config: &str, here: &Path) -> Option<String> {
        match key {
            "recursive" => self.inherited.recursive?.then(|| "recursive = true".to_owned()),
            "version_locations" if !self.inherited.version_locations.is_empty() => {
                let beside = absolute(&here.join(config));
                let beside = beside.parent().unwrap_or(here);
                let locations = self.inherited.version_locations.iter();
                let locations: Vec<String> =
                    locations.map(|(path, _)| format!("{:?}", paths::shown(path, beside))).collect();
                Some(format!("version_locations = [{}]", locations.join(", ")))
            }
            _ => None,
        }
    }

    /// What to do where no database is named, if these files are a part of it.
    pub(crate) fn help_without_url(&self) -> Option<String> {
        const OTHERWISE: &str =
            "name the database with `--database-url`, or with the environment variable `DATABASE_URL`";
        let file = &self.sources.iter().find(|source| !source.path.ends_with("pyproject.toml"))?.name;
        if let Some(section) = &self.section {
            return Some(format!("set `sqlalchemy.url` in `[{section}]` of `{file}`; or {OTHERWISE}"));
        }
        let names = self.databases.iter().map(|name| format!("`--name {name}`")).collect::<Vec<_>>();
        (!names.is_empty())
            .then(|| format!("choose one of those in `{file}` with {}; or {OTHERWISE}", names.join(" or ")))
    }

    /// What the files have besides, in one line for each.
    pub(crate) fn not_read(&self) -> Vec<(&str, String)> {
        self.not_read.iter().map(|(file, names)| (&**file, names.join(", "))).collect()
    }
}

fn differs(key: &str, name: &str, file: &str, config: &str, is_section_named: bool) -> Note {
    // The section that was chosen is the database that was meant.
    let (used, key) = if key == "database_url" && is_section_named { (file, key) } else { (config, key) };
    let message = format!("`{key}` in `{config}` and `{name}` in `{file}` differ: that of `{used}` is used");
    Note { message, help: None }
}
