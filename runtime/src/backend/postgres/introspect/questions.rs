//! What the catalogue is asked, in the order in which [`Answers`](super::answers::Answers) takes the answers apart.
//!
//! Objects come by number and are joined in Rust: the server takes eight times as long to look the names up.
//!
//! The two settings that the questions use belong to the transaction: `servicekit.schemas` and `servicekit.tables` hold
//! the numbers of what is read.
//!
//! A column that only newer versions have is written without its table, in a subquery beside a row that has a null
//! under the same name: where the table lacks it, that one is found.

use crate::backend::engine::Quoting as _;
use crate::backend::engine::Scope;
use crate::backend::postgres::Postgres;

/// Which server it is. The current schema must be asked for before [`SETTINGS`].
pub(super) const SERVER: &str = "SELECT pg_catalog.version(), pg_catalog.current_schema()::text, \
    pg_catalog.current_setting('search_path')";

/// What the text of expressions and constants depends on. Without a search path every name comes with its schema, but
/// for those of `pg_catalog`; temporary objects, which are found first unless they are named, come last.
pub(super) const SETTINGS: &str = "SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), \
    pg_catalog.set_config('quote_all_identifiers', 'off', true), \
    pg_catalog.set_config('standard_conforming_strings', 'on', true), \
    pg_catalog.set_config('DateStyle', 'ISO', true), \
    pg_catalog.set_config('IntervalStyle', 'postgres', true), \
    pg_catalog.set_config('TimeZone', 'UTC', true), \
    pg_catalog.set_config('bytea_output', 'hex', true), \
    pg_catalog.set_config('extra_float_digits', '1', true)";

/// Notes the schemas that are read.
pub(super) fn schemas(postgres: &Postgres, scope: &Scope) -> String {
    let of_tables = scope.tables.iter().filter_map(|table| table.schema.as_ref());
    let all = scope.schemas.iter().chain(of_tables).map(|schema| postgres.literal(schema));
    let list = all.collect::<Vec<_>>().join(", ");
    let named = if list.is_empty() { "false".to_owned() } else { format!("nspname IN ({list})") };
    let current = if scope.reads_current() { "nspname = pg_catalog.current_schema()" } else { "false" };
    format!(
        "SELECT pg_catalog.set_config('servicekit.schemas', \
         coalesce(pg_catalog.array_agg(oid)::text, '{{}}'), true) \
         FROM pg_catalog.pg_namespace WHERE {named} OR {current}"
    )
}

/// Notes the tables that are read.
pub(super) fn described(postgres: &Postgres, scope: &Scope) -> String {
    let list = |names: &mut dyn Iterator<Item = &String>| {
        let names: Vec<String> = names.map(|name| postgres.literal(name)).collect();
        names.join(", ")
    };
    let condition = match (scope.tables.as_slice(), scope.left_out.as_slice()) {
        ([], []) => "true".to_owned(),
        ([], left_out) => format!("c.relname NOT IN ({})", list(&mut left_out.iter())),
        (tables, _) => format!("c.relname IN ({})", list(&mut tables.iter().map(|table| &table.name))),
    };
    format!(
        "SELECT set_config('servicekit.tables', coalesce(array_agg(c.oid)::text, '{{}}'), true) \
         FROM pg_class AS c WHERE {DESCRIBED} AND {condition}"
    )
}

/// A table that can be described: no view, partition, child, temporary or foreign table, and no part of an extension.
const DESCRIBED: &str = "c.relnamespace = ANY (current_setting('servicekit.schemas')::oid[]) \
    AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't' \
    AND NOT EXISTS (SELECT FROM pg_inherits AS i WHERE i.inhrelid = c.oid) \
    AND c.oid NOT IN (SELECT d.objid FROM pg_depend AS d WHERE d.refclassid = 'pg_extension'::regclass \
    AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')";

/// The names of all tables, for a message about one that is not there.
pub(super) fn names(scope: &Scope) -> String {
    let is_asked = !scope.tables.is_empty();
    format!(
        "SELECT c.relnamespace, c.relname FROM pg_class AS c WHERE {is_asked} AND {DESCRIBED} ORDER BY c.relname"
    )
}

pub(super) const NAMESPACES: &str = "SELECT oid, nspname, quote_ident(nspname), \
    oid = ANY (current_setting('servicekit.schemas')::oid[]) FROM pg_namespace";

pub(super) const TABLES: &str = "SELECT c.oid, c.relname, c.relnamespace, \
    c.relname IN (SELECT b.relname FROM pg_class AS b WHERE b.relnamespace = 'pg_catalog'::regnamespace), c.relkind, c.relpersistence, c.relreplident, \
    c.relrowsecurity, c.relforcerowsecurity, c.reloptions::text, toast.reloptions::text, space.spcname, am.amname, \
    CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END, \
    CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END, said.description \
    FROM unnest(current_setting('servicekit.tables')::oid[]) AS described (oid) \
    JOIN pg_class AS c ON c.oid = described.oid \
    LEFT JOIN pg_class AS toast ON toast.oid = c.reltoastrelid \
    LEFT JOIN pg_tablespace AS space ON space.oid = c.reltablespace \
    LEFT JOIN pg_am AS am ON am.oid = c.relam \
    LEFT JOIN pg_description AS said ON said.objoid = c.oid AND said.classoid = 'pg_class'::regclass \
    AND said.objsubid = 0";

/// The setting of a number of statistics is null since version 17 and -1 before where there is none. Each table's columns
/// are looked up by its number: a join would read those of all indexes and system tables. A default has no columns in
/// it, so it is written without a table, which takes a third of the time.
pub(super) const COLUMNS: &str = "SELECT described.oid, q.*, said.description \
    FROM (SELECT ''::\"char\" AS attcompression) AS absent \
    CROSS JOIN unnest(current_setting('servicekit.tables')::oid[]) AS described (oid) \
    CROSS JOIN LATERAL (SELECT a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, \
    a.attidentity, a.attgenerated, a.attcollation, a.attstorage, attcompression, \
    CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END, a.attoptions::text, \
    pg_get_expr(d.adbin, CASE a.attgenerated WHEN '' THEN 0::oid ELSE d.adrelid END), d.oid IS NOT NULL \
    FROM pg_attribute AS a LEFT JOIN pg_attrdef AS d ON a.atthasdef AND d.adrelid = a.attrelid AND d.adnum = a.attnum \
    WHERE a.attrelid = described.oid AND a.attnum > 0 AND NOT a.attisdropped OFFSET 0) AS q \
    LEFT JOIN pg_description AS said ON said.objoid = described.oid AND said.classoid = 'pg_class'::regclass \
    AND said.objsubid = q.attnum";

/// The types of columns, and the enum that each is or has as its elements.
pub(super) const TYPES: &str = "SELECT used.atttypid, used.atttypmod, format_type(used.atttypid, used.atttypmod), \
    format_type(used.atttypid, -1), t.typcollation, t.typstorage, coalesce(element.typnamespace, t.typnamespace), \
    EXISTS (SELECT FROM pg_type AS b WHERE b.typname = coalesce(element.typname, t.typname) \
    AND b.typnamespace = 'pg_catalog'::regnamespace), \
    CASE WHEN coalesce(element.typtype, t.typtype) = 'e' THEN coalesce(element.oid, t.oid) END \
    FROM (SELECT DISTINCT a.atttypid, a.atttypmod \
    FROM unnest(current_setting('servicekit.tables')::oid[]) AS described (oid) \
    CROSS JOIN LATERAL (SELECT o.atttypid, o.atttypmod FROM pg_attribute AS o WHERE o.attrelid = described.oid \
    AND o.attnum > 0 AND NOT o.attisdropped OFFSET 0) AS a) AS used \
    JOIN pg_type AS t ON t.oid = used.atttypid \
    LEFT JOIN pg_type AS element ON element.oid = t.typelem AND t.typlen = -1";

/// The enums of the schemas, and others that a column has.
pub(super) const ENUMS: &str = "SELECT t.oid, t.typname, t.typnamespace, \
    EXISTS (SELECT FROM pg_type AS b WHERE b.typname = t.typname AND b.typnamespace = 'pg_catalog'::regnamespace), \
    t.typnamespace = ANY (current_setting('servicekit.schemas')::oid[]) \
    AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid \
    AND d.deptype = 'e'), obj_description(t.oid, 'pg_type') FROM pg_type AS t WHERE t.typtype = 'e' \
    AND (t.typnamespace = ANY (current_setting('servicekit.schemas')::oid[]) OR t.oid IN (SELECT unnest(\
    ARRAY[u.oid, u.typelem]) FROM unnest(current_setting('servicekit.tables')::oid[]) AS described (oid) \
    JOIN pg_attribute AS a ON a.attrelid = described.oid AND a.attnum > 0 JOIN pg_type AS u ON u.oid = a.atttypid)) \
    ORDER BY t.typname COLLATE \"C\"";

pub(super) const LABELS: &str = "SELECT e.enumtypid, e.enumlabel FROM pg_type AS t JOIN pg_enum AS e \
    ON e.enumtypid = t.oid WHERE t.typtype = 'e' \
    AND (t.typnamespace = ANY (current_setting('servicekit.schemas')::oid[]) OR t.oid IN (SELECT unnest(\
    ARRAY[u.oid, u.typelem]) FROM unnest(current_setting('servicekit.tables')::oid[]) AS described (oid) \
    JOIN pg_attribute AS a ON a.attrelid = described.oid AND a.attnum > 0 JOIN pg_type AS u ON u.oid = a.atttypid)) \
    ORDER BY e.enumtypid, e.enumsortorder";

/// Constraints. Of those for which there may be no word, and of two about the same, also their whole definition.
pub(super) const CONSTRAINTS: &str = "SELECT q.* FROM (SELECT NULL::boolean AS conenforced, \
    NULL::boolean AS conperiod, NULL::smallint[] AS confdelsetcols) AS absent CROSS JOIN LATERAL (SELECT o.oid, \
    o.conrelid, o.conname, o.contype, o.conindid, o.conkey::text, o.confrelid, o.confkey::text, o.confupdtype, \
    o.confdeltype, confdelsetcols::text, o.confmatchtype, o.condeferrable, o.condeferred, o.convalidated, \
    o.connoinherit, coalesce(conenforced, true), coalesce(conperiod, false), \
    CASE WHEN o.contype = 'c' THEN pg_get_expr(o.conbin, o.conrelid) END, \
    CASE WHEN o.contype = 'x' OR (o.contype IN ('p', 'u') AND (o.conrelid, o.conkey) IN (\
    SELECT b.conrelid, b.conkey FROM pg_constraint AS b WHERE b.contype IN ('p', 'u') GROUP BY 1, 2 HAVING count(*) > 1)) \
    OR conperiod OR c.relpersistence = 'u' OR (o.conrelid = o.confrelid AND NOT EXISTS (\
    SELECT FROM pg_index AS i WHERE i.indexrelid = o.conindid AND i.indisprimary)) \
    THEN pg_get_constraintdef(o.oid) END, said.description \
    FROM unnest(current_setting('servicekit.tables')::oid[]) AS described (oid) \
    JOIN pg_class AS c ON c.oid = described.oid \
    JOIN pg_constraint AS o ON o.conrelid = described.oid \
    LEFT JOIN pg_description AS said ON said.objoid = o.oid AND said.classoid = 'pg_constraint'::regclass \
    AND said.objsubid = 0 WHERE o.contype NOT IN ('n', 't') AND o.conparentid = 0) AS q";

/// The tables and columns that foreign keys refer to, where they are not among the tables that are read, which are looked up in a
/// hash: the server takes them for few, and would go through all of them for each key.
pub(super) const REFERRED: &str = "SELECT DISTINCT c.oid, c.relname, c.relnamespace, \
    to_regclass('pg_catalog.' || quote_ident(c.relname)) IS NOT NULL, c.relpersistence, a.attnum, a.attname \
    FROM unnest(current_setting('servicekit.tables')::oid[]) AS described (oid) \
    JOIN pg_constraint AS o ON o.conrelid = described.oid AND o.contype = 'f' \
    AND o.confrelid NOT IN (SELECT unnest(current_setting('servicekit.tables')::oid[])) JOIN pg_class AS c ON c.oid = o.confrelid \
    JOIN pg_attribute AS a ON a.attrelid = o.confrelid AND a.attnum = ANY (o.confkey)";

/// The operators of exclusion constraints.
pub(super) const OPERATORS: &str = "SELECT o.oid, CASE WHEN p.oprnamespace = 'pg_catalog'::regnamespace \
    THEN p.oprname::text ELSE 'OPERATOR(' || p.oprnamespace::regnamespace::text || '.' || p.oprname || ')' END \
    FROM unnest(current_setting('servicekit.tables')::oid[]) AS described (oid) \
    JOIN pg_constraint AS o ON o.conrelid = described.oid AND o.contype = 'x' \
    CROSS JOIN LATERAL unnest(o.conexclop) WITH ORDINALITY AS e (op, place) \
    JOIN pg_operator AS p ON p.oid = e.op ORDER BY o.oid, e.place";

pub(super) const INDEXES: &str = "SELECT q.* FROM (SELECT NULL::boolean AS indnullsnotdistinct) AS absent \
    CROSS JOIN LATERAL (SELECT x.indexrelid, x.indrelid, c.relname, am.amname, x.indisunique, x.indisvalid, \
    x.indisclustered, x.indisreplident, coalesce(indnullsnotdistinct, false), x.indnkeyatts, x.indkey::text, \
    x.indoption::text, x.indclass::text, x.indcollation::text, c.reloptions::text, space.spcname, \
    pg_get_expr(x.indpred, x.indrelid), x.indpred IS NOT NULL, said.description \
    FROM unnest(current_setting('servicekit.tables')::oid[]) AS described (oid) \
    JOIN pg_index AS x ON x.indrelid = described.oid JOIN pg_class AS c ON c.oid = x.indexrelid \
    JOIN pg_am AS am ON am.oid = c.relam LEFT JOIN pg_tablespace AS space ON space.oid = c.reltablespace \
    LEFT JOIN pg_description AS said ON said.objoid = c.oid AND said.classoid = 'pg_class'::regclass \
    AND said.objsubid = 0) AS q";

/// The expressions among the keys of indexes.
pub(super) const EXPRESSIONS: &str = "SELECT x.indexrelid, pg_get_indexdef(x.indexrelid, k.place::integer, false) \
    FROM unnest(current_setting('servicekit.tables')::oid[]) AS described (oid) \
    JOIN pg_index AS x ON x.indrelid = described.oid AND x.indexprs IS NOT NULL \
    CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k (attnum, place) WHERE k.attnum = 0 \
    ORDER BY x.indexrelid, k.place";

/// What keys of indexes can have besides the default: options of an operator class, numbers of statistics.
pub(super) const INDEX_COLUMNS: &str = "SELECT a.attrelid, a.attnum, a.attoptions::text, \
    CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END, pg_get_indexdef(a.attrelid) \
    FROM unnest(current_setting('servicekit.tables')::oid[]) AS described (oid) \
    JOIN pg_index AS x ON x.indrelid = described.oid JOIN pg_attribute AS a ON a.attrelid = x.indexrelid \
    WHERE a.attnum > 0 AND (a.attoptions IS NOT NULL OR a.attstattarget >= 0) ORDER BY a.attrelid, a.attnum";

/// The definition of indexes with something from outside of `pg_catalog`, which may need the name of its schema.
pub(super) const WHOLE_INDEXES: &str = "SELECT x.indexrelid, pg_get_indexdef(x.indexrelid) \
    FROM unnest(current_setting('servicekit.tables')::oid[]) AS described (oid) \
    JOIN pg_index AS x ON x.indrelid = described.oid \
    WHERE 16384 <= ANY (x.indclass::oid[]) OR 16384 <= ANY (x.indcollation::oid[])";

pub(super) const OPERATOR_CLASSES: &str = "SELECT oid, opcname, opcnamespace, opcdefault, EXISTS (SELECT \
    FROM pg_opclass AS b WHERE b.opcname = k.opcname AND b.opcmethod = k.opcmethod \
    AND b.opcnamespace = 'pg_catalog'::regnamespace) FROM pg_opclass AS k WHERE oid IN (SELECT unnest(x.indclass) \
    FROM unnest(current_setting('servicekit.tables')::oid[]) AS described (oid) \
    JOIN pg_index AS x ON x.indrelid = described.oid)";

/// All collations: to find those that are used takes longer.
pub(super) const COLLATIONS: &str = "SELECT oid, collname, collnamespace, EXISTS (SELECT FROM pg_collation AS b \
    WHERE b.collname = l.collname AND b.collnamespace = 'pg_catalog'::regnamespace) FROM pg_collation AS l";

/// The sequences that belong to a column, and the default that takes the next number of each.
pub(super) const SEQUENCES: &str = "SELECT d.refobjid, d.refobjsubid, d.deptype, c.relname, c.relnamespace, \
    format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle, \
    c.relpersistence, CASE d.deptype WHEN 'a' \
    THEN 'nextval(''' || replace(c.oid::regclass::text, '''', '''''') || '''::regclass)' END, \
    current_setting('server_version_num'), said.description \
    FROM unnest(current_setting('servicekit.tables')::oid[]) AS described (oid) \
    JOIN pg_depend AS d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = described.oid AND d.refobjsubid > 0 \
    AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') \
    JOIN pg_sequence AS s ON s.seqrelid = d.objid JOIN pg_class AS c ON c.oid = d.objid \
    LEFT JOIN pg_description AS said ON said.objoid = c.oid AND said.classoid = 'pg_class'::regclass \
    AND said.objsubid = 0 ORDER BY d.refobjid, d.refobjsubid, c.relname COLLATE \"C\"";

/// The defaults that use a sequence of a column, and whose it is: from the sequences, as most defaults use none.
pub(super) const BORROWED: &str = "SELECT e.adrelid, e.adnum, o.refobjid FROM pg_sequence AS s \
    CROSS JOIN LATERAL (SELECT u.objid FROM pg_depend AS u WHERE u.refclassid = 'pg_class'::regclass \
    AND u.refobjid = s.seqrelid AND u.classid = 'pg_attrdef'::regclass OFFSET 0) AS d \
    JOIN pg_attrdef AS e ON e.oid = d.objid \
    JOIN pg_depend AS o ON o.classid = 'pg_class'::regclass AND o.objid = s.seqrelid \
    AND o.refclassid = 'pg_class'::regclass AND o.deptype = 'a' \
    WHERE e.adrelid IN (SELECT unnest(current_setting('servicekit.tables')::oid[])) \
    ORDER BY e.adrelid, e.adnum, o.refobjid";

pub(super) const STATISTICS: &str = "SELECT s.stxrelid, s.stxname, pg_get_statisticsobjdef(s.oid) \
    FROM unnest(current_setting('servicekit.tables')::oid[]) AS described (oid) \
    JOIN pg_statistic_ext AS s ON s.stxrelid = described.oid ORDER BY s.stxrelid, s.stxname COLLATE \"C\"";
