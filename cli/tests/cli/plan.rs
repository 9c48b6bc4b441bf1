//! `plan`.

use crate::project::Project;
use insta::assert_snapshot;

#[test]
fn an_upgrade_is_planned_with_the_version_rows_after_each_step() {
    let project = Project::with_two_heads().revision("eeee1", "cccc1, dddd1", "merge both");
    assert_snapshot!(project.run("plan head --from base"), @"
    From <base>, 5 steps:
                      version rows after it  message
    1. upgrade aaaa1  aaaa1                  create users
    2. upgrade bbbb1  bbbb1                  add email
    3. upgrade cccc1  cccc1                  create orders
    4. upgrade dddd1  cccc1, dddd1           index users
    5. upgrade eeee1  eeee1                  merge both
    ");
    assert_snapshot!(project.run("plan heads --from cccc,dddd1"), @"
    From cccc1, dddd1, 1 step:
                      version rows after it  message
    1. upgrade eeee1  eeee1                  merge both
    ");
}

#[test]
fn a_downgrade_is_planned_with_the_version_rows_after_each_step() {
    let project = Project::with_two_heads();
    assert_snapshot!(project.run("plan base --from 'cccc1, dddd1' --downgrade"), @"
    From cccc1, dddd1, 4 steps:
                        version rows after it  message
    1. downgrade dddd1  cccc1                  index users
    2. downgrade cccc1  bbbb1                  create orders
    3. downgrade bbbb1  aaaa1                  add email
    4. downgrade aaaa1  <base>                 create users
    ");
    assert_snapshot!(project.run("plan -1 --downgrade --from cccc1"), @"
    From cccc1, 1 step:
                        version rows after it  message
    1. downgrade cccc1  bbbb1                  create orders
    ");
}

#[test]
fn relative_targets_are_planned() {
    let project = Project::with_a_line();
    assert_snapshot!(project.run("plan +1 --from aaaa1"), @"
    From aaaa1, 1 step:
                      version rows after it  message
    1. upgrade bbbb1  bbbb1                  add email
    ");
    assert_snapshot!(project.run("plan head-1 --from base"), @"
    From <base>, 2 steps:
                      version rows after it  message
    1. upgrade aaaa1  aaaa1                  create users
    2. upgrade bbbb1  bbbb1                  add email
    ");
}

#[test]
fn a_plan_without_steps_says_so() {
    assert_snapshot!(Project::with_a_line().run("plan head --from cccc1"), @"From cccc1 there is nothing to do.");
}

#[test]
fn a_downgrade_that_reaches_into_another_branch_says_so() {
    let project = Project::with_two_heads();
    assert_snapshot!(project.run("plan sales@base --from cccc1,dddd1 --downgrade"), @"
    From cccc1, dddd1, 4 steps:
                        version rows after it  message
    1. downgrade dddd1  cccc1                  index users
    2. downgrade cccc1  bbbb1                  create orders
    3. downgrade bbbb1  aaaa1                  add email
    4. downgrade aaaa1  <base>                 create users
    [stderr]
    note: the downgrade reaches into another branch: dddd1 outside the lineage of `sales` is reverted as well
    ");
}

#[test]
fn a_downgrade_through_a_revision_that_cannot_be_reverted_is_refused() {
    let one_way = "-- drop old\n-- revision: dddd1\n-- down_revision: cccc1\n-- +upgrade\n";
    let project = Project::with_a_line().file("alembic/versions/dddd1.sql", one_way);
    assert_snapshot!(project.run("plan aaaa1 --from head --downgrade"), @"
    [stderr]
    error: the plan reverts `dddd1` (drop old), which cannot be reverted
    help: say how it is reverted in `alembic/versions/dddd1.sql`: a section `-- +downgrade` in a `.sql` file, a function `downgrade` in a `.rs` file
    [exit 1]
    ");
    assert_snapshot!(project.run("plan aaaa1 --from cccc1 --downgrade"), @"
    From cccc1, 2 steps:
                        version rows after it  message
    1. downgrade cccc1  bbbb1                  create orders
    2. downgrade bbbb1  aaaa1                  add email
    ");
}

#[test]
fn a_plan_that_cannot_be_made_says_why() {
    let project = Project::with_two_heads();
    assert_snapshot!(project.run("plan head --from base"), @"
    [stderr]
    error: `head` means one revision, and there are 2
    help: name one of `cccc1` (create orders) and `dddd1` (index users), or a branch as in `label@head`
    [exit 4]
    ");
    assert_snapshot!(project.run("plan heads --from zzzzzzz"), @"
    [stderr]
    error: Can't locate revision identified by `zzzzzzz` in `alembic/versions`
    help: `servicekit migrations history` lists every revision
    [exit 4]
    ");
    assert_snapshot!(project.run("plan nosuch --from base"), @"
    [stderr]
    error: Can't locate revision identified by `nosuch` in `alembic/versions`
    help: `servicekit migrations history` lists every revision
    [exit 4]
    ");
    assert_snapshot!(project.run("plan -1 --from cccc1"), @"
    [stderr]
    error: `-1` leads down, and this is an upgrade
    help: pass `--downgrade`
    [exit 1]
    ");
    assert_snapshot!(project.run("plan +1 --from aaaa1 --downgrade"), @"
    [stderr]
    error: `+1` leads up, and this is a downgrade
    help: leave out `--downgrade`
    [exit 1]
    ");
    assert_snapshot!(project.run("plan dddd1 --from cccc1 --downgrade"), @"
    [stderr]
    error: cannot downgrade to `dddd1`: it is not below what is applied (cccc1)
    [exit 1]
    ");
    assert_snapshot!(project.run("plan heads --from aaaa1,cccc1"), @"
    [stderr]
    error: the version table names `cccc1` and also `aaaa1`, which `cccc1` already implies; a stamp can put that right
    [exit 1]
    ");
    assert_snapshot!(project.run("plan +1 --from bbbb1"), @"
    [stderr]
    error: `+1` is ambiguous: `bbbb1` is followed by `cccc1` and `dddd1`; name the one that is meant
    [exit 4]
    ");
    assert_snapshot!(project.run("plan current --from bbbb1"), @"
    [stderr]
    error: `current` is where a plan starts; write a revision, `head`, `base`, `+1` or `-1`
    [exit 2]
    ");
    assert_snapshot!(project.run("plan a:b --from bbbb1"), @"
    [stderr]
    error: `a:b` is a range, and one target is needed
    [exit 2]
    ");
}

#[test]
fn a_plan_needs_to_know_where_it_starts() {
    assert_snapshot!(Project::with_a_line().run("plan head"), @"
    [stderr]
    error: no database is named
    help: name it with `--database-url`, with the environment variable `DATABASE_URL`, or with `database_url` in `alembic.toml`; or say where to start: `--from base`
    [exit 2]
    ");
    assert_snapshot!(Project::with_a_line().run("plan head --from base --sql"), @"
    [stderr]
    error: no database is named
    help: name it with `--database-url`, with the environment variable `DATABASE_URL`, or with `database_url` in `alembic.toml`; or say its kind: `--sql postgres`
    [exit 2]
    ");
}
