//! Finding the worker among all who connect: everyone on this machine can.
//!
//! The first bytes of a worker hold a token that only it was told. Until they are here, a visitor costs a socket and as many
//! bytes as the token has, and none waits for another.

use servicekit::worker::wire::{self, Hello};
use servicekit::worker::{TIME_TO_GREET, is_same};
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read as _};
use std::net::{TcpListener, TcpStream};
use std::time::Instant;

/// The most that a worker says of itself: ids of revisions.
const LONGEST_HELLO: usize = 16 << 20;

/// How many visitors may be silent at the same time; beyond it the one that has had the most time goes.
const MOST_VISITORS: usize = 128;

/// How many are let in before all are listened to, so that a crowd at the door cannot keep the worker from being heard.
const AT_A_TIME: usize = 32;

/// How much is read at once of what a worker says; the token is read by itself.
const CHUNK: usize = 8 << 10;

/// Who has connected so far.
#[derive(Debug)]
pub(super) struct Greeting {
    listener: TcpListener,
    /// How a worker begins.
    opening: Vec<u8>,
    visitors: VecDeque<Visitor>,
}

/// What listening once has brought.
#[derive(Debug)]
pub(super) enum Heard {
    /// The worker, and what it says of itself.
    Worker(TcpStream, Hello),
    /// Others, or more of a line.
    Something,
    /// Nobody said anything.
    Nothing,
}

#[derive(Debug)]
struct Visitor {
    stream: TcpStream,
    said: Vec<u8>,
    since: Instant,
}

/// What becomes of a visitor.
enum Verdict {
    Silent,
    HasSaidMore,
    IsTheWorker(Hello),
    Go,
}

impl Greeting {
    /// Waits for whoever knows the token; the listener must not block.
    pub(super) fn new(listener: TcpListener, token: &str) -> Self {
        Self { listener, opening: Hello::opening(token).into_bytes(), visitors: VecDeque::new() }
    }

    /// Lets some in, and listens to each for a moment; never waits.
    ///
    /// # Errors
    /// When nobody can be let in any more.
    pub(super) fn listen(&mut self, now: Instant) -> io::Result<Heard> {
        let mut heard = Heard::Nothing;
        for _ in 0..AT_A_TIME {
            if !self.let_in(now)? {
                break;
            }
            heard = Heard::Something;
        }
        for _ in 0..self.visitors.len() {
            let Some(mut visitor) = self.visitors.pop_front() else { break };
            match visitor.listen(&self.opening, now) {
                Verdict::IsTheWorker(hello) => {
                    visitor.stream.set_nonblocking(false)?;
                    return Ok(Heard::Worker(visitor.stream, hello));
                }
                Verdict::Silent => self.visitors.push_back(visitor),
                Verdict::HasSaidMore => {
                    heard = Heard::Something;
                    self.visitors.push_back(visitor);
                }
                Verdict::Go => heard = Heard::Something,
            }
        }
        Ok(heard)
    }

    /// Lets one in, if one is there.
    fn let_in(&mut self, now: Instant) -> io::Result<bool> {
        let stream = match self.listener.accept() {
            Ok((stream, _)) => stream,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(false),
            // It has gone before its turn (`accept(2)`: ECONNABORTED).
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::Interrupted) => {
                return Ok(true);
            }
            // Too few file descriptors, as long as others have them.
            Err(error) => return self.visitors.pop_front().map(|_| true).ok_or(error),
        };
        if stream.set_nonblocking(true).and_then(|()| stream.set_nodelay(true)).is_ok() {
            if self.visitors.len() == MOST_VISITORS {
                self.visitors.pop_front();
            }
            self.visitors.push_back(Visitor { stream, said: Vec::new(), since: now });
        }
        Ok(true)
    }
}

impl Visitor {
    fn listen(&mut self, opening: &[u8], now: Instant) -> Verdict {
        // The time is for all of it: one byte now and then is not enough to stay.
        if now.duration_since(self.since) >= TIME_TO_GREET {
            return Verdict::Go;
        }
        let mut chunk = [0; CHUNK];
        let wanted = match opening.len().saturating_sub(self.said.len()) {
            0 => CHUNK,
            missing => missing.min(CHUNK),
        };
        let read = match self.stream.read(&mut chunk[..wanted]) {
            Ok(read @ 1..) => &chunk[..read],
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {
                return Verdict::Silent;
            }
            Ok(_) | Err(_) => return Verdict::Go,
        };
        let had_opening = self.said.len() >= opening.len();
        self.said.extend_from_slice(read);
        if self.said.len() < opening.len() {
            return Verdict::HasSaidMore;
        }
        if !had_opening {
            return if is_same(&self.said, opening) { Verdict::HasSaidMore } else { Verdict::Go };
        }
        self.line()
    }

    /// The whole line, when it is here. A worker says no more before it is answered.
    fn line(&self) -> Verdict {
        let Some(line) = self.said.strip_suffix(b"\n") else {
            return if self.said.len() > LONGEST_HELLO { Verdict::Go } else { Verdict::HasSaidMore };
        };
        let hello = std::str::from_utf8(line).ok().and_then(|line| wire::read(line).ok());
        hello.map_or(Verdict::Go, Verdict::IsTheWorker)
    }
}

#[cfg(test)]
mod tests;
