//! ULIDs.

use proptest::prelude::*;
use servicekit::Ulid;

proptest! {
    #[test]
    fn any_sixteen_bytes_come_back_from_their_text(bytes: [u8; 16]) {
        let text = Ulid::from_bytes(bytes).to_string();
        prop_assert_eq!(text.len(), 26);
        prop_assert_eq!(text.parse::<Ulid>().unwrap().to_bytes(), bytes);
    }

    #[test]
    fn texts_are_ordered_as_the_identifiers_are(one: [u8; 16], other: [u8; 16]) {
        let (one, other) = (Ulid::from_bytes(one), Ulid::from_bytes(other));
        prop_assert_eq!(one.cmp(&other), one.to_string().cmp(&other.to_string()));
    }

    #[test]
    fn a_text_that_is_read_is_its_own_text_in_capitals(text in "[0-9a-zA-Z]{24,28}|\\PC{0,40}") {
        if let Ok(id) = text.parse::<Ulid>() {
            prop_assert_eq!(id.to_string(), text.to_uppercase());
        }
    }
}

#[test]
fn a_text_that_is_none_is_told() {
    let error = "not a ulid".parse::<Ulid>().unwrap_err();
    let large = "80000000000000000000000000".parse::<Ulid>().unwrap_err();
    insta::assert_snapshot!(format!("{error}\n{large}"));
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "invalid length");
}
