//! The worker and whoever listens at the port: is it the command line?

use std::hint::black_box;
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::time::{Duration, Instant};

/// Whether two secrets are the same, in a time that does not tell how much of them is.
#[must_use]
pub fn is_same(a: &[u8], b: &[u8]) -> bool {
    let difference = a.iter().zip(b).fold(0, |difference, (a, b)| black_box(difference | (a ^ b)));
    a.len() == b.len() && difference == 0
}

/// Connects to the command line, says the line, and waits for the answer that only the command line knows.
///
/// # Errors
/// When it does not exist, or is another: it has ended, and its port may be anybody's by now.
pub(super) fn greet(port: u16, line: &str, answer: &str, within: Duration) -> io::Result<TcpStream> {
    let begun = Instant::now();
    let left = || {
        let left = within.checked_sub(begun.elapsed()).filter(|left| !left.is_zero());
        left.ok_or_else(|| io::Error::new(ErrorKind::TimedOut, "the command line does not answer"))
    };
    let mut stream = TcpStream::connect_timeout(&(Ipv4Addr::LOCALHOST, port).into(), within)?;
    stream.set_nodelay(true)?;
    let line = [line.as_bytes(), b"\n"].concat();
    let mut rest = line.as_slice();
    while !rest.is_empty() {
        stream.set_write_timeout(Some(left()?))?;
        rest = rest.get(some(stream.write(rest))?..).unwrap_or_default();
    }
    // No byte of what comes behind it is read.
    let expected = format!("{answer}\n");
    let mut answered = vec![0; expected.len()];
    let mut length = 0;
    while let Some(missing) = answered.get_mut(length..).filter(|missing| !missing.is_empty()) {
        stream.set_read_timeout(Some(left()?))?;
        length += some(stream.read(missing))?;
    }
    if !is_same(&answered, expected.as_bytes()) {
        return Err(io::Error::new(
            ErrorKind::PermissionDenied,
            "another program has the command line's port",
        ));
    }
    // The command line may take its time, and a run goes on while nobody reads what it tells.
    stream.set_read_timeout(None)?;
    stream.set_write_timeout(None)?;
    Ok(stream)
}

/// How many bytes went through; none at all is the end.
fn some(moved: io::Result<usize>) -> io::Result<usize> {
    match moved {
        Ok(0) => Err(ErrorKind::UnexpectedEof.into()),
        // What a timeout is called differs between systems; how much time is left is looked at again.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
            ) =>
        {
            Ok(0)
        }
        moved => moved,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use std::sync::mpsc;
    use std::thread;

    const ANSWER: &str = "0123456789abcdef";
    const SHORT: Duration = Duration::from_millis(300);

    /// What greeting comes to with a command line that does this.
    fn greeted(
        within: Duration,
        line: &str,
        other: impl FnOnce(TcpStream, &mpsc::Receiver<()>) + Send + 'static,
    ) -> Result<(), ErrorKind> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (is_over, over) = mpsc::channel();
        let other = thread::spawn(move || other(listener.accept().unwrap().0, &over));
        let result = greet(port, line, ANSWER, within);
        drop(is_over);
        other.join().unwrap();
        result.map(drop).map_err(|error| error.kind())
    }

    /// Waits for the end of the greeting.
    fn wait(over: &mpsc::Receiver<()>) {
        assert_eq!(over.recv(), Err(mpsc::RecvError));
    }

    #[test]
    fn the_command_line_is_known_by_its_answer_and_what_follows_is_left_to_read() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let other = thread::spawn(move || {
            let mut stream = listener.accept().unwrap().0;
            let mut line = [0; 6];
            stream.read_exact(&mut line).unwrap();
            for part in [&ANSWER[..5], &ANSWER[5..], "\nreq", "uest\n"] {
                stream.write_all(part.as_bytes()).unwrap();
            }
            line
        });
        let mut stream = greet(port, "hello", ANSWER, Duration::from_mins(1)).unwrap();
        assert_eq!(other.join().unwrap(), *b"hello\n");
        let mut rest = String::new();
        stream.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "request\n");
    }

    #[test]
    fn another_at_the_port_does_not_hold_the_worker_up() {
        let silent = greeted(SHORT, "hello", |_stream, over| wait(over));
        assert_eq!(silent, Err(ErrorKind::TimedOut));

        // Each byte comes in time, all of them do not.
        let dripping = greeted(SHORT, "hello", |mut stream, over| {
            while over.recv_timeout(SHORT / 3) == Err(mpsc::RecvTimeoutError::Timeout) {
                let _ = stream.write_all(&ANSWER.as_bytes()[..1]);
            }
        });
        assert_eq!(dripping, Err(ErrorKind::TimedOut));

        let long = "x".repeat(64 << 20);
        let deaf = greeted(SHORT, &long, |_stream, over| wait(over));
        assert_eq!(deaf, Err(ErrorKind::TimedOut));
    }

    #[test]
    fn a_wrong_answer_or_none_is_an_error() {
        let guessed = greeted(Duration::from_mins(1), "hello", |mut stream, over| {
            stream.write_all(b"0123456789abcdeX\n{\"Run\":{}}\n").unwrap();
            wait(over);
        });
        assert_eq!(guessed, Err(ErrorKind::PermissionDenied));
        let endless = greeted(Duration::from_mins(1), "hello", |mut stream, over| {
            while over.try_recv() == Err(mpsc::TryRecvError::Empty) {
                let _ = stream.write_all(&[b'x'; 4096]);
            }
        });
        assert_eq!(endless, Err(ErrorKind::PermissionDenied));
        let gone = greeted(Duration::from_mins(1), "hello", |mut stream, _over| {
            let mut line = [0; 6];
            stream.read_exact(&mut line).unwrap();
        });
        assert_eq!(gone, Err(ErrorKind::UnexpectedEof));
    }

    #[test]
    fn secrets_are_the_same_only_when_every_byte_is() {
        assert!(is_same(b"", b"") && is_same(b"abc", b"abc"));
        for other in [&b"ab"[..], b"abcd", b"abd", b"bbc", b""] {
            assert!(!is_same(b"abc", other), "{other:?}");
        }
    }
}
