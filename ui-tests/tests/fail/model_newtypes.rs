//! Types around one value as columns.

use servicekit::{ColumnType, Table};

#[derive(ColumnType)]
struct Unit;

#[derive(ColumnType)]
struct Pair(i32, i32);

#[derive(ColumnType)]
union Either {
    number: i64,
}

#[derive(ColumnType)]
enum Shape {
    Circle(f64),
}

/// It derives no `sqlx::Type`.
#[derive(ColumnType)]
enum Colour {
    Red,
}

struct Unknown;

#[derive(ColumnType)]
#[sqlx(transparent)]
struct Around(Unknown);

#[derive(ColumnType)]
#[column_type(native)]
struct Native(String);

#[derive(Table)]
struct Item {
    #[column(primary_key)]
    id: i64,
    unit: Unit,
    pair: Pair,
    shape: Option<Shape>,
    native: Native,
}

fn main() {}
