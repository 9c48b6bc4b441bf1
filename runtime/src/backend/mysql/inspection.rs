//! Questions about a MySQL or MariaDB server, its objects and the rights of the user.

use crate::backend::answer::value;
use crate::backend::engine::locking::lock_key;
use crate::backend::engine::{Bookkeeping as _, Inspection, Quoting as _};
use crate::backend::mysql::{MySql, storage};
use crate::backend::{
    Answer, JournalColumns, MissingRight, RightQuestion, Server, Tables, oldest_version, server_version,
};
use crate::error::{ReadOnlyCause, ServerNote};
use servicekit_chain::sql::{Object, ObjectKind, ObjectName, Part, PartKind, StatementClass};

/// Variables that say that nothing is to be written, and whether they are the server's.
const READ_ONLY: [(&str, bool); 5] = [
    ("super_read_only", true),
    ("innodb_read_only", true),
    ("read_only", true),
    ("transaction_read_only", false),
    ("tx_read_only", false),
];

impl Inspection for MySql {
    fn identify(&self, tables: &Tables) -> Vec<String> {
        let schema = self.schema(tables.schema.as_deref());
        let (version, journal) =
            (self.catalogue_literal(tables.version_name), self.catalogue_literal(tables.journal_name));
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
                 AND table_name = {journal} AND column_name IN ({})), \
                 IF(@@default_storage_engine IN ({with_transactions}), '', @@default_storage_engine), \
                 @@SESSION.autocommit, @@SESSION.sql_select_limit = 0{}",
                there(&version),
                there(&journal),
                JournalColumns::LATER,
                self.all_rows()
            ),
            // A variable that not every server has.
            "SHOW VARIABLES LIKE 'wsrep_on'".to_owned(),
        ];
        // Some of them are of MySQL or of MariaDB only; and one by one, because `sql_select_limit` counts here.
        questions.extend(READ_ONLY.map(|(name, _)| format!("SHOW VARIABLES LIKE '{name}'")));
        questions
    }

    fn read_identity(&self, tables: &Tables, answers: &[Answer]) -> Server {
        let answer = |column| value(answers, 0, column);
        let version = answer(0).unwrap_or_default();
        let is_cluster = value(answers, 1, 1) == Some("ON");
        let refused = ["TiDB", "OceanBase", "Vitess"].into_iter().find(|name| version.contains(name));
        Server {
            key: lock_key(&[answer(1).unwrap_or_default(), tables.version_name]),
            schema: answer(1).map(str::to_owned),
            has_version_table: answer(2).is_some(),
            has_journal: answer(3).is_some(),
            width: answer(4).and_then(|text| text.parse().ok()),
            journal_columns: Some(JournalColumns::counted(answer(5))),
            refused: if is_cluster { Some("a Galera cluster") } else { refused },
            read_only: read_only(answers),
            version: server_version::mysql(version),
            too_old: oldest_version::mysql(version),
            without_transactions: [(tables.version_name, answer(2)), (tables.journal_name, answer(3))]
                .into_iter()
                .find_map(|(table, engine)| {
                    let engine = engine.filter(|engine| !engine.is_empty())?;
                    Some((table.to_owned(), engine.to_owned()))
                }),
            // MariaDB keeps a log of all DDL: https://mariadb.com/kb/en/atomic-ddl/
            is_atomic_with_innodb_only: !server_version::is_mariadb(version),
            note: answer(6).filter(|engine| !engine.is_empty()).map(|engine| ServerNote::DefaultEngine {
                engine: engine.to_owned(),
                is_ddl_atomic: server_version::is_mariadb(version),
            }),
            is_autocommit_off: answer(7) == Some("0"),
            answers_nothing: answer(8) == Some("1"),
            ..Server::default()
        }
    }

    fn may_be_partially_applied(&self, server: &Server, sql: &str, class: &StatementClass) -> Option<String> {
        let asks = || storage::may_be_partially_applied(self, sql, class);
        server.is_atomic_with_innodb_only.then(asks).flatten()
    }

    #[cfg(feature = "models")]
    fn is_table_there(&self, schema: Option<&str>, name: &str) -> String {
        let (schema, name) = (self.schema(schema), self.catalogue_literal(name));
        format!(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = {schema} AND table_name = {name}"
        )
    }

    fn definition_questions(&self, object: &Object) -> Vec<String> {
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
        vec![format!("SHOW CREATE {kind} {}", self.quote_object(&object.name))]
    }

    fn part_question(&self, table: &ObjectName, part: &Part) -> Option<String> {
        let schema = self.schema(table.schema.as_deref());
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
            self.catalogue_literal(&table.name),
            self.catalogue_literal(&part.name),
            self.all_rows()
        ))
    }

    fn normalized(&self, definition: String) -> String {
        // The counter moves with every row that anybody inserts.
        const COUNTER: &str = " AUTO_INCREMENT=";
        let Some((before, after)) = definition.split_once(COUNTER) else { return definition };
        format!("{before}{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
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
        // MySQL prepares a string or a variable, and no expression.
        let prepared = vec![
            format!("SET @servicekit_right = {}", self.literal(&create)),
            "PREPARE servicekit_right FROM @servicekit_right".to_owned(),
            "DEALLOCATE PREPARE servicekit_right".to_owned(),
        ];
        let has_tables = server.has_version_table && server.has_journal;
        let mut questions =
            vec![question("CREATE", format!("the database `{schema}`"), !has_tables, prepared)];
        let mut explained = Vec::new();
        if server.has_version_table {
            let (table, name) = (&tables.version, tables.version_name);
            explained.extend([
                ("INSERT", name, format!("INSERT INTO {table} (version_num) VALUES ('')")),
                ("UPDATE", name, format!("UPDATE {table} SET version_num = '' WHERE version_num = ''")),
                ("DELETE", name, format!("DELETE FROM {table} WHERE version_num = ''")),
            ]);
        }
        if server.has_journal {
            let (table, name) = (&tables.journal, tables.journal_name);
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
}

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

#[cfg(test)]
mod tests {
    use super::*;

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
