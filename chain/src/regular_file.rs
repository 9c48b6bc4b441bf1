//! Reading files that others have put there, without waiting for ever or filling the memory.

use crate::directory::reason;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::Path;

/// The most bytes of a revision file. What is larger is data, which every build would compile in.
pub const LARGEST_REVISION: u64 = 256 << 20;

/// The most bytes of a configuration, a template and whatever else a person writes by hand.
pub const LARGEST_TEXT: u64 = 1 << 20;

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    /// There is nothing of this name.
    #[error("no such file or directory")]
    Missing,
    /// A symbolic link to nothing.
    #[error("it is a link to something that does not exist")]
    DanglingLink,
    /// A folder.
    #[error("it is a folder")]
    Folder,
    /// A pipe, a socket or a device: reading it could wait for ever, or never end.
    #[error("it is not a regular file")]
    Special,
    /// It has more bytes than are read.
    #[error("it is larger than {} MiB", limit >> 20)]
    TooLarge {
        /// The most bytes that are read.
        limit: u64,
    },
    /// The error of the operating system.
    #[error("{}", reason(.0))]
    Io(#[source] io::Error),
}

/// Reads a regular file, or what a link to one leads to, of at most `limit` bytes.
///
/// # Errors
/// What it is instead; see [`Unreadable`].
///
/// # Examples
/// ```
/// # let folder = tempfile::tempdir()?;
/// use servicekit_chain::regular_file::{LARGEST_TEXT, Unreadable, read};
/// let path = folder.path().join("alembic.toml");
/// std::fs::write(&path, "recursive = true\n")?;
/// assert_eq!(read(&path, LARGEST_TEXT).unwrap(), b"recursive = true\n");
/// assert!(matches!(read(folder.path(), LARGEST_TEXT), Err(Unreadable::Folder)));
/// assert_eq!(read(&path, 10).unwrap_err().to_string(), "it is larger than 0 MiB");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Unreadable> {
    // Before it is opened: to open a pipe waits for a writer (`fifo(7)`).
    check(path, limit)?;
    let file = File::open(path).map_err(Unreadable::Io)?;
    let size = regular(&file.metadata().map_err(Unreadable::Io)?, limit)?;
    let mut bytes = Vec::new();
    bytes
        .try_reserve_exact(usize::try_from(size).unwrap_or(usize::MAX))
        .map_err(|_| Unreadable::Io(io::ErrorKind::OutOfMemory.into()))?;
    // It may grow, and files of `/proc` say that they are empty.
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(Unreadable::Io)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= limit) {
        Ok(bytes)
    } else {
        Err(Unreadable::TooLarge { limit })
    }
}

/// As [`read`], for a file that another program reads.
///
/// # Errors
/// As [`read`] has.
pub fn check(path: &Path, limit: u64) -> Result<(), Unreadable> {
    match fs::metadata(path) {
        Ok(metadata) => regular(&metadata, limit).map(drop),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(if fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink()) {
                Unreadable::DanglingLink
            } else {
                Unreadable::Missing
            })
        }
        Err(error) => Err(Unreadable::Io(error)),
    }
}

/// As [`read`], for text in UTF-8.
///
/// # Errors
/// As [`read`] has; text in another encoding is an [`Unreadable::Io`] of the kind
/// [`InvalidData`](io::ErrorKind::InvalidData).
pub fn read_text(path: &Path, limit: u64) -> Result<String, Unreadable> {
    let text = String::from_utf8(read(path, limit)?);
    text.map_err(|_| {
        Unreadable::Io(io::Error::new(io::ErrorKind::InvalidData, "stream did not contain valid UTF-8"))
    })
}

/// The size of a regular file.
fn regular(metadata: &Metadata, limit: u64) -> Result<u64, Unreadable> {
    if metadata.is_dir() {
        Err(Unreadable::Folder)
    } else if !metadata.is_file() {
        Err(Unreadable::Special)
    } else if metadata.len() > limit {
        Err(Unreadable::TooLarge { limit })
    } else {
        Ok(metadata.len())
    }
}
