//! Revisions whose files are on no other branch are checked too, in real repositories of git.

use crate::support::{Rev, child, child_file, history_with, sql, wait};
use crate::{Place, said, said_everywhere, sqlite};
use servicekit::testing::{CheckedRevisions, MigrationChecks};
use servicekit::{Migrations, sqlx};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A folder with checkouts, each with the folder `alembic/versions`.
struct Checkouts {
    folder: TempDir,
}

/// What the last revision is always checked by itself for.
const LAST: [&str; 1] = ["r4"];

impl Checkouts {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A repository `here` in which `main` has r0, r2 and r4, and no other branch is.
    fn with_main() -> Self {
        let checkouts = Self::new();
        std::fs::create_dir(checkouts.path("here")).unwrap();
        checkouts.git("here", &["init", "--quiet", "--initial-branch=main"]);
        checkouts.commit("here", &["r0", "r2", "r4"]);
        checkouts
    }

    /// The same as a clone of `origin`.
    fn with_origin() -> Self {
        let checkouts = Self::with_main();
        std::fs::rename(checkouts.path("here"), checkouts.path("origin")).unwrap();
        checkouts.git("origin", &["config", "receive.denyCurrentBranch", "ignore"]);
        checkouts.git(".", &["clone", "--quiet", "origin", "here"]);
        checkouts
    }

    fn git(&self, checkout: &str, arguments: &[&str]) -> String {
        let mut git = Command::new("git");
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            git.env_remove(variable);
        }
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        git.args(["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]);
        let output = git.args(arguments).current_dir(self.path(checkout)).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// The folder of a checkout with these files and those that are there.
    fn write(&self, checkout: &str, revisions: &[&str]) -> PathBuf {
        let versions = self.path(checkout).join("alembic/versions");
        std::fs::create_dir_all(&versions).unwrap();
        for revision in revisions {
            std::fs::write(versions.join(format!("{revision}.sql")), "").unwrap();
        }
        versions
    }

    fn commit(&self, checkout: &str, revisions: &[&str]) {
        self.write(checkout, revisions);
        self.git(checkout, &["add", "--all"]);
        self.git(checkout, &["commit", "--quiet", "--allow-empty", "--message", "more"]);
    }

    /// The revisions that a check reverts which is asked for the last one, when the checkout has all five files. Those that
    /// were not there before are removed again.
    async fn reverted(&self, checkout: &str) -> Vec<String> {
        let files: Vec<PathBuf> = (0..5)
            .map(|number| self.path(checkout).join(format!("alembic/versions/r{number}.sql")))
            .collect();
        let missing: Vec<&PathBuf> = files.iter().filter(|file| !file.exists()).collect();
        let versions = self.write(checkout, &["r0", "r1", "r2", "r3", "r4"]);
        let reverted = reverted_in(&versions).await;
        for file in missing {
            std::fs::remove_file(file).unwrap();
        }
        reverted
    }
}

/// Five revisions in this folder; the second one leaves something behind, if that is wanted.
fn five(versions: &Path, has_fault: bool) -> Migrations {
    const IDS: [&str; 5] = ["r0", "r1", "r2", "r3", "r4"];
    let revision = |number: usize| -> Rev {
        let parents: &[&'static str] = if number == 0 { &[] } else { &IDS[number - 1..number] };
        let down =
            if has_fault && number == 1 { "SELECT 1;".to_owned() } else { format!("DROP TABLE t{number};") };
        sql(IDS[number], parents, &format!("CREATE TABLE t{number} (a INTEGER);"), &down)
    };
    let revisions: Vec<Rev> = (0..5).map(revision).collect();
    let versions: &'static str = versions.to_str().unwrap().to_owned().leak();
    history_with(&revisions, |embedded| embedded.directories = vec![versions].leak())
}

fn last(migrations: Migrations) -> MigrationChecks {
    MigrationChecks::new(migrations).revisions(CheckedRevisions::Last(1))
}

async fn reverted_in(versions: &Path) -> Vec<String> {
    let Place(database, _) = sqlite().await;
    let migrations = five(versions, false);
    assert_eq!(last(migrations).up_down_up(&database).await.unwrap(), []);
    assert_eq!(migrations.current(&database).await.unwrap().to_string(), "r4");
    let sql = "SELECT revision FROM alembic_journal WHERE direction = 'downgrade' ORDER BY revision";
    sqlx::query_scalar(sql).fetch_all(&database.pool().unwrap()).await.unwrap()
}

#[tokio::test]
async fn on_a_branch_its_own_revisions_are_checked_committed_or_not() {
    let checkouts = Checkouts::with_main();
    checkouts.git("here", &["checkout", "--quiet", "-b", "ann/names"]);
    checkouts.commit("here", &["r1"]);
    assert_eq!(checkouts.reverted("here").await, ["r1", "r3", "r4"]);
    checkouts.commit("here", &["r3"]);
    assert_eq!(checkouts.reverted("here").await, ["r1", "r3", "r4"]);

    checkouts.git("here", &["branch", "bob/names"]);
    assert_eq!(checkouts.reverted("here").await, LAST, "another branch has them");
}

#[tokio::test]
async fn a_branch_on_the_remote_of_the_same_name_is_no_other_one() {
    let checkouts = Checkouts::with_origin();
    checkouts.git("here", &["checkout", "--quiet", "-b", "ann/names"]);
    checkouts.commit("here", &["r1", "r3"]);
    checkouts.git("here", &["push", "--quiet", "origin", "ann/names"]);
    assert_eq!(checkouts.reverted("here").await, ["r1", "r3", "r4"]);

    checkouts.git("here", &["push", "--quiet", "origin", "ann/names:names"]);
    assert_eq!(checkouts.reverted("here").await, LAST, "a branch of another name has them");
}

#[tokio::test]
async fn on_the_trunk_what_is_not_pushed_is_checked() {
    let checkouts = Checkouts::with_origin();
    checkouts.commit("here", &["r1"]);
    assert_eq!(checkouts.reverted("here").await, ["r1", "r3", "r4"]);
    checkouts.git("here", &["push", "--quiet", "origin", "main"]);
    assert_eq!(checkouts.reverted("here").await, ["r3", "r4"]);
}

#[tokio::test]
async fn without_a_branch_those_at_the_commit_are_the_current_one() {
    let checkouts = Checkouts::with_origin();
    checkouts.git("here", &["checkout", "--quiet", "-b", "names"]);
    checkouts.commit("here", &["r1"]);
    checkouts.git("here", &["push", "--quiet", "origin", "names"]);
    checkouts.git("here", &["checkout", "--quiet", "--detach"]);
    assert_eq!(checkouts.reverted("here").await, ["r1", "r3", "r4"]);

    checkouts.commit("here", &["r3"]);
    assert_eq!(checkouts.reverted("here").await, ["r3", "r4"], "another commit");

    checkouts.git("here", &["checkout", "--quiet", "main"]);
    checkouts.git("here", &["checkout", "--quiet", "--detach"]);
    checkouts.git("here", &["branch", "--quiet", "--delete", "--force", "names"]);
    checkouts.git("here", &["push", "--quiet", "origin", "--delete", "names"]);
    assert_eq!(checkouts.reverted("here").await, ["r1", "r3", "r4"], "the default branch is another one");
}

/// As continuous integration checks out a pull request: nothing is checked out but a commit that merges it into the trunk.
#[tokio::test]
async fn a_commit_that_merges_a_branch_stands_for_it() {
    let checkouts = Checkouts::with_main();
    checkouts.git("here", &["checkout", "--quiet", "-b", "names"]);
    checkouts.commit("here", &["r1"]);
    checkouts.git("here", &["checkout", "--quiet", "main"]);
    checkouts.commit("here", &[]);
    checkouts.git("here", &["checkout", "--quiet", "--detach"]);
    checkouts.git("here", &["merge", "--quiet", "--no-ff", "names"]);
    assert_eq!(checkouts.reverted("here").await, ["r1", "r3", "r4"]);
}

#[tokio::test]
async fn a_worktree_is_on_its_own_branch() {
    let checkouts = Checkouts::with_main();
    checkouts.git("here", &["worktree", "add", "--quiet", "-b", "names", "../beside"]);
    checkouts.commit("beside", &["r1"]);
    assert_eq!(checkouts.reverted("beside").await, ["r1", "r3", "r4"]);
    assert_eq!(checkouts.reverted("here").await, ["r3", "r4"], "of the branch in the worktree it has r1");
}

#[tokio::test]
async fn without_another_branch_or_repository_only_the_last_ones_are_checked() {
    let checkouts = Checkouts::new();
    assert_eq!(checkouts.reverted("nowhere").await, LAST);
    std::fs::create_dir(checkouts.path("new")).unwrap();
    checkouts.git("new", &["init", "--quiet"]);
    assert_eq!(checkouts.reverted("new").await, LAST);

    let alone = Checkouts::with_main();
    assert_eq!(alone.reverted("here").await, LAST);
    alone.git("here", &["checkout", "--quiet", "--orphan", "pages"]);
    alone.git("here", &["rm", "--quiet", "-r", "--cached", "."]);
    alone.git("here", &["commit", "--quiet", "--allow-empty", "--message", "no folder"]);
    alone.git("here", &["checkout", "--quiet", "--force", "main"]);
    assert_eq!(alone.reverted("here").await, LAST, "no other branch has the folder");
}

#[tokio::test]
async fn a_fault_of_an_early_revision_of_the_branch_is_found_on_each_database() {
    let checkouts = Checkouts::with_main();
    checkouts.git("here", &["checkout", "--quiet", "-b", "names"]);
    let migrations = five(&checkouts.write("here", &["r1", "r3"]), true);
    insta::assert_snapshot!(said_everywhere!(database => last(migrations).up_down_up(&database)));
}

/// What a child finds, whose environment is another one.
fn child_finds(versions: &Path, environment: &[(&str, &Path)]) -> String {
    let mut child = child("branches::in_the_environment_of_a_child", versions);
    let (succeeded, said) = wait(child.envs(environment.iter().copied()).spawn().unwrap());
    assert!(succeeded, "{said}");
    said.lines().find_map(|line| line.strip_prefix("reverted ")).unwrap_or(&said).to_owned()
}

#[tokio::test]
async fn in_the_environment_of_a_child() {
    let Some(versions) = child_file() else { return };
    println!("\nreverted {}", reverted_in(&versions).await.join(" "));
}

#[test]
fn a_hook_of_another_repository_does_not_mislead_and_without_git_only_the_last_ones_are_checked() {
    let (checkouts, other) = (Checkouts::with_main(), Checkouts::with_main());
    checkouts.git("here", &["checkout", "--quiet", "-b", "names"]);
    let versions = checkouts.write("here", &["r1", "r3"]);
    assert_eq!(child_finds(&versions, &[]), "r1 r3 r4");
    let (repository, index) = (other.path("here/.git"), other.path("here/.git/index"));
    let in_hook = [
        ("GIT_DIR", &*repository),
        ("GIT_WORK_TREE", &other.path("here")),
        ("GIT_INDEX_FILE", &index),
        ("GIT_PREFIX", Path::new("alembic/")),
    ];
    assert_eq!(child_finds(&versions, &in_hook), "r1 r3 r4");
    assert_eq!(child_finds(&versions, &[("PATH", Path::new(""))]), "r4");
    // As if the repository were someone else's, which git does not read unless `safe.directory` names it.
    assert_eq!(child_finds(&versions, &[("GIT_TEST_ASSUME_DIFFERENT_OWNER", Path::new("1"))]), "r4");
}
