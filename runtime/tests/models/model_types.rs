//! The check of a test that every column is read into its field.

use crate::shop::{Order, Shop, User};
use servicekit::schema::Type;
use servicekit::sqlx;
use servicekit::testing::{ModelTypesError, check_model_types};
use servicekit::{Dialect, Metadata, Model as _, models};

/// Two fields of one struct, which are read on some databases only.
#[derive(servicekit::Table)]
#[table(unregistered)]
#[allow(dead_code, reason = "the derive reads the fields")]
struct Sensor {
    #[column(primary_key)]
    id: i64,
    count: u16,
    #[column(type = numeric(8, 2))]
    reading: f64,
    #[column(type = text)]
    label: Option<i32>,
    #[column(type = text)]
    unit: Asked,
    #[column(type = custom("inet"))]
    address: sqlx::types::Text<std::net::IpAddr>,
}

/// No type of sqlx, so nothing is known of how it is read; of a name that the expansion has too.
struct Asked;

/// Without the lines of this file.
fn told(models: Metadata, databases: &[Dialect]) -> String {
    let error = check_model_types(models, databases.iter().copied()).unwrap_err();
    assert_eq!(format!("{error:?}"), format!("\n{error}"), "`unwrap` shows the text");
    let text = error.to_string();
    let lines = text.lines().map(|line| line.split_once("model_types.rs:").map_or(line, |(start, _)| start));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn models_that_are_read_on_every_database_are_fine() {
    check_model_types(models![User], Dialect::ALL).unwrap();
    check_model_types(Shop, [Dialect::Sqlite]).unwrap();
    check_model_types(models![Order, User], [Dialect::Sqlite, Dialect::Mysql]).unwrap();
}

#[test]
fn every_column_that_is_not_read_is_told_with_the_change_to_make() {
    insta::assert_snapshot!(told(models![Sensor], &Dialect::ALL), @"
    `Sensor.reading` is `f64`, and SQLite's NUMERIC(8, 2) is not read into that
      column `sensors.reading` of `models::model_types::Sensor` at runtime/tests/models/
    help: leave `type` and the like out, which makes it DOUBLE

    `Sensor.label` is `i32`, and SQLite's TEXT is not read into that
      column `sensors.label` of `models::model_types::Sensor` at runtime/tests/models/
    help: use `String`, or leave `type` and the like out, which makes it INTEGER

    `Sensor.count` is `u16`, and sqlx reads that from no column of PostgreSQL
      column `sensors.count` of `models::model_types::Sensor` at runtime/tests/models/
    help: use `i32`

    `Sensor.reading` is `f64`, and PostgreSQL's NUMERIC(8, 2) is not read into that
      column `sensors.reading` of `models::model_types::Sensor` at runtime/tests/models/
    help: use `rust_decimal::Decimal`, or leave `type` and the like out, which makes it DOUBLE PRECISION

    `Sensor.label` is `i32`, and PostgreSQL's TEXT is not read into that
      column `sensors.label` of `models::model_types::Sensor` at runtime/tests/models/
    help: use `String`, or leave `type` and the like out, which makes it INTEGER

    `Sensor.reading` is `f64`, and MySQL's DECIMAL(8, 2) is not read into that
      column `sensors.reading` of `models::model_types::Sensor` at runtime/tests/models/
    help: use `rust_decimal::Decimal`, or leave `type` and the like out, which makes it DOUBLE

    `Sensor.label` is `i32`, and MySQL's LONGTEXT is not read into that
      column `sensors.label` of `models::model_types::Sensor` at runtime/tests/models/
    help: use `String`, or leave `type` and the like out, which makes it INT
    ");
}

#[test]
fn what_is_told_is_data_too() {
    let Err(ModelTypesError::NotRead(mismatches)) = check_model_types(Shop, Dialect::ALL) else {
        panic!("`Order::total` is a decimal on PostgreSQL")
    };
    let [mismatch] = mismatches.as_slice() else { panic!("{mismatches:?}") };
    assert_eq!((mismatch.dialect, mismatch.column.as_str()), (Dialect::Postgres, "total"));
    assert_eq!(mismatch.column_type, "NUMERIC(12, 2)");
    let column = &Order::table().columns[2];
    assert_eq!(column.data_type.for_dialect(Dialect::Postgres), &Type::Numeric(12, 2));
}

#[test]
fn no_models_and_models_that_do_not_fit_together_are_told() {
    insta::assert_snapshot!(told(Metadata::new(), &Dialect::ALL), @"
    there are no models to check
    help: name them, as in `models![User, Order]`, or write `use shop_models as _;` in this test: a crate that no source file names is not linked
    ");
    insta::assert_snapshot!(told(models![Order], &Dialect::ALL), @"
    `orders.user_id` refers to the table `users`, which has no model here
      `shop::models::Order` at shop/src/models.rs:9
    help: add its model, or name the crate that has it in `env.rs`, so that it is linked
    ");
    let error = check_model_types(Err::<Metadata, _>(std::io::Error::other("no file")), []).unwrap_err();
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "no file");
}
