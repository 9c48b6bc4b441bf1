//! Models that do not fit together.

use servicekit::__private::model::{Entry, column, flatten, inventory};
use servicekit::model::Problem;
use servicekit::schema::{Table, enum_type, enumeration, foreign_key, index, unique};
use servicekit::{Metadata, Model, Registry, models};

struct Broken;
impl Registry for Broken {}

macro_rules! model {
    ($line:literal $model:ident $name:literal $table:expr) => {
        struct $model;
        impl Model for $model {
            const NAME: &'static str = $name;
            const SCHEMA: Option<&'static str> = None;
            const FIELDS: &'static [(&'static str, &'static str)] = &[];
            fn table() -> Table {
                $table
            }
        }
        inventory::submit! {
            Entry::of::<$model, Broken>(concat!("shop::models::", stringify!($model)), "shop/src/models.rs", $line)
        }
    };
}

model!(10 User "users" Table::new("users", [
    column::<i64>("id").primary_key(),
    column::<String>("name"),
    column::<i32>("year"),
    column::<i32>("number"),
]).with(unique(["year", "number"])).with(index(["name"]).unique().filter("name <> ''")));
model!(20 OtherUser "users" Table::new("users", [column::<i64>("id").primary_key()]));
model!(30 Audit "audits" Table::new("audits", [column::<i64>("id").primary_key(), column::<String>("by")]));
model!(40 Order "orders" flatten::<Audit>(Table::new("orders", [
    column::<i64>("id").primary_key(),
    column::<i64>("shop_id").references("shops", "id"),
    column::<i64>("user_id").references("users", "idd"),
    column::<String>("name").references("users", "name"),
    column::<i32>("a"),
    column::<i32>("b"),
])).with(foreign_key(["a", "b"], "users", ["number", "year"])));
model!(50 Long "long" Table::new("long", [
    column::<i64>("a_column_with_a_name_that_is_longer_than_what_postgresql_keeps_of_it").primary_key(),
]));

#[test]
fn everything_that_is_wrong_is_said_at_once_with_its_places() {
    let invalid = Metadata::registered::<Broken>().tables().unwrap_err();
    insta::assert_snapshot!(invalid);
    assert_eq!(invalid.problems().len(), 6);
}

#[test]
fn an_enum_type_has_one_list_of_values() {
    macro_rules! with_state {
        ($model:ident $name:literal $values:expr) => {
            struct $model;
            impl Model for $model {
                const NAME: &'static str = $name;
                const SCHEMA: Option<&'static str> = None;
                const FIELDS: &'static [(&'static str, &'static str)] = &[];
                fn table() -> Table {
                    Table::new($name, [enumeration("state", enum_type("state", $values))])
                }
            }
        };
    }
    with_state!(Bill "bills" ["new", "paid"]);
    with_state!(Offer "offers" ["new", "paid"]);
    with_state!(Parcel "parcels" ["new", "sent"]);
    models![Bill, Offer].tables().unwrap();
    let invalid = models![Bill, Offer, Parcel].tables().unwrap_err();
    let [Problem::DifferentEnums { places, .. }] = invalid.problems() else { panic!("{invalid}") };
    assert_eq!(places.len(), 2);
    let text = places.iter().fold(invalid.to_string(), |text, place| {
        text.replace(&format!("{}:{}", place.file, place.line), "[place]")
    });
    insta::assert_snapshot!(text, @r#"
    the enum type `state` has other values in each of these models
      `models::problems::an_enum_type_has_one_list_of_values::Bill` at [place]
      `models::problems::an_enum_type_has_one_list_of_values::Parcel` at [place]
    help: give one of them a name of its own: `#[sqlx(type_name = "…")]`
    "#);
}

#[test]
fn a_key_to_several_columns_finds_them_in_any_order_and_a_partial_index_makes_nothing_unique() {
    let list = Metadata::registered::<Broken>();
    let invalid = list.tables().unwrap_err();
    let keys: Vec<&[String]> = invalid
        .problems()
        .iter()
        .filter_map(|problem| match problem {
            Problem::NotUnique { columns, .. } => Some(columns.as_slice()),
            _ => None,
        })
        .collect();
    assert_eq!(keys, [["name".to_owned()]]);
}
