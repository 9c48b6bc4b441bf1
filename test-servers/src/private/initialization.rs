//! Making an empty data folder.

use crate::os::{Owner, Program};
use std::ffi::OsString;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// How a data folder is made.
#[derive(Debug)]
pub(super) struct Initialization {
    /// The name of the program that makes it.
    pub(super) program: &'static str,
    pub(super) arguments: Vec<OsString>,
    /// A file that the program is told of, with what is in it.
    pub(super) file: Option<(PathBuf, &'static str)>,
    /// What the program reads: this text, then these files.
    pub(super) preamble: &'static str,
    pub(super) scripts: Vec<PathBuf>,
}

impl Initialization {
    /// Makes the folder, with everything in it that belongs to an empty server.
    ///
    /// # Panics
    /// When that fails.
    pub(super) fn run(&self, program: &Program, owner: Owner, data: &Path) {
        fs::create_dir(data).unwrap_or_else(|error| panic!("{} cannot be made: {error}", data.display()));
        owner.give(data);
        if let Some((path, text)) = &self.file {
            owner.write(path, text);
        }
        let mut command = program.command();
        command.args(&self.arguments).current_dir(data);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        owner.run_as(&mut command);
        let mut child =
            command.spawn().unwrap_or_else(|error| panic!("{program} cannot be started: {error}"));
        // One that has failed reads no more, and says why.
        let _ = child.stdin.take().expect("a pipe").write_all(&self.input());
        let output = child.wait_with_output().unwrap_or_else(|error| panic!("{program} is lost: {error}"));
        assert!(
            output.status.success(),
            "{program} failed with {}:\n{}{}",
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn input(&self) -> Vec<u8> {
        let mut input = self.preamble.as_bytes().to_vec();
        for script in &self.scripts {
            let text = fs::read(script)
                .unwrap_or_else(|error| panic!("{} cannot be read: {error}", script.display()));
            input.extend(text);
        }
        input
    }
}
