//! The worker's side.

use super::environment::{self, Environment, Gathered};
use super::greet::greet;
use super::wire::{self, Compiled, ErrorFacts, Hello, Message, Request, Run, Statements};
use super::{FRAME, PROTOCOL, STOP, TIME_TO_GREET};
use super::{models, replay};
use crate::Database;
use crate::database::AnyBackend;
use crate::error::Error;
use crate::history::Migrations;
use crate::progress::Progress;
use crate::report::Report;
use crate::run::{Migrator, StopToken, TransactionMode};
use crate::script::PlannedStep;
use nanoserde::SerJson;
use std::io::{self, BufRead as _, BufReader, Lines, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::Builder;

/// The environment variable that holds the port of the command line, the token that it wants to see, and what it answers.
pub const PLACE: &str = "SERVICEKIT_WORKER";

/// The environment variable that holds the folder of the history that is wanted.
pub const FOLDER: &str = "SERVICEKIT_WORKER_FOLDER";

/// A run has a connection of its own, and whatever the application does besides has another.
pub(super) const CONNECTIONS: u32 = 2;

/// How many threads there are for what the revisions do.
pub(super) const THREADS: usize = 2;

/// Serves the command line, if it has started this process and wants this history; else does nothing.
///
/// `env` is what the application does before it does anything for the command line, and gives its models.
///
/// # Errors
/// When the command line cannot be reached or understood; it will say so itself.
pub fn serve<E: Environment>(
    migrations: Migrations,
    folder: &str,
    env: Option<fn() -> E>,
) -> Result<(), io::Error> {
    // Every application compiles what is generic.
    serve_with(migrations, folder, &mut || env.map(|env| env().metadata()))
}

fn serve_with(
    migrations: Migrations,
    folder: &str,
    env: &mut dyn FnMut() -> Option<Gathered>,
) -> Result<(), io::Error> {
    let Some(Call { port, token, answer: expected }) = called_for(folder) else { return Ok(()) };
    let hello = wire::write(&Hello {
        token,
        protocol: PROTOCOL,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        revisions: migrations.revisions().iter().map(Compiled::from).collect(),
    });
    let stream = greet(port, &hello, &expected, TIME_TO_GREET)?;
    let lines = BufReader::new(stream.try_clone()?).lines();
    let channel = Channel(Arc::new(Mutex::new(stream)));
    let stop = StopToken::new();
    let requests = listen(lines, stop.clone());
    frame()?;
    // The command line goes away without a request where this is not what it wants.
    let mut gathered = None;
    for request in requests {
        let gathered = gathered.get_or_insert_with(|| env().unwrap_or_else(|| ().metadata()));
        let request: Request = wire::read(&request)?;
        let answer = answer(migrations, &request, gathered, &stop, &channel)?;
        channel.send(&answer)?;
    }
    frame()
}

/// Hands on requests as they come. A command line that is gone wants nothing more to begin either.
fn listen(lines: Lines<BufReader<TcpStream>>, stop: StopToken) -> Receiver<String> {
    let (sender, requests) = mpsc::channel();
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            if line == STOP {
                stop.stop();
            } else if sender.send(line).is_err() {
                break;
            }
        }
        stop.stop();
    });
    requests
}

/// What the command line has left in [`PLACE`].
struct Call {
    port: u16,
    token: String,
    answer: String,
}

/// The call, where this history is wanted.
fn called_for(folder: &str) -> Option<Call> {
    let place = std::env::var(PLACE).ok()?;
    let wanted = std::env::var_os(FOLDER)?;
    let real = |path: &Path| path.canonicalize().ok();
    let is_wanted = real(Path::new(folder)).is_some_and(|here| real(Path::new(&wanted)) == Some(here));
    let mut words = place.split(' ').filter(|_| is_wanted);
    let port = words.next()?.parse().ok()?;
    Some(Call { port, token: words.next()?.to_owned(), answer: words.next()?.to_owned() })
}

/// Marks where the output of the application begins and ends; not by `println`, which tests capture.
fn frame() -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(FRAME.as_bytes())?;
    stdout.flush()
}

/// What goes to the command line.
#[derive(Clone)]
struct Channel(Arc<Mutex<TcpStream>>);

impl Channel {
    fn send(&self, message: &impl SerJson) -> io::Result<()> {
        let line = wire::write(message) + "\n";
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write_all(line.as_bytes())
    }
}

fn answer(
    migrations: Migrations,
    request: &Request,
    gathered: &Gathered,
    stop: &StopToken,
    channel: &Channel,
) -> io::Result<Message> {
    if let Some(causes) = environment::failure(gathered) {
        return Ok(Message::EnvironmentFailed(causes));
    }
    let answer = match request {
        Request::Run(request) => run(migrations, request, stop, channel)?.map(Message::Ran),
        Request::Replay(request) => {
            replay::run(migrations, request, stop, told(channel.clone()))?.map(Message::Replayed)
        }
        Request::Statements(request) => statements(migrations, request).map(Message::Statements),
        Request::Models => Ok(Message::Models(models::found(gathered))),
    };
    Ok(answer.unwrap_or_else(|error| Message::Failed(ErrorFacts::from(&error))))
}

/// The outer error is one of this process, the inner one of the run.
pub(super) type Outcome<T> = io::Result<Result<T, Error>>;

fn run(migrations: Migrations, request: &Run, stop: &StopToken, channel: &Channel) -> Outcome<Report> {
    // As most applications have it: what they call may count on further threads.
    super::can_wait()?;
    let runtime = Builder::new_multi_thread().worker_threads(THREADS).enable_all().build()?;
    let migrator = migrator(migrations, request, stop, channel.clone());
    let result = runtime.block_on(async {
        let database =
            Database::<AnyBackend>::from_url(&request.url)?.with_max_connections(CONNECTIONS).build();
        database.init().await?;
        let report = migrator.run_to(&database, request.to.clone()).await;
        database.dispose().await;
        report
    });
    Ok(result)
}

fn migrator(migrations: Migrations, request: &Run, stop: &StopToken, channel: Channel) -> Migrator {
    let mode =
        if request.is_one_transaction { TransactionMode::PerRun } else { TransactionMode::PerRevision };
    let migrator = migrations.migrator().transaction(mode).stopped_by(stop).on_progress(told(channel));
    match request.acquire_timeout_ms {
        Some(timeout) => migrator.acquire_timeout(Duration::from_millis(timeout)),
        None => migrator,
    }
}

fn told(channel: Channel) -> impl Fn(&Progress) + Send + Sync + 'static {
    move |progress: &Progress| {
        // A run goes on to its next boundary when nobody listens any more.
        let _ = channel.send(&Message::Happened(progress.clone()));
    }
}

fn statements(migrations: Migrations, request: &Statements) -> Result<Vec<PlannedStep>, Error> {
    let plan = migrations.plan_from(&request.from, &request.to)?;
    migrations.preview(&plan, request.dialect)
}
