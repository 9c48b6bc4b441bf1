//! One client's connection, forwarded message by message.

use super::message::Message;
use super::mysql::MySql;
use super::postgres::Postgres;
use super::protocol::{FromClient, Protocol, Sent};
use super::record::{Act, Opened, Rule, Then, When};
use crate::url::DatabaseUrl;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::Instant;

/// How long a server may take over an answer that the client does not get.
const TIME_TO_ANSWER: Duration = Duration::from_secs(30);

/// Forwards until one side closes, or the connection is cut.
pub(super) async fn serve(
    client: TcpStream,
    target: Arc<DatabaseUrl>,
    opened: Opened,
    mut cut: watch::Receiver<()>,
) {
    let forwarding = async {
        let server = TcpStream::connect(target.address()).await?;
        client.set_nodelay(true)?;
        server.set_nodelay(true)?;
        let protocol: Box<dyn Protocol> =
            if target.is_postgres() { Box::<Postgres>::default() } else { Box::<MySql>::default() };
        Wire { client, server, protocol, opened: &opened, server_spoke_last: true, muted: None }
            .forward()
            .await
    };
    tokio::select! {
        _ = cut.changed() => {}
        // Whichever side failed, the other one sees its connection closed.
        _ = forwarding => {}
    }
    // The sockets are closed by now, which is what a `cut` waits for.
    drop(opened);
}

struct Wire<'a> {
    client: TcpStream,
    server: TcpStream,
    protocol: Box<dyn Protocol>,
    opened: &'a Opened,
    server_spoke_last: bool,
    /// The client hears nothing until something was done.
    muted: Option<Muted>,
}

/// An answer that is kept back until the server has given all of it.
struct Muted {
    since: Instant,
    kept: Vec<u8>,
    act: Act,
}

/// Whether a connection goes on.
#[derive(PartialEq, Eq)]
enum Next {
    GoOn,
    Close,
}

impl Wire<'_> {
    async fn forward(mut self) -> io::Result<()> {
        let (mut from_client, mut from_server) = (Vec::new(), Vec::new());
        loop {
            let give_up = self.muted.as_ref().map(|muted| muted.since + TIME_TO_ANSWER);
            let next = tokio::select! {
                count = self.client.read_buf(&mut from_client) => match count? {
                    0 => Next::Close,
                    _ => self.forward_to_server(&mut from_client).await?,
                },
                count = self.server.read_buf(&mut from_server) => match count? {
                    0 => Next::Close,
                    _ => self.forward_to_client(&mut from_server).await?,
                },
                () = tokio::time::sleep_until(give_up.unwrap_or_else(Instant::now)), if give_up.is_some() => Next::Close,
            };
            if next == Next::Close {
                return Ok(());
            }
        }
    }

    /// What came in one go is forwarded in one go.
    async fn forward_to_server(&mut self, buffer: &mut Vec<u8>) -> io::Result<Next> {
        let mut forward = Vec::new();
        let mut next = Next::GoOn;
        while let Some(from_client) = self.protocol.take_from_client(buffer) {
            match from_client {
                FromClient::Opening(bytes) => forward.extend(bytes),
                FromClient::Answered(answer) => self.client.write_all(answer).await?,
                FromClient::Sent(sent) => {
                    let (rule, bytes) = self.write_down(sent);
                    if let Some(Rule { when, act, .. }) = rule {
                        if when == When::After {
                            self.muted = Some(Muted { since: Instant::now(), kept: Vec::new(), act });
                        } else if self.opened.act(act) == Then::Cut {
                            next = Next::Close;
                            break;
                        }
                    }
                    forward.extend(bytes);
                }
            }
        }
        self.server.write_all(&forward).await?;
        Ok(next)
    }

    fn write_down(&mut self, sent: Sent) -> (Option<Rule>, Vec<u8>) {
        let begins_a_round_trip = sent.is_answered && self.server_spoke_last;
        self.server_spoke_last &= !begins_a_round_trip;
        let Sent { bytes, kind, text, runs, .. } = sent;
        let message = Message { connection: self.opened.number(), kind, text, runs };
        (self.opened.message(message, begins_a_round_trip), bytes)
    }

    async fn forward_to_client(&mut self, buffer: &mut Vec<u8>) -> io::Result<Next> {
        self.server_spoke_last |= self.protocol.is_established();
        let mut forward = Vec::new();
        let mut answered = false;
        while let Some(bytes) = self.protocol.take_from_server(buffer) {
            forward.extend(bytes);
            answered = !self.protocol.owes_an_answer();
        }
        if let Some(mut muted) = self.muted.take() {
            muted.kept.extend(forward);
            if !answered {
                self.muted = Some(muted);
                return Ok(Next::GoOn);
            }
            if self.opened.act(muted.act) == Then::Cut {
                return Ok(Next::Close);
            }
            forward = muted.kept;
        }
        self.client.write_all(&forward).await?;
        Ok(Next::GoOn)
    }
}
