//! Which servers are too old, and why.

use crate::backend::server_version;
use crate::error::OldServer;
#[cfg(feature = "mysql")]
use servicekit_schema::requirement::Product;
use servicekit_schema::requirement::ServerVersion;

/// The worst of it: the definition of a table and its file no longer agree.
#[cfg(feature = "mysql")]
const NOT_ATOMIC: &str = "an older server that ends in the middle of DDL may leave a part of the statement behind, and no later run \
                          can tell which";

/// What the texts of `VERSION()` and `@@version_comment` say, with a blank between them, if it is too old.
///
/// <https://dev.mysql.com/doc/refman/8.0/en/atomic-ddl.html>, <https://mariadb.com/kb/en/atomic-ddl/>
#[cfg(feature = "mysql")]
pub(crate) fn mysql(told: &str) -> Option<OldServer> {
    let (product, version) = server_version::text_of_mysql(told)?;
    let (least, oldest) = if product == Product::Mariadb { ("10.6", (10, 6)) } else { ("8.0", (8, 0)) };
    let is_old = is_before(&ServerVersion::parse(product, version)?, oldest);
    is_old.then(|| OldServer { product: product.name(), version: version.to_owned(), least, why: NOT_ATOMIC })
}

/// What the text of `version()` says, if it is too old.
#[cfg(feature = "postgres")]
pub(crate) fn postgres(told: &str) -> Option<OldServer> {
    let version = server_version::text_of_postgres(told)?;
    let is_old = is_before(&server_version::postgres(told)?, (10, 0));
    is_old.then(|| OldServer {
        product: "PostgreSQL",
        version: version.to_owned(),
        least: "10",
        why: "the journal has an identity column, which older ones do not know",
    })
}

fn is_before(version: &ServerVersion, oldest: (u32, u32)) -> bool {
    (version.major, version.minor.unwrap_or(0)) < oldest
}

#[cfg(all(test, feature = "postgres", feature = "mysql"))]
mod tests {
    use super::*;

    #[test]
    fn servers_of_mysql_and_mariadb_that_are_too_old_are_told_by_their_own_words() {
        let old = [
            ("5.7.44-log MySQL Community Server (GPL)", "MySQL 5.7.44-log"),
            ("5.6.51 Source distribution", "MySQL 5.6.51"),
            ("5.7.44-48-log Percona Server (GPL), Release 48", "MySQL 5.7.44-48-log"),
            ("5.7.mysql_aurora.2.11.5 MySQL Community Server (GPL)", "MySQL 5.7.mysql_aurora.2.11.5"),
            ("5.7.44-google (Google)", "MySQL 5.7.44-google"),
            ("5.6.10a MySQL Community Server (GPL)", "MySQL 5.6.10a"),
            (
                "10.4.32-MariaDB-1:10.4.32+maria~ubu2004 mariadb.org binary distribution",
                "MariaDB 10.4.32-MariaDB-1:10.4.32+maria~ubu2004",
            ),
            ("5.5.5-10.3.39-MariaDB Source distribution", "MariaDB 10.3.39-MariaDB"),
            ("10.5.29-MariaDB-0+deb11u1-log Debian 11", "MariaDB 10.5.29-MariaDB-0+deb11u1-log"),
            ("5.5.68-MariaDB MariaDB Server", "MariaDB 5.5.68-MariaDB"),
            ("10.3.39 managed by https://aws.amazon.com/rds/ (MariaDB)", "MariaDB 10.3.39"),
            (
                "10.4.34-20-MariaDB-enterprise-log MariaDB Enterprise Server",
                "MariaDB 10.4.34-20-MariaDB-enterprise-log",
            ),
        ];
        for (told, expected) in old {
            let old = mysql(told).unwrap();
            assert_eq!(format!("{} {}", old.product, old.version), expected);
        }
        let new = [
            "8.0.36-0ubuntu0.22.04.1 (Ubuntu)",
            "8.0.11 MySQL Community Server - GPL",
            "8.0.mysql_aurora.3.04.0 MySQL Community Server - GPL",
            "8.0.36-28 Percona Server (GPL), Release 28, Revision 47601f19",
            "8.0.31-google (Google)",
            "8.4.3 MySQL Community Server - GPL",
            "9.1.0-cloud MySQL Enterprise - Cloud",
            "10.6.0 MySQL that is still to come",
            "10.6.18-14-MariaDB-enterprise-log MariaDB Enterprise Server",
            "5.5.5-10.6.12-MariaDB-0ubuntu0.22.04.1 Ubuntu 22.04",
            "10.11.6-MariaDB-0+deb12u1 Debian 12",
            "10.6-MariaDB",
            "11.4.2-MariaDB-ubu2404 mariadb.org binary distribution",
            "12.0.2-MariaDB",
            // Nothing is known of them.
            "nonsense",
            "",
        ];
        for told in new {
            assert_eq!(mysql(told), None, "{told}");
        }
    }

    #[test]
    fn servers_of_postgresql_that_are_too_old_are_told_by_their_own_words() {
        let old = [
            (
                "PostgreSQL 9.6.24 on x86_64-pc-linux-gnu, compiled by gcc (Debian 10.2.1-6) 10.2.1, 64-bit",
                "9.6.24",
            ),
            ("PostgreSQL 9.5.25, compiled by Visual C++ build 1800, 64-bit", "9.5.25,"),
            ("PostgreSQL 9.4.26 (Greenplum Database 6.21.0 build commit:6aa51fb) on x86_64", "9.4.26"),
            ("EnterpriseDB 9.6.2.7 on x86_64-pc-linux-gnu", "9.6.2.7"),
            ("PostgreSQL 8.4.22 on x86_64", "8.4.22"),
        ];
        for (told, version) in old {
            let old = postgres(told).unwrap();
            assert_eq!((old.product, old.version.as_str()), ("PostgreSQL", version.trim_end_matches(',')));
        }
        let new = [
            "PostgreSQL 10.23 (Ubuntu 10.23-0ubuntu0.18.04.2) on x86_64-pc-linux-gnu",
            "PostgreSQL 10rc1 on x86_64",
            "PostgreSQL 15.5 (Debian 15.5-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc 12.2.0",
            "PostgreSQL 18beta1 on x86_64",
            "PostgreSQL 12.12 (Greenplum Database 7.0.0) on x86_64",
            "PostgreSQL 16.4 (EnterpriseDB Advanced Server 16.4.1) on x86_64",
            "PostgreSQL 17devel on aarch64-apple-darwin",
            "nonsense",
            "",
        ];
        for told in new {
            assert_eq!(postgres(told), None, "{told}");
        }
    }

    #[test]
    fn an_old_server_says_what_it_lacks() {
        let told = |old: Option<OldServer>| old.map(|old| format!("{old}\nhelp: {}", old.help())).unwrap();
        insta::assert_snapshot!(told(mysql("5.7.44-log x")), @"
        this is MySQL 5.7.44-log, and revisions need MySQL 8.0 or later: an older server that ends in the middle of DDL may leave a part of the statement behind, and no later run can tell which
        help: run the revisions on MySQL 8.0 or later
        ");
        insta::assert_snapshot!(told(mysql("10.3.39-MariaDB")), @"
        this is MariaDB 10.3.39-MariaDB, and revisions need MariaDB 10.6 or later: an older server that ends in the middle of DDL may leave a part of the statement behind, and no later run can tell which
        help: run the revisions on MariaDB 10.6 or later
        ");
        insta::assert_snapshot!(told(postgres("PostgreSQL 9.6.24 on x86_64")), @"
        this is PostgreSQL 9.6.24, and revisions need PostgreSQL 10 or later: the journal has an identity column, which older ones do not know
        help: run the revisions on PostgreSQL 10 or later
        ");
    }
}
