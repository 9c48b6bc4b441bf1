//! The models of a shop.

use servicekit::model::Proof;
use servicekit::schema::{Column, Type, check};
use servicekit::{ColumnType, Registry, Table, Ulid};

/// The registry of the shop, so that the models of other files are not in it.
pub(crate) struct Shop;
impl Registry for Shop {}

/// Who may sign in.
#[derive(Table)]
#[table(base = Shop, comment = "who may sign in", index(sql("lower(email)"), unique, name = "ix_users_email"))]
#[allow(dead_code, reason = "the derive reads the fields")]
pub(crate) struct User {
    #[column(primary_key)]
    pub(crate) id: Ulid,
    #[column(length = 50, unique)]
    pub(crate) username: String,
    #[column(length = 254, check = "email LIKE '%@%'")]
    pub(crate) email: String,
    #[column(length = 2, default = "NO", renamed_from = "nation")]
    pub(crate) country: Option<String>,
}

/// A column type that is written by hand: a text with a list of values.
pub(crate) struct State;

impl ColumnType for State {
    const KIND: servicekit::model::Kind = servicekit::model::Kind::Text;
    type Plain = Self;

    fn column_type() -> Type {
        Type::Varchar(12)
    }

    fn proof(proof: &mut Proof) {
        <String as ColumnType>::proof(proof);
    }

    fn described(mut column: Column) -> Column {
        column.checks.push(check("state IN ('new', 'paid_in_full', 'shipped')"));
        column
    }
}

#[derive(Table)]
#[table(
    base = Shop,
    unique(user_id, number),
    index(user_id, placed_at.desc()),
    check("total >= 0", name = "ck_orders_total"),
    mysql(option = "ENGINE = InnoDB")
)]
#[allow(dead_code, reason = "the derive reads the fields")]
pub(crate) struct Order {
    #[column(primary_key)]
    id: Ulid,
    #[column(references = User::id, on_delete = cascade)]
    user_id: Ulid,
    number: i32,
    #[column(type = numeric(12, 2), default = 0)]
    total: f64,
    #[column(default = "new")]
    state: State,
    #[column(type = timestamp_tz, default = now())]
    placed_at: String,
    #[sqlx(rename = "remark")]
    #[column(comment = "what the customer said")]
    note: Option<String>,
}
