//! PostgreSQL's protocol, version 3.

use super::protocol::{FromClient, Protocol, Sent, take, text, until_zero};
use std::collections::HashMap;

const SSL_REQUEST: u32 = 80_877_103;
const GSS_ENCRYPTION_REQUEST: u32 = 80_877_104;
const CANCEL_REQUEST: u32 = 80_877_102;

/// One connection.
#[derive(Debug, Default)]
pub(super) struct Postgres {
    phase: Phase,
    /// How often the server has yet to say that it is ready for a query.
    owed: usize,
    /// The SQL of prepared statements by their names.
    statements: HashMap<Vec<u8>, String>,
    /// The SQL of portals by their names.
    portals: HashMap<Vec<u8>, String>,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Startup,
    Authentication,
    Established,
}

impl Protocol for Postgres {
    fn take_from_client(&mut self, buffer: &mut Vec<u8>) -> Option<FromClient> {
        match self.phase {
            Phase::Startup => self.take_startup(buffer),
            Phase::Authentication => take_message(buffer).map(FromClient::Opening),
            Phase::Established => take_message(buffer).map(|bytes| FromClient::Sent(self.sent(bytes))),
        }
    }

    fn take_from_server(&mut self, buffer: &mut Vec<u8>) -> Option<Vec<u8>> {
        let bytes = take_message(buffer)?;
        if bytes[0] == b'Z' {
            if self.phase == Phase::Established {
                self.owed = self.owed.saturating_sub(1);
            }
            self.phase = Phase::Established;
        }
        Some(bytes)
    }

    fn is_established(&self) -> bool {
        self.phase == Phase::Established
    }

    fn owes_an_answer(&self) -> bool {
        self.owed > 0
    }
}

impl Postgres {
    /// The first message has no type; a client may ask for encryption before it.
    fn take_startup(&mut self, buffer: &mut Vec<u8>) -> Option<FromClient> {
        let bytes = take(buffer, length(buffer.get(..4)?).max(8))?;
        match u32::from_be_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]) {
            SSL_REQUEST | GSS_ENCRYPTION_REQUEST => return Some(FromClient::Answered(b"N")),
            CANCEL_REQUEST => {}
            _ => self.phase = Phase::Authentication,
        }
        Some(FromClient::Opening(bytes))
    }

    fn sent(&mut self, bytes: Vec<u8>) -> Sent {
        let tag = bytes[0];
        let body = &bytes[5..];
        let (mut sql, mut runs) = (None, None);
        match tag {
            b'Q' => {
                sql = Some(text(until_zero(body).0));
                runs.clone_from(&sql);
            }
            b'P' => {
                let (name, rest) = until_zero(body);
                let statement = text(until_zero(rest).0);
                self.statements.insert(name.to_owned(), statement.clone());
                sql = Some(statement);
            }
            b'B' => {
                let (portal, rest) = until_zero(body);
                let statement = self.statements.get(until_zero(rest).0).cloned().unwrap_or_default();
                self.portals.insert(portal.to_owned(), statement);
            }
            b'E' => runs = self.portals.get(until_zero(body).0).cloned(),
            _ => {}
        }
        if matches!(tag, b'Q' | b'S' | b'F') {
            self.owed += 1;
        }
        Sent { kind: name(tag), text: sql, runs, is_answered: tag != b'X', bytes }
    }
}

/// A type byte, then a length that counts itself.
fn take_message(buffer: &mut Vec<u8>) -> Option<Vec<u8>> {
    let length = length(buffer.get(1..5)?);
    take(buffer, 1 + length.max(4))
}

fn length(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte))
}

fn name(tag: u8) -> &'static str {
    match tag {
        b'B' => "Bind",
        b'C' => "Close",
        b'D' => "Describe",
        b'E' => "Execute",
        b'F' => "FunctionCall",
        b'H' => "Flush",
        b'P' => "Parse",
        b'Q' => "Query",
        b'S' => "Sync",
        b'X' => "Terminate",
        b'c' => "CopyDone",
        b'd' => "CopyData",
        b'f' => "CopyFail",
        _ => "unknown",
    }
}
