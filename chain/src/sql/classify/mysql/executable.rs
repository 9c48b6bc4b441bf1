//! Executable comments, which one server runs and another leaves out.

use crate::Dialect;
use crate::sql::classify::{StatementClass, TransactionBehavior};
use crate::sql::{LexicalMode, Token, TokenKind, tokens};

/// Who runs what stands in an executable comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reader {
    /// Every server that is supported.
    All,
    /// Some of them.
    Some,
    /// None of them.
    None,
}

impl Reader {
    /// MySQL 8 runs what is for a version up to its own (manual, 9.7), MariaDB too except for MySQL's later
    /// versions, 50700 to 99999 (MariaDB, "Comment Syntax"). `999999` is a mark of MariaDB's dumps.
    fn new(comment: &str) -> Self {
        let version = comment.trim_start_matches(['/', '*', '!', 'M']);
        let mariadb = comment.starts_with("/*M");
        match version.parse::<u32>() {
            Ok(999_999..) => Self::None,
            Ok(50_700..) => Self::Some,
            _ if mariadb => Self::Some,
            _ => Self::All,
        }
    }
}

/// Whether all servers run what stands in the executable comments of a statement.
pub(in crate::sql::classify) fn are_read_by_all(mode: LexicalMode, sql: &str) -> bool {
    let mut starts = tokens(mode, sql).filter(|token| token.kind == TokenKind::ExecutableStart);
    starts.all(|token| Reader::new(token.text) == Reader::All)
}

/// Reads a statement with what some servers run, and without it; they may be two statements.
pub(super) fn classify(
    mode: LexicalMode,
    sql: &str,
    read: impl Fn(&[Token<'_>]) -> StatementClass,
) -> StatementClass {
    let mut open = Vec::new();
    let mut with = Vec::new();
    let mut without = Vec::new();
    for token in tokens(mode, sql) {
        match token.kind {
            TokenKind::ExecutableStart => {
                let reader = Reader::new(token.text);
                // Nobody reads more of a comment than of the one around it.
                open.push(open.last().copied().unwrap_or(Reader::All).max(reader));
            }
            TokenKind::ExecutableEnd => drop(open.pop()),
            _ => {}
        }
        let Some(word) = token.significant(Dialect::Mysql) else { continue };
        match open.last().copied().unwrap_or(Reader::All) {
            Reader::All => {
                with.push(word);
                without.push(word);
            }
            Reader::Some => with.push(word),
            Reader::None => {}
        }
    }
    let told = read(&with);
    // What a server leaves out as a whole is nothing to it.
    if without.is_empty() || without.len() == with.len() {
        return told;
    }
    either(told, read(&without))
}

/// What holds whichever of the two is run.
fn either(with: StatementClass, without: StatementClass) -> StatementClass {
    if with == without {
        return with;
    }
    let grave = |class: &StatementClass| {
        matches!(
            class.behavior,
            TransactionBehavior::ReleasesLocks
                | TransactionBehavior::TransactionControl
                | TransactionBehavior::CopyStream
        )
    };
    [with, without].into_iter().find(grave).unwrap_or_else(StatementClass::ask)
}
