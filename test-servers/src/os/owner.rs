//! The user that a server runs as.

use std::fs;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

/// Who a server's process and files belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// Whoever runs the tests.
    Me,
    /// The server's own user: servers refuse to run as root.
    Another {
        /// The user's id.
        uid: u32,
        /// The id of the user's group.
        gid: u32,
    },
}

impl Owner {
    /// The named user when root runs the tests, else whoever does.
    ///
    /// # Panics
    /// When root runs the tests and there is no such user.
    pub(crate) fn for_server(user: &str) -> Self {
        if id(&["-u"]) != Some(0) {
            return Self::Me;
        }
        match (id(&["-u", user]), id(&["-g", user])) {
            (Some(uid), Some(gid)) => Self::Another { uid, gid },
            _ => panic!("a server does not run as root, and there is no user `{user}` to run it as"),
        }
    }

    pub(crate) fn is_another(self) -> bool {
        self != Self::Me
    }

    /// Makes a file or folder the owner's.
    pub(crate) fn give(self, path: &Path) {
        if let Self::Another { uid, gid } = self {
            chown(path, Some(uid), Some(gid))
                .unwrap_or_else(|error| panic!("{} cannot be given to the server: {error}", path.display()));
        }
    }

    /// Writes a file that the owner may read.
    pub(crate) fn write(self, path: &Path, text: &str) {
        fs::write(path, text).unwrap_or_else(|error| panic!("{} cannot be written: {error}", path.display()));
        self.give(path);
    }

    /// Lets a program run as the owner.
    pub(crate) fn run_as(self, command: &mut Command) {
        if let Self::Another { uid, gid } = self {
            command.uid(uid).gid(gid);
        }
    }
}

fn id(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}
