//! The history as servicekit embeds it.

servicekit::migrations!("alembic");
