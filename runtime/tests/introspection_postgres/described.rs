//! What the server says about its tables, in its own words: more than is read.

/// A line for each object in the schema `public`.
pub(crate) const DESCRIBED: &str = r#"
WITH tables AS (
    SELECT c.oid::regclass::text AS name, c.* FROM pg_class c
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND NOT c.relispartition
    AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid)
)
SELECT line FROM (
    SELECT t.name, 1 AS kind, 0 AS place, 'table ' || t.name || ' ' || concat(t.relkind, t.relpersistence, t.relreplident)
        || ' ' || t.relrowsecurity || t.relforcerowsecurity || coalesce(' -- ' || obj_description(t.oid, 'pg_class'), '')
        || coalesce(' WITH ' || t.reloptions::text, '')
        || coalesce(' TOAST ' || (SELECT reloptions::text FROM pg_class o WHERE o.oid = t.reltoastrelid), '')
        || coalesce(' PARTITION BY ' || pg_get_partkeydef(t.oid), '') || ' ' || t.reltablespace
        || ' ' || coalesce(t.reloftype::regtype::text, '') AS line
    FROM tables t
    UNION ALL
    SELECT t.name, 2, (SELECT count(*) FROM pg_attribute b WHERE b.attrelid = t.oid AND b.attnum BETWEEN 1 AND a.attnum AND NOT b.attisdropped),
        '  ' || quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
        || ' COLLATE ' || coalesce((SELECT l.collnamespace::regnamespace || '.' || l.collname FROM pg_collation l WHERE l.oid = a.attcollation), '') || ' ' || a.attnotnull || ' identity ' || a.attidentity::text
        || ' generated ' || a.attgenerated::text || ' storage ' || a.attstorage::text
        || ' compression ' || coalesce(to_jsonb(a) ->> 'attcompression', '')
        || ' statistics ' || coalesce(nullif(a.attstattarget, -1)::text, '') || coalesce((SELECT string_agg(o, ',') FROM unnest(a.attoptions) o WHERE o NOT LIKE 'pg\_attver=%'), '')
        || coalesce(' DEFAULT ' || regexp_replace(pg_get_expr(d.adbin, d.adrelid), '^''(-?\d+)''::(smallint|integer|bigint|numeric)$', '\1'), '')
        || coalesce(' -- ' || col_description(t.oid, a.attnum), '')
    FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
    UNION ALL
    SELECT t.name, 3, 0, '  ' || quote_ident(c.conname) || ' ' || pg_get_constraintdef(c.oid)
        || coalesce(' -- ' || obj_description(c.oid, 'pg_constraint'), '')
    FROM tables t JOIN pg_constraint c ON c.conrelid = t.oid AND c.conparentid = 0 AND c.contype NOT IN ('n', 't')
    UNION ALL
    SELECT t.name, 4, 0, '  ' || pg_get_indexdef(i.indexrelid) || ' ' || i.indisvalid || i.indisclustered || i.indisreplident || i.indimmediate
        || ' ' || c.reltablespace || coalesce(' ' || c.reloptions::text, '')
        || coalesce(' statistics ' || (SELECT string_agg(a.attnum || '=' || a.attstattarget, ',') FROM pg_attribute a WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0), '')
        || coalesce(' -- ' || obj_description(i.indexrelid, 'pg_class'), '')
    FROM tables t JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indisvalid OR t.relkind = 'p' AND i.indisprimary
    UNION ALL
    SELECT t.name, 5, 0, '  sequence ' || s.seqrelid::regclass || ' of ' || d.refobjsubid::text || concat(' ', d.deptype, ' ') || s.seqtypid::regtype
        || ' ' || concat_ws(',', s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle)
        || (SELECT c.relpersistence::text FROM pg_class c WHERE c.oid = s.seqrelid)
        || coalesce(' -- ' || obj_description(s.seqrelid, 'pg_class'), '')
    FROM tables t JOIN pg_depend d ON d.refobjid = t.oid AND d.refobjsubid > 0 AND d.classid = 'pg_class'::regclass JOIN pg_sequence s ON s.seqrelid = d.objid
    UNION ALL
    SELECT t.name, 6, 0, '  ' || pg_get_statisticsobjdef(s.oid) FROM tables t JOIN pg_statistic_ext s ON s.stxrelid = t.oid
    UNION ALL
    SELECT '', 0, 0, 'type ' || t.oid::regtype::text || ' ' || coalesce((SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid), '')
        || coalesce(' -- ' || obj_description(t.oid, 'pg_type'), '')
    FROM pg_type t WHERE t.typtype = 'e' AND t.typnamespace = 'public'::regnamespace
) AS lines WHERE name NOT IN ('alembic_version', 'alembic_journal') ORDER BY name COLLATE "C", kind, place, line COLLATE "C""#;
