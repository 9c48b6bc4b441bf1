//! Requests to a service on this machine, as tests of whole processes make them.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
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
