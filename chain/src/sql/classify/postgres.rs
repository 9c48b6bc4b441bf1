//! PostgreSQL: everything runs in a transaction but what calls `PreventInTransactionBlock` in its source.
//!
//! The manual says so on the page of each of these commands.

use super::{
    Effect, ObjectKind, ObjectName, Recovery, StatementClass, TransactionBehavior, repeat_or_compare,
};
use crate::Dialect;
use crate::sql::{LexicalMode, Token, TokenCursor, calls, goes_on, has_pair, quotes, significant};

/// Releases every advisory lock of the session (manual, 9.28.10).
const UNLOCK_ALL: &str = "pg_advisory_unlock_all";

pub(super) fn classify(mode: LexicalMode, sql: &str) -> StatementClass {
    let all = significant(mode, sql);
    if drops_locks(&all) {
        return StatementClass::new(TransactionBehavior::ReleasesLocks);
    }
    if goes_on(&all) && !all.first().is_some_and(|word| word.is("CREATE")) {
        return StatementClass::ask();
    }
    let mut words = TokenCursor::new(Dialect::Postgres, &all);
    let Some(command) = words.keyword() else { return StatementClass::transactional() };
    match command.as_str() {
        "BEGIN" | "START" | "COMMIT" | "END" | "ROLLBACK" | "ABORT" | "SAVEPOINT" | "RELEASE" => {
            StatementClass::control()
        }
        // `PREPARE transaction AS …` is a statement of this name.
        "PREPARE" if words.take("TRANSACTION") && words.rest().first().is_some_and(Token::is_string) => {
            StatementClass::control()
        }
        "PREPARE" | "DEALLOCATE" | "LISTEN" | "UNLISTEN" | "LOAD" | "RESET" | "DISCARD" => {
            StatementClass::session()
        }
        "SET" => set(words),
        "SELECT" if sets_configuration(words) => StatementClass::session(),
        "COPY" if words.outside().any(|word| word.is_any(&["STDIN", "STDOUT"])) => {
            StatementClass::new(TransactionBehavior::CopyStream)
        }
        "VACUUM" => StatementClass::repeat(),
        "CLUSTER" => cluster(words),
        "REINDEX" => reindex(words),
        "REPACK" => repack(words),
        "CREATE" => create(words),
        "DROP" => drop(words),
        "ALTER" => alter(words),
        _ => StatementClass::transactional(),
    }
}

/// Whether it lets go of the advisory locks of the session.
///
/// A function that does so is only made here, not called. `DISCARD ALL` does (manual, DISCARD), and so does a `DO`
/// block whose text says so.
fn drops_locks(all: &[Token<'_>]) -> bool {
    let mut words = TokenCursor::new(Dialect::Postgres, all);
    if words.take_all(&["DISCARD", "ALL"]) {
        return true;
    }
    if words.is("DO") {
        return quotes(all, UNLOCK_ALL);
    }
    let creates = words.take("CREATE");
    words.take_all(&["OR", "REPLACE"]);
    let defines = creates && words.is_any(&["FUNCTION", "PROCEDURE", "VIEW", "RULE", "TRIGGER"]);
    !defines && calls(all, UNLOCK_ALL)
}

pub(super) fn set(mut words: TokenCursor<'_, '_>) -> StatementClass {
    match words.keyword().as_deref() {
        // `SET local.name = 1` is a setting of an extension.
        Some(_) if words.is_sign(".") => StatementClass::session(),
        Some("LOCAL" | "CONSTRAINTS") => StatementClass::transactional(),
        // Its level can only be set before anything else is sent in it, which a runner has done already.
        Some("TRANSACTION") => StatementClass::control(),
        _ => StatementClass::session(),
    }
}

/// Whether a `SELECT` does nothing but what `SET` does, as in the scripts of `pg_dump`.
fn sets_configuration(mut words: TokenCursor<'_, '_>) -> bool {
    let Some(function) = words.name() else { return false };
    let schema = function.schema.as_deref().unwrap_or("pg_catalog");
    if schema != "pg_catalog" || function.name != "set_config" {
        return false;
    }
    let Some(arguments) = words.inside() else { return false };
    let literal = |word: &Token<'_>| word.is_string() || word.is_sign(",") || word.is("false");
    let local = !arguments.rest().last().is_some_and(|last| last.is("false"));
    words.is_empty() && !local && arguments.rest().iter().all(literal)
}

/// Without a table it goes through all that were clustered before, each in a transaction of its own.
fn cluster(mut words: TokenCursor<'_, '_>) -> StatementClass {
    words.inside();
    words.take("VERBOSE");
    if words.is_empty() { StatementClass::repeat() } else { StatementClass::transactional() }
}

fn reindex(mut words: TokenCursor<'_, '_>) -> StatementClass {
    let concurrently = words.inside().is_some_and(|options| options.parts().any(says_concurrently));
    let Some(target) = words.keyword() else { return StatementClass::transactional() };
    let alone = matches!(target.as_str(), "SCHEMA" | "DATABASE" | "SYSTEM");
    if alone || concurrently || words.is("CONCURRENTLY") {
        // A build that failed leaves an invalid index of another name, which the manual says to drop by hand.
        return StatementClass::repeat();
    }
    StatementClass::transactional()
}

/// An option in parentheses: `CONCURRENTLY`, with a boolean after it or none.
fn says_concurrently(mut option: TokenCursor<'_, '_>) -> bool {
    let off = |word: &Token<'_>| ["false", "off", "0"].iter().any(|off| word.says(off));
    option.take("CONCURRENTLY") && !option.rest().first().is_some_and(off)
}

/// PostgreSQL 19's `CLUSTER` and `VACUUM FULL`.
fn repack(mut words: TokenCursor<'_, '_>) -> StatementClass {
    let concurrently = words.inside().is_some_and(|options| options.parts().any(says_concurrently));
    if concurrently || words.is_empty() { StatementClass::repeat() } else { StatementClass::transactional() }
}

fn create(mut words: TokenCursor<'_, '_>) -> StatementClass {
    words.take("UNIQUE");
    if words.take_all(&["INDEX", "CONCURRENTLY"]) {
        return build_index(words).unwrap_or_else(StatementClass::ask);
    }
    let Some(kind) = outside_transactions(&mut words) else { return StatementClass::transactional() };
    StatementClass::of_named(words, kind, Recovery::Compare).with_effect(Effect::Created)
}

/// Takes the kind of what is made or dropped, if that cannot be done in a transaction.
fn outside_transactions(words: &mut TokenCursor<'_, '_>) -> Option<ObjectKind> {
    match words.keyword()?.as_str() {
        "DATABASE" => Some(ObjectKind::Database),
        "TABLESPACE" => Some(ObjectKind::Tablespace),
        // Without a slot it could run in a transaction too.
        "SUBSCRIPTION" => Some(ObjectKind::Subscription),
        _ => None,
    }
}

fn build_index(mut words: TokenCursor<'_, '_>) -> Option<StatementClass> {
    let if_not_exists = words.take_all(&["IF", "NOT", "EXISTS"]);
    let index = if words.is("ON") { None } else { Some(words.name()?) };
    if !words.take("ON") {
        return None;
    }
    words.take("ONLY");
    let table = words.name()?;
    // An index is always in the schema of its table, and its name is written without one.
    let index = index.map(|index| ObjectName { schema: table.schema.clone(), name: index.name });
    let mut objects: Vec<_> = index.iter().cloned().map(|index| index.of(ObjectKind::Index)).collect();
    objects.push(table.clone().of(ObjectKind::Table));
    Some(StatementClass::non_transactional(Recovery::BuildIndex { index, table, if_not_exists }, objects))
}

fn drop(mut words: TokenCursor<'_, '_>) -> StatementClass {
    if words.take_all(&["INDEX", "CONCURRENTLY"]) {
        words.take_all(&["IF", "EXISTS"]);
        // Several at once are refused.
        return match words.names().as_deref() {
            Some([index]) => {
                let objects = vec![index.clone().of(ObjectKind::Index)];
                StatementClass::non_transactional(Recovery::DropIndex { index: index.clone() }, objects)
            }
            _ => StatementClass::ask(),
        };
    }
    let Some(kind) = outside_transactions(&mut words) else { return StatementClass::transactional() };
    let recovery = repeat_or_compare(words.take_all(&["IF", "EXISTS"]));
    StatementClass::of_named(words, kind, recovery).with_effect(Effect::Dropped)
}

fn alter(mut words: TokenCursor<'_, '_>) -> StatementClass {
    match words.keyword().as_deref() {
        Some("SYSTEM") => StatementClass::repeat(),
        Some("DATABASE") => {
            let name = words.name();
            if !words.take_all(&["SET", "TABLESPACE"]) {
                return StatementClass::transactional();
            }
            // Moving it to where it is does nothing (`movedb` in `dbcommands.c`).
            let objects = name.map(|name| name.of(ObjectKind::Database)).into_iter().collect();
            StatementClass::non_transactional(Recovery::Repeat, objects)
        }
        Some("SUBSCRIPTION") => alter_subscription(words),
        Some("TABLE") if detaches_concurrently(words) => StatementClass::ask(),
        _ => StatementClass::transactional(),
    }
}

fn alter_subscription(mut words: TokenCursor<'_, '_>) -> StatementClass {
    let Some(name) = words.name() else { return StatementClass::transactional() };
    let recovery = match words.keyword().as_deref() {
        // Of `SET (…)` only some parameters need it, since PostgreSQL 18.
        Some("REFRESH" | "SET") => Recovery::Repeat,
        // The second time these are refused.
        Some("ADD" | "DROP") => Recovery::Compare,
        _ => return StatementClass::transactional(),
    };
    StatementClass::non_transactional(recovery, vec![name.of(ObjectKind::Subscription)])
}

/// It runs in two transactions; after a crash between them `FINALIZE` is wanted, not the statement again.
fn detaches_concurrently(words: TokenCursor<'_, '_>) -> bool {
    let detaches =
        has_pair(words.rest(), |detach, partition| detach.is("DETACH") && partition.is("PARTITION"));
    detaches && words.rest().last().is_some_and(|word| word.is("CONCURRENTLY"))
}

/// The value that PostgreSQL's `ALTER TYPE … ADD VALUE` adds, which cannot be used in the transaction that adds it
/// (manual, ALTER TYPE).
///
/// Before PostgreSQL 12 the statement cannot run inside a transaction at all.
///
/// ```
/// use servicekit_chain::sql::added_enum_value;
/// let sql = "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'don''t know' BEFORE 'sad'";
/// assert_eq!(added_enum_value(sql).as_deref(), Some("don't know"));
/// ```
pub fn added_enum_value(sql: &str) -> Option<String> {
    let all = significant(Dialect::Postgres, sql);
    let mut words = TokenCursor::new(Dialect::Postgres, &all);
    if !words.take_all(&["ALTER", "TYPE"]) {
        return None;
    }
    words.name()?;
    if !words.take_all(&["ADD", "VALUE"]) {
        return None;
    }
    words.take_all(&["IF", "NOT", "EXISTS"]);
    words.string()
}
