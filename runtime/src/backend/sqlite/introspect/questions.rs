//! What the catalogue is asked: the same few statements for any number of tables.

use super::packed;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{literal, quote_name};

/// The tables of the statements below.
const TABLES: &str = "l.type = 'table' AND l.name NOT IN ('sqlite_schema', 'sqlite_temp_schema')";

/// The questions about these schemas.
pub(super) fn all(schemas: &[String]) -> Vec<String> {
    let literals: Vec<String> =
        schemas.iter().map(|schema| literal(Dialect::Sqlite, &schema.to_ascii_lowercase())).collect();
    let within = format!("{TABLES} AND lower(l.schema) IN ({})", literals.join(", "));
    let texts: Vec<String> = schemas.iter().map(|schema| texts(schema)).collect();
    vec![
        packed::question(&["name"], "pragma_database_list", ""),
        packed::question(&["schema", "type", "name", "sql"], &format!("({})", texts.join(" UNION ALL ")), ""),
        packed::question(
            &["l.schema", "l.name", "l.wr", "l.strict"],
            &format!("pragma_table_list AS l WHERE {within}"),
            "",
        ),
        packed::question(
            &["l.schema", "l.name", "c.name", "c.type", "c.\"notnull\"", "c.dflt_value", "c.pk", "c.hidden"],
            &format!("pragma_table_list AS l JOIN pragma_table_xinfo(l.name, l.schema) AS c WHERE {within}"),
            "l.schema, l.name, c.cid",
        ),
        packed::question(
            &["l.schema", "l.name", "i.name", "i.origin"],
            &format!("pragma_table_list AS l JOIN pragma_index_list(l.name, l.schema) AS i WHERE {within}"),
            "",
        ),
        packed::question(
            &["l.schema", "i.name", "x.name", "x.\"desc\"", "x.coll"],
            &format!(
                "pragma_table_list AS l JOIN pragma_index_list(l.name, l.schema) AS i \
                 JOIN pragma_index_xinfo(i.name, l.schema) AS x WHERE {within} AND x.key = 1"
            ),
            "l.schema, i.name, x.seqno",
        ),
        packed::question(
            &[
                "l.schema",
                "l.name",
                "f.id",
                "f.\"table\"",
                "f.\"from\"",
                "f.\"to\"",
                "f.on_update",
                "f.on_delete",
            ],
            &format!(
                "pragma_table_list AS l JOIN pragma_foreign_key_list(l.name, l.schema) AS f WHERE {within}"
            ),
            "l.schema, l.name, f.id DESC, f.seq",
        ),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_questions_depends_on_nothing() {
        assert_eq!(all(&["main".to_owned()]).len(), 7);
        assert_eq!(all(&["main".to_owned(), "it's".to_owned()]).len(), 7);
    }
}
