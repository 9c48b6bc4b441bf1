// Every mistake of attributes is told at its token, and what refers to a model with mistakes makes none of its own.
use servicekit::Table;

#[derive(Table)]
#[table(
    nmae = "people",
    unique(emial),
    unique(),
    index(email.dsc(), uniqe),
    index(remark),
    check = total,
    primary_key("email"),
    foreign_key(number, references(Order::id, Order::number)),
    sqlite(option = "STRICT")
)]
struct User {
    #[column(pk)]
    id: i64,
    #[column(lenght = 50, not_null, max_length = 5)]
    email: String,
    #[sqlx(rename = "remark")]
    #[column(name = "note")]
    note: Option<String>,
    #[column(name = "remark")]
    other: String,
    #[column(references = "orders.id", on_delete = "cascade")]
    number: i64,
    #[column(on_delete = cascade)]
    actor: i64,
    #[column(type = varchar(50), default = compute())]
    name: String,
}

#[derive(Table)]
struct Order {
    #[column(primary_key)]
    id: i64,
    #[column(references = User::number)]
    number: i64,
}

fn main() {
    let _ = servicekit::models![User, Order];
}
