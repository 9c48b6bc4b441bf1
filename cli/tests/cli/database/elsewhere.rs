//! A history that another schema of the database has recorded: what each command says, and the settings that choose.

use super::place::{Place, on_postgres};
use super::up_and_down::shop;
use insta::assert_snapshot;

/// A database whose `search_path` has changed after it was brought to head.
fn moved() -> Option<Place> {
    let place = on_postgres(shop())?;
    place.run("upgrade");
    place.ask("CREATE SCHEMA app");
    place.ask(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = app', current_database()); END $$",
    );
    Some(place)
}

#[test]
fn each_command_that_would_start_again_names_both_places_and_the_settings() {
    let Some(place) = moved() else { return };
    assert_snapshot!(place.session(&["upgrade", "stamp head", "downgrade base", "ensure_version", "plan head", "current"]), @r#"
    $ upgrade
    [stderr]
    error: this history is recorded in another schema: `public.alembic_version` is at cccc1, and `app.alembic_version`, where a run would record it, does not exist
    now: nothing was run
    help: to continue that history, set `schema = "public"` in the configuration, or restore the `search_path` that finds it; where each schema has a history of its own, as with a schema per tenant, set `version_table_schema = "current"`
    [exit 1]
    $ stamp head
    [stderr]
    error: this history is recorded in another schema: `public.alembic_version` is at cccc1, and `app.alembic_version`, where a run would record it, does not exist
    now: nothing was run
    help: to continue that history, set `schema = "public"` in the configuration, or restore the `search_path` that finds it; where each schema has a history of its own, as with a schema per tenant, set `version_table_schema = "current"`
    [exit 1]
    $ downgrade base
    [stderr]
    error: this history is recorded in another schema: `public.alembic_version` is at cccc1, and `app.alembic_version`, where a run would record it, does not exist
    now: nothing was run
    help: to continue that history, set `schema = "public"` in the configuration, or restore the `search_path` that finds it; where each schema has a history of its own, as with a schema per tenant, set `version_table_schema = "current"`
    [exit 1]
    $ ensure_version
    [stderr]
    error: this history is recorded in another schema: `public.alembic_version` is at cccc1, and `app.alembic_version`, where a run would record it, does not exist
    now: nothing was run
    help: to continue that history, set `schema = "public"` in the configuration, or restore the `search_path` that finds it; where each schema has a history of its own, as with a schema per tenant, set `version_table_schema = "current"`
    [exit 1]
    $ plan head
    [stderr]
    error: this history is recorded in another schema: `public.alembic_version` is at cccc1, and `app.alembic_version`, where a run would record it, does not exist
    now: nothing was run
    help: to continue that history, set `schema = "public"` in the configuration, or restore the `search_path` that finds it; where each schema has a history of its own, as with a schema per tenant, set `version_table_schema = "current"`
    [exit 1]
    $ current
    [stderr]
    note: this history is recorded in another schema: `public.alembic_version` is at cccc1, and `app.alembic_version`, where a run would record it, does not exist
    help: to continue that history, set `schema = "public"` in the configuration, or restore the `search_path` that finds it; where each schema has a history of its own, as with a schema per tenant, set `version_table_schema = "current"`
    "#);
    assert_snapshot!(place.json("upgrade"), @r#"
    {
      "error": {
        "code": "recorded_elsewhere",
        "help": "to continue that history, set `schema = \"public\"` in the configuration, or restore the `search_path` that finds it; where each schema has a history of its own, as with a schema per tenant, set `version_table_schema = \"current\"`",
        "message": "this history is recorded in another schema: `public.alembic_version` is at cccc1, and `app.alembic_version`, where a run would record it, does not exist",
        "state": "nothing was run"
      }
    }
    [exit 1]
    "#);
    let doctor = place.run("doctor");
    let database = doctor.find("database\n").unwrap();
    let filter = doctor.find("Python's Alembic").unwrap();
    let next = doctor.find("\nnext").unwrap();
    assert_snapshot!(format!("{}{}", &doctor[database..filter], &doctor[next..]), @r#"
    database
      ok  database_url      [URL]  `DATABASE_URL`
      ok  connection        it answers
      !!  version table     this history is recorded in another schema: `public.alembic_version` is at cccc1, and `app.alembic_version`, where a run would record it, does not exist


    next
      1. to continue that history, set `schema = "public"` in the configuration, or restore the `search_path` that finds it; where each schema has a history of its own, as with a schema per tenant, set `version_table_schema = "current"`
    [exit 1]
    "#);
}

#[test]
fn the_configuration_chooses_the_recorded_one_or_one_for_each_schema() {
    let Some(place) = moved() else { return };
    let set = |text: &str| std::fs::write(place.project.path("alembic.toml"), text).unwrap();
    set("schema = \"public\"\n");
    assert_snapshot!(place.session(&["current", "upgrade"]), @"
    $ current
    cccc1 (head)
    $ upgrade
    The database is at cccc1: nothing to do
    ");
    set("version_table_schema = \"current\"\n");
    assert_snapshot!(place.session(&["current", "upgrade", "current"]), @"
    $ current
    [stderr]
    note: no revision is applied
    $ upgrade
    upgrade aaaa1  create users [TIME]
    upgrade bbbb1  add email [TIME]
    upgrade cccc1  create orders [TIME]
    The database went from <base> to cccc1: 3 revisions in [TIME]
    $ current
    cccc1 (head)
    ");
}
