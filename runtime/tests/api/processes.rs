//! Signals of the operating system.

use crate::support::{File, child, child_file, wait};
use crate::{database, notes, one};
use servicekit::api::axum::Router;
use servicekit::api::axum::routing::get;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Started by the tests below.
#[test]
fn a_child_that_serves() {
    let Some(path) = child_file() else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let served = runtime.block_on(async {
        let file = servicekit::SqliteDatabaseBuilder::from_file(path).with_migrations(one()).build();
        let routes =
            Router::new().route("/slow", get(async || tokio::time::sleep(Duration::from_mins(10)).await));
        let service = notes().with_database(file).include_router(routes).build();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("at {}", listener.local_addr().unwrap());
        service.serve(listener).await
    });
    // Requests that hang would hold the runtime.
    runtime.shutdown_background();
    println!("ended: {}", served.map_or_else(|error| error.to_string(), |()| "in order".to_owned()));
}

struct Served {
    child: Child,
    output: std::io::Lines<BufReader<std::process::ChildStdout>>,
    address: std::net::SocketAddr,
}

fn serve(file: &File) -> Served {
    let mut child =
        child("processes::a_child_that_serves", &file.path()).stdout(Stdio::piped()).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    let address = output
        .find_map(|line| line.unwrap().split("at ").nth(1).and_then(|text| text.trim().parse().ok()))
        .unwrap();
    Served { child, output, address }
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

async fn ready(served: &Served) {
    while !crate::client::request(served.address, "GET", "/health/ready")
        .await
        .is_ok_and(|answer| answer.status == 200)
    {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn ended(mut served: Served) -> String {
    let line =
        served.output.find_map(|line| line.unwrap().split("ended: ").nth(1).map(str::to_owned)).unwrap();
    assert!(wait(served.child).0);
    line
}

#[tokio::test]
async fn either_signal_ends_it_in_order_and_a_second_one_gives_up() {
    for name in ["-TERM", "-INT"] {
        let file = File::new();
        let served = serve(&file);
        ready(&served).await;
        signal(&served.child, name);
        assert_eq!(ended(served), "in order");
        assert!(!file.path().with_file_name("test.db-wal").exists(), "the file has everything");
        database(&file, one()).init().await.unwrap();

        let served = serve(&file);
        ready(&served).await;
        let hanging = tokio::spawn(crate::client::request(served.address, "GET", "/slow"));
        tokio::time::sleep(Duration::from_millis(200)).await;
        signal(&served.child, name);
        tokio::time::sleep(Duration::from_millis(200)).await;
        signal(&served.child, name);
        assert_eq!(
            ended(served),
            "the service ended before its requests: a second signal came while they were running"
        );
        hanging.abort();
    }
}
