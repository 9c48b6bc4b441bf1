//! Functions, settings and clauses that reach out of a database, wherever they stand.

use super::kind::statement;
use super::{Found, Text, search_path};
use crate::error::OutsideReason;
use servicekit_chain::Dialect;
use servicekit_chain::sql::TokenKind;

/// Functions by their names, and by how their names begin. The last ones run SQL that they are given as a text.
const SQLITE_FUNCTIONS: [&str; 5] = ["load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"];
const MYSQL_FUNCTIONS: [&str; 4] = ["load_file", "sys_exec", "sys_eval", "spider_*"];
const POSTGRES_FUNCTIONS: [&str; 29] = [
    "dblink*",
    "lo_*",
    "pg_read_*",
    "pg_ls_*",
    "pg_stat_file",
    "pg_file_*",
    "pg_logdir_ls",
    "pg_terminate_backend",
    "pg_cancel_backend",
    "pg_reload_conf",
    "pg_rotate_logfile*",
    "pg_create_*",
    "pg_drop_*",
    "pg_copy_*",
    "pg_replication_*",
    "pg_logical_*",
    "pg_switch_wal",
    "pg_promote",
    "pg_wal_replay_*",
    "pg_backup_*",
    "pg_start_backup",
    "pg_stop_backup",
    "pg_stat_reset*",
    "query_to_xml*",
    "cursor_to_xml*",
    "ts_stat",
    "ts_rewrite",
    "crosstab*",
    "connectby",
];

/// The reason to refuse a statement for a word in it.
pub(super) fn refused(text: Text<'_, '_>, own: &[String]) -> Option<Found> {
    (0..text.tokens.len()).find_map(|at| function(text, at, own).or_else(|| clause(text, at)))
}

fn function(text: Text<'_, '_>, at: usize, own: &[String]) -> Option<Found> {
    if !text.is_sign(at + 1, "(") || !text.is_name(at) {
        return None;
    }
    let name = text.name(at);
    let matches = |known: &str| match known.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == known,
    };
    let found = match text.dialect {
        Dialect::Sqlite => SQLITE_FUNCTIONS.iter().any(|known| matches(known)),
        Dialect::Postgres => POSTGRES_FUNCTIONS.iter().any(|known| matches(known)),
        _ => MYSQL_FUNCTIONS.iter().any(|known| matches(known)),
    };
    if found {
        return Some((OutsideReason::Function { name }, text.span(at, at)));
    }
    let is_config = text.dialect == Dialect::Postgres && name == "set_config";
    if !is_config {
        return None;
    }
    // A name that is put together cannot be read.
    let setting = text.at(at + 2)?;
    let is_text = setting.kind == TokenKind::String && text.is_sign(at + 3, ",");
    let setting_name = setting.unquoted().to_lowercase();
    let leads_inside = setting_name == SEARCH_PATH && search_path::value_is_inside(text, at + 4, own);
    (!is_text || is_outside(&setting_name) && !leads_inside)
        .then(|| (OutsideReason::Setting { name: setting_name }, text.span(at, at + 2)))
}

const SEARCH_PATH: &str = "search_path";

/// Settings of PostgreSQL that change what names mean, or who runs what follows.
fn is_outside(setting: &str) -> bool {
    [SEARCH_PATH, "role", "session_authorization"].contains(&setting)
}

fn clause(text: Text<'_, '_>, at: usize) -> Option<Found> {
    let token = text.at(at)?;
    match text.dialect {
        // Its letters are not those that are compared with.
        Dialect::Postgres if token.text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("U&\"")) => {
            let name = token.text.to_owned();
            Some((OutsideReason::Name { name }, text.span(at, at)))
        }
        // An escape of ODBC, in which tables can be named.
        Dialect::Mysql if token.is_sign("{") => Some(statement(text, at, 2)),
        Dialect::Mysql if token.is("INTO") && text.is(at + 1, &["OUTFILE", "DUMPFILE"]) => {
            Some(statement(text, at, 2))
        }
        Dialect::Mysql if changes_server(text, at) => {
            let name = text.words(at, 2);
            Some((OutsideReason::Setting { name }, text.span(at, at + 1)))
        }
        _ => None,
    }
}

/// `SET GLOBAL …`, `SET @@global.… =` and the like.
fn changes_server(text: Text<'_, '_>, at: usize) -> bool {
    let Some(token) = text.at(at) else { return false };
    let begins = text.before(at, 1).is_some_and(|before| before.is("SET") || before.is_sign(","));
    let is_scope = token.is_any(&["GLOBAL", "PERSIST", "PERSIST_ONLY"]) && begins;
    let variable = token.text.to_ascii_lowercase();
    let is_assigned = text.is_sign(at + 1, "=") || text.is_sign(at + 1, ":=");
    let is_variable = ["@@global", "@@persist"].iter().any(|scope| variable.starts_with(scope));
    // What follows the `.` may be a token of its own.
    let is_written = is_assigned || text.is_sign(at + 1, ".");
    is_scope || (token.kind == TokenKind::Variable && is_variable && is_written)
}

/// The reason to refuse a `SET`.
pub(super) fn set(text: Text<'_, '_>, first: usize, own: &[String]) -> Option<Found> {
    let setting = |name: String, at: usize| Some((OutsideReason::Setting { name }, text.span(first, at)));
    let mut at = first + 1;
    match text.dialect {
        Dialect::Postgres => {
            if text.is(at, &["SESSION", "LOCAL"]) && !text.is(at + 1, &["AUTHORIZATION"]) {
                at += 1;
            }
            if text.is(at, &["SESSION"]) && text.is(at + 1, &["AUTHORIZATION"]) {
                return setting("session_authorization".to_owned(), at + 1);
            }
            let name = text.name(at);
            let leads_inside = name == SEARCH_PATH && search_path::assignment_is_inside(text, at + 1, own);
            (is_outside(&name) && !leads_inside || name == "schema").then_some(())?;
            setting(name, at)
        }
        Dialect::Mysql => {
            let is_account = text.is(at, &["PASSWORD", "ROLE", "DEFAULT", "RESOURCE", "STATEMENT"]);
            let logs = text.tokens.iter().position(|token| {
                let name = token.text.trim_start_matches('@').to_ascii_lowercase();
                name.ends_with("sql_log_bin") || name.ends_with("sql_log_off")
            });
            match logs {
                _ if is_account => setting(text.words(first, 2), at),
                Some(logs) => setting(text.words(logs, 1).to_lowercase(), logs),
                None => None,
            }
        }
        _ => Some(statement(text, first, 1)),
    }
}
