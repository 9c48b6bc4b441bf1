//! A program that was built for some kinds of databases only.

use crate::project::Project;

#[test]
fn a_url_for_a_kind_of_database_that_was_left_out_says_so() {
    let kinds = [
        ("sqlite", "sqlite://app.db", cfg!(feature = "sqlite"), "SQLite"),
        ("postgres", "postgres://scott:tiger@host/db", cfg!(feature = "postgres"), "PostgreSQL"),
        ("mysql", "mysql://scott:tiger@host/db", cfg!(feature = "mysql"), "MySQL and MariaDB"),
    ];
    for (feature, url, is_on, name) in kinds {
        if !is_on {
            let shown = Project::with_a_line().run(&format!("upgrade --database-url {url}"));
            let expected = format!(
                "[stderr]\nerror: `--database-url` names no database that can be opened: this program was built without \
                 the feature `{feature}`, which is for {name}\nhelp: "
            );
            assert!(shown.starts_with(&expected), "{shown}");
            assert!(shown.ends_with("[exit 2]\n"), "{shown}");
        }
    }
}
