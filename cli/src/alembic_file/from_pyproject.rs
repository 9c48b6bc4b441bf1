//! `[tool.alembic]` of a `pyproject.toml`.

use super::interpolation::interpolate;
use super::settings::{FileSettings, READ, Setting, not_interpolated, place, wrong};
use servicekit_chain::{Place, Source};
use std::sync::Arc;
use toml_edit::{Document, Item, TableLike, Value};

/// What a `pyproject.toml` says; `here` is its folder, from the root.
pub(super) fn read(source: &Arc<Source>, here: &str) -> FileSettings {
    // Byte order marks are no TOML, and Python refuses them too.
    let document = match Document::parse(source.text.as_str()) {
        Ok(document) => document,
        // A file that is not for Alembic may be as it is.
        Err(_) if !source.text.contains("alembic") => return FileSettings::default(),
        Err(error) => {
            let reason = error.message().trim().replace('\n', ", ");
            return FileSettings::broken(source, error.span().unwrap_or(0..0), reason, None);
        }
    };
    let mut settings = FileSettings::default();
    let table = document.get("tool").and_then(|tool| tool.get("alembic"));
    let Some(table) = table.and_then(Item::as_table_like) else { return settings };
    settings.is_for_alembic = true;
    let mut reader = Reader { source, here, settings };
    reader.table(table);
    settings = reader.settings;
    settings
}

struct Reader<'s> {
    source: &'s Arc<Source>,
    here: &'s str,
    settings: FileSettings,
}

impl Reader<'_> {
    fn table(&mut self, table: &dyn TableLike) {
        self.settings.script_location = self.text(table.get("script_location"), "script_location");
        self.settings.file_template = self.text(table.get("file_template"), "file_template");
        let dotted = table.get("sqlalchemy").and_then(|item| item.get("url"));
        self.settings.url = self.text(table.get("sqlalchemy.url").or(dotted), "sqlalchemy.url");
        self.settings.version_locations = self.locations(table.get("version_locations"));
        self.settings.recursive = self.switch(table.get("recursive_version_locations"));
        let is_read = |key: &str| READ.contains(&key) || (key == "sqlalchemy" && dotted.is_some());
        let keys = table.iter().map(|(key, _)| key).filter(|key| !is_read(key));
        self.settings.not_read = keys.map(|key| format!("`{key}`")).collect();
    }

    fn place(&self, item: &Value) -> Place {
        place(self.source, item.span().unwrap_or(0..0))
    }

    fn text(&mut self, item: Option<&Item>, key: &'static str) -> Option<Setting<String>> {
        let item = item?;
        if let Some(value) = item.as_value() {
            return self.string(value, key).filter(|setting| !setting.value.is_empty());
        }
        self.wrong_type(&place(self.source, item.span().unwrap_or(0..0)), key, "a string");
        None
    }

    fn string(&mut self, value: &Value, key: &'static str) -> Option<Setting<String>> {
        let place = self.place(value);
        let Some(text) = value.as_str() else {
            self.wrong_type(&place, key, "a string");
            return None;
        };
        let here = self.here.replace('%', "%%");
        match interpolate(text, &|name| (name == "here").then_some(&*here)) {
            Ok(value) => Some(Setting { value, place }),
            Err(error) => {
                self.settings.problems.push(not_interpolated(key, &place, &error));
                None
            }
        }
    }

    fn locations(&mut self, item: Option<&Item>) -> Option<Vec<Setting<String>>> {
        const KEY: &str = "version_locations";
        let item = item?;
        let Some(list) = item.as_array() else {
            self.wrong_type(&place(self.source, item.span().unwrap_or(0..0)), KEY, "a list of strings");
            return None;
        };
        let mut locations = Vec::new();
        for value in list {
            locations.extend(self.string(value, KEY).filter(|setting| !setting.value.is_empty()));
        }
        Some(locations)
    }

    fn switch(&mut self, item: Option<&Item>) -> Option<Setting<bool>> {
        let item = item?;
        let place = place(self.source, item.span().unwrap_or(0..0));
        if let Some(value) = item.as_bool() {
            return Some(Setting { value, place });
        }
        self.wrong_type(&place, "recursive_version_locations", "true or false");
        None
    }

    fn wrong_type(&mut self, place: &Place, key: &'static str, expected: &str) {
        let problem = wrong(
            key,
            place,
            format!("`{key}` takes {expected}"),
            "Python's Alembic does not take it either",
        );
        self.settings.problems.push(problem);
    }
}
