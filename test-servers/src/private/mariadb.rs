//! How a private MariaDB is set up.

use super::{Flavour, Initialization, Place};
use crate::engine::Engine;
use crate::installation::Installation;
use std::ffi::OsString;
use std::path::Path;

pub(super) const FLAVOUR: Flavour = Flavour {
    engine: Engine::MySql,
    name: "MariaDB",
    package: "mariadb-server",
    user: "mysql",
    // Not `mysqld`, a name that MySQL's server has.
    server: &["mariadbd"],
    stop_signal: "TERM",
    end_signal: "KILL",
    url: |port| format!("mysql://root@127.0.0.1:{port}"),
    initialization,
    arguments,
    setting: |name, value| format!("--{name}={value}").into(),
    fixed_settings: &[],
    tidy: |_| {},
};

/// The program that is made for it looks for its files where they would be installed; so from a folder it is done as
/// that program does it.
fn initialization(installation: &Installation, data: &Path) -> Initialization {
    let mut arguments: Vec<OsString> = vec!["--no-defaults".into()];
    arguments.extend([option("--datadir=", data), option("--tmpdir=", data)]);
    let Some(folder) = installation.folder() else {
        // Root without a password, on 127.0.0.1 too.
        arguments.extend(["--auth-root-authentication-method=normal".into(), "--skip-name-resolve".into()]);
        arguments.push("--skip-test-db".into());
        return Initialization {
            program: "mariadb-install-db",
            arguments,
            file: None,
            preamble: "",
            scripts: Vec::new(),
        };
    };
    arguments.extend(files(folder));
    arguments.extend(["--bootstrap".into(), "--enforce-storage-engine=".into()]);
    arguments.push("--max-allowed-packet=8M".into());
    Initialization {
        program: "mariadbd",
        arguments,
        file: None,
        preamble: "CREATE DATABASE IF NOT EXISTS mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n",
        scripts: SCRIPTS.map(|script| folder.join(MESSAGES).join(script)).into(),
    }
}

/// Where the messages and the scripts are, in a folder.
const MESSAGES: &str = "usr/share/mariadb";

/// The scripts of `mariadb-install-db`, in its order.
const SCRIPTS: [&str; 5] = [
    "mariadb_system_tables.sql",
    "mariadb_performance_tables.sql",
    "mariadb_system_tables_data.sql",
    "maria_add_gis_sp_bootstrap.sql",
    "mariadb_sys_schema.sql",
];

/// Where a server in a folder finds what belongs to it.
fn files(folder: &Path) -> [OsString; 3] {
    [
        option("--basedir=", &folder.join("usr")),
        option("--lc-messages-dir=", &folder.join(MESSAGES)),
        option("--character-sets-dir=", &folder.join(MESSAGES).join("charsets")),
    ]
}

fn arguments(installation: &Installation, place: &Place, durable: bool) -> Vec<OsString> {
    // The first option has to be the first.
    let mut arguments: Vec<OsString> = vec!["--no-defaults".into(), option("--datadir=", &place.data())];
    arguments.extend(installation.folder().map(files).into_iter().flatten());
    arguments.extend(at_its_place(place, durable));
    // A server that starts deletes every temporary table in this folder, also those of another server.
    arguments.push(option("--tmpdir=", &place.data()));
    arguments.extend(["--innodb-buffer-pool-size=64M", "--performance-schema=OFF"].map(OsString::from));
    arguments
}

/// What MySQL and MariaDB are told alike: where they listen, and how much they care for what is written.
pub(super) fn at_its_place(place: &Place, durable: bool) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = vec![
        option("--socket=", &place.folder.join("socket")),
        option("--pid-file=", &place.folder.join("pid")),
        format!("--port={}", place.port).into(),
    ];
    arguments.extend(
        ["--bind-address=127.0.0.1", "--skip-name-resolve", "--max-connections=300"].map(OsString::from),
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

pub(super) fn option(name: &str, path: &Path) -> OsString {
    let mut option = OsString::from(name);
    option.push(path);
    option
}
