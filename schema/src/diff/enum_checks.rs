//! Enums of SQLite: a database has a text and a check of its column, where a model has an enum.

use super::expressions;
use super::listed::listed;
use super::names::{is_same, is_same_table};
use crate::table::{Check, Column, Constraint, EnumType, Schema, Table, Type};
use servicekit_chain::Dialect;

/// Both schemas with an enum where a check without a name lists the texts of a column, unless the other one has that
/// check as well. One with a name is an enum only where the other schema has one of the same texts. A table that goes comes
/// back with it.
pub(super) fn read_both(from: &mut Schema, to: &mut Schema, dialect: Dialect) {
    if dialect == Dialect::Sqlite {
        read(from, to, Some(&Table::new("", [])));
        read(to, from, None);
    }
}

fn read(schema: &mut Schema, other: &Schema, elsewhere: Option<&Table>) {
    for table in &mut schema.tables {
        let is_it = |other: &&Table| is_same_table(&table.name, &other.name, Dialect::Sqlite);
        if let Some(other) = other.tables.iter().find(is_it).or(elsewhere) {
            read_table(table, other);
        }
    }
}

fn read_table(table: &mut Table, other: &Table) {
    let Table { columns, constraints, .. } = table;
    constraints.retain(|constraint| {
        let Constraint::Check(check) = constraint else { return true };
        if other.constraints.iter().any(|other| is_it(check, other)) {
            return true;
        }
        let Some((name, values)) = listed(&check.condition.sql(Dialect::Sqlite), Dialect::Sqlite) else {
            return true;
        };
        let is_text = |column: &&mut Column| {
            is_same(&column.name, &name, Dialect::Sqlite) && column.data_type == Type::Text
        };
        let Some(column) = columns.iter_mut().find(is_text) else { return true };
        let later = other.columns.iter().find(|other| is_same(&other.name, &name, Dialect::Sqlite));
        let known = later.and_then(|later| match later.data_type.for_dialect(Dialect::Sqlite) {
            Type::Enum(of) => Some(of),
            _ => None,
        });
        if check.name.is_some() && known.is_none_or(|known| known.values != values) {
            return true;
        }
        let name = known.map_or_else(|| column.name.as_str().into(), |known| known.name.clone());
        column.data_type = Type::Enum(EnumType { name, values });
        false
    });
}

fn is_it(check: &Check, other: &Constraint) -> bool {
    match other {
        Constraint::Check(other) => {
            let [one, other] = [check, other].map(|check| check.condition.sql(Dialect::Sqlite));
            expressions::is_same(&one, &other, Dialect::Sqlite)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::check;

    #[test]
    fn a_check_with_a_name_is_the_enum_of_a_model_with_the_same_texts() {
        let with = |column: Column, check: Option<Check>| {
            let table = Table::new("tasks", [column]);
            Schema { tables: vec![check.into_iter().fold(table, Table::with)], ..Schema::default() }
        };
        let named = |texts: &str| Some(check(format!("mood IN ({texts})")).name("ck_tasks_mood"));
        let of = EnumType { name: "mood".into(), values: vec!["glad".to_owned(), "sad".to_owned()] };
        let model = with(Column::new("mood", Type::Enum(of)), None);
        let facts = |texts| {
            let database = with(Column::new("mood", Type::Text), named(texts));
            database.difference(&model, Dialect::Sqlite).to_string()
        };
        assert_eq!(facts("'glad', 'sad'"), "");
        insta::assert_snapshot!(facts("'glad'"), @r#"
        ~ column tasks.mood: type from TEXT to TEXT of glad, sad
        - check constraint ck_tasks_mood of tasks: CONSTRAINT "ck_tasks_mood" CHECK (mood IN ('glad'))
        "#);
    }
}
