//! The ids of revisions as constants.

use rev::{CREATE_USERS, R_A1};
use servicekit::RevisionId;

servicekit::migrations!("typed_ids");

const FIRST: RevisionId = rev::CREATE_USERS;

#[test]
fn a_revision_has_a_constant_by_id_and_one_by_message_when_no_other_has_it() {
    assert_eq!((FIRST, CREATE_USERS), (R_A1, R_A1));
    assert_eq!(rev::_2ND_THOUGHTS, rev::R_B2);
    assert_ne!(rev::R_C3, rev::R_D4);
}
