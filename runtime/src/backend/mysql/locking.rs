//! The lock of a run on MySQL and MariaDB: a name that the session holds in the whole server.

use crate::backend::engine::Locking;
use crate::backend::mysql::MySql;
use crate::backend::mysql::processlist::SESSIONS;

impl Locking for MySql {
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

    fn lock_holder(&self, key: &str) -> Option<String> {
        Some(format!(
            "SELECT id, user, NULL, host, \
             DATE_FORMAT(UTC_TIMESTAMP() - INTERVAL time SECOND, '%Y-%m-%dT%H:%i:%sZ'), info \
             FROM {SESSIONS} WHERE id = IS_USED_LOCK({})",
            lock_name(key)
        ))
    }
}

/// The name of the lock; names are known in the whole server and hold at most 64 characters.
fn lock_name(key: &str) -> String {
    format!("'servicekit:{key}'")
}
