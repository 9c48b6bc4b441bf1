// What depends on the Rust types of fields: each rule is told, whatever the others say.
use servicekit::{Table, Ulid};

struct Colour;

#[derive(Table)]
struct Team {
    #[column(primary_key)]
    id: Ulid,
    name: Option<String>,
}

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: Option<i64>,
    #[column(length = 5)]
    age: i32,
    #[column(default = "none")]
    number: i64,
    #[column(default = 5)]
    name: String,
    #[column(default = now())]
    mail: String,
    #[column(precision = 5)]
    size: f64,
    #[column(autoincrement, collate = "C")]
    odd: bool,
    #[column(references = Team::id, on_delete = set_null)]
    team: Ulid,
    #[column(references = Team::id)]
    second_team: i64,
    #[column(references = Team::idd)]
    third_team: Ulid,
    #[column(references = Teem::id)]
    fourth_team: Ulid,
}

#[derive(Table)]
struct Item {
    #[column(primary_key)]
    id: i64,
    #[column(length = 5, default = "red")]
    colour: Colour,
}

#[derive(Table)]
#[table(primary_key(a, b), foreign_key(a, references(Team::id), on_delete = set_null))]
struct Pair {
    a: Ulid,
    b: Option<i64>,
}

#[derive(Table)]
#[table(base = Nobody)]
struct Lost {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
struct Part {
    #[column(references = Colour::id)]
    id: i64,
}

#[derive(Table)]
#[table(index(nobody))]
struct Whole {
    id: i64,
    #[column(flatten)]
    part: Part,
}

fn main() {}
