//! What the proxy has to know of a protocol.

/// One end of a protocol, cut into messages.
pub(super) trait Protocol: Send {
    /// Takes the next whole message of the client off the front of what has come.
    fn take_from_client(&mut self, buffer: &mut Vec<u8>) -> Option<FromClient>;

    /// Takes the next whole message of the server off the front of what has come.
    fn take_from_server(&mut self, buffer: &mut Vec<u8>) -> Option<Vec<u8>>;

    /// Whether start-up and authentication are over.
    fn is_established(&self) -> bool;

    /// Whether the client still waits for an answer to something that it has sent.
    fn owes_an_answer(&self) -> bool;
}

/// What came from a client.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FromClient {
    /// For the server, and nobody's business: part of start-up and authentication.
    Opening(Vec<u8>),
    /// A message of an established connection.
    Sent(Sent),
    /// Something that the proxy answers by itself.
    Answered(&'static [u8]),
}

/// A message of an established connection.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) bytes: Vec<u8>,
    pub(super) kind: &'static str,
    pub(super) text: Option<String>,
    pub(super) runs: Option<String>,
    /// Whether the server answers such a message.
    pub(super) is_answered: bool,
}

/// Takes bytes off the front, when that many have come.
pub(super) fn take(buffer: &mut Vec<u8>, length: usize) -> Option<Vec<u8>> {
    (buffer.len() >= length).then(|| buffer.drain(..length).collect())
}

/// The text up to a zero byte, and what follows the byte.
pub(super) fn until_zero(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|byte| *byte == 0) {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &[]),
    }
}

/// SQL as text, whatever its bytes are.
pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
