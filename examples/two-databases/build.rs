//! Makes cargo see new revision files.

fn main() {
    println!("cargo::rerun-if-changed=alembic_orders/versions");
    println!("cargo::rerun-if-changed=alembic_archive/versions");
}
