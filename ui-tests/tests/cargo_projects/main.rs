//! `migrations!` in real cargo projects: when they rebuild, where they may live, what the tools say.

#![allow(
    clippy::unwrap_used,
    reason = "the helpers of a test may fail it; the lint knows only its functions"
)]

mod errors;
mod places;
mod project;
mod rebuilding;
mod tools;
