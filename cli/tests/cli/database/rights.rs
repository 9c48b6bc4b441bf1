//! `doctor` says what the user of a database may not do, instead of promising that a run will do it.

use super::place::{Place, on_mysql, on_postgres, on_sqlite};
use super::up_and_down::shop;
use insta::assert_snapshot;

/// What it says of the database as a user with these rights, in turn; `{user}` and `{database}` stand for the names.
fn doctor_as(place: &Place, make: &str, grants: &[&str], remove: &str) -> String {
    let database = place.url().rsplit('/').next().unwrap();
    let user = format!("u{}", &database[database.len().saturating_sub(20)..]);
    let named = |sql: &str| sql.replace("{user}", &user).replace("{database}", database);
    place.ask(&named(make));
    let (scheme, rest) = place.url().split_once("://").unwrap();
    let (_, host) = rest.split_once('@').unwrap();
    let url = format!("{scheme}://{user}:secret@{host}");
    let mut said = Vec::new();
    for grant in grants {
        for sql in grant.split(';').filter(|sql| !sql.trim().is_empty()) {
            if sql.trim() == "upgrade" {
                place.run("upgrade aaaa1");
            } else {
                place.ask(&named(sql));
            }
        }
        let doctor = place.run(&format!("doctor --database-url {url}"));
        said.push(format!("=== {grant}\n{}", of_database(&doctor)));
    }
    for sql in remove.split(';') {
        place.ask(&named(sql));
    }
    said.concat().replace(&user, "{user}").replace(database, "{database}")
}

/// The facts of the database, and what is to be done.
fn of_database(doctor: &str) -> String {
    let (_, from) = doctor.split_once("it answers\n").unwrap();
    let (facts, rest) = from.split_once("Python's Alembic").unwrap();
    let next = rest.find("\nnext").or(rest.find("[exit")).map_or("", |at| &rest[at..]);
    format!("{}{next}", facts.trim_end_matches('\n').to_owned() + "\n")
}

#[test]
fn what_a_role_of_postgresql_lacks_is_named() {
    let Some(place) = on_postgres(shop()) else { return };
    let grants = [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "upgrade; GRANT SELECT ON alembic_version, alembic_journal TO {user}",
        "GRANT INSERT, UPDATE, DELETE ON alembic_version TO {user}; GRANT INSERT ON alembic_journal TO {user}",
        "GRANT UPDATE ON alembic_journal TO {user}; GRANT CREATE ON SCHEMA public TO {user}",
        "ALTER ROLE {user} SET default_transaction_read_only = on",
        "ALTER ROLE {user} SET search_path = nowhere",
    ];
    let said = doctor_as(
        &place,
        "CREATE ROLE {user} LOGIN PASSWORD 'secret'",
        &grants,
        "DROP OWNED BY {user};DROP ROLE {user}",
    );
    assert_snapshot!(said, @r#"
    === REVOKE CREATE ON SCHEMA public FROM PUBLIC
      --  version table     `alembic_version` does not exist yet
      --  journal           `alembic_journal` does not exist yet
      ok  mark row          no revision is partially applied
      !!  rights            this user lacks CREATE on the schema `public`
      --  position          at base; 3 revisions are pending

    next
      1. grant the missing rights to the user of the database, or run revisions as a user that has them
      2. apply what is pending: `servicekit migrations upgrade`
    [exit 1]
    === upgrade; GRANT SELECT ON alembic_version, alembic_journal TO {user}
      ok  version table     `alembic_version` exists
      ok  journal           `alembic_journal` exists
      ok  mark row          no revision is partially applied
      !!  rights            this user lacks INSERT, UPDATE and DELETE on `public.alembic_version` and INSERT and UPDATE on `public.alembic_journal`
      --  rights            this user lacks CREATE on the schema `public`: revisions that need it fail
      --  position          at aaaa1; 2 revisions are pending

    next
      1. grant the missing rights to the user of the database, or run revisions as a user that has them
      2. apply what is pending: `servicekit migrations upgrade`
    [exit 1]
    === GRANT INSERT, UPDATE, DELETE ON alembic_version TO {user}; GRANT INSERT ON alembic_journal TO {user}
      ok  version table     `alembic_version` exists
      ok  journal           `alembic_journal` exists
      ok  mark row          no revision is partially applied
      !!  rights            this user lacks UPDATE on `public.alembic_journal`
      --  rights            this user lacks CREATE on the schema `public`: revisions that need it fail
      --  position          at aaaa1; 2 revisions are pending

    next
      1. grant the missing rights to the user of the database, or run revisions as a user that has them
      2. apply what is pending: `servicekit migrations upgrade`
    [exit 1]
    === GRANT UPDATE ON alembic_journal TO {user}; GRANT CREATE ON SCHEMA public TO {user}
      ok  version table     `alembic_version` exists
      ok  journal           `alembic_journal` exists
      ok  mark row          no revision is partially applied
      --  position          at aaaa1; 2 revisions are pending

    next
      1. apply what is pending: `servicekit migrations upgrade`
    === ALTER ROLE {user} SET default_transaction_read_only = on
      ok  version table     `alembic_version` exists
      ok  journal           `alembic_journal` exists
      ok  mark row          no revision is partially applied
      !!  rights            `default_transaction_read_only` is on for this session, so the database is read-only
      --  position          at aaaa1; 2 revisions are pending

    next
      1. find out where it is set (the server, the database, the role or the connection); to run revisions, give their role `default_transaction_read_only = off`
      2. apply what is pending: `servicekit migrations upgrade`
    [exit 1]
    === ALTER ROLE {user} SET search_path = nowhere
      !!  version table     this history is recorded in another schema: `public.alembic_version` is at aaaa1, and `alembic_version`, where a run would record it, does not exist

    next
      1. to continue that history, set `schema = "public"` in the configuration, or restore the `search_path` that finds it; where each schema has a history of its own, as with a schema per tenant, set `version_table_schema = "current"`
    [exit 1]
    "#);
}

#[test]
fn what_a_user_of_mysql_lacks_is_named() {
    let Some(place) = on_mysql(shop()) else { return };
    let grants = [
        "GRANT SELECT ON {database}.* TO {user}",
        "upgrade",
        "GRANT INSERT, UPDATE ON {database}.* TO {user}",
        "GRANT CREATE, DELETE ON {database}.* TO {user}",
    ];
    let said = doctor_as(&place, "CREATE USER {user} IDENTIFIED BY 'secret'", &grants, "DROP USER {user}");
    assert_snapshot!(said, @"
    === GRANT SELECT ON {database}.* TO {user}
      --  version table     `alembic_version` does not exist yet
      --  journal           `alembic_journal` does not exist yet
      ok  mark row          no revision is partially applied
      !!  rights            this user lacks CREATE on the database `[DATABASE]`
      --  position          at base; 3 revisions are pending

    next
      1. grant the missing rights to the user of the database, or run revisions as a user that has them
      2. apply what is pending: `servicekit migrations upgrade`
    [exit 1]
    === upgrade
      ok  version table     `alembic_version` exists
      ok  journal           `alembic_journal` exists
      ok  mark row          no revision is partially applied
      !!  rights            this user lacks INSERT, UPDATE and DELETE on `[DATABASE].alembic_version` and INSERT and UPDATE on `[DATABASE].alembic_journal`
      --  rights            this user lacks CREATE on the database `[DATABASE]`: revisions that need it fail
      --  position          at aaaa1; 2 revisions are pending

    next
      1. grant the missing rights to the user of the database, or run revisions as a user that has them
      2. apply what is pending: `servicekit migrations upgrade`
    [exit 1]
    === GRANT INSERT, UPDATE ON {database}.* TO {user}
      ok  version table     `alembic_version` exists
      ok  journal           `alembic_journal` exists
      ok  mark row          no revision is partially applied
      !!  rights            this user lacks DELETE on `[DATABASE].alembic_version`
      --  rights            this user lacks CREATE on the database `[DATABASE]`: revisions that need it fail
      --  position          at aaaa1; 2 revisions are pending

    next
      1. grant the missing rights to the user of the database, or run revisions as a user that has them
      2. apply what is pending: `servicekit migrations upgrade`
    [exit 1]
    === GRANT CREATE, DELETE ON {database}.* TO {user}
      ok  version table     `alembic_version` exists
      ok  journal           `alembic_journal` exists
      ok  mark row          no revision is partially applied
      --  position          at aaaa1; 2 revisions are pending

    next
      1. apply what is pending: `servicekit migrations upgrade`
    ");
}

#[test]
fn a_file_of_sqlite_that_takes_no_writes_is_named() {
    let place = on_sqlite(shop());
    place.run("upgrade aaaa1");
    let doctor =
        |place: &Place| of_database(&place.run(&format!("doctor --database-url {}?mode=ro", place.url())));
    let pending = doctor(&place);
    place.run("upgrade");
    // Where nothing is to be done, it is only told.
    assert_snapshot!(format!("{pending}\n=== upgrade\n{}", doctor(&place)), @"
      ok  version table     `alembic_version` exists
      ok  journal           `alembic_journal` exists
      ok  mark row          no revision is partially applied
      !!  rights            this user lacks write permission on the file
      --  position          at aaaa1; 2 revisions are pending

    next
      1. grant the missing rights to the user of the database, or run revisions as a user that has them
      2. apply what is pending: `servicekit migrations upgrade`
    [exit 1]

    === upgrade
      ok  version table     `alembic_version` exists
      ok  journal           `alembic_journal` exists
      ok  mark row          no revision is partially applied
      --  rights            this user lacks write permission on the file
      ok  position          at cccc1, which is head
    ");
}
