//! Targets that lead nowhere.

use super::place::{on_sqlite, same_everywhere};
use super::up_and_down::{shop, two_branches};
use insta::assert_snapshot;

#[test]
fn a_target_that_is_not_there_is_answered_with_near_ones() {
    let session = [
        "upgrade bbbb1",
        "upgrade cccd1",
        "downgrade aaab1",
        "stamp nosuch",
        "upgrade nosuch@head",
        "current",
    ];
    assert_snapshot!(same_everywhere(shop, |place| place.session(&session)), @"
    $ upgrade bbbb1
    upgrade aaaa1  create users [TIME]
    upgrade bbbb1  add email [TIME]
    The database went from <base> to bbbb1: 2 revisions in [TIME]
    $ upgrade cccd1
    [stderr]
    error: Can't locate revision identified by `cccd1` in `alembic/versions`
    help: did you mean `cccc1` (create orders)?
    [exit 4]
    $ downgrade aaab1
    [stderr]
    error: Can't locate revision identified by `aaab1` in `alembic/versions`
    help: did you mean `aaaa1` (create users)?
    [exit 4]
    $ stamp nosuch
    [stderr]
    error: Can't locate revision identified by `nosuch` in `alembic/versions`
    help: `servicekit migrations history` lists every revision
    [exit 4]
    $ upgrade nosuch@head
    [stderr]
    error: Can't locate branch identified by `nosuch` in `alembic/versions`
    help: a branch label or a revision stands before `@`; `servicekit migrations history` lists them
    [exit 4]
    $ current
    bbbb1
    ");
}

#[test]
fn one_head_is_asked_for_where_there_are_two() {
    assert_snapshot!(on_sqlite(two_branches()).session(&["upgrade", "stamp head"]), @"
    $ upgrade
    [stderr]
    error: `head` means one revision, and there are 2
    help: name one of `bbbb1` (add email) and `cccc1` (create orders), or a branch as in `label@head`
    [exit 4]
    $ stamp head
    [stderr]
    error: `head` means one revision, and there are 2
    help: name one of `bbbb1` (add email) and `cccc1` (create orders), or a branch as in `label@head`
    [exit 4]
    ");
}

#[test]
fn heads_that_the_configuration_does_not_allow_are_run_with_a_note() {
    let place = on_sqlite(two_branches().file("alembic.toml", ""));
    assert_snapshot!(place.session(&["upgrade heads", "current"]), @r#"
    $ upgrade heads
    upgrade aaaa1  create users [TIME]
    upgrade bbbb1  add email [TIME]
    upgrade cccc1  create orders [TIME]
    The database went from <base> to bbbb1, cccc1: 3 revisions in [TIME]
    [stderr]
    note: `alembic/versions` has two heads: `bbbb1` and `cccc1`
    help: join them with `servicekit migrations merge heads`, or set `allow = ["multiple_heads"]` in `alembic.toml`
    $ current
    bbbb1 (head)
    cccc1 (head)
    [stderr]
    note: `alembic/versions` has two heads: `bbbb1` and `cccc1`
    help: join them with `servicekit migrations merge heads`, or set `allow = ["multiple_heads"]` in `alembic.toml`
    "#);
}

#[test]
fn a_target_in_the_wrong_direction_is_refused() {
    let session =
        ["upgrade bbbb1", "upgrade -1", "downgrade +1", "downgrade cccc1", "upgrade +5", "downgrade -5"];
    assert_snapshot!(on_sqlite(shop()).session(&session), @"
    $ upgrade bbbb1
    upgrade aaaa1  create users [TIME]
    upgrade bbbb1  add email [TIME]
    The database went from <base> to bbbb1: 2 revisions in [TIME]
    $ upgrade -1
    [stderr]
    error: `-1` leads down, and this is an upgrade
    now: nothing was run; the database is at bbbb1
    help: that is `servicekit migrations downgrade -1`
    [exit 1]
    $ downgrade +1
    [stderr]
    error: `+1` leads up, and this is a downgrade
    now: nothing was run; the database is at bbbb1
    help: that is `servicekit migrations upgrade +1`
    [exit 1]
    $ downgrade cccc1
    [stderr]
    error: cannot downgrade to `cccc1`: it is not below what is applied (bbbb1)
    now: nothing was run; the database is at bbbb1
    [exit 1]
    $ upgrade +5
    [stderr]
    error: `+5` leads past the last revision
    [exit 4]
    $ downgrade -5
    [stderr]
    error: `-5` leads past the first revision
    [exit 4]
    ");
}

#[test]
fn what_is_no_target_is_wrong_usage() {
    let session = ["upgrade a:b", "downgrade", "stamp", "resolve perhaps", "upgrade --acquire-timeout -1"];
    assert_snapshot!(on_sqlite(shop()).session(&session), @"
    $ upgrade a:b
    [stderr]
    error: `a:b` is a range, and one target is needed
    [exit 2]
    $ downgrade
    [stderr]
    error: the following required arguments were not provided:
      <TARGET>

    Usage: servicekit migrations downgrade <TARGET>

    For more information, try '--help'.
    [exit 2]
    $ stamp
    [stderr]
    error: the following required arguments were not provided:
      <TARGET>...

    Usage: servicekit migrations stamp <TARGET>...

    For more information, try '--help'.
    [exit 2]
    $ resolve perhaps
    [stderr]
    error: invalid value 'perhaps' for '<WHAT>'
      [possible values: done, not-done]

    For more information, try '--help'.
    [exit 2]
    $ upgrade --acquire-timeout -1
    [stderr]
    error: invalid value '-1' for '--acquire-timeout <SECONDS>': write a number of seconds, for example `10` or `0.5`

    For more information, try '--help'.
    [exit 2]
    ");
}
