//! A scratch database of MySQL or MariaDB.

use crate::backend::engine::ScratchQueries;

pub(super) const QUERIES: ScratchQueries = ScratchQueries {
    // MariaDB has no number of its own; two servers share neither a folder of data nor a port on one machine.
    server: "SHOW GLOBAL VARIABLES WHERE variable_name IN \
             ('server_uuid', 'hostname', 'port', 'datadir', 'pid_file', 'socket')",
    database: "SELECT DATABASE()",
    lock: "SELECT GET_LOCK(CONCAT('servicekit:scratch:', MD5(DATABASE())), 0)",
    contents: "SELECT CAST(LOWER(table_type) AS CHAR), CAST(table_name AS CHAR), CAST(CONCAT('DROP ', \
               CASE table_type WHEN 'VIEW' THEN 'VIEW' WHEN 'SEQUENCE' THEN 'SEQUENCE' ELSE 'TABLE' END, \
               ' IF EXISTS `', REPLACE(table_name, '`', '``'), '`') AS CHAR) \
               FROM information_schema.tables WHERE table_schema = DATABASE() \
               UNION ALL SELECT CAST(LOWER(routine_type) AS CHAR), CAST(routine_name AS CHAR), \
               CAST(CONCAT('DROP ', routine_type, ' IF EXISTS `', REPLACE(routine_name, '`', '``'), '`') AS CHAR) \
               FROM information_schema.routines WHERE routine_schema = DATABASE() \
               UNION ALL SELECT 'event', CAST(event_name AS CHAR), \
               CAST(CONCAT('DROP EVENT IF EXISTS `', REPLACE(event_name, '`', '``'), '`') AS CHAR) \
               FROM information_schema.events WHERE event_schema = DATABASE() ORDER BY 1, 2",
    before_drops: &["SET SESSION foreign_key_checks = 0"],
};
