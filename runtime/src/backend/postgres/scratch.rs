//! A scratch database of PostgreSQL.

use crate::backend::engine::ScratchQueries;

pub(super) const QUERIES: ScratchQueries = ScratchQueries {
    // A standby has the identifier of its primary: it counts as the same server.
    server: "SELECT system_identifier::text FROM pg_catalog.pg_control_system()",
    database: "SELECT pg_catalog.current_database()::text",
    lock: "SELECT pg_catalog.pg_try_advisory_lock(7309453411283)::text",
    contents: CONTENTS,
    before_drops: &["SET lock_timeout = '10s'"],
};

/// What was made after `initdb`, which gives the objects of the system numbers below 16384; without what goes with another
/// object: rows of types, arrays, sequences of identities, members of extensions.
const CONTENTS: &str = "\
    WITH found (class, oid) AS ( \
    SELECT 'pg_catalog.pg_namespace'::regclass, oid FROM pg_catalog.pg_namespace \
    WHERE nspname <> 'public' AND nspname !~ '^pg_(temp|toast)' \
    UNION ALL SELECT 'pg_catalog.pg_extension'::regclass, oid FROM pg_catalog.pg_extension \
    UNION ALL SELECT 'pg_catalog.pg_class'::regclass, c.oid FROM pg_catalog.pg_class c \
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND n.nspname !~ '^pg_(temp|toast)' \
    UNION ALL SELECT 'pg_catalog.pg_type'::regclass, t.oid FROM pg_catalog.pg_type t \
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname !~ '^pg_(temp|toast)' \
    UNION ALL SELECT 'pg_catalog.pg_proc'::regclass, oid FROM pg_catalog.pg_proc \
    UNION ALL SELECT 'pg_catalog.pg_operator'::regclass, oid FROM pg_catalog.pg_operator \
    UNION ALL SELECT 'pg_catalog.pg_opclass'::regclass, oid FROM pg_catalog.pg_opclass \
    UNION ALL SELECT 'pg_catalog.pg_opfamily'::regclass, oid FROM pg_catalog.pg_opfamily \
    UNION ALL SELECT 'pg_catalog.pg_collation'::regclass, oid FROM pg_catalog.pg_collation \
    UNION ALL SELECT 'pg_catalog.pg_conversion'::regclass, oid FROM pg_catalog.pg_conversion \
    UNION ALL SELECT 'pg_catalog.pg_cast'::regclass, oid FROM pg_catalog.pg_cast \
    UNION ALL SELECT 'pg_catalog.pg_ts_config'::regclass, oid FROM pg_catalog.pg_ts_config \
    UNION ALL SELECT 'pg_catalog.pg_ts_dict'::regclass, oid FROM pg_catalog.pg_ts_dict \
    UNION ALL SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass, oid FROM pg_catalog.pg_foreign_data_wrapper \
    UNION ALL SELECT 'pg_catalog.pg_foreign_server'::regclass, oid FROM pg_catalog.pg_foreign_server \
    UNION ALL SELECT 'pg_catalog.pg_publication'::regclass, oid FROM pg_catalog.pg_publication \
    UNION ALL SELECT 'pg_catalog.pg_event_trigger'::regclass, oid FROM pg_catalog.pg_event_trigger) \
    SELECT o.type, o.identity, \
    pg_catalog.format('DROP %s IF EXISTS %s CASCADE', pg_catalog.replace(o.type, 'foreign-data', 'foreign data'), o.identity) \
    FROM found f CROSS JOIN LATERAL pg_catalog.pg_identify_object(f.class, f.oid, 0) o \
    WHERE f.oid >= 16384 AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d \
    WHERE d.classid = f.class AND d.objid = f.oid AND d.objsubid = 0 AND d.deptype IN ('e', 'i')) \
    ORDER BY o.type = 'schema' DESC, o.type, o.identity";
