//! Which tests had a server, for whoever counts them.

use std::env;
use std::fs::File;
use std::io::Write as _;
use std::thread;

/// The variable that names a file, to which each test that gets a server adds its name: a line, and several for a test
/// that takes several.
///
/// A test that needs another engine passes without a server, and should not be counted as one that passed on it.
pub const USAGE_VARIABLE: &str = "SERVICEKIT_TEST_USAGE_FILE";

/// Adds the test that runs on this thread, which the test harness has named after it.
pub(crate) fn note() {
    let (Some(path), Some(test)) = (env::var_os(USAGE_VARIABLE), thread::current().name().map(str::to_owned))
    else {
        return;
    };
    let file = File::options().create(true).append(true).open(&path);
    // In one write, because other tests write too.
    file.and_then(|mut file| file.write_all(format!("{test}\n").as_bytes()))
        .unwrap_or_else(|error| panic!("{} cannot be written: {error}", path.display()));
}
