//! The part of the service that its binary and its tests share: the history.

servicekit::migrations!("../../alembic");

/// The Rust in the guide is compiled and run against this history.
#[cfg(doctest)]
mod guide {
    #[doc = include_str!("../../../docs/guide/coming-from-sqlx.md")]
    mod coming_from_sqlx {}
    #[doc = include_str!("../../../docs/guide/macro.md")]
    mod macro_page {}
    #[doc = include_str!("../../../docs/guide/models.md")]
    mod models {}
    #[doc = include_str!("../../../docs/guide/operations.md")]
    mod operations {}
    #[doc = include_str!("../../../docs/guide/production.md")]
    mod production {}
    #[doc = include_str!("../../../docs/guide/running.md")]
    mod running {}
    #[doc = include_str!("../../../docs/guide/rust-on-the-command-line.md")]
    mod rust_on_the_command_line {}
    #[doc = include_str!("../../../docs/guide/servers.md")]
    mod servers {}
    #[doc = include_str!("../../../docs/guide/service.md")]
    mod service {}
    #[doc = include_str!("../../../docs/guide/testing.md")]
    mod testing {}
}
