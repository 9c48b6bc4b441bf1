//! Which files are read, and what they say together.

use super::settings::{FileSettings, Setting, wrong};
use super::{file_template, from_ini, from_pyproject, paths, url};
use crate::arguments::CommonArgs;
use crate::output::Note;
use servicekit_chain::folder::{Inherited, absolute, configuration_of};
use servicekit_chain::regular_file::{self, LARGEST_TEXT, Unreadable};
use servicekit_chain::{Place, Problem, Source};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What Python's Alembic is configured with, where it is.
#[derive(Debug, Clone, Default)]
pub(crate) struct AlembicFiles {
    /// The files that were read.
    pub(crate) sources: Vec<Arc<Source>>,
    /// The folder that they name, and which of them does.
    pub(crate) directory: Option<(PathBuf, String)>,
    pub(crate) inherited: Inherited,
    /// The file that sets each key that the command line takes from them, by its name here.
    pub(crate) origins: Vec<(&'static str, String)>,
    pub(crate) url: Option<AlembicUrl>,
    /// Whether `--config` named one of them.
    pub(crate) is_named: bool,
    /// The section that `--name` chose, and with it the database.
    pub(crate) section: Option<String>,
    /// The sections that `--name` could choose.
    pub(crate) databases: Vec<String>,
    /// What each file has besides.
    pub(crate) not_read: Vec<(String, Vec<String>)>,
    /// Where two files say different things.
    pub(crate) notes: Vec<Note>,
}

/// The database that they name.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct AlembicUrl {
    /// As it is written here, without a driver of Python's.
    pub(crate) text: String,
    /// As it is written there.
    pub(crate) written: String,
    /// The file.
    pub(crate) file: String,
}

impl std::fmt::Debug for AlembicUrl {
    /// Without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AlembicUrl").field("file", &self.file).finish_non_exhaustive()
    }
}

/// A file with what it says.
struct ReadFile {
    source: Arc<Source>,
    settings: FileSettings,
}

impl AlembicFiles {
    /// Reads the file that `--config` names, or those beside the folder.
    pub(crate) fn find(common: &CommonArgs, here: &Path) -> Self {
        let section = common.name.as_deref();
        let mut files = match &common.config {
            Some(path) if is_of_alembic(path) => Self::named(path, common, here),
            config => {
                let directory =
                    common.directory.clone().or_else(|| Some(config.as_ref()?.with_extension("")));
                Self::beside(directory.as_deref(), section, here)
            }
        };
        files.is_named = common.config.as_deref().is_some_and(is_of_alembic);
        files.section.clone_from(&common.name);
        let has_ini = files.sources.iter().any(|source| !is_pyproject(&source.path));
        if section.is_some() && !has_ini && files.inherited.problems.is_empty() {
            let path = Path::new("alembic.ini");
            files.inherited.problems.push(unreadable(path, here, &Unreadable::Missing));
        }
        files
    }

    /// Whether the folder is not known, because something is wrong with the files that would name it.
    pub(crate) fn hides_folder(&self) -> bool {
        (self.directory.is_none() || self.sources.is_empty()) && !self.inherited.problems.is_empty()
    }

    /// The file that was named: it must be there, and be one of Alembic's.
    fn named(path: &Path, common: &CommonArgs, here: &Path) -> Self {
        let file = match read(path, common.name.as_deref(), here) {
            Ok(file) => file,
            Err(error) => {
                let problems = vec![unreadable(path, here, &error)];
                return Self { inherited: Inherited { problems, ..Inherited::default() }, ..Self::default() };
            }
        };
        let name = file.source.name.clone();
        let is_empty = !file.settings.is_for_alembic && file.settings.problems.is_empty();
        let mut files = Self::together(vec![file], common.directory.is_some(), here);
        if is_empty {
            let place =
                Place::new(files.sources.first().unwrap_or(&Arc::new(Source::new(&*name, path, ""))), 0..0);
            let section = if is_pyproject(path) { "[tool.alembic]" } else { "[alembic]" };
            let reason = format!("`{name}` has no section `{section}`");
            files.inherited.problems.push(wrong("section", &place, reason, "add it, or name another file"));
            return files;
        }
        // As a configuration of ours belongs to the folder of its name.
        let own = if is_pyproject(path) { path.with_file_name("alembic") } else { path.with_extension("") };
        files.directory.get_or_insert((own, name));
        files
    }

    /// The files beside a folder, or of the folder where the program was started.
    fn beside(directory: Option<&Path>, section: Option<&str>, here: &Path) -> Self {
        let around = directory.and_then(Path::parent).unwrap_or(Path::new(""));
        let own = directory.map(|directory| directory.with_extension("ini"));
        let mut candidates: Vec<PathBuf> = own.iter().cloned().collect();
        for name in ["alembic.ini", "pyproject.toml"] {
            candidates.push(around.join(name));
        }
        candidates.dedup();
        let (mut files, mut unreadable_files) = (Vec::new(), Vec::new());
        for path in candidates {
            // A section that was chosen is meant, whatever folder it names.
            let is_chosen = section.is_some() && !is_pyproject(&path);
            let is_own = directory.is_none() || Some(&path) == own.as_ref() || is_chosen;
            match read(&path, section, here) {
                Ok(file) if is_meant(&file, directory.filter(|_| !is_chosen), is_own, here) => {
                    files.push(file);
                }
                Ok(_) | Err(Unreadable::Missing) => {}
                Err(error) if is_own => unreadable_files.push(unreadable(&path, here, &error)),
                Err(_) => {}
            }
        }
        let mut files = Self::together(files, directory.is_some(), here);
        files.inherited.problems.extend(unreadable_files);
        match directory {
            None => files.unless_configured_here(here),
            Some(_) => files,
        }
    }

    /// With a folder in the usual place that has a configuration of ours, that is the one, whatever Alembic works on.
    fn unless_configured_here(mut self, here: &Path) -> Self {
        let usual = Path::new("alembic");
        let Some((named, file)) = self.directory.clone() else { return self };
        if paths::are_same(&named, usual, here) {
            return self;
        }
        let config = configuration_of(usual);
        let config_name = paths::shown(&config, here);
        let (named, note) =
            (paths::shown(&named, here), |message, help: String| Note { message, help: Some(help) });
        if here.join(&config).is_file() {
            let message = format!(
                "`{file}` names the folder `{named}`, but `{config_name}` is there too: the folder is `alembic`"
            );
            let help = format!("to work on the other one, name it: `--directory {named}`");
            return Self { notes: vec![note(message, help)], ..Self::default() };
        }
        if here.join(usual).join("versions").is_dir() {
            let message = format!("the folder is `{named}`, as `{file}` says, and not `alembic`");
            let help = "to work on that one, name it: `--directory alembic`".to_owned();
            self.notes.push(note(message, help));
        }
        self
    }

    /// What the files say together: each key is that of the first file that has it.
    fn together(read: Vec<ReadFile>, is_directory_named: bool, here: &Path) -> Self {
        let mut files = Self::default();
        for ReadFile { source, settings } in read {
            files.add(&source, settings, is_directory_named, here);
            files.sources.push(source);
        }
        if let Some((directory, _)) = &files.directory {
            let versions = here.join(directory).join("versions");
            files.inherited.version_locations.retain(|(path, _)| !paths::are_same(path, &versions, here));
        }
        files
    }

    fn add(&mut self, source: &Arc<Source>, settings: FileSettings, is_directory_named: bool, here: &Path) {
        let file = &source.name;
        self.inherited.problems.extend(settings.problems);
        if let Some(location) = settings.script_location.filter(|_| !is_directory_named) {
            self.script_location(&location, file, here);
        }
        if let Some(locations) = settings.version_locations {
            let resolve = |Setting { value, place }| (absolute(&here.join::<String>(value)), place);
            let locations: Vec<_> = locations.into_iter().map(resolve).collect();
            let is_new = self.take("version_locations", file, |inherited| {
                inherited
                    .version_locations
                    .iter()
                    .map(|(path, _)| path)
                    .eq(locations.iter().map(|(path, _)| path))
            });
            if is_new {
                self.inherited.version_locations = locations;
            }
        }
        if let Some(Setting { value, .. }) = settings.recursive
            && self.take("recursive", file, |inherited| inherited.recursive == Some(value))
        {
            self.inherited.recursive = Some(value);
        }
        if let Some(template) = settings.file_template {
            match file_template::from_alembic(&template.value) {
                Ok(ours) => {
                    if self.take("file_template", file, |inherited| {
                        inherited.file_template.as_ref() == Some(&ours)
                    }) {
                        self.inherited.file_template = Some(ours);
                    }
                }
                Err(reason) => {
                    let instead = "as in `%%(year)d_%%(month).2d_%%(day).2d_%%(rev)s_%%(slug)s`; or set `file_template` in \
                                   `alembic.toml`, which goes first";
                    self.inherited.problems.push(wrong("file_template", &template.place, reason, instead));
                }
            }
        }
        if let Some(setting) = settings.url.filter(|setting| !url::is_placeholder(&setting.value)) {
            let found = AlembicUrl {
                text: url::from_sqlalchemy(&setting.value),
                written: setting.place.text().to_owned(),
                file: file.clone(),
            };
            let known = self.url.clone();
            if self.take("database_url", file, |_| known.is_some_and(|known| known.text == found.text)) {
                self.url = Some(found);
            }
        }
        self.databases.extend(settings.databases);
        if !settings.not_read.is_empty() {
            self.not_read.push((file.clone(), settings.not_read));
        }
    }

    /// Whether a key is set for the first time; that a second file differs is noted.
    fn take(&mut self, key: &'static str, file: &str, is_same: impl FnOnce(&Inherited) -> bool) -> bool {
        let Some((_, first)) = self.origins.iter().find(|(known, _)| *known == key) else {
            self.origins.push((key, file.to_owned()));
            return true;
        };
        if !is_same(&self.inherited) {
            let name = super::name_in_alembic(key);
            let message =
                format!("`{name}` is not the same in `{first}` and in `{file}`: that of `{first}` is used");
            self.notes.push(Note { message, help: None });
        }
        false
    }

    fn script_location(&mut self, location: &Setting<String>, file: &str, here: &Path) {
        let path = Path::new(&location.value);
        if location.value.contains(':') && !path.is_absolute() {
            let reason = format!(
                "`{}` is a folder in a package of Python, which only Python can find",
                location.value
            );
            let problem =
                wrong("script_location", &location.place, reason, "name the folder with `--directory`");
            return self.inherited.problems.push(problem);
        }
        let directory = paths::relative(path, here);
        match &self.directory {
            None => self.directory = Some((directory, file.to_owned())),
            Some((known, _)) if paths::are_same(known, &directory, here) => {}
            Some((_, first)) => {
                let message = format!(
                    "`script_location` is not the same in `{first}` and in `{file}`: that of `{first}` is used"
                );
                self.notes.push(Note { message, help: None });
            }
        }
    }
}

/// Whether a file that was found is about the folder.
fn is_meant(file: &ReadFile, directory: Option<&Path>, is_own: bool, here: &Path) -> bool {
    let settings = &file.settings;
    if !settings.is_for_alembic && (settings.problems.is_empty() || !is_own) {
        return false;
    }
    match (directory, &settings.script_location) {
        (Some(directory), Some(location)) => paths::are_same(Path::new(&location.value), directory, here),
        _ => is_own,
    }
}

/// Whether a configuration is one of Alembic's, by its name.
fn is_of_alembic(path: &Path) -> bool {
    is_pyproject(path) || path.extension().is_some_and(|kind| kind == "ini" || kind == "cfg")
}

fn is_pyproject(path: &Path) -> bool {
    path.file_name() == Some(OsStr::new("pyproject.toml"))
}

fn read(path: &Path, section: Option<&str>, here: &Path) -> Result<ReadFile, Unreadable> {
    let text = regular_file::read_text(path, LARGEST_TEXT)?;
    let source = Arc::new(Source::new(paths::shown(path, here), path, text));
    let around = absolute(&here.join(path.parent().unwrap_or(Path::new(""))));
    let around = around.to_string_lossy();
    let settings = if is_pyproject(path) {
        from_pyproject::read(&source, &around)
    } else {
        from_ini::read(&source, &around, section)
    };
    Ok(ReadFile { source, settings })
}

fn unreadable(path: &Path, here: &Path, error: &Unreadable) -> Problem {
    let source = Arc::new(Source::new(paths::shown(path, here), path, ""));
    Problem::UnreadableFile { place: Place::new(&source, 0..0), reason: error.to_string() }
}
