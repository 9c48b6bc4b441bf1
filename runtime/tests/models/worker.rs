//! What the worker tells the command line of the models, by a process of its own and over its connection.

use crate::shop::{Order, Shop, User};
use servicekit::__private::{Compiled, Embedded, serve};
use servicekit::schema::NamingConvention;
use servicekit::worker::wire::{self, Message, Models, Request, Statements};
use servicekit::worker::{FOLDER, PLACE};
use servicekit::{Destination, Dialect, Metadata, Migrations, Models as _, models};
use std::io::{BufRead as _, BufReader, ErrorKind, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

static EMBEDDED: Embedded = Embedded {
    folder: "alembic",
    heads: &[],
    revisions: &[],
    version_table: "alembic_version",
    journal_table: "alembic_journal",
    schema: None,
    directories: &[],
    application: "tests 1.0.0",
    current_schema: false,
    ignore: &[],
    databases: &[],
    compiled: Compiled::new(),
};

const HERE: &str = env!("CARGO_MANIFEST_DIR");

// As `migrations!` writes them into an application: each does nothing unless a test below has started it.

#[test]
fn serves_no_env() {
    serve(Migrations::new(&EMBEDDED), HERE, None::<fn()>).unwrap();
}

#[test]
fn serves_the_empty_env() {
    fn env() {}
    serve(Migrations::new(&EMBEDDED), HERE, Some(env)).unwrap();
}

#[test]
fn serves_a_registry() {
    serve(Migrations::new(&EMBEDDED), HERE, Some(|| Shop)).unwrap();
}

#[test]
fn serves_a_list() {
    serve(Migrations::new(&EMBEDDED), HERE, Some(|| models![User, Order])).unwrap();
}

#[test]
fn serves_named() {
    fn env() -> Metadata {
        Shop.metadata().naming(NamingConvention::default().index("{table}_{columns}_idx"))
    }
    serve(Migrations::new(&EMBEDDED), HERE, Some(env)).unwrap();
}

#[derive(Debug, thiserror::Error)]
#[error("the settings cannot be read")]
struct NoSettings(#[source] std::num::ParseIntError);

#[test]
fn serves_an_error() {
    fn env() -> Result<Metadata, NoSettings> {
        "x".parse::<i32>().map(|_| models![]).map_err(NoSettings)
    }
    serve(Migrations::new(&EMBEDDED), HERE, Some(env)).unwrap();
}

/// The connection of a worker that ended without one is no reason to wait for ever.
fn accept(listener: &TcpListener, child: &mut Child) -> TcpStream {
    listener.set_nonblocking(true).unwrap();
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                stream.set_nonblocking(false).unwrap();
                return stream;
            }
            Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock),
        }
        assert_eq!(child.try_wait().unwrap(), None, "the worker has ended");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The models that the worker answers with that this test is.
fn asked(test: &str) -> Models {
    match answered(test, &Request::Models) {
        Message::Models(models) => models,
        other => panic!("{other:?}"),
    }
}

/// What the worker answers that this test is.
fn answered(test: &str, request: &Request) -> Message {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("worker::{test}")])
        .env(PLACE, format!("{port} token answer"))
        .env(FOLDER, HERE)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut stream = accept(&listener, &mut child);
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    lines.next().unwrap().unwrap();
    stream.write_all(format!("answer\n{}\n", wire::write(request)).as_bytes()).unwrap();
    let message: Message = wire::read(&lines.next().unwrap().unwrap()).unwrap();
    stream.shutdown(Shutdown::Both).unwrap();
    assert!(child.wait().unwrap().success());
    message
}

#[test]
fn without_models_in_the_base_the_worker_tells_which_registries_have_some() {
    let models = asked("serves_the_empty_env");
    assert_eq!(models, asked("serves_no_env"));
    insta::assert_debug_snapshot!(models);
}

#[test]
fn the_worker_tells_tables_hints_and_what_is_left_out() {
    insta::assert_debug_snapshot!(asked("serves_a_registry"));
}

#[test]
fn the_worker_tells_the_models_of_a_list() {
    let (list, registry) = (asked("serves_a_list"), asked("serves_a_registry"));
    assert_eq!(list, Models { notes: vec![], ..registry });
}

#[test]
fn the_names_of_the_list_s_convention_are_told() {
    let named = asked("serves_named");
    assert!(named.document.contains("\"name\":\"orders_user_id_idx\""), "{}", named.document);
    assert!(named.rust.contains("orders_user_id_idx"), "{}", named.rust);
}

#[test]
fn whatever_is_asked_the_worker_tells_why_env_has_failed() {
    let to = Destination::head();
    let statements = Statements { from: [].into_iter().collect(), to, dialect: Dialect::Sqlite };
    for request in [Request::Models, Request::Statements(statements)] {
        let Message::EnvironmentFailed(causes) = answered("serves_an_error", &request) else {
            panic!("{request:?}");
        };
        assert_eq!(causes, ["the settings cannot be read", "invalid digit found in string"]);
    }
}
