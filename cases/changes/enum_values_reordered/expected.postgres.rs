//! change enum mood
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "happy"]);

    op.reorder_enum_values(mood(), ["happy", "sad"]).used_by("users", enumeration("m", mood()));
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
