//! Talking to a worker.

use super::worker::Worker;
use crate::async_runtime;
use crate::failure::{ApplicationFailure, Failure};
use servicekit::worker::STOP;
use servicekit::worker::wire::{self, Message, Request};
use servicekit::{Progress, StopToken};
use std::io;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// How often it is looked whether the run is to stop.
const POLL_INTERVAL: Duration = Duration::from_millis(50);

impl Worker {
    /// Sends a request that no database is needed for, and waits for its answer.
    ///
    /// # Errors
    /// As [`ask`](Self::ask).
    pub(crate) fn ask_once(mut self, request: &Request) -> Result<Message, Failure> {
        let runtime = async_runtime::new().map_err(|source| ApplicationFailure::Start { source })?;
        runtime.block_on(self.ask(request, &StopToken::new(), |_| {}))
    }

    /// Sends a request and waits for its answer, which is no [`Message::Happened`]: those go to `on_progress` as they come.
    ///
    /// # Errors
    /// When the application ends without an answer, or its `env()` fails.
    pub(crate) async fn ask(
        &mut self,
        request: &Request,
        stop: &StopToken,
        on_progress: impl Fn(&Progress),
    ) -> Result<Message, Failure> {
        let answer = match self.stream.try_clone() {
            Ok(stream) => converse(stream, request, stop, on_progress).await,
            Err(error) => Err(error),
        };
        match answer {
            Ok(Some(Message::EnvironmentFailed(causes))) => {
                let file = self.environment.clone();
                return Err(ApplicationFailure::Environment { file, causes }.into());
            }
            Ok(Some(answer)) => return Ok(self.names.translate(answer)),
            Ok(None) | Err(_) => {}
        }
        let status = self.end();
        Err(ApplicationFailure::Ended { status }.into())
    }
}

async fn converse(
    stream: std::net::TcpStream,
    request: &Request,
    stop: &StopToken,
    on_progress: impl Fn(&Progress),
) -> io::Result<Option<Message>> {
    stream.set_nonblocking(true)?;
    let mut stream = TcpStream::from_std(stream)?;
    // Not halves that are owned: when one is dropped, the other side would take it for the end.
    let (read, mut write) = stream.split();
    let mut lines = BufReader::new(read).lines();
    write.write_all((wire::write(request) + "\n").as_bytes()).await?;
    let mut has_asked = false;
    loop {
        if stop.is_stopped() && !has_asked {
            write.write_all(format!("{STOP}\n").as_bytes()).await?;
            has_asked = true;
        }
        let Ok(line) = tokio::time::timeout(POLL_INTERVAL, lines.next_line()).await else { continue };
        let Some(line) = line? else { return Ok(None) };
        match wire::read(&line)? {
            Message::Happened(happened) => on_progress(&happened),
            answer => return Ok(Some(answer)),
        }
    }
}
