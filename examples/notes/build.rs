//! Makes cargo see new revision files.

fn main() {
    println!("cargo::rerun-if-changed=alembic/versions");
}
