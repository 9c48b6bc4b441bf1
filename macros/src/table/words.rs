//! The words of the attributes of tables, and those of other tools.

use crate::attributes::Words;

pub(super) const TABLE: Words = Words {
    of: "`#[table]`",
    known: &[
        "name",
        "schema",
        "primary_key",
        "unique",
        "index",
        "check",
        "foreign_key",
        "exclude",
        "comment",
        "doc_comments",
        "sqlite",
        "postgres",
        "mysql",
        "renamed_from",
        "base",
        "unregistered",
        "crate",
    ],
    elsewhere: &[
        ("table_name", "write `name = \"…\"`"),
        ("table", "write `name = \"…\"`"),
        ("rename", "write `name = \"…\"`"),
        ("pk", "write `primary_key(a, b)`"),
        ("key", "write `primary_key(a, b)`"),
        ("unique_key", "write `unique(a, b)`"),
        ("indexes", "write `index(a, b)` for each index"),
        ("indices", "write `index(a, b)` for each index"),
        ("indexed", "write `index(a, b)`"),
        ("belongs_to", "write `references = User::id` in the `#[column(…)]` of the field"),
        ("references", "write it in the `#[column(…)]` of the field, or in `foreign_key(…)`"),
        ("constraint", "write `check(\"…\")`, `unique(…)`, `foreign_key(…)` or `exclude(…)`"),
        ("exclusion", "write `exclude(…)`"),
        ("engine", "write `mysql(option = \"ENGINE = …\")`"),
        ("strict", "leave it out: SQLite's strict tables know no `VARCHAR`"),
        ("registry", "write `base = …`"),
        ("database", "write `base = …`, with a struct that implements `Registry`"),
        ("default", "write it in the `#[column(…)]` of the field"),
        ("length", "write it in the `#[column(…)]` of the field"),
    ],
};

pub(super) const COLUMN: Words = Words {
    of: "`#[column]`",
    known: &[
        "name",
        "length",
        "precision",
        "scale",
        "type",
        "sqlite",
        "postgres",
        "mysql",
        "primary_key",
        "autoincrement",
        "identity",
        "unique",
        "index",
        "check",
        "default",
        "references",
        "on_delete",
        "on_update",
        "matching",
        "deferrable",
        "generated",
        "generated_virtual",
        "collate",
        "comment",
        "renamed_from",
        "nullable",
        "flatten",
        "skip",
        "json",
    ],
    elsewhere: &[
        ("pk", "write `primary_key`"),
        ("key", "write `primary_key`"),
        ("id", "write `primary_key`"),
        ("auto", "write `autoincrement`"),
        ("auto_increment", "write `autoincrement`"),
        ("serial", "write `autoincrement`"),
        ("not_null", "leave it out: a column can be null when its field is an `Option`"),
        ("null", "leave it out: a column can be null when its field is an `Option`"),
        ("optional", "leave it out: a column can be null when its field is an `Option`"),
        ("max_length", "write `length`"),
        ("size", "write `length`"),
        ("column_name", "write `name`"),
        ("rename", "write `name`, or `#[sqlx(rename = \"…\")]`"),
        ("column_type", "write `type`"),
        ("sql_type", "write `type`"),
        ("server_default", "write `default`"),
        ("default_value", "write `default`"),
        ("default_expr", "write `default = sql(\"…\")`"),
        ("foreign_key", "write `references = User::id`"),
        ("belongs_to", "write `references = User::id`"),
        ("fk", "write `references = User::id`"),
        ("ignore", "write `skip`"),
        ("indexed", "write `index`"),
        ("where", "write `index(…, filter = \"…\")` in the `#[table(…)]` of the struct"),
        ("filter", "write `index(…, filter = \"…\")` in the `#[table(…)]` of the struct"),
        ("schema", "write it in the `#[table(…)]` of the struct"),
        ("exclude", "write it in the `#[table(…)]` of the struct"),
        ("base", "write it in the `#[table(…)]` of the struct"),
    ],
};

/// Options in the list of fields of `index(…)`.
pub(super) const INDEX: Words = Words {
    of: "`index(…)`",
    known: &["name", "unique", "filter", "using", "include", "nulls_not_distinct"],
    elsewhere: &[
        ("where", "write `filter = \"…\"`"),
        ("columns", "write the fields by themselves: `index(a, b)`"),
        ("fields", "write the fields by themselves: `index(a, b)`"),
        ("method", "write `using = \"…\"`"),
    ],
};

pub(super) const UNIQUE: Words = Words {
    of: "`unique(…)`",
    known: &["name", "nulls_not_distinct", "deferrable"],
    elsewhere: &[
        ("where", "a condition belongs to an index: `index(a, unique, filter = \"…\")`"),
        ("filter", "a condition belongs to an index: `index(a, unique, filter = \"…\")`"),
        ("columns", "write the fields by themselves: `unique(a, b)`"),
    ],
};

pub(super) const PRIMARY_KEY: Words = Words {
    of: "`primary_key(…)`",
    known: &["name", "deferrable"],
    elsewhere: &[("columns", "write the fields by themselves: `primary_key(a, b)`")],
};

pub(super) const CHECK: Words = Words { of: "`check(…)`", known: &["name"], elsewhere: &[] };

pub(super) const FOREIGN_KEY: Words = Words {
    of: "`foreign_key(…)`",
    known: &["references", "on_delete", "on_update", "matching", "deferrable", "name"],
    elsewhere: &[("columns", "write the fields by themselves: `foreign_key(a, b, references(…))`")],
};

pub(super) const EXCLUDE: Words = Words {
    of: "`exclude(…)`",
    known: &["using", "filter", "name", "deferrable"],
    elsewhere: &[("where", "write `filter = \"…\"`"), ("method", "write `using = \"…\"`")],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{keys, types};
    use std::collections::HashSet;
    use std::path::Path;

    /// What stands in the attributes of the guide's page, whose Rust is compiled and run.
    fn words_of_the_guide() -> HashSet<String> {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide/models.md");
        let page = std::fs::read_to_string(page).unwrap();
        let blocks = page.split("```rust\n").skip(1).filter_map(|rest| rest.split("\n```").next());
        let attributes: Vec<&str> =
            blocks.flat_map(|block| block.split("#[").skip(1)).map(attribute).collect();
        let words =
            attributes.iter().flat_map(|text| text.split(|c: char| !(c.is_alphanumeric() || c == '_')));
        words.map(str::to_owned).collect()
    }

    /// Up to the bracket that closes it.
    fn attribute(text: &str) -> &str {
        let mut depth = 1;
        let end = text.find(|letter| {
            depth += i32::from(letter == '[') - i32::from(letter == ']');
            depth == 0
        });
        end.map_or(text, |end| &text[..end])
    }

    #[test]
    fn the_guide_has_an_example_of_every_word() {
        let shown = words_of_the_guide();
        let lists = [TABLE, COLUMN, INDEX, UNIQUE, PRIMARY_KEY, CHECK, FOREIGN_KEY, EXCLUDE];
        let words = lists.iter().flat_map(|words| words.known).copied();
        let missing: Vec<&str> =
            words.chain(keys::METHODS).chain(types::known()).filter(|word| !shown.contains(*word)).collect();
        assert_eq!(missing, [""; 0]);
    }
}
