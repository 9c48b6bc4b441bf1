//! Finding the worker among all who connect: everyone on this machine can.
//!
//! The first bytes of a worker hold a token that only it knows. Until they are here, a candidate costs a socket and as many
//! bytes as the token has, and none waits for another.

use servicekit::worker::wire::{self, Hello};
use servicekit::worker::{TIME_TO_GREET, is_same};
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read as _};
use std::net::{TcpListener, TcpStream};
use std::time::Instant;

/// The most that a worker says of itself: ids of revisions.
const MAX_HELLO_LENGTH: usize = 16 << 20;

/// How many candidates may be silent at the same time; beyond it the oldest is dropped.
const MAX_CANDIDATES: usize = 128;

/// How many are accepted before all are read, so that many connections cannot keep the worker from being read.
const ACCEPT_BATCH: usize = 32;

/// How much is read at once of what a worker says; the token is read by itself.
const CHUNK: usize = 8 << 10;

/// Who has connected so far.
#[derive(Debug)]
pub(super) struct Handshake {
    listener: TcpListener,
    /// How a worker begins.
    opening: Vec<u8>,
    candidates: VecDeque<Candidate>,
}

/// What polling once has brought.
#[derive(Debug)]
pub(super) enum HandshakeEvent {
    /// The worker, and what it says of itself.
    Worker(TcpStream, Hello),
    /// Others, or more of a line.
    Activity,
    /// Nothing was received.
    Idle,
}

#[derive(Debug)]
struct Candidate {
    stream: TcpStream,
    received: Vec<u8>,
    since: Instant,
}

/// What is known of a candidate.
enum CandidateState {
    Silent,
    Receiving,
    Worker(Hello),
    Rejected,
}

impl Handshake {
    /// Waits for the process that knows the token; the listener must not block.
    pub(super) fn new(listener: TcpListener, token: &str) -> Self {
        Self { listener, opening: Hello::opening(token).into_bytes(), candidates: VecDeque::new() }
    }

    /// Accepts some connections, and reads from each; never waits.
    ///
    /// # Errors
    /// When no connection can be accepted any more.
    pub(super) fn poll(&mut self, now: Instant) -> io::Result<HandshakeEvent> {
        let mut event = HandshakeEvent::Idle;
        for _ in 0..ACCEPT_BATCH {
            if !self.accept(now)? {
                break;
            }
            event = HandshakeEvent::Activity;
        }
        for _ in 0..self.candidates.len() {
            let Some(mut candidate) = self.candidates.pop_front() else { break };
            match candidate.poll(&self.opening, now) {
                CandidateState::Worker(hello) => {
                    candidate.stream.set_nonblocking(false)?;
                    return Ok(HandshakeEvent::Worker(candidate.stream, hello));
                }
                CandidateState::Silent => self.candidates.push_back(candidate),
                CandidateState::Receiving => {
                    event = HandshakeEvent::Activity;
                    self.candidates.push_back(candidate);
                }
                CandidateState::Rejected => event = HandshakeEvent::Activity,
            }
        }
        Ok(event)
    }

    /// Accepts one connection, if there is one.
    fn accept(&mut self, now: Instant) -> io::Result<bool> {
        let stream = match self.listener.accept() {
            Ok((stream, _)) => stream,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(false),
            // It has gone before its turn (`accept(2)`: ECONNABORTED).
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::Interrupted) => {
                return Ok(true);
            }
            // Too few file descriptors, as long as others have them.
            Err(error) => return self.candidates.pop_front().map(|_| true).ok_or(error),
        };
        if stream.set_nonblocking(true).and_then(|()| stream.set_nodelay(true)).is_ok() {
            if self.candidates.len() == MAX_CANDIDATES {
                self.candidates.pop_front();
            }
            self.candidates.push_back(Candidate { stream, received: Vec::new(), since: now });
        }
        Ok(true)
    }
}

impl Candidate {
    fn poll(&mut self, opening: &[u8], now: Instant) -> CandidateState {
        // The time is for all of it: one byte now and then is not enough to stay.
        if now.duration_since(self.since) >= TIME_TO_GREET {
            return CandidateState::Rejected;
        }
        let mut chunk = [0; CHUNK];
        let wanted = match opening.len().saturating_sub(self.received.len()) {
            0 => CHUNK,
            missing => missing.min(CHUNK),
        };
        let read = match self.stream.read(&mut chunk[..wanted]) {
            Ok(read @ 1..) => &chunk[..read],
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {
                return CandidateState::Silent;
            }
            Ok(_) | Err(_) => return CandidateState::Rejected,
        };
        let had_opening = self.received.len() >= opening.len();
        self.received.extend_from_slice(read);
        if self.received.len() < opening.len() {
            return CandidateState::Receiving;
        }
        if !had_opening {
            return if is_same(&self.received, opening) {
                CandidateState::Receiving
            } else {
                CandidateState::Rejected
            };
        }
        self.line()
    }

    /// The whole line, when it is here. A worker says no more before it is answered.
    fn line(&self) -> CandidateState {
        let Some(line) = self.received.strip_suffix(b"\n") else {
            return if self.received.len() > MAX_HELLO_LENGTH {
                CandidateState::Rejected
            } else {
                CandidateState::Receiving
            };
        };
        let hello = std::str::from_utf8(line).ok().and_then(|line| wire::read(line).ok());
        hello.map_or(CandidateState::Rejected, CandidateState::Worker)
    }
}

#[cfg(test)]
mod tests;
