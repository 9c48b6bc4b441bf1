//! Lists of models.

use crate::shop::{Fixture, Order, Shop, User};
use proptest::prelude::*;
use servicekit::schema::{NamingConvention, Table};
use servicekit::utils::{get_custom_tables, get_registered_tables, has_custom_models};
use servicekit::{Base, Metadata, Model as _, Models, Registry, models};

fn names(tables: &[Table]) -> Vec<String> {
    tables.iter().map(|table| table.name.to_string()).collect()
}

#[test]
fn the_models_of_a_registry_are_sorted_by_name_and_each_is_there_once() {
    assert_eq!(Metadata::registered::<Shop>().tables().unwrap(), [Order::table(), User::table()]);
    assert_eq!(get_registered_tables(Base).unwrap(), []);
}

#[test]
fn a_model_in_a_module_of_tests_is_left_out_with_a_note_unless_it_is_named() {
    let registered = Metadata::registered::<Shop>();
    let left_out: Vec<&str> = registered.in_test_modules().iter().map(|place| place.rust).collect();
    assert_eq!(left_out, ["shop::models::tests::Fixture"]);

    let named = registered.with::<Fixture>();
    assert_eq!(named.in_test_modules(), []);
    assert_eq!(names(&named.tables().unwrap()), ["orders", "users", "shop.fixtures"]);
}

#[test]
fn a_model_that_is_named_has_the_place_where_it_is_registered() {
    let places: Vec<String> = models![User].places().iter().map(|(_, place)| place.to_string()).collect();
    assert_eq!(places, ["`shop::models::User` at shop/src/models.rs:3"]);
}

#[test]
fn tables_are_left_out_by_their_names_and_come_in_again_when_they_are_named() {
    let custom = get_custom_tables(Shop, ["users", "shop.fixtures"]);
    assert_eq!(names(&custom.unwrap_or_else(|error| panic!("{error}"))), ["orders"]);
    let without = models![User, Order, Fixture].without(["orders", "shop.fixtures"]);
    assert_eq!(names(&without.tables().unwrap()), ["users"]);
    assert_eq!(names(&without.and(models![Order]).tables().unwrap()), ["orders", "users"]);
    assert!(
        has_custom_models(Shop)
            && !has_custom_models(Metadata::registered::<Shop>().without(["orders", "users"]))
    );
}

#[test]
fn nothing_a_registry_a_list_and_a_result_of_these_are_models() {
    struct Nobody;
    impl Registry for Nobody {}
    let list = models![User];
    let of = |metadata: Metadata| names(&metadata.tables().unwrap());
    assert_eq!(of(().metadata()), Vec::<String>::new());
    assert_eq!(of(Nobody.metadata()), Vec::<String>::new());
    assert_eq!(of(Shop.metadata()), ["orders", "users"]);
    assert_eq!(of((&list).metadata()), ["users"]);
    assert_eq!(of(list.metadata()), ["users"]);
    assert_eq!(of(Ok::<_, std::io::Error>(models![User]).metadata()), ["users"]);
    let boxed: Result<(), Box<dyn std::error::Error + Send + Sync>> = Err("no file `models.toml`".into());
    insta::assert_snapshot!(boxed.metadata().tables().unwrap_err());
    let failed: Result<Metadata, std::io::Error> = Err(std::io::Error::other("no file"));
    let invalid = failed.metadata().tables().unwrap_err();
    assert_eq!(std::error::Error::source(&invalid).unwrap().to_string(), "no file");
}

#[test]
fn a_list_has_the_hints_and_the_convention_of_its_models() {
    let convention = NamingConvention::default().index("i_{table}");
    let list = Metadata::new().and(Shop).naming(convention.clone());
    assert_eq!(list.naming_convention(), Some(&convention));
    let hints = User::hints().value_renamed_from("country", "NO", "NOR");
    assert_eq!(list.hints(), [(User::NAME.into(), hints)]);
    assert_eq!(Metadata::new().and(&list).naming_convention(), Some(&convention));
}

proptest! {
    /// Each number names a model, as often as it comes.
    #[test]
    fn the_order_in_which_models_are_named_is_of_no_account(wanted in prop::collection::vec(0..3_usize, 0..8)) {
        let list = |numbers: &mut dyn Iterator<Item = &usize>| {
            numbers.fold(Metadata::new(), |list, number| match number {
                0 => list.with::<User>(),
                1 => list.and(models![Fixture]),
                _ => list.with::<Order>().and(models![User]),
            })
        };
        let (one, other) = (list(&mut wanted.iter()), list(&mut wanted.iter().rev()));
        let tables = one.tables().unwrap();
        prop_assert_eq!(&tables, &other.tables().unwrap());
        prop_assert!(tables.windows(2).all(|pair| pair[0].name < pair[1].name));
    }
}
