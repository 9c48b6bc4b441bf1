//! How a private MariaDB is set up.

use super::{Flavour, Place};
use crate::engine::Engine;
use std::ffi::OsString;
use std::path::Path;

pub(super) const FLAVOUR: Flavour = Flavour {
    engine: Engine::MySql,
    name: "MariaDB",
    package: "mariadb-server",
    user: "mysql",
    server: &["mariadbd", "mysqld"],
    initialize: &["mariadb-install-db"],
    stop_signal: "TERM",
    end_signal: "KILL",
    url: |port| format!("mysql://root@127.0.0.1:{port}"),
    initialize_arguments,
    arguments,
    setting: |name, value| format!("--{name}={value}").into(),
    tidy: |_| {},
};

fn initialize_arguments(data: &Path) -> Vec<OsString> {
    vec![
        "--no-defaults".into(),
        // Root without a password, on 127.0.0.1 too.
        "--auth-root-authentication-method=normal".into(),
        "--skip-name-resolve".into(),
        "--skip-test-db".into(),
        option("--datadir=", data),
        option("--tmpdir=", data),
    ]
}

fn arguments(place: &Place, durable: bool) -> Vec<OsString> {
    // The first option has to be the first.
    let mut arguments: Vec<OsString> = vec!["--no-defaults".into(), option("--datadir=", &place.data())];
    arguments.push(option("--socket=", &place.folder.join("socket")));
    arguments.push(option("--pid-file=", &place.folder.join("pid")));
    // A server that starts deletes every temporary table in this folder, also those of another server.
    arguments.push(option("--tmpdir=", &place.data()));
    arguments.extend([format!("--port={}", place.port).into()]);
    arguments.extend(
        [
            "--bind-address=127.0.0.1",
            "--skip-name-resolve",
            "--max-connections=300",
            "--innodb-buffer-pool-size=64M",
            "--performance-schema=OFF",
        ]
        .map(OsString::from),
    );
    if !durable {
        // 2 hands each commit to the operating system; with 0 a killed server would lose what it has confirmed.
        arguments.extend(
            ["--innodb-flush-log-at-trx-commit=2", "--innodb-doublewrite=OFF", "--sync-binlog=0"]
                .map(OsString::from),
        );
    }
    arguments
}

fn option(name: &str, path: &Path) -> OsString {
    let mut option = OsString::from(name);
    option.push(path);
    option
}
