//! How a transaction begins on MySQL and MariaDB.

use crate::backend::engine::Transactions;
use crate::backend::mysql::MySql;

impl Transactions for MySql {
    fn begin(&self) -> &'static str {
        "START TRANSACTION"
    }

    fn accepts_several(&self) -> bool {
        // A CALL is answered several times.
        false
    }
}
