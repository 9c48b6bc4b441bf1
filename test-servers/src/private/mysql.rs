//! How a private MySQL is set up.

use super::mariadb::{at_its_place, option};
use super::{Flavour, Initialization, Place};
use crate::engine::Engine;
use crate::installation::Installation;
use std::ffi::OsString;
use std::path::Path;

pub(super) const FLAVOUR: Flavour = Flavour {
    engine: Engine::MySql,
    name: "MySQL",
    package: "mysql-server",
    user: "mysql",
    server: &["mysqld"],
    stop_signal: "TERM",
    end_signal: "KILL",
    url: |port| format!("mysql://root@127.0.0.1:{port}"),
    initialization,
    arguments,
    setting: |name, value| format!("--{name}={value}").into(),
    fixed_settings: &["lower_case_table_names"],
    tidy: |_| {},
};

/// It makes `root@localhost` only, who is not the user of 127.0.0.1 where names are not resolved. A statement a line.
const ROOT: &str = "CREATE USER root@'127.0.0.1';\nGRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;\n";

fn initialization(installation: &Installation, data: &Path) -> Initialization {
    let mut arguments = common(installation, data);
    // Root without a password.
    arguments.push("--initialize-insecure".into());
    let file = data.with_file_name("root.sql");
    arguments.push(option("--init-file=", &file));
    Initialization {
        program: "mysqld",
        arguments,
        file: Some((file, ROOT)),
        preamble: "",
        scripts: Vec::new(),
    }
}

fn arguments(installation: &Installation, place: &Place, durable: bool) -> Vec<OsString> {
    let mut arguments = common(installation, &place.data());
    arguments.extend(at_its_place(place, durable));
    // With certificates of its own, as any MySQL: it takes no password from a user whom it does not know yet without TLS.
    arguments.push("--mysqlx=OFF".into());
    arguments
}

/// What the server wants to know each time, beginning with what has to be the first.
fn common(installation: &Installation, data: &Path) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = vec!["--no-defaults".into(), option("--datadir=", data)];
    // Otherwise a folder that exists only where it is installed, and without which it does not start.
    arguments.push("--secure-file-priv=".into());
    if let Some(folder) = installation.folder() {
        arguments.push(option("--basedir=", &folder.join("usr")));
        arguments.push(option("--lc-messages-dir=", &folder.join("usr/share/mysql")));
        arguments.push(option("--plugin-dir=", &folder.join("usr/lib/mysql/plugin")));
    }
    arguments
}
