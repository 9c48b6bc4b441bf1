//! What an application prints while it works.

use crate::console::{Passed, pass_all_on, pass_on};
use servicekit::worker::FRAME;
use std::io::{BufReader, Read};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// What a program that has ended may have left in its pipes takes no longer. A program that it has started, and that goes
/// on, may hold them open for ever.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);

/// What an application prints, as long as it is passed on.
#[derive(Debug)]
pub(super) struct WorkerOutput(Vec<Receiver<()>>);

impl WorkerOutput {
    /// Passes on to stderr what the application prints. What the framework of the tests prints around it is left out.
    pub(super) fn pass_on(
        stdout: Option<impl Read + Send + 'static>,
        stderr: Option<impl Read + Send + 'static>,
    ) -> Self {
        let stdout = stdout.map(|stdout| {
            in_thread(move || {
                let mut frame = Frame::default();
                pass_on(BufReader::new(stdout), |line| frame.passed(line));
            })
        });
        let stderr = stderr.map(|stderr| in_thread(move || pass_all_on(BufReader::new(stderr))));
        Self(stdout.into_iter().chain(stderr).collect())
    }

    /// Waits until all that an application that has ended had to say is passed on.
    pub(super) fn end(self) {
        for ended in self.0 {
            // Either all is passed on, or time is up.
            let _ = ended.recv_timeout(DRAIN_TIMEOUT);
        }
    }
}

fn in_thread(work: impl FnOnce() + Send + 'static) -> Receiver<()> {
    let (sender, ended) = mpsc::channel();
    std::thread::spawn(move || {
        work();
        drop(sender);
    });
    ended
}

/// Tells the lines of the application from those of the framework around them.
#[derive(Debug, Default)]
struct Frame {
    is_inside: bool,
    empty_lines: usize,
}

impl Frame {
    fn passed(&mut self, line: &[u8]) -> Passed {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        if text == FRAME.trim().as_bytes() {
            *self = Self { is_inside: !self.is_inside, empty_lines: 0 };
        } else if self.is_inside && text.is_empty() {
            // The one in front of the frame is the frame's.
            self.empty_lines += 1;
        } else if self.is_inside {
            let empty_lines = std::mem::take(&mut self.empty_lines);
            return Passed::As([&b"\n".repeat(empty_lines), text, b"\n"].concat());
        }
        Passed::Not
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lines_inside_of_the_frame_are_passed_on() {
        let printed = format!("\nrunning 1 test\n{FRAME}a\n\n\nb{FRAME}.\n\ntest result: ok\n");
        let mut frame = Frame::default();
        let passed = printed.as_bytes().split_inclusive(|byte| *byte == b'\n').map(|line| frame.passed(line));
        let passed = passed.filter_map(|passed| match passed {
            Passed::As(lines) => Some(lines),
            Passed::Not => None,
        });
        assert_eq!(String::from_utf8(passed.collect::<Vec<_>>().concat()).unwrap(), "a\n\n\nb\n");
    }
}
