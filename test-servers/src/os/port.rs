//! Free ports.

use std::hash::{BuildHasher as _, RandomState};
use std::net::{Ipv4Addr, TcpListener};

/// Below the ports that the kernel gives to clients: one of those might take a server's port while the server is
/// down between `kill` and `restart`.
const FIRST: u16 = 20_000;
const COUNT: u16 = 10_000;

/// A port that nobody listens on now.
///
/// Another process may find the same one; a server that then fails to bind it is started again on another.
pub(crate) fn free_port() -> u16 {
    let start = RandomState::new().hash_one(()) % u64::from(COUNT);
    (0..COUNT)
        .map(|step| FIRST + (u16::try_from(start).unwrap_or_default() + step) % COUNT)
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .expect("one of ten thousand ports is free")
}
