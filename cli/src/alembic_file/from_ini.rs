//! `alembic.ini`.

use super::ini::{DEFAULT, Ini, IniOption, Section};
use super::interpolation::{InterpolationError, interpolate};
use super::settings::{FileSettings, READ, Setting, not_interpolated, place, wrong};
use servicekit_chain::{Place, Problem, Source};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The section that is read when none is named.
const MAIN: &str = "alembic";

/// What an ini file says; `here` is its folder, from the root, and `section` the one that was named.
pub(super) fn read(source: &Arc<Source>, here: &str, section: Option<&str>) -> FileSettings {
    let ini = match Ini::parse(&source.text) {
        Ok(ini) => ini,
        Err(error) => return FileSettings::broken(source, error.span, error.reason, error.first),
    };
    let main = ini.section(MAIN);
    let chosen = match section {
        None => main,
        Some(name) => ini.section(name).or_else(|| ini.section(&format!("{MAIN}:{name}"))),
    };
    let mut settings = FileSettings::default();
    if let (Some(name), None) = (section, chosen) {
        settings.problems.push(no_section(source, &ini, name));
        return settings;
    }
    let Some(chosen) = chosen else { return settings };
    settings.is_for_alembic = true;
    let reader = Reader { source, ini: &ini, here: here.replace('%', "%%"), used: RefCell::default() };
    // A section that names no folder is that of a database, and shares the revisions of `[alembic]`.
    let is_database = chosen.option("script_location").is_none();
    let revisions = main.filter(|_| is_database).unwrap_or(chosen);
    reader.url(chosen, &mut settings);
    reader.revisions(revisions, &mut settings);
    settings.databases = reader.databases(main, chosen);
    settings.not_read = reader.not_read(chosen, revisions);
    settings
}

/// A section that was named and is not there.
fn no_section(source: &Arc<Source>, ini: &Ini, name: &str) -> Problem {
    let names = ini.sections.iter().map(|section| &*section.name).filter(|name| is_of_alembic(ini, name));
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    let instead = match names.as_slice() {
        [] => "the file has no section with a `script_location` or a `sqlalchemy.url`".to_owned(),
        names => format!("the file has {}", names.join(", ")),
    };
    wrong("section", &place(source, 0..0), format!("`{}` has no section `[{name}]`", source.name), &instead)
}

/// Whether a section sets a folder or a database.
fn is_of_alembic(ini: &Ini, name: &str) -> bool {
    let has = |section: &Section| {
        section.option("script_location").or_else(|| section.option("sqlalchemy.url")).is_some()
    };
    name == MAIN
        || name.starts_with("alembic:")
        || ini.section(name).is_some_and(|section| name != DEFAULT && has(section))
}

struct Reader<'s> {
    source: &'s Arc<Source>,
    ini: &'s Ini,
    /// The folder of the file, as a value.
    here: String,
    /// The names that values have used.
    used: RefCell<BTreeSet<String>>,
}

impl Reader<'_> {
    fn option<'i>(&'i self, section: &'i Section, key: &str) -> Option<&'i IniOption> {
        section.option(key).or_else(|| self.ini.section(DEFAULT)?.option(key))
    }

    fn interpolated(&self, section: &Section, option: &IniOption) -> Result<String, InterpolationError> {
        interpolate(&option.value, &|name| {
            self.used.borrow_mut().insert(name.to_owned());
            let found = self.option(section, name).map(|option| &*option.value);
            found.or_else(|| (name == "here").then_some(&*self.here))
        })
    }

    /// A value that is not empty.
    fn text(
        &self,
        section: &Section,
        key: &'static str,
        problems: &mut Vec<Problem>,
    ) -> Option<Setting<String>> {
        let option = self.option(section, key)?;
        let place = self.place(option);
        match self.interpolated(section, option) {
            Ok(value) => Some(Setting { value, place }).filter(|setting| !setting.value.is_empty()),
            Err(error) => {
                problems.push(not_interpolated(key, &place, &error));
                None
            }
        }
    }

    fn place(&self, option: &IniOption) -> Place {
        let span = if option.span.is_empty() { option.name_span.clone() } else { option.span.clone() };
        place(self.source, span)
    }

    fn url(&self, section: &Section, settings: &mut FileSettings) {
        let Some(option) = self.option(section, "sqlalchemy.url") else { return };
        match self.interpolated(section, option) {
            Ok(value) => settings.url = Some(Setting { value, place: self.place(option) }),
            // `env.py` may set the name, which only a run of Python could tell.
            Err(InterpolationError::Unknown { .. }) => {}
            Err(error) => {
                settings.problems.push(not_interpolated("sqlalchemy.url", &self.place(option), &error));
            }
        }
    }

    fn revisions(&self, section: &Section, settings: &mut FileSettings) {
        let problems = &mut settings.problems;
        settings.script_location = self.text(section, "script_location", problems);
        settings.file_template = self.text(section, "file_template", problems);
        // Alembic takes everything but `true` for no.
        settings.recursive = self
            .text(section, "recursive_version_locations", problems)
            .map(|setting| Setting { value: setting.value == "true", place: setting.place });
        if let Some(locations) = self.text(section, "version_locations", problems) {
            let separator = ["path_separator", "version_path_separator"]
                .into_iter()
                .find_map(|key| self.text(section, key, problems).map(|setting| (key, setting)));
            match split(&locations.value, separator.as_ref().map(|(_, setting)| &*setting.value)) {
                Some(parts) => {
                    let part = |value| Setting { value, place: locations.place.clone() };
                    settings.version_locations = Some(parts.into_iter().map(part).collect());
                }
                None => problems.extend(separator.map(|(key, setting)| {
                    let reason = format!("`{}` is no separator of paths", setting.value);
                    wrong(key, &setting.place, reason, "write `os`, `space`, `newline`, `:` or `;`")
                })),
            }
        }
    }

    /// The other sections that can be chosen, if several databases are set up.
    fn databases(&self, main: Option<&Section>, chosen: &Section) -> Vec<String> {
        let listed = main.and_then(|main| main.option("databases"));
        let listed = listed.map(|option| option.value.as_str()).unwrap_or_default();
        let listed = listed
            .split([',', ' ', '\n'])
            .filter(|name| !name.is_empty() && *name != chosen.name)
            .map(str::to_owned);
        let own = self.ini.sections.iter().map(|section| &section.name);
        let own = own
            .filter(|name| **name != chosen.name && **name != MAIN && is_of_alembic(self.ini, name))
            .cloned();
        let mut names: Vec<String> = listed.collect();
        for name in own {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The keys of the sections that are read, and the other sections.
    fn not_read(&self, chosen: &Section, revisions: &Section) -> Vec<String> {
        let used = self.used.borrow();
        let is_read = |name: &str| READ.contains(&name) || used.contains(name);
        let mut keys: Vec<String> = Vec::new();
        let sections = if chosen.name == revisions.name { vec![chosen] } else { vec![revisions, chosen] };
        for option in sections.into_iter().flat_map(|section| &section.options) {
            if !is_read(&option.name) && !keys.contains(&option.name) {
                keys.push(option.name.clone());
            }
        }
        let databases = self.databases(Some(revisions), chosen);
        let is_named = |name: &String| *name != DEFAULT && *name != chosen.name && *name != revisions.name;
        let keys = keys.into_iter().map(|key| format!("`{key}`"));
        let others = self.ini.sections.iter().filter(|section| !section.options.is_empty());
        let others = others.map(|section| &section.name);
        let others = others.filter(|name| is_named(name) && *name != MAIN && !databases.contains(name));
        let (logging, others): (Vec<_>, Vec<_>) = others.partition(|name| is_for_logging(name));
        let logging = (!logging.is_empty()).then(|| "the sections for logging".to_owned());
        keys.chain(others.into_iter().map(|name| format!("`[{name}]`"))).chain(logging).collect()
    }
}

/// Whether a section is one that Python's logging reads.
fn is_for_logging(name: &str) -> bool {
    ["loggers", "handlers", "formatters"].contains(&name)
        || ["logger_", "handler_", "formatter_"].iter().any(|start| name.starts_with(start))
}

/// The paths in a value; `None` for a separator that is none.
fn split(value: &str, separator: Option<&str>) -> Option<Vec<String>> {
    let own = if cfg!(windows) { ';' } else { ':' };
    let parts: Vec<&str> = match separator {
        // As before there was a separator: blanks and commas.
        None => value.split([',', ' ', '\n']).collect(),
        Some("space") => value.split(' ').collect(),
        Some("newline") => value.split('\n').collect(),
        Some("os") => value.split(own).collect(),
        Some(":") => value.split(':').collect(),
        Some(";") => value.split(';').collect(),
        Some(_) => return None,
    };
    Some(parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect())
}
