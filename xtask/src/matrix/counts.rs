//! What the test harness says of each test.

use std::collections::BTreeSet;

/// The tests that passed and that did not.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Counts {
    pub(super) passed: Vec<String>,
    pub(super) failed: Vec<String>,
    /// How many there are without a result, because their process ended before.
    pub(super) lost: usize,
}

impl Counts {
    /// Takes in one more line of its output.
    pub(super) fn read(&mut self, line: &str) {
        if let Some(count) = announced(line) {
            self.lost += count;
        }
        let Some((test, result)) = line.strip_prefix("test ").and_then(|line| line.rsplit_once(" ... "))
        else {
            return;
        };
        if matches!(result, "ok" | "FAILED") || result.starts_with("ignored") {
            self.lost = self.lost.saturating_sub(1);
        }
        match result {
            "ok" => self.passed.push(test.to_owned()),
            "FAILED" => self.failed.push(test.to_owned()),
            _ => {}
        }
    }

    /// Forgets those that passed without a server; `usage` has a line for each test that had one.
    pub(super) fn keep_passed(&mut self, usage: &str) {
        let used: BTreeSet<&str> = usage.lines().collect();
        self.passed.retain(|test| used.contains(test.as_str()));
    }
}

/// How many tests a process is about to run.
fn announced(line: &str) -> Option<usize> {
    let (count, rest) = line.strip_prefix("running ")?.split_once(' ')?;
    matches!(rest, "test" | "tests").then(|| count.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn tests_of_a_process_that_ended_early_are_lost() {
        let mut counts = Counts::default();
        let text = "running 3 tests\ntest a ... FAILED\nthread caused non-unwinding panic. aborting.\n\
                    running 1 test\ntest b ... ok";
        text.lines().for_each(|line| counts.read(line));
        assert_eq!(
            (counts.lost, counts.passed, counts.failed),
            (2, vec!["b".to_owned()], vec!["a".to_owned()])
        );
    }

    #[test]
    fn only_tests_that_had_a_server_count_as_passed_and_failures_are_named() {
        let mut counts = Counts::default();
        let text = "running 4 tests\ntest a::b ... ok\ntest a::c ... FAILED\ntest a::d ... ok\n\
                    test a::e ... ignored\n\
                    test result: FAILED. 2 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out";
        text.lines().for_each(|line| counts.read(line));
        counts.keep_passed("a::b\na::c\na::b\nmain\n");
        assert_eq!(
            counts,
            Counts { passed: vec!["a::b".to_owned()], failed: vec!["a::c".to_owned()], lost: 0 }
        );
    }
}
