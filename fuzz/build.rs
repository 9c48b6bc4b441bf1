//! Tells cargo of new revisions.

fn main() {
    println!("cargo::rerun-if-changed=alembic/versions");
}
