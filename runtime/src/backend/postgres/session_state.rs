//! A session of PostgreSQL. Roles are seen to elsewhere, and what a library does that was loaded stays.

use crate::backend::Answer;
use crate::backend::engine::Quoting as _;
use crate::backend::postgres::Postgres;
use crate::backend::session_state::{changed, come};
use servicekit_chain::sql::Named;

/// Of each transaction, or what follows from others.
const NOT_SET: &str = "'transaction_isolation', 'transaction_read_only', 'transaction_deferrable', 'seed', 'role', \
                       'session_authorization', 'in_hot_standby', 'is_superuser'";

/// Places of the answers.
const SETTINGS: usize = 0;
const OWN_SETTINGS: usize = 1;
const RELATIONS: usize = 2;
const ROUTINES: usize = 3;
const PREPARED: usize = 4;
const CURSORS: usize = 5;
const CHANNELS: usize = 6;
const LOCKS: usize = 7;

pub(in crate::backend) fn questions(postgres: &Postgres, named: &[Named]) -> Vec<String> {
    let own_settings: Vec<String> = named
        .iter()
        .filter_map(|named| match named {
            Named::Setting(name) => Some(postgres.literal(name)),
            _ => None,
        })
        .collect();
    vec![
        format!("SELECT name, setting FROM pg_settings WHERE context IN ('user', 'superuser') AND name NOT IN ({NOT_SET})"),
        // `pg_settings` shows those only that a library has defined.
        format!("SELECT name, coalesce(current_setting(name, true), '') FROM unnest(ARRAY[{}]::text[]) AS name", own_settings.join(", ")),
        // What belongs to a column goes with its table.
        "SELECT format('%s pg_temp.%I', CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, relname) \
         FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind IN ('r', 'p', 'v', 'S') AND NOT EXISTS \
         (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype IN ('a', 'i') AND classid = 'pg_class'::regclass)"
            .to_owned(),
        "SELECT 'ROUTINE ' || pg_proc.oid::regprocedure FROM pg_proc WHERE pronamespace = pg_my_temp_schema()".to_owned(),
        "SELECT quote_ident(name) FROM pg_prepared_statements WHERE from_sql".to_owned(),
        "SELECT quote_ident(name) FROM pg_cursors WHERE is_holdable".to_owned(),
        "SELECT channel FROM pg_listening_channels() AS channel".to_owned(),
        "SELECT CASE mode WHEN 'ShareLock' THEN 'pg_advisory_unlock_shared' ELSE 'pg_advisory_unlock' END || CASE objsubid \
         WHEN 1 THEN format('(%s)', classid::bigint << 32 | objid::bigint) ELSE format('(%s, %s)', classid, objid) END \
         FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
            .to_owned(),
    ]
}

pub(in crate::backend) fn put_back(
    postgres: &Postgres,
    named: &[Named],
    before: &[Answer],
    after: &[Answer],
) -> Vec<String> {
    let settings = changed(before, after, SETTINGS).chain(changed(before, after, OWN_SETTINGS));
    let set = |(name, was): (&str, Option<&str>)| {
        let (name, was) = (postgres.literal(name), postgres.literal(was.unwrap_or_default()));
        format!("SELECT set_config({name}, {was}, false)")
    };
    let drop = |what: &str| format!("DROP {what} CASCADE");
    let texts = come(before, after, CURSORS).map(|name| format!("CLOSE {name}"));
    let texts = texts.chain(come(before, after, ROUTINES).map(drop));
    let texts =
        texts.chain(come(before, after, RELATIONS).map(|what| drop(&what.replacen(' ', " IF EXISTS ", 1))));
    let texts = texts.chain(come(before, after, PREPARED).map(|name| format!("DEALLOCATE {name}")));
    let listened: Vec<&str> = come(&[], before, CHANNELS).collect();
    let new_channels = named.iter().filter_map(|named| match named {
        Named::Channel(name) => Some(name.as_str()).filter(|name| !listened.contains(name)),
        _ => None,
    });
    let channels = come(before, after, CHANNELS).chain(new_channels);
    let texts = texts.chain(channels.map(|name| format!("UNLISTEN {}", postgres.quote(name))));
    let texts = texts.chain(come(before, after, LOCKS).map(|call| format!("SELECT {call}")));
    texts.chain(settings.map(set)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::session_state::answer;

    #[test]
    fn what_came_goes_and_what_changed_changes_back() {
        let before = vec![
            answer(&[&["search_path", "\"$user\", public"], &["work_mem", "4096"]]),
            answer(&[&["app.tenant", ""]]),
            answer(&[&["TABLE pg_temp.old"]]),
        ];
        let after = vec![
            answer(&[&["search_path", "x"], &["work_mem", "4096"]]),
            answer(&[&["app.tenant", "7"]]),
            answer(&[&["TABLE pg_temp.old"], &["TABLE pg_temp.new"]]),
            answer(&[]),
            answer(&[&["p"]]),
        ];
        let texts = put_back(&Postgres, &[], &before, &after);
        insta::assert_snapshot!(texts.join("\n"), @r#"
        DROP TABLE IF EXISTS pg_temp.new CASCADE
        DEALLOCATE p
        SELECT set_config('search_path', '"$user", public', false)
        SELECT set_config('app.tenant', '', false)
        "#);
    }
}
