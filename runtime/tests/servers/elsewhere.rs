//! A history that another schema of the same database has recorded is not applied a second time.

use crate::client::{Client, Pool, User};
use crate::place::{Place, ask, on_mysql, on_postgres, open};
use crate::support::{history, history_with, sql, sql_text};
use servicekit::options::{PendingPolicy, Resolution, VersionTableSchema};
use servicekit::{Error, Migrations};
use servicekit_test_servers::postgres;

fn one() -> Migrations {
    history(&[sql("a", &[], "CREATE TABLE account (balance INT);", "DROP TABLE account;")])
}

/// The URL of the same database with another search path.
fn with_path(place: &Place, path: &str) -> String {
    format!("{}?options=-csearch_path%3D{path}", place.url())
}

/// A database whose `public` has the history, and a schema `app` that has not.
async fn recorded_in_public() -> Option<Place> {
    let place = on_postgres()?;
    place.upgrade(one()).await;
    place.run("CREATE SCHEMA app").await;
    Some(place)
}

/// What is in the database, whatever schema it is in.
async fn tables(place: &Place) -> Vec<String> {
    place
        .ask("SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname !~ '^(pg_|information)' ORDER BY 1")
        .await
}

async fn start(url: &str) -> Result<(), Error> {
    let service = open(url, one());
    let result = service.init().await;
    service.dispose().await;
    result.map(drop)
}

#[tokio::test]
async fn a_search_path_that_has_changed_ends_a_run_before_it_writes_anything() {
    let Some(place) = recorded_in_public().await else { return };
    let before = tables(&place).await;
    let url = with_path(&place, "app");
    let error = start(&url).await.unwrap_err();
    assert_eq!(error.code(), "recorded_elsewhere");
    insta::assert_snapshot!(error.to_string(), @r#"
    this history is recorded in another schema: `public.alembic_version` is at a, and `app.alembic_version`, where a run would record it, does not exist
    now: nothing was run
    help: to continue that history, set `schema = "public"` in the configuration, or restore the `search_path` that finds it; where each schema has a history of its own, as with a schema per tenant, set `version_table_schema = "current"`
    "#);
    assert_eq!(tables(&place).await, before, "nothing was written");

    let mut client = Client::open(&url).await;
    let migrator = one().migrator();
    let codes = [
        client.stamp(&migrator, "head").await.unwrap_err().code(),
        client.downgrade_to(&migrator, "base").await.unwrap_err().code(),
        client.resolve(&migrator, Resolution::Done).await.unwrap_err().code(),
        client.upgrade(&migrator.clone().policy(PendingPolicy::FailIfPending)).await.unwrap_err().code(),
    ];
    assert_eq!(codes, ["recorded_elsewhere"; 4]);
    let Client::Postgres(connection) = &mut client else { return };
    assert_eq!(migrator.ensure_version(&mut *connection).await.unwrap_err().code(), "recorded_elsewhere");
    assert_eq!(migrator.pending(&mut *connection).await.unwrap_err().code(), "recorded_elsewhere");
    let found = migrator.recorded_elsewhere(&mut *connection).await.unwrap().unwrap();
    assert_eq!((found.schema.as_str(), found.table.as_str()), ("public", "public.alembic_version"));
    client.close().await;
    assert_eq!(tables(&place).await, before, "nothing was written");
}

#[tokio::test]
async fn a_setting_of_the_role_or_of_the_database_is_such_a_change_too() {
    let Some(server) = postgres() else { return };
    let user = User::create(server).await;
    let Some(place) = recorded_in_public().await else { return };
    let name = place.database.name();
    place
        .run(&format!(
            "GRANT CREATE, USAGE ON SCHEMA app TO {0}; GRANT SELECT ON alembic_version TO {0}; \
             ALTER ROLE {0} IN DATABASE {name} SET search_path = app",
            user.name
        ))
        .await;
    let mut client = user.connect(place.url()).await;
    assert_eq!(client.upgrade(&one().migrator()).await.unwrap_err().code(), "recorded_elsewhere");
    client.close().await;
    place.run(&format!("DROP OWNED BY {}", user.name)).await;

    // An empty table hides the rows as well.
    place.run("CREATE TABLE app.alembic_version (version_num TEXT PRIMARY KEY)").await;
    place.run(&format!("ALTER DATABASE {name} SET search_path = app, public")).await;
    let error = start(place.url()).await.unwrap_err();
    insta::assert_snapshot!(error.to_string(), @r#"
    this history is recorded in another schema: `public.alembic_version` is at a, and `app.alembic_version`, where a run would record it, is empty
    now: nothing was run
    help: to continue that history, set `schema = "public"` in the configuration, or restore the `search_path` that finds it; where each schema has a history of its own, as with a schema per tenant, set `version_table_schema = "current"`
    "#);
}

#[tokio::test]
async fn the_settings_choose_one_of_the_two() {
    let Some(place) = recorded_in_public().await else { return };
    let url = with_path(&place, "app");
    let started = async |migrator| {
        let service = open(&url, migrator);
        let report = service.init().await.unwrap();
        service.dispose().await;
        report.steps.len()
    };
    let named = || VersionTableSchema::Named("public".to_owned());
    assert_eq!(started(one().migrator().version_table_schema(named())).await, 0);
    let embed = |change: fn(&mut servicekit::__private::Embedded)| {
        history_with(&[sql("a", &[], "CREATE TABLE account (balance INT);", "SELECT 1;")], change).migrator()
    };
    assert_eq!(started(embed(|embedded| embedded.schema = Some("public"))).await, 0);
    assert_eq!(started(embed(|embedded| embedded.current_schema = true)).await, 1);
    assert_eq!(
        ask(&url, "SELECT version_num FROM app.alembic_version").await,
        ["a"],
        "each schema has a history of its own"
    );
    // With rows of its own, no setting is needed any more.
    assert_eq!(started(one().migrator()).await, 0);
}

#[tokio::test]
async fn a_schema_per_tenant_stays_possible_also_with_many_tenants() {
    let Some(place) = on_postgres() else { return };
    let tenants: Vec<String> = (0..210).map(|index| format!("t{index}")).collect();
    for some in tenants.chunks(70) {
        let made = some.iter().map(|tenant| {
            format!(
                "CREATE SCHEMA {tenant}; CREATE TABLE {tenant}.alembic_version (version_num TEXT); \
                 INSERT INTO {tenant}.alembic_version VALUES ('of_another')"
            )
        });
        place.run(&made.collect::<Vec<_>>().join(";")).await;
    }
    let url = with_path(&place, "t0");
    let migrator = one().migrator().version_table_schema(VersionTableSchema::Current);
    for tenant in ["t98", "t99"] {
        place.run(&format!("DELETE FROM {tenant}.alembic_version")).await;
        let pool = Pool::of(&with_path(&place, tenant), 1);
        assert_eq!(pool.upgrade(&migrator).await.unwrap().steps.len(), 1);
        pool.close().await;
    }
    // Without the setting, the last of many is found as well.
    place.run("DELETE FROM t0.alembic_version").await;
    let error = start(&url).await.unwrap_err();
    assert!(error.to_string().contains("`t98.alembic_version` is at a"), "{error}");
}

#[tokio::test]
async fn what_is_of_another_history_or_cannot_be_read_is_no_reason() {
    let Some(server) = postgres() else { return };
    let user = User::create(server).await;
    let Some(place) = recorded_in_public().await else { return };
    place
        .run(&format!(
            "UPDATE alembic_version SET version_num = 'of_another'; CREATE SCHEMA secret; \
             CREATE TABLE secret.alembic_version (version_num TEXT); INSERT INTO secret.alembic_version VALUES ('a'); \
             CREATE SCHEMA unlike; CREATE TABLE unlike.alembic_version (other TEXT); \
             GRANT CREATE, USAGE ON SCHEMA app TO {}; GRANT SELECT ON alembic_version TO {0}",
            user.name
        ))
        .await;
    let mut client = user.connect(&with_path(&place, "app")).await;

    assert_eq!(client.upgrade(&one().migrator()).await.unwrap().steps.len(), 1);

    client.close().await;
    place.run(&format!("DROP OWNED BY {}", user.name)).await;
}

#[tokio::test]
async fn a_revision_that_is_partially_applied_there_is_one_of_this_history_by_its_journal() {
    let Some(place) = on_postgres() else { return };
    let broken = history(&[sql_text(
        "a",
        &[],
        "-- +transaction off\n\n-- +upgrade\nCREATE TABLE account (x INT);\nSELECT 1 / 0;\n",
    )]);
    let service = place.service(broken);
    service.init().await.unwrap_err();
    service.dispose().await;
    place.run("CREATE SCHEMA app").await;
    assert_eq!(place.rows().await, "in:progress");

    let error = start(&with_path(&place, "app")).await.unwrap_err();

    insta::assert_snapshot!(error.to_string(), @r#"
    this history is recorded in another schema: `public.alembic_version` is at base, with a revision partially applied, and `app.alembic_version`, where a run would record it, does not exist
    now: nothing was run
    help: to continue that history, set `schema = "public"` in the configuration, or restore the `search_path` that finds it; where each schema has a history of its own, as with a schema per tenant, set `version_table_schema = "current"`
    "#);
    // The journal of another history, or none, says nothing of this one.
    place.run("UPDATE alembic_journal SET revision = 'of_another'").await;
    start(&with_path(&place, "app")).await.unwrap();
    place.run("DROP TABLE alembic_journal; DROP TABLE app.account; DELETE FROM app.alembic_version").await;
    start(&with_path(&place, "app")).await.unwrap();
}

#[tokio::test]
async fn a_start_with_nothing_to_do_asks_for_no_other_schema() {
    let Some(place) = recorded_in_public().await else { return };
    // Were it asked for, the lock of the other table would be waited for.
    place.run("CREATE TABLE app.alembic_version (version_num TEXT); INSERT INTO app.alembic_version VALUES ('a')").await;
    let mut other = Client::open(place.url()).await;
    other.ask("BEGIN").await;
    other.ask("LOCK TABLE app.alembic_version").await;

    start(place.url()).await.unwrap();

    other.close().await;
}

#[tokio::test]
async fn another_database_of_mysql_is_another_service() {
    let (Some(first), Some(second)) = (on_mysql(), on_mysql()) else { return };
    first.upgrade(one()).await;

    assert_eq!(second.upgrade(one()).await.steps.len(), 1);
}
