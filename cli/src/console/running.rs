//! The lines that show what is running, and for how long; on a terminal only.

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use std::time::Duration;

/// How often they are drawn.
const TICK: Duration = Duration::from_millis(100);

/// A revision that is running, and its statement.
#[derive(Debug)]
pub(super) struct Running {
    lines: MultiProgress,
    revision: ProgressBar,
    statement: ProgressBar,
}

impl Running {
    /// Begins to show a revision.
    pub(super) fn begin(revision: String) -> Self {
        let lines = MultiProgress::new();
        let line = |template: &str| {
            // The templates are constants, and good.
            let style = ProgressStyle::with_template(template);
            let bar = lines.add(ProgressBar::new_spinner());
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            bar
        };
        let (first, second) = (line("{spinner} {elapsed:>4} {wide_msg}"), line("  {elapsed:>4} {wide_msg}"));
        first.set_message(revision);
        first.enable_steady_tick(TICK);
        Self { lines, revision: first, statement: second }
    }

    /// Its next statement begins.
    pub(super) fn statement(&self, text: String) {
        self.statement.reset_elapsed();
        self.statement.set_message(text);
        self.statement.enable_steady_tick(TICK);
    }

    /// Prints something else above the lines.
    pub(super) fn above<T>(&self, print: impl FnOnce() -> T) -> T {
        self.lines.suspend(print)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.statement.finish_and_clear();
        self.revision.finish_and_clear();
    }
}
