//! The law, for any database.

use servicekit::diff::Difference;
use servicekit::schema::Schema;
use servicekit::{Dialect, source};

/// A database that can be read, dumped and emptied.
pub(crate) trait Foreign {
    /// Its kind.
    const DIALECT: Dialect;

    /// An empty one; `None`, said loudly, where there is no server.
    async fn open() -> Option<Self>
    where
        Self: Sized;

    /// The URL for other programs.
    fn url(&self) -> String;

    async fn run(&mut self, sql: &str);

    async fn read(&mut self) -> Schema;

    /// What differs between the database and a schema, as far as the database tells.
    async fn compare(&mut self, schema: &Schema) -> Difference;

    async fn empty(&mut self);

    /// What is expected to be read of a database that was created from a schema.
    fn read_again(schema: &Schema) -> Schema {
        schema.clone()
    }

    /// Its own description of what is in it, a line or a part of a statement each; `None` where the program is missing.
    async fn dump(&mut self) -> Option<Vec<String>>;

    /// Replaces what is in it by what its own dump creates, where the database writes that otherwise; whether there can be
    /// a dump.
    async fn settle(&mut self) -> bool {
        true
    }
}

/// What is read of a database creates an equal one: it reads the same again, and its own dump is the same.
///
/// `before` creates what the schema leaves out.
pub(crate) async fn created_again_is_the_same<D: Foreign>(
    database: &mut D,
    before: &str,
    what: &str,
) -> Schema {
    let first = database.read().await;
    if !database.settle().await {
        return first;
    }
    // Whether it was dumped and loaded, or not.
    let left = database.compare(&first).await;
    assert!(left.is_empty() && left.untold.is_empty(), "{what}: {left}\n{:?}", left.untold);
    let (settled, dump) = (database.read().await, database.dump().await);
    database.empty().await;
    if !before.is_empty() {
        database.run(before).await;
    }
    // As the command line prints it.
    let operations = source::arranged(&first).operations(D::DIALECT);
    source::function("upgrade", &operations).unwrap_or_else(|error| panic!("{what}: {error}"));
    for sql in operations.sql(D::DIALECT).unwrap_or_else(|error| panic!("{what}: {error}\n{first:#?}")) {
        database.run(&sql).await;
    }
    let (second, again) = (database.read().await, database.dump().await);
    same(&dump.unwrap_or_default(), &again.unwrap_or_default(), what);
    let (settled, second) = (D::read_again(&settled), second);
    same(&lines(&settled), &lines(&second), what);
    assert_eq!(settled, second, "{what}");
    first
}

fn lines(schema: &Schema) -> Vec<String> {
    format!("{schema:#?}").lines().map(str::to_owned).collect()
}

/// Compares line by line, so that a failure shows the lines that differ.
fn same(ones: &[String], others: &[String], what: &str) {
    let differing = ones.iter().zip(others).find(|(one, other)| one != other);
    let only_in = |ones: &[String], others: &[String]| -> String {
        let only: Vec<&str> = ones.iter().filter(|line| !others.contains(line)).map(String::as_str).collect();
        only.join("\n")
    };
    assert!(
        ones == others,
        "{what}: first difference {differing:?}\nonly of the first\n{}\nonly of the second\n{}",
        only_in(ones, others),
        only_in(others, ones)
    );
}
