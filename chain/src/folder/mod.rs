//! A folder of revisions, read and checked in one go.

mod graph;
mod inherited;
mod names;
mod shape;

pub use inherited::Inherited;
pub use names::absolute;

use crate::config::{self, Config};
use crate::diagnostic::Problem;
use crate::directory::{Found, Kind, Listing, join, whole};
use crate::file::{Partial, Read, VersionFile, read_rust, read_sql};
use crate::graph::Graph;
use crate::regular_file::{self, LARGEST_REVISION, LARGEST_TEXT, Unreadable};
use crate::{Place, RevisionId, Source};
use names::Names;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

/// A folder such as `alembic/`, its configuration, the revisions in it and everything that is wrong with them.
///
/// Reading never fails: what cannot be read is a [`Problem`]. The result does not depend on the order in which
/// the system lists files. An empty folder `versions` is a sound chain with no head.
///
/// # Examples
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let alembic = folder.path().join("alembic");
/// # std::fs::create_dir_all(alembic.join("versions"))?;
/// # std::fs::write(alembic.join("versions/a1.sql"), "-- revision: a1\n-- down_revision: a0\n-- +upgrade\n")?;
/// use servicekit_chain::folder::Folder;
/// let read = Folder::read(&alembic, folder.path());
/// let problems: Vec<String> = read.problems.iter().map(|problem| problem.message()).collect();
/// assert_eq!(problems, ["revision `a1` follows `a0`, which is not in `alembic/versions`"]);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Folder {
    /// The folder that holds `versions/`.
    pub path: PathBuf,
    /// Its name in messages.
    pub name: String,
    /// The configuration, or the defaults.
    pub config: Config,
    /// The configuration file, when there is one.
    pub config_path: Option<PathBuf>,
    /// The keys that this file sets.
    pub config_keys: BTreeSet<&'static str>,
    /// The files whose headers are sound, sorted by path. When there is a graph, its
    /// [`RevisionRef::index`](crate::graph::RevisionRef::index) is an index into them.
    pub files: Vec<VersionFile>,
    /// The revisions whose files have problems of their own, sorted by path, as far as their ids are known.
    pub broken: Vec<BrokenRevision>,
    /// The graph; none while a file is broken or the revisions form no sound graph. Problems of policy, in the
    /// configuration or in the SQL of a file do not take it away.
    pub graph: Option<Graph>,
    /// Everything that is wrong, sorted by file and place.
    pub problems: Vec<Problem>,
    /// Every folder that was listed: where a new file would be seen.
    pub folders: Vec<PathBuf>,
    /// Every version file that was found, sorted by path, sound or not.
    pub found: Vec<PathBuf>,
}

impl Folder {
    /// Reads the folder that holds `versions/`, with the configuration beside it (`alembic.toml` for `alembic/`).
    ///
    /// `show_relative_to` is where the reader stands: names in messages are relative to it where they can be.
    pub fn read(path: &Path, show_relative_to: &Path) -> Self {
        Self::read_with(path, None, show_relative_to)
    }

    /// Reads the folder with a configuration from elsewhere; that file must be there.
    pub fn read_with(path: &Path, config: Option<&Path>, show_relative_to: &Path) -> Self {
        Self::read_inheriting(path, config, &Inherited::default(), show_relative_to)
    }

    /// Reads the folder with settings of another program's configuration, which hold where the configuration of the folder
    /// sets nothing.
    pub fn read_inheriting(
        path: &Path,
        config: Option<&Path>,
        inherited: &Inherited,
        show_relative_to: &Path,
    ) -> Self {
        let names = Names::new(show_relative_to);
        let mut reading = Reading::new(path, &names);
        reading.config(config);
        reading.inherit(inherited);
        reading.list();
        reading.files();
        reading.finish()
    }

    /// Whether nothing at all is wrong.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    /// The folders of versions that the configuration names besides `versions/`, there or not.
    pub fn further_locations(&self) -> Vec<PathBuf> {
        let beside = self.config_path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        self.config.version_locations.iter().map(|location| beside.join(location)).collect()
    }

    /// The file of a revision, by its whole id.
    pub fn file(&self, id: &str) -> Option<&VersionFile> {
        self.files.iter().find(|file| file.id() == id)
    }

    /// Every problem as it is shown to a person, with an empty line between two.
    pub fn render_problems(&self, color: bool) -> String {
        self.problems.iter().map(|problem| problem.render(color)).collect::<Vec<_>>().join("\n\n")
    }
}

/// A revision whose file has problems of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenRevision {
    /// The file.
    pub source: Arc<Source>,
    /// The id that it says it has.
    pub id: RevisionId,
    /// Its title, as in [`Header::message`](crate::file::Header::message).
    pub message: String,
}

/// The state while a folder is read.
struct Reading<'n> {
    names: &'n Names,
    folder: Folder,
    listing: Listing,
    broken: Vec<Read>,
    /// The name of the configuration file, whether it is there or not.
    config_name: String,
    /// Something is wrong with the configuration, so what it allows is not known.
    config_unclear: bool,
    /// Where each further folder of versions is named.
    locations: Vec<Place>,
}

impl<'n> Reading<'n> {
    fn new(path: &Path, names: &'n Names) -> Self {
        Self {
            names,
            folder: Folder { path: path.to_owned(), name: names.of(path), ..Folder::default() },
            listing: Listing::default(),
            broken: Vec::new(),
            config_name: String::new(),
            config_unclear: false,
            locations: Vec::new(),
        }
    }

    /// Reads the configuration that was named, or the one beside the folder if it is there.
    fn config(&mut self, named: Option<&Path>) {
        let path = named.map_or_else(|| configuration_of(&self.folder.path), Path::to_owned);
        self.config_name = self.names.of(&path);
        let bytes = match regular_file::read(&path, LARGEST_TEXT) {
            Ok(bytes) => bytes,
            Err(Unreadable::Missing) if named.is_none() => return,
            Err(error) => {
                self.config_unclear = true;
                return self.folder.problems.push(unreadable(&self.config_name, &path, &error));
            }
        };
        self.folder.config_path = Some(path.clone());
        let (source, problem) = source(&self.config_name, &path, bytes);
        if let Some(problem) = problem {
            self.config_unclear = true;
            return self.folder.problems.push(problem);
        }
        let parsed = config::parse(&source);
        self.config_unclear = !parsed.problems.is_empty();
        self.folder.config = parsed.config;
        self.folder.config_keys = parsed.keys;
        self.folder.problems.extend(parsed.problems);
        self.locations = parsed.locations;
    }

    /// Lists `versions/` and the further folders of the configuration.
    fn list(&mut self) {
        let recursive = self.folder.config.recursive;
        match no_folder(&self.folder.path, &self.folder.name, None) {
            Some(problem) => self.folder.problems.push(problem),
            None => self.list_versions(recursive),
        }
        for (path, place) in self.folder.further_locations().into_iter().zip(&self.locations) {
            let name = self.names.of(&path);
            match no_folder(&path, &name, Some(place)) {
                Some(problem) => self.folder.problems.push(problem),
                None => self.listing.add(&path, &name, recursive),
            }
        }
    }

    fn list_versions(&mut self, recursive: bool) {
        let path = self.folder.path.join("versions");
        let (folder, name) = (self.folder.name.clone(), self.names.of(&path));
        let problem = match Entry::from_path(&path) {
            Entry::Folder => {
                self.listing.add(&path, &name, recursive);
                return self.environment();
            }
            Entry::Nothing => Problem::MissingVersions { folder, is_file: false },
            Entry::File => Problem::MissingVersions { folder, is_file: true },
            Entry::Unreadable(reason) => unlisted(&name, &path, reason),
        };
        self.folder.problems.push(problem);
    }

    /// `env.rs` is read by the compiler, which would wait for a pipe; and one that is passed over does not run.
    fn environment(&mut self) {
        let path = self.folder.path.join("env.rs");
        match regular_file::check(&path, LARGEST_TEXT) {
            Ok(()) | Err(Unreadable::Missing) => {}
            Err(error) => self.folder.problems.push(unreadable(&self.names.of(&path), &path, &error)),
        }
    }

    /// Reads every file that was found.
    fn files(&mut self) {
        let found = std::mem::take(&mut self.listing.files);
        for read in read_all(&found) {
            match read {
                Ok((file, mut problems)) => {
                    self.folder.files.push(file);
                    self.folder.problems.append(&mut problems);
                }
                Err(mut broken) => {
                    self.folder.problems.append(&mut broken.problems);
                    self.broken.push(*broken);
                }
            }
        }
        self.folder.found.extend(found.into_iter().map(|found| found.path));
    }

    /// Checks how the revisions fit together.
    fn finish(mut self) -> Folder {
        let listed: Vec<Problem> = self
            .listing
            .take_problems()
            .into_iter()
            // Whether folders are read is not known while the configuration is broken.
            .filter(|problem| !(self.config_unclear && matches!(problem, Problem::StrayFolder { .. })))
            .collect();
        self.folder.problems.extend(listed);
        self.folder.folders = std::mem::take(&mut self.listing.folders);
        let folders: Vec<String> = self.folder.folders.iter().map(|folder| self.names.of(folder)).collect();
        let check = graph::Check::new(&self.folder.files, &self.broken, &folders);
        let (graph, problems) = check.run();
        if !self.config_unclear {
            let policy = shape::Policy {
                folder: join(&self.folder.name, "versions"),
                config: self.config_name,
                heads: self.folder.config.allow_multiple_heads,
                bases: self.folder.config.allow_multiple_bases,
            };
            let shape = match &graph {
                Some(graph) => shape::from_graph(graph, &check.parts),
                None => shape::from_parts(&check.parts, &self.broken, &problems),
            };
            self.folder.problems.extend(policy.check(shape));
        }
        self.folder.broken = self
            .broken
            .into_iter()
            .filter_map(|file| {
                let id = file.header.id?.value;
                Some(BrokenRevision { source: file.source, id, message: file.header.message })
            })
            .collect();
        self.folder.graph = graph;
        self.folder.problems.extend(problems);
        self.folder.problems.sort_by_cached_key(Problem::sort_key);
        self.folder
    }
}

/// What is at a path where a folder should be.
enum Entry {
    Folder,
    File,
    Nothing,
    /// With the reason.
    Unreadable(String),
}

impl Entry {
    fn from_path(path: &Path) -> Self {
        match regular_file::check(path, u64::MAX) {
            Err(Unreadable::Folder) => Self::Folder,
            Err(Unreadable::Missing) => Self::Nothing,
            Err(error @ (Unreadable::DanglingLink | Unreadable::Io(_))) => {
                Self::Unreadable(error.to_string())
            }
            Ok(()) | Err(_) => Self::File,
        }
    }
}

/// What is wrong where a folder should be; `configured` is where the configuration names it, when it does.
fn no_folder(path: &Path, name: &str, configured: Option<&Place>) -> Option<Problem> {
    let (folder, configured) = (name.to_owned(), configured.cloned());
    match Entry::from_path(path) {
        Entry::Folder => None,
        Entry::File => Some(Problem::NotAFolder { folder, configured }),
        Entry::Nothing => Some(Problem::MissingFolder { folder, configured }),
        Entry::Unreadable(reason) => Some(unlisted(name, path, reason)),
    }
}

fn unlisted(name: &str, path: &Path, reason: String) -> Problem {
    Problem::UnreadableFolder { place: whole(name, path), reason }
}

fn unreadable(name: &str, path: &Path, error: &Unreadable) -> Problem {
    Problem::UnreadableFile { place: whole(name, path), reason: error.to_string() }
}

/// How many files are worth a thread.
const FILES_PER_THREAD: usize = 100;

/// A file whose header is sound, with what is wrong with its SQL; or one that is broken.
type Outcome = Result<(VersionFile, Vec<Problem>), Box<Read>>;

/// Reads version files, many of them in two halves at the same time; the result is in the order of the files.
fn read_all(found: &[Found]) -> Vec<Outcome> {
    let read_some = |some: &[Found]| some.iter().map(read).collect::<Vec<_>>();
    let middle = found.len() / 2;
    let Some((first, second)) = found.split_at_checked(middle).filter(|_| middle >= FILES_PER_THREAD) else {
        return read_some(found);
    };
    thread::scope(|scope| {
        // Where no thread can be had, it takes longer.
        let other = thread::Builder::new().spawn_scoped(scope, || read_some(second)).ok();
        let mut all = read_some(first);
        let read = other.and_then(|other| other.join().ok());
        all.extend(read.unwrap_or_else(|| read_some(second)));
        all
    })
}

/// Reads one version file.
fn read(found: &Found) -> Outcome {
    let parse = |source: &Arc<Source>| match found.kind {
        Kind::Sql => read_sql(source),
        Kind::Rust => read_rust(source),
    };
    let bytes = regular_file::read(&found.path, LARGEST_REVISION).map_err(|error| {
        let problem = unreadable(&found.name, &found.path, &error);
        let source = Arc::new(Source::new(&*found.name, &found.path, ""));
        Box::new(Read { source, header: Partial::unread(), body: None, problems: vec![problem] })
    })?;
    let (source, problem) = source(&found.name, &found.path, bytes);
    let read = parse(&source);
    let Some(problem) = problem else { return read.finish_header() };
    // What can be made out of the header keeps others from being blamed for naming this file.
    let mut read = Read { body: None, problems: vec![problem], ..read };
    read.header.unclear = true;
    Err(Box::new(read))
}

/// A file with its text as far as it is UTF-8, and the problem that it is not.
fn source(name: &str, path: &Path, bytes: Vec<u8>) -> (Arc<Source>, Option<Problem>) {
    let error = match String::from_utf8(bytes) {
        Ok(text) => return (Arc::new(Source::new(name, path, text)), None),
        Err(error) => error,
    };
    let (bytes, offset) = (error.as_bytes(), error.utf8_error().valid_up_to());
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    // The text up to the offset is as it was, so the offset fits the text with replacement characters.
    let text = if utf16 { from_utf16(bytes) } else { String::from_utf8_lossy(bytes).into_owned() };
    let source = Arc::new(Source::new(name, path, text));
    let span = if utf16 { 0..0 } else { offset..offset + char::REPLACEMENT_CHARACTER.len_utf8() };
    let place = Place::new(&source, span);
    (source, Some(Problem::NotUtf8 { place, offset, utf16 }))
}

/// The text of UTF-16 bytes that begin with a byte order mark.
fn from_utf16(bytes: &[u8]) -> String {
    let little = bytes.starts_with(&[0xff, 0xfe]);
    let units = bytes.chunks_exact(2).map(|pair| match *pair {
        [a, b] if little => u16::from_le_bytes([a, b]),
        [a, b] => u16::from_be_bytes([a, b]),
        _ => 0,
    });
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Where the configuration of a folder is, or would be: its name with `.toml`, beside it.
pub fn configuration_of(folder: &Path) -> PathBuf {
    let absolute = absolute(folder);
    let Some(name) = absolute.file_name() else { return folder.join("alembic.toml") };
    let mut file = name.to_owned();
    file.push(".toml");
    // A folder named `.` or `..` has no name of its own to replace.
    if folder.file_name().is_some() { folder.with_file_name(file) } else { absolute.with_file_name(file) }
}
