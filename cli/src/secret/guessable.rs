//! Passwords that keep nothing secret.

/// Shorter ones are not looked for in running text.
const SHORTEST: usize = 5;

/// Words that are tried first by whoever guesses, or that stand in nearly every message.
const WORDS: &[&str] = &[
    "admin",
    "administrator",
    "alembic",
    "applied",
    "apply",
    "author",
    "cannot",
    "changeme",
    "column",
    "configuration",
    "connect",
    "connection",
    "create",
    "current",
    "database",
    "default",
    "develop",
    "development",
    "docker",
    "downgrade",
    "error",
    "example",
    "failed",
    "folder",
    "guest",
    "heads",
    "history",
    "localhost",
    "mariadb",
    "message",
    "migration",
    "migrations",
    "mysql",
    "password",
    "pending",
    "postgres",
    "postgresql",
    "production",
    "public",
    "revision",
    "revisions",
    "schema",
    "secret",
    "select",
    "server",
    "service",
    "servicekit",
    "sqlite",
    "stamp",
    "statement",
    "table",
    "testing",
    "update",
    "upgrade",
    "version",
    "versions",
];

/// Whether a password is short, an ordinary word, or the same as another part of its URL.
pub(super) fn is_guessable(password: &str, open: &[String]) -> bool {
    password.chars().count() < SHORTEST
        || WORDS.iter().any(|word| word.eq_ignore_ascii_case(password))
        || open.iter().any(|part| part.eq_ignore_ascii_case(password))
}
