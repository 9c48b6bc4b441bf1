//! A document, written and read back.

use crate::random;
use proptest::collection::vec;
use proptest::prelude::*;
use servicekit::document::{Node, document, schema};
use servicekit::table::Schema;

proptest! {
    #[test]
    fn a_schema_that_is_written_is_read_back_as_it_was(tables in vec(random::table(), 0..3)) {
        let written = Schema::from(tables);
        let node: Node = document(&written).to_string().parse().unwrap();
        prop_assert_eq!(&node, &document(&written));
        prop_assert_eq!(schema(node).unwrap(), written);
    }

    #[test]
    fn any_text_is_json_that_is_written_as_it_was_read_or_an_error(
        text in prop_oneof![".{0,40}", "[\\[\\]{}:,\"\\\\u0-9a-fE. -]{0,40}"],
    ) {
        if let Ok(node) = text.parse::<Node>() {
            prop_assert_eq!(node.to_string().parse(), Ok(node));
        }
        // As a text in a document it comes back whatever it is.
        let node = Node::List(vec![Node::Text(text)]);
        prop_assert_eq!(node.to_string().parse(), Ok(node));
    }
}
