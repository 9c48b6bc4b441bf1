//! MySQL's protocol.

use super::protocol::{FromClient, Protocol, Sent, take, text};
use std::collections::{HashMap, VecDeque};

/// A packet of this length is continued in the next one.
const CONTINUED: usize = 0xff_ffff;
const CLIENT_SSL: u8 = 0x08;

/// One connection.
#[derive(Debug, Default)]
pub(super) struct MySql {
    phase: Phase,
    /// Commands that the server has not begun to answer.
    unanswered: VecDeque<Command>,
    /// The SQL of prepared statements by their ids.
    statements: HashMap<[u8; 4], String>,
    /// A long packet of the client goes on.
    is_continued: bool,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Greeting,
    Authentication,
    Established,
}

#[derive(Debug)]
enum Command {
    Prepare(String),
    Other,
}

impl Protocol for MySql {
    fn take_from_client(&mut self, buffer: &mut Vec<u8>) -> Option<FromClient> {
        let bytes = take_packet(buffer)?;
        let was_continued = self.is_continued;
        self.is_continued = bytes.len() - 4 == CONTINUED;
        if self.phase != Phase::Established || was_continued || bytes[3] != 0 || bytes.len() < 5 {
            // Also the later packets of a command: the rest of a long one, a file that the server asked for.
            return Some(FromClient::Opening(bytes));
        }
        Some(FromClient::Sent(self.sent(bytes)))
    }

    fn take_from_server(&mut self, buffer: &mut Vec<u8>) -> Option<Vec<u8>> {
        let mut bytes = take_packet(buffer)?;
        let first = bytes.get(4).copied();
        match self.phase {
            Phase::Greeting => {
                hide_tls(&mut bytes);
                self.phase = Phase::Authentication;
            }
            // The other answers ask for more of the authentication, or refuse.
            Phase::Authentication if first == Some(0) => self.phase = Phase::Established,
            // The first packet of an answer follows the command's only one.
            Phase::Established if bytes[3] == 1 => {
                if let Some(Command::Prepare(sql)) = self.unanswered.pop_front()
                    && first == Some(0)
                    && let Some(id) = bytes.get(5..9)
                {
                    self.statements.insert([id[0], id[1], id[2], id[3]], sql);
                }
            }
            Phase::Authentication | Phase::Established => {}
        }
        Some(bytes)
    }

    fn is_established(&self) -> bool {
        self.phase == Phase::Established
    }

    fn owes_an_answer(&self) -> bool {
        !self.unanswered.is_empty()
    }
}

impl MySql {
    fn sent(&mut self, bytes: Vec<u8>) -> Sent {
        let kind = name(bytes[4]);
        let body = &bytes[5..];
        let text = matches!(kind, "COM_QUERY" | "COM_STMT_PREPARE").then(|| text(body));
        let runs = match kind {
            "COM_QUERY" => text.clone(),
            "COM_STMT_EXECUTE" => body.first_chunk().and_then(|id| self.statements.get(id)).cloned(),
            _ => None,
        };
        let is_answered = !matches!(kind, "COM_QUIT" | "COM_STMT_CLOSE" | "COM_STMT_SEND_LONG_DATA");
        if is_answered {
            self.unanswered.push_back(match &text {
                Some(sql) if kind == "COM_STMT_PREPARE" => Command::Prepare(sql.clone()),
                _ => Command::Other,
            });
        }
        Sent { bytes, kind, text, runs, is_answered }
    }
}

/// Three bytes of length, one that counts the packets of a command and its answer, then the payload.
fn take_packet(buffer: &mut Vec<u8>) -> Option<Vec<u8>> {
    let header: [u8; 4] = *buffer.first_chunk()?;
    let length = usize::from(header[0]) | usize::from(header[1]) << 8 | usize::from(header[2]) << 16;
    take(buffer, 4 + length)
}

/// Takes TLS off what the server says it can do: the proxy could not read it.
fn hide_tls(greeting: &mut [u8]) {
    // Header, protocol, the version up to a zero byte, 4 bytes of connection id, 8 of a nonce, 1 zero byte.
    let Some(version) = greeting.iter().skip(5).position(|byte| *byte == 0) else { return };
    if let Some(capabilities) = greeting.get_mut(5 + version + 1 + 4 + 8 + 1 + 1) {
        *capabilities &= !CLIENT_SSL;
    }
}

fn name(command: u8) -> &'static str {
    match command {
        0x01 => "COM_QUIT",
        0x02 => "COM_INIT_DB",
        0x03 => "COM_QUERY",
        0x0e => "COM_PING",
        0x11 => "COM_CHANGE_USER",
        0x16 => "COM_STMT_PREPARE",
        0x17 => "COM_STMT_EXECUTE",
        0x18 => "COM_STMT_SEND_LONG_DATA",
        0x19 => "COM_STMT_CLOSE",
        0x1a => "COM_STMT_RESET",
        0x1b => "COM_SET_OPTION",
        0x1c => "COM_STMT_FETCH",
        0x1f => "COM_RESET_CONNECTION",
        _ => "unknown",
    }
}
