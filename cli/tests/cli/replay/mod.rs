//! `diff` without a URL: a database and its history, replayed at its revision.

mod compared;
mod confined;
mod scratch;

use crate::database::{Place, everywhere};
use crate::project::Project;
use servicekit_test_servers::{PrivateServer, TestDatabase};

/// A project on a database, and what a replay of it needs.
struct Replayed {
    place: Place,
    /// The options that name the scratch database; none on SQLite.
    options: String,
    scratch: Option<TestDatabase>,
    _server: Option<PrivateServer>,
}

impl Replayed {
    fn diff(&self, options: &str) -> String {
        let text = self.place.run(&format!("diff {} {options}", self.options));
        let Some(scratch) = &self.scratch else { return text };
        text.replace(scratch.url(), "[SCRATCH]")
    }

    /// Fails unless there is nothing in the scratch database.
    fn assert_nothing_is_left(&self) {
        if let Some(scratch) = &self.scratch {
            assert_eq!(things(scratch.url()), Vec::<String>::new());
        }
    }
}

/// The tables, routines, types and schemas of a database of a server.
fn things(url: &str) -> Vec<String> {
    let sql = if url.starts_with("postgres") {
        "SELECT relname::text FROM pg_class WHERE oid >= 16384 UNION ALL \
         SELECT proname::text FROM pg_proc WHERE oid >= 16384 UNION ALL \
         SELECT typname::text FROM pg_type WHERE oid >= 16384 UNION ALL \
         SELECT extname::text FROM pg_extension WHERE oid >= 16384 UNION ALL \
         SELECT nspname::text FROM pg_namespace WHERE oid >= 16384 AND nspname !~ '^pg_'"
    } else {
        "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() UNION ALL \
         SELECT routine_name FROM information_schema.routines WHERE routine_schema = DATABASE()"
    };
    crate::database::answer(url, sql)
}

/// On each kind of database that is there, with a scratch database on a server of its own.
fn on_two_servers(project: impl Fn() -> Project) -> Vec<Replayed> {
    everywhere(project).into_iter().filter_map(with_another_server).collect()
}

fn with_another_server(place: Place) -> Option<Replayed> {
    if place.is_sqlite() {
        return Some(Replayed { place, options: String::new(), scratch: None, _server: None });
    }
    let server = if place.is_mysql() { PrivateServer::mariadb() } else { PrivateServer::postgres() };
    let server = server.start()?;
    let scratch = server.create_database();
    let options = format!("--scratch-url {}", scratch.url());
    Some(Replayed { place, options, scratch: Some(scratch), _server: Some(server) })
}

/// With a scratch database on the same server.
fn on_one_server(place: Place) -> Option<Replayed> {
    use servicekit_test_servers::{mysql, postgres};
    if place.is_sqlite() {
        return with_another_server(place);
    }
    let scratch = if place.is_mysql() { mysql()? } else { postgres()? }.create_database();
    let options = format!("--scratch-url {} --scratch-on-same-server", scratch.url());
    Some(Replayed { place, options, scratch: Some(scratch), _server: None })
}
