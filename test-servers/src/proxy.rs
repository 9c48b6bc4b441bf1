//! A wire between a client and its database that can be listened to and cut.

mod connection;
mod message;
mod mysql;
mod postgres;
mod protocol;
mod record;

pub use message::Message;
pub use record::Then;

use crate::url::DatabaseUrl;
use record::{Record, Rule, When};
use std::net::{Ipv4Addr, TcpListener as StdListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// A TCP proxy on 127.0.0.1 in front of a database, in a thread of its own.
///
/// It records what clients send once their start-up and authentication are over. It speaks without TLS and tells
/// clients that the server has none.
///
/// ```no_run
/// use servicekit_test_servers::{WireProxy, postgres};
///
/// # fn example() {
/// let Some(server) = postgres() else { return };
/// let database = server.create_database();
/// let wire = WireProxy::start(database.url());
/// wire.cut_after(|message| message.executes("COMMIT"));
/// // … a client of `wire.url()` commits, and never hears whether it has …
/// assert_eq!(wire.cuts(), 1);
/// # }
/// ```
#[derive(Debug)]
pub struct WireProxy {
    url: String,
    record: Arc<Record>,
    cut: watch::Sender<()>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl WireProxy {
    /// Starts a proxy in front of a PostgreSQL, MySQL or MariaDB database.
    ///
    /// The target is connected to when a client is, so that it may be down meanwhile.
    ///
    /// # Panics
    /// When the URL is not one, or no port is to be had.
    pub fn start(target_url: &str) -> Self {
        let target = DatabaseUrl::parse(target_url);
        let listener = StdListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port for the proxy");
        listener.set_nonblocking(true).expect("a listener can be made non-blocking");
        let port = listener.local_addr().expect("a listener has an address").port();
        let record = Arc::new(Record::default());
        let cut = watch::Sender::new(());
        let stop = watch::Sender::new(false);
        let url = target.clone().through(port).to_string();
        let work = serve(listener, target, Arc::clone(&record), cut.clone(), stop.subscribe());
        let thread = thread::spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a tokio runtime can be made").block_on(work);
        });
        Self { url, record, cut, stop, thread: Some(thread) }
    }

    /// The target's URL, by way of the proxy.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What clients have sent so far, in order, also what was then not forwarded.
    pub fn messages(&self) -> Vec<Message> {
        self.record.messages()
    }

    /// How often the direction has turned from client to server: what a client sends in one go after an answer
    /// counts once.
    ///
    /// Messages without an answer, such as a farewell, do not count.
    pub fn round_trips(&self) -> usize {
        self.record.round_trips()
    }

    /// Forgets messages and round trips; connections and cuts to come stay.
    pub fn clear(&self) {
        self.record.clear();
    }

    /// Closes all current connections, on both sides; returns when that is done. New ones are let in.
    pub fn cut(&self) {
        let open = self.record.open_connections();
        self.cut.send_replace(());
        self.record.wait_until_closed(&open);
    }

    /// Cuts a connection once, at the first message that matches: the server never sees it.
    pub fn cut_before(&self, matches: impl Fn(&Message) -> bool + Send + 'static) {
        self.act_before(matches, || Then::Cut);
    }

    /// Cuts a connection once, at the first message that matches: the server sees it and what the client sends
    /// along, and has answered before the connection is cut, but the client gets none of the answer.
    pub fn cut_after(&self, matches: impl Fn(&Message) -> bool + Send + 'static) {
        self.act_after(matches, || Then::Cut);
    }

    /// Does something once, at the first message that matches, before the server sees it.
    ///
    /// The whole proxy waits for `act`. So a client can be stopped with its message still on its way.
    pub fn act_before(
        &self,
        matches: impl Fn(&Message) -> bool + Send + 'static,
        act: impl FnOnce() -> Then + Send + 'static,
    ) {
        self.record.add_rule(Rule { when: When::Before, matches: Box::new(matches), act: Box::new(act) });
    }

    /// Does something once, at the first message that matches, when the server has answered it and what the client sent
    /// along, and before the client gets the answer.
    ///
    /// The whole proxy waits for `act`. So a client can be killed that would have heard in the next moment.
    pub fn act_after(
        &self,
        matches: impl Fn(&Message) -> bool + Send + 'static,
        act: impl FnOnce() -> Then + Send + 'static,
    ) {
        self.record.add_rule(Rule { when: When::After, matches: Box::new(matches), act: Box::new(act) });
    }

    /// How many connections were cut at a message.
    pub fn cuts(&self) -> usize {
        self.record.cuts()
    }
}

impl Drop for WireProxy {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take() {
            // A predicate that panicked has said so already.
            let _ = thread.join();
        }
    }
}

async fn serve(
    listener: StdListener,
    target: DatabaseUrl,
    record: Arc<Record>,
    cut: watch::Sender<()>,
    mut stop: watch::Receiver<bool>,
) {
    let listener = TcpListener::from_std(listener).expect("a listener goes over to tokio");
    let target = Arc::new(target);
    loop {
        tokio::select! {
            // All connections end with the runtime.
            _ = stop.changed() => return,
            client = listener.accept() => {
                let Ok((client, _)) = client else { continue };
                let opened = record.open();
                let cut = cut.subscribe();
                tokio::spawn(connection::serve(client, Arc::clone(&target), opened, cut));
            }
        }
    }
}
