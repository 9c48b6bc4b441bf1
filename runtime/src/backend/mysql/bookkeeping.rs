//! The version table and the journal on MySQL and MariaDB.

use crate::backend::Tables;
use crate::backend::engine::{Bookkeeping, Quoting as _};
use crate::backend::mysql::MySql;
use crate::error::NameLimit;
use std::time::Duration;

impl Bookkeeping for MySql {
    fn all_rows(&self) -> &'static str {
        // A limit that is written counts more than `sql_select_limit`; it is the largest number that can be written:
        // https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_sql_select_limit
        " LIMIT 18446744073709551615"
    }

    fn ensure_tables(&self, tables: &Tables) -> Vec<String> {
        // Compared byte by byte, because ids that differ in case are different.
        let version = format!(
            "CREATE TABLE IF NOT EXISTS {} (version_num VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, \
             PRIMARY KEY (version_num)) ENGINE = InnoDB ROW_FORMAT = DYNAMIC",
            tables.version
        );
        let journal = format!(
            "CREATE TABLE IF NOT EXISTS {} (\
             seq BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, run_id VARCHAR(26) NOT NULL, \
             revision VARCHAR(255) NOT NULL, direction VARCHAR(16) NOT NULL, stage INT NOT NULL, stages INT NOT NULL, \
             state VARCHAR(16) NOT NULL, source_digest VARCHAR(64), statement_digest VARCHAR(64), fingerprint TEXT, \
             session VARCHAR(64), started_at DATETIME(3) NOT NULL, finished_at DATETIME(3), application TEXT, \
             message TEXT, version_schema VARCHAR(64), version_table VARCHAR(64), rendered_digest VARCHAR(64)) \
             ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
            tables.journal
        );
        vec![version, journal]
    }

    fn time(&self) -> &'static str {
        "UTC_TIMESTAMP(3)"
    }

    fn time_after(&self, time: &str, passed: Duration) -> String {
        format!("CAST({} AS DATETIME(3)) + INTERVAL {} MICROSECOND", self.literal(time), passed.as_micros())
    }

    fn shown_time(&self, column: &str) -> String {
        // It knows microseconds only; the columns have milliseconds.
        format!("CONCAT(LEFT(DATE_FORMAT({column}, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z')")
    }

    fn returning_seq(&self) -> &'static str {
        // Of MariaDB only, and not of all its versions.
        ""
    }

    fn last_seq(&self) -> Option<&'static str> {
        // Of this session, whatever others insert; and no trigger of the table changes it:
        // https://dev.mysql.com/doc/refman/8.4/en/information-functions.html#function_last-insert-id
        Some("SELECT LAST_INSERT_ID()")
    }

    fn type_of_later_columns(&self) -> &'static str {
        "VARCHAR(64)"
    }

    fn widen_version_column(&self, tables: &Tables) -> Vec<String> {
        vec![format!(
            "ALTER TABLE {} MODIFY version_num VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL",
            tables.version
        )]
    }

    fn longest_name(&self) -> Option<NameLimit> {
        // https://dev.mysql.com/doc/refman/8.4/en/identifier-length.html
        Some(NameLimit::Characters(64))
    }
}
