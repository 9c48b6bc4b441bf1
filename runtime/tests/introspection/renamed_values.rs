//! Models in which values of enums get other names.

use crate::rows::List;
use servicekit::Dialect;
use servicekit::revision::{enum_type, enumeration};
use servicekit::schema::{Column, Constraint, Hints, Schema, TableName, Type, Value, check, one_of};

/// Models before and after, what the later ones say of their values, and the values of texts that a check lists.
pub(crate) struct Renamed {
    pub(crate) from: Schema,
    pub(crate) to: Schema,
    pub(crate) hints: Vec<(TableName, Hints)>,
    pub(crate) lists: Vec<List>,
}

impl Renamed {
    /// The last value of each enum gets another name. Enums of tables whose name is of an even length are texts with a check.
    pub(crate) fn of(from: &Schema, to: &Schema, dialect: Dialect) -> Self {
        let mut renamed = Self { from: from.clone(), to: to.clone(), hints: Vec::new(), lists: Vec::new() };
        renamed.add_enums();
        renamed.rename_values();
        renamed.list_texts(dialect);
        renamed
    }

    /// A column of an enum in each table that stays.
    fn add_enums(&mut self) {
        let of = enum_type("feeling", ["it's fine", "calm", "sad"]);
        let Self { from, to, .. } = self;
        let mut is_used = false;
        for (at, table) in from.tables.iter_mut().enumerate() {
            let Some(other) = to.tables.iter_mut().find(|other| other.name == table.name) else { continue };
            let default = ["sad", "calm"][at % 2];
            for table in [table, other] {
                table.columns.push(enumeration("feeling", of.clone()).default(default));
            }
            is_used = true;
        }
        for schema in [from, to] {
            schema.enums.extend(is_used.then(|| of.clone()));
        }
    }

    /// A type has the same values in all columns, and the list of types.
    fn rename_values(&mut self) {
        for table in &mut self.to.tables {
            let mut hints = Hints::default();
            for column in &mut table.columns {
                let Some(last) = last_value(&mut column.data_type) else { continue };
                let (old, new) = (last.clone(), format!("{last} anew"));
                last.clone_from(&new);
                if let Some(Value::Text(text)) = &mut column.default
                    && *text == old
                {
                    text.clone_from(&new);
                }
                hints = hints.value_renamed_from(&column.name, new, old);
            }
            self.hints.push((table.name.clone(), hints));
        }
        for of in &mut self.to.enums {
            if let Some(last) = of.values.last_mut() {
                *last += " anew";
            }
        }
    }

    fn list_texts(&mut self, dialect: Dialect) {
        let data_type = || match dialect {
            Dialect::Sqlite => Type::Text,
            _ => Type::Varchar(20),
        };
        for (schema, is_earlier) in [(&mut self.from, true), (&mut self.to, false)] {
            for table in schema.tables.iter_mut().filter(|table| table.name.name.len() % 2 == 0) {
                let mut checks: Vec<Constraint> = Vec::new();
                for column in &mut table.columns {
                    let Type::Enum(of) = &column.data_type else { continue };
                    let values = of.values.clone();
                    checks.push(named(&table.name, column, &values));
                    column.data_type = data_type();
                    if is_earlier {
                        let (table, column) = (table.name.clone(), column.name.clone());
                        self.lists.push(List { table, column, values });
                    }
                }
                table.constraints.extend(checks);
            }
        }
    }
}

fn named(table: &TableName, column: &Column, values: &[String]) -> Constraint {
    let condition = one_of(&column.name, values.to_vec());
    check(condition).name(format!("ck_{}_{}_listed", table.name, column.name)).into()
}

fn last_value(data_type: &mut Type) -> Option<&mut String> {
    match data_type {
        Type::Enum(of) => of.values.last_mut(),
        Type::Array(item) => last_value(item),
        _ => None,
    }
}
