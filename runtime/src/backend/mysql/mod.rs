//! MySQL and MariaDB: every DDL statement commits by itself, so a run always holds a lock of its session.

mod bookkeeping;
pub(crate) mod driver;
mod driver_settings;
mod errors;
mod inspection;
pub(crate) mod locate;
mod locking;
mod session_state;
mod sessions;
mod storage;
mod transactions;

use crate::backend::engine::Quoting;
use servicekit_chain::Dialect;
use std::fmt::Write as _;

#[derive(Debug)]
pub(crate) struct MySql;

impl Quoting for MySql {
    fn dialect(&self) -> Dialect {
        Dialect::Mysql
    }

    fn literal(&self, value: &str) -> String {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || " _.,:;/()<>=+-#@".contains(c);
        if value.chars().all(is_plain) {
            return format!("'{value}'");
        }
        // What a backslash means depends on `sql_mode`; hexadecimal digits do not.
        let digits = value.bytes().fold(String::new(), |mut digits, byte| {
            // Writing to a string cannot fail.
            let _ = write!(digits, "{byte:02X}");
            digits
        });
        format!("CONVERT(X'{digits}' USING utf8mb4)")
    }

    fn quote(&self, name: &str) -> String {
        format!("`{}`", name.replace('`', "``"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_holds_no_character_that_a_setting_could_give_another_meaning() {
        assert_eq!(MySql.literal("add email"), "'add email'");
        assert_eq!(MySql.literal("it's"), "CONVERT(X'69742773' USING utf8mb4)");
    }
}
