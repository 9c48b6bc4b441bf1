//! How much there is in a schema, in the words that SQLAlchemy's side uses too.

use servicekit::schema::{Column, Constraint, Schema, Table};

/// A line that must be the same whoever reads the schema.
pub fn of(schema: &Schema) -> String {
    let count = |of: &dyn Fn(&Table) -> usize| schema.tables.iter().map(of).sum::<usize>();
    let columns =
        |is: fn(&Column) -> bool| count(&|table| table.columns.iter().filter(|each| is(each)).count());
    let constraints = |is: fn(&Constraint) -> bool| {
        count(&|table| table.constraints.iter().filter(|each| is(each)).count())
    };
    let indexed = count(&|table| table.indexes.iter().map(|index| index.keys.len()).sum());
    let facts = [
        ("tables", schema.tables.len()),
        ("columns", columns(|_| true)),
        ("nullable", columns(|column| column.nullable)),
        ("defaults", columns(|column| column.default.is_some())),
        ("primary keys", constraints(|each| matches!(each, Constraint::PrimaryKey(_)))),
        ("foreign keys", constraints(|each| matches!(each, Constraint::ForeignKey(_)))),
        ("unique", constraints(|each| matches!(each, Constraint::Unique(_)))),
        ("checks", constraints(|each| matches!(each, Constraint::Check(_)))),
        ("indexes", count(&|table| table.indexes.len())),
        ("indexed", indexed),
    ];
    facts.map(|(name, count)| format!("{count} {name}")).join(", ")
}
