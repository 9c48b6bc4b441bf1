//! change enum mood
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "happy", "calm"]);

    // can fail: rows with `calm` of the enum mood
    op.remove_enum_value(mood(), "calm").used_by("users", enumeration("m", mood()));
}

pub fn downgrade(op: &mut Operations) {
    op.add_enum_value(enum_type("mood", ["sad", "happy"]), "calm");
}
