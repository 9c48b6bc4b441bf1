//! The folder that a command works on.

use crate::alembic_file::AlembicFiles;
use crate::arguments::{CommonArgs, Location, shell_quoted};
use crate::failure::{Failure, NewFileFailure, Unresolved, list};
use crate::output::{Note, RevisionSummary};
use crate::secret;
use servicekit_chain::{Folder, Graph, PlanError, Problem, ResolveError, RevisionRef, VersionFile};
use std::collections::HashSet;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

/// Learns the passwords in the configuration; one that cannot be read as it should is shown in messages.
fn learn_secrets(folder: &Folder, alembic: &AlembicFiles) {
    for url in folder.config.database_url.iter().chain(&folder.config.scratch_url) {
        secret::learn(url);
    }
    if let Some(url) = &alembic.url {
        secret::learn(&url.text);
        secret::learn(&url.written);
    }
    for source in &alembic.sources {
        secret::learn_lines(&source.text);
    }
    // Each once, however many problems it has.
    let mut known = HashSet::new();
    let sources = folder.problems.iter().filter_map(Problem::place).map(|place| place.source);
    for source in sources.filter(|source| source.path.extension().is_some_and(|kind| kind == "toml")) {
        if known.insert(Arc::as_ptr(&source)) {
            secret::learn_lines(&source.text);
        }
    }
}

/// A folder of revisions that was read.
#[derive(Debug)]
pub(crate) struct Project {
    pub(crate) location: Location,
    pub(crate) folder: Folder,
    /// What Python's Alembic is configured with.
    pub(crate) alembic: AlembicFiles,
}

impl Project {
    /// Reads the folder; what is wrong with it is asked for later.
    pub(crate) fn read(common: &CommonArgs) -> Self {
        let alembic = AlembicFiles::find(common, &here());
        let of_alembic = alembic.directory.as_ref().map(|(directory, _)| directory.as_path());
        let location = Location::new(common, of_alembic, !alembic.is_named);
        Self::with(location, alembic)
    }

    /// The configuration of the folder, whether it is there or not, as messages name it.
    pub(crate) fn configuration(&self) -> String {
        shown(&servicekit_chain::folder::configuration_of(&self.folder.path))
    }

    /// The same as it is now.
    pub(crate) fn read_again(&self) -> Self {
        Self::with(self.location.clone(), self.alembic.clone())
    }

    fn with(location: Location, alembic: AlembicFiles) -> Self {
        let config = location.config.as_deref();
        let mut folder = Folder::read_inheriting(&location.directory, config, &alembic.inherited, &here());
        // Which folder it should be is what could not be read.
        if alembic.hides_folder() {
            let is_guess =
                |problem: &Problem| matches!(problem, Problem::MissingFolder { configured: None, .. });
            folder.problems.retain(|problem| !is_guess(problem));
        }
        learn_secrets(&folder, &alembic);
        Self { location, folder, alembic }
    }

    /// Where the configuration of Python's Alembic and that of the folder differ in keys that the command is `about`.
    pub(crate) fn alembic_notes(&self, about: impl Fn(&str) -> bool) -> Vec<Note> {
        self.alembic.notes(&self.folder, &here(), about)
    }

    /// What is wrong with the chain; how many heads and first revisions are allowed is not asked here.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        self.folder.problems.iter().filter(|problem| !problem.is_policy()).cloned().collect()
    }

    /// Where the graph has a shape that the configuration does not allow.
    pub(crate) fn policy(&self) -> impl Iterator<Item = &Problem> {
        self.folder.problems.iter().filter(|problem| problem.is_policy())
    }

    /// The graph, for a command that only reads it.
    ///
    /// Files that do not belong there, mistakes in the configuration and SQL that cannot be cut into statements do not
    /// keep it from answering.
    ///
    /// # Errors
    /// There is none, or revisions may be missing in it: everything that is wrong.
    pub(crate) fn graph(&self) -> Result<&Graph, Failure> {
        let whole = self.folder.problems.iter().all(leaves_graph_whole) && !self.alembic.hides_folder();
        self.folder.graph.as_ref().filter(|_| whole).ok_or_else(|| self.broken())
    }

    /// The graph, for a command that adds to it: nothing at all may be wrong.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub(crate) fn sound_graph(&self) -> Result<&Graph, Failure> {
        if self.problems().is_empty() { self.graph() } else { Err(self.broken()) }
    }

    /// Everything that is wrong, as a failure.
    pub(crate) fn broken(&self) -> Failure {
        Failure::BrokenChain {
            folder: self.folder.name.clone(),
            problems: self.folder.problems.clone(),
            start: self.start(),
        }
    }

    /// How a missing folder is created.
    fn start(&self) -> Option<String> {
        let [Problem::MissingFolder { folder, configured: None }] = self.folder.problems.as_slice() else {
            return None;
        };
        Some(if self.missing_folder().is_some() {
            format!("create it with a first revision: `{}`", self.first_revision())
        } else {
            let folder = shell_quoted(&format!("{folder}/versions"));
            format!(
                "create it with `mkdir -p {folder}`, or name the folder that holds `versions/` with `--directory`"
            )
        })
    }

    /// The folder `versions` that is to be made for a first revision, when it is the only thing that is missing.
    ///
    /// It is made in a folder that is there. The folder around it is made too where a `Cargo.toml` stands beside it:
    /// there a first revision is begun, while anywhere else the program was more likely started in the wrong place.
    pub(crate) fn missing_folder(&self) -> Option<PathBuf> {
        let directory = &self.location.directory;
        let versions = directory.join("versions");
        match self.problems().as_slice() {
            [Problem::MissingVersions { is_file: false, .. }] if directory.file_name()? != "versions" => {
                Some(versions)
            }
            [Problem::MissingFolder { configured: None, .. }] => {
                directory.with_file_name("Cargo.toml").is_file().then_some(versions)
            }
            _ => None,
        }
    }

    /// The command that makes a first revision.
    pub(crate) fn first_revision(&self) -> String {
        self.location.command("revision -m \"create users\"")
    }

    /// The file of a revision.
    pub(crate) fn file(&self, revision: RevisionRef<'_>) -> Option<&VersionFile> {
        self.folder.files.get(revision.index())
    }

    /// What to say about a chain without revisions, where it is one.
    pub(crate) fn empty_note(&self) -> Option<Note> {
        self.folder.graph.as_ref().filter(|graph| graph.is_empty())?;
        let message = format!("there are no revisions in {} yet", list(self.searched(), "or"));
        Some(Note { message, help: Some(format!("create the first one, as in `{}`", self.first_revision())) })
    }

    /// The same of a folder that is empty beside a database that has revisions.
    pub(crate) fn wrong_folder_note(&self) -> Option<Note> {
        let help = "if the revisions are in another folder, name it with `--directory`".to_owned();
        self.empty_note().map(|note| Note { help: Some(help), ..note })
    }

    /// A revision as it is shown.
    pub(crate) fn revision(&self, revision: RevisionRef<'_>) -> RevisionSummary {
        RevisionSummary::new(revision, self.file(revision))
    }

    /// A revision or branch with what a person knows it by: `` `7f3c2b1a9d4e` (add email)``.
    pub(crate) fn describe(&self, name: &str) -> String {
        let revision = self.folder.graph.as_ref().and_then(|graph| graph.get(name));
        let message = revision.and_then(|revision| self.file(revision)).map(|file| &*file.header.message);
        match message {
            Some(message) if !message.is_empty() => format!("`{name}` ({message})"),
            _ => format!("`{name}`"),
        }
    }

    /// Several of them.
    pub(crate) fn describe_all<T: AsRef<str>>(&self, names: &[T]) -> Vec<String> {
        names.iter().map(|name| self.describe(name.as_ref())).collect()
    }

    /// The folder `versions`, as messages name it.
    pub(crate) fn versions(&self) -> String {
        format!("{}/versions", self.folder.name.trim_end_matches('/'))
    }

    /// The folders that hold the version files, as messages name them.
    pub(crate) fn searched(&self) -> Vec<String> {
        self.folder.folders.iter().map(|folder| format!("`{}`", self.shown_folder(folder))).collect()
    }

    /// A folder of versions as messages name it.
    pub(crate) fn shown_folder(&self, folder: &Path) -> String {
        if *folder == self.location.directory.join("versions") { self.versions() } else { shown(folder) }
    }

    /// The folder for a new file: the one that is named, else that of the revision it follows, else `versions`.
    ///
    /// # Errors
    /// When the folder that is named is not read.
    pub(crate) fn folder_for(
        &self,
        named: Option<&Path>,
        parent: Option<RevisionRef<'_>>,
    ) -> Result<PathBuf, Failure> {
        let Some(named) = named else {
            let path = parent.and_then(|parent| self.file(parent)).map(|file| file.source.path.clone());
            let is_above = |location: &PathBuf| path.as_ref().is_some_and(|path| path.starts_with(location));
            let own = self.location.directory.join("versions");
            // Without what is inside of them.
            let locations = std::iter::once(own.clone()).chain(self.folder.further_locations());
            let deepest = locations.filter(is_above).max_by_key(|location| location.components().count());
            return Ok(deepest.unwrap_or(own));
        };
        let real = |path: &Path| path.canonicalize().ok();
        let wanted = real(named);
        let found = self.folder.folders.iter().find(|folder| wanted.is_some() && real(folder) == wanted);
        found.cloned().ok_or_else(|| {
            NewFileFailure::VersionPath {
                given: shown(named),
                known: self.searched(),
                config: self.configuration(),
            }
            .into()
        })
    }

    /// An identifier that names nothing, or not what was asked for.
    pub(crate) fn unresolved(&self, error: ResolveError) -> Failure {
        let candidates = match &error {
            ResolveError::Unknown { near: names, .. }
            | ResolveError::UnknownBranch { near: names, .. }
            | ResolveError::Ambiguous { matches: names, .. } => self.describe_all(names),
            ResolveError::MultipleHeads { heads, .. } => self.describe_all(heads),
            _ => Vec::new(),
        };
        let (searched, location) = (self.searched(), self.location.clone());
        Failure::Identifier(Box::new(Unresolved { error, candidates, searched, location }))
    }

    /// Why there is no plan or range.
    pub(crate) fn no_plan(&self, error: PlanError) -> Failure {
        match error {
            PlanError::Resolve(error) => self.unresolved(error),
            error => Failure::Plan { error },
        }
    }
}

/// Whether all revisions are in the graph in spite of this problem.
fn leaves_graph_whole(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::StrayFile { .. }
            | Problem::StrayFolder { .. }
            | Problem::FileNameNotUtf8 { .. }
            | Problem::ConfigSyntax { .. }
            | Problem::AlembicFileSyntax { .. }
            | Problem::ConfigUnknownKey { .. }
            | Problem::ConfigType { .. }
            | Problem::ConfigValue { .. }
    ) || problem.is_policy()
        || problem.is_of_the_sql()
}

/// Where the program was started.
fn here() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
}

/// A path as messages show it: relative to where the program was started where it can be, with `/`.
pub(crate) fn shown(path: &Path) -> String {
    let name = path.strip_prefix(here()).unwrap_or(path).to_string_lossy();
    if MAIN_SEPARATOR == '/' { name.into_owned() } else { name.replace('\\', "/") }
}
