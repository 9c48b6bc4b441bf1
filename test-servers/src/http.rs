//! Services as processes on this machine, and requests to them.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Longer than any answer takes, so that a service that hangs fails the test.
const ANSWER: Duration = Duration::from_mins(1);

/// Sends `GET` on a connection of its own; the status and the body.
///
/// # Errors
/// If nobody listens, or the connection ends before the answer does.
pub fn get(address: SocketAddr, path: &str) -> io::Result<(u16, String)> {
    request(address, &format!("GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"))
}

/// Sends `POST` with this JSON.
///
/// # Errors
/// As [`get`].
pub fn post(address: SocketAddr, path: &str, json: &str) -> io::Result<(u16, String)> {
    let length = json.len();
    request(
        address,
        &format!(
            "POST {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n\r\n{json}"
        ),
    )
}

/// A process that serves, which is killed when it is dropped.
#[derive(Debug)]
pub struct ServedProcess {
    /// The process.
    pub child: Child,
    /// Where it serves.
    pub address: SocketAddr,
}

impl ServedProcess {
    /// Starts it, and reads where it serves from its first line: `serving at 127.0.0.1:4711`.
    ///
    /// # Panics
    /// If it does not start, or says something else.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("serving at ").and_then(|text| text.parse().ok());
        Self { child, address: address.unwrap_or_else(|| panic!("it says {line:?}")) }
    }

    /// The status of `GET`.
    ///
    /// # Panics
    /// If it does not answer.
    pub fn status(&self, path: &str) -> u16 {
        get(self.address, path).unwrap().0
    }
}

impl Drop for ServedProcess {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn request(address: SocketAddr, text: &str) -> io::Result<(u16, String)> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(ANSWER))?;
    stream.write_all(text.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let parts = answer.split_once("\r\n\r\n").and_then(|(head, body)| Some((head.split(' ').nth(1)?, body)));
    let (status, body) = parts.ok_or(io::ErrorKind::UnexpectedEof)?;
    let status = status.parse().map_err(|_| io::ErrorKind::InvalidData)?;
    Ok((status, body.to_owned()))
}
