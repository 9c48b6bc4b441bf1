//! `merge`.

use crate::project::Project;
use insta::assert_snapshot;

#[test]
fn all_heads_are_merged_when_none_is_named() {
    let project = Project::with_two_heads();
    assert_snapshot!(project.run("merge --rev-id eeee1"), @"
    Created alembic/versions/eeee1_merge_cccc1_and_dddd1.sql
      cccc1, dddd1 -> eeee1 (sales) (head) (mergepoint), merge cccc1 and dddd1
    ");
    assert_snapshot!(crate::project::without_times(&project.read("alembic/versions/eeee1_merge_cccc1_and_dddd1.sql")), @"
    -- merge cccc1 and dddd1
    --
    -- revision: eeee1
    -- down_revision: cccc1, dddd1
    -- created: [TIME]

    -- +upgrade

    -- +downgrade
    ");
    assert_snapshot!(project.run("heads"), @"eeee1 (sales) (head) (mergepoint), merge cccc1 and dddd1");
}

#[test]
fn heads_are_merged_by_that_word_and_by_name_in_the_order_given() {
    assert_snapshot!(Project::with_two_heads().run("merge heads -m 'join them' --rev-id eeee1"), @"
    Created alembic/versions/eeee1_join_them.sql
      cccc1, dddd1 -> eeee1 (sales) (head) (mergepoint), join them
    ");
    assert_snapshot!(Project::with_two_heads().run("merge dddd cccc1 dddd1 --rev-id eeee1 --branch-label all"), @"
    Created alembic/versions/eeee1_merge_dddd1_and_cccc1.sql
      dddd1, cccc1 -> eeee1 (all, sales) (head) (mergepoint), merge dddd1 and cccc1
    ");
}

#[test]
fn one_head_is_nothing_to_merge() {
    let project = Project::with_a_line();
    assert_snapshot!(project.run("merge"), @"
    [stderr]
    error: there is nothing to merge: `cccc1` (create orders) is the only head
    help: a merge joins at least two revisions
    [exit 1]
    ");
    assert_snapshot!(project.run("merge head cccc1"), @"
    [stderr]
    error: there is nothing to merge: `cccc1` (create orders) is the only revision that is named
    help: a merge joins at least two revisions
    [exit 1]
    ");
    assert_snapshot!(Project::new().run("merge"), @"
    [stderr]
    error: there is nothing to merge: no revision is named
    help: a merge joins at least two revisions
    [exit 1]
    ");
}

#[test]
fn a_revision_and_one_below_it_are_nothing_to_merge() {
    let project = Project::with_two_heads();
    assert_snapshot!(project.run("merge aaaa1 cccc1"), @"
    [stderr]
    error: `cccc1` (create orders) comes after `aaaa1` (create users), so there is nothing to merge
    help: leave the older one out
    [exit 1]
    ");
}

#[test]
fn a_head_and_one_on_which_it_depends_can_be_merged() {
    let project = Project::with_two_heads().revision("eeee1", "cccc1", "bill\n-- depends_on: dddd1");
    assert_snapshot!(project.run("merge heads --rev-id ffff1"), @"
    Created alembic/versions/ffff1_merge_dddd1_and_eeee1.sql
      dddd1, eeee1 -> ffff1 (sales) (head) (mergepoint), merge dddd1 and eeee1
    ");
}

#[test]
fn a_revision_that_is_no_head_is_merged_only_on_request() {
    let project = Project::with_two_heads().revision("eeee1", "cccc1", "bill");
    assert_snapshot!(project.run("merge cccc1 dddd1"), @"
    [stderr]
    error: `cccc1` (create orders) is not a head: `eeee1` (bill) follows it
    help: pass `--splice` to begin a branch here, or follow a head
    [exit 1]
    ");
    assert_snapshot!(project.run("merge cccc1 dddd1 --splice --rev-id ffff1"), @r#"
    Created alembic/versions/ffff1_merge_cccc1_and_dddd1.sql
      cccc1, dddd1 -> ffff1 (sales) (head) (mergepoint), merge cccc1 and dddd1
    [stderr]
    note: `alembic/versions` has two heads: `eeee1` and `ffff1`
    help: join them with `servicekit migrations merge heads`, or set `allow = ["multiple_heads"]` in `alembic.toml`
    "#);
}

#[test]
fn a_merge_of_what_is_not_there_is_refused() {
    let project = Project::with_two_heads();
    assert_snapshot!(project.run("merge cccc1 nosuch"), @"
    [stderr]
    error: Can't locate revision identified by `nosuch` in `alembic/versions`
    help: `servicekit migrations history` lists every revision
    [exit 4]
    ");
    assert_snapshot!(project.run("merge --rev-id aaaa1"), @"
    [stderr]
    error: the id `aaaa1` is taken: `alembic/versions/aaaa1.sql` has it
    help: leave `--rev-id` out for a new one
    [exit 1]
    ");
    assert_eq!(project.list("alembic/versions").len(), 4);
}
