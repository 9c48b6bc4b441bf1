//! What is said when a test has to be left out, and when that is an error.

use std::collections::BTreeSet;
use std::env;
use std::io::{self, Write as _};
use std::sync::Mutex;

/// The variable that turns `LEFT OUT` into a panic.
///
/// `1` requires everything. `shared` requires only the two servers of [`postgres()`](crate::postgres) and
/// [`mysql()`](crate::mysql): that is for a developer whose servers run elsewhere and who has no binaries of them.
/// Unset, empty or `0` requires nothing.
pub const REQUIRE_VARIABLE: &str = "SERVICEKIT_TEST_REQUIRE_SERVERS";

/// What can be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// A server that all tests share.
    SharedServer,
    /// A program on this machine.
    Program,
    /// What was ruled out by name, and is therefore never required.
    Excluded,
}

/// Says that tests are left out, once per process and thing, or panics where the thing is required.
pub(crate) fn left_out(missing: Missing, what: &str, why: &str) {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let setting = env::var(REQUIRE_VARIABLE).unwrap_or_default();
    let required = match setting.as_str() {
        "" | "0" => false,
        "shared" => missing == Missing::SharedServer,
        _ => missing != Missing::Excluded,
    };
    assert!(!required, "{what} cannot be left out, {REQUIRE_VARIABLE} is `{setting}`: {why}");
    if SAID.lock().unwrap().insert(what.to_owned()) {
        say(&format!("LEFT OUT: {what}: {why}"));
    }
}

/// Writes to the terminal itself: what `eprintln!` writes is captured by the test harness and shown only for a
/// test that fails.
pub(crate) fn say(line: &str) {
    // Nothing can be done about a closed standard error, and no test should fail for it.
    let _ = writeln!(io::stderr().lock(), "{line}");
}
