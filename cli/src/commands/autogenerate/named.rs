//! Tables and columns that options name: `users`, `users.mail`, `shop.users.mail`.

use crate::failure::{AutogenerateFailure, Failure};
use servicekit::Dialect;
use servicekit::diff::{Backfill, Difference, Rename};
use servicekit::schema::{Schema, TableName, Value};

/// What `--rename` says, where these are renamed already.
///
/// # Errors
/// When one of them has no form that a rename has, or names nothing that is there.
pub(super) fn renames(
    given: &[String],
    actual: &Schema,
    known: &[Rename],
    dialect: Dialect,
) -> Result<Vec<Rename>, Failure> {
    let parsed: Result<Vec<Given<'_>>, Failure> = given.iter().map(|text| Given::parse(text)).collect();
    let mut renames = known.to_vec();
    let mut columns = Vec::new();
    // Tables first, whatever order they are given in: a column may call its table by the new name.
    for given in parsed? {
        match actual.tables.iter().find(|table| is_called(&table.name, given.old, dialect)) {
            Some(table) => {
                let to = in_schema_of(&table.name, given.new_name());
                renames.push(Rename::table(table.name.clone(), to));
            }
            None => columns.push(given),
        }
    }
    for given in columns {
        let rename = given.column(actual, &renames, dialect)?;
        renames.push(rename);
    }
    Ok(renames.split_off(known.len()))
}

/// What one option says.
struct Given<'t> {
    text: &'t str,
    old: &'t str,
    new: &'t str,
}

impl<'t> Given<'t> {
    fn parse(text: &'t str) -> Result<Self, Failure> {
        match text.split_once('=') {
            Some((old, new)) if !old.is_empty() && !new.is_empty() => Ok(Self { text, old, new }),
            _ => Err(AutogenerateFailure::MalformedRename { given: text.to_owned() }.into()),
        }
    }

    /// The new name, which may be written with what stands before the old one.
    fn new_name(&self) -> &'t str {
        self.new.rsplit_once('.').map_or(self.new, |(_, name)| name)
    }

    fn column(&self, actual: &Schema, known: &[Rename], dialect: Dialect) -> Result<Rename, Failure> {
        let no_table = |table: &str| AutogenerateFailure::NoSuchTable {
            given: self.text.to_owned(),
            table: table.to_owned(),
        };
        let (table, column) = self.old.rsplit_once('.').ok_or_else(|| no_table(self.old))?;
        let is_it = |name: &TableName| is_called(name, table, dialect);
        let later = known.iter().find_map(|rename| match rename {
            Rename::Table { from, to, .. } if is_it(from) || is_it(to) => Some(to),
            _ => None,
        });
        let same = || actual.tables.iter().map(|table| &table.name).find(|name| is_it(name));
        let table = later.or_else(same).ok_or_else(|| no_table(table))?;
        Ok(Rename::column(table, column, self.new_name()))
    }
}

/// Whether a table is called like this, with its schema.
fn is_called(name: &TableName, text: &str, dialect: Dialect) -> bool {
    let name = name.to_string();
    if dialect == Dialect::Sqlite { name.eq_ignore_ascii_case(text) } else { name == text }
}

fn in_schema_of(table: &TableName, name: &str) -> TableName {
    match &table.schema {
        Some(schema) => (schema.as_str(), name).into(),
        None => name.into(),
    }
}

/// What `--backfill` says.
///
/// # Errors
/// When one of them has no form that a backfill has, or its value is none of the column.
pub(super) fn backfills(
    given: &[String],
    difference: &Difference,
    wanted: &Schema,
) -> Result<Vec<Backfill>, Failure> {
    given.iter().map(|text| backfill(text, difference.dialect, wanted)).collect()
}

fn backfill(text: &str, dialect: Dialect, wanted: &Schema) -> Result<Backfill, Failure> {
    let malformed = || AutogenerateFailure::MalformedBackfill { given: text.to_owned() };
    let (place, value) = text.split_once('=').ok_or_else(malformed)?;
    let (table, column) = place.rsplit_once('.').ok_or_else(malformed)?;
    let is_it = |name: &TableName| name.to_string().eq_ignore_ascii_case(table);
    let known = wanted.tables.iter().find(|known| is_it(&known.name));
    let known = known.and_then(|table| {
        let mut columns = table.columns.iter();
        columns.find(|known| known.name.eq_ignore_ascii_case(column)).map(|column| (&table.name, column))
    });
    let Some((table, column)) = known else {
        return Err(
            AutogenerateFailure::NoSuchColumn { given: text.to_owned(), column: place.to_owned() }.into()
        );
    };
    let value = Value::written(value, &column.data_type, dialect)
        .map_err(|reason| AutogenerateFailure::NoValue { given: text.to_owned(), reason })?;
    Ok(Backfill::new(table.clone(), &column.name, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use servicekit::revision::*;

    #[test]
    fn a_column_can_be_named_by_either_name_of_its_table_in_any_order() {
        let mut actual = Schema::default();
        actual.tables.push(Table::new("clients", [text("mail"), text("nick")]));
        let ask = |given: [&str; 3]| renames(&given.map(str::to_owned), &actual, &[], Dialect::Postgres);
        let expected = |first: &str, second: &str| {
            vec![
                Rename::table("clients", "users"),
                Rename::column("users", first, "email"),
                Rename::column("users", second, "name"),
            ]
        };
        let after = ask(["clients=users", "users.mail=email", "clients.nick=name"]).unwrap();
        assert_eq!(after, expected("mail", "nick"));
        let before = ask(["users.mail=users.email", "clients.nick=name", "clients=users"]).unwrap();
        assert_eq!(before, expected("mail", "nick"));
    }
}
