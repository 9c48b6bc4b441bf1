// What cannot be a table, with what to write instead.
use servicekit::Table;

#[derive(Table)]
enum State {
    New,
}

#[derive(Table)]
struct Email(String);

#[derive(Table)]
struct Point(i32, i32);

#[derive(Table)]
struct Nothing;

#[derive(Table)]
struct Event<T> {
    of: T,
}

struct NoTable;

fn main() {
    let _ = servicekit::models![State, Email, Point, Nothing, Event<i32>, NoTable];
}
