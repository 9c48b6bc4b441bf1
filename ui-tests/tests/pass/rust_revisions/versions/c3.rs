//! A path instead of the prelude.

servicekit::revision::revision!(id: "c3", down_revision: "b2");

pub(crate) fn upgrade(_: &mut servicekit::Operations) {}

pub(crate) fn downgrade(_: &mut servicekit::Operations) {}
