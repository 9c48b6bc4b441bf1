//! MySQL and MariaDB: every DDL statement commits by itself, so a run always holds a lock of its session.

pub(crate) mod driver_settings;
pub(crate) mod locate;
pub(crate) mod session_state;
pub(crate) mod storage;

use crate::backend::answer::Answer;
use crate::backend::driver_settings::OwnSetting;
use crate::backend::oldest_version;
use crate::backend::rights::{MissingRight, RightQuestion};
use crate::backend::tables::Tables;
use crate::backend::timeouts::Timeouts;
use crate::backend::{Engine, ErrorClass, Server, lock_key, value};
use crate::error::name_limit::NameLimit;
use crate::error::old_server::ServerNote;
use crate::error::read_only::ReadOnlyCause;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{
    self, ModeSetting, Named, Object, ObjectKind, ObjectName, Part, PartKind, StatementClass,
};
use std::time::Duration;

#[derive(Debug)]
pub(crate) struct MySql;

impl Engine for MySql {
    fn dialect(&self) -> Dialect {
        Dialect::Mysql
    }

    fn literal(&self, value: &str) -> String {
        sql::literal_in_any_session(Dialect::Mysql, value)
    }

    fn quote(&self, name: &str) -> String {
        sql::quote_name(Dialect::Mysql, name)
    }

    fn is_missing(&self, error: &sqlx::Error, _: &Tables) -> bool {
        number(error) == Some(1146)
    }

    fn corruption(&self, error: &sqlx::Error) -> Option<&'static str> {
        (number(error) == Some(1054)).then_some("it has no column `version_num`")
    }

    fn all_rows(&self) -> &'static str {
        // A limit that is written counts more than `sql_select_limit`; it is the largest number that can be said:
        // https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_sql_select_limit
        " LIMIT 18446744073709551615"
    }

    fn create_tables(&self, tables: &Tables) -> Vec<String> {
        // Compared byte by byte, because ids that differ in case are different.
        let version = format!(
            "CREATE TABLE IF NOT EXISTS {} (version_num VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, \
             PRIMARY KEY (version_num)) ENGINE = InnoDB ROW_FORMAT = DYNAMIC",
            tables.version()
        );
        let journal = format!(
            "CREATE TABLE IF NOT EXISTS {} (\
             seq BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, run_id VARCHAR(26) NOT NULL, \
             revision VARCHAR(255) NOT NULL, direction VARCHAR(16) NOT NULL, stage INT NOT NULL, stages INT NOT NULL, \
             state VARCHAR(16) NOT NULL, source_digest VARCHAR(64), statement_digest VARCHAR(64), fingerprint TEXT, \
             session VARCHAR(64), started_at DATETIME(3) NOT NULL, finished_at DATETIME(3), application TEXT, \
             message TEXT, version_schema VARCHAR(64), version_table VARCHAR(64)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
            tables.journal()
        );
        vec![version, journal]
    }

    fn begin(&self) -> &'static str {
        "START TRANSACTION"
    }

    fn takes_several(&self) -> bool {
        // A CALL is answered several times.
        false
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

    fn says_no_savepoint(&self, error: &sqlx::Error) -> bool {
        number(error) == Some(1305)
    }

    fn class(&self, error: &sqlx::Error) -> ErrorClass {
        // https://mariadb.com/kb/en/mariadb-error-code-reference/
        match number(error) {
            Some(1205 | 1213) => ErrorClass::Busy,
            Some(1040 | 1203) => ErrorClass::TooManyConnections,
            Some(1053 | 1927) => ErrorClass::Gone,
            None if matches!(error, sqlx::Error::Io(_) | sqlx::Error::Protocol(_)) => ErrorClass::Gone,
            _ => ErrorClass::Other,
        }
    }

    fn says_not_begun(&self, error: &sqlx::Error) -> bool {
        // It cannot be parsed, or the routine does not exist, wants other arguments, or may not be called.
        matches!(number(error), Some(1064 | 1149 | 1305 | 1318 | 1370))
    }

    fn help(&self, error: &sqlx::Error) -> Option<&'static str> {
        Some(match number(error)? {
            1044 | 1142 | 1143 | 1227 | 1370 => {
                "the user may not do this: grant it the right, or migrate with another user"
            }
            1045 => "check user and password, and from which hosts the user may come",
            1046 => "name a database in the URL, as in `mysql://user@host/database`",
            1049 => "create the database first, or fix the name in the URL",
            1792 | 1836 => READ_ONLY_HELP,
            1290 => option_that_prevents(error.as_database_error()?.message())?,
            1021 | 1114 => "the disk of the server is full: make room and start again",
            1040 | 1203 => {
                "the server has no room for another connection: close some, or raise `max_connections`"
            }
            1205 => "another session holds a lock on it: end it, or raise the acquire timeout",
            1053 | 1927 => {
                "the server ended the connection; start again when it is there, and the run goes on where it was"
            }
            _ => return None,
        })
    }

    fn identify(&self, tables: &Tables) -> Vec<String> {
        let schema = match tables.schema() {
            Some(schema) => self.literal(schema),
            None => "DATABASE()".to_owned(),
        };
        let (version, journal) = (self.literal(tables.version_name()), self.literal(tables.journal_name()));
        let with_transactions = storage::WITH_TRANSACTIONS;
        // Empty for a table with transactions, else its storage engine; and no row when it does not exist.
        let there = |name: &str| {
            format!(
                "(SELECT MAX(IF(engine IS NULL OR engine IN ({with_transactions}), \
                 '', engine)) FROM information_schema.tables WHERE table_schema = {schema} AND table_name = {name})"
            )
        };
        let mut questions = vec![
            format!(
                "SELECT CONCAT(VERSION(), ' ', @@version_comment), {schema}, {}, {}, \
                 (SELECT character_maximum_length FROM information_schema.columns WHERE table_schema = {schema} \
                 AND table_name = {version} AND column_name = 'version_num'), \
                 (SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = {schema} \
                 AND table_name = {journal} AND column_name = 'version_table'), \
                 IF(@@default_storage_engine IN ({with_transactions}), '', @@default_storage_engine), \
                 @@SESSION.autocommit, @@SESSION.sql_select_limit = 0{}",
                there(&version),
                there(&journal),
                self.all_rows()
            ),
            // A variable that not every server has.
            "SHOW VARIABLES LIKE 'wsrep_on'".to_owned(),
            // Of MariaDB only.
            "SHOW VARIABLES LIKE 'in_transaction'".to_owned(),
        ];
        // Some of them are of MySQL or of MariaDB only; and one by one, because `sql_select_limit` counts here.
        questions.extend(READ_ONLY.map(|(name, _)| format!("SHOW VARIABLES LIKE '{name}'")));
        questions
    }

    fn read_identity(&self, tables: &Tables, answers: &[Answer]) -> Server {
        let answer = |column| value(answers, 0, column);
        let version = answer(0).unwrap_or_default();
        let is_cluster = value(answers, 1, 1) == Some("ON");
        let refused = [("TiDB", "TiDB"), ("OceanBase", "OceanBase"), ("Vitess", "Vitess")];
        let refused = refused.iter().find(|(sign, _)| version.contains(sign)).map(|(_, name)| *name);
        Server {
            key: lock_key(&[answer(1).unwrap_or_default(), tables.version_name()]),
            schema: answer(1).map(str::to_owned),
            has_version_table: answer(2).is_some(),
            has_journal: answer(3).is_some(),
            width: answer(4).and_then(|text| text.parse().ok()),
            names_owner: Some(answer(5).is_some_and(|count| count != "0")),
            may_not_widen_journal: false,
            is_in_transaction: matches!(value(answers, 2, 1), Some("1" | "ON")),
            refused: if is_cluster { Some("a Galera cluster") } else { refused },
            is_nameless: false,
            application: None,
            read_only: read_only(answers),
            has_user_timeout: false,
            notices_gone_clients: false,
            too_old: oldest_version::mysql(version),
            without_transactions: [(tables.version_name(), answer(2)), (tables.journal_name(), answer(3))]
                .into_iter()
                .find_map(|(table, engine)| {
                    let engine = engine.filter(|engine| !engine.is_empty())?;
                    Some((table.to_owned(), engine.to_owned()))
                }),
            // MariaDB keeps a log of all DDL: https://mariadb.com/kb/en/atomic-ddl/
            is_atomic_with_innodb_only: !oldest_version::is_mariadb(version),
            note: answer(6).filter(|engine| !engine.is_empty()).map(|engine| ServerNote::DefaultEngine {
                engine: engine.to_owned(),
                is_ddl_atomic: oldest_version::is_mariadb(version),
            }),
            is_autocommit_off: answer(7) == Some("0"),
            answers_nothing: answer(8) == Some("1"),
        }
    }

    fn may_be_partially_applied(&self, server: &Server, sql: &str, class: &StatementClass) -> Option<String> {
        if server.is_atomic_with_innodb_only {
            storage::may_be_partially_applied(self, sql, class)
        } else {
            None
        }
    }

    fn try_lock(&self, key: &str) -> Option<String> {
        // Never a negative timeout: MariaDB answers NULL to it and there is no lock. And never twice: locks are counted,
        // and a run that was dropped may have left one to this session.
        let name = lock_name(key);
        Some(format!("SELECT IF(IS_USED_LOCK({name}) = CONNECTION_ID(), 1, GET_LOCK({name}, 0))"))
    }

    fn always_locks(&self) -> bool {
        true
    }

    fn unlock(&self, key: &str) -> Option<String> {
        Some(format!("SELECT RELEASE_LOCK({})", lock_name(key)))
    }

    fn holds_lock(&self, key: &str) -> Option<String> {
        Some(format!("IS_USED_LOCK({}) = CONNECTION_ID()", lock_name(key)))
    }

    fn holder(&self, key: &str) -> Option<String> {
        Some(format!(
            "SELECT id, user, NULL, host, \
             DATE_FORMAT(UTC_TIMESTAMP() - INTERVAL time SECOND, '%Y-%m-%dT%H:%i:%sZ'), info \
             FROM information_schema.processlist WHERE id = IS_USED_LOCK({})",
            lock_name(key)
        ))
    }

    fn settings(&self, timeouts: &Timeouts, _: &Server) -> Vec<(&'static str, String)> {
        let seconds = timeouts.lock.as_secs().max(1).to_string();
        vec![
            // A pool's hooks may have turned it off, and then nothing would be kept.
            ("autocommit", "1".to_owned()),
            ("lock_wait_timeout", seconds.clone()),
            ("innodb_lock_wait_timeout", seconds),
            // With others COMMIT ends the session, or begins a transaction that nobody asked for.
            ("completion_type", "NO_CHAIN".to_owned()),
        ]
        .into_iter()
        .chain(self.idle_settings(false))
        .collect()
    }

    fn idle_settings(&self, is_expected: bool) -> Vec<(&'static str, String)> {
        // No session can set keepalives here, so a host that is gone would keep the lock for two hours. But a run that is
        // there says something all the time, except while a revision works elsewhere.
        let seconds = if is_expected { 28_800 } else { 120 };
        vec![("wait_timeout", seconds.to_string())]
    }

    fn setting(&self, name: &str) -> Option<String> {
        Some(format!("SELECT @@SESSION.{name}"))
    }

    fn set(&self, name: &str, value: &str) -> Option<String> {
        // A number in quotes is refused.
        let is_number = !value.is_empty() && value.chars().all(|c| c.is_ascii_digit() || c == '.');
        // Such as `RELEASE`, which is a keyword.
        let value = if is_number { value.to_owned() } else { self.literal(value) };
        Some(format!("SET SESSION {name} = {value}"))
    }

    fn session_id(&self) -> Option<String> {
        Some("SELECT CONNECTION_ID()".to_owned())
    }

    fn session_exists(&self, id: &str, statement: &str) -> Option<String> {
        // After a restart another session may have the number; one that runs this very statement is the one.
        Some(format!(
            "SELECT COUNT(*) > 0 FROM information_schema.processlist WHERE id = {} AND info = {}",
            connection_id(id),
            self.literal(statement)
        ))
    }

    fn terminate_session(&self, id: &str) -> Option<String> {
        Some(format!("KILL CONNECTION {}", connection_id(id)))
    }

    fn definition(&self, object: &Object) -> Vec<String> {
        let name = match &object.name.schema {
            Some(schema) => format!("{}.{}", self.quote(schema), self.quote(&object.name.name)),
            None => self.quote(&object.name.name),
        };
        let kind = match object.kind {
            ObjectKind::Table => "TABLE",
            ObjectKind::View => "VIEW",
            ObjectKind::Sequence => "SEQUENCE",
            ObjectKind::Trigger => "TRIGGER",
            ObjectKind::Procedure => "PROCEDURE",
            ObjectKind::Function => "FUNCTION",
            ObjectKind::Event => "EVENT",
            ObjectKind::Database => "DATABASE",
            _ => return Vec::new(),
        };
        vec![format!("SHOW CREATE {kind} {name}")]
    }

    fn part(&self, table: &ObjectName, part: &Part) -> Option<String> {
        let schema =
            table.schema.as_ref().map_or_else(|| "DATABASE()".to_owned(), |schema| self.literal(schema));
        let (columns, view, name) = match part.kind {
            PartKind::Column => ("column_type, column_default, is_nullable, extra", "columns", "column_name"),
            PartKind::Index => {
                ("non_unique, seq_in_index, column_name, sub_part", "statistics", "index_name")
            }
            PartKind::Constraint => ("constraint_type", "table_constraints", "constraint_name"),
            PartKind::Partition => {
                ("partition_method, partition_description", "partitions", "partition_name")
            }
        };
        Some(format!(
            "SELECT {columns} FROM information_schema.{view} WHERE table_schema = {schema} AND table_name = {} \
             AND {name} = {}{}",
            self.literal(&table.name),
            self.literal(&part.name),
            self.all_rows()
        ))
    }

    fn is_absent(&self, error: &sqlx::Error) -> bool {
        // No such table, routine, trigger, event, database, view, sequence.
        matches!(number(error), Some(1146 | 1305 | 1360 | 1539 | 1049 | 1347 | 4089 | 4091))
    }

    fn normalized(&self, definition: String) -> String {
        // The counter moves with every row that anybody inserts.
        const COUNTER: &str = " AUTO_INCREMENT=";
        let Some((before, after)) = definition.split_once(COUNTER) else { return definition };
        format!("{before}{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
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

    fn role(&self) -> Option<&'static str> {
        Some("SELECT CURRENT_ROLE()")
    }

    fn takes_role(&self, sql: &str) -> bool {
        let mut words = sql.split_whitespace();
        let mut next_is = |keyword: &str| words.next().is_some_and(|word| word.eq_ignore_ascii_case(keyword));
        next_is("SET") && next_is("ROLE")
    }

    fn own_role(&self, found: &Answer) -> Vec<String> {
        // MySQL answers names in quotes, MariaDB one as it is.
        let role = match found.first() {
            None | Some("NONE") => "NONE".to_owned(),
            Some(names) if names.contains('`') => names.to_owned(),
            Some(name) => self.quote(name),
        };
        vec![format!("SET ROLE {role}")]
    }

    fn their_role(&self, taken: Option<&str>) -> Vec<String> {
        taken.map(str::to_owned).into_iter().collect()
    }

    fn own_role_again(&self, found: &Answer) -> Vec<String> {
        self.own_role(found)
    }

    fn kept(&self, _: &[Named]) -> Vec<String> {
        session_state::questions()
    }

    fn keep(&self, named: &[Named]) -> Vec<String> {
        session_state::keep(named)
    }

    fn put_back(&self, _: &[&str], named: &[Named], before: &[Answer], after: &[Answer]) -> Vec<String> {
        let set = |name: &str, value: &str| self.set(name, value).unwrap_or_default();
        session_state::put_back(|name| self.quote(name), set, named, before, after)
    }

    fn says_nothing_to_put_back(&self, error: &sqlx::Error) -> bool {
        // A prepared statement that does not exist any more; a variable of the server only, or one that cannot be set.
        matches!(number(error), Some(1243 | 1229 | 1238))
    }

    fn widen_journal(&self, tables: &Tables) -> Vec<String> {
        vec![format!(
            "ALTER TABLE {} ADD COLUMN version_schema VARCHAR(64), ADD COLUMN version_table VARCHAR(64)",
            tables.journal()
        )]
    }

    fn says_column_is_there(&self, error: &sqlx::Error) -> bool {
        number(error) == Some(1060)
    }

    fn says_denied(&self, error: &sqlx::Error) -> bool {
        matches!(number(error), Some(1044 | 1142 | 1143 | 1227))
    }

    fn widen(&self, tables: &Tables) -> Vec<String> {
        vec![format!(
            "ALTER TABLE {} MODIFY version_num VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL",
            tables.version()
        )]
    }

    fn own_settings_question(&self) -> Option<String> {
        Some(driver_settings::question())
    }

    fn own_settings(&self, answers: &[Answer], _: &[Answer], _: Option<&str>) -> Vec<OwnSetting> {
        driver_settings::read(answers)
    }

    fn longest_name(&self) -> Option<NameLimit> {
        // https://dev.mysql.com/doc/refman/8.4/en/identifier-length.html
        Some(NameLimit::Characters(64))
    }

    fn rights(&self, tables: &Tables, server: &Server) -> Vec<RightQuestion> {
        // What is explained or prepared needs the rights of what would be run. Grants cannot be read so surely: of roles, of
        // wildcards, of everybody.
        let Some(schema) = &server.schema else { return Vec::new() };
        let question = |right, on: String, is_needed, texts| RightQuestion {
            right: MissingRight { right, on, is_needed },
            texts,
        };
        let create = format!("CREATE TABLE {}.servicekit_right (x INT)", self.quote(schema));
        let prepared = vec![
            format!("PREPARE servicekit_right FROM {}", self.literal(&create)),
            "DEALLOCATE PREPARE servicekit_right".to_owned(),
        ];
        let has_tables = server.has_version_table && server.has_journal;
        let mut questions =
            vec![question("CREATE", format!("the database `{schema}`"), !has_tables, prepared)];
        let mut explained = Vec::new();
        if server.has_version_table {
            let (table, name) = (tables.version(), tables.version_name());
            explained.extend([
                ("INSERT", name, format!("INSERT INTO {table} (version_num) VALUES ('')")),
                ("UPDATE", name, format!("UPDATE {table} SET version_num = '' WHERE version_num = ''")),
                ("DELETE", name, format!("DELETE FROM {table} WHERE version_num = ''")),
            ]);
        }
        if server.has_journal {
            let (table, name) = (tables.journal(), tables.journal_name());
            explained.extend([
                ("INSERT", name, format!("INSERT INTO {table} (run_id) VALUES ('')")),
                ("UPDATE", name, format!("UPDATE {table} SET state = '' WHERE seq = 0")),
            ]);
        }
        questions.extend(explained.into_iter().map(|(right, name, statement)| {
            question(right, format!("`{schema}.{name}`"), true, vec![format!("EXPLAIN {statement}")])
        }));
        questions
    }

    fn mode_setting(&self, answers: &[Answer]) -> ModeSetting {
        driver_settings::mode(answers)
    }
}

const READ_ONLY_HELP: &str =
    "the server or the session is read-only, as a replica is: connect to the primary";

/// What to do about an option with which a server was started, which the error names: `--read-only` is only one of
/// many. <https://mariadb.com/kb/en/e1290/>
fn option_that_prevents(said: &str) -> Option<&'static str> {
    let said = said.replace('_', "-");
    let (_, option) = said.split_once("--")?;
    let option: String = option.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    Some(match option.as_str() {
        "read-only" | "super-read-only" | "innodb-read-only" | "transaction-read-only" => READ_ONLY_HELP,
        "secure-file-priv" => {
            "files may only be read and written in the folder that `secure_file_priv` names: rows of a revision belong into \
             it as INSERT"
        }
        "skip-grant-tables" => "the server was started without its users: start it without that option first",
        _ => {
            "the server was started with an option that forbids it, which the message names: change that, or the revision"
        }
    })
}

/// Variables that say that nothing is to be written, and whether they are the server's.
const READ_ONLY: [(&str, bool); 5] = [
    ("super_read_only", true),
    ("innodb_read_only", true),
    ("read_only", true),
    ("transaction_read_only", false),
    ("tx_read_only", false),
];

/// Also for a user who could write all the same: on a replica that would be a write that its primary does not know.
fn read_only(answers: &[Answer]) -> Option<ReadOnlyCause> {
    let is_on = |name: &str| {
        answers.iter().flat_map(|answer| &answer.rows).any(|row| {
            let value = row.get(1).and_then(Option::as_deref).unwrap_or_default();
            // MariaDB 12 has more values than ON.
            row.first().is_some_and(|found| found.as_deref() == Some(name))
                && !matches!(value, "OFF" | "0" | "")
        })
    };
    let (name, is_server) = READ_ONLY.into_iter().find(|(name, _)| is_on(name))?;
    Some(if is_server { ReadOnlyCause::Server(name) } else { ReadOnlyCause::Session(name) })
}

/// The name of the lock; names are known in the whole server and hold at most 64 characters.
fn lock_name(key: &str) -> String {
    format!("'servicekit:{key}'")
}

/// The number of a session; what is in the journal is not trusted to be one.
fn connection_id(id: &str) -> u64 {
    id.parse().unwrap_or_default()
}

fn number(error: &sqlx::Error) -> Option<u16> {
    Some(error.as_database_error()?.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>()?.number())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_holds_no_character_that_a_setting_could_give_another_meaning() {
        assert_eq!(MySql.literal("add email"), "'add email'");
        assert_eq!(MySql.literal("it's"), "CONVERT(X'69742773' USING utf8mb4)");
    }

    #[test]
    fn an_option_that_forbids_a_statement_is_told_from_read_only() {
        let help = |option: &str| {
            let said = format!(
                "The MariaDB server is running with the {option} option so it cannot execute this statement"
            );
            option_that_prevents(&said).unwrap()
        };
        for option in ["--read-only", "--super-read-only", "--read_only=ON", "--innodb-read-only"] {
            assert_eq!(help(option), READ_ONLY_HELP, "{option}");
        }
        insta::assert_snapshot!(help("--secure-file-priv"), @"files may only be read and written in the folder that `secure_file_priv` names: rows of a revision belong into it as INSERT");
        insta::assert_snapshot!(help("--skip-grant-tables"), @"the server was started without its users: start it without that option first");
        insta::assert_snapshot!(help("--skip-event-scheduler"), @"the server was started with an option that forbids it, which the message names: change that, or the revision");
    }

    #[test]
    fn a_definition_is_compared_without_its_counter() {
        let definition =
            "CREATE TABLE `a` (…) ENGINE=InnoDB AUTO_INCREMENT=17 DEFAULT CHARSET=utf8mb4".to_owned();
        assert_eq!(
            MySql.normalized(definition),
            "CREATE TABLE `a` (…) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"
        );
    }
}
