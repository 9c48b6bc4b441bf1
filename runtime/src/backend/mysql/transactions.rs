//! How a transaction begins on MySQL and MariaDB.

use crate::backend::engine::Transactions;
use crate::backend::mysql::MySql;

impl Transactions for MySql {
    fn begin(&self) -> &'static str {
        "START TRANSACTION"
    }

    fn probe_transaction(&self) -> &'static [&'static str] {
        // Only MariaDB has a variable that says it; MySQL tells it to a user with more rights.
        &["SAVEPOINT servicekit_probe", "RELEASE SAVEPOINT servicekit_probe"]
    }

    fn accepts_several(&self) -> bool {
        // A CALL is answered several times.
        false
    }
}
