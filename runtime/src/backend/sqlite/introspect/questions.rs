//! What the catalogue is asked: the same few statements for any number of tables.

use super::packed::{self, Value};
use servicekit_chain::Dialect;
use servicekit_chain::sql::{literal, quote_name};

/// The questions about these schemas.
pub(super) fn all(schemas: &[String]) -> Vec<String> {
    let texts: Vec<String> = schemas.iter().map(|schema| texts(schema)).collect();
    let text = [Value::Always("schema"), Value::Always("type"), Value::Always("name"), Value::Always("sql")];
    vec![
        packed::question(&packed::row(&[Value::Always("name")]), "pragma_database_list"),
        packed::question(&packed::row(&text), &format!("({})", texts.join(" UNION ALL "))),
        tables(schemas),
    ]
}

/// The texts of the tables and indexes of a schema.
fn texts(schema: &str) -> String {
    let (name, quoted) = (literal(Dialect::Sqlite, schema), quote_name(Dialect::Sqlite, schema));
    format!(
        "SELECT {name} AS schema, type, name, sql FROM {quoted}.sqlite_schema \
         WHERE type IN ('table', 'index') AND sql IS NOT NULL"
    )
}

/// The tables, each with its columns, indexes and foreign keys.
///
/// The functions behind these names run a `PRAGMA` for each table, which is most of the time: so each is asked once.
fn tables(schemas: &[String]) -> String {
    let schemas: Vec<String> =
        schemas.iter().map(|schema| literal(Dialect::Sqlite, &schema.to_ascii_lowercase())).collect();
    let table = packed::row(&["l.schema", "l.name", "l.wr", "l.strict"].map(Value::Always));
    let column = packed::row(&[
        Value::Always("c.cid"),
        Value::Always("c.name"),
        Value::Always("c.type"),
        Value::Always("c.\"notnull\""),
        Value::OrNull("c.dflt_value"),
        Value::Always("c.pk"),
        Value::Always("c.hidden"),
    ]);
    let key = packed::row(&[
        Value::Always("x.seqno"),
        Value::OrNull("x.name"),
        Value::Always("x.\"desc\""),
        Value::Always("x.coll"),
    ]);
    let keys = packed::rows(&key, "pragma_index_xinfo(i.name, l.schema) AS x WHERE x.key = 1");
    let index = packed::row(&["i.seq", "i.name", "i.origin"].map(Value::Always));
    let foreign_key = packed::row(&[
        Value::Always("f.id"),
        Value::Always("f.seq"),
        Value::Always("f.\"table\""),
        Value::Always("f.\"from\""),
        Value::OrNull("f.\"to\""),
        Value::Always("f.on_update"),
        Value::Always("f.on_delete"),
    ]);
    let of_table = [
        table,
        packed::rows(&column, "pragma_table_xinfo(l.name, l.schema) AS c"),
        packed::rows(&format!("{index} || {keys}"), "pragma_index_list(l.name, l.schema) AS i"),
        packed::rows(&foreign_key, "pragma_foreign_key_list(l.name, l.schema) AS f"),
    ];
    let from = format!(
        "pragma_table_list AS l WHERE l.type = 'table' AND l.name NOT IN ('sqlite_schema', 'sqlite_temp_schema') \
         AND lower(l.schema) IN ({})",
        schemas.join(", ")
    );
    packed::question(&of_table.join(" || "), &from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_questions_depends_on_nothing() {
        assert_eq!(all(&["main".to_owned()]).len(), 3);
        assert_eq!(all(&["main".to_owned(), "it's".to_owned()]).len(), 3);
    }
}
