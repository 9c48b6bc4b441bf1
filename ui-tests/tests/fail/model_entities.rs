//! Entities: where the attribute stands, and fields that replace the common ones.

use servicekit::entity;

#[derive(Debug)]
#[entity]
struct Below {
    #[column(unique)]
    name: String,
}

#[entity]
#[derive(Debug)]
struct Tuple(String);

#[entity]
#[derive(Debug)]
enum Colour {
    Red,
}

#[entity]
fn function() {}

#[entity]
#[derive(Debug)]
struct Conditional {
    #[cfg(all())]
    tags: Vec<String>,
}

#[entity]
#[derive(Debug)]
struct OtherTypes {
    #[column(primary_key)]
    id: i64,
    created_at: String,
    tags: String,
}

#[entity(indx(name))]
#[derive(Debug)]
struct Misspelt {
    name: String,
}

fn main() {}
