//! Tests of a history: what is said of them.

mod without_a_history {
    servicekit::migration_tests!();
}

mod of_unknown_databases {
    servicekit::migration_tests!(MIGRATIONS, databases = [sqlite, postgre, sqlite]);
}

mod of_no_number {
    servicekit::migration_tests!(MIGRATIONS, revisions = some, model = Base);
}

fn main() {}
