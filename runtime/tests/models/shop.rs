//! The models of a shop, as the derive would write them.

use servicekit::__private::model::{Entry, column, inventory};
use servicekit::model::{Hints, Proof};
use servicekit::schema::{Table, index};
use servicekit::{Model, Registry, Ulid};

/// The registry of the shop.
pub(crate) struct Shop;
impl Registry for Shop {}

pub(crate) struct User;

impl Model for User {
    const NAME: &'static str = "users";
    const SCHEMA: Option<&'static str> = None;
    const FIELDS: &'static [(&'static str, &'static str)] = &[("id", "id"), ("country", "country")];

    fn table() -> Table {
        Table::new(
            Self::NAME,
            [column::<Ulid>("id").primary_key(), column::<Option<String>>("country").default("NO")],
        )
    }

    fn hints() -> Hints {
        Hints::default().column_renamed_from("country", "nation")
    }

    fn proof(proof: &mut Proof) {
        proof.column::<Ulid>("User", "id", "id");
        proof.column::<Option<String>>("User", "country", "country");
        proof.value_renamed_from("NO", "NOR");
    }
}

inventory::submit! { Entry::of::<User, Shop>("shop::models::User", "shop/src/models.rs", 3) }

pub(crate) struct Order;

impl Model for Order {
    const NAME: &'static str = "orders";
    const SCHEMA: Option<&'static str> = None;
    const FIELDS: &'static [(&'static str, &'static str)] =
        &[("id", "id"), ("user_id", "user_id"), ("amount", "total")];

    fn table() -> Table {
        Table::new(
            Self::NAME,
            [
                column::<Ulid>("id").primary_key(),
                column::<Ulid>("user_id").references(User::NAME, "id"),
                column::<f64>("total")
                    .type_on(servicekit::Dialect::Postgres, servicekit::schema::Type::Numeric(12, 2)),
            ],
        )
        .with(index(["user_id"]))
    }

    fn proof(proof: &mut Proof) {
        proof.column::<Ulid>("Order", "id", "id");
        proof.column::<Ulid>("Order", "user_id", "user_id");
        proof.column::<f64>("Order", "amount", "total");
    }
}

// Before the users, so that the order of the tables is not that of the places.
inventory::submit! { Entry::of::<Order, Shop>("shop::models::Order", "shop/src/models.rs", 9) }

/// A fixture of a test.
pub(crate) struct Fixture;

impl Model for Fixture {
    const NAME: &'static str = "fixtures";
    const SCHEMA: Option<&'static str> = Some("shop");
    const FIELDS: &'static [(&'static str, &'static str)] = &[("id", "id")];

    fn table() -> Table {
        Table::new(("shop", Self::NAME), [column::<i64>("id").primary_key()])
    }
}

inventory::submit! { Entry::of::<Fixture, Shop>("shop::models::tests::Fixture", "shop/src/models.rs", 20) }

/// [`User`], as another compilation of its crate has it.
pub(crate) struct UserAgain;

impl Model for UserAgain {
    const NAME: &'static str = User::NAME;
    const SCHEMA: Option<&'static str> = User::SCHEMA;
    const FIELDS: &'static [(&'static str, &'static str)] = User::FIELDS;

    fn table() -> Table {
        User::table()
    }

    fn hints() -> Hints {
        User::hints()
    }

    // The linker decides which of the two comes first.
    fn proof(proof: &mut Proof) {
        User::proof(proof);
    }
}

inventory::submit! { Entry::of::<UserAgain, Shop>("shop::models::User", "shop/src/models.rs", 3) }
