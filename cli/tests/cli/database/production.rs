//! The SQL in the guide's page about production does what the page says.

use super::place::{everywhere, on_postgres};
use crate::project::Project;
use std::path::Path;

/// The SQL block of the page that begins like this.
fn block(start: &str) -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide/production.md");
    let text = std::fs::read_to_string(page).unwrap();
    let mut blocks = text.split("```sql\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.find(|block| block.starts_with(start)).unwrap().trim_end_matches(['\n', ';']).to_owned()
}

fn shop() -> Project {
    let create = "CREATE TABLE users (id INT PRIMARY KEY);";
    Project::new().sql("aaaa1", "", "create users", create, "DROP TABLE users;")
}

#[test]
fn the_roles_are_enough_for_a_job_and_for_a_service() {
    let Some(place) = on_postgres(shop()) else { return };
    let database = place.url().rsplit('/').next().unwrap().to_owned();
    let suffix = &database[database.len().saturating_sub(20)..];
    let (job, service) = (format!("m{suffix}"), format!("s{suffix}"));
    let named = |sql: &str| {
        let sql = sql.replace("shop_migrate", &job).replace("shop_service", &service);
        sql.replace(" LOGIN", " LOGIN PASSWORD 'secret'")
    };
    let ask = |sql: &str| drop(place.ask(&named(sql)));
    let (scheme, rest) = place.url().split_once("://").unwrap();
    let host = rest.split_once('@').unwrap().1;
    let as_user = |user: &str, command: &str| {
        place.run(&format!("{command} --database-url {scheme}://{user}:secret@{host}"))
    };

    ask(&block("CREATE ROLE"));
    let created = as_user(&job, "ensure_version");
    ask(&block("REVOKE"));
    let applied = as_user(&job, "upgrade");
    let at_head = [as_user(&service, "current"), as_user(&service, "upgrade")];
    ask("SET ROLE shop_service; INSERT INTO users VALUES (1)");
    let file = place.project.path("alembic/versions/bbbb1.sql");
    std::fs::write(
        file,
        "-- add name\n-- revision: bbbb1\n-- down_revision: aaaa1\n-- +upgrade\nSELECT 1;\n",
    )
    .unwrap();
    let pending = [as_user(&service, "current --check-heads"), as_user(&service, "upgrade")];
    let doctor = [as_user(&job, "doctor"), as_user(&service, "doctor")].map(|text| text.contains("lacks"));
    for role in [&job, &service] {
        place.ask(&format!("DROP OWNED BY {role} CASCADE"));
        place.ask(&format!("DROP ROLE {role}"));
    }

    assert_eq!(created, "The tables alembic_version and alembic_journal exist\n");
    assert!(applied.contains("1 revision in"), "{applied}");
    assert_eq!(at_head, ["aaaa1 (head)\n", "The database is at aaaa1: nothing to do\n"]);
    assert!(pending[0].contains("Target database is not up to date") && pending[0].ends_with("[exit 13]\n"));
    assert!(pending[1].contains("permission denied for table alembic_"), "{}", pending[1]);
    assert_eq!(doctor, [false, true]);
}

#[test]
fn the_journal_and_the_mark_row_are_read() {
    for place in everywhere(shop) {
        let marked = block("SELECT count(*) FROM alembic_version");
        place.run("upgrade");
        let rows = place.ask(&block("SELECT revision, direction"));
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert!(rows[0].starts_with("aaaa1|upgrade|") && rows[0].contains("|done|"), "{rows:?}");
        assert_eq!(place.ask(&marked), ["0"]);
        place.ask("INSERT INTO alembic_version VALUES ('in:progress')");
        assert_eq!(place.ask(&marked), ["1"]);
    }
}

#[test]
fn who_holds_the_lock_is_told_by_the_server() {
    let Some(place) = on_postgres(shop()) else { return };
    let told =
        place.ask(&format!("BEGIN; SELECT pg_advisory_xact_lock(7); {}", block("SELECT pid, usename")));
    assert!(
        told.iter().any(|row| row.contains("|active|BEGIN; SELECT pg_advisory_xact_lock(7)")),
        "{told:?}"
    );
}
