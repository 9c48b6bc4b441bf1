//! Values of enums, and what strings say.

use servicekit_chain::Dialect::{self, Mysql, Postgres, Sqlite};
use servicekit_chain::sql::{added_enum_value, mentions_string};

#[test]
fn the_value_that_is_added_to_an_enum_is_read() {
    let rows = [
        ("ALTER TYPE e ADD VALUE 'a'", Some("a")),
        ("alter type \"S\".\"add\" /* x */ add value if not exists 'it''s' BEFORE 'b'", Some("it's")),
        ("ALTER TYPE e ADD VALUE E'a\\'\\x41\\101\\u00e9\\n'", Some("a'AA\u{e9}\n")),
        ("ALTER TYPE e ADD VALUE U&'\\0041\\+000042\\\\'", Some("AB\\")),
        ("ALTER TYPE e ADD VALUE $x$a'b$x$", Some("a'b")),
        ("ALTER TYPE e ADD VALUE 'a'\n'b'", Some("ab")),
        ("ALTER TYPE e RENAME VALUE 'a' TO 'b'", None),
        ("ALTER TYPE e ADD ATTRIBUTE value text", None),
        ("ALTER TABLE e ADD value text", None),
        ("SELECT 'ALTER TYPE e ADD VALUE ''a'''", None),
        ("ALTER TYPE e ADD VALUE", None),
        ("ALTER TYPE e ADD VALUE U&'!0041' UESCAPE '!'", None),
        ("", None),
    ];
    for (sql, expected) in rows {
        assert_eq!(added_enum_value(sql).as_deref(), expected, "{sql}");
    }
}

#[test]
fn a_string_is_found_wherever_it_is_said() {
    let rows: &[(Dialect, &str, &str)] = &[
        (Postgres, "INSERT INTO t VALUES ('new')", "new"),
        (Postgres, "SELECT '{old,new}'::e[]", "new"),
        (Postgres, "DO $$ BEGIN INSERT INTO t VALUES ('new'); END $$", "new"),
        (Postgres, "CREATE FUNCTION f() RETURNS e LANGUAGE sql AS 'SELECT ''it''''s''::e'", "it's"),
        (Postgres, "SELECT 'n'\n'ew'", "new"),
        (Postgres, "SELECT E'n\\x65w'", "new"),
        (Postgres, "SELECT U&'n\\0065w'", "new"),
        (Postgres, "DO $$ BEGIN PERFORM E'n\\x65w'::e; END $$", "new"),
        (Postgres, "SELECT '{\"a\\\\b\"}'::e[]", "a\\b"),
        (Postgres, "SELECT 'x'", ""),
        (Mysql, "SELECT \"new\"", "new"),
        (Mysql, "SELECT 'n' 'ew'", "new"),
        (Mysql, "SELECT 'n\\ew'", "new"),
        (Mysql, "SELECT 0x6e6577, 1", "new"),
        (Mysql, "SELECT x'6e6577'", "new"),
        (Sqlite, "SELECT \"new\"", "new"),
    ];
    for (dialect, sql, value) in rows {
        assert!(mentions_string(*dialect, sql, value), "{dialect}: {sql}");
    }
}

#[test]
fn a_string_is_not_found_in_comments_and_names() {
    let rows: &[(Dialect, &str)] = &[
        (Postgres, "SELECT 'old' -- 'new'"),
        (Postgres, "SELECT 'old' /* 'new' /* 'new' */ */"),
        (Postgres, "SELECT new, \"new\" FROM t WHERE a = 'old'"),
        (Postgres, "SELECT '\\d+', E'old'"),
        (Postgres, "SELECT 'ne', 'w'"),
        (Mysql, "SELECT `new`, 10 FROM t # 'new'"),
        (Sqlite, "SELECT new"),
        (Postgres, ""),
    ];
    for (dialect, sql) in rows {
        assert!(!mentions_string(*dialect, sql, "new"), "{dialect}: {sql}");
    }
}
