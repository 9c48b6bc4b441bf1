//! Questions about a PostgreSQL server, its objects and the rights of the role.

use crate::backend::answer::{is_yes, value};
use crate::backend::engine::locking::lock_key;
use crate::backend::engine::{Inspection, Quoting as _};
use crate::backend::postgres::{IS_IN_TRANSACTION, Postgres};
use crate::backend::{
    Answer, JournalColumns, MissingRight, RightQuestion, Server, Tables, oldest_version, server_version,
};
use crate::error::{OldServer, ReadOnlyCause};
use servicekit_chain::sql::{Object, ObjectKind, ObjectName};

impl Inspection for Postgres {
    fn identify(&self, tables: &Tables) -> Vec<String> {
        let version = self.literal(&tables.version);
        let schema = match &tables.schema {
            Some(schema) => self.literal(schema),
            None => "current_schema()".to_owned(),
        };
        let (journal, later) = (self.literal(tables.journal_name), JournalColumns::LATER);
        vec![format!(
            "SELECT version(), current_database(), found.schema, found.version IS NOT NULL, \
             found.journal IS NOT NULL, \
             (SELECT CASE WHEN atttypid = 'varchar'::regtype AND atttypmod > 4 THEN atttypmod - 4 END \
             FROM pg_attribute WHERE attrelid = found.version AND attname = 'version_num')::text, \
             {IS_IN_TRANSACTION}, current_setting('application_name') = '', \
             (SELECT count(*)::text FROM pg_attribute WHERE attrelid = found.journal AND attname IN ({later}) AND NOT attisdropped), \
             coalesce((SELECT NOT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE pg_class.oid = found.journal), false), \
             pg_is_in_recovery(), current_setting('transaction_read_only') \
             FROM (SELECT version, schema, to_regclass(quote_ident(schema) || '.' || quote_ident({journal})) AS journal \
             FROM (SELECT version, coalesce((SELECT nspname::text FROM pg_namespace WHERE oid = (SELECT relnamespace \
             FROM pg_class WHERE pg_class.oid = version)), {schema}::text) AS schema \
             FROM (SELECT to_regclass({version}) AS version) AS named) AS placed) AS found"
        )]
    }

    fn read_identity(&self, tables: &Tables, answers: &[Answer]) -> Server {
        let answer = |column| value(answers, 0, column);
        let (version, database) = (answer(0).unwrap_or_default(), answer(1).unwrap_or_default());
        let schema = answer(2).map(str::to_owned);
        let refused =
            [("CockroachDB", "CockroachDB"), ("-YB-", "YugabyteDB"), ("Redshift", "Amazon Redshift")];
        Server {
            key: lock_key(&[database, schema.as_deref().unwrap_or_default(), tables.version_name]),
            schema,
            has_version_table: is_yes(answer(3)),
            has_journal: is_yes(answer(4)),
            width: answer(5).and_then(|text| text.parse().ok()),
            is_in_transaction: is_yes(answer(6)),
            is_nameless: is_yes(answer(7)),
            journal_columns: Some(JournalColumns::counted(answer(8))),
            may_not_widen_journal: is_yes(answer(9)),
            refused: refused.iter().find(|(sign, _)| version.contains(sign)).map(|(_, name)| *name),
            read_only: read_only(answer(10), answer(11)),
            // Since PostgreSQL 12, where the operating system has it.
            has_user_timeout: major(version) >= 12 && version.contains("linux"),
            // Since PostgreSQL 14, where the operating system can tell:
            // https://www.postgresql.org/docs/current/runtime-config-connection.html
            notices_gone_clients: major(version) >= 14 && version.contains("linux"),
            version: server_version::postgres(version),
            too_old: oldest_version::postgres(version),
            ..Server::default()
        }
    }

    fn version(&self) -> Option<&'static str> {
        // Before 9.6 there is no `to_regclass` for a text.
        Some("SELECT version()")
    }

    fn too_old(&self, version: &str) -> Option<OldServer> {
        oldest_version::postgres(version)
    }

    #[cfg(feature = "models")]
    fn is_table_there(&self, schema: Option<&str>, name: &str) -> String {
        let schema =
            schema.map_or_else(|| "pg_catalog.current_schema()".to_owned(), |schema| self.literal(schema));
        let name = self.literal(name);
        format!(
            "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
             WHERE n.nspname = {schema} AND c.relname = {name}"
        )
    }

    fn definition_questions(&self, object: &Object) -> Vec<String> {
        let name = self.literal(&object.name.name);
        let (catalog, column, owner) = match object.kind {
            ObjectKind::Database => ("pg_database", "datname", "datdba, dattablespace"),
            ObjectKind::Tablespace => ("pg_tablespace", "spcname", "spcowner"),
            ObjectKind::Subscription => ("pg_subscription", "subname", "subowner, subpublications"),
            _ => return Vec::new(),
        };
        vec![format!("SELECT oid, {owner} FROM {catalog} WHERE {column} = {name}")]
    }

    fn index_state(&self, table: &ObjectName, index: &str) -> Option<String> {
        // An index is in the schema of its table. A concurrent build keeps a lock of its table to the end.
        Some(format!(
            "SELECT x.indisvalid, EXISTS (SELECT 1 FROM pg_stat_activity AS a JOIN pg_locks AS l USING (pid) \
             WHERE l.relation = t.oid AND l.mode = 'ShareUpdateExclusiveLock' AND a.pid <> pg_backend_pid() \
             AND a.query ILIKE '%INDEX%CONCURRENTLY%' AND a.state = 'active') \
             FROM pg_class AS t JOIN pg_class AS i ON i.relnamespace = t.relnamespace AND i.relname = {} \
             JOIN pg_index AS x ON x.indexrelid = i.oid AND x.indrelid = t.oid WHERE t.oid = to_regclass({})",
            self.literal(index),
            self.literal(&self.quote_object(table))
        ))
    }

    fn is_index_there(&self, index: &ObjectName) -> Option<String> {
        Some(format!("SELECT to_regclass({}) IS NOT NULL", self.literal(&self.quote_object(index))))
    }

    fn drop_invalid_index(&self, table: &ObjectName, index: &str) -> Option<String> {
        let index = ObjectName { schema: table.schema.clone(), name: index.to_owned() };
        Some(format!("DROP INDEX CONCURRENTLY IF EXISTS {}", self.quote_object(&index)))
    }

    fn rights(&self, tables: &Tables, server: &Server) -> Vec<RightQuestion> {
        let question = |right, on: String, is_needed, condition: String| RightQuestion {
            right: MissingRight { right, on, is_needed },
            texts: vec![format!("SELECT {condition}")],
        };
        let Some(schema) = &server.schema else {
            let on = "any schema that the `search_path` names, or none is there".to_owned();
            return vec![question("USAGE", on, true, "current_schema() IS NOT NULL".to_owned())];
        };
        let (literal, on) = (self.literal(schema), format!("the schema `{schema}`"));
        let may = |right| format!("has_schema_privilege({literal}, '{right}')");
        let has_tables = server.has_version_table && server.has_journal;
        let mut questions = vec![
            question("USAGE", on.clone(), true, may("USAGE")),
            question("CREATE", on, !has_tables, may("CREATE")),
        ];
        let mut of_table = |name: &str, table: &str, right: &'static str| {
            // A right on some of the columns may be enough.
            let kind = if right == "DELETE" { "table" } else { "any_column" };
            let may = format!("has_{kind}_privilege({}, '{right}')", self.literal(table));
            questions.push(question(right, format!("`{schema}.{name}`"), true, may));
        };
        if server.has_version_table {
            for right in ["SELECT", "INSERT", "UPDATE", "DELETE"] {
                of_table(tables.version_name, &tables.version, right);
            }
        }
        if server.has_journal {
            for right in ["SELECT", "INSERT", "UPDATE"] {
                of_table(tables.journal_name, &tables.journal, right);
            }
        }
        questions
    }
}

/// Why nothing is to be written: `default_transaction_read_only` is what a statement outside a transaction shows, as a
/// transaction of its own. `BEGIN READ WRITE` would overrule it, against the will of whoever has set it.
fn read_only(in_recovery: Option<&str>, setting: Option<&str>) -> Option<ReadOnlyCause> {
    if is_yes(in_recovery) {
        return Some(ReadOnlyCause::Standby);
    }
    (setting == Some("on")).then_some(ReadOnlyCause::Session("default_transaction_read_only"))
}

/// `15` of `PostgreSQL 15.20 (Debian …) on …`.
fn major(version: &str) -> u32 {
    server_version::postgres(version).map_or(0, |version| version.major)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_from_the_words_of_the_server() {
        assert_eq!(major("PostgreSQL 15.20 (Debian 15.20-0+deb12u1) on x86_64-pc-linux-gnu"), 15);
        assert_eq!(major("PostgreSQL 18beta1 on x86_64"), 18);
        assert_eq!(major("nonsense"), 0);
    }
}
