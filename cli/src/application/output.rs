//! What an application prints while it works.

use servicekit::worker::FRAME;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::thread::JoinHandle;

/// Passes on to stderr what the application prints; stdout is for the answer of the command. What the framework of the
/// tests prints around it is left out.
pub(super) fn pass_on(output: impl Read + Send + 'static) -> JoinHandle<()> {
    // Where nothing can be written, the run matters more.
    std::thread::spawn(move || drop(own(BufReader::new(output), &mut io::stderr())))
}

/// The lines inside of the frame.
fn own(output: impl BufRead, to: &mut impl Write) -> io::Result<()> {
    let (mut is_inside, mut empty_lines) = (false, 0);
    for line in output.split(b'\n') {
        let line = line?;
        if line == FRAME.trim().as_bytes() {
            is_inside = !is_inside;
            empty_lines = 0;
        } else if is_inside && line.is_empty() {
            // The one in front of the frame is the frame's.
            empty_lines += 1;
        } else if is_inside {
            to.write_all(&[&b"\n".repeat(empty_lines), line.as_slice(), b"\n"].concat())?;
            empty_lines = 0;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lines_inside_of_the_frame_are_passed_on() {
        let printed = format!("\nrunning 1 test\n{FRAME}a\n\n\nb{FRAME}.\n\ntest result: ok\n");
        let mut passed_on = Vec::new();
        own(printed.as_bytes(), &mut passed_on).unwrap();
        assert_eq!(String::from_utf8(passed_on).unwrap(), "a\n\n\nb\n");
    }
}
