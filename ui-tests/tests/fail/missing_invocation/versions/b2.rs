//! make b2
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.execute("SELECT 1");
}
