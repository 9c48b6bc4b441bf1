//! What git has on branches other than the current one.

use crate::history::stale::file_name;
use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// How many branches are looked at, the newest first: those with the same files cost nothing.
const BRANCHES: usize = 200;

/// What a hook of git sets: it would be asked about that repository instead of the one around the folder.
const OF_ANOTHER_REPOSITORY: [&str; 8] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_WORK_TREE",
];

const LOCAL: &str = "refs/heads/";
const REMOTE: &str = "refs/remotes/";

/// Why it is not known what is on other branches.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotKnown {
    #[error("this program was not compiled with the folder of its revisions")]
    Folder,
    #[error("git cannot be started: {0}")]
    Start(#[from] io::Error),
    #[error("git was not waited for: {0}")]
    Stopped(#[from] tokio::task::JoinError),
    #[error("`git {command}` failed: {said}")]
    Git { command: &'static str, said: String },
    #[error("no other branch has files in the folder of the revisions")]
    NoOther,
}

/// The names of the files that these folders have on other branches.
///
/// Another branch is each but the current one and its copies on remotes. The copy of a remote's default branch is another
/// one: on the trunk, only what was not pushed is on no other branch.
pub(super) async fn files_of_other_branches(
    folders: &'static [&'static str],
) -> Result<BTreeSet<String>, NotKnown> {
    tokio::task::spawn_blocking(|| ask(folders)).await?
}

fn ask(folders: &[&str]) -> Result<BTreeSet<String>, NotKnown> {
    if folders.is_empty() {
        return Err(NotKnown::Folder);
    }
    let mut files = BTreeSet::new();
    for folder in folders {
        let git = Git { folder: Path::new(folder) };
        let branches = git.branches()?;
        let commits: BTreeSet<&str> =
            git.current()?.others(&branches).take(BRANCHES).map(|branch| branch.commit.as_str()).collect();
        for tree in git.trees(&commits)? {
            files.append(&mut git.files(&tree)?);
        }
    }
    if files.is_empty() { Err(NotKnown::NoOther) } else { Ok(files) }
}

/// A branch, here or on a remote.
#[derive(Debug)]
struct Branch {
    /// `refs/heads/main`
    name: String,
    commit: String,
    /// What it stands for: the default branch of a remote, where its name is `refs/remotes/origin/HEAD`.
    stands_for: Option<String>,
}

/// Where the folder's checkout is.
#[derive(Debug)]
enum Current {
    /// On this branch, `refs/heads/main`.
    Branch(String),
    /// On no branch, as continuous integration checks out: at this commit. One that merges others stands for those too, as the
    /// one that is made to test a pull request.
    Detached(BTreeSet<String>),
}

impl Current {
    /// The branches that are not the current one, nor its copies.
    fn others<'b>(&self, branches: &'b [Branch]) -> impl Iterator<Item = &'b Branch> {
        let defaults: BTreeSet<&str> =
            branches.iter().filter_map(|branch| branch.stands_for.as_deref()).collect();
        branches.iter().filter(move |branch| {
            branch.stands_for.is_none() && (defaults.contains(branch.name.as_str()) || !self.is(branch))
        })
    }

    fn is(&self, branch: &Branch) -> bool {
        match self {
            Self::Branch(current) => {
                let copied = branch.name.strip_prefix(REMOTE).and_then(|name| name.split_once('/'));
                *current == branch.name
                    || copied.is_some_and(|(_, name)| current.strip_prefix(LOCAL) == Some(name))
            }
            Self::Detached(commits) => commits.contains(&branch.commit),
        }
    }
}

/// The program, asked about the repository around a folder.
struct Git<'f> {
    folder: &'f Path,
}

impl Git<'_> {
    /// All branches, the newest first.
    fn branches(&self) -> Result<Vec<Branch>, NotKnown> {
        let format = "--format=%(objectname)%09%(symref)%09%(refname)";
        let said = self.ask("for-each-ref", &["--sort=-committerdate", format, LOCAL, REMOTE])?;
        let branch = |line: &str| {
            let mut parts = line.split('\t').map(str::to_owned);
            let (commit, stands_for, name) = (parts.next()?, parts.next()?, parts.next()?);
            Some(Branch { name, commit, stands_for: Some(stands_for).filter(|name| !name.is_empty()) })
        };
        Ok(said.lines().filter_map(branch).collect())
    }

    fn current(&self) -> Result<Current, NotKnown> {
        let name = self.ask("rev-parse", &["--symbolic-full-name", "HEAD"])?;
        if name.trim() != "HEAD" {
            return Ok(Current::Branch(name.trim().to_owned()));
        }
        let said = self.ask("rev-list", &["--parents", "--max-count=1", "HEAD"])?;
        let commits = said.split_whitespace().enumerate();
        // The first parent is what the others were merged into.
        Ok(Current::Detached(
            commits.filter(|(at, _)| *at != 1).map(|(_, commit)| commit.to_owned()).collect(),
        ))
    }

    /// What the folder is in these commits, each once.
    fn trees(&self, commits: &BTreeSet<&str>) -> Result<BTreeSet<String>, NotKnown> {
        let asked: String = commits.iter().flat_map(|commit| [commit, ":./\n"]).collect();
        let said = self.send("cat-file", &["--batch-check=%(objecttype) %(objectname)"], &asked)?;
        Ok(said.lines().filter_map(|line| line.strip_prefix("tree ")).map(str::to_owned).collect())
    }

    /// The names of the files in it.
    fn files(&self, tree: &str) -> Result<BTreeSet<String>, NotKnown> {
        let said = self.ask("ls-tree", &["-r", "-z", "--full-tree", "--name-only", tree])?;
        Ok(said.split_terminator('\0').map(|path| file_name(path).to_owned()).collect())
    }

    fn ask(&self, command: &'static str, arguments: &[&str]) -> Result<String, NotKnown> {
        self.send(command, arguments, "")
    }

    /// What it answers to a command with this input, which is short enough that the answer can wait for its end.
    fn send(&self, command: &'static str, arguments: &[&str], input: &str) -> Result<String, NotKnown> {
        let mut git = Command::new("git");
        for variable in OF_ANOTHER_REPOSITORY {
            git.env_remove(variable);
        }
        // What a partial clone has left out is not worth a connection.
        git.env("GIT_NO_LAZY_FETCH", "1").arg(command).args(arguments).current_dir(self.folder);
        let mut git = git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = git.stdin.take()
            && let Err(error) = stdin.write_all(input.as_bytes())
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            return Err(error.into());
        }
        let output = git.wait_with_output()?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            return Err(NotKnown::Git { command, said });
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_nothing_is_known_is_told() {
        let git = NotKnown::Git { command: "rev-parse", said: "fatal: not a git repository".to_owned() };
        let start = NotKnown::Start(io::Error::from(io::ErrorKind::NotFound));
        let said = [NotKnown::Folder, start, git, NotKnown::NoOther].map(|why| why.to_string());
        insta::assert_snapshot!(said.join("\n"), @"
        this program was not compiled with the folder of its revisions
        git cannot be started: entity not found
        `git rev-parse` failed: fatal: not a git repository
        no other branch has files in the folder of the revisions
        ");
    }
}
