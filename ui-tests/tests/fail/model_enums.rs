//! Enums as columns: each mistake at its token, and the fields that hold them are none.

use servicekit::{DbEnum, Table};

#[derive(DbEnum)]
enum Empty {}

#[derive(DbEnum)]
enum WithFields {
    Known,
    Other(String),
}

#[derive(DbEnum)]
enum WithParameters<T> {
    Known,
    Other,
}

#[derive(DbEnum)]
struct Name {
    first: String,
}

#[derive(DbEnum)]
#[sqlx(rename_all = "snake_case")]
enum Equal {
    NewOne,
    #[sqlx(rename = "new_one")]
    Other,
}

#[derive(DbEnum)]
#[db_enum(nativ, name = "words")]
#[sqlx(rename_all = "snake")]
enum Words {
    #[sqlx(rename = new)]
    New,
    #[sqlx(rename = "")]
    Old,
}

#[derive(DbEnum)]
#[sqlx(type_name = "named")]
enum Named {
    Known,
}

#[derive(DbEnum)]
#[repr(u8)]
enum Unsigned {
    Known = 1,
}

#[derive(DbEnum)]
#[repr(i32)]
#[db_enum(native)]
enum Number {
    Known = 1,
    #[sqlx(rename = "more")]
    More,
}

#[derive(Table)]
struct Item {
    #[column(primary_key)]
    id: i64,
    empty: Empty,
    with_fields: WithFields,
    name: Name,
    equal: Equal,
    words: Vec<Words>,
    number: Option<Number>,
}

fn main() {}
