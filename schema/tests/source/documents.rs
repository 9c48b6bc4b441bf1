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
}
