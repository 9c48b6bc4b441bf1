//! What a database says that it has.

use crate::client::Client;

/// Every table with its columns, constraints, indexes and comments, as the catalogue tells it.
pub(crate) async fn catalogue(client: &mut Client) -> Vec<String> {
    match client {
        Client::Sqlite(_) => {
            client.ask("SELECT type || ' ' || name || ': ' || coalesce(rtrim(sql, char(10)), 'by itself') FROM sqlite_schema WHERE name <> 'sqlite_sequence' ORDER BY type DESC, name").await
        }
        Client::Postgres(..) => client.ask(POSTGRES).await,
        Client::MySql(..) => mysql(client).await,
    }
}

const POSTGRES: &str = "
WITH tables AS (
    SELECT c.oid, c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
)
SELECT line FROM (
    SELECT t.name, 1 AS kind, 0 AS place, 'table ' || t.name || coalesce(' -- ' || obj_description(t.oid, 'pg_class'), '')
        || coalesce(' ' || array_to_string(c.reloptions, ','), '') AS line
    FROM tables t JOIN pg_class c ON c.oid = t.oid
    UNION ALL
    SELECT t.name, 2, a.attnum, '  ' || quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
        || CASE WHEN a.attcollation NOT IN (0, 100) THEN ' COLLATE ' || (SELECT collname FROM pg_collation WHERE oid = a.attcollation) ELSE '' END
        || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
        || CASE a.attidentity WHEN 'd' THEN ' identity' WHEN 'a' THEN ' identity always' ELSE '' END
        || CASE WHEN a.attgenerated = 's' THEN ' computed' ELSE '' END
        || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
        || coalesce(' -- ' || col_description(t.oid, a.attnum), '')
    FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
    UNION ALL
    SELECT t.name, 3, 0, '  ' || quote_ident(c.conname) || ' ' || pg_get_constraintdef(c.oid)
    FROM tables t JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype <> 'n'
    UNION ALL
    SELECT t.name, 4, 0, '  ' || pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' INVALID' END
        || coalesce(' -- ' || obj_description(i.indexrelid, 'pg_class'), '')
    FROM tables t JOIN pg_index i ON i.indrelid = t.oid
    WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype <> 'f')
    UNION ALL
    SELECT '', 0, 0, 'type ' || e.enumtypid::regtype::text || ' ' || string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
    FROM pg_enum e GROUP BY e.enumtypid
    UNION ALL
    SELECT t.name, 5, 0, '  numbers ' || s.seqstart || ' + ' || s.seqincrement || ', ' || s.seqmin || ' to ' || s.seqmax
        || ', cache ' || s.seqcache || CASE WHEN s.seqcycle THEN ', cycle' ELSE '' END
    FROM tables t JOIN pg_depend d ON d.refobjid = t.oid AND d.deptype = 'i' JOIN pg_sequence s ON s.seqrelid = d.objid
    WHERE s.seqcache > 1
) AS lines ORDER BY name COLLATE \"C\", kind, place, line COLLATE \"C\"";

async fn mysql(client: &mut Client) -> Vec<String> {
    let tables = client.ask("SHOW TABLES").await;
    let mut lines = Vec::new();
    for table in tables {
        let shown = client.ask(&format!("SHOW CREATE TABLE `{}`", table.replace('`', "``"))).await.concat();
        let (_, text) = shown.split_once('|').unwrap();
        // What the server adds by itself differs from version to version.
        let (body, options) = text.rsplit_once("\n) ").unwrap();
        let comment = options.find(" COMMENT=").map(|at| &options[at..]).unwrap_or_default();
        lines.push(format!("{body}\n){comment}"));
    }
    lines
}
